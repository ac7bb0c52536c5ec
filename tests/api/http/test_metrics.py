"""The measures over HTTP: from decisions, fills and stored prices to the numbers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from api.http.answers import rounded
from domain.events import rfc3339
from examples import IN_SESSION, eventually
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
    found = answered(live.get("/metrics", params=query))
    return found if found["orders_filled"] else None
