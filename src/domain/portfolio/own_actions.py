"""What corporate actions do to units held outside of positions: each once, as a position settles it (DOMAIN §5).

What the books tell already, by a person or by a file, is left to them: an action is never booked beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.adjustment import ONE
from domain.listing import Listing
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import EXACT, exactly, round_down
from domain.portfolio.events import Effect, EntryPosted, EntryReversed, Into, PostedKind
from domain.portfolio.posting import Units
from domain.portfolio.state import Portfolio
from domain.portfolio.untold import SOURCE, Booked, is_of_action, tells
from domain.settings import Settings

PAID_WITHIN = timedelta(days=10)
"""How long after the pay-date a dividend that somebody books by itself is taken for the announced one."""


@dataclass(frozen=True, slots=True)
class Past:
    """What moved a listing's units outside of positions: entries, and what closed positions have left.

    ``told`` and ``left`` each with the moment at which they took effect.
    """

    listing_id: UUID
    told: Sequence[Booked]
    left: Sequence[tuple[datetime, Decimal]] = ()

    @property
    def standing(self) -> list[Booked]:
        """The entries without those that were taken back, and without their opposites."""
        gone = {each.reverses for _, each in self.told if isinstance(each, EntryReversed)}
        return [
            (at, each)
            for at, each in self.told
            if not isinstance(each, EntryReversed)
            and not (isinstance(each, EntryPosted) and each.entry_id in gone)
        ]

    @exactly
    def units_before(self, at: datetime | None) -> Decimal:
        """The units that were held just before a moment; None for now."""
        moved = [*((when, each.units_of(self.listing_id)) for when, each in self.standing), *self.left]
        return sum((units for when, units in moved if at is None or when < at), ZERO)

    def booked_of(self, action_id: UUID, *, paid: bool = False) -> EntryPosted | None:
        """The entry of an action, or of a dividend's payment, whether or not it was taken back."""
        source = source_of(action_id, paid=paid)
        return next((e for _, e in self.told if isinstance(e, EntryPosted) and e.source == source), None)

    def stands(self, entry: EntryPosted) -> bool:
        """Whether an entry was not taken back."""
        return any(each is entry for _, each in self.standing)


def source_of(action_id: UUID, *, paid: bool = False) -> str:
    """What the journal calls an action that it books; ``paid`` is a dividend's payment."""
    return f"{SOURCE}{action_id}{':paid' if paid else ''}"


def booked_action(entry: EntryPosted) -> tuple[UUID, bool] | None:
    """The action that an entry books, and whether it is a dividend's payment."""
    if not is_of_action(entry) or entry.source is None:
        return None
    action_id, _, paid = entry.source.removeprefix(SOURCE).partition(":")
    return UUID(action_id), bool(paid)


@dataclass(frozen=True, slots=True)
class BookedAction:
    """An action that is on the books, with the entry that says what became of the units."""

    action: Announced
    entry: EntryPosted

    def is_told_by(self, kind: PostedKind, at: datetime, quantity: Decimal | None) -> bool:
        """Whether an entry of this kind is most likely the same: a dividend of these days, or as many units."""
        if isinstance(self.action, DividendAnnounced):
            return (
                kind == "dividend" and self.action.effective_at <= at <= self.action.payable_at + PAID_WITHIN
            )
        return tells(kind, at, self.action) and quantity == self.entry.effect.quantity

    def is_paid_as(self, cash: Decimal) -> bool:
        """Whether that is what a dividend came to after tax; another tax is other money, which a person looks at."""
        return cash == self.entry.effect.receivable

    def told_again(self) -> str:
        """Why the same is not booked beside it."""
        return (
            f"{self.action.sentence()} That was announced and is booked (entry {self.entry.entry_id}): if it came to"
            " something else, reverse that entry first; a dividend's payment goes with it."
        )


def is_over(dividend: DividendAnnounced, now: datetime) -> bool:
    """Whether its days are over: what the books have of it by now, perhaps as cash set right, only a person knows."""
    return now > dividend.payable_at + PAID_WITHIN


