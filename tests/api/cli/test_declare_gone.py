"""``ballast declare-gone``: a restored Ballast that waits for an account which is no more."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from adapters.seals.sealing import new_sealing_key
from api.cli.main import app
from api.http.app import create_app
from api.wiring import House
from broker_accounts import Alpacas, alpacas, opened, wanted
from domain.refusals import Conflict
from examples import IN_SESSION
from over_http import HERE, answered, configuration, refused


@pytest.fixture
def alpaca(house: House) -> Iterator[Alpacas]:
    with alpacas(house, new_sealing_key()) as found:
        yield found


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """The application at this machine."""
    house.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        yield client


def run(house: House, tmp_path: Path, *words: str, typed: str = "") -> Any:
    """Carry out the command, and answer what it says. Raises what the program would turn into an exit code."""
    addresses = {
        "DATABASE_URL": house.database_url,
        "REDIS_URL": house.redis_url,
        "BALLAST_DATA": str(tmp_path),
    }
    done = CliRunner().invoke(app, ["declare-gone", *words], input=typed, env=addresses)
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_who_keeps_the_machine_gives_the_account_up_and_commands_are_taken_again(
    client: TestClient, house: House, alpaca: Alpacas, tmp_path: Path
) -> None:
    """Reason and name are asked for; the keys are erased; nothing arms the portfolio any more."""
    address = opened(client)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    name, portfolio_id = answered(client.get(address))["name"], address.rpartition("/")[2]
    with psycopg.connect(house.database_url) as connection:
        assert connection.execute("select count(*) from broker_keys").fetchone() == (1,)
        connection.execute(
            "insert into restorations (restored_at, verified_at, file) values (%s, %s, 'a.dump')",
            (IN_SESSION, IN_SESSION),
        )
    house.restored.over = False
    refused(client.post(f"{address}/cash", json={"kind": "deposit", "amount": "1"}), 503)

    said = run(house, tmp_path, portfolio_id, typed=f"It was closed in May.\n{name}\n")

    assert "this Ballast acts again" in said
    answered(client.post(f"{address}/cash", json={"kind": "deposit", "amount": "1"}))
    with psycopg.connect(house.database_url) as connection:
        assert connection.execute("select count(*) from broker_keys").fetchone() == (0,)
    card = answered(client.get(address))
    assert card["broker"]["kind"] == "paper"
    assert "It was closed in May." in json.dumps(card)
    for refusal in (
        client.post(f"{address}/unfreeze", json={"reason": "I have looked."}),
        client.put(f"{address}/broker", json=wanted(alpaca.paper)),
    ):
        assert "declared gone" in refused(refusal, 409)["detail"]
    with pytest.raises(Conflict):
        run(house, tmp_path, portfolio_id, "--reason", "Again.", "--confirm", name)
