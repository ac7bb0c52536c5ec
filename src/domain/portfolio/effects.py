"""What each kind of entry moves, from what a person says of it (DOMAIN §6).

Cash may be overdrawn: the books say what has happened. Units may not: nobody holds fewer than none.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from domain.listing import Listing
from domain.money import ZERO, notional, round_to_minor_unit, too_fine
from domain.numbers import EXACT, shortest
from domain.portfolio.events import Effect, PostedKind
from domain.portfolio.units import Units
from domain.portfolio.wanted import Wanted
from domain.refusals import Conflict, Invalid


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


def require_bookable(wanted: Wanted, currency: str) -> None:
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
