"""A broker knows symbols only: what is called so today is what is meant, and what was called so then was meant then."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application import positions
from application.evaluate_position import Question
from application.registry.symbols import ChangeSymbols
from compared_desk import Desk, open_desk
from domain.listing import ListingRegistered
from domain.order import OrderStatus
from domain.position.state import Position
from domain.quote import Quote
from domain.refusals import Conflict
from domain.settings import SettingsChange
from domain.streams import LISTING, POSITION
from examples import IN_SESSION, by_hand
from projections.directory import Directory

ORDERS = "/v2/orders"
MONDAY = IN_SESSION + timedelta(days=3)
WHY = "The company has another name."


@pytest.fixture
def server() -> Iterator[AlpacaServer]:
    """An Alpaca that has what the example has on its books."""
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as made:
        yield made


@pytest.fixture
def desk(new_house: Callable[[], House], server: AlpacaServer) -> Desk:
    """A desk whose broker agrees with it."""
    return open_desk(new_house(), server)


def rename(desk: Desk, symbol: str = "COKE") -> None:
    """Say that the listing goes by another symbol from today on."""
    desk.house.change_symbols.change(by_hand(desk.house), desk.opened.listing_id, symbol, None, WHY)


def at_the_broker(desk: Desk, units: str = "100", symbol: str = "COKE") -> None:
    """The broker calls it so, too."""
    desk.server.transfer("KO", f"-{units}")
    desk.server.transfer(symbol, units)


def sent_symbols(desk: Desk) -> list[str]:
    """The symbols of the orders that the broker got."""
    return [request.body["symbol"] for request in desk.server.requests_to("POST", ORDERS)]


def decided(desk: Desk) -> UUID:
    """An order that is decided and has not left."""
    question = Question(desk.opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    order_id = desk.house.evaluate_position(by_hand(desk.house), question).answer.order_id
    assert order_id is not None
    return order_id


def on_monday(desk: Desk) -> None:
    """The weekend is over."""
    desk.house.ledger.clock = lambda: MONDAY


def test_orders_leave_under_the_symbol_of_now(desk: Desk) -> None:
    """Also one that was decided before the change."""
    order_id = decided(desk)
    rename(desk)
    at_the_broker(desk)
    assert desk.submit_order(desk.opened.position_id, order_id).sent
    assert sent_symbols(desk) == ["COKE"]
    assert desk.position.symbol == "COKE"


@dataclass
class BlindDirectory(Directory):
    """A directory from before the position was opened."""

    house: House

    def positions_in(self, listing_id: UUID) -> Sequence[UUID]:
        """None yet."""
        return []


def blind(desk: Desk) -> ChangeSymbols:
    """The use case, overtaken by the opening of a position."""
    directory = BlindDirectory(desk.house)
    directory.listing_called = lambda symbol, exchange: None  # type: ignore[method-assign]
    return replace(desk.house.change_symbols, directory=directory)


def test_a_position_that_was_opened_meanwhile_follows_when_its_order_leaves(desk: Desk) -> None:
    """It took the former symbol with it, and sends nothing under that."""
    blind(desk).change(by_hand(desk.house), desk.opened.listing_id, "COKE", None, WHY)
    at_the_broker(desk)
    assert desk.position.symbol == "KO"
    desk.order()
    assert sent_symbols(desk) == ["COKE"]
    assert desk.position.symbol == "COKE"


def test_nothing_leaves_for_a_listing_that_was_retired_meanwhile(desk: Desk) -> None:
    """Its symbol may be another's by then."""
    order_id = decided(desk)
    blind(desk).retire(by_hand(desk.house), desk.opened.listing_id, None, "Delisted.")
    assert not desk.submit_order(desk.opened.position_id, order_id).sent
    assert desk.server.requests_to("POST", ORDERS) == []
    order = desk.position.order
    assert order is not None
    assert order.status is OrderStatus.SKIPPED


def test_an_order_that_was_sent_under_the_former_symbol_is_still_ours(desk: Desk) -> None:
    """Whoever sends it again finds it there, and does not take it for another."""
    order = desk.order()
    rename(desk)
    desk.submit_order(desk.opened.position_id, order.id)
    desk.server.fill(order.client_order_id, None, "96.90", silent=True)
    at_the_broker(desk, "152")
    findings = desk.reconcile()
    assert (findings.clean, findings.adopted) == (True, 1)
    assert (desk.position.shares, desk.position.symbol) == (Decimal(152), "COKE")
    assert sent_symbols(desk) == ["KO"]


