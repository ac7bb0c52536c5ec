"""What a line's position begins with, out of the portfolio's own, and how it gives back what is left."""

from decimal import Decimal

from domain.listing import Listing
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import EXACT, exactly
from domain.placing.placement import Placement
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.position.events import (
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    PositionClosed,
    PositionOpened,
)
from domain.position.places import place
from domain.position.state import Position
from domain.settings import SettingsChange

Events = list[AnyPositionEvent]

FOR_ONE_ORDER = SettingsChange(time_in_force="day", fractional=True)
"""Advice is of a day, and comes in the listing's own lots."""


def opened(portfolio: Portfolio, listing: Listing, placement: Placement, units: Units) -> PositionOpened:
    """A position that carries out a line, with the portfolio's own units that it is to sell."""
    return PositionOpened(
        portfolio_id=portfolio.id,
        listing_id=listing.id,
        symbol=listing.symbol,
        currency=listing.currency,
        exchange=listing.exchange,
        quote_unit=listing.quote_unit,
        lot=listing.lot,
        shares=units.quantity,
        anchor=placement.advised_price,
        book_cost=units.book_cost,
        settings=FOR_ONE_ORDER,
        placement=placement,
    )


def fund(state: Position, amount: Decimal) -> Events:
    """Take cash that the portfolio has set aside for it."""
    return [CashAllocated(**place(state), amount=amount)]


@exactly
def part_of(units: Units, quantity: Decimal, currency: str) -> Units:
    """Some of the units with what they have cost on average; the last ones take all the cost that is left."""
    if quantity >= units.quantity:
        return units
    cost = round_to_minor_unit(EXACT.divide(units.book_cost * quantity, units.quantity), currency)
    return Units(quantity, cost)


def wind_up(state: Position) -> Events:
    """Give everything back to the portfolio once the order has ended; what came too late follows by itself.

    What an execution has cost beyond what there was is taken from the portfolio.
    """
    if state.status == "closed" or state.open_order is not None:
        return []
    moved: Events = []
    if state.cash > ZERO:
        moved = [CashReturned(**place(state), amount=state.cash)]
    elif state.cash < ZERO:
        moved = [CashAllocated(**place(state), amount=-state.cash)]
    return [*moved, PositionClosed(**place(state), shares=state.shares, book_cost=state.book_cost)]
