"""Brokers' messages that wait: stored durably, booked by a job, tried again until they fit, and never twice."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from api.following import Followers
from api.wiring import House
from api.worker import Worker
from application import portfolios
from application.alerts import resolve
from application.evaluate_position import Question
from application.ledger import Transaction
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.inbox import BookMessages
from application.messages.message_booking import Taken
from application.ports import Message
from application.ports.broker import BrokerEvent, BrokerReport
from callback_deliveries import alerts, rows
from domain.order import Fill, client_order_id
from domain.portfolio.events import BrokerChoice, BrokerConnected
from domain.quote import Quote
from domain.refusals import Conflict
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, eventually, open_example, position_of

BY_HAND = BrokerChoice(auto_fill=False)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = IN_SESSION

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(new_house: Callable[[], House], clock: Clock) -> House:
    """A house with no worker, whose streams speak in JSON lists of reports."""
    made = new_house()
    made.clock = made.ledger.clock = clock
    translations = {"stream": told}
    made.book_messages = BookMessages(made.ledger, made.inbox, made.order_reports, made.jobs, translations)
    return made


def told(raw: bytes) -> Sequence[BrokerReport]:
    """What a test's stream says."""
    return [
        said(each["order"], each["event"], each["id"], each["quantity"], each.get("revision", 1))
        for each in json.loads(raw)
    ]


def said(
    order: str, event: BrokerEvent, execution_id: str, quantity: str, revision: int = 1, price: str = "100"
) -> BrokerReport:
    """A report of an execution, or of an end."""
    if event in ("canceled", "expired", "accepted"):
        return BrokerReport(order, event, at=IN_SESSION)
    fill = Fill(execution_id, revision, Decimal(quantity), Decimal(price), Decimal(0), IN_SESSION)
    return BrokerReport(order, event, fill=fill, at=IN_SESSION)


def raw(order: str, quantity: str = "10", execution_id: str = "x1", **other: Any) -> bytes:
    """A stream's message of one partial fill."""
    one = {"order": order, "event": "partial_fill", "id": execution_id, "quantity": quantity}
    return json.dumps([one | other]).encode()


def decide(house: House, opened: Opened, price: str, at: datetime = IN_SESSION) -> str:
    """The client order id of an order that is decided at this price."""
    question = Question(opened.position_id, Quote(last=Decimal(price), as_of=at), at)
    assert house.evaluate_position(by_hand(house), question).answer.order_id
    return client_order_id(opened.position_id, at, "BUY" if Decimal(price) < 100 else "SELL")


def take(house: House, *reports: BrokerReport) -> list[Answer | Exception]:
    """The answers to callbacks that come together."""
    callbacks = [
        Callback(Message("callback", str(house.ledger.new_id()), b"{}", IN_SESSION), report)
        for report in reports
    ]
    return TakeCallbacks(house.ledger, house.inbox)(callbacks)


def number_of(house: House, message_id: str) -> int:
    """A message's number in the inbox."""
    row: int = rows(house, f"select number from inbox where id = '{message_id}'")[0]["number"]
    return row


def receive(house: House, opened: Opened, message_id: str, body: bytes) -> bool:
    """Receive a stream's message for a portfolio that is at a real broker now."""
    return house.receive_message("stream:PA1", opened.portfolio_id, message_id, body)


