"""Where one is signed in, and an end to it from elsewhere."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.http.schemas.access import OwnSignIn
from api.http.site import came_from
from api.wiring import House
from domain.access.sign_in import IDLE
from examples import IN_SESSION
from over_http import answered, refused
from people import account, another, bearing, sign_in, token

SIGN_INS = "/auth/sign-ins"


def listed(client: TestClient) -> list[dict[str, Any]]:
    """One's own, held to their documented shape."""
    items: list[dict[str, Any]] = answered(client.get(SIGN_INS))["items"]
    for each in items:
        OwnSignIn.model_validate_json(OwnSignIn(**each).model_dump_json())
    return items


def there(client: TestClient) -> str:
    """The id of the sign-in that a browser has."""
    [own] = [each["id"] for each in listed(client) if each["is_this"]]
    return str(own)


def test_one_finds_every_browser_and_this_one_among_them(house: House, door: TestClient) -> None:
    """The newest first; those that are over, and other people's, are not there. No secret is told."""
    account(house)
    account(house, "Berta")
    phone, berta = another(door), another(door)
    sign_in(another(door))
    house.ledger.clock = lambda: IN_SESSION + IDLE
    sign_in(phone)
    house.ledger.clock = lambda: IN_SESSION + IDLE + timedelta(minutes=3)
    sign_in(door)
    sign_in(berta, "Berta")

    told = listed(door)

    assert [each["is_this"] for each in told] == [True, False]
    begun = (IN_SESSION + IDLE + timedelta(minutes=3), IN_SESSION + IDLE)
    assert [datetime.fromisoformat(each["begun_at"]) for each in told] == [*begun]
    assert {each["came_from"] for each in told} == {"unknown"}
    assert there(phone) == told[1]["id"]
    assert len(listed(berta)) == 1
    assert door.cookies["ballast"] not in str(told)


def test_one_ends_another_sign_in_and_no_other_person_does(house: House, door: TestClient) -> None:
    account(house)
    account(house, "Berta")
    phone, berta = another(door), another(door)
    for browser, name in ((door, "Anna"), (phone, "Anna"), (berta, "Berta")):
        sign_in(browser, name)
    lost = there(phone)

    for stranger, sign_in_id in ((berta, lost), (door, uuid4())):
        refused(stranger.delete(f"{SIGN_INS}/{sign_in_id}"), 404)
    answered(phone.get("/auth/me"))
    assert answered(door.delete(f"{SIGN_INS}/{lost}")) == {"ended": 1}

    refused(phone.get("/auth/me"), 401)
    answered(door.get("/auth/me"))
    refused(door.delete(f"{SIGN_INS}/{lost}"), 404)


def test_one_ends_all_but_this_one(house: House, door: TestClient) -> None:
    account(house)
    account(house, "Berta")
    others, berta = [another(door) for _ in range(2)], another(door)
    for browser in (door, *others):
        sign_in(browser)
    sign_in(berta, "Berta")

    assert answered(door.delete(SIGN_INS)) == {"ended": 2}

    for browser in others:
        refused(browser.get("/auth/me"), 401)
    for browser in (door, berta):
        answered(browser.get("/auth/me"))
    assert [each["is_this"] for each in listed(door)] == [True]


def test_a_program_sees_them_and_ends_none(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    program = bearing(door, token(door)["secret"])

    assert [each["is_this"] for each in listed(program)] == [False]
    for address in (SIGN_INS, f"{SIGN_INS}/{there(door)}"):
        assert refused(program.delete(address), 403)["type"] == "/problems/sign-in-required"


def test_in_open_mode_nobody_is_signed_in(client: TestClient) -> None:
    assert listed(client) == []
    refused(client.delete(SIGN_INS), 403)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        *(("127.0.0.1", "machine"), ("::1", "machine"), ("::ffff:127.0.0.1", "machine")),
        *(("192.168.1.7", "network"), ("fd00::7", "network"), ("fe80::1", "network")),
        *(("9.9.9.9", "internet"), ("2620:fe::fe", "internet"), ("::ffff:9.9.9.9", "internet")),
        *(("testclient", "unknown"), ("", "unknown")),
    ],
)
def test_of_an_address_its_kind_is_kept(address: str, kind: str) -> None:
    assert came_from({"client": (address, 5)}) == kind
    assert came_from({"client": None}) == "unknown"
