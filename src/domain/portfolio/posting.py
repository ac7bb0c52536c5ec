"""Post entries by hand: what each kind moves, from what a person says of it (DOMAIN §6).

Cash may be overdrawn: the books say what has happened. Units may not: nobody holds fewer than none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.listing import Listing
from domain.money import ZERO, notional, round_to_minor_unit, too_fine
from domain.numbers import EXACT, exactly, shortest
from domain.portfolio.events import Effect, EntryPosted, EntryReversed, ImportedRow, Into, PostedKind
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Units:
    """Units that a portfolio holds outside of its positions, and what they have cost."""

    quantity: Decimal = ZERO
    book_cost: Decimal = ZERO

    def after(self, effect: Effect) -> "Units":
        """The units once an entry is booked."""
        return Units(self.quantity + effect.quantity, self.book_cost + effect.book_cost)

    def with_into(self, into: Into) -> "Units":
        """The units once a merger into their listing is booked, or taken back."""
        return Units(self.quantity + into.quantity, self.book_cost + into.book_cost)


NONE = Units()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of an entry. ``amount`` is money in the base currency, ``price`` is in the quote unit."""

    kind: PostedKind
    listing: Listing | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    fee: Decimal = ZERO
    tax: Decimal = ZERO
    reference: str | None = None
    note: str | None = None
    source: str | None = None
    row: ImportedRow | None = None


@exactly
def post(state: Portfolio, entry_id: UUID, batch_id: UUID, wanted: Wanted, units: Units) -> EntryPosted:
    """The entry that is wanted. Raises Invalid for what does not belong together, Conflict for units not there."""
    _require_bookable(wanted, state.currency)
    effect = EFFECTS[wanted.kind](wanted, units, state.currency)
    return EntryPosted(
        portfolio_id=state.id,
        currency=state.currency,
        entry_id=entry_id,
        batch_id=batch_id,
        kind=wanted.kind,
        listing_id=wanted.listing.id if wanted.listing else None,
        symbol=wanted.listing.symbol if wanted.listing else None,
        effect=effect,
        price=wanted.price,
        reference=wanted.reference,
        note=wanted.note,
        source=wanted.source,
        row=wanted.row,
    )


@exactly
def would_move(wanted: Wanted, currency: str) -> Effect:
    """What an entry would move if as many units as it takes were there, at no cost. Raises Invalid."""
    _require_bookable(wanted, currency)
    return EFFECTS[wanted.kind](wanted, Units(abs(wanted.quantity or ZERO)), currency)


@exactly
def reverse(
    state: Portfolio,
    entry_id: UUID,
    batch_id: UUID,
    posted: EntryPosted,
    units: Units,
    reason: str,
    others: Units = NONE,
) -> EntryReversed:
    """The opposite of an entry. Raises Conflict when units that it brought are not there any more.

    Cost that no unit is left to bear, because some were sold meanwhile at another average, becomes gain or loss.
    ``others`` are the units of the listing that a merger has made of these.
    """
    there, other = posted.effect, posted.into
    stranded = _stranded(there.quantity, there.book_cost, posted.symbol, units)
    into = None
    if other is not None:
        left = _stranded(other.quantity, other.book_cost, other.symbol, others)
        cost = -other.book_cost + left
        into = other.model_copy(update={"quantity": -other.quantity, "book_cost": cost})
    return EntryReversed(
        portfolio_id=state.id,
        currency=state.currency,
        entry_id=entry_id,
        batch_id=batch_id,
        kind=posted.kind,
        listing_id=posted.listing_id,
        symbol=posted.symbol,
        effect=Effect(
            quantity=-there.quantity,
            cash=-there.cash,
            book_cost=-there.book_cost + stranded,
            fee=-there.fee,
            tax=-there.tax,
            gain=-there.gain
            + stranded
            + (ZERO if other is None or into is None else into.book_cost + other.book_cost),
            income=-there.income,
            capital=-there.capital,
            receivable=-there.receivable if there.receivable is not None else None,
        ),
        reverses=posted.entry_id,
        reason=reason,
        into=into,
    )


