"""A position's commands: each answers the events that follow, none when it is already so."""

from decimal import Decimal

from domain.listing import Listing
from domain.money import notional
from domain.numbers import is_multiple
from domain.portfolio.decide import bookable
from domain.portfolio.state import Portfolio
from domain.position.events import (
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    PositionClosed,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
    PositionSymbolChanged,
)
from domain.position.places import place
from domain.position.state import Position
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange, resolve

Events = list[AnyPositionEvent]


def open_position(
    portfolio: Portfolio, listing: Listing, shares: Decimal, anchor: Decimal, settings: SettingsChange
) -> Events:
    """Begin a position; its shares are a transfer in kind at the anchor. Cash is allocated separately.

    Raises Invalid when the listing's currency is not the portfolio's, or a number makes no sense, and Conflict for a
    listing that is retired.
    """
    if listing.currency != portfolio.currency:
        raise Invalid(
            "listing_id",
            f"{listing.symbol} trades in {listing.currency}, the portfolio is in {portfolio.currency}.",
        )
    if listing.is_retired and portfolio.clock == "live":
        raise Conflict(f"{listing.symbol} has not traded on {listing.exchange} since {listing.retired_on}.")
    if anchor <= 0:
        raise Invalid("anchor", "The anchor must be above zero.")
    if shares < 0 or not is_multiple(shares, listing.lot):
        raise Invalid("shares", f"The shares must be a multiple of the lot {listing.lot}, not below zero.")
    _require_of_position(settings)
    resolve(portfolio.settings, settings)
    return [
        PositionOpened(
            portfolio_id=portfolio.id,
            listing_id=listing.id,
            symbol=listing.symbol,
            currency=listing.currency,
            exchange=listing.exchange,
            quote_unit=listing.quote_unit,
            lot=listing.lot,
            shares=shares,
            anchor=anchor,
            book_cost=notional(shares, anchor, listing.unit_scale, listing.currency),
            settings=settings,
        )
    ]


def change_settings(state: Position, portfolio: Portfolio, change: SettingsChange) -> Events:
    """Override settings for this position; what ``change`` leaves out stays as it is."""
    _require_own_rule(state)
    _require_of_position(change)
    settings = state.settings.merged(change)
    resolve(portfolio.settings, settings)
    if settings == state.settings:
        return []
    return [PositionSettingsChanged(**place(state), settings=settings)]


def allocate_cash(state: Position, amount: Decimal) -> Events:
    """Take free cash into the position's bucket."""
    _require_not_closed(state)
    _require_own_rule(state)
    return [CashAllocated(**place(state), amount=bookable(amount, state.currency, "cash"))]


def return_cash(state: Position, amount: Decimal) -> Events:
    """Give cash back to the portfolio. Raises Conflict when the bucket holds less."""
    _require_own_rule(state)
    amount = bookable(amount, state.currency, "cash")
    if amount > state.cash:
        raise Conflict(f"{amount} {state.currency} is more than the {state.cash} that {state.symbol} holds.")
    return [CashReturned(**place(state), amount=amount)]


def pause(state: Position) -> Events:
    """Stop deciding for this position; orders already out go on."""
    _require_not_closed(state)
    _require_own_rule(state)
    return [] if state.status == "paused" else [PositionPaused(**place(state))]


def resume(state: Position) -> Events:
    """Decide for this position again."""
    _require_not_closed(state)
    _require_own_rule(state)
    return [] if state.status == "active" else [PositionResumed(**place(state))]


def close(state: Position) -> Events:
    """End the position: its cash goes back, its shares stay as a holding.

    Raises Conflict while an order is open, a dividend is owed, or fills have overdrawn its cash.
    """
    if state.status == "closed":
        return []
    _require_own_rule(state)
    if state.open_order is not None and state.open_order.by_hand:
        raise Conflict(f"{state.symbol} has an open recommendation; ignore it, or mark it complete, first.")
    if state.open_order is not None:
        raise Conflict(f"{state.symbol} has an open order; cancel it first.")
    if state.receivable:
        raise Conflict(f"{state.symbol} is still owed a dividend of {state.receivable} {state.currency}.")
    if state.cash < 0:
        raise Conflict(f"{state.symbol} is overdrawn by {-state.cash} {state.currency}; give it cash first.")
    returned: Events = [CashReturned(**place(state), amount=state.cash)] if state.cash else []
    return [*returned, PositionClosed(**place(state), shares=state.shares, book_cost=state.book_cost)]


def follow_symbol(state: Position, listing: Listing) -> Events:
    """Call the position by the symbol that its listing goes by now."""
    if state.status == "closed" or state.listing_id != listing.id or state.symbol == listing.symbol:
        return []
    about = place(state) | {"symbol": listing.symbol}
    return [PositionSymbolChanged(**about, former_symbol=state.symbol)]


def _require_not_closed(state: Position) -> None:
    if state.status == "closed":
        raise Conflict(f"{state.symbol} is closed.")


def _require_own_rule(state: Position) -> None:
    if state.status == "placing":
        raise Conflict(f"{state.symbol} carries out a line of advice; cancel its order to end it.")


def _require_of_position(settings: SettingsChange) -> None:
    if "place_allocation" in settings.given():
        raise Invalid(
            "settings.place_allocation", "Whether advice is placed at once is a portfolio's setting."
        )
