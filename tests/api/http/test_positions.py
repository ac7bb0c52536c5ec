"""The position card, and what a person does with a position."""

from datetime import timedelta
from uuid import uuid4

from starlette.testclient import TestClient

from api.wiring import House
from application import portfolios
from application.ledger import Cause
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import IN_SESSION
from over_http import AT, answered, fields, open_example, refused


def test_the_card_is_the_one_of_the_specification(client: TestClient) -> None:
    example = open_example(client)
    example.tick("99.10")

    card = example.card()

    settings = card.pop("settings")
    assert settings["tau"] == "0.03"
    assert settings["max_orders_day"] == 5
    assert card == {
        "id": example.position_id,
        "portfolio_id": example.portfolio_id,
        "listing": {
            "id": example.listing_id,
            "symbol": "KO",
            "exchange": "XNYS",
            "currency": "USD",
            "quote_unit": "USD",
        },
        "status": "active",
        "shares": "100",
        "cash": "10000.00",
        "receivable": "0.00",
        "anchor": "100",
        "price": {"value": "99.10", "source": "last", "as_of": AT, "stale": False},
        "asset_share": "0.4977",
        "buy_below": "97.00",
        "sell_above": "103.00",
        "guardrails": {"low": "0.25", "high": "0.75"},
        "next_action": {
            "outcome": "hold",
            "reason": "within_band",
            "side": None,
            "raw_quantity": None,
            "quantity": None,
            "projected_asset_share": None,
        },
        "open_order": None,
        "orders_today": 0,
    }


def test_the_card_says_what_the_rule_would_do(client: TestClient) -> None:
    example = open_example(client)
    example.tick("97.00")

    action = example.card()["next_action"]

    assert (action["outcome"], action["side"], action["quantity"]) == ("trade", "BUY", "52")
    assert action["raw_quantity"].startswith("104.6")
    assert action["projected_asset_share"] == "0.7484"


def test_a_price_that_is_too_old_is_shown_but_not_used(client: TestClient) -> None:
    example = open_example(client)
    example.tick("97.00", IN_SESSION - timedelta(minutes=31))

    card = example.card()

    assert card["price"]["stale"] is True
    assert card["price"]["value"] == "97.00"
    assert card["next_action"]["reason"] == "stale_price"


def test_a_position_without_a_price_says_so(client: TestClient) -> None:
    card = open_example(client).card()

    assert card["price"] is None
    assert card["asset_share"] is None
    assert card["next_action"]["reason"] == "no_price"


def test_prices_in_pence_are_valued_in_pounds(client: TestClient) -> None:
    """100 shares at 8412.5 GBX are 8412.50 GBP beside 10 000: a share of 0.4569."""
    listing = {"symbol": "VWRP", "exchange": "XLON", "currency": "GBP", "quote_unit": "GBX", "isin": None}
    example = open_example(client, listing=listing, position={"anchor": "8412.5"})
    example.tick("8412.5")

    card = example.card()

    assert card["asset_share"] == "0.4569"
    assert (card["buy_below"], card["cash"]) == ("8160.125", "10000.00")


def test_cards_come_in_pages_in_the_order_of_opening(client: TestClient) -> None:
    example = open_example(client)
    wanted = {"listing_id": example.listing_id, "anchor": "100"}
    more = [
        answered(client.post(f"/portfolios/{example.portfolio_id}/positions", json=wanted), 201)["id"]
        for _ in range(2)
    ]
    filters = {"portfolio_id": example.portfolio_id, "limit": 2}

    first = answered(client.get("/positions", params=filters))
    second = answered(client.get("/positions", params=filters | {"after": first["next"]}))

    assert [card["id"] for card in first["items"] + second["items"]] == [example.position_id, *more]
    assert second["next"] is None


def test_settings_of_the_position_override_the_portfolios(client: TestClient) -> None:
    example = open_example(client)
    answered(client.patch(f"/portfolios/{example.portfolio_id}", json={"settings": {"tau": "0.05"}}))
    assert example.card()["buy_below"] == "95.00"

    answered(client.patch(f"{example.address}/settings", json={"tau": "0.10"}))

    assert example.card()["buy_below"] == "90.00"


