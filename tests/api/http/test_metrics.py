"""The measures over HTTP: from decisions, fills and stored prices to the numbers."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from api.http.answers import rounded
from api.wiring import House
from application.ledger import Transaction
from domain.events import rfc3339
from domain.order import Fill
from domain.position.booking import book
from domain.position.events import DividendAccrued
from domain.position.places import place
from domain.position.state import Position
from domain.streams import POSITION
from examples import IN_SESSION, by_hand, eventually
from over_http import answered, fields, numbers, open_example, refused


def test_a_trade_is_measured(live: TestClient) -> None:
    """Two hours of session at 97: before the trade 9 700 of 19 700 in shares, then 152 × 97 of 19 699.50."""
    example = open_example(live)
    example.tick("97.00")
    eventually(lambda: example.card()["shares"] == "152")
    end = rfc3339(IN_SESSION + timedelta(hours=2))

    for scope in ({"position_id": example.position_id}, {"portfolio_id": example.portfolio_id}):
        found = eventually(lambda: _with_a_fill(live, scope | {"to": end}))  # noqa: B023  # called at once

        assert numbers(found) == {
            "slippage_bps": 0,
            "hit_rate": 1,
            "guardrail_time_pct": 100,
            "turnover": Decimal("0.256047"),
            "fees": Decimal("0.50"),
            "fee_drag_bps": Decimal("0.2538"),
            "return": Decimal("-0.000025"),
            "buy_and_hold": 0,
            "traded_notional": 5044,
            "average_value": Decimal("19699.50"),
        }
        assert (found["decisions"], found["orders_filled"], found["skips"]) == (1, 1, {})


def test_a_correction_and_a_dividend_are_measured(live: TestClient, running: House) -> None:
    """52 bought at 97 for 0.50; after half an hour the broker says it was 50 for 0.48, and after an hour 150 shares
    are owed 2.00 less 25 %, 225. At 97 throughout: 19 699.50, then 150 × 97 + 5 149.52 = 19 699.52, then 19 924.52
    for an hour: 19 812.015 on average. Held: 100 shares get 150 on 19 700.
    """
    example = open_example(live)
    example.tick("97.00")
    eventually(lambda: example.card()["shares"] == "152")
    cause, half, hour = by_hand(running), timedelta(minutes=30), timedelta(hours=1)

    def correct(transaction: Transaction) -> None:
        stream, state = transaction.require(POSITION, UUID(example.position_id))
        order = state.order
        assert order is not None
        known = order.executions[0]
        fill = Fill(known.execution_id, 2, Decimal(50), known.price, Decimal("0.48"), known.at)
        transaction.append(stream, book(state, order, fill), at=IN_SESSION + half)

    def accrue(transaction: Transaction) -> None:
        stream, state = transaction.require(POSITION, UUID(example.position_id))
        transaction.append(stream, [_accrued(state)], at=IN_SESSION + hour)

    running.ledger.transact(cause, correct)
    running.ledger.transact(cause, accrue)
    query = {"portfolio_id": example.portfolio_id, "to": rfc3339(IN_SESSION + 2 * hour)}

    found = eventually(lambda: _when(live, query, lambda found: found["buy_and_hold"] != "0.000000"))

    assert numbers(found) == {
        "slippage_bps": 0,
        "hit_rate": 1,
        "guardrail_time_pct": 100,
        "turnover": Decimal("0.244801"),
        "fees": Decimal("0.48"),
        "fee_drag_bps": Decimal("0.2423"),
        "return": Decimal("0.011397"),
        "buy_and_hold": Decimal("0.007614"),
        "traded_notional": 4850,
        "average_value": Decimal("19812.02"),
    }


def test_guardrails_count_from_when_they_were_changed(live: TestClient, running: House) -> None:
    """Half in shares for an hour inside of 25-75 %, and for an hour outside of the portfolio's new 60-90 %."""
    example = open_example(live)
    example.tick("100")
    running.ledger.clock = lambda: IN_SESSION + timedelta(hours=1)
    change = {"settings": {"g_low": "0.6", "g_high": "0.9"}}
    answered(live.patch(f"/portfolios/{example.portfolio_id}", json=change))
    query = {"position_id": example.position_id, "to": rfc3339(IN_SESSION + timedelta(hours=2))}

    found = eventually(lambda: _when(live, query, lambda found: found["guardrail_time_pct"] != "100.0000"))

    assert found["guardrail_time_pct"] == "50.0000"


def test_skips_are_counted_by_reason(live: TestClient) -> None:
    example = open_example(live, settings={"min_notional": "100000"})
    example.evaluate(price="97.00")

    found = answered(live.get("/metrics", params={"position_id": example.position_id}))

    assert (found["skips"], found["min_notional_skips"], found["hit_rate"]) == (
        {"below_min": 1},
        1,
        "0.000000",
    )


def test_a_new_position_has_nothing_to_measure_yet(live: TestClient) -> None:
    example = open_example(live)

    found = numbers(answered(live.get("/metrics", params={"position_id": example.position_id})))

    assert found.pop("fees") == found.pop("traded_notional") == 0
    assert set(found.values()) == {None}


def test_an_enormous_measure_is_shown() -> None:
    """What can be booked can be measured: 30 digits before the dot leave room for those behind it."""
    assert rounded(Decimal("123456789012345678901234567890.12345"), Decimal("0.0001")) == (
        "123456789012345678901234567890.1234"
    )


def test_an_empty_portfolio_is_measured_as_nothing(live: TestClient) -> None:
    opened = answered(live.post("/portfolios", json={"name": "Empty", "base_currency": "USD"}), 201)

    found = answered(live.get("/metrics", params={"portfolio_id": opened["id"]}))

    assert (found["fees"], found["return"]) == ("0.00", None)


def test_what_cannot_be_measured_is_refused_by_name(client: TestClient) -> None:
    example = open_example(client)
    scope = {"position_id": example.position_id}

    assert fields(client.get("/metrics")) == ["portfolio_id"]
    assert fields(client.get("/metrics", params=scope | {"from": "2026-11-20T16:00:00"})) == ["from"]
    backwards = {"from": "2026-11-20T16:00:00Z", "to": "2026-11-19T16:00:00Z"}
    assert fields(client.get("/metrics", params=scope | backwards)) == ["from"]
    refused(client.get("/metrics", params=scope | {"portfolio_id": str(uuid4())}), 404)


def _with_a_fill(live: TestClient, query: dict[str, str]) -> dict[str, Any] | None:
    """The measures once they know of the fill, which the worker booked without telling the API to wait for it."""
    return _when(live, query, lambda found: bool(found["orders_filled"]))


def _when(
    live: TestClient, query: dict[str, str], is_known: Callable[[dict[str, Any]], bool]
) -> dict[str, Any] | None:
    found = answered(live.get("/metrics", params=query))
    return found if is_known(found) else None


def _accrued(state: Position) -> DividendAccrued:
    day = IN_SESSION.date()
    return DividendAccrued(
        **place(state),
        ex_date=day,
        pay_date=day,
        effective_at=IN_SESSION + timedelta(hours=1),
        payable_at=IN_SESSION + timedelta(days=30),
        shares=Decimal(150),
        per_share=Decimal(2),
        gross=Decimal("300.00"),
        tax=Decimal("75.00"),
        net=Decimal("225.00"),
        old_anchor=state.anchor,
        new_anchor=state.anchor - 2,
    )
