"""The local Alpaca's API, proven with Alpaca's own SDK and with plain HTTP."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from alpaca_server.clients import buy, http, sdk
from alpaca_server.orders import NotPossible
from alpaca_server.server import AlpacaServer

pytestmark = pytest.mark.filterwarnings("ignore:websockets.legacy is deprecated:DeprecationWarning")


# The SDK


def test_the_sdk_submits_and_reads_an_order_as_its_model(server: AlpacaServer) -> None:
    """Every field that the model requires is there, before and after a fill."""
    from alpaca.trading.enums import OrderSide, OrderStatus, TimeInForce
    from alpaca.trading.requests import LimitOrderRequest

    client = sdk(server)
    request = LimitOrderRequest(
        symbol="KO",
        qty=10,
        side=OrderSide.BUY,
        time_in_force=TimeInForce.DAY,
        limit_price=60.5,
        client_order_id="a",
    )
    submitted = client.submit_order(request)
    server.fill("a", "10", "60.25")
    found = client.get_order_by_client_id("a")

    assert not isinstance(submitted, dict)
    assert not isinstance(found, dict)
    assert (submitted.status, submitted.id) == (OrderStatus.PENDING_NEW, found.id)
    assert (found.status, found.filled_qty, found.filled_avg_price) == (OrderStatus.FILLED, "10", "60.25")
    assert client.get_order_by_id(found.id) == found


def test_the_sdk_reads_account_positions_orders_and_clock_as_its_models(server: AlpacaServer) -> None:
    """Nothing that the models require is missing."""
    from alpaca.trading.enums import QueryOrderStatus
    from alpaca.trading.requests import GetOrdersRequest

    server.trade_outside("KO", "buy", "5", "61")
    client = sdk(server)
    account: Any = client.get_account()
    (position,) = client.get_all_positions()
    (order,) = client.get_orders(GetOrdersRequest(status=QueryOrderStatus.CLOSED, symbols=["KO"]))
    clock: Any = client.get_clock()

    assert (account.cash, account.buying_power, account.status.value) == ("99695", "99695", "ACTIVE")
    assert not isinstance(position, str)
    assert (position.symbol, position.qty, position.side.value) == ("KO", "105", "long")
    assert not isinstance(order, str)
    assert order.filled_avg_price == "61"
    assert clock.is_open


def test_the_sdk_without_models_sees_decimals_as_strings(server: AlpacaServer) -> None:
    """Nothing that is money or a quantity is a JSON number."""
    client = sdk(server, raw=True)
    order: Any = client.post("/orders", buy("a", "0.123456789"))
    server.fill("a", "0.023456789", "60.123456789")
    (fill,) = client.get("/account/activities/FILL")
    account: Any = client.get_account()

    assert order["qty"] == "0.123456789"
    assert (fill["qty"], fill["price"], fill["cum_qty"]) == ("0.023456789", "60.123456789", "0.023456789")
    assert (fill["leaves_qty"], fill["type"], fill["order_id"]) == ("0.1", "partial_fill", order["id"])
    assert Decimal(account["cash"]) == Decimal(100000) - Decimal("0.023456789") * Decimal("60.123456789")


def test_the_sdk_raises_what_alpaca_refuses(server: AlpacaServer) -> None:
    """With Alpaca's code and message."""
    from alpaca.common.exceptions import APIError

    with pytest.raises(APIError) as refused:
        sdk(server).post("/orders", buy("a", "1000000"))

    assert (refused.value.status_code, refused.value.code) == (403, 40310000)
    assert refused.value.message == "insufficient buying power"


def test_the_sdk_posts_an_order_again_after_a_504_and_hides_that_the_first_was_accepted(
    server: AlpacaServer,
) -> None:
    """It repeats every request by itself; whoever uses it has to switch that off."""
    from alpaca.common.exceptions import APIError

    client = sdk(server)
    client._retry_wait = 0
    server.faults.status("POST", "/v2/orders", 504, after_effect=True)
    with pytest.raises(APIError, match="must be unique"):
        client.post("/orders", buy("a"))

    assert len(server.requests_to("POST", "/v2/orders")) == 2
    assert server.orders["a"].status == "new"


