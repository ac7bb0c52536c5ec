"""Take exchange rates in: judged by a small gate of their own, stored once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Ledger, Transaction
from application.ports.fx import FxRates
from domain.fx import JUMP_CRITICAL, Rate, judge
from domain.quality import Finding

ACTOR = "ballast:gate"
RULE = "fx_jump"

Found = tuple[Rate, Finding]


@dataclass(slots=True)
class TakenRates:
    """What became of a batch. ``rejected`` cannot be rates and are not stored; ``quarantined`` convert nothing."""

    accepted: int = 0
    duplicates: int = 0
    quarantined: list[Found] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakeRates:
    """The use case with what it needs from outside."""

    ledger: Ledger
    rates: FxRates

    def __call__(self, rates: Sequence[Rate], *, believed: bool = False) -> TakenRates:
        """Judge and store a batch in the order of its moments; sending it again changes nothing.

        A rate more than half away from the last good one is kept, converts nothing, and calls a person. ``believed``
        is that person's word that it is so.
        """
        taken = TakenRates()
        now = self.ledger.clock()
        with self.rates.intake() as intake:
            for rate in sorted(rates, key=lambda each: (each.as_of, each.pair, each.source)):
                finding = judge(rate, intake.last_good(rate), now)
                if finding is not None and finding.severity == "REJECT":
                    taken.rejected.append((rate, finding))
                    continue
                stopped = None if believed else finding
                rule = None if stopped is None else stopped.rule
                if not intake.store(rate, rule, believed=believed):
                    taken.duplicates += 1
                elif stopped is not None:
                    taken.quarantined.append((rate, stopped))
                else:
                    taken.accepted += 1
        self._tell(taken, believed=believed)
        return taken

    def _tell(self, taken: TakenRates, *, believed: bool) -> None:
        """Call a person for what was quarantined; one who has come has dealt with it."""
        if not taken.quarantined and not believed:
            return
        run_id = self.ledger.run_id()

        def decide(transaction: Transaction) -> None:
            for rate, finding in taken.quarantined:
                raise_alert(transaction, _concern(rate, finding))
            if believed:
                settle_alert(transaction, (None, None, RULE), "A person says that the rate is so.")

        self.ledger.transact(Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id), decide)


def _concern(rate: Rate, finding: Finding) -> Concern:
    sentence = (
        f"{rate.source} says that {rate.pair} is {finding.observed}, more than {JUMP_CRITICAL:.0%} away from the"
        " rate before: it converts nothing."
    )
    return Concern(None, None, RULE, "CRITICAL", sentence, finding.observed, finding.expected)