def payment_of(entry: EntryPosted) -> str | None:
    """What the journal calls the payment of the dividend that an entry owes; None for other entries."""
    booked = booked_action(entry)
    if booked is None or booked[1] or not entry.effect.receivable:
        return None
    return source_of(booked[0], paid=True)


def booked_actions(past: Past, announced: Sequence[Announced]) -> list[BookedAction]:
    """Those of the announced actions that are on the books and were not taken back."""
    found = ((each, past.booked_of(each.action_id)) for each in announced)
    return [
        BookedAction(action, entry) for action, entry in found if entry is not None and past.stands(entry)
    ]


def is_told(action: Announced, past: Past) -> bool:
    """Whether the books say already what became of the units: by this action's own entry, or by somebody's."""
    if past.booked_of(action.action_id) is not None:
        return True
    others = [(at, e) for at, e in past.standing if isinstance(e, EntryPosted) and not is_of_action(e)]
    if isinstance(action, DividendAnnounced):
        until = action.payable_at + PAID_WITHIN
        return any(e.kind == "dividend" and action.effective_at <= at <= until for at, e in others)
    return any(tells(e.kind, at, action) for at, e in others)


@exactly
def accrue(
    state: Portfolio, dividend: DividendAnnounced, held: Decimal, settings: Settings, ids: tuple[UUID, UUID]
) -> EntryPosted | None:
    """Owe the dividend for the units ``held`` at the close before it; None for none."""
    rate = settings.withholding if dividend.withholding_rate is None else dividend.withholding_rate
    gross = round_to_minor_unit(held * dividend.per_share, state.currency)
    tax = round_to_minor_unit(gross * rate, state.currency)
    if gross <= 0:
        return None
    effect = _effect(receivable=gross - tax, tax=tax, income=gross)
    return _entry(state, dividend, ids, effect, "dividend")


def pay(
    state: Portfolio, dividend: DividendAnnounced, accrued: EntryPosted, ids: tuple[UUID, UUID]
) -> EntryPosted:
    """Pay what is owed of a dividend."""
    net = accrued.effect.receivable or ZERO
    return _entry(state, dividend, ids, _effect(cash=net, receivable=-net), "dividend", paid=True)


@exactly
def split(
    state: Portfolio,
    announced: SplitAnnounced,
    held: Decimal,
    now: Units,
    terms: "Terms",
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
    effect = _effect(quantity=kept - held, cash=cash, book_cost=-released, gain=cash - released)
    return _entry(state, announced, ids, effect, "adjustment")


@exactly
def merge(
    state: Portfolio, announced: MergerAnnounced, now: Units, terms: "Terms", ids: tuple[UUID, UUID]
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
    effect = _effect(quantity=-now.quantity, cash=cash, book_cost=-now.book_cost, gain=cash - released)
    return _entry(state, announced, ids, effect, "adjustment", into=into)


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


def _kept(held: Decimal, after: Decimal, terms: Terms) -> Decimal:
    """What stays of the units after it: whole lots, where lots were held; who keeps fractions keeps them."""
    return round_down(after, terms.lot) if held == round_down(held, terms.lot) else after


def _entry(
    state: Portfolio,
    action: Announced,
    ids: tuple[UUID, UUID],
    effect: Effect,
    kind: PostedKind,
    *,
    paid: bool = False,
    into: Into | None = None,
) -> EntryPosted:
    entry_id, batch_id = ids
    return EntryPosted(
        portfolio_id=state.id,
        currency=state.currency,
        entry_id=entry_id,
        batch_id=batch_id,
        kind=kind,
        listing_id=action.listing_id,
        symbol=action.symbol,
        effect=effect,
        price=None,
        reference=f"{action.symbol} {action.day}",
        note="paid" if paid else action.sentence().removesuffix("."),
        source=source_of(action.action_id, paid=paid),
        into=into,
    )


def _effect(**parts: Decimal) -> Effect:
    known = {name: ZERO for name in Effect.model_fields if name != "receivable"}
    return Effect.model_validate(known | parts)