# Orders


def test_a_second_order_under_the_same_client_id_is_refused(server: AlpacaServer, api: httpx.Client) -> None:
    """Also when the first has ended, and nothing else happens."""
    assert api.post("/orders", json=buy("a")).status_code == 200
    server.cancel("a")
    again = api.post("/orders", json=buy("a"))

    assert again.status_code == 422
    assert again.json() == {"code": 40010001, "message": "client_order_id must be unique"}
    assert len(server.orders) == 1
    assert [each.body["client_order_id"] for each in server.requests_to("POST", "/v2/orders")] == ["a", "a"]


@pytest.mark.parametrize(
    ("changes", "status", "code", "message"),
    [
        pytest.param({"symbol": "NOPE"}, 422, 42210000, 'asset "NOPE" not found', id="unknown symbol"),
        pytest.param({"qty": "0"}, 422, 40010001, "qty must be > 0", id="nothing"),
        pytest.param({"qty": "ten"}, 422, 40010001, "qty must be > 0", id="no number"),
        pytest.param({"type": "limit"}, 422, 40010001, "limit orders require a limit price", id="no limit"),
        pytest.param({"side": "long"}, 422, 40010001, "invalid side: long", id="side"),
        pytest.param({"time_in_force": "x"}, 422, 40010001, "invalid time_in_force: x", id="time in force"),
        pytest.param({"extended_hours": True}, 422, 42210000, "extended hours order must be", id="extended"),
        pytest.param({"qty": "0.5", "time_in_force": "gtc"}, 422, 42210000, "fractional", id="fraction"),
        pytest.param({"client_order_id": "x" * 129}, 422, 40010001, "at most 128", id="long id"),
        pytest.param({"qty": "1667"}, 403, 40310000, "insufficient buying power", id="no cash"),
        pytest.param(
            {"side": "sell", "qty": "100.5"}, 403, 40310000, "(requested: 100.5, available: 100)", id="short"
        ),
        pytest.param({"type": "limit", "limit_price": "60.005"}, 422, 42210000, "sub-penny", id="sub-penny"),
    ],
)
def test_an_order_that_alpaca_does_not_take_is_refused(
    server: AlpacaServer, api: httpx.Client, changes: dict[str, Any], status: int, code: int, message: str
) -> None:
    """And exists nowhere."""
    refused = api.post("/orders", json=buy("a") | changes)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert message in refused.json()["message"]
    assert not server.orders


def test_open_orders_hold_cash_and_units(server: AlpacaServer, api: httpx.Client) -> None:
    """Until they end, nothing else can be paid or sold with them."""
    limit = {"type": "limit", "limit_price": "50"}
    assert api.post("/orders", json=buy("a", "2000", **limit)).status_code == 200
    assert api.post("/orders", json=buy("b", "60", side="sell")).status_code == 200
    poor, short = (
        api.post("/orders", json=buy("c", "1")),
        api.post("/orders", json=buy("d", "41", side="sell")),
    )

    assert poor.json()["buying_power"] == "0"
    assert (short.json()["available"], short.json()["held_for_orders"]) == ("40", "60")
    assert api.get("/positions/KO").json()["qty_available"] == "40"
    server.cancel("a")
    server.expire("b")
    assert api.post("/orders", json=buy("c", "1")).status_code == 200
    assert api.post("/orders", json=buy("d", "41", side="sell")).status_code == 200


def test_an_account_that_is_blocked_takes_no_orders(server: AlpacaServer, api: httpx.Client) -> None:
    """And says so itself."""
    server.account_says["trading_blocked"] = True

    assert api.get("/account").json()["trading_blocked"] is True
    assert api.post("/orders", json=buy("a")).status_code == 403


def test_an_order_is_canceled_once(server: AlpacaServer, api: httpx.Client) -> None:
    """204, then 422 because it has ended; 404 for one that never was."""
    order_id = api.post("/orders", json=buy("a")).json()["id"]

    canceled = api.delete(f"/orders/{order_id}")
    assert (canceled.status_code, canceled.content) == (204, b"")
    assert server.orders["a"].status == "canceled"
    assert api.delete(f"/orders/{order_id}").status_code == 422
    assert api.delete(f"/orders/{UUID(int=1)}").status_code == 404


