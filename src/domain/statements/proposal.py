"""What becomes of a statement's rows: an entry to be booked, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio.booked_actions import BookedAction
from domain.portfolio.events import ImportedRow, PostedKind
from domain.portfolio.units import Units
from domain.portfolio.wanted import Wanted
from domain.statements.identity import Booked
from domain.statements.statement import Problem, Row

Status = Literal["proposed", "known", "agrees", "with", "left_out", "skipped", "asked", "problem"]

OPEN: frozenset[Status] = frozenset({"asked", "problem"})
"""What a person has to see to before anything is booked."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What becomes of one row. ``wanted`` is there when an entry is proposed, and only then."""

    row: Row
    status: Status
    sentence: str
    listing: Listing | None = None
    wanted: Wanted | None = None
    identity: ImportedRow | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def order(self) -> tuple[datetime, int, str, str, str]:
        """Where its entry is booked among others: by time, then what brings before what takes, then by what it says.

        So the order of the rows in the file makes no difference.
        """
        wanted, at = self.wanted, self.row.at
        if wanted is None or at is None:
            raise ValueError("a row without an entry has no place among entries")
        leaves = wanted.quantity is not None and wanted.quantity < 0
        key = self.identity.key if self.identity else ""
        called = self.row.security.called if self.row.security else ""
        return at, LAST if leaves else RANK[wanted.kind], called, self.row.content, key


LAST = 9
RANK: Mapping[PostedKind, int] = {
    "contribution": 0,
    "transfer": 1,
    "buy": 2,
    "adjustment": 3,
    "dividend": 4,
    "interest": 5,
    "sell": 6,
    "fee": 7,
    "withdrawal": 8,
}


@dataclass(frozen=True, slots=True)
class BooksNow:
    """Cash and units with those of positions, the last event that moved them, and the latest effective time of any."""

    number: int
    latest: datetime | None
    cash: Decimal
    units: Mapping[UUID, Units]


@dataclass(frozen=True, slots=True)
class Standing:
    """The books as a statement is compared with them: units with those of positions, cash with theirs."""

    currency: str
    cash: Decimal = ZERO
    units: Mapping[UUID, Units] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    """Rows that were imported and stand, by their keys: what they said."""
    booked: Mapping[str, Booked] = field(default_factory=dict)
    """What stands without having been imported, by the references that it has."""
    actions: Mapping[UUID, Sequence[BookedAction]] = field(default_factory=dict)
    """Corporate actions that were announced and are booked, by listing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said: which listings are meant, and which securities and lines are to be left out."""

    listings: Mapping[str, Listing] = field(default_factory=dict)
    skipped_securities: frozenset[str] = frozenset()
    skipped_lines: frozenset[int] = frozenset()

    def skips(self, row: Row) -> bool:
        """Whether a row is to be left out."""
        called = row.security.called if row.security else None
        return row.line in self.skipped_lines or called in self.skipped_securities


def concluded(proposal: Proposal, problems: Sequence[Problem]) -> Proposal:
    """A proposal as it is, or a problem where there are any."""
    if not problems:
        return proposal
    told = " ".join(f"{each.column}: {each.sentence}" for each in problems)
    return replace(proposal, status="problem", sentence=told, wanted=None, problems=tuple(problems))
