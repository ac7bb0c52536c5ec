"""What lets people in, and what they are called, is found nowhere that it need not be."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pyotp
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.passwords import Argon2Passwords
from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from broker_accounts import Alpacas, alpacas, wanted
from examples import IN_SESSION
from over_http import SECRET, answered, open_example
from people import account, another, bearing, guarded, sign_in
from planted import doctor, everything_logged, everything_stored, spellings

NAME = "annabella@example.org"
PASSWORD, NEW = "planted password of hers", "planted password, the next"
WRONG = "planted and wrong password"
SEALING_KEY = new_sealing_key()
JSON = {"content-type": "application/json"}


@pytest.fixture
def alpaca(house: House) -> Iterator[Alpacas]:
    """Alpacas to connect, and a key to seal with."""
    with alpacas(house, SEALING_KEY) as found:
        yield found


class MistakenPasswords(Argon2Passwords):
    """A mistake of our own, in the middle of a sign-in."""

    def fits(self, password: str, kept: str | None) -> bool:
        """Fail."""
        raise RuntimeError("a mistake of ours")


def refusals(door: TestClient, house: House, secret: str) -> list[httpx.Response]:
    """What is answered when somebody is refused in every way there is, the last one a mistake of our own."""
    stranger, login = another(door), "/auth/login"
    answers = [
        stranger.post(login, json={"name": NAME, "password": WRONG}),
        stranger.post(login, json={"name": WRONG, "password": {"text": WRONG}}),
        stranger.post(login, json={"name": NAME, "password": WRONG * 20}),
        stranger.post(login, json={"name": NAME, "password": WRONG, "more": WRONG}),
        stranger.post(login, content=f'{{"name":"x","password":"{WRONG}', headers=JSON),
        stranger.post(login, content=f'{{"password":"{WRONG}","password":"{WRONG}"}}', headers=JSON),
        bearing(door, f"{secret}x").get("/portfolios"),
        bearing(door, f"{secret} {secret}").get("/portfolios"),
        stranger.get("/portfolios", headers={"Cookie": f"ballast={secret}"}),
        door.post("/auth/password", json={"password": WRONG, "new_password": WRONG}),
        door.post("/auth/tokens", json={"name": "x", "scope": WRONG}),
    ]
    broken = replace(house.sign_in_by_password, passwords=MistakenPasswords())
    house.__dict__["sign_in_by_password"] = broken
    answers.append(stranger.post(login, json={"name": NAME, "password": PASSWORD}))
    assert not any(answer.is_success for answer in answers)
    assert answers[-1].status_code == 500
    return answers


def exported(door: TestClient, house: House, kind: str, **asked: Any) -> bytes:
    """An export of what the person owns, every file of it."""
    made = answered(door.post("/exports", json={"kind": kind, "format": "csv"} | asked), 202)
    house.execute_run(UUID(made["id"]))
    files = answered(door.get(f"/exports/{made['id']}"))["files"]
    assert files
    return b"\n".join(door.get(f"/exports/{made['id']}/files/{each['name']}").content for each in files)


def test_no_secret_and_no_name_is_found_where_it_need_not_be(
    house: House, alpaca: Alpacas, tmp_path: Path
) -> None:
    house.ledger.clock = lambda: IN_SESSION
    anna = account(house, NAME)
    house.keep_accounts.reset(NAME, SecretStr(PASSWORD))
    with everything_logged() as written, guarded(house) as door:
        sign_in(door, NAME, PASSWORD)
        example = open_example(door)
        made = answered(
            door.post("/auth/tokens", json={"name": "x", "scope": "trade"}, headers={"Idempotency-Key": "t"}),
            201,
        )
        factor = answered(door.post("/auth/second-factor"))["secret"]
        code = pyotp.TOTP(factor).at(IN_SESSION)
        recovery = answered(door.post("/auth/second-factor/confirm", json={"code": code}))["recovery_codes"]
        broker = f"/portfolios/{example.portfolio_id}/broker"
        connected = answered(door.put(broker, json=wanted(alpaca.paper)))
        answered(door.post("/auth/password", json={"password": PASSWORD, "new_password": NEW}))
        program = bearing(door, made["secret"])
        answers = [program.get(each) for each in ("/portfolios", "/events", "/orders", "/exports")]
        answers += [door.get("/openapi.json"), door.get("/metrics/prometheus"), door.get("/auth/tokens")]
        exports = [
            exported(door, house, "events"),
            exported(door, house, "ledger", portfolio_id=example.portfolio_id),
        ]
        cookie = door.cookies["ballast"]
        answers += refusals(door, house, made["secret"])

    said = [answer.content for answer in answers] + exports + [written.getvalue()]
    said.append(doctor(house, tmp_path, SEALING_KEY)[1].encode())
    stored = everything_stored(house)
    assert b'"request"' in written.getvalue(), "the logs were captured"
    assert b"a mistake of ours" in written.getvalue()
    assert anna.user_id.encode() in exports[0], "the export says who, by the id"

    # What Ballast draws or is given, it keeps as hashes or under a seal, and says to nobody.
    secrets = [PASSWORD, NEW, WRONG, made["secret"], made["secret"].removeprefix("ballast_"), cookie, factor]
    secrets += [
        *recovery,
        connected["callback_secret"],
        SECRET,
        SEALING_KEY,
        alpaca.paper.key_id,
        alpaca.paper.secret_key,
    ]
    for secret in secrets:
        for spelt in spellings(secret):
            for place in [*said, stored]:
                assert spelt not in place, (secret, place[:200])
    # A name stands in the account's own row, and nowhere else.
    assert not any(NAME.encode() in place for place in said)
    assert stored.count(NAME.encode()) == 2
    assert json.dumps(NAME).encode() not in stored