def test_a_pending_cancellation_can_lose_against_a_fill(server: AlpacaServer, api: httpx.Client) -> None:
    """It is the broker that decides, later."""
    server.cancels_at_once = False
    order_id = api.post("/orders", json=buy("a")).json()["id"]

    assert api.delete(f"/orders/{order_id}").status_code == 204
    assert server.orders["a"].status == "pending_cancel"
    server.fill("a", None, "60")
    assert server.orders["a"].status == "filled"


def test_orders_are_listed_by_status_symbol_time_and_direction(
    server: AlpacaServer, api: httpx.Client
) -> None:
    """The newest first unless asked otherwise, at most 50 unless asked for more."""
    for number in range(52):
        api.post("/orders", json=buy(f"{number:02}", "1", symbol="PEP" if number % 2 else "KO"))
    server.fill("00", None, "60")
    submitted = api.get("/orders:by_client_order_id", params={"client_order_id": "49"}).json()["submitted_at"]

    def ids(**query: str | int) -> list[str]:
        return [each["client_order_id"] for each in api.get("/orders", params=query).json()]

    assert ids() == [f"{number:02}" for number in range(51, 1, -1)]
    assert ids(limit=500)[-1] == "01"
    assert ids(status="closed") == ["00"]
    assert ids(status="all", limit=2, direction="asc") == ["00", "01"]
    assert ids(symbols="PEP", limit=2) == ["51", "49"]
    assert ids(after=submitted, direction="asc") == ["50", "51"]
    assert ids(after=submitted[:26] + "Z", direction="asc") == ["49", "50", "51"]
    assert ids(until=submitted, limit=1) == ["49"]


def test_an_unknown_order_is_not_found(api: httpx.Client) -> None:
    """By either id."""
    by_client = api.get("/orders:by_client_order_id", params={"client_order_id": "a"})

    assert by_client.status_code == api.get(f"/orders/{UUID(int=1)}").status_code == 404
    assert by_client.json()["code"] == 40410000


@pytest.mark.parametrize("refusal", [401, 403])
def test_wrong_keys_are_not_let_in(server: AlpacaServer, api: httpx.Client, refusal: int) -> None:
    """Neither are keys that were right before they were revoked."""
    server.keys.refusal = refusal
    assert httpx.post(f"{server.url}/v2/orders", json=buy("a")).status_code == refusal
    server.keys.secret_key = "another"
    refused = api.post("/orders", json=buy("a"))

    assert refused.status_code == refusal
    assert "authorized" in refused.json()["message"]
    assert not server.orders


def test_key_ids_tell_paper_from_live() -> None:
    """As Alpaca's do."""
    assert AlpacaServer().key_id.startswith("PK")
    assert AlpacaServer(paper=False).key_id.startswith("AK")


# The books


def test_cash_and_positions_follow_fills(server: AlpacaServer, api: httpx.Client) -> None:
    """In truth and in what the API tells, bought and sold, by an order and by hand."""
    api.post("/orders", json=buy("a", "10"))
    server.partially_fill("a", "4", "60.5")
    server.fill("a", None, "61")
    server.trade_outside("KO", "sell", "110", "62")

    assert server.cash == Decimal(100000) - 4 * Decimal("60.5") - 6 * 61 + 110 * 62
    assert server.positions == {}
    assert api.get("/positions").json() == []
    assert Decimal(api.get("/account").json()["cash"]) == server.cash
    assert server.orders["a"].average_price == Decimal("60.8")


def test_the_broker_cannot_be_overspent_or_sold_short(server: AlpacaServer, api: httpx.Client) -> None:
    """Neither by a test's fills nor by taking back what has been used."""
    api.post("/orders", json=buy("a", "1000"))
    with pytest.raises(NotPossible, match="would be paid"):
        server.fill("a", None, "101")
    bought = server.fill("a", None, "60")
    with pytest.raises(NotPossible, match="would be sold"):
        server.trade_outside("KO", "sell", "1101", "60")
    server.trade_outside("KO", "sell", "1100", "60")

    with pytest.raises(NotPossible, match="already gone"):
        server.bust(bought)
    with pytest.raises(NotPossible, match="filled"):
        server.fill("a", "1", "60")
    with pytest.raises(NotPossible):
        server.deposit("-1000000")
    assert server.orders["a"].filled == 1000


