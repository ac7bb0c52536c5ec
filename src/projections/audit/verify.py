"""Verify everything: the log against its chain and the heads outside, decisions against their inputs, read models
against the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, Protocol

import psycopg
from psycopg import Connection

from domain.audit.again import Rules
from domain.audit.chain import Head
from domain.audit.difference import Difference
from domain.audit.verification import Verification
from projections import copy
from projections.audit import decisions
from projections.audit.chain import CHAIN, chain_end
from projections.audit.decisions import DecideAgain, Kept, Unreadable
from projections.audit.read_models import compare
from projections.audit.walk import walk
from projections.read_model import ReadModel

Progress = Callable[[str, int, int], None]
"""Called with (what is verified, events done, events in all)."""


class Log(copy.Log, decisions.Log, Protocol):
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
    rules: Rules = field(default_factory=Rules)

    def __call__(self, connection: Connection[dict[str, Any]], progress: Progress) -> Verification:
        """Verify what there is now, while life goes on. Raises BrokenHeads."""
        heads = self.heads()
        stuck = self._followed(connection)
        end = chain_end(connection)
        up_to = max(end.number if end else 0, self.log.last_number(connection) if stuck else 0)
        walked = walk(connection, heads, up_to, lambda done, total: progress("events", done, total))
        differences = [*stuck, *walked.differences.told]
        again = DecideAgain(self.log, self.inputs, self.policies, self.rules)
        if not differences:
            differences += self._what_follows(connection, again, up_to, progress)
        return Verification(
            events=walked.number,
            chain_head=walked.head if walked.number else None,
            decisions=again.decisions,
            inputs_retired=again.inputs_retired,
            differences=differences,
        )

    def _followed(self, connection: Connection[dict[str, Any]]) -> list[Difference]:
        """Why the chain cannot follow the log, if so: where somebody wrote into either, hashes may be in its way."""
        try:
            self.follow(connection)
        except psycopg.IntegrityError as error:
            return [Difference(None, CHAIN, "the log's end", str(error).splitlines()[0])]
        return []

    def _what_follows(
        self, connection: Connection[dict[str, Any]], again: DecideAgain, up_to: int, progress: Progress
    ) -> list[Difference]:
        try:
            again.run(connection, up_to, lambda done, total: progress("decisions", done, total))
        except Unreadable as unreadable:
            # What went wrong is told in words that quote the event.
            found = Difference(
                unreadable.number, "event", "an event that can be read", unreadable.problem, is_content=True
            )
            return [*again.differences.told, found]
        compared = (self._compared(connection, model, partial(progress, model.name)) for model in self.models)
        return [*again.differences.told, *chain.from_iterable(compared)]

    def _compared(
        self, connection: Connection[dict[str, Any]], model: ReadModel, progress: Callable[[int, int], None]
    ) -> list[Difference]:
        try:
            return compare(connection, self.log, model, progress).told
        except psycopg.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever was written into the log or the tables: it is told
            problem = f"{type(error).__name__}: {error}"
            return [Difference(None, model.name, "what the events say", problem, is_content=True)]
