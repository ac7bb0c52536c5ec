"""The local Alpaca's stream, proven with Alpaca's own SDK and with a plain websocket."""

from decimal import Decimal

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from alpaca_server.clients import PATIENCE_SECONDS, buy, events, hear, listener, say, sdk_updates
from alpaca_server.server import AlpacaServer

pytestmark = pytest.mark.filterwarnings("ignore:websockets.legacy is deprecated:DeprecationWarning")

MANY_DIGITS = "60.123456789012345678"


def test_the_sdk_receives_the_life_of_an_order_as_its_model(server: AlpacaServer, api: httpx.Client) -> None:
    """From acceptance to the last fill, with what was executed at which price."""
    with sdk_updates(server) as updates:
        api.post("/orders", json=buy("a", "10"))
        server.partially_fill("a", "4", "60.5")
        server.fill("a", None, "61")
        received = [updates.get(timeout=PATIENCE_SECONDS) for _ in range(4)]

    assert [each.event for each in received] == ["pending_new", "new", "partial_fill", "fill"]
    assert [each.order.status.value for each in received] == [
        "pending_new",
        "new",
        "partially_filled",
        "filled",
    ]
    assert (received[2].qty, received[2].price, received[2].position_qty) == (4, 60.5, 104)
    assert received[3].order.filled_avg_price == "60.8"


def test_the_sdk_receives_every_event_raw(server: AlpacaServer, api: httpx.Client) -> None:
    """Those of the broker and of the exchange, and one that nobody knows."""
    told = ("suspended", "restated", "pending_cancel", "done_for_day", "never_heard_of", "replaced")
    with sdk_updates(server, raw=True) as updates:
        api.post("/orders", json=buy("a", "10"))
        first = server.fill("a", "4", "60.5")
        second = server.correct(first, quantity="5", price="60.25")
        server.bust(second)
        for event in told:
            server.event("a", event, note="why")
        received = [updates.get(timeout=PATIENCE_SECONDS)["data"] for _ in range(5 + len(told))]

    assert [each["event"] for each in received[3:]] == ["trade_correct", "trade_bust", *told]
    corrected, busted = received[3], received[4]
    assert (corrected["previous_execution_id"], corrected["execution_id"]) == (first, second)
    assert (corrected["qty"], corrected["price"], corrected["position_qty"]) == ("5", "60.25", "105")
    assert (busted["previous_execution_id"], busted["position_qty"]) == (second, "100")
    assert busted["execution_id"] not in {first, second}
    assert received[-1]["note"] == "why"
    assert received[-1]["order"]["replaced_at"]


def test_the_sdk_comes_back_after_the_line_is_cut(server: AlpacaServer) -> None:
    """And receives nothing of what was told meanwhile."""
    with sdk_updates(server, raw=True) as updates:
        server.stream.disconnect()
        server.wait_for_listeners(0)
        server.trade_outside("KO", "buy", "1", "60")
        server.wait_for_listeners(1)
        server.trade_outside("KO", "buy", "1", "61")

        assert updates.get(timeout=PATIENCE_SECONDS)["data"]["price"] == "61"


def test_wrong_keys_hear_nothing(server: AlpacaServer) -> None:
    """They are told that they are unauthorized, whatever they ask for."""
    with connect(server.stream_url) as line:
        say(line, "authenticate", {"key_id": server.key_id, "secret_key": "wrong"})
        assert hear(line)["data"] == {"status": "unauthorized", "action": "authenticate"}
        say(line, "listen", {"streams": ["trade_updates"]})
        assert hear(line)["data"] == {"status": "unauthorized", "action": "listen"}
        assert server.stream.listeners == 0


def test_prices_are_strings_and_on_demand_numbers_with_all_digits(server: AlpacaServer) -> None:
    """An adapter that goes through floats loses digits then."""
    with listener(server) as line:
        server.trade_outside("KO", "buy", "0.000000001", MANY_DIGITS)
        server.numbers_as_json = True
        server.trade_outside("KO", "buy", "0.000000001", MANY_DIGITS)

        assert hear(line)["data"]["price"] == MANY_DIGITS
        number = hear(line)["data"]["price"]
        assert (number, Decimal(str(float(number))) == number) == (Decimal(MANY_DIGITS), False)


