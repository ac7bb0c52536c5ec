"""What strangers can keep a person from by trying their name, and what they cannot."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from application.ports.access import Whereabouts
from examples import IN_SESSION
from over_http import answered, refused
from people import PASSWORD, account, another, guarded, sign_in

ANNA = {"name": "Anna", "password": PASSWORD}
WRONG = {"name": "anna", "password": "a boat on an even kee1"}
KEY = SecretStr(new_sealing_key())


@pytest.fixture
def door(house: House) -> Iterator[TestClient]:
    """The application with sign-in and a sealing key; Anna is signed in."""
    house.sealing_key = lambda: KEY
    house.ledger.clock = lambda: IN_SESSION
    account(house)
    with guarded(house) as client:
        sign_in(client)
        yield client


def strangers_try(house: House, door: TestClient) -> None:
    """From everywhere, and from her own address, until nothing is left of her name."""
    for number in range(120):
        house.tries.take("Anna", Whereabouts(f"198.51.100.{number}"))
    for _ in range(6):
        another(door).post("/auth/login", json=WRONG)
    refused(another(door).post("/auth/login", json=ANNA), 429)


def test_who_is_signed_in_proves_who_they_are_whatever_strangers_try(house: House, door: TestClient) -> None:
    strangers_try(house, door)

    answered(door.post("/auth/proof", json={"password": PASSWORD}))
    answered(door.post("/auth/password", json={"password": PASSWORD, "new_password": f"{PASSWORD} again"}))


def test_who_has_signed_in_with_this_browser_before_signs_in_again(house: House, door: TestClient) -> None:
    """Though they signed out, and with tries that are no more than anybody's."""
    answered(door.post("/auth/logout"))
    assert set(door.cookies) == {"ballast-browser"}
    strangers_try(house, door)

    sign_in(door)

    answered(door.post("/auth/logout"))
    statuses = [door.post("/auth/login", json=WRONG).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_a_browser_counts_for_its_own_person_and_lets_nobody_in(house: House, door: TestClient) -> None:
    """Neither for another name nor when somebody makes one up."""
    cookie = door.cookies["ballast-browser"]
    account(house, "Berta")
    answered(door.post("/auth/logout"))
    for _ in range(5):
        door.post("/auth/login", json=WRONG | {"name": "Berta"})
    refused(door.post("/auth/login", json=ANNA | {"name": "Berta"}), 429)
    refused(door.get("/portfolios"), 401)

    for _ in range(5):
        another(door).post("/auth/login", json=WRONG)
    for made_up in (f"{cookie[:-2]}AA", cookie[4:], "", "ü"):
        headers = {"Cookie": f"ballast-browser={made_up}".encode("latin-1")}
        refused(another(door).post("/auth/login", json=ANNA, headers=headers), 429)


def test_who_is_reset_signs_in_in_a_new_browser_whatever_strangers_have_tried(
    house: House, door: TestClient
) -> None:
    """At another address than theirs; of who has a second factor codes are counted anew as well."""
    for number in range(120):
        house.tries.take("Anna", Whereabouts(f"198.51.100.{number}"))
    for _ in range(30):
        house.tries.take_code(answered(door.get("/auth/me"))["id"])
    refused(another(door).post("/auth/login", json=ANNA), 429)

    anna = house.keep_accounts.reset("anna", SecretStr(PASSWORD))

    sign_in(another(door))
    assert house.tries.take_code(anna.user_id) is None


def test_wrong_proofs_run_out_within_a_sign_in_and_nowhere_else(house: House, door: TestClient) -> None:
    phone = another(door)
    sign_in(phone)
    wrong = {"password": WRONG["password"]}

    assert [door.post("/auth/proof", json=wrong).status_code for _ in range(6)] == [401] * 5 + [429]

    answered(phone.post("/auth/proof", json={"password": PASSWORD}))
    sign_in(another(door))


def test_the_cookie_is_kept_from_scripts_and_other_sites(door: TestClient) -> None:
    answer = another(door).post("/auth/login", json=ANNA)

    [cookie] = [each for each in answer.headers.get_list("set-cookie") if each.startswith("ballast-browser")]
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Max-Age=15552000"} <= set(cookie.split("; "))
    assert "anna" not in cookie.lower()
