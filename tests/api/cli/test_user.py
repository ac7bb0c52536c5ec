"""``ballast user``: accounts, kept by whoever has the machine."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from adapters.seals.sealing import new_sealing_key
from api.cli.main import app
from api.wiring import House
from broker_accounts import alpacas, opened, wanted
from kills.programs import PATIENCE_SECONDS
from over_http import HERE, answered, refused
from people import PASSWORD, account, another, bearing, guarded, sign_in, token

NEW = "an even keel and a boat"

User = Callable[..., Any]


@pytest.fixture
def user(house: House, tmp_path: Path) -> User:
    """Carries out a command of ``ballast user`` with a password on its standard input, and answers what it says.

    Raises what the program would turn into a sentence and an exit code.
    """
    addresses = {
        "DATABASE_URL": house.database_url,
        "REDIS_URL": house.redis_url,
        "BALLAST_DATA": str(tmp_path),
    }

    def run(*words: str, password: str = PASSWORD) -> Any:
        done = CliRunner().invoke(app, ["user", *words, "--json"], input=f"{password}\n", env=addresses)
        assert password not in done.output
        if done.exception is not None:
            raise done.exception
        return json.loads(done.stdout)

    return run


def test_who_is_added_may_sign_in_and_who_is_reset_signs_in_anew(house: House, user: User) -> None:
    added = user("add", "Anna")

    with guarded(house) as door:
        assert sign_in(door)["id"] == added["id"]
        program = bearing(door, token(door)["secret"])
        answered(program.get("/portfolios"))

        assert user("reset", "anna", password=NEW) == added

        door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed
        refused(door.get("/portfolios"), 401)
        refused(program.get("/portfolios"), 401)
        refused(door.post("/auth/login", json={"name": "Anna", "password": PASSWORD}), 401)
        sign_in(door, password=NEW)


def test_who_is_revoked_signs_in_with_the_same_password(house: House, user: User) -> None:
    account(house)
    with guarded(house) as door:
        sign_in(door)
        program = bearing(door, token(door)["secret"])
        answered(program.get("/portfolios"))

        revoked = user("revoke", "Anna")

        assert (revoked["sign_ins"], revoked["tokens"]) == (1, 1)
        door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed
        for client in (door, program):
            refused(client.get("/portfolios"), 401)
        sign_in(door)


def test_a_pass_makes_a_browser_known_for_who_is_kept_out(
    house: House, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which it tells by an address at the origin that people use; the password is still asked for."""
    key = new_sealing_key()
    monkeypatch.setenv("BALLAST_SEALING_KEY", key)
    monkeypatch.setenv("BALLAST_PUBLIC_URL", HERE)
    house.sealing_key = lambda: SecretStr(key)
    account(house)
    with guarded(house, public_url=HERE) as door:
        wrong = {"name": "Anna", "password": NEW}
        assert [door.post("/auth/login", json=wrong).status_code for _ in range(6)] == [*[401] * 5, 429]

        address = user("pass", "anna")["address"]

        assert address.startswith(f"{HERE}/auth/browser/")
        assert door.get(address, follow_redirects=False).status_code == 303
        refused(door.post("/auth/login", json=wrong), 401)
        sign_in(door)


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (("add", "ANNA"), PASSWORD, "There is an account ANNA already."),
        (("add", "Berta"), "short", "at least 12 characters"),
        (("add", " Berta"), PASSWORD, "A name is 1 to 64 letters"),
        (("add", "Ber\tta"), PASSWORD, "A name is 1 to 64 letters"),
        (("reset", "Berta"), PASSWORD, "There is no account Berta."),
        (("revoke", "Berta"), PASSWORD, "There is no account Berta."),
        (("delete", "Berta"), PASSWORD, "There is no account Berta."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    house: House, user: User, words: tuple[str, ...], password: str, said: str
) -> None:
    anna = account(house)

    with pytest.raises(Exception, match=said):
        user(*words, password=password)

    assert house.accounts.all() == [anna]


def test_a_refusal_ends_the_program_with_a_sentence_and_2(house: House, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "user", "reset", "Berta"],
        env={
            **os.environ,
            "DATABASE_URL": house.database_url,
            "REDIS_URL": house.redis_url,
            "BALLAST_DATA": str(tmp_path),
        },
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ballast: There is no account Berta.\n"


def test_one_account_takes_over_what_was_opened_without_sign_in(user: User) -> None:
    assert user("add", "Anna", "--adopt-local")["id"] == "local"

    with pytest.raises(Exception, match="has an account already"):
        user("add", "Berta", "--adopt-local")

    assert user("list") == [{"id": "local", "name": "Anna"}]


def test_who_is_deleted_leaves_an_id_and_a_frozen_portfolio(house: House, user: User) -> None:
    anna = account(house, "Annabella")
    account(house, "Berta")
    body = {"name": "Hers", "base_currency": "USD"}
    with guarded(house) as door:
        sign_in(door, "Annabella")
        opened = answered(door.post("/portfolios", json=body, headers={"Idempotency-Key": "hers"}), 201)
        program = bearing(door, token(door)["secret"])
        berta = another(door)
        sign_in(berta, "Berta")
        shared = answered(berta.post("/portfolios", json=body), 201)["id"]
        answered(berta.post(f"/portfolios/{shared}/members", json={"user_id": anna.user_id}), 201)

        assert user("delete", "Annabella")["frozen"] == [opened["id"]]

        door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed
        refused(door.get("/portfolios"), 401)
        refused(program.get("/portfolios"), 401)
        refused(door.post("/auth/login", json={"name": "Annabella", "password": PASSWORD}), 401)
    assert [each["name"] for each in user("list")] == ["Berta"]
    assert _tables_with(house, "nnabella") == []
    assert _tables_with(house, anna.user_id) == [
        "portfolio_members",
        "portfolios",
        "stored_events",
        "streams",
    ]


def _tables_with(house: House, text: str) -> list[str]:
    """The tables in which a text stands, wherever."""
    with psycopg.connect(house.database_url) as connection:
        tables = connection.execute(
            "select tablename from pg_tables where schemaname = 'public' order by tablename"
        ).fetchall()
        return [
            table
            for (table,) in tables
            if connection.execute(
                f"select 1 from {table} as told where concat(told, {_bytes(table)}) like %s", (f"%{text}%",)
            ).fetchone()
        ]


def _bytes(table: str) -> str:
    """What an event says is kept as bytes, which would be shown in hexadecimal."""
    return "convert_from(state, 'utf8')" if table == "stored_events" else "''"


def test_who_is_deleted_leaves_no_keys_of_a_broker(house: House, user: User) -> None:
    anna = account(house)
    with guarded(house) as door, alpacas(house) as alpaca:
        sign_in(door)
        address = opened(door)
        answered(door.put(f"{address}/broker", json=wanted(alpaca.paper)))

        user("delete", "Anna")

    assert house.accounts.by_id(anna.user_id) is None
    with psycopg.connect(house.database_url) as connection:
        assert connection.execute("select count(*) from broker_keys").fetchone() == (0,)
