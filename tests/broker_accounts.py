"""Portfolios and the broker accounts they are given: local Alpacas for play and real money, and keys tried there."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.keys import AlpacaKeys
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.keys import KeysByKind
from adapters.seals.sealing import new_sealing_key
from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.ports.broker import Credentials
from domain.portfolio.events import Environment
from over_http import answered

NEW = {"name": "Mine", "base_currency": "USD"}


@dataclass(frozen=True)
class Alpacas:
    """Alpaca as a house reaches it: one address for play money, one for real money."""

    paper: AlpacaServer
    live: AlpacaServer

    def of(self, environment: Environment) -> AlpacaServer:
        """The one of an environment."""
        return self.live if environment == "live" else self.paper

    def verify(self, environment: Environment, credentials: Credentials) -> str:
        """Ask the one of this environment for the account."""
        keys = AlpacaKeys(Addresses(self.of(environment).url), Lines())
        return keys.verify(environment, credentials)


@contextmanager
def alpacas(house: House, sealing_key: str | None = None) -> Iterator[Alpacas]:
    """Two local Alpacas, and a house that asks them about keys and has a key to seal with."""
    key = SecretStr(sealing_key or new_sealing_key())
    house.sealing_key = lambda: key
    with AlpacaServer() as paper, AlpacaServer(paper=False) as live:
        found = Alpacas(paper, live)
        house.keys = KeysByKind({"alpaca": found.verify})
        yield found


def opened(client: TestClient, **others: Any) -> str:
    """The address of a fresh portfolio."""
    return f"/portfolios/{answered(client.post('/portfolios', json=NEW | others), 201)['id']}"


def wanted(server: AlpacaServer, **others: Any) -> dict[str, Any]:
    """The body that connects a portfolio to a server's account."""
    environment = "paper" if server.key_id.startswith("PK") else "live"
    keys = {"key_id": server.key_id, "secret_key": server.secret_key}
    confirmed = {"confirmation": NEW["name"]} if environment == "live" else {}
    return {"kind": "alpaca", "environment": environment, "credentials": keys} | confirmed | others


def at_once(count: int, do: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """The answers to something that is done several times at the same moment."""
    barrier, answers = threading.Barrier(count), []

    def one(number: int) -> None:
        barrier.wait()
        answers.append(do(number))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
