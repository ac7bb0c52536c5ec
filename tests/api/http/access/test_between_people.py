"""Keys, receipts, imports and traces of one person, in the hands of another: they open nothing, and tell nothing."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.following import Followers
from api.wiring import House
from broker_files import DEPOSIT, trading_212
from over_http import answered, refused
from people import account, another, bearing, sign_in, token

NEW = {"name": "Mine", "base_currency": "GBP", "mode": "advisory"}
KEY = {"Idempotency-Key": "drawn-by-both"}
DEPOSITED = {"kind": "deposit", "amount": "5"}


@pytest.fixture
def people(house: House, door: TestClient) -> tuple[TestClient, TestClient]:
    """Anna and Berta, each in a browser of her own."""
    account(house)
    account(house, "Berta")
    berta = another(door)
    sign_in(door)
    sign_in(berta, "Berta")
    return door, berta


def opened(client: TestClient, **headers: str) -> str:
    """A portfolio of somebody's."""
    answer = client.post("/portfolios", json=NEW, headers=headers)
    portfolio_id: str = answered(answer, 201)["id"]
    return portfolio_id


def listed(client: TestClient) -> set[str]:
    """The portfolios that somebody has."""
    return {each["id"] for each in answered(client.get("/portfolios"))["items"]}


def preview(client: TestClient, portfolio_id: str) -> str:
    """A file that somebody has had read, and not yet booked."""
    address = f"/portfolios/{portfolio_id}/imports"
    headers = {"content-type": "text/csv"}
    return str(answered(client.post(address, content=trading_212(DEPOSIT), headers=headers), 201)["id"])


@pytest.mark.parametrize("keeps_apart", [True, False], ids=["twice", "by our queries alone"])
def test_the_same_key_and_request_of_two_people_are_two_requests(
    house: House, people: tuple[TestClient, TestClient], keeps_apart: bool
) -> None:
    """Each is answered her own, again and again; and one is not even told that another has used the key."""
    house.pool.keeps_apart = keeps_apart
    anna, berta = people

    hers, other = opened(anna, **KEY), opened(berta, **KEY)

    assert hers != other
    assert (opened(anna, **KEY), opened(berta, **KEY)) == (hers, other)
    assert (listed(anna), listed(berta)) == ({hers}, {other})
    address = f"/portfolios/{hers}/cash"
    answered(anna.post(address, json=DEPOSITED, headers={"Idempotency-Key": "of-anna"}))
    deposit = berta.post(address, json=DEPOSITED, headers={"Idempotency-Key": "of-anna"})
    assert refused(deposit, 404)["detail"] == f"There is no portfolio {hers}."


def test_who_was_removed_is_not_answered_from_what_is_kept_under_their_key(
    house: House, people: tuple[TestClient, TestClient]
) -> None:
    anna, berta = people
    portfolio_id = opened(anna)
    members = f"/portfolios/{portfolio_id}/members"
    berta_id = answered(berta.get("/auth/me"))["id"]
    answered(anna.post(members, json={"user_id": berta_id}), 201)
    address = f"/portfolios/{portfolio_id}/cash"
    answered(berta.post(address, json=DEPOSITED, headers=KEY))

    answered(anna.delete(f"{members}/{berta_id}"))

    refused(berta.post(address, json=DEPOSITED, headers=KEY), 404)
    assert answered(anna.get(address))["portfolio"] == "5.00"


def test_a_token_that_may_read_is_not_answered_from_what_its_person_has_done(
    people: tuple[TestClient, TestClient],
) -> None:
    """One that may trade is: it is the same person, who would be answered the same."""
    anna, _ = people
    hers = opened(anna, **KEY)
    reader, trader = (bearing(anna, token(anna, scope)["secret"]) for scope in ("read", "trade"))

    refused(reader.post("/portfolios", json=NEW, headers=KEY), 403)
    assert opened(trader, **KEY) == hers
    assert listed(anna) == {hers}


def test_an_import_is_booked_where_it_was_read_and_nowhere_else(
    people: tuple[TestClient, TestClient],
) -> None:
    """Neither by somebody else, into her own books, nor by oneself into another portfolio of one's own."""
    anna, berta = people
    portfolio_id, second, theirs = opened(anna), opened(anna), opened(berta)
    import_id = preview(anna, portfolio_id)

    for client, where in ((berta, theirs), (berta, portfolio_id), (anna, second)):
        asked = client.post(f"/portfolios/{where}/imports/{import_id}/apply", json={}, headers=KEY)
        unknown = client.post(f"/portfolios/{where}/imports/{uuid4()}/apply", json={})
        assert refused(asked, 404)["title"] == refused(unknown, 404)["title"]
    answered(anna.post(f"/portfolios/{portfolio_id}/imports/{import_id}/apply", json={}, headers=KEY), 201)
    for client, where in ((anna, second), (berta, theirs)):
        assert answered(client.get(f"/portfolios/{where}/cash"))["portfolio"] == "0.00"


def test_who_asks_under_anothers_request_id_finds_nothing_of_theirs(
    house: House, people: tuple[TestClient, TestClient]
) -> None:
    """It names a trace and a chain of events, and opens neither; nor is anything done once less for it."""
    anna, berta = people
    shared = {"X-Request-Id": str(uuid4()), "traceparent": f"00-{uuid4().hex}-{uuid4().hex[:16]}-01"}

    hers, other = opened(anna, **shared), opened(berta, **shared)

    assert hers != other
    with Followers(house), house.pool.connection() as connection:
        wanted = {"type": "portfolio.opened", "at_least": house.log.last_number(connection)}
        for client, own in ((anna, hers), (berta, other)):
            told = answered(client.get("/events", params=wanted))["items"]
            assert [each["stream"] for each in told] == [f"portfolio-{own}"]
            assert [each["correlation_id"] for each in told] == [shared["X-Request-Id"]]
            of_it = client.get("/events", params={"run_id": shared["X-Request-Id"]})
            assert answered(of_it)["items"] == []
