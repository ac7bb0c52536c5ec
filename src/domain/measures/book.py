"""A position as the measures see it: what it holds, what it is worth, and what its start would have come to."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.money import ZERO
from domain.settings import Settings

DEFAULTS = Settings()


@dataclass(slots=True)
class Guardrails:
    """Bounds of the asset share; None is inherited, in the end from DOMAIN §2's defaults."""

    low: Decimal | None = None
    high: Decimal | None = None

    def within(self, outer: "Guardrails") -> tuple[Decimal, Decimal]:
        """The bounds in force."""
        return (
            _first(self.low, outer.low, DEFAULTS.g_low),
            _first(self.high, outer.high, DEFAULTS.g_high),
        )


@dataclass(slots=True)
class Held:
    """The start, bought and held: what it has become, and what it was worth when it ``began``."""

    shares: Decimal
    cash: Decimal
    began: Decimal


@dataclass(slots=True)
class Book:
    """``price`` is None until one is known; ``is_stored`` says that it is no fill's.

    ``inside`` is whether it has been inside its guardrails since ``since``, None while that is not measured.
    ``has_moved`` says that its value has changed by something other than a flow.
    """

    listing_id: UUID
    exchange: str
    unit_scale: Decimal
    guardrails: Guardrails
    since: datetime
    shares: Decimal = ZERO
    cash: Decimal = ZERO
    price: Decimal | None = None
    is_stored: bool = False
    is_closed: bool = False
    has_moved: bool = False
    held: Held | None = None
    inside: bool | None = None

    @property
    def assets(self) -> Decimal:
        """What its shares are worth."""
        return self.shares * (self.price or ZERO) * self.unit_scale

    @property
    def value(self) -> Decimal:
        """What it is worth; nothing until a price is known."""
        return ZERO if self.price is None else self.assets + self.cash

    def stands_inside(self, of_portfolio: Guardrails) -> bool | None:
        """Whether it is inside the guardrails in force, None when that is not measured."""
        if not self.is_stored or self.is_closed:
            return None
        assets = self.assets
        value = assets + self.cash
        low, high = self.guardrails.within(of_portfolio)
        return low * value <= assets <= high * value if value > 0 else None

    def hold(self) -> None:
        """Take what is there for the start that buy-and-hold keeps."""
        self.held = None if self.price is None else Held(self.shares, self.cash, self.value)

    def held_value(self) -> Decimal:
        """What the start would be worth now."""
        if self.held is None or self.price is None:
            return ZERO
        return self.held.shares * self.price * self.unit_scale + self.held.cash


def _first(own: Decimal | None, outer: Decimal | None, default: Decimal) -> Decimal:
    if own is not None:
        return own
    return default if outer is None else outer
