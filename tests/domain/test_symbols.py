"""What a listing is called, and that it is called nothing any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain import listing as rules
from domain.listing import AnyListingEvent, Effect, Listing, ListingRetired, SymbolChanged
from domain.portfolio.events import Clock
from domain.position import decide as position_rules
from domain.position.events import PositionSymbolChanged
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange
from given_when_then import Decider
from stories import ALLOCATED, KO, LISTING_ID, OPENED, PLACE, a_listing, a_portfolio, position

TODAY = date(2026, 11, 20)
FIRST = datetime(2026, 11, 20, 5, tzinfo=UTC)
NOW = Effect(TODAY, FIRST, TODAY)
WHY = "It is shorter."

listing: Decider[Listing] = Decider(rules.evolve)


def another(symbol: str = "COKE", *, holder: Listing | None = None, effect: Effect = NOW) -> Any:
    """The command to go by another symbol."""
    return lambda state: rules.change_symbol(state, holder, symbol, effect, WHY)


def no_more(positions: int = 0, effect: Effect = NOW) -> Any:
    """The command to retire."""
    return lambda state: rules.retire(state, positions, effect, WHY)


def changed(former: str, symbol: str, day: date = TODAY, at: datetime = FIRST) -> SymbolChanged:
    """The event that it goes by another symbol."""
    return SymbolChanged(
        listing_id=LISTING_ID,
        exchange="XNYS",
        former_symbol=former,
        symbol=symbol,
        effective=day,
        effective_at=at,
        reason=WHY,
    )


RETIRED = ListingRetired(
    listing_id=LISTING_ID, exchange="XNYS", symbol="KO", effective=TODAY, effective_at=FIRST, reason=WHY
)


def test_a_listing_goes_by_another_symbol_and_back() -> None:
    """It remains the same listing, and what it ever went by is remembered."""
    coke = listing.given(KO).when(another()).then(changed("KO", "COKE"))
    assert (coke.state.symbol, coke.state.symbol_since, coke.state.former_symbols) == ("COKE", FIRST, ("KO",))
    coke.when(another()).then_nothing()
    back = coke.when(another("KO")).then(changed("COKE", "KO"))
    assert all(back.state.has_gone_by(symbol) for symbol in ("KO", "COKE"))
    assert not back.state.has_gone_by("PEP")


def test_the_symbol_of_another_listing_cannot_be_taken() -> None:
    """The sentence says what to do with that one."""
    other = a_listing(listing_id=UUID(int=9), symbol="COKE", title="Coke Consolidated")
    listing.given(KO).when(another(holder=other)).then_refused(
        Conflict, f"is the symbol of Coke Consolidated.*POST /listings/{other.id}/retire"
    )
    listing.given(KO).when(another("KO", holder=a_listing())).then_nothing()


def test_a_symbol_is_told_when_it_turns_and_in_its_order() -> None:
    """No clock but ours turns it; a day before the last change is known to be wrong."""
    tomorrow = Effect(TODAY + timedelta(days=1), FIRST + timedelta(days=1), TODAY)
    yesterday = Effect(TODAY - timedelta(days=1), FIRST - timedelta(days=1), TODAY)
    for command in (another(effect=tomorrow), no_more(effect=tomorrow)):
        listing.given(KO).when(command).then_refused(Invalid, "takes effect when it is told")
    for command in (another("PEP", effect=yesterday), no_more(effect=yesterday)):
        listing.given(KO, changed("KO", "COKE")).when(command).then_refused(Conflict, "took effect later")
    listing.given(KO).when(another(effect=yesterday)).then_kinds(SymbolChanged)


def test_a_listing_is_retired_once_nobody_trades_it() -> None:
    """Its last symbol is remembered, but is its own no more."""
    listing.given(KO).when(no_more(1)).then_refused(Conflict, "A position is open in KO; close it")
    listing.given(KO).when(no_more(2)).then_refused(Conflict, "2 positions are open in KO")
    retired = listing.given(KO).when(no_more()).then(RETIRED)
    assert (retired.state.is_retired, retired.state.symbol, retired.state.retired_on) == (True, "KO", TODAY)
    retired.when(no_more()).then_nothing()


def test_a_retired_listing_that_gets_a_symbol_trades_again() -> None:
    """Also under the one it had, as long as nobody else has it."""
    retired = listing.given(KO, RETIRED)
    for symbol in ("KO", "COKE"):
        again = retired.when(another(symbol)).then(changed("KO", symbol))
        assert (again.state.is_retired, again.state.symbol) == (False, symbol)
    other = a_listing(listing_id=UUID(int=9))
    retired.when(another("KO", holder=other)).then_refused(Conflict, "is the symbol of")


def test_no_position_is_opened_in_a_retired_listing() -> None:
    """A replay may: it lives before."""
    retired = listing.given(KO, RETIRED).state

    def opened(clock: Clock) -> list[Any]:
        lives = replace(a_portfolio(), clock=clock)
        return [*position_rules.open_position(lives, retired, Decimal(0), Decimal(100), SettingsChange())]

    with pytest.raises(Conflict, match="KO has not traded on XNYS since 2026-11-20"):
        opened("live")
    assert len(opened("replay")) == 1


def test_a_position_follows_its_listing() -> None:
    """Events from here on name the new symbol; those from before keep theirs."""
    coke = listing.given(KO, changed("KO", "COKE")).state
    event = PositionSymbolChanged.model_validate(PLACE | {"symbol": "COKE", "former_symbol": "KO"})
    followed = (
        position.given(OPENED, ALLOCATED)
        .when(lambda state: position_rules.follow_symbol(state, coke))
        .then(event)
        .when(lambda state: position_rules.follow_symbol(state, coke))
        .then_nothing()
    )
    assert followed.state.symbol == "COKE"
    assert event.sentence() == "KO is called COKE from now on."
    [paused] = position_rules.pause(followed.state)
    assert paused.symbol == "COKE"


def test_a_position_follows_no_other_listing() -> None:
    """It may have merged into another meanwhile."""
    other = a_listing(listing_id=UUID(int=9), symbol="PEP")
    position.given(OPENED).when(lambda state: position_rules.follow_symbol(state, other)).then_nothing()


def test_its_sentences_name_both_symbols_and_the_reason() -> None:
    """So that a timeline can be read years later."""
    events: list[AnyListingEvent] = [changed("KO", "COKE"), RETIRED]
    assert [event.sentence() for event in events] == [
        "KO on XNYS goes by COKE from 2026-11-20 on: It is shorter.",
        "KO trades on XNYS no more from 2026-11-20 on: It is shorter.",
    ]