def _stranded(quantity: Decimal, book_cost: Decimal, symbol: str | None, units: Units) -> Decimal:
    """What of the cost that goes with units no unit is left to bear. Raises Conflict when they are not there."""
    left = units.quantity - quantity
    if left < 0:
        raise Conflict(
            f"Of the {shortest(quantity)} {symbol} only {shortest(units.quantity)} are left to take back."
        )
    cost = ZERO if not left else max(ZERO, units.book_cost - book_cost)
    return cost - (units.book_cost - book_cost)


def _effect(
    *,
    quantity: Decimal = ZERO,
    cash: Decimal = ZERO,
    book_cost: Decimal = ZERO,
    fee: Decimal = ZERO,
    tax: Decimal = ZERO,
    gain: Decimal = ZERO,
    income: Decimal = ZERO,
    capital: Decimal = ZERO,
) -> Effect:
    return Effect(
        quantity=quantity,
        cash=cash,
        book_cost=book_cost,
        fee=fee,
        tax=tax,
        gain=gain,
        income=income,
        capital=capital,
    )


def _contribution(wanted: Wanted, _: Units, currency: str) -> Effect:
    amount = _amount(wanted, currency)
    return _effect(cash=amount, capital=amount)


def _withdrawal(wanted: Wanted, _: Units, currency: str) -> Effect:
    amount = _amount(wanted, currency)
    return _effect(cash=-amount, capital=-amount)


def _buy(wanted: Wanted, _: Units, currency: str) -> Effect:
    cost = _consideration(wanted, currency)
    return _effect(quantity=_units(wanted), cash=-cost - wanted.fee, book_cost=cost, fee=wanted.fee)


def _sell(wanted: Wanted, units: Units, currency: str) -> Effect:
    proceeds = _consideration(wanted, currency)
    quantity = _units(wanted)
    cost = _cost_of(wanted, units, quantity, currency)
    return _effect(
        quantity=-quantity,
        cash=proceeds - wanted.fee,
        book_cost=-cost,
        fee=wanted.fee,
        gain=proceeds - cost,
    )


def _dividend(wanted: Wanted, _: Units, currency: str) -> Effect:
    gross = _amount(wanted, currency)
    if wanted.tax > gross:
        raise Invalid("tax", "More tax than dividend cannot be withheld.")
    return _effect(cash=gross - wanted.tax - wanted.fee, tax=wanted.tax, fee=wanted.fee, income=gross)


def _interest(wanted: Wanted, _: Units, currency: str) -> Effect:
    gross = _amount(wanted, currency)
    if wanted.tax > gross:
        raise Invalid("tax", "More tax than interest cannot be withheld.")
    return _effect(cash=gross - wanted.tax, tax=wanted.tax, income=gross)


def _fee(wanted: Wanted, _: Units, currency: str) -> Effect:
    amount = _amount(wanted, currency)
    return _effect(cash=-amount, fee=amount)


def _transfer(wanted: Wanted, units: Units, currency: str) -> Effect:
    """Units in kind: in at the cost that is given or at a price, out at what they have cost on average."""
    quantity = _units(wanted, signed=True)
    if quantity < 0:
        cost = _cost_of(wanted, units, -quantity, currency)
        return _effect(quantity=quantity, book_cost=-cost, capital=-cost)
    cost = _consideration(wanted, currency)
    return _effect(quantity=quantity, book_cost=cost, capital=cost)


def _adjustment(wanted: Wanted, units: Units, _: str) -> Effect:
    """Units that came or went by themselves, at the cost that is given, or cash that nobody can explain."""
    amount = wanted.amount or ZERO
    if wanted.listing is None:
        if not amount:
            raise Invalid("amount", "An adjustment of cash needs an amount other than zero.")
        return _effect(cash=amount, gain=amount)
    quantity = wanted.quantity or ZERO
    if not quantity and not amount:
        raise Invalid("quantity", "An adjustment changes units, their cost, or both.")
    after = Units(units.quantity + quantity, units.book_cost + amount)
    if after.quantity < 0:
        raise _too_few(wanted.listing, units)
    if after.book_cost < 0 or (not after.quantity and after.book_cost):
        raise Invalid(
            "amount",
            f"The cost left would be {shortest(after.book_cost)} for {shortest(after.quantity)} units.",
        )
    return _effect(quantity=quantity, book_cost=amount, gain=amount)


