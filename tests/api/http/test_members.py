"""Members of a portfolio over HTTP: who is in, and who says so."""

from starlette.testclient import TestClient

from api.wiring import House
from over_http import answered, fields, open_example, refused

FRIEND = "019aa000-0000-7000-8000-0000000000f0"
OWNER = {"user_id": "local", "name": None, "is_owner": True}
MEMBER = {"user_id": FRIEND, "name": None, "is_owner": False}


def test_members_come_and_go(client: TestClient) -> None:
    """Each answer is the whole list, the owner first, as it is afterwards."""
    opened = open_example(client)
    address = f"/portfolios/{opened.portfolio_id}/members"
    assert answered(client.get(address))["items"] == [OWNER]

    let_in = client.post(address, json={"user_id": FRIEND})
    assert answered(let_in, 201)["items"] == [OWNER, MEMBER]
    assert answered(client.get(address))["items"] == [OWNER, MEMBER]

    assert answered(client.delete(f"{address}/{FRIEND}"))["items"] == [OWNER]
    assert answered(client.get(address))["items"] == [OWNER]


def test_the_owner_stays(client: TestClient) -> None:
    """And a person's id is an id."""
    address = f"/portfolios/{open_example(client).portfolio_id}/members"
    refused(client.delete(f"{address}/local"), 409)
    assert fields(client.post(address, json={"user_id": "a@b.example"})) == ["user_id"]


def test_only_the_owner_says_who_is_a_member(client: TestClient, house: House) -> None:
    """A member sees who is in and may do no more about it; somebody else finds no portfolio."""
    opened = open_example(client)
    address = f"/portfolios/{opened.portfolio_id}/members"
    with house.pool.connection() as connection:
        connection.execute("update portfolio_members set member = 'somebody'")
    refused(client.get(address), 404)
    refused(client.post(address, json={"user_id": FRIEND}), 404)
    refused(client.delete(f"{address}/{FRIEND}"), 404)
