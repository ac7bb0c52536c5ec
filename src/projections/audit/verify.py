"""Verify everything: the log against its chain and the heads outside, decisions against their inputs, snapshots and
read models against the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, Protocol

import psycopg
from psycopg import Connection

from domain.audit.again import Rules
from domain.audit.chain import Head
from domain.audit.difference import Difference, Differences
from domain.audit.verification import STEPS, Verification
from projections import copies
from projections.audit import decisions
from projections.audit.chain import CHAIN, chain_end
from projections.audit.decisions import DecideAgain, Kept, Unreadable
from projections.audit.read_models import compare
from projections.audit.snapshots import SNAPSHOTS, Snapshots, differences
from projections.audit.walk import walk
from projections.copies import Progress
from projections.read_model import ReadModel


class Log(copies.Log, decisions.Log, Protocol):
    """What verifying needs of the event log."""


@dataclass(frozen=True, slots=True)
class Verify:
    """The parts. ``follow`` brings the chain up to the log's end, as its follower would a moment later."""

    log: Log
    follow: Callable[[Connection[dict[str, Any]]], object]
    heads: Callable[[], Sequence[Head]]
    inputs: Kept
    policies: Kept
    models: Sequence[ReadModel]
    snapshots: Snapshots
    rules: Rules = field(default_factory=Rules)

    def __call__(self, connection: Connection[dict[str, Any]], progress: Progress) -> Verification:
        """Verify what there is now, while life goes on. Raises BrokenHeads."""
        heads = self.heads()
        stuck = self._followed(connection)
        end = chain_end(connection)
        up_to = max(end.number if end else 0, self.log.last_number(connection) if stuck else 0)
        walked = walk(connection, heads, up_to, lambda done, total: progress("events", done, total))
        found = [*stuck, *walked.differences.told]
        is_sound = not found
        again = DecideAgain(self.log, self.inputs, self.policies, self.rules)
        if is_sound:
            unreadable = self._decided_again(connection, again, up_to, progress)
            found += [*again.differences.told, *unreadable]
            is_sound = not unreadable
        if is_sound:
            found += self._what_follows(connection, progress)
        return Verification(
            events=walked.number,
            chain_head=walked.head if walked.number else None,
            decisions=again.decisions,
            inputs_retired=again.inputs_retired,
            differences=found,
            not_verified=() if is_sound else STEPS,
        )

    def _followed(self, connection: Connection[dict[str, Any]]) -> list[Difference]:
        """Why the chain cannot follow the log, if so: where somebody wrote into either, hashes may be in its way."""
        try:
            self.follow(connection)
        except psycopg.IntegrityError as error:
            return [Difference(None, CHAIN, "the log's end", str(error).splitlines()[0])]
        return []

    def _decided_again(
        self, connection: Connection[dict[str, Any]], again: DecideAgain, up_to: int, progress: Progress
    ) -> list[Difference]:
        """The event that cannot be read, if there is one: nothing after it is decided again."""
        try:
            again.run(connection, up_to, lambda done, total: progress("decisions", done, total))
        except Unreadable as unreadable:
            # What went wrong is told in words that quote the event.
            problem, expected = unreadable.problem, "an event that can be read"
            return [Difference(unreadable.number, "event", expected, problem, is_content=True)]
        return []

    def _what_follows(self, connection: Connection[dict[str, Any]], progress: Progress) -> list[Difference]:
        snapshots = _told(SNAPSHOTS, partial(self._snapshots, connection, partial(progress, SNAPSHOTS)))
        return [*snapshots, *self._read_models(connection, progress)]

    def _snapshots(
        self, connection: Connection[dict[str, Any]], progress: Callable[[int, int], None]
    ) -> list[Difference]:
        found = Differences()
        for difference in differences(connection, self.snapshots, progress):
            found.note(difference)
        return found.told

    def _read_models(self, connection: Connection[dict[str, Any]], progress: Progress) -> list[Difference]:
        """All in one reading of the log; where one cannot be written, each for itself, so that the others are."""
        try:
            return compare(connection, self.log, self.models, progress)
        except psycopg.OperationalError:
            raise
        except Exception:  # noqa: BLE001  # whatever was written into the log: it is told of the model that fails
            found = (
                _told(model.name, partial(compare, connection, self.log, [model], progress))
                for model in self.models
            )
            return [*chain.from_iterable(found)]


def _told(what: str, look: Callable[[], list[Difference]]) -> list[Difference]:
    try:
        return look()
    except psycopg.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever was written into the log or the tables: it is told
        problem = f"{type(error).__name__}: {error}"
        return [Difference(None, what, "what the events say", problem, is_content=True)]