EFFECTS: Mapping[PostedKind, Callable[[Wanted, Units, str], Effect]] = {
    "contribution": _contribution,
    "withdrawal": _withdrawal,
    "buy": _buy,
    "sell": _sell,
    "dividend": _dividend,
    "interest": _interest,
    "fee": _fee,
    "transfer": _transfer,
    "adjustment": _adjustment,
}
TAKES_UNITS = frozenset({"buy", "sell", "transfer", "adjustment"})
TAKES_PRICE = frozenset({"buy", "sell", "transfer"})
TAKES_FEE = frozenset({"buy", "sell", "dividend"})
TAKES_TAX = frozenset({"dividend", "interest"})
ABOUT_A_LISTING = TAKES_UNITS | {"dividend"}


def _require_bookable(wanted: Wanted, currency: str) -> None:
    """Refuse what an entry of this kind has no place for: left out silently it would be lost."""
    for field, given, takers in (
        ("quantity", wanted.quantity is not None, TAKES_UNITS),
        ("price", wanted.price is not None, TAKES_PRICE),
        ("fee", bool(wanted.fee), TAKES_FEE),
        ("tax", bool(wanted.tax), TAKES_TAX),
        ("listing_id", wanted.listing is not None, ABOUT_A_LISTING),
    ):
        if given and wanted.kind not in takers:
            raise Invalid(field, f"An entry of the kind {wanted.kind} has none.")
    if wanted.listing is None and wanted.kind in TAKES_UNITS - {"adjustment"}:
        raise Invalid("listing_id", f"An entry of the kind {wanted.kind} is about a listing.")
    for field, amount in (("amount", wanted.amount), ("fee", wanted.fee), ("tax", wanted.tax)):
        fault = None if amount is None else too_fine(amount, currency)
        if fault is not None:
            raise Invalid(field, fault)


def _amount(wanted: Wanted, currency: str) -> Decimal:
    if wanted.amount is None or wanted.amount <= 0:
        raise Invalid("amount", f"Say how much it was, above zero, in {currency}.")
    return wanted.amount


def _units(wanted: Wanted, *, signed: bool = False) -> Decimal:
    quantity = wanted.quantity
    if not quantity or (quantity < 0 and not signed):
        raise Invalid("quantity", "Say how many units, above zero.")
    return quantity


def _consideration(wanted: Wanted, currency: str) -> Decimal:
    """What units came to: the amount that is given, else quantity times price."""
    if wanted.amount is not None:
        if wanted.amount < 0:
            raise Invalid("amount", "The amount must not be below zero.")
        return wanted.amount
    if wanted.price is None or wanted.listing is None:
        raise Invalid("price", "Say the price, or the amount that it came to.")
    if wanted.listing.currency != currency:
        raise Invalid(
            "amount",
            f"{wanted.listing.symbol} trades in {wanted.listing.currency}; say the amount in {currency}.",
        )
    return notional(_units(wanted, signed=True), wanted.price, wanted.listing.unit_scale, currency)


def _cost_of(wanted: Wanted, units: Units, quantity: Decimal, currency: str) -> Decimal:
    """What some of the units have cost on average; the last ones take all that is left."""
    if quantity > units.quantity:
        raise _too_few(wanted.listing, units)
    if quantity == units.quantity:
        return units.book_cost
    return round_to_minor_unit(EXACT.divide(units.book_cost * quantity, units.quantity), currency)


def _too_few(listing: Listing | None, units: Units) -> Conflict:
    symbol = listing.symbol if listing else "units"
    return Conflict(f"{shortest(units.quantity)} {symbol} are held outside of positions, and no more can go.")