def test_guardrails_that_contradict_each_other_are_refused(client: TestClient) -> None:
    example = open_example(client)

    answer = client.patch(f"{example.address}/settings", json={"g_low": "0.8"})

    assert fields(answer) == ["settings.g_low"]


def test_cash_moves_between_the_portfolio_and_the_position(client: TestClient) -> None:
    example = open_example(client)
    allocate = {"kind": "allocate", "amount": "500.50"}

    card = answered(client.post(f"{example.address}/cash", json=allocate))
    assert card["cash"] == "10500.50"
    card = answered(client.post(f"{example.address}/cash", json={"kind": "return", "amount": "10500.50"}))

    assert card["cash"] == "0.00"
    cash = answered(client.get(f"/portfolios/{example.portfolio_id}/cash"))
    assert cash == {"portfolio": "20000.00", "positions": "0.00", "receivable": "0.00", "currency": "USD"}


def test_more_cash_than_there_is_is_a_conflict(client: TestClient) -> None:
    example = open_example(client)

    refused(client.post(f"{example.address}/cash", json={"kind": "allocate", "amount": "10000.01"}), 409)

    wanted = {"listing_id": example.listing_id, "cash": "10000.01", "anchor": "100"}
    refused(client.post(f"/portfolios/{example.portfolio_id}/positions", json=wanted), 409)


def test_a_paused_position_holds_until_it_is_resumed(client: TestClient) -> None:
    example = open_example(client)
    example.tick("97.00")

    assert answered(client.post(f"{example.address}/pause"))["status"] == "paused"
    assert example.card()["next_action"]["reason"] == "paused"
    answered(client.post(f"{example.address}/resume"))

    assert example.card()["next_action"]["outcome"] == "trade"


def test_closing_returns_the_cash_and_leaves_the_shares_as_a_holding(client: TestClient) -> None:
    example = open_example(client)

    card = answered(client.post(f"{example.address}/close"))

    assert (card["status"], card["cash"], card["shares"]) == ("closed", "0.00", "0")
    holdings = answered(client.get(f"/portfolios/{example.portfolio_id}/holdings"))["items"]
    assert [(each["quantity"], each["book_cost"]) for each in holdings] == [("100", "10000.00")]


def test_another_persons_position_is_as_good_as_none(client: TestClient, house: House) -> None:
    example = open_example(client)
    theirs = house.ledger.new_id()
    stranger = Cause(actor="somebody else", correlation_id=theirs)
    portfolios.open_portfolio(
        house.ledger,
        stranger,
        theirs,
        title="Theirs",
        currency="USD",
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    with house.pool.connection() as connection:
        connection.execute(
            "update positions set portfolio_id = %s where position_id = %s", (theirs, example.position_id)
        )

    assert refused(client.get(example.address), 404)["type"] == "/problems/not-found"
    for action in ("pause", "resume", "close", "evaluate"):
        refused(client.post(f"{example.address}/{action}"), 404)
    refused(client.get(f"/portfolios/{theirs}"), 404)
    refused(client.get(f"/portfolios/{theirs}/cash"), 404)
    refused(client.post(f"/portfolios/{theirs}/freeze", json={"reason": "why not"}), 404)
    assert answered(client.get("/positions"))["items"] == []


def test_an_unknown_position_is_404_and_a_malformed_id_is_422(client: TestClient) -> None:
    refused(client.get(f"/positions/{uuid4()}"), 404)
    assert fields(client.get("/positions/abc")) == ["position_id"]


def test_positions_are_found_by_how_their_symbol_begins(client: TestClient) -> None:
    opened = open_example(client)

    def found(symbol: str) -> list[str]:
        return [each["id"] for each in answered(client.get("/positions", params={"symbol": symbol}))["items"]]

    assert [found(each) for each in ("k", "KO")] == [[opened.position_id]] * 2
    assert [found(each) for each in ("O", "K_")] == [[], []]
