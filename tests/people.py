"""People who sign in over HTTP, with passwords that are hashed cheaply."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from argon2 import Parameters, Type
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from application.ports.access import Account
from over_http import HERE, answered, configuration

CHEAP = Parameters(Type.ID, version=19, salt_len=16, hash_len=32, time_cost=1, memory_cost=8, parallelism=1)

PASSWORD = "a boat on an even keel"
OWN_PAGE = {"Origin": HERE}


@contextmanager
def guarded(house: House, *, at: str = HERE, **others: Any) -> Iterator[TestClient]:
    """The application where people sign in with a password; nobody has yet."""
    house.password_cost = CHEAP
    app = create_app(house, configuration(auth="password", **others))
    with TestClient(app, base_url=at) as client:
        yield client


def account(house: House, name: str = "Anna", *, is_local: bool = False) -> Account:
    """Somebody who may sign in."""
    house.password_cost = CHEAP
    return house.keep_accounts.add(name, SecretStr(PASSWORD), is_local=is_local)


def another(client: TestClient) -> TestClient:
    """Another browser at the same application."""
    return TestClient(client.app, base_url=str(client.base_url))


def sign_in(client: TestClient, name: str = "Anna", password: str = PASSWORD) -> dict[str, Any]:
    """Sign a browser in, which then asks as our own page does."""
    me = answered(client.post("/auth/login", json={"name": name, "password": password}))
    client.headers["Origin"] = str(client.base_url)
    return me


def token(client: TestClient, scope: str = "trade", **others: Any) -> dict[str, Any]:
    """A token of whoever is signed in, with its secret."""
    wanted = {"name": f"A program that may {scope}", "scope": scope} | others
    return answered(client.post("/auth/tokens", json=wanted), 201)


def bearing(client: TestClient, secret: str) -> TestClient:
    """A program with a token, at the same application."""
    program = another(client)
    program.headers["Authorization"] = f"Bearer {secret}"
    return program