def test_until_both_sides_have_changed_nothing_leaves(desk: Desk) -> None:
    """The broker turned first: what it calls COKE is unknown here."""
    at_the_broker(desk)
    assert not desk.reconcile().clean
    rename(desk)
    assert desk.reconcile().clean
    assert desk.open_alerts == []


def test_a_trade_from_before_the_change_is_found_under_the_symbol_of_then(desk: Desk) -> None:
    """It is adopted on Monday, when the symbol is another."""
    desk.server.trade_outside("KO", "buy", "3", "96.00", silent=True)
    on_monday(desk)
    rename(desk)
    at_the_broker(desk, "103")
    findings = desk.reconcile()
    assert (findings.clean, findings.adopted) == (True, 1)
    assert desk.position.shares == 103


def test_a_trade_in_what_has_the_symbol_now_is_not_booked_on_what_had_it(desk: Desk) -> None:
    """Another company took the symbol: nobody trades that here."""
    rename(desk)
    at_the_broker(desk)
    another(desk.house, "KO")
    desk.server.trade_outside("KO", "buy", "3", "9.00")
    findings = desk.reconcile()
    assert "external_trade" in [each.rule for each in findings.warnings]
    assert (findings.adopted, desk.position.shares) == (0, Decimal(100))


def test_what_a_retired_listing_has_left_is_not_compared_with_its_successor(desk: Desk) -> None:
    """The symbol goes to another company, and the broker's units of that are for its position alone."""
    house = desk.house
    positions.close(house.ledger, by_hand(house), desk.opened.position_id)
    house.change_symbols.retire(by_hand(house), desk.opened.listing_id, None, "Taken private.")
    assert desk.reconcile().all == ()
    successor = opened_in(desk, another(house, "KO"))
    desk.server.transfer("KO", "-93")
    assert desk.reconcile().all == ()
    desk.server.trade_outside("KO", "buy", "3", "96.00")
    assert desk.reconcile().adopted == 1
    state = house.ledger.load(POSITION, successor).state
    assert isinstance(state, Position)
    assert state.shares == 10


def another(house: House, symbol: str) -> UUID:
    """Another security that goes by a symbol."""
    wanted = ListingRegistered(
        listing_id=house.ledger.new_id(),
        symbol=symbol,
        exchange="XNYS",
        currency="USD",
        quote_unit="USD",
        lot=Decimal(1),
        isin="US0378331005",
    )
    return house.keep_listings.register(by_hand(house), wanted).answer.listing.id


def opened_in(desk: Desk, listing_id: UUID) -> UUID:
    """A position of seven shares."""
    position_id = desk.house.ledger.new_id()
    positions.open_position(
        desk.house.ledger,
        by_hand(desk.house),
        position_id,
        portfolio_id=desk.opened.portfolio_id,
        listing_id=listing_id,
        cash=Decimal(1000),
        shares=Decimal(7),
        anchor=Decimal(96),
        settings=SettingsChange(),
    )
    return position_id


def test_a_symbol_is_the_next_ones_from_the_moment_it_was_given_up(desk: Desk) -> None:
    """So that no moment of it belongs to both."""
    rename(desk)
    successor = desk.house.ledger.load(LISTING, another(desk.house, "KO")).state
    renamed = desk.house.ledger.load(LISTING, desk.opened.listing_id).state
    assert successor is not None
    assert renamed is not None
    assert successor.symbol_since == renamed.symbol_since


def test_a_position_keeps_its_listing_from_being_retired(desk: Desk) -> None:
    """Closing it, or a merger, lets go of it."""
    retire = desk.house.change_symbols.retire
    with pytest.raises(Conflict, match="A position is open in KO"):
        retire(by_hand(desk.house), desk.opened.listing_id, None, "Delisted.")
    positions.close(desk.house.ledger, by_hand(desk.house), desk.opened.position_id)
    retired = retire(by_hand(desk.house), desk.opened.listing_id, None, "Delisted.").answer
    assert retired.listing.is_retired
