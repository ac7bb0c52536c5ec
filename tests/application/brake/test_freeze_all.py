"""One switch for everything: all portfolios stand still, and what is out is called back until nothing is."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from adapters.redis.queue import CANCEL_ORDER
from api.following import Followers
from api.wiring import House
from api.worker import Worker
from application import portfolios
from application.brake.freeze_all import Stopped, freeze_all
from application.brake.recall_orders import RecallOrders
from application.evaluate_position import Question
from broker_contract.desk import NotedJobs
from domain.order import OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.quote import Quote
from domain.streams import PORTFOLIO, POSITION
from examples import IN_SESSION, Opened, by_hand, eventually, open_example

BY_HAND = BrokerChoice(auto_fill=False)


class Open(NamedTuple):
    """An open order that is to be cancelled."""

    position_id: UUID
    order_id: UUID
    status: str


ORDER = Open(UUID(int=1), UUID(int=2), "working")


def stop_everything(house: House, *, recall: bool = False) -> list[Stopped]:
    """Everything of the person at this machine."""
    return freeze_all(
        house.ledger,
        by_hand(house),
        lambda: house.live_portfolios("local"),
        "a bad day",
        recall_orders=recall,
    ).answer


def decided(house: House, opened: Opened) -> UUID:
    """An order that was decided."""
    quote = Quote(last=Decimal(97), as_of=IN_SESSION)
    answer = house.evaluate_position(by_hand(house), Question(opened.position_id, quote, IN_SESSION)).answer
    assert answer.order_id is not None
    return answer.order_id


def test_all_stand_still_and_each_knows_why(house: House) -> None:
    """One that was frozen before keeps its reason and learns this one."""
    first, second = open_example(house), open_example(house, symbol="PEP")
    portfolios.freeze(house.ledger, by_hand(house), second.portfolio_id, "PEP jumped")

    stopped = stop_everything(house)

    assert {each.portfolio.id: each.already for each in stopped} == {
        first.portfolio_id: False,
        second.portfolio_id: True,
    }
    reasons = {each.portfolio.id: each.portfolio.freeze_reasons for each in stopped}
    assert reasons == {first.portfolio_id: ("a bad day",), second.portfolio_id: ("PEP jumped", "a bad day")}


def test_it_is_one_append_for_all(house: House) -> None:
    """Nobody is left running because something failed half-way; again, nothing is new."""
    for symbol in ("KO", "PEP", "SPY"):
        open_example(house, symbol=symbol)
    first = freeze_all(house.ledger, by_hand(house), house.live_portfolios, "a bad day")
    again = freeze_all(house.ledger, by_hand(house), house.live_portfolios, "a bad day")

    assert first.number is not None
    assert again.number is None
    assert [each.already for each in again.answer] == [True] * 3


def test_open_orders_are_called_back(new_house: Callable[[], House]) -> None:
    """One that is at its broker and one that had not left; nothing is asked for that goes on elsewhere."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    working, unsent = open_example(house, broker=BY_HAND), open_example(house, broker=BY_HAND, symbol="PEP")
    house.submit_order(working.position_id, decided(house, working))
    decided(house, unsent)

    stop_everything(house, recall=True)
    with Worker(house), Followers(house):
        eventually(lambda: all(_status(house, each) is not None for each in (working, unsent)))

    assert _status(house, working) is OrderStatus.CANCELED
    assert _status(house, unsent) in (OrderStatus.CANCELED, OrderStatus.SKIPPED)


def test_without_the_wish_they_stay(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    house.ledger.clock = lambda: IN_SESSION
    house.submit_order(opened.position_id, decided(house, opened))

    stop_everything(house)

    assert house.recalled_orders() == []
    state = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert state is not None
    assert not state.recalls_orders


def test_the_wish_can_come_after_the_freeze_and_ends_with_it(house: House) -> None:
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house, broker=BY_HAND)
    order_id = decided(house, opened)
    stop_everything(house)
    stop_everything(house, recall=True)
    assert [each.order_id for each in house.recalled_orders()] == [order_id]

    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "I have looked")

    assert house.recalled_orders() == []


def test_an_order_is_asked_for_again_when_it_has_moved_on_or_it_was_long_ago() -> None:
    """Once a second would be too much for any broker, and once is too little for a silent one."""
    jobs, open_now = NotedJobs(), [ORDER]
    sweep = RecallOrders(jobs, lambda: open_now)

    def asked_at(seconds: int, orders: Sequence[Open]) -> int:
        open_now[:] = orders
        before = len(jobs.noted)
        sweep(IN_SESSION + timedelta(seconds=seconds))
        return len(jobs.noted) - before

    assert asked_at(0, [ORDER]) == 1
    assert asked_at(14, [ORDER]) == 0
    assert asked_at(15, [ORDER]) == 1
    assert asked_at(16, [ORDER._replace(status="partial")]) == 1
    assert asked_at(17, []) == 0
    assert asked_at(18, [ORDER]) == 1
    assert jobs.noted[0] == (CANCEL_ORDER, (str(ORDER.position_id), str(ORDER.order_id)), 0)


def _status(house: House, opened: Opened) -> OrderStatus | None:
    """How the latest order has ended; None while it is open."""
    state = house.ledger.load(POSITION, opened.position_id).state
    assert state is not None
    return None if state.order is None or state.order.is_open else state.order.status