def test_a_correction_and_a_bust_change_the_books(server: AlpacaServer, api: httpx.Client) -> None:
    """Only what stands counts, in cash, position, order and activities."""
    api.post("/orders", json=buy("a", "10"))
    first, second = server.fill("a", "4", "60"), server.fill("a", "6", "61")
    corrected = server.correct(second, quantity="5", price="61.5")

    assert server.cash == Decimal(100000) - 4 * 60 - 5 * Decimal("61.5")
    assert server.orders["a"].status == "partially_filled"
    assert server.orders["a"].remaining == 1
    server.bust(first)
    assert server.positions == {"KO": Decimal(105)}
    (row,) = api.get("/account/activities/FILL").json()
    assert (row["id"].split("::")[1], row["qty"], row["cum_qty"]) == (corrected, "5", "5")


def test_auto_fill_fills_at_the_quote_what_can_be_filled(server: AlpacaServer, api: httpx.Client) -> None:
    """A market order at once, a limit when the quote is good enough, an IOC order at once or never."""
    server.auto_fill = True
    answer = api.post("/orders", json=buy("market")).json()
    api.post("/orders", json=buy("limit", type="limit", limit_price="59"))
    api.post("/orders", json=buy("ioc", type="limit", limit_price="59", time_in_force="ioc"))

    assert answer["status"] == "pending_new"
    assert {name: order.status for name, order in server.orders.items()} == {
        "market": "filled",
        "limit": "new",
        "ioc": "canceled",
    }
    server.set_quote("KO", "58.5")
    assert server.orders["limit"].average_price == Decimal("58.5")
    server.accepts_only()
    api.post("/orders", json=buy("rests"))
    assert server.orders["rests"].status == "new"


def test_orders_wait_for_the_market_to_open(server: AlpacaServer, api: httpx.Client) -> None:
    """Accepted, and filled afterwards."""
    server.market_is_open, server.auto_fill = False, True

    assert api.get("/clock").json()["is_open"] is False
    assert api.post("/orders", json=buy("a")).json()["status"] == "accepted"
    server.open_market()
    assert server.orders["a"].status == "filled"


def test_activities_are_paged_by_the_last_id_in_either_direction(
    server: AlpacaServer, api: httpx.Client
) -> None:
    """Each fill once, by path and by query; ids name the time and the execution."""
    for number in range(5):
        server.trade_outside("KO", "buy", "1", f"{60 + number}", silent=True)

    def paged(direction: str) -> list[str]:
        query, prices = {"direction": direction, "page_size": "2"}, []
        for size in (2, 2, 1, 0):
            rows = api.get("/account/activities/FILL", params=query).json()
            assert len(rows) == size
            prices += [each["price"] for each in rows]
            query |= {"page_token": rows[-1]["id"]} if rows else {}
        return prices

    assert paged("asc") == ["60", "61", "62", "63", "64"]
    assert paged("desc") == ["64", "63", "62", "61", "60"]
    rows = api.get("/account/activities", params={"activity_types": "DIV,FILL"}).json()
    after = {"after": rows[2]["transaction_time"], "direction": "asc"}
    assert [each["price"] for each in api.get("/account/activities/FILL", params=after).json()] == [
        "63",
        "64",
    ]
    stamp, execution_id = rows[0]["id"].split("::")
    assert len(stamp) == 17
    day = {"date": f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"}
    assert api.get("/account/activities/FILL", params=day).json()[0]["id"].endswith(execution_id)
    assert api.get("/account/activities/DIV").json() == []


def test_two_accounts_at_once_know_nothing_of_each_other(server: AlpacaServer, api: httpx.Client) -> None:
    """Each server has its own port, keys and books."""
    with AlpacaServer(cash="1") as other, http(other) as its_api:
        api.post("/orders", json=buy("a"))

        assert other.url != server.url
        assert its_api.get("/orders").json() == []
