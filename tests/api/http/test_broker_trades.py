"""Orders leave with the keys that were kept, once the broker's books agree."""

from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.brokers.alpaca.addresses import Addresses
from adapters.sealing import new_sealing_key
from alpaca_server.server import AlpacaServer
from api.wiring import House
from broker_accounts import wanted
from examples import eventually
from over_http import answered, open_example


def test_an_order_leaves_with_the_keys_that_were_kept(live: TestClient, running: House) -> None:
    key = SecretStr(new_sealing_key())
    running.sealing_key = lambda: key
    with AlpacaServer(cash="100000", positions={"KO": "100"}, quotes={"KO": "97"}) as alpaca:
        running.alpaca_addresses = Addresses(alpaca.url, alpaca.stream_url)
        example = open_example(live)
        address = f"/portfolios/{example.portfolio_id}"
        answered(live.put(f"{address}/broker", json=wanted(alpaca)))

        def reconciled() -> bool:
            items = answered(live.get("/events", params={"portfolio_id": example.portfolio_id}))["items"]
            return any(each["type"] == "portfolio.reconciled" for each in items)

        eventually(reconciled)
        decided = example.evaluate(price="97.00")
        assert decided["outcome"] == "trade"
        eventually(lambda: alpaca.requests_to("POST", "/v2/orders"))

        (sent,) = alpaca.requests_to("POST", "/v2/orders")
        assert sent.headers["apca-api-key-id"] == alpaca.key_id
        assert sent.headers["apca-api-secret-key"] == alpaca.secret_key
        eventually(lambda: answered(live.get(f"/orders/{decided['order_id']}"))["status"] == "working")
