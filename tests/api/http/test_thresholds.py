"""Thresholds over HTTP: a listing's for everybody, a portfolio's for itself."""

from datetime import timedelta

from starlette.testclient import TestClient

from examples import IN_SESSION
from over_http import answered, fields, open_example, refused


def test_a_listing_has_the_defaults_until_somebody_sets_others(client: TestClient) -> None:
    example = open_example(client)
    address = f"/listings/{example.listing_id}/thresholds"

    before = answered(client.get(address))
    put = answered(client.put(address, json={"jump_critical": "0.2", "stale_intraday_seconds": 60}))

    assert (before["set"], before["thresholds"]["jump_critical"]) == ([], "0.50")
    assert put["set"] == ["jump_critical", "stale_intraday_seconds"]
    assert put["thresholds"] == before["thresholds"] | {"jump_critical": "0.2", "stale_intraday_seconds": 60}
    assert answered(client.get(address)) == put
    assert answered(client.put(address, json={})) == before


def test_a_price_is_stopped_by_the_thresholds_of_its_listing(client: TestClient) -> None:
    """As soon as they are set, whichever process takes it in."""
    example = open_example(client)
    example.tick("100", IN_SESSION - timedelta(minutes=3))
    assert example.tick("125", IN_SESSION - timedelta(minutes=2))["quarantined"] == []

    answered(client.put(f"/listings/{example.listing_id}/thresholds", json={"jump_critical": "0.2"}))

    (found,) = example.tick("99", IN_SESSION - timedelta(minutes=1))["quarantined"]
    assert (found["rule"], found["expected"]) == ("jump", "within 20% of 125")


def test_a_portfolio_is_stopped_by_its_own_tighter_thresholds_alone(client: TestClient) -> None:
    """The price is good, for it as for everybody: it stands still, and may go on from there."""
    strict = open_example(client)
    other = open_example(client)
    assert strict.listing_id == other.listing_id
    address = f"/portfolios/{strict.portfolio_id}/thresholds"
    put = answered(client.put(address, json={"jump_critical": "0.05"}))
    assert put == answered(client.get(address))
    assert put["thresholds"] == {"jump_critical": "0.05"}

    strict.tick("100", IN_SESSION - timedelta(minutes=2))
    taken = strict.tick("94", IN_SESSION - timedelta(minutes=1))

    assert (taken["accepted"], taken["quarantined"]) == (1, [])
    frozen = [answered(client.get(f"/portfolios/{each.portfolio_id}"))["frozen"] for each in (strict, other)]
    assert frozen == [True, False]
    (alert,) = answered(client.get("/alerts", params={"open": True}))["items"]
    assert (alert["portfolio_id"], alert["rule"], alert["severity"]) == (
        strict.portfolio_id,
        "jump",
        "CRITICAL",
    )
    assert alert["message"] == (
        "KO at 94 is beyond the portfolio's own threshold: jump, expected within 5% of 100."
        " The portfolio is frozen."
    )
    strict.tick("89", IN_SESSION)
    assert len(answered(client.get("/alerts"))["items"]) == 1
    assert strict.card()["price"]["value"] == "89"


def test_looser_thresholds_of_a_portfolio_change_nothing(client: TestClient) -> None:
    """What is stopped is stopped for everybody."""
    example = open_example(client)
    answered(client.put(f"/portfolios/{example.portfolio_id}/thresholds", json={"jump_critical": "3"}))
    example.tick("100", IN_SESSION - timedelta(minutes=1))
    assert [found["rule"] for found in example.tick("170")["quarantined"]] == ["jump"]


def test_thresholds_that_cannot_be_are_refused(client: TestClient) -> None:
    """Each named, and nothing is set."""
    example = open_example(client)
    listing, portfolio = (
        f"/listings/{example.listing_id}/thresholds",
        f"/portfolios/{example.portfolio_id}/thresholds",
    )
    assert fields(client.put(listing, json={"jump_warn": "0", "future_seconds": -1})) == [
        "future_seconds",
        "jump_warn",
    ]
    assert fields(client.put(listing, json={"jump_warn": None})) == ["jump_warn"]
    assert fields(client.put(listing, json={"scale_low": "200"})) == ["scale_low"]
    assert fields(client.put(listing, json={"tau": "1"})) == ["tau"]
    assert fields(client.put(portfolio, json={"outlier_sigmas": "5"})) == ["outlier_sigmas"]
    assert answered(client.get(listing))["set"] == []
    refused(client.get("/listings/019aa000-0000-7000-8000-000000000000/thresholds"), 404)
    refused(client.put("/listings/019aa000-0000-7000-8000-000000000000/thresholds", json={}), 404)
    refused(client.put("/portfolios/019aa000-0000-7000-8000-000000000000/thresholds", json={}), 404)
