"""Letting somebody into a portfolio, where people sign in: who, and by whom."""

from datetime import timedelta

from starlette.testclient import TestClient

from api.wiring import House
from domain.access.sign_in import PROOF
from examples import IN_SESSION
from over_http import answered, fields, refused
from people import PASSWORD, account, another, bearing, sign_in, token

NOBODY = "019aa000-0000-7000-8000-0000000000f0"


def portfolio(client: TestClient) -> str:
    """The address of the members of a new one."""
    opened = answered(client.post("/portfolios", json={"name": "Mine", "base_currency": "USD"}), 201)
    return f"/portfolios/{opened['id']}/members"


def people(client: TestClient, address: str) -> list[str]:
    """Whoever is in."""
    return [each["user_id"] for each in answered(client.get(address))["items"]]


def test_who_lets_somebody_in_has_just_proven_who_they_are(house: House, door: TestClient) -> None:
    """And shuts them out without: nobody looks for a device in a hurry."""
    anna, berta = account(house), account(house, "Berta")
    sign_in(door)
    address, friend = portfolio(door), {"user_id": berta.user_id}
    house.ledger.clock = lambda: IN_SESSION + PROOF + timedelta(seconds=1)

    assert refused(door.post(address, json=friend), 403)["type"] == "/problems/proof-required"
    assert people(door, address) == [anna.user_id]
    answered(door.post("/auth/proof", json={"password": PASSWORD}))
    answered(door.post(address, json=friend), 201)
    assert people(door, address) == [anna.user_id, berta.user_id]

    house.ledger.clock = lambda: IN_SESSION + 3 * PROOF
    answered(door.delete(f"{address}/{berta.user_id}"))
    assert people(door, address) == [anna.user_id]


def test_a_program_lets_nobody_in(house: House, door: TestClient) -> None:
    account(house)
    berta = account(house, "Berta")
    sign_in(door)
    address = portfolio(door)
    program = bearing(door, token(door)["secret"])

    answer = program.post(address, json={"user_id": berta.user_id})

    assert refused(answer, 403)["type"] == "/problems/sign-in-required"


def test_an_id_of_nobody_is_refused_and_only_the_owner_is_told_so(house: House, door: TestClient) -> None:
    """A member hears that it is not for them, whether the id is anybody's or not."""
    anna, berta = account(house), account(house, "Berta")
    carla = account(house, "Carla")
    sign_in(door)
    address = portfolio(door)
    member = another(door)
    sign_in(member, "Berta")

    assert fields(door.post(address, json={"user_id": NOBODY})) == ["user_id"]
    assert people(door, address) == [anna.user_id]
    answered(door.post(address, json={"user_id": berta.user_id}), 201)
    for user_id in (NOBODY, carla.user_id):
        refused(member.post(address, json={"user_id": user_id}), 403)
