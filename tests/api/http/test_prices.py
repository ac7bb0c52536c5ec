"""Prices from outside: read strictly, taken once, judged by the gate."""

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from domain.events import rfc3339
from examples import IN_SESSION, eventually
from over_http import AT, Example, answered, fields, open_example, refused


def quote(example: Example, **other: Any) -> dict[str, Any]:
    """A good quote of the example's listing, but for what is said."""
    return {"listing_id": example.listing_id, "last": "100", "as_of": AT} | other


def test_a_price_sent_again_is_a_duplicate(client: TestClient) -> None:
    example = open_example(client)
    body = {"quotes": [quote(example, currency="USD", unit="USD"), quote(example, source="other")]}

    first = answered(client.post("/prices", json=body))
    again = answered(client.post("/prices", json=body))

    assert first == {"accepted": 2, "duplicates": 0, "quarantined": []}
    assert again == {"accepted": 0, "duplicates": 2, "quarantined": []}


def test_a_price_that_jumps_is_quarantined_and_freezes_the_portfolio(client: TestClient) -> None:
    example = open_example(client)
    example.tick("100", IN_SESSION - timedelta(minutes=1))

    (found,) = example.tick("151")["quarantined"]

    expected = {"listing_id": example.listing_id, "severity": "CRITICAL", "as_of": AT, "price": "151"}
    assert {name: found[name] for name in expected} == expected
    assert set(found) == {*expected, "rule", "observed", "expected"}
    assert answered(client.get(f"/portfolios/{example.portfolio_id}"))["frozen"] is True
    trading = answered(client.get("/health/trading"))
    assert (trading["status"], trading["frozen"][0]["id"]) == ("halted", example.portfolio_id)


def test_a_tick_across_the_band_becomes_a_trade(live: TestClient) -> None:
    example = open_example(live)

    example.tick("97.00")

    card = eventually(lambda: next((c for c in [example.card()] if c["shares"] == "152"), None))
    assert card["cash"] == "4955.50"


def test_a_price_in_another_currency_or_unit_is_quarantined(client: TestClient) -> None:
    """It is the provider that is wrong, not the request: the portfolio freezes, and the rest of the batch is good."""
    example = open_example(client)
    body = {"quotes": [quote(example, currency="GBP", source="other"), quote(example, unit="USD")]}

    taken = answered(client.post("/prices", json=body))

    (found,) = taken["quarantined"]
    assert (taken["accepted"], found["rule"], found["observed"], found["expected"]) == (
        1, "currency_mismatch", "GBP", "USD quoted in USD",
    )  # fmt: skip
    assert answered(client.get(f"/portfolios/{example.portfolio_id}"))["frozen"] is True


def test_a_bar_is_posted_with_its_open_high_and_low(client: TestClient) -> None:
    example = open_example(client)
    bar = quote(example, open="99", high="101", low="98.5", is_close=True)

    assert answered(client.post("/prices", json={"quotes": [bar]}))["accepted"] == 1

    (kept,) = answered(client.get(f"/listings/{example.listing_id}/prices"))["items"]
    assert (kept["open"], kept["high"], kept["low"], kept["last"]) == ("99", "101", "98.5", "100")


def test_nothing_posted_is_nothing_taken(client: TestClient) -> None:
    assert answered(client.post("/prices", json={"quotes": []}))["accepted"] == 0


BAD: list[tuple[dict[str, Any], str]] = [
    ({"last": 100}, "last"),
    ({"last": 100.5}, "last"),
    ({"last": "1e2"}, "last"),
    ({"last": "NaN"}, "last"),
    ({"last": "Infinity"}, "last"),
    ({"last": "1_000"}, "last"),
    ({"last": " 100"}, "last"),
    ({"last": "１００"}, "last"),
    ({"last": "0"}, "last"),
    ({"last": "-1"}, "last"),
    ({"last": "0." + "1" * 13}, "last"),
    ({"last": None}, "last"),
    ({"last": None, "bid": "99"}, "last"),
    ({"bid": "101", "ask": "100"}, "bid"),
    ({"ask": "x"}, "ask"),
    ({"as_of": "2026-11-20T16:00:00"}, "as_of"),
    ({"as_of": "2026-11-20"}, "as_of"),
    ({"as_of": 1795190400}, "as_of"),
    ({"as_of": rfc3339(IN_SESSION + timedelta(seconds=6))}, "as_of"),
    ({"as_of": "9999-12-31T23:59:59-14:00"}, "as_of"),
    ({"open": "x"}, "open"),
    ({"open": "99", "high": "101", "low": "99.5"}, "low"),
    ({"high": "99"}, "low"),
    ({"is_close": "yes"}, "is_close"),
    ({"source": "a\u0000b"}, "source"),
    ({"listing_id": "KO"}, "listing_id"),
    ({"listing_id": "019aa000-0000-7000-8000-000000000000"}, "listing_id"),
]


def test_one_bad_quote_refuses_the_batch_and_is_named(client: TestClient) -> None:
    example = open_example(client)

    for change, field in BAD:
        body = {"quotes": [quote(example), quote(example, **change)]}
        assert fields(client.post("/prices", json=body)) == [f"quotes[1].{field}"], change

    assert answered(client.get(f"/listings/{example.listing_id}/prices"))["items"] == []


def test_half_a_letter_in_a_batch_is_a_problem(client: TestClient) -> None:
    """A lone surrogate is legal JSON and no text."""
    for body in (rb'{"\ud800": 1}', rb'{"quotes": [{"listing_id": "\ud800", "as_of": "x"}]}'):
        answer = client.post("/prices", content=body, headers={"content-type": "application/json"})
        assert fields(answer) == ["body"]


def test_quotes_must_be_a_list_of_known_fields(client: TestClient) -> None:
    refused(client.post("/prices", json={"quotes": {}}), 422)
    refused(client.post("/prices", json=[]), 422)
    refused(client.post("/prices", json={}), 422)
    refused(client.post("/prices", json={"quotes": [], "more": 1}), 422)
    refused(client.post("/prices"), 422)


def test_a_batch_of_up_to_eight_mebibytes_is_read(client: TestClient) -> None:
    example = open_example(client)
    many = [quote(example, source=f"s{number}") for number in range(12_000)]

    assert answered(client.post("/prices", json={"quotes": many}))["accepted"] == 12_000
    refused(client.post("/prices", content=b" " * (8 * 1024 * 1024 + 1)), 413)
