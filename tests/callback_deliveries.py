"""Deliveries of callbacks: what brokers say, signed, one by one or very many at the same moment."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from api.http.app import create_app
from api.wiring import House
from examples import eventually
from over_http import AT, Example, answered, configuration, open_example, signed

ADDRESS = "/orders/callback"
CONNECTIONS = 64
PATIENCE_SECONDS = 120.0


def fill(example: Example, **other: Any) -> str:
    """A broker's report that the order was filled whole at 97.02."""
    said = {
        "broker": "paper",
        "account": "paper",
        "client_order_id": f"{example.position_id}|{AT}|BUY",
        "broker_order_id": "1",
        "event": "fill",
        "execution_id": "e-1",
        "revision": 1,
        "quantity": "52",
        "price": "97.02",
        "commission": "0.50",
        "at": AT,
    }
    return json.dumps(said | other)


def deliver(client: httpx.Client, body: str, address: str = ADDRESS, **signing: Any) -> httpx.Response:
    """Post a signed delivery."""
    return client.post(address, content=body, headers=signed(body, **signing))


def ordered(client: httpx.Client, **opening: Any) -> Example:
    """The example with an order to buy 52 that its broker has accepted, without any worker."""
    example = open_example(client, broker={"auto_fill": False}, **opening)
    example.evaluate(price="97.00")
    accepted = fill(example, event="accepted", execution_id=None, quantity=None, price=None, commission=None)
    assert answered(deliver(client, accepted)) == {"status": "booked"}
    return example


def alerts(house: House) -> list[tuple[str, str | None, str | None]]:
    """The alerts that are open, with portfolio and listing, oldest first."""
    with house.pool.connection() as connection:
        rows = connection.execute(
            "select rule, portfolio_id::text, listing_id::text from alerts a where not exists"
            " (select from alerts_resolved r where r.alert_id = a.alert_id) order by event_number"
        ).fetchall()
    return [(row["rule"], row["portfolio_id"], row["listing_id"]) for row in rows]


def rows(house: House, query: str) -> list[dict[str, Any]]:
    """What a query finds."""
    with house.pool.connection() as connection:
        return connection.execute(query.encode()).fetchall()


@contextmanager
def served(house: House) -> Iterator[str]:
    """The address of a real server on a house, in a thread."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    app = create_app(house, configuration())
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def deliver_at_once(url: str, bodies: Sequence[str], webhook_id: str | None = None) -> list[httpx.Response]:
    """The answers to deliveries that are all made at the same moment, each signed under an id of its own or one."""
    headers = [signed(body, webhook_id=webhook_id) for body in bodies]

    async def all_of_them() -> list[httpx.Response]:
        # The client's own queue for connections takes longer than the server: none waits in it.
        free = asyncio.Semaphore(CONNECTIONS)
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client:

            async def post(body: str, head: dict[str, str]) -> httpx.Response:
                async with free:
                    return await client.post(ADDRESS, content=body, headers=head)

            return await asyncio.gather(*map(post, bodies, headers))

    return asyncio.run(all_of_them())
