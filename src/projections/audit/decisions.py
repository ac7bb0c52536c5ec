"""Decide every recorded decision again, from the inputs of then, and compare with what is stored, byte for byte.

There are five kinds: a position's decisions, what a line of advice comes to when it is placed, and a day's loss, whose
inputs stand in their events; recommendations, and runs that advised nothing, whose snapshots and policies are kept
beside the log under the hashes that events name. What a position's trigger advised is no decision of its own: it has to
say what the order's decision before it says. Sentences are no decisions where they stand beside one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, get_args

import psycopg
from psycopg import Connection

from domain.allocation import Kind
from domain.audit.again import Advised, Rules, UnknownRule, assess_again, decide_again, decline_again
from domain.audit.difference import Difference, Differences
from domain.events import Event, Recorded
from domain.policy import canonical, hash_of
from domain.portfolio.events import DailyLossExceeded
from domain.position.events import OrderIntended, OrderReevaluated, Skipped
from domain.recommendation.events import LineDeclined, RecommendationProposed
from domain.recommendation.of_trigger import propose
from domain.runs.events import RetentionApplied, RunEnded

DECISIONS: tuple[type[Event], ...] = (
    OrderIntended,
    Skipped,
    OrderReevaluated,
    DailyLossExceeded,
    RecommendationProposed,
    LineDeclined,
    RunEnded,
)
RUN_HOURS_MAX = timedelta(hours=1)
"""For so long a run may take: its inputs are kept at its beginning, its events are recorded until its end."""

EVENTS_BETWEEN_REPORTS = 2_000
PAGE_EVENTS = 2_000

Kept = Callable[[str], str | None]
"""The text that is kept under a hash, None when there is none."""


class Log(Protocol):
    """What deciding again needs of the event log."""

    def read(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        limit: int,
        up_to: int = ...,
        topics: Sequence[str] | None = None,
    ) -> list[Recorded]: ...


def as_stored(event: Event) -> str:
    """An event as the log spells it."""
    return event.model_dump_json(warnings=False)


def document(event: Event) -> str:
    """An event in canonical JSON, in which its inputs were kept: there 11842.50 is 11842.5, in the log it is not."""
    return canonical(event.model_dump())


class Unreadable(Exception):
    """An event that cannot be read as what its name says."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"event {number}: {problem}")
        self.number = number
        self.problem = problem


