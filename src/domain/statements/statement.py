"""A broker's statement as it was read: each row with what it says, in which units, and what is wrong with it."""

import json
from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import Literal
from uuid import UUID

from domain.events import Instant, Value
from domain.money import currency_of, quote_scale
from domain.numbers import EXACT, Exact, shortest
from domain.policy import hash_of
from domain.portfolio.events import PostedKind

Form = Literal["positions", "transactions"]
Quantity = Literal["quantity", "price", "value", "amount", "fee", "tax"]


class Problem(Value):
    """What keeps a row from being booked, and the column that says so."""

    column: str
    sentence: str


class Figure(Value):
    """A number as it stands in a file, and what it is: so much of a unit, such as GBX, GBP or ``units``."""

    name: Quantity
    column: str
    raw: str
    unit: str
    value: Exact

    def in_currency(self) -> Decimal:
        """A price in whole units of its currency: 118.425 for 11842.5 GBX."""
        with localcontext(EXACT):
            return self.value * quote_scale(currency_of(self.unit), self.unit)


class Security(Value):
    """What a file says of a security; the exchange by its market identifier, the unit as prices are quoted in it."""

    symbol: str | None = None
    exchange: str | None = None
    isin: str | None = None
    title: str | None = None
    unit: str | None = None

    @property
    def called(self) -> str:
        """The name under which a person is asked for it: the ISIN, else where it trades as what, else its title."""
        if self.isin is not None:
            return self.isin
        if self.symbol is None:
            return self.title or "?"
        return f"{self.exchange}:{self.symbol}" if self.exchange else self.symbol


class Row(Value):
    """A row. ``amount`` among its figures is what it came to without fee and tax, or what is held has cost.

    ``kind`` is None for a row of positions: what is booked follows from what the books hold already. ``rate`` is
    what one of the row's currency is in the account's. ``left_out`` says why a row books nothing.
    """

    line: int
    raw: dict[str, str]
    kind: PostedKind | None = None
    at: Instant | None = None
    security: Security | None = None
    figures: tuple[Figure, ...] = ()
    rate: Exact | None = None
    account: str | None = None
    reference: str | None = None
    note: str | None = None
    left_out: str | None = None
    problems: tuple[Problem, ...] = ()

    def figure(self, name: Quantity) -> Figure | None:
        """One of its numbers."""
        return next((each for each in self.figures if each.name == name), None)

    @property
    def content(self) -> str:
        """A hash of what the row says, however its numbers are spelt and whichever columns stand beside them."""
        says = {
            "kind": self.kind,
            "at": None if self.at is None else self.at.isoformat(),
            "security": None if self.security is None else self.security.called,
            "figures": sorted([each.name, shortest(each.value), each.unit] for each in self.figures),
            "reference": self.reference,
            "note": self.note,
        }
        return hash_of(json.dumps(says, sort_keys=True))


class Statement(Value):
    """A file that was read. ``profile`` names its layout, ``title`` says it in words.

    ``references_are_unique`` says that its broker gives each row a reference of its own, where it gives it one.
    """

    profile: str
    title: str
    form: Form
    rows: tuple[Row, ...]
    references_are_unique: bool = False

    @property
    def accounts(self) -> tuple[str, ...]:
        """The broker's accounts that it is about, in the order of their first rows."""
        return tuple(dict.fromkeys(row.account for row in self.rows if row.account))


def total(rows: Iterable[Row], name: Quantity) -> Decimal:
    """What one of their numbers comes to in all of some rows."""
    return sum((each.value for row in rows if (each := row.figure(name))), Decimal(0))


class NewListing(Value):
    """A listing as a file describes it, to be registered when a person says so."""

    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    isin: str | None = None


class Question(Value):
    """Which listing is meant? ``candidates`` go by the same name; ``proposed`` could be registered."""

    security: str
    lines: tuple[int, ...]
    sentence: str
    candidates: tuple[UUID, ...] = ()
    proposed: NewListing | None = None
