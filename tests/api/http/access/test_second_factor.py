"""The second factor: one-time codes, each once, recovery codes, and being asked again for broker keys."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pyotp
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.seals.sealing import Sealer, new_sealing_key
from api.http.schemas.access import Me, RecoveryCodes, SecondFactorGone, SecondFactorOffered
from api.wiring import House
from domain.access.sign_in import PROOF
from examples import IN_SESSION
from over_http import answered, open_example, refused
from people import PASSWORD, account, another, bearing, guarded, sign_in, token

ANNA = {"name": "Anna", "password": PASSWORD}
KEY = new_sealing_key()


@pytest.fixture
def door(house: House) -> Iterator[TestClient]:
    """The application with sign-in and a sealing key; Anna is signed in."""
    house.sealing_key = lambda: SecretStr(KEY)
    house.ledger.clock = lambda: IN_SESSION
    account(house)
    with guarded(house) as client:
        sign_in(client)
        yield client


def later(house: House, **span: float) -> None:
    """Let time pass since the beginning."""
    house.ledger.clock = lambda: IN_SESSION + timedelta(**span)


def code(house: House, secret: str, steps: int = 0) -> str:
    """What the device shows now, or some half minutes on."""
    return pyotp.TOTP(secret).at(house.ledger.clock(), counter_offset=steps)


def enrolled(house: House, door: TestClient) -> tuple[str, list[str]]:
    """Anna's second factor, confirmed: the device's secret and the recovery codes."""
    offered = SecondFactorOffered.model_validate(answered(door.post("/auth/second-factor")))
    given = {"code": code(house, offered.secret)}
    confirmed = answered(door.post("/auth/second-factor/confirm", json=given))
    return offered.secret, RecoveryCodes.model_validate(confirmed).recovery_codes


def test_nobody_is_asked_for_codes_before_a_first_one_was_right(house: House, door: TestClient) -> None:
    offered = answered(door.post("/auth/second-factor"))
    assert offered["uri"] == f"otpauth://totp/Ballast:Anna?secret={offered['secret']}&issuer=Ballast"
    wrong = {"code": code(house, offered["secret"], 5)}

    refused(door.post("/auth/second-factor/confirm", json=wrong), 401)

    assert sign_in(another(door))["second_factor"] is False


def test_who_has_a_second_factor_signs_in_with_a_code_besides(house: House, door: TestClient) -> None:
    secret, _ = enrolled(house, door)
    phone = another(door)

    asked = phone.post("/auth/login", json=ANNA)
    assert refused(asked, 401)["type"] == "/problems/code-missing"
    assert "set-cookie" not in asked.headers
    wrong = phone.post("/auth/login", json=ANNA | {"code": "000000"})
    assert refused(wrong, 401)["type"] == "/problems/wrong-code"
    me = answered(phone.post("/auth/login", json=ANNA | {"code": code(house, secret, 1)}))

    assert Me.model_validate(me).second_factor
    assert answered(phone.get("/auth/me"))["second_factor"] is True


def test_a_stranger_learns_nothing_of_a_second_factor(house: House, door: TestClient) -> None:
    enrolled(house, door)

    answer = another(door).post("/auth/login", json=ANNA | {"password": "a wrong password"})

    assert refused(answer, 401)["type"] == "/problems/not-signed-in"


def test_a_code_counts_once_and_none_before_it_any_more(house: House, door: TestClient) -> None:
    secret, _ = enrolled(house, door)
    phone = another(door)
    later(house, seconds=30)
    used = {"code": code(house, secret, 1)}

    answered(phone.post("/auth/login", json=ANNA | used))

    refused(phone.post("/auth/login", json=ANNA | used), 401)
    refused(phone.post("/auth/login", json=ANNA | {"code": code(house, secret)}), 401)


def test_of_many_who_use_one_code_at_once_one_comes_in(house: House, door: TestClient) -> None:
    secret, _ = enrolled(house, door)
    anna = house.accounts.by_name("Anna")
    assert anna is not None
    step = house.second_factor.codes.step(SecretStr(secret), code(house, secret, 1), IN_SESSION)
    assert step is not None

    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda _: house.second_factors.use(anna.user_id, step), range(16)))

    assert used.count(True) == 1


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 200), (0, 200), (1, 200), (2, 401)])
def test_a_clock_may_be_half_a_minute_off(house: House, door: TestClient, steps: int, status: int) -> None:
    secret, _ = enrolled(house, door)
    later(house, minutes=2)

    answer = another(door).post("/auth/login", json=ANNA | {"code": code(house, secret, steps)})

    assert answer.status_code == status


@pytest.mark.parametrize("odd", ["１２３４５６", "12345 6", "-12345", "1234567", "abcdef"])
def test_what_is_no_code_is_wrong(house: House, door: TestClient, odd: str) -> None:
    enrolled(house, door)

    refused(another(door).post("/auth/login", json=ANNA | {"code": odd}), 401)


def test_a_recovery_code_counts_once_however_it_is_typed(house: House, door: TestClient) -> None:
    _, recovery = enrolled(house, door)
    assert len(set(recovery)) == 10
    phone = another(door)
    typed = {"code": f" {recovery[3].replace('-', ' ').upper()}"}

    answered(phone.post("/auth/login", json=ANNA | typed))

    refused(phone.post("/auth/login", json=ANNA | typed), 401)
    renewed = answered(door.post("/auth/second-factor/recovery-codes"))["recovery_codes"]
    refused(phone.post("/auth/login", json=ANNA | {"code": recovery[4]}), 401)
    answered(phone.post("/auth/login", json=ANNA | {"code": renewed[4]}))


def test_anothers_recovery_code_lets_nobody_in(house: House, door: TestClient) -> None:
    _, recovery = enrolled(house, door)
    account(house, "Berta")
    berta = another(door)
    sign_in(berta, "Berta")
    _, hers = enrolled(house, berta)
    wanted = {"name": "Berta", "password": PASSWORD}

    refused(another(door).post("/auth/login", json=wanted | {"code": recovery[0]}), 401)

    answered(another(door).post("/auth/login", json=wanted | {"code": hers[0]}))
    answered(another(door).post("/auth/login", json=ANNA | {"code": recovery[0]}))


def test_thirty_wrong_codes_a_day_and_no_more(house: House, door: TestClient) -> None:
    secret, _ = enrolled(house, door)
    anna = house.accounts.by_name("Anna")
    assert anna is not None
    for _ in range(30):
        assert house.tries.take_code(anna.user_id) is None

    refused(another(door).post("/auth/login", json=ANNA | {"code": code(house, secret, 1)}), 429)

    house.tries.forgive_codes(anna.user_id)
    answered(another(door).post("/auth/login", json=ANNA | {"code": code(house, secret, 1)}))


def test_wrong_codes_within_a_sign_in_run_out_there_and_nowhere_else(house: House, door: TestClient) -> None:
    """Nor does whoever knows the password keep her from proving who she is in a sign-in of hers."""
    secret, _ = enrolled(house, door)
    wrong = {"code": "000000" if code(house, secret) != "000000" else "000001"}
    statuses = [door.post("/auth/proof", json=wrong).status_code for _ in range(31)]
    assert statuses == [401] * 30 + [429]

    phone = another(door)
    answered(phone.post("/auth/login", json=ANNA | {"code": code(house, secret, 1)}))
    phone.headers["Origin"] = str(phone.base_url)
    later(house, seconds=30)
    answered(phone.post("/auth/proof", json={"code": code(house, secret, 1)}))


def test_the_secret_lies_sealed_and_codes_as_hashes(house: House, door: TestClient) -> None:
    secret, recovery = enrolled(house, door)

    with psycopg.connect(house.database_url) as connection:
        rows = connection.execute("select sealed from second_factors").fetchall()
        rows += connection.execute("select code_hash from recovery_codes").fetchall()
    stored = b"\n".join(row[0] for row in rows)
    assert len(rows) == 11
    assert secret.encode() not in stored
    assert not any(each.encode() in stored or each.replace("-", "").encode() in stored for each in recovery)


def test_a_newer_sealing_key_seals_it_anew(house: House, door: TestClient) -> None:
    secret, _ = enrolled(house, door)
    newer = new_sealing_key()
    house.sealing_key = lambda: SecretStr(f"{newer} {KEY}")

    assert house.second_factors.reseal() == 1

    house.sealing_key = lambda: SecretStr(newer)
    assert Sealer(SecretStr(newer)).ids
    answered(another(door).post("/auth/login", json=ANNA | {"code": code(house, secret, 1)}))


def test_there_is_one_second_factor_until_it_is_removed(house: House, door: TestClient) -> None:
    enrolled(house, door)

    refused(door.post("/auth/second-factor"), 409)
    refused(door.post("/auth/second-factor/confirm", json={"code": "123456"}), 409)
    gone = SecondFactorGone.model_validate(answered(door.delete("/auth/second-factor")))

    assert gone.removed
    sign_in(another(door))


def test_who_lost_the_device_is_helped_by_who_keeps_the_machine(house: House, door: TestClient) -> None:
    enrolled(house, door)

    house.keep_accounts.reset("Anna", SecretStr(PASSWORD), second_factor=True)

    sign_in(another(door))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/auth/second-factor"),
        ("DELETE", "/auth/second-factor"),
        ("POST", "/auth/second-factor/recovery-codes"),
        ("PUT", "/portfolios/{portfolio}/broker"),
        ("POST", "/portfolios/{portfolio}/broker/callback-secret"),
        ("POST", "/auth/tokens"),
    ],
)
def test_what_wants_the_person_asks_again_after_five_minutes(
    house: House, door: TestClient, method: str, address: str
) -> None:
    example = open_example(door)
    asked = method, address.format(portfolio=example.portfolio_id)
    body: dict[str, Any] = {"json": {"kind": "paper"}} if method == "PUT" else {}
    if address == "/auth/tokens":
        body = {"json": {"name": "A script", "scope": "read"}}
    house.ledger.clock = lambda: IN_SESSION + PROOF

    assert refused(door.request(*asked, **body), 403)["type"] == "/problems/proof-required"
    refused(door.post("/auth/proof", json={"password": "a wrong password"}), 401)
    refused(door.post("/auth/proof", json={}), 422)
    refused(door.request(*asked, **body), 403)

    answered(door.post("/auth/proof", json={"password": PASSWORD}))
    assert door.request(*asked, **body).status_code in (200, 201, 409)


def test_who_has_a_second_factor_proves_it_by_a_code_and_not_by_the_password(
    house: House, door: TestClient
) -> None:
    example = open_example(door)
    secret, _ = enrolled(house, door)
    broker = f"/portfolios/{example.portfolio_id}/broker"
    house.ledger.clock = lambda: IN_SESSION + PROOF

    refused(door.post("/auth/proof", json={"password": PASSWORD}), 401)
    refused(door.put(broker, json={"kind": "paper"}), 403)
    until = answered(door.post("/auth/proof", json={"code": code(house, secret)}))["proven_until"]

    assert until == "2026-11-20T16:10:00.000000Z"
    answered(door.put(broker, json={"kind": "paper"}))


def test_a_token_never_stands_in_for_the_person(door: TestClient) -> None:
    example = open_example(door)
    program = bearing(door, token(door)["secret"])

    answer = program.put(f"/portfolios/{example.portfolio_id}/broker", json={"kind": "paper"})

    assert refused(answer, 403)["type"] == "/problems/sign-in-required"
