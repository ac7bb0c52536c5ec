"""Corporate actions of units held outside of positions: each on the books once, as a position settles it (DOMAIN §5).

What the books tell already, by a person or by a file, is left to them: an action is never booked beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, MergerAnnounced, SplitAnnounced
from domain.money import ZERO
from domain.numbers import exactly
from domain.portfolio.events import Effect, EntryPosted, EntryReversed, Into, PostedKind
from domain.portfolio.state import Portfolio
from domain.portfolio.untold import SOURCE, Booked, is_of_action, tells


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


def payment_of(entry: EntryPosted) -> str | None:
    """What the journal calls the payment of the dividend that an entry owes; None for other entries."""
    booked = booked_action(entry)
    if booked is None or booked[1] or not entry.effect.receivable:
        return None
    return source_of(booked[0], paid=True)


def is_told(action: SplitAnnounced | MergerAnnounced, past: Past) -> bool:
    """Whether the books say already what became of the units: by this action's own entry, or by somebody's."""
    if past.booked_of(action.action_id) is not None:
        return True
    return any(
        tells(each.kind, at, action)
        for at, each in past.standing
        if isinstance(each, EntryPosted) and not is_of_action(each)
    )


def entry_of(
    state: Portfolio,
    action: Announced,
    ids: tuple[UUID, UUID],
    effect: Effect,
    kind: PostedKind,
    *,
    paid: bool = False,
    into: Into | None = None,
) -> EntryPosted:
    """The entry that books an action, or a dividend's payment; ``ids`` are its own and its batch's."""
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


def effect_of(**parts: Decimal) -> Effect:
    """What an entry moves: these parts, and nothing else."""
    known = {name: ZERO for name in Effect.model_fields if name != "receivable"}
    return Effect.model_validate(known | parts)
