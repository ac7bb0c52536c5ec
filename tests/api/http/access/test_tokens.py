"""Personal tokens: made once, shown once, over when they say so or sooner."""

from datetime import timedelta

import psycopg
from starlette.testclient import TestClient

from api.http.schemas.access import Token
from api.wiring import House
from domain.access.token import TOKENS_MAX
from examples import IN_SESSION
from over_http import answered, fields, refused
from people import account, another, bearing, sign_in, token

KEY = {"Idempotency-Key": "make-me-a-token"}
WANTED = {"name": "A script", "scope": "trade"}


def test_a_secret_is_told_once_and_kept_as_a_hash(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)

    made = answered(door.post("/auth/tokens", json=WANTED, headers=KEY), 201)
    again = answered(door.post("/auth/tokens", json=WANTED, headers=KEY), 201)

    Token.model_validate(made)
    assert made["secret"].startswith("ballast_")
    assert len(made["secret"]) > 50
    assert again == made | {"secret": None}
    assert answered(door.get("/auth/tokens"))["items"] == [made | {"secret": None}]
    with psycopg.connect(house.database_url) as connection:
        for table in ("personal_tokens", "receipts"):
            for (row,) in connection.execute(f"select told::text from {table} told"):
                assert made["secret"][8:] not in row


def test_a_token_is_over_at_its_end(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    made = token(door, expires_in_days=1)
    program = bearing(door, made["secret"])
    house.ledger.clock = lambda: IN_SESSION + timedelta(days=1, seconds=-1)
    answered(program.get("/portfolios"))

    house.ledger.clock = lambda: IN_SESSION + timedelta(days=1)
    door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed

    answer = program.get("/portfolios")
    refused(answer, 401)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_token_that_was_removed_is_over_at_once(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    made = token(door)
    program = bearing(door, made["secret"])
    answered(program.get("/portfolios"))

    assert answered(door.delete(f"/auth/tokens/{made['id']}")) == {"id": made["id"]}

    refused(program.get("/portfolios"), 401)
    refused(door.delete(f"/auth/tokens/{made['id']}"), 404)
    assert answered(door.get("/auth/tokens"))["items"] == []


def test_when_a_token_was_used_last_is_known_to_the_minute(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    program = bearing(door, token(door)["secret"])
    answered(program.get("/portfolios"))

    (known,) = answered(door.get("/auth/tokens"))["items"]

    assert known["last_used_at"] == known["made_at"]


def test_another_persons_token_is_not_there(house: House, door: TestClient) -> None:
    account(house)
    account(house, "Berta")
    sign_in(door)
    made = token(door)
    other = another(door)
    sign_in(other, "Berta")

    refused(other.delete(f"/auth/tokens/{made['id']}"), 404)
    assert answered(other.get("/auth/tokens"))["items"] == []
    assert len(answered(door.get("/auth/tokens"))["items"]) == 1


def test_a_token_makes_no_token_and_signs_nobody_out(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    program = bearing(door, token(door)["secret"])

    for answer in (
        program.post("/auth/tokens", json=WANTED),
        program.post("/auth/logout", json={"everywhere": True}),
        program.post("/auth/password", json={"password": "x", "new_password": "y"}),
        program.post("/auth/proof", json={"password": "x"}),
    ):
        assert refused(answer, 403)["type"] == "/problems/sign-in-required"


def test_a_token_is_no_cookie_and_a_cookie_no_token(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    secret = token(door)["secret"]

    refused(another(door).get("/portfolios", headers={"Cookie": f"ballast={secret}"}), 401)
    refused(bearing(door, door.cookies["ballast"]).get("/portfolios"), 401)


def test_a_bad_token_is_refused_though_the_cookie_is_good(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)

    for authorization in ("Bearer nonsense", "Bearer", "Basic QW5uYTp4", "nonsense"):
        refused(door.get("/portfolios", headers={"Authorization": authorization}), 401)


def test_a_good_token_comes_as_a_bearer_and_in_no_other_way(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    secret, program = token(door)["secret"], another(door)

    for authorization in (f"Basic {secret}", f"Token {secret}", secret):
        refused(program.get("/portfolios", headers={"Authorization": authorization}), 401)
    for authorization in (f"Bearer {secret}", f"bearer  {secret} "):
        answered(program.get("/portfolios", headers={"Authorization": authorization}))


def test_what_a_token_can_be(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)

    assert fields(door.post("/auth/tokens", json=WANTED | {"scope": "admin"})) == ["scope"]
    assert fields(door.post("/auth/tokens", json=WANTED | {"expires_in_days": 0})) == ["expires_in_days"]
    assert fields(door.post("/auth/tokens", json=WANTED | {"expires_in_days": 367})) == ["expires_in_days"]
    for _ in range(TOKENS_MAX):
        token(door, "read")
    refused(door.post("/auth/tokens", json=WANTED), 409)
