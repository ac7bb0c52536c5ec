"""Portfolios: open, amend, fund, freeze, and what is in them."""

from decimal import Decimal

from starlette.testclient import TestClient

from over_http import answered, fields, open_example, refused

NEW = {"name": "Mine", "base_currency": "USD", "mode": "automatic", "broker": {"kind": "paper"}}


def test_a_portfolio_is_opened_with_the_paper_brokers_defaults(client: TestClient) -> None:
    opened = answered(client.post("/portfolios", json=NEW | {"settings": {"tau": "0.05"}}), 201)

    assert answered(client.get(f"/portfolios/{opened['id']}")) == opened
    assert opened == {
        "id": opened["id"],
        "name": "Mine",
        "base_currency": "USD",
        "mode": "automatic",
        "clock": "live",
        "money": "paper",
        "broker": {
            "kind": "paper",
            "auto_fill": True,
            "slippage_bps": "0",
            "latency_ms": 0,
            "partial_fills": False,
            "seed": 0,
        },
        "settings": {"tau": "0.05"},
        "cash": "0.00",
        "frozen": False,
        "frozen_because": None,
        "freeze_reasons": [],
        "recalls_orders": False,
    }


def test_portfolios_come_in_pages(client: TestClient) -> None:
    opened = [answered(client.post("/portfolios", json=NEW), 201)["id"] for _ in range(3)]

    first = answered(client.get("/portfolios?limit=2"))
    second = answered(client.get("/portfolios", params={"limit": 2, "after": first["next"]}))

    assert [each["id"] for each in first["items"] + second["items"]] == opened
    assert second["next"] is None


def test_an_amendment_changes_only_what_it_names(client: TestClient) -> None:
    opened = answered(client.post("/portfolios", json=NEW | {"settings": {"r": "0.4"}}), 201)
    address = f"/portfolios/{opened['id']}"

    answered(client.patch(address, json={"settings": {"tau": "0.05"}}))
    amended = answered(client.patch(address, json={"name": "Ours"}))

    assert (amended["name"], amended["settings"]) == ("Ours", {"tau": "0.05", "r": "0.4"})
    assert fields(client.patch(address, json={"name": None})) == ["name"]


def test_cash_comes_and_goes_but_not_below_zero(client: TestClient) -> None:
    address = f"/portfolios/{answered(client.post('/portfolios', json=NEW), 201)['id']}"
    for kind, amount, after in (
        ("deposit", "100", "100.00"),
        ("contribution", "0.50", "100.50"),
        ("withdrawal", "100.50", "0.00"),
    ):
        moved = answered(client.post(f"{address}/cash", json={"kind": kind, "amount": amount}))
        assert moved["cash"] == after

    refused(client.post(f"{address}/cash", json={"kind": "withdrawal", "amount": "0.01"}), 409)
    assert fields(client.post(f"{address}/cash", json={"kind": "deposit", "amount": "0.001"})) == ["amount"]


def test_a_freeze_needs_a_reason_and_so_does_lifting_it(client: TestClient) -> None:
    address = f"/portfolios/{answered(client.post('/portfolios', json=NEW), 201)['id']}"
    assert fields(client.post(f"{address}/freeze", json={})) == ["reason"]
    assert fields(client.post(f"{address}/freeze", json={"reason": " "})) == ["reason"]

    frozen = answered(client.post(f"{address}/freeze", json={"reason": "Something is odd."}))
    assert (frozen["frozen"], frozen["frozen_because"]) == (True, "Something is odd.")
    lifted = answered(client.post(f"{address}/unfreeze", json={"reason": "It was nothing."}))

    assert (lifted["frozen"], lifted["frozen_because"]) == (False, None)


def test_holdings_are_valued_at_the_latest_price(client: TestClient) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/holdings"
    (holding,) = answered(client.get(address))["items"]
    assert (holding["price"], holding["value"]) == (None, None)
    example.tick("99.10")

    (holding,) = answered(client.get(address))["items"]

    assert holding == {
        "listing_id": example.listing_id,
        "symbol": "KO",
        "quote_unit": "USD",
        "quantity": "100",
        "book_cost": "10000.00",
        "average_cost": "100.00",
        "price": "99.10",
        "value": "9910.00",
        "value_currency": "USD",
        "no_value_because": None,
    }


def test_the_ledger_balances_entry_by_entry_and_comes_in_pages(client: TestClient) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/ledger"

    first = answered(client.get(address, params={"limit": 2}))
    second = answered(client.get(address, params={"limit": 2, "after": first["next"]}))

    entries = first["items"] + second["items"]
    assert [entry["kind"] for entry in entries] == ["contribution", "transfer", "transfer"]
    assert all(sum(Decimal(line["amount"]) for line in entry["lines"]) == 0 for entry in entries)
    assert second["next"] is None
