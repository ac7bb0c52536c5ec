"""The watch: what is missing calls a person, once, and the call ends by itself when good data is back (DOMAIN §4)."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Ledger, Transaction
from application.watching.looking import Looking
from domain.quality import DEFAULTS, Finding, Thresholds
from domain.refusals import Refusal
from domain.watching.checks import RULES, missing, sentence
from domain.watching.seen import Seen, Told

ACTOR = "ballast:watch"

Concerned = tuple[UUID, UUID, str]
"""A portfolio, a listing, and what is missing."""

BACK = "Good data has come."
UNWATCHED = "Nobody watches it any more."


@dataclass(frozen=True, slots=True)
class Watch:
    """The use case. A frozen portfolio is told nothing; what is over is over for it too."""

    ledger: Ledger
    looking: Looking
    thresholds: Thresholds = DEFAULTS

    def __call__(self) -> None:
        """Look at everything that live portfolios watch, tell what is new, and resolve what is over."""
        seen = self.looking.seen(self.ledger.clock(), self.thresholds)
        told = {
            (each.portfolio_id, each.listing_id, each.rule): each for each in self.looking.watched.told(RULES)
        }
        changes: dict[UUID, list[Concern | tuple[Concerned, str]]] = {}
        for concern in self._new(seen, told):
            if concern.portfolio_id is not None:
                changes.setdefault(concern.portfolio_id, []).append(concern)
        for concerned, reason in self._over(seen, told):
            changes.setdefault(concerned[0], []).append((concerned, reason))
        for each in changes.values():
            run_id = self.ledger.run_id()
            with suppress(Refusal):
                self.ledger.transact(Cause(ACTOR, run_id, run_id=run_id), partial(_change, each))

    def _new(self, seen: Sequence[Seen], told: Mapping[Concerned, Told]) -> Iterable[Concern]:
        for each in seen:
            watched = each.watched
            for finding in () if watched.frozen else missing(each, self.thresholds):
                known = told.get((watched.portfolio_id, watched.listing_id, finding.rule))
                if known is None or not (known.is_open or _is_the_same(each, finding, known)):
                    yield _concern(each, finding)

    def _over(self, seen: Sequence[Seen], told: Mapping[Concerned, Told]) -> Iterable[tuple[Concerned, str]]:
        watched = {(each.watched.portfolio_id, each.watched.listing_id): each for each in seen}
        for concerned, known in told.items():
            if not known.is_open:
                continue
            each = watched.get(concerned[:2])
            if each is None:
                yield concerned, UNWATCHED
            elif self._is_back(each, known):
                yield concerned, BACK

    def _is_back(self, seen: Seen, known: Told) -> bool:
        """Whether what was missing is there. The end of a session brings no price: that ends with the next one."""
        newest = seen.watched.newest
        if any(finding.rule == known.rule for finding in missing(seen, self.thresholds)):
            return False
        if known.rule != "stale_intraday":
            return True
        return newest is not None and newest > known.opened_at - self.thresholds.stale_intraday


def _change(changes: Sequence[Concern | tuple[Concerned, str]], transaction: Transaction) -> None:
    for change in changes:
        if isinstance(change, Concern):
            raise_alert(transaction, change)
        else:
            settle_alert(transaction, *change)


def _is_the_same(seen: Seen, finding: Finding, known: Told) -> bool:
    """Whether a person has closed an alert about this very case: no price has come since, no other session is due."""
    if finding.rule == "missing_close":
        return seen.due_close is not None and known.opened_at >= seen.due_close.due_at
    if finding.rule == "stale_fx":
        return False
    newest = seen.watched.newest
    return newest is not None and known.opened_at > newest


def _concern(seen: Seen, finding: Finding) -> Concern:
    return Concern(
        seen.watched.portfolio_id,
        seen.watched.listing_id,
        finding.rule,
        "WARN",
        sentence(seen, finding),
        finding.observed,
        finding.expected,
    )
