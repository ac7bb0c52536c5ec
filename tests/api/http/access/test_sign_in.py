"""Sign in with a password, sign out, and what ends a sign-in besides."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from starlette.testclient import TestClient

from adapters.passwords import Argon2Passwords
from api.http.schemas.access import Me
from api.http.site import address_of
from api.wiring import House
from domain.access.sign_in import IDLE, LASTING
from examples import IN_SESSION
from over_http import answered, fields, refused
from people import CHEAP, PASSWORD, account, another, guarded, sign_in

WRONG = {"name": "Anna", "password": "a boat on an even kee1"}


def later(house: House, span: timedelta) -> None:
    """Let time pass."""
    house.ledger.clock = lambda: IN_SESSION + span


def test_nobody_is_told_how_one_signs_in_here(door: TestClient) -> None:
    answer = door.get("/auth/me")

    assert refused(answer, 401)["auth"] == "password"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_who_signs_in_is_known_until_they_sign_out(house: House, door: TestClient) -> None:
    anna = account(house)

    me = sign_in(door)
    assert (me["auth"], me["id"], me["name"], me["via"]) == ("password", anna.user_id, "Anna", "sign_in")
    assert Me.model_validate(answered(door.get("/auth/me"))) == Me.model_validate(me)
    assert answered(door.get("/portfolios"))["items"] == []

    cookie = dict(door.cookies)
    assert answered(door.post("/auth/logout")) == {"ended": 1}
    assert dict(door.cookies) == {}
    refused(door.get("/portfolios", headers={"Cookie": f"ballast={cookie['ballast']}"}), 401)


def test_a_stranger_and_a_wrong_password_are_answered_alike(house: House, door: TestClient) -> None:
    account(house)

    wrong = door.post("/auth/login", json=WRONG)
    stranger = door.post("/auth/login", json=WRONG | {"name": "Berta"})

    assert refused(wrong, 401) == refused(stranger, 401)
    assert "set-cookie" not in wrong.headers


def test_after_five_wrong_tries_the_right_password_waits_too(house: House, door: TestClient) -> None:
    account(house)
    for _ in range(5):
        refused(door.post("/auth/login", json=WRONG), 401)

    answer = door.post("/auth/login", json=WRONG | {"password": PASSWORD})

    assert refused(answer, 429)["type"] == "/problems/too-many-requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_a_name_that_nobody_has_waits_just_the_same(door: TestClient) -> None:
    statuses = [door.post("/auth/login", json=WRONG).status_code for _ in range(6)]

    assert statuses == [401] * 5 + [429]


def test_a_browser_keeps_the_cookie_from_scripts_and_other_sites(house: House, door: TestClient) -> None:
    account(house)

    cookie = door.post("/auth/login", json=WRONG | {"password": PASSWORD}).headers["set-cookie"]

    assert cookie.startswith("ballast=")
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


@pytest.mark.parametrize(
    ("at", "public_url"),
    [
        ("http://ballast.example.org", None),
        ("https://127.0.0.1:8000", None),
        ("http://127.0.0.1:8000", "https://ballast.example.org"),
    ],
)
def test_beyond_this_machine_the_cookie_goes_over_tls_only(
    house: House, at: str, public_url: str | None
) -> None:
    account(house)
    with guarded(house, at=at, public_url=public_url) as client:
        answer = client.post("/auth/login", json=WRONG | {"password": PASSWORD})

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-ballast=")
    assert "Secure" in cookie.split("; ")
    assert "domain" not in cookie.lower()


def test_a_secret_is_kept_as_a_hash_and_another_one_each_time(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    first = door.cookies["ballast"]
    sign_in(another(door))

    with psycopg.connect(house.database_url) as connection:
        rows = connection.execute("select secret_hash from sign_ins").fetchall()
    assert len({row[0] for row in rows}) == 2
    assert first.encode() not in b"".join(row[0] for row in rows)
    assert len(first) >= 43


def test_signing_in_again_ends_what_the_browser_had(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    before = door.cookies["ballast"]

    sign_in(door)

    assert door.cookies["ballast"] != before
    refused(another(door).get("/auth/me", headers={"Cookie": f"ballast={before}"}), 401)


def test_a_sign_in_that_nobody_uses_ends(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)

    later(house, IDLE - timedelta(minutes=1))
    door.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed
    answered(door.get("/auth/me"))
    later(house, 2 * IDLE - timedelta(minutes=2))
    door.app.state.callers.forget()  # type: ignore[attr-defined]
    answered(door.get("/auth/me"))
    later(house, 3 * IDLE)
    door.app.state.callers.forget()  # type: ignore[attr-defined]

    refused(door.get("/auth/me"), 401)


def test_a_sign_in_ends_after_a_week_however_much_it_is_used(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    for hours in range(0, 7 * 24, 11):
        later(house, timedelta(hours=hours))
        door.app.state.callers.forget()  # type: ignore[attr-defined]
        answered(door.get("/auth/me"))

    later(house, LASTING)
    door.app.state.callers.forget()  # type: ignore[attr-defined]

    refused(door.get("/auth/me"), 401)


def test_sign_ins_that_are_over_are_forgotten_when_somebody_signs_in(house: House, door: TestClient) -> None:
    """Nobody's past piles up; those that only nobody uses wait for the end of their week."""
    account(house)
    account(house, "Berta")
    sign_in(door)
    later(house, LASTING - timedelta(seconds=1))
    sign_in(another(door), "Berta")
    assert kept(house) == 2
    later(house, LASTING)

    sign_in(another(door), "Berta")

    assert kept(house) == 2


