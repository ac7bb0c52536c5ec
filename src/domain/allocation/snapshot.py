"""Everything that an allocation run decides on, and nothing else (DOMAIN §8).

Lists are kept in one order whatever order they came in, so that the same inputs have the same bytes.
"""

import json
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator

from domain.events import Instant, Value
from domain.numbers import Exact
from domain.policy import canonical, digest

Kind = Literal["weekly_review", "monthly", "quarterly", "manual"]
Role = Literal["invested", "cash_park"]


class Held(Value):
    """Units of a listing that the portfolio holds outside of positions and has promised to nobody."""

    listing_id: UUID
    symbol: str
    quantity: Exact


class Price(Value):
    """A price in the listing's quote unit. ``per_unit`` is base currency per quote unit, exchange rate included.

    ``problem`` says why the gate keeps it from being used, None for a good one.
    """

    listing_id: UUID
    price: Exact
    per_unit: Exact
    as_of: Instant
    source: str
    problem: str | None = None


class Constituent(Value):
    """An instrument of the policy as the registry knows it."""

    listing_id: UUID
    symbol: str
    sleeve: str
    role: Role
    lot: Exact


def _is_empty(value: object) -> bool:
    return not value


class Gates(Value):
    """What blocks advice: why the portfolio is frozen, its open critical alerts in words, and corporate actions that
    have changed its units and are not booked yet."""

    frozen: str | None = None
    critical: tuple[str, ...] = ()
    untold: Annotated[tuple[str, ...], Field(exclude_if=_is_empty)] = ()  # added later, see ADDED_LATER


class Snapshot(Value):
    """The input of one run. Amounts are in ``currency``; constituents stand in the order of the policy.

    ``cash`` is free cash already booked, less what other open recommendations promise. ``drawdown`` is how far the
    unitised value lies below its highest close, as a part of one, None before there are closes and where the policy
    does not care. ``used`` are codes of triggers that are not available.
    """

    engine: str
    portfolio_id: UUID
    kind: Kind
    as_of: Instant
    currency: str
    cash: Exact
    holdings: tuple[Held, ...]
    prices: tuple[Price, ...]
    constituents: tuple[Constituent, ...]
    policy_hash: str
    gates: Gates = Gates()
    drawdown: Exact | None = None
    used: tuple[str, ...] = ()

    @field_validator("holdings", "prices")
    @classmethod
    def _by_listing(cls, items: tuple[Held | Price, ...]) -> tuple[Held | Price, ...]:
        return tuple(sorted(items, key=lambda item: item.listing_id))

    @field_validator("used")
    @classmethod
    def _in_order(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(codes))

    def document(self) -> str:
        """The canonical JSON that is kept."""
        return canonical(self.model_dump())

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical JSON."""
        return digest(self.model_dump())


def read_snapshot(document: str) -> Snapshot:
    """A snapshot from the document that was kept of it."""
    return Snapshot.model_validate(json.loads(document, parse_float=Decimal, parse_int=Decimal))