@pytest.mark.parametrize(("paper", "kind"), [(True, bytes), (False, str)], ids=["paper", "live"])
def test_paper_accounts_send_binary_frames_and_live_ones_text(paper: bool, kind: type) -> None:
    """As the real ones do."""
    with AlpacaServer(positions={"KO": "1"}, paper=paper) as server, listener(server) as line:
        server.trade_outside("KO", "sell", "1", "60")
        assert isinstance(line.recv(PATIENCE_SECONDS), kind)


def test_what_happens_silently_is_in_the_books_and_not_in_the_stream(
    server: AlpacaServer, api: httpx.Client
) -> None:
    """A fill, a cancellation, and a trade by hand."""
    with listener(server) as line:
        api.post("/orders", json=buy("a"))
        server.fill("a", "4", "60", silent=True)
        server.trade_outside("KO", "sell", "1", "60", silent=True)
        server.cancel("a", silent=True)
        server.trade_outside("KO", "sell", "1", "59")

        assert events(line, 2) == [("pending_new", "a"), ("new", "a")]
        assert hear(line)["data"]["price"] == "59"
    assert server.orders["a"].status == "canceled"
    assert server.positions == {"KO": 102}


def test_dropped_updates_never_arrive(server: AlpacaServer, api: httpx.Client) -> None:
    """Only as many as were to be dropped."""
    with listener(server) as line:
        server.stream.drop(2)
        api.post("/orders", json=buy("a"))
        server.fill("a", None, "60")

        assert events(line, 1) == [("fill", "a")]


def test_duplicated_updates_arrive_twice(server: AlpacaServer) -> None:
    """With the same execution."""
    with listener(server) as line:
        server.stream.duplicate()
        server.trade_outside("KO", "buy", "1", "60")
        server.trade_outside("KO", "buy", "1", "61")
        once, twice, other = (hear(line)["data"] for _ in range(3))

        assert once == twice
        assert other["price"] == "61"


def test_reordered_updates_arrive_complete_in_an_order_that_the_seed_decides(api: httpx.Client) -> None:
    """The same again for the same seed, and never the true one."""
    true = [("pending_new", "a"), ("new", "a"), ("partial_fill", "a"), ("fill", "a")]

    def run(seed: int) -> list[tuple[str, str]]:
        with AlpacaServer() as server, listener(server) as line:
            server.stream.reorder(len(true), seed=seed)
            headers = {"APCA-API-KEY-ID": server.key_id, "APCA-API-SECRET-KEY": server.secret_key}
            api.post(f"{server.url}/v2/orders", json=buy("a"), headers=headers)
            server.fill("a", "4", "60")
            server.fill("a", None, "60")
            return events(line, len(true))

    assert run(1) == run(1) != true
    assert sorted(run(2)) == sorted(true)


def test_held_updates_arrive_when_they_are_released(server: AlpacaServer) -> None:
    """In their order, before what comes afterwards."""
    with listener(server) as line:
        server.stream.hold()
        server.trade_outside("KO", "buy", "1", "60")
        server.trade_outside("KO", "buy", "1", "61")
        with pytest.raises(TimeoutError):
            line.recv(0.05)
        server.stream.release()
        server.trade_outside("KO", "buy", "1", "62")

        assert [hear(line)["data"]["price"] for _ in range(3)] == ["60", "61", "62"]


def test_a_delayed_update_is_overtaken(server: AlpacaServer) -> None:
    """By the next one that is not delayed."""
    with listener(server) as line:
        server.stream.delay(0.5)
        server.trade_outside("KO", "buy", "1", "60")
        server.trade_outside("KO", "buy", "1", "61")

        assert [hear(line)["data"]["price"] for _ in range(2)] == ["61", "60"]


def test_a_cut_line_carries_what_was_told_before(server: AlpacaServer) -> None:
    """And then ends without a farewell."""
    with listener(server) as line:
        server.trade_outside("KO", "buy", "1", "60")
        server.stream.disconnect()

        assert hear(line)["data"]["event"] == "fill"
        with pytest.raises(ConnectionClosed) as closed:
            hear(line)
        assert closed.value.rcvd is None


def test_connections_are_refused_for_a_while(server: AlpacaServer) -> None:
    """As often as was said, with the status that was said."""
    server.stream.refuse(2, status=429)
    for _ in range(2):
        with pytest.raises(InvalidStatus, match="429"):
            connect(server.stream_url)

    with pytest.raises(InvalidStatus, match="404"):
        connect(server.stream_url + "s")
    with listener(server):
        assert server.stream.attempts == 3