@dataclass(slots=True)
class DecideAgain:
    """Goes through the log's decisions. ``inputs`` are snapshots of runs, ``policies`` the archive."""

    log: Log
    inputs: Kept
    policies: Kept
    rules: Rules = field(default_factory=Rules)
    differences: Differences = field(default_factory=Differences)
    decisions: int = 0
    inputs_retired: int = 0
    retired_before: datetime | None = None
    _intended: Recorded | None = None

    def run(
        self, connection: Connection[dict[str, Any]], up_to: int, progress: Callable[[int, int], None]
    ) -> None:
        """Decide again what was decided up to an event, in flat memory. Raises Unreadable."""
        self.retired_before = self._retired_before(connection, up_to)
        names = [each.name for each in DECISIONS]
        for count, recorded in enumerate(read_all(self.log, connection, up_to, names), start=1):
            self._take(recorded)
            if count % EVENTS_BETWEEN_REPORTS == 0:
                progress(recorded.number, up_to)
        progress(up_to, up_to)

    def _retired_before(self, connection: Connection[dict[str, Any]], up_to: int) -> datetime | None:
        applied = read_all(self.log, connection, up_to, [RetentionApplied.name])
        moments = [each.event.inputs_before for each in applied if isinstance(each.event, RetentionApplied)]
        return max(moments, default=None)

    def _take(self, recorded: Recorded) -> None:
        try:
            self._compare(recorded)
        except UnknownRule as unknown:
            self._note(recorded, "rule", "a rule that is known", str(unknown))
        except Exception as error:  # noqa: BLE001  # a rule that fails where it once decided decides otherwise
            self._note(recorded, "decision", f"{type(error).__name__}: {error}", recorded.event_json())

    def _compare(self, recorded: Recorded) -> None:
        match recorded.event:
            case OrderIntended() | Skipped() | OrderReevaluated() as decided:
                self.decisions += 1
                self._intended = recorded
                self._same(recorded, decide_again(decided, self.rules))
            case DailyLossExceeded() as exceeded:
                self.decisions += 1
                self._same(recorded, assess_again(exceeded, self.rules))
            case LineDeclined(rule=str()) as declined:
                self.decisions += 1
                self._same(recorded, decline_again(declined, self.rules))
            case RecommendationProposed(kind="volatility"):
                self._same(recorded, self._of_trigger(recorded))
            case RecommendationProposed() as proposed:
                self._proposed(recorded, proposed)
            case RunEnded() as ended:
                self._ended(recorded, ended)
            case _:
                pass  # other events decide nothing

    def _of_trigger(self, recorded: Recorded) -> RecommendationProposed | None:
        """What the order that was decided just before is proposed as; None when it is no person's to place."""
        before = self._intended
        if before is None or not isinstance(before.event, OrderIntended) or not before.event.by_hand:
            return None
        return propose(before.stream_id, before.event, recorded.metadata.run_id)

    def _proposed(self, recorded: Recorded, proposed: RecommendationProposed) -> None:
        run_id, snapshot_hash, policy_hash = proposed.run_id, proposed.snapshot_hash, proposed.policy_hash
        if run_id is None or snapshot_hash is None or policy_hash is None:
            self._same(recorded, None)
            return
        advised = self._inputs(recorded, snapshot_hash, policy_hash)
        if advised is not None:
            self._same(recorded, advised.proposal(run_id, snapshot_hash, self.rules), document)

    def _ended(self, recorded: Recorded, ended: RunEnded) -> None:
        """A run that advised nothing; what it advised stands in the recommendation."""
        decided = ended.kind in get_args(Kind) and ended.recommendation_id is None
        if not decided or ended.snapshot_hash is None or ended.policy_hash is None:
            return
        advised = self._inputs(recorded, ended.snapshot_hash, ended.policy_hash)
        if advised is None:
            return
        advice = advised.advice(self.rules)
        again = ended.model_copy(update={"status": advice.outcome, "summary": advice.sentence})
        self._same(recorded, again)

    def _inputs(self, recorded: Recorded, snapshot_hash: str, policy_hash: str) -> Advised | None:
        """What a run decided on, which is counted where it is still kept; None where it is not, or was changed."""
        snapshot, policy = self.inputs(snapshot_hash), self.policies(policy_hash)
        if snapshot is None and self._is_retired(recorded):
            self.inputs_retired += 1
            return None
        self.decisions += 1
        for what, wanted, text in (("inputs", snapshot_hash, snapshot), ("policy", policy_hash, policy)):
            found = None if text is None else hash_of(text)
            if found != wanted:
                self._note(recorded, what, wanted, found)
                return None
        return Advised(snapshot or "", policy or "")

    def _is_retired(self, recorded: Recorded) -> bool:
        before = self.retired_before
        return before is not None and recorded.metadata.recorded_at - RUN_HOURS_MAX < before

    def _same(
        self, recorded: Recorded, again: Event | None, spell: Callable[[Event], str] = as_stored
    ) -> None:
        expected = None if again is None else spell(again)
        found = recorded.event_json() if spell is as_stored else spell(recorded.event)
        if expected != found:
            self._note(recorded, "decision", expected, found)

    def _note(self, recorded: Recorded, what: str, expected: str | None, found: str | None) -> None:
        is_content = what == "decision"
        self.differences.note(Difference(recorded.number, what, expected, found, is_content))


def read_all(
    log: Log, connection: Connection[dict[str, Any]], up_to: int, names: Sequence[str]
) -> Iterator[Recorded]:
    """The events of some names, page by page. Raises Unreadable for the first that cannot be read."""
    after = 0
    while page := _page(log, connection, after, up_to, names):
        yield from page
        after = page[-1].number


def _page(
    log: Log, connection: Connection[dict[str, Any]], after: int, up_to: int, names: Sequence[str]
) -> list[Recorded]:
    try:
        return log.read(connection, after, PAGE_EVENTS, up_to, names)
    except psycopg.Error:
        raise
    except Exception:  # noqa: BLE001  # whatever was written into the log: it is found, and named
        return _up_to_the_unreadable(log, connection, after, up_to, names)


def _up_to_the_unreadable(
    log: Log, connection: Connection[dict[str, Any]], after: int, up_to: int, names: Sequence[str]
) -> list[Recorded]:
    found: list[Recorded] = []
    while len(found) < PAGE_EVENTS:
        try:
            one = log.read(connection, after, 1, up_to, names)
        except psycopg.Error:
            raise
        except Exception as error:
            if found:
                return found
            raise Unreadable(_next(connection, after, names), f"{type(error).__name__}: {error}") from error
        if not one:
            break
        found += one
        after = one[0].number
    return found


def _next(connection: Connection[dict[str, Any]], after: int, names: Sequence[str]) -> int:
    row = connection.execute(
        "select min(notification_id) as number from stored_events where notification_id > %s and topic = any(%s)",
        (after, list(names)),
    ).fetchone()
    return int(row["number"]) if row else after + 1