def kept(house: House) -> int:
    """How many sign-ins there are, over or not."""
    with psycopg.connect(house.database_url) as connection:
        return connection.execute("select from sign_ins").rowcount


def test_signing_out_everywhere_ends_every_sign_in_at_once(house: House, door: TestClient) -> None:
    account(house)
    phone = another(door)
    sign_in(door)
    sign_in(phone)
    answered(phone.get("/auth/me"))

    assert answered(door.post("/auth/logout", json={"everywhere": True})) == {"ended": 2}

    refused(phone.get("/auth/me"), 401)


def test_another_password_ends_every_other_sign_in(house: House, door: TestClient) -> None:
    account(house)
    phone = another(door)
    sign_in(phone)
    sign_in(door)
    new = "an even keel and a boat"

    refused(door.post("/auth/password", json={"password": new, "new_password": new}), 401)
    assert fields(door.post("/auth/password", json={"password": PASSWORD, "new_password": "short"})) == [
        "new_password"
    ]
    answered(door.post("/auth/password", json={"password": PASSWORD, "new_password": new}))

    answered(door.get("/auth/me"))
    refused(phone.get("/auth/me"), 401)
    refused(phone.post("/auth/login", json={"name": "Anna", "password": PASSWORD}), 401)
    sign_in(phone, password=new)


def test_a_password_hashed_at_another_cost_is_hashed_anew(house: House, door: TestClient) -> None:
    account(house)
    dear = Argon2Passwords(replace(CHEAP, time_cost=2))
    house.accounts.set_password(account(house, "Berta").user_id, dear.hash(PASSWORD))

    sign_in(door, "Berta")

    berta = house.accounts.by_name("Berta")
    assert berta is not None
    assert ",t=1," in (berta.password_hash or "")
    sign_in(door, "Berta")


def test_in_open_mode_the_person_at_this_machine_needs_no_account(client: TestClient) -> None:
    me = answered(client.get("/auth/me"))

    assert (me["auth"], me["id"], me["via"], me["ends_at"]) == ("open", "local", "machine", None)
    refused(client.post("/auth/login", json=WRONG), 404)
    refused(client.post("/auth/logout"), 403)
    refused(client.post("/auth/tokens", json={"name": "x", "scope": "read"}), 403)


def test_the_person_at_this_machine_keeps_what_they_own_under_a_password(
    house: House, client: TestClient
) -> None:
    opened = answered(client.post("/portfolios", json={"name": "Mine", "base_currency": "USD"}), 201)
    account(house, "Anna", is_local=True)
    account(house, "Berta")

    with guarded(house) as door:
        sign_in(door)
        assert [each["id"] for each in answered(door.get("/portfolios"))["items"]] == [opened["id"]]
        sign_in(door, "Berta")
        assert answered(door.get("/portfolios"))["items"] == []


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        (("192.0.2.7", 5), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 5), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:ffff::1", 5), "2001:db8:1:2::/64"),
        (("::ffff:192.0.2.7", 5), "192.0.2.7"),
        (("testclient", 5), "testclient"),
        (None, ""),
    ],
)
def test_an_address_is_counted_with_those_that_come_with_it(client: object, counted: str) -> None:
    assert address_of({"type": "http", "client": client}) == counted
