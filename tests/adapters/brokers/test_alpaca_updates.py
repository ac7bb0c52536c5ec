"""What Alpaca's words mean: every status, every event, corrections, and what nobody understands."""

import json
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from alpaca.trading.enums import OrderStatus, TradeEvent

from adapters.brokers.alpaca.translate import standing_report
from adapters.brokers.alpaca.updates import reports
from adapters.brokers.alpaca.values import Garbled, execution_root
from domain.order import Fill

AT = "2026-11-20T16:00:00.123456789Z"
ORDER: dict[str, Any] = {
    "id": "o1",
    "client_order_id": "c1",
    "status": "new",
    "symbol": "KO",
    "side": "buy",
    "type": "market",
    "time_in_force": "day",
    "qty": "10",
    "filled_qty": "0",
    "limit_price": None,
    "submitted_at": AT,
    "updated_at": AT,
}


def said(event: object, order: dict[str, Any] | None = None, **fields: Any) -> str:
    """A frame of the stream."""
    data = {"event": event, "order": ORDER | (order or {}), "timestamp": AT, "execution_id": "x1"} | fields
    return json.dumps({"stream": "trade_updates", "data": data})


def traded(event: str, **fields: Any) -> str:
    """A frame about an execution of ten."""
    return said(event, **({"qty": "10", "price": "97"} | fields))


def booked(*frames: str) -> dict[str, tuple[int, str, str]]:
    """The latest revision of every execution, its quantity and its price, after frames."""
    latest: dict[str, Fill] = {}
    for frame in frames:
        for report in reports(frame):
            fill = report.fill
            if fill is not None and fill.revision > getattr(latest.get(fill.execution_id), "revision", 0):
                latest[fill.execution_id] = fill
    return {name: (fill.revision, str(fill.quantity), str(fill.price)) for name, fill in latest.items()}


@pytest.mark.parametrize("status", list(OrderStatus), ids=lambda status: status.value)
def test_every_status_that_the_sdk_knows_is_understood(status: OrderStatus) -> None:
    """None of them leaves an order unknown."""
    report = standing_report(ORDER | {"status": status.value})
    assert report.event != "unrecognised"


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("held", "accepted"),
        ("stopped", "suspended"),
        ("pending_cancel", "pending_cancel"),
        ("done_for_day", "done_for_day"),
        ("replaced", "canceled"),
        ("expired", "expired"),
        ("molten", "unrecognised"),
        ("constructor", "unrecognised"),
    ],
)
def test_a_status_says_where_an_order_stands(status: str, event: str) -> None:
    """One that nobody knows is passed on with the broker's own word."""
    report = standing_report(ORDER | {"status": status})
    assert report.event == event
    assert report.raw == (status if event == "unrecognised" else None)


@pytest.mark.parametrize("event", list(TradeEvent), ids=lambda event: event.value)
def test_every_event_that_the_sdk_knows_is_understood(event: TradeEvent) -> None:
    """Executions and all others."""
    (report,) = reports(traded(event.value))
    assert report.event != "unrecognised"
    assert report.client_order_id == "c1"
    assert report.broker_order_id == "o1"


@pytest.mark.parametrize("event", ["molten", "", "FILL", None, 5])
def test_an_event_that_nobody_knows_is_passed_on(event: object) -> None:
    """With the broker's own word for it."""
    (report,) = reports(said(event))
    assert (report.event, report.raw) == ("unrecognised", str(event))


@pytest.mark.parametrize(
    "spoilt",
    [
        {"qty": None},
        {"qty": "x"},
        {"qty": "0"},
        {"price": "NaN"},
        {"price": "-1"},
        {"price": [1]},
        {"execution_id": None},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-11-20T16:00:00"},
    ],
)
def test_an_execution_that_cannot_be_read_is_passed_on(spoilt: dict[str, Any]) -> None:
    """It is a fact, so somebody must look; nothing is booked from it."""
    (report,) = reports(traded("fill", **spoilt))
    assert report.event == "unrecognised"
    assert report.fill is None
    assert report.raw


@pytest.mark.parametrize(
    "frame", ["", "x", "5", "[]", '"x"', '{"stream": "trade_updates"}', "[" * 100_000, "NaN"]
)
def test_what_names_no_order_is_garbled(frame: str) -> None:
    """And is for the inbox to keep."""
    with pytest.raises(Garbled):
        reports(frame)


@pytest.mark.parametrize("stream", ["listening", "authorization", "another"])
def test_frames_of_other_streams_say_nothing(stream: str) -> None:
    """They are about the line."""
    assert reports(json.dumps({"stream": stream, "data": {}})) == []


@pytest.mark.parametrize("digits", ["97.123456789012345678", "0.000000000000000001"])
def test_numbers_keep_their_digits(digits: str) -> None:
    """In texts and as numbers."""
    as_text = reports(traded("fill", price=digits))
    as_number = reports(traded("fill", price="@").replace('"@"', digits))
    assert as_text == as_number
    assert as_text[0].fill is not None
    assert as_text[0].fill.price == Decimal(digits)


def test_an_execution_has_one_name_on_both_ways() -> None:
    """An activity has its time before it."""
    assert execution_root("20261120110000123::x1") == execution_root("x1") == "x1"


def test_a_correction_takes_back_the_execution_and_books_the_one_in_its_place() -> None:
    """In one go, the former first."""
    frame = traded("trade_correct", execution_id="x2", previous_execution_id="x1", price="96.5")
    assert [each.event for each in reports(frame)] == ["trade_bust", "partial_fill"]
    assert booked(frame) == {"x1": (2, "0", "0"), "x2": (1, "10", "96.5")}


def test_a_bust_takes_the_execution_back() -> None:
    """Whatever id the bust itself goes by."""
    frame = traded("trade_bust", execution_id="b1", previous_execution_id="x1")
    assert booked(traded("fill"), frame) == {"x1": (2, "0", "0")}


def test_a_chain_of_corrections_comes_out_the_same_in_every_order() -> None:
    """Also what is seen on the other way stays what it is: only the last one stands."""
    frames = [
        traded("fill"),
        traded("trade_correct", execution_id="x2", previous_execution_id="x1", price="96"),
        traded("trade_correct", execution_id="x3", previous_execution_id="x2", price="95", qty="9"),
    ]
    outcomes = [booked(*order, *order) for order in permutations(frames)]
    standing = {"x3": (1, "9", "95")}
    assert all({name: each for name, each in one.items() if each[1] != "0"} == standing for one in outcomes)


def test_a_correction_of_nobody_knows_what_is_passed_on() -> None:
    """It may not be booked by half."""
    (report,) = reports(traded("trade_correct", execution_id="x2"))
    assert report.event == "unrecognised"


def test_the_reason_of_an_end_is_the_brokers() -> None:
    """Where it gives one."""
    (report,) = reports(said("canceled", {"status": "canceled"}, reason="CORPORATE_ACTION"))
    assert (report.event, report.reason) == ("canceled", "CORPORATE_ACTION")
