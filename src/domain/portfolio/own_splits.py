"""Splits and mergers of units held outside of positions (DOMAIN §5)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.actions import MergerAnnounced, SplitAnnounced
from domain.adjustment import ONE
from domain.listing import Listing
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import EXACT, exactly, round_down
from domain.portfolio.events import EntryPosted, Into
from domain.portfolio.own_actions import effect_of, entry_of
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Terms:
    """What an action is settled by: the smallest lot that stays, and the worth of a unit after it, where known.

    ``price`` is in the portfolio's currency.
    """

    lot: Decimal
    price: Decimal | None

    @classmethod
    @exactly
    def of(cls, listing: Listing, settings: Settings, price: Decimal | None) -> "Terms":
        """Of units that become, or stay, those of a listing; ``price`` is in its quote unit."""
        lot = listing.lot if settings.fractional else max(listing.lot, ONE)
        return cls(lot, None if price is None else price * listing.unit_scale)


@exactly
def split(
    state: Portfolio,
    announced: SplitAnnounced,
    held: Decimal,
    now: Units,
    terms: Terms,
    ids: tuple[UUID, UUID],
) -> EntryPosted | None:
    """Multiply the units ``held`` when the split took effect; those that came since are new ones already.

    A fraction of a lot is paid out at the last price before. None where nobody knows what that came to, or where too
    few units are left: a person tells the books then.
    """
    after = held * announced.ratio
    kept = _kept(held, after, terms)
    fraction = after - kept
    if now.quantity - held + kept < 0 or (fraction and terms.price is None):
        return None
    cash = round_to_minor_unit(fraction * (terms.price or ZERO), state.currency)
    left = now.quantity - held + after
    released = (
        round_to_minor_unit(now.book_cost * EXACT.divide(fraction, left), state.currency)
        if fraction
        else ZERO
    )
    effect = effect_of(quantity=kept - held, cash=cash, book_cost=-released, gain=cash - released)
    return entry_of(state, announced, ids, effect, "adjustment")


@exactly
def merge(
    state: Portfolio, announced: MergerAnnounced, now: Units, terms: Terms, ids: tuple[UUID, UUID]
) -> EntryPosted | None:
    """Turn the units of now into the other listing's, with cash for each and for the fraction of a lot.

    The book cost parts between units and cash as their worth does; None where no price says how.
    """
    after = now.quantity * announced.ratio
    kept = _kept(now.quantity, after, terms)
    if terms.price is None and (announced.cash_per_share or after != kept):
        return None
    price = terms.price or ZERO
    fraction = round_to_minor_unit((after - kept) * price, state.currency)
    cash = round_to_minor_unit(now.quantity * announced.cash_per_share, state.currency) + fraction
    worth = cash + kept * price
    part = EXACT.divide(cash, worth) if kept and worth else (ZERO if kept else ONE)
    released = round_to_minor_unit(now.book_cost * part, state.currency)
    into = Into(
        listing_id=announced.into_listing_id,
        symbol=announced.into_symbol,
        quantity=kept,
        book_cost=now.book_cost - released,
    )
    effect = effect_of(quantity=-now.quantity, cash=cash, book_cost=-now.book_cost, gain=cash - released)
    return entry_of(state, announced, ids, effect, "adjustment", into=into)


def _kept(held: Decimal, after: Decimal, terms: Terms) -> Decimal:
    """What stays of the units after it: whole lots, where lots were held; who keeps fractions keeps them."""
    return round_down(after, terms.lot) if held == round_down(held, terms.lot) else after
