"""Open and close recommendations on their portfolio, with the triggers that they use (DOMAIN §8.6)."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from domain.allocation.snapshot import Kind
from domain.portfolio.events import (
    AdviceClosed,
    AdviceOpened,
    AnyPortfolioEvent,
    EntryPosted,
    TriggersConsumed,
    TriggersReleased,
    UnitsSetAside,
    UnitsTraded,
)
from domain.portfolio.state import OpenAdvice, Portfolio
from domain.portfolio.units import Units
from domain.position.state import Position
from domain.refusals import Conflict, NotFound

Events = list[AnyPortfolioEvent]

SOURCE = "advice:"

SAME_PLACE: dict[Kind, frozenset[Kind]] = {
    "weekly_review": frozenset({"weekly_review"}),
    "monthly": frozenset({"monthly", "quarterly"}),
    "quarterly": frozenset({"monthly", "quarterly"}),
    "manual": frozenset({"manual"}),
}
"""Whose place a run's advice takes: a quarter's run stands for that month's."""


def source_of(recommendation_id: UUID) -> str:
    """What the journal calls a recommendation whose lines it books."""
    return f"{SOURCE}{recommendation_id}"


def is_of_advice(posted: EntryPosted) -> bool:
    """Whether an entry books what was executed of a recommendation."""
    return (posted.source or "").startswith(SOURCE)


def require_not_of_advice(posted: EntryPosted) -> None:
    """Raises Conflict for an entry that books a recommendation's line: alone it would leave that and its trigger."""
    if is_of_advice(posted):
        advice = (posted.source or "").removeprefix(SOURCE)
        raise Conflict(
            f"Entry {posted.entry_id} books what was executed of a recommendation. Take that back as a whole, by"
            f" POST /recommendations/{advice}/reverse."
        )


def require_not_frozen(state: Portfolio) -> None:
    """Raises Conflict while nothing new may be placed (DOMAIN §4)."""
    if state.frozen:
        raise Conflict(
            "The portfolio is frozen; nothing is approved until a person lifts that."
            " What was executed can be marked all the same."
        )


def replaced(state: Portfolio, kind: Kind) -> list[OpenAdvice]:
    """The open recommendations whose place a run of this kind takes."""
    return [each for each in state.advice if each.kind in SAME_PLACE[kind]]


def used_triggers(state: Portfolio, besides: Collection[UUID] = ()) -> list[str]:
    """The codes that are not available, but for those that only recommendations named here use."""
    return [use.code for use in state.triggers if use.consumed or use.recommendation_id not in besides]


def open_advice(state: Portfolio, recommendation_id: UUID, kind: Kind, triggers: Sequence[str]) -> Events:
    """Remember a recommendation that waits for a person."""
    return [
        AdviceOpened(
            portfolio_id=state.id,
            currency=state.currency,
            recommendation_id=recommendation_id,
            kind=kind,
            triggers=tuple(triggers),
        )
    ]


def consume(state: Portfolio, recommendation_id: UUID, triggers: Collection[str]) -> Events:
    """Use triggers up, those that are not yet."""
    codes = tuple(
        use.code
        for use in state.triggers
        if use.recommendation_id == recommendation_id and use.code in triggers and not use.consumed
    )
    if not codes:
        return []
    return [
        TriggersConsumed(
            portfolio_id=state.id,
            currency=state.currency,
            recommendation_id=recommendation_id,
            triggers=codes,
        )
    ]


def close_advice(state: Portfolio, recommendation_id: UUID, *, keep_consumed: bool) -> Events:
    """A recommendation is over: what it did not use up is available again; taken back, all of it is."""
    released = tuple(
        use.code
        for use in state.triggers
        if use.recommendation_id == recommendation_id and not (keep_consumed and use.consumed)
    )
    is_open = any(each.recommendation_id == recommendation_id for each in state.advice)
    if not is_open and not released:
        return []
    return [
        AdviceClosed(
            portfolio_id=state.id,
            currency=state.currency,
            recommendation_id=recommendation_id,
            released=released,
        )
    ]


def release(state: Portfolio, codes: Sequence[str], reason: str) -> Events:
    """Make triggers that are used up available again because a person says so.

    Raises NotFound for one that is not in use, and Conflict for one whose advice is still open: that is ignored or,
    once something of it was executed, brought to its end.
    """
    uses = {use.code: use for use in state.triggers}
    still_open = {each.recommendation_id for each in state.advice}
    wanted = tuple(dict.fromkeys(codes))
    for code in wanted:
        if code not in uses:
            raise NotFound("used trigger", code)
        used_by = uses[code].recommendation_id
        if not uses[code].consumed:
            raise Conflict(f"{code} is recommended and not used up; ignore recommendation {used_by} instead.")
        if used_by in still_open:
            raise Conflict(
                f"{code} is used by recommendation {used_by}, which is open; mark that complete, or reverse it."
            )
    return [TriggersReleased(portfolio_id=state.id, currency=state.currency, triggers=wanted, reason=reason)]


def set_aside(state: Portfolio, position_id: UUID, listing_id: UUID, symbol: str, units: Units) -> Events:
    """Let units that the portfolio holds outside of positions go to one that sells them as advised.

    That it is an event of the portfolio's keeps whatever else would move them from counting them as well.
    """
    return [
        UnitsSetAside(
            portfolio_id=state.id,
            currency=state.currency,
            position_id=position_id,
            listing_id=listing_id,
            symbol=symbol,
            quantity=units.quantity,
            book_cost=units.book_cost,
        )
    ]


def traded(state: Portfolio, position: Position, order_id: UUID, quantity: Decimal) -> Events:
    """Units of the portfolio's own came or went by a position that carries out advice; none is no event."""
    if not quantity:
        return []
    return [
        UnitsTraded(
            portfolio_id=state.id,
            currency=state.currency,
            position_id=position.id,
            order_id=order_id,
            listing_id=position.listing_id,
            symbol=position.symbol,
            quantity=quantity,
        )
    ]
