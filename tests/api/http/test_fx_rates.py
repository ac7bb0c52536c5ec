"""Exchange rates over HTTP: taken in once, through a gate of their own, and what holdings are worth by them."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from domain.events import rfc3339
from examples import IN_SESSION
from over_http import answered, fields, open_example


def rate(value: str = "0.75", *, days: float = 0, **others: Any) -> dict[str, Any]:
    """What a dollar costs in pounds."""
    as_of = rfc3339(IN_SESSION - timedelta(days=days))
    return {"base": "USD", "quote": "GBP", "rate": value, "as_of": as_of} | others


def take(client: TestClient, *rates: dict[str, Any], **others: Any) -> dict[str, Any]:
    return answered(client.post("/fx-rates", json={"rates": list(rates)} | others))


def stored(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answered(client.get("/fx-rates", params=asked))["items"]
    return items


def test_a_rate_is_taken_in_once(client: TestClient) -> None:
    assert take(client, rate()) == {"accepted": 1, "duplicates": 0, "quarantined": [], "rejected": []}
    assert take(client, rate()) == {"accepted": 0, "duplicates": 1, "quarantined": [], "rejected": []}
    assert stored(client) == [
        {"base": "USD", "quote": "GBP", "as_of": rfc3339(IN_SESSION), "source": "api", "rate": "0.75"}
        | {"quarantined": None}
    ]


def test_saying_it_again_only_moves_when_it_was_last_seen(client: TestClient, house: House) -> None:
    take(client, rate())
    take(client, rate("0.76"))
    with house.pool.connection() as connection:
        row = connection.execute("select rate, last_seen > stored_at as seen from fx_rates").fetchone()
    assert row is not None
    assert (str(row["rate"]), row["seen"]) == ("0.75", True)


def test_rates_come_in_pages_and_by_pair(client: TestClient) -> None:
    take(client, *(rate(days=days) for days in range(5)), rate("1.1", base="EUR", quote="USD"))
    assert len(stored(client, base="USD")) == 5
    assert [each["base"] for each in stored(client, quote="USD")] == ["EUR"]
    seen, after = list[str](), None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = answered(client.get("/fx-rates", params=asked))
        seen += [each["as_of"] + each["base"] for each in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 6
    assert seen == sorted(seen)


def test_a_rate_far_from_the_last_one_converts_nothing_and_calls_one_person(client: TestClient) -> None:
    take(client, rate(days=2))
    for days in (1, 0.5):
        taken = take(client, rate("75", days=days))
        assert [each["rule"] for each in taken["quarantined"]] == ["fx_jump"]
    assert [each["quarantined"] for each in stored(client)] == [None, "fx_jump", "fx_jump"]
    (alert,) = answered(client.get("/alerts"))["items"]
    assert (alert["rule"], alert["severity"], alert["portfolio_id"]) == ("fx_jump", "CRITICAL", None)
    assert take(client, rate("0.76"))["accepted"] == 1


def test_a_person_s_word_releases_it(client: TestClient) -> None:
    take(client, rate(days=2))
    take(client, rate("75", days=1))
    take(client, rate("75", days=1), believed=True)
    assert [each["quarantined"] for each in stored(client)] == [None, None]
    (alert,) = answered(client.get("/alerts"))["items"]
    assert alert["resolved_at"] is not None
    assert take(client, rate("76"))["accepted"] == 1


def test_what_cannot_be_a_rate_is_not_stored(client: TestClient) -> None:
    taken = take(client, rate("0"), rate("-1"), rate(days=-1), rate("0.75", days=1))
    assert [each["rule"] for each in taken["rejected"]] == ["non_positive", "non_positive", "future"]
    assert len(stored(client)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (rate(rate=0.75), "rates[0].rate"),
        (rate("NaN"), "rates[0].rate"),
        (rate(base="usd"), "rates[0].base"),
        (rate(base="GBP"), "rates[0]"),
        (rate(as_of="2026-11-20"), "rates[0].as_of"),
        (rate(source="a b"), "rates[0].source"),
        (rate(unit="GBX"), "rates[0].unit"),
    ],
)
def test_what_is_malformed_is_named(client: TestClient, wrong: dict[str, Any], field: str) -> None:
    assert fields(client.post("/fx-rates", json={"rates": [wrong]})) == [field]


def holding(client: TestClient, portfolio_id: str) -> dict[str, Any]:
    (found,) = answered(client.get(f"/portfolios/{portfolio_id}/holdings"))["items"]
    return dict(found)


@pytest.fixture
def abroad(client: TestClient, house: House) -> str:
    """A portfolio in pounds that holds 100 KO, which trades at 97 dollars."""
    example = open_example(client)
    example.tick("97")
    in_pounds = {"name": "Abroad", "base_currency": "GBP", "mode": "advisory"}
    portfolio_id: str = answered(client.post("/portfolios", json=in_pounds), 201)["id"]
    with house.pool.connection() as connection:
        connection.execute(
            "insert into holdings (portfolio_id, listing_id, quantity, book_cost) values (%s, %s, 100, 7000.55)",
            (portfolio_id, example.listing_id),
        )
    return portfolio_id


def test_a_holding_in_another_currency_is_worth_what_a_rate_says(client: TestClient, abroad: str) -> None:
    take(client, rate("0.741"))
    found = holding(client, abroad)
    assert (found["value"], found["value_currency"], found["no_value_because"]) == ("7187.70", "GBP", None)
    assert (found["price"], found["book_cost"], found["average_cost"]) == ("97", "7000.55", "70.01")


def test_without_a_rate_it_has_no_value_and_says_why(client: TestClient, abroad: str) -> None:
    assert (holding(client, abroad)["value"], holding(client, abroad)["no_value_because"]) == (
        None,
        "fx_missing",
    )
    take(client, rate(days=3.5))
    assert (holding(client, abroad)["value"], holding(client, abroad)["no_value_because"]) == (
        None,
        "stale_fx",
    )


def test_a_quarantined_rate_is_as_good_as_none(client: TestClient, abroad: str) -> None:
    take(client, rate(days=1))
    take(client, rate("75"))
    assert holding(client, abroad)["value"] == "7275.00"


def test_a_holding_at_home_needs_no_rate(client: TestClient) -> None:
    example = open_example(client)
    assert holding(client, example.portfolio_id)["no_value_because"] == "no_price"
    example.tick("97")
    assert (holding(client, example.portfolio_id)["value"]) == "9700.00"