def test_a_streams_message_is_stored_once_and_booked_once(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    order = decide(house, opened, "97.00")
    to_a_real_broker(house, opened)
    assert receive(house, opened, "m1", raw(order))
    assert not receive(house, opened, "m1", raw(order))
    number = number_of(house, "m1")

    for _ in range(2):
        house.book_messages([number])

    assert position_of(house, opened).shares == 110
    kept = rows(house, "select * from inbox")
    assert len(kept) == 1
    assert (kept[0]["booked_at"], kept[0]["attempts"], kept[0]["problem"]) == (IN_SESSION, 1, None)
    assert (kept[0]["source"], kept[0]["body"]) == ("stream:PA1", raw(order))


def test_a_real_account_speaks_for_its_own_orders_and_nobody_else_does(house: House) -> None:
    """Not even the secret that all paper accounts share."""
    opened = open_example(house, broker=BY_HAND)
    order = decide(house, opened, "97.00")
    to_a_real_broker(house, opened)
    [answer] = take(house, said(order, "partial_fill", "x1", "10"))
    assert isinstance(answer, Answer)
    assert answer.taken is Taken.STORED
    receive(house, opened, "m1", raw(order))

    house.book_messages([number_of(house, "m1")])

    assert position_of(house, opened).shares == 110
    assert position_of(house, opened).order is not None
    assert rows(house, "select booked_at from inbox where id = 'm1'")[0]["booked_at"] == IN_SESSION


def to_a_real_broker(house: House, opened: Opened) -> None:
    """Have the portfolio's orders go to an account at Alpaca from now on."""
    account = BrokerChoice(kind="alpaca", environment="paper", account="PA1")
    connected = BrokerConnected(portfolio_id=opened.portfolio_id, currency="USD", broker=account)

    def connect(transaction: Transaction) -> None:
        transaction.append(transaction.load(PORTFOLIO, opened.portfolio_id), [connected])

    house.ledger.transact(by_hand(house), connect)


def test_what_a_real_account_says_of_a_paper_order_is_not_booked(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    receive(house, opened, "m1", raw(decide(house, opened, "97.00")))

    house.book_messages([number_of(house, "m1")])

    assert position_of(house, opened).shares == 100
    assert rows(house, "select problem from inbox")[0]["problem"].startswith("There is no order")
    assert alerts(house) == [("unknown_order", str(opened.portfolio_id), str(opened.listing_id))]


def sold_before_bought(house: House, clock: Clock) -> tuple[Opened, BrokerReport, BrokerReport]:
    """A buy whose fill comes late, and a sale of more than is there without it."""
    opened = open_example(house, broker=BY_HAND)
    buy = decide(house, opened, "97.00")
    assert take(house, said(buy, "canceled", "", "0"))
    clock.at = IN_SESSION + timedelta(minutes=1)
    sell = decide(house, opened, "103.00", clock.at)
    return opened, said(buy, "fill", "b1", "52", price="97"), said(sell, "fill", "s1", "120", price="103")


def test_a_sale_before_its_buy_waits_for_it(house: House, clock: Clock) -> None:
    """Kept and the portfolio frozen; then booked, and nobody is called to it any more."""
    opened, bought, sold = sold_before_bought(house, clock)
    about = (str(opened.portfolio_id), str(opened.listing_id))
    house.book_messages = replace(house.book_messages, translations={"callback": lambda _: [sold]})

    assert [each.taken for each in take(house, sold) if isinstance(each, Answer)] == [Taken.STORED]
    [waiting] = house.inbox.waiting_for([opened.position_id])
    house.book_messages([waiting])
    assert position_of(house, opened).shares == 100
    assert alerts(house) == [("unbookable_execution", *about)]
    portfolio = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert portfolio is not None
    assert portfolio.frozen

    take(house, bought)
    house.book_messages([waiting])

    assert position_of(house, opened).shares == 32
    assert house.inbox.waiting_for([opened.position_id]) == []
    assert alerts(house) == [("overfill", *about)]  # 120 sold of 50 ordered is another matter
    kept = rows(house, f"select attempts, problem from inbox where number = {waiting}")
    assert kept == [{"attempts": 3, "problem": None}]


def test_every_booking_has_what_waits_on_its_position_tried_again(house: House, clock: Clock) -> None:
    """The outbox follows the log and a worker books it, long before its pause is over."""
    opened, bought, sold = sold_before_bought(house, clock)
    house.book_messages = replace(house.book_messages, translations={"callback": lambda _: [sold]})
    take(house, sold)

    with Worker(house), Followers(house):
        take(house, bought)
        eventually(lambda: position_of(house, opened).shares == 32)


def test_two_workers_book_a_message_once(house: House, clock: Clock, new_house: Callable[[], House]) -> None:
    opened, bought, sold = sold_before_bought(house, clock)
    take(house, sold, bought)
    waiting = house.inbox.waiting_for([opened.position_id])
    houses = [house, new_house()]
    for each in houses:
        each.ledger.clock = clock
        each.book_messages = replace(each.book_messages, translations={"callback": lambda _: [sold]})

    with ThreadPoolExecutor(4) as workers:
        booking = [workers.submit(each.book_messages, waiting) for each in houses * 2]
    numbers = [each.result() for each in booking]

    assert position_of(house, opened).shares == 32
    assert sum(number is not None for number in numbers) == 1


def test_pauses_grow_and_the_sweep_keeps_to_them(house: House, clock: Clock) -> None:
    opened = open_example(house, broker=BY_HAND)
    receive(house, opened, "m1", raw("nonsense"))
    number = number_of(house, "m1")
    assert house.inbox.due(clock()) == []  # its job is on its way
    assert house.inbox.due(clock() + timedelta(seconds=2)) == [number]

    pauses = []
    for _ in range(14):
        house.book_messages([number])
        due = rows(house, "select next_try_at from inbox")[0]["next_try_at"]
        pauses.append((due - clock()).total_seconds())
        assert house.inbox.due(due - timedelta(microseconds=1)) == []
        assert house.inbox.due(due) == [number]
        clock.at = due

    assert pauses == [2.0**n for n in range(1, 12)] + [3_600.0] * 3
    assert len(rows(house, "select from alerts")) == 1
    clock.at = IN_SESSION + timedelta(days=7)
    house.book_messages([number])
    kept = rows(house, "select booked_at, problem, next_try_at from inbox")
    assert kept == [{"booked_at": None, "problem": "There is no order nonsense.", "next_try_at": None}]


def test_a_person_who_has_seen_to_an_alert_is_not_called_again(house: House) -> None:
    """Nor is a portfolio frozen again that somebody has unfrozen."""
    opened = open_example(house, broker=BY_HAND)
    sell = decide(house, opened, "103.00")
    to_a_real_broker(house, opened)
    receive(house, opened, "m1", raw(sell, "120"))
    house.book_messages([number_of(house, "m1")])
    about = (opened.portfolio_id, opened.listing_id, "unbookable_execution")
    alert_id = rows(house, "select alert_id from alerts")[0]["alert_id"]
    resolve(house.ledger, by_hand(house), about, alert_id, "seen to")
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "seen to")

    house.book_messages([number_of(house, "m1")])

    assert alerts(house) == []
    portfolio = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert portfolio is not None
    assert not portfolio.frozen


def test_what_contradicts_the_books_is_not_tried_for_ever(house: House, clock: Clock) -> None:
    opened = open_example(house, broker=BY_HAND)
    order = decide(house, opened, "97.00")
    to_a_real_broker(house, opened)
    for name, quantity in (("m1", "10"), ("m2", "11")):
        receive(house, opened, name, raw(order, quantity))
        house.book_messages([number_of(house, name)])

    assert position_of(house, opened).shares == 110
    kept = rows(house, "select * from inbox where id = 'm2'")[0]
    assert kept["booked_at"] is None
    assert kept["next_try_at"] is None
    assert "is booked as 10" in kept["problem"]
    assert alerts(house) == [("execution_conflict", str(opened.portfolio_id), str(opened.listing_id))]
    assert house.inbox.due(clock() + timedelta(days=365)) == []


@pytest.mark.parametrize(
    "body",
    [b"\xff\x00", b"{", b"[{}]", raw("a")[:-1] + b"," + raw("b")[1:]],
    ids=["bytes", "json", "field", "two"],
)
def test_what_cannot_be_read_is_kept_for_a_person(house: House, body: bytes) -> None:
    opened = open_example(house, broker=BY_HAND)
    receive(house, opened, "m1", body)

    house.book_messages([number_of(house, "m1")])

    kept = rows(house, "select body, problem, next_try_at from inbox")[0]
    assert (kept["body"], kept["next_try_at"]) == (body, None)
    assert kept["problem"]
    assert alerts(house) == [("unreadable_message", str(opened.portfolio_id), None)]


def test_what_is_of_no_interest_is_done_with(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    receive(house, opened, "m1", b"[]")
    house.book_messages([number_of(house, "m1")])
    assert rows(house, "select booked_at from inbox")[0]["booked_at"] == IN_SESSION


def test_an_older_orders_fill_twice_in_one_round_is_booked_once(house: House, clock: Clock) -> None:
    """The second sees what the first will append, though the order is folded from the log."""
    opened = open_example(house, broker=BY_HAND)
    older = decide(house, opened, "97.00")
    assert [each.taken for each in take(house, said(older, "canceled", "", "0")) if isinstance(each, Answer)]
    clock.at = later = IN_SESSION + timedelta(minutes=1)
    newer = decide(house, opened, "95.00", later)

    late = said(older, "partial_fill", "x1", "10", price="97")
    answers = take(house, late, said(newer, "partial_fill", "y1", "1"), late, replace(late))

    assert [each.taken for each in answers if isinstance(each, Answer)] == [Taken.BOOKED] * 4
    assert position_of(house, opened).shares == 111
    [conflict] = take(house, said(older, "partial_fill", "x1", "11", price="97"))
    assert isinstance(conflict, Conflict)
