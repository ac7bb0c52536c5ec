"""A listing's commands: each answers the events that follow, none when it is already so."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.instrument import Instrument
from domain.isin import require_isin
from domain.listing.events import ListingDescribed, ListingRegistered, ListingRetired, SymbolChanged
from domain.listing.state import AnyListingEvent, Listing
from domain.money import MINOR_QUOTE_UNITS, quote_unit
from domain.refusals import Conflict, Invalid

Events = list[AnyListingEvent]


@dataclass(frozen=True, slots=True)
class Effect:
    """The day from which something is so at the venue, the day's first instant, and which day it is there now."""

    day: date
    at: datetime
    today: date


def register(holder: Listing | None, wanted: ListingRegistered) -> Events:
    """Register a listing; ``holder`` is the one that goes by its symbol now, which may be the same.

    What is left out contradicts nothing. Raises Invalid for what makes no sense, and Conflict when the symbol is that
    of another security, or when other particulars of the same are known.
    """
    wanted = _checked(wanted)
    if holder is None:
        return [wanted]
    _require_same_security(holder, wanted)
    asked = (wanted.currency, wanted.quote_unit, wanted.lot, wanted.title or holder.title)
    known = (holder.currency, quote_unit(holder.currency, holder.quote_unit), holder.lot, holder.title)
    if asked != known or wanted.tick not in (None, holder.tick):
        raise Conflict(
            f"{wanted.symbol} on {wanted.exchange} is already registered with other particulars "
            f"({holder.currency}, quoted in {holder.quote_unit}, lot {holder.lot})."
        )
    if wanted.instrument_id is None or holder.instrument_id is not None:
        return []
    return [_described(holder).model_copy(update={"instrument_id": wanted.instrument_id})]


def describe(
    state: Listing,
    *,
    title: str | None = None,
    tick: Decimal | None = None,
    instrument: Instrument | None = None,
) -> Events:
    """Learn what is told of a listing; what is not told stays as it is.

    Raises Conflict when it is known to be another security, and Invalid for a step that is not above zero.
    """
    _require_above_zero("tick", tick)
    changes: dict[str, object] = {}
    if title is not None:
        changes["title"] = title
    if tick is not None:
        changes["tick"] = tick
    if instrument is not None and instrument.id != state.instrument_id:
        if state.isin not in (None, instrument.isin):
            raise Conflict(f"{state.symbol} on {state.exchange} is {state.isin}, and remains that security.")
        changes |= {"instrument_id": instrument.id, "isin": instrument.isin}
    before = _described(state)
    after = before.model_copy(update=changes)
    return [] if after == before else [after]


def change_symbol(state: Listing, holder: Listing | None, symbol: str, effect: Effect, reason: str) -> Events:
    """Let a listing go by another symbol; one that was retired trades again. ``holder`` has that symbol now.

    Raises Conflict when another listing has it, Invalid for a day to come.
    """
    if holder is not None and holder.id != state.id:
        raise Conflict(
            f"{symbol} on {state.exchange} is the symbol of {_security(holder)}. {_what_to_do(holder)}"
        )
    if symbol == state.symbol and not state.is_retired:
        return []
    _require_in_order(state, effect)
    return [
        SymbolChanged(
            listing_id=state.id,
            exchange=state.exchange,
            former_symbol=state.symbol,
            symbol=symbol,
            effective=effect.day,
            effective_at=effect.at,
            reason=reason,
        )
    ]


def retire(state: Listing, positions: int, effect: Effect, reason: str) -> Events:
    """Let a listing trade no more, which frees its symbol. ``positions`` are how many are open in it.

    Raises Conflict while there are any, Invalid for a day to come.
    """
    if state.is_retired:
        return []
    if positions:
        open_in = "A position is open" if positions == 1 else f"{positions} positions are open"
        raise Conflict(f"{open_in} in {state.symbol}; close it, or let it merge into another listing, first.")
    _require_in_order(state, effect)
    return [
        ListingRetired(
            listing_id=state.id,
            exchange=state.exchange,
            symbol=state.symbol,
            effective=effect.day,
            effective_at=effect.at,
            reason=reason,
        )
    ]


def _checked(wanted: ListingRegistered) -> ListingRegistered:
    """What is wanted, its unit by the name that it has here."""
    if wanted.currency in MINOR_QUOTE_UNITS:
        currency, _ = MINOR_QUOTE_UNITS[wanted.currency]
        raise Invalid("currency", f"{wanted.currency} is a unit that prices in {currency} are quoted in.")
    try:
        unit = quote_unit(wanted.currency, wanted.quote_unit)
    except ValueError as error:
        raise Invalid("quote_unit", f"{error}.") from error
    _require_above_zero("lot", wanted.lot)
    _require_above_zero("tick", wanted.tick)
    require_isin(wanted.isin)
    return wanted.model_copy(update={"quote_unit": unit})


def _require_above_zero(field: str, step: Decimal | None) -> None:
    if step is not None and step <= 0:
        raise Invalid(field, f"The {field} must be above zero.")


def _require_same_security(holder: Listing, wanted: ListingRegistered) -> None:
    if wanted.instrument_id is None or wanted.instrument_id == holder.instrument_id:
        return
    if holder.instrument_id is None and holder.isin is not None and holder.isin == wanted.isin:
        return  # registered before instruments were
    if holder.instrument_id is None and holder.isin is None:
        raise Conflict(
            f"{wanted.symbol} on {wanted.exchange} is registered without an ISIN. If it is the same security, say so:"
            f" PATCH /listings/{holder.id}. {_what_to_do(holder)}"
        )
    raise Conflict(
        f"{wanted.symbol} on {wanted.exchange} is the symbol of another security, {_security(holder)}."
        f" {_what_to_do(holder)}"
    )


def _security(holder: Listing) -> str:
    return holder.isin or holder.title or f"listing {holder.id}"


def _what_to_do(holder: Listing) -> str:
    return (
        f"If that goes by another symbol now, change it: POST /listings/{holder.id}/symbol."
        f" If it trades no more, retire it: POST /listings/{holder.id}/retire. Then try again."
    )


def _described(state: Listing) -> ListingDescribed:
    return ListingDescribed(
        listing_id=state.id,
        symbol=state.symbol,
        title=state.title,
        tick=state.tick,
        instrument_id=state.instrument_id,
        isin=state.isin,
    )


def _require_in_order(state: Listing, effect: Effect) -> None:
    if effect.day > effect.today:
        raise Invalid("effective", "It takes effect when it is told; tell it on that day.")
    if state.symbol_since is not None and effect.at < state.symbol_since:
        raise Conflict(f"What is known of the symbol {state.symbol} took effect later than {effect.day}.")
