"""Every route for everybody: who has not signed in, another person, a member, a token that is over or may only read.

A route that is new fails here until it stands in ``routes.py`` with what it shows to whom.
"""

from uuid import UUID

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from api.http.routes import ROUTERS
from estate import Estate
from over_http import answered, refused
from tenancy.routes import CASES, FOR_EVERYBODY, Case, Sees

SAFE = ("GET",)
BOTH_LINES = pytest.mark.parametrize("keeps_apart", [True, False], ids=["twice", "by our queries alone"])
"""Whether PostgreSQL asks too; what our queries alone show has to be right without it, or there is one line only."""


def routes(client: TestClient) -> set[str]:
    """Every route that there is, documented or not."""
    ours = (route for router in ROUTERS for route in router.routes if isinstance(route, Route))
    documented = answered(client.get("/openapi.json"))["paths"]
    return {f"{method} {route.path}" for route in ours for method in route.methods or ()} | {
        f"{method.upper()} {path}" for path, methods in documented.items() for method in methods
    }


def numbers_of(estate: Estate) -> int:
    """How many events there are of portfolios that Bert does not see."""
    with estate.house.pool.connection() as connection:
        row = connection.execute(
            "select count(*) as n from stored_events join streams on stream_id = originator_id"
            " where portfolio_id = any(%s::uuid[])",
            ([estate.ids["portfolio_id"], estate.ids["advised_id"]],),
        ).fetchone()
    assert row is not None
    return int(row["n"])


def foreign_ids_in(text: str, estate: Estate, case: Case) -> set[str]:
    """Anna's ids in an answer, but for those that the question itself has named."""
    asked = f"{case.address(estate.ids)} {case.body(estate.ids)}"
    return {each for each in estate.secrets if each in text and each not in asked}


def test_every_route_is_known(estate: Estate) -> None:
    known = set(FOR_EVERYBODY) | {case.name for case in CASES}
    assert routes(estate.owner) == known
    assert len({case.name for case in CASES}) == len(CASES)


def test_nobody_and_what_is_over_get_no_answer(estate: Estate) -> None:
    for case in CASES:
        for client in (estate.nobody, estate.expired):
            refused(case.ask(client, estate.ids), 401)


def test_a_token_that_may_read_changes_nothing(estate: Estate) -> None:
    """It reads what its person reads, and every route that changes something is closed to it."""
    before = numbers_of(estate)
    for case in CASES:
        answer = case.ask(estate.reader, estate.ids)
        if case.method in SAFE:
            assert answer.status_code == 200, (case.name, answer.text)
        else:
            assert refused(answer, 403)["type"] == "/problems/insufficient-scope", case.name
    assert numbers_of(estate) == before


@BOTH_LINES
def test_another_person_finds_nothing(estate: Estate, keeps_apart: bool) -> None:
    """What is named is not there, lists are without it, and nothing of it was changed."""
    estate.house.pool.keeps_apart = keeps_apart
    before = numbers_of(estate)
    for case in CASES:
        answer = case.ask(estate.other, estate.ids)
        if case.sees is Sees.OWN_BY_ID:
            assert refused(answer, 404)["type"] == "/problems/not-found", case.name
        else:
            assert answer.status_code in case.works, (case.name, answer.text)
        assert not foreign_ids_in(answer.text, estate, case), case.name
    assert numbers_of(estate) == before


@BOTH_LINES
def test_a_member_gets_through_and_no_more_once_removed(estate: Estate, keeps_apart: bool) -> None:
    """Whatever the owner may do, but for saying who is a member, which is refused and not hidden."""
    estate.house.pool.keeps_apart = keeps_apart
    shown = set()
    for case in CASES:
        answer = case.ask(estate.member, estate.ids)
        assert answer.status_code in case.works_for_member, (case.name, answer.text)
        if case.sees is Sees.OWN_IN_LIST and foreign_ids_in(answer.text, estate, case):
            shown.add(case.name)
    assert shown == {case.name for case in CASES if case.sees is Sees.OWN_IN_LIST and not case.personal}

    for name in ("portfolio_id", "advised_id"):
        members = f"/portfolios/{estate.ids[name]}/members"
        answered(estate.owner.delete(f"{members}/{estate.ids['user_id']}"))
    for case in CASES:
        if case.method in SAFE and case.sees is Sees.OWN_BY_ID:
            refused(case.ask(estate.member, estate.ids), 404)
        elif case.method in SAFE and case.sees is Sees.OWN_IN_LIST and not case.personal:
            assert not foreign_ids_in(case.ask(estate.member, estate.ids).text, estate, case), case.name


def test_an_id_that_nobody_has_is_answered_the_same(estate: Estate) -> None:
    """From the answer one cannot tell whether another person has what one asks for."""
    nobodys = {value: str(UUID(int=number)) for number, value in enumerate(estate.secrets, start=1)}
    unknown = {name: nobodys.get(value, value) for name, value in estate.ids.items()}
    for case in CASES:
        if case.sees is Sees.OWN_BY_ID:
            there, not_there = (case.ask(estate.other, ids) for ids in (estate.ids, unknown))
            told = there.text
            for theirs, nobodys_own in nobodys.items():
                told = told.replace(theirs, nobodys_own)
            assert (there.status_code, told) == (not_there.status_code, not_there.text), case.name


def test_a_list_of_another_persons_portfolio_is_empty(estate: Estate) -> None:
    """Asked for by its id, as for one that nobody has: a list has no 404, but that of prices that wait."""
    for name in ("positions", "events", "orders", "alerts", "recommendations"):
        query = {"portfolio_id": estate.ids["advised_id" if name == "recommendations" else "portfolio_id"]}
        assert answered(estate.other.get(f"/{name}", params=query))["items"] == [], name
        assert answered(estate.member.get(f"/{name}", params=query))["items"], name
    refused(estate.other.get("/quarantine", params={"portfolio_id": estate.ids["portfolio_id"]}), 404)


def test_what_halts_one_is_not_told_to_another(estate: Estate) -> None:
    """Frozen portfolios and open orders are one's own; a member hears of both."""
    portfolio_id = estate.ids["portfolio_id"]
    answered(estate.owner.post(f"/portfolios/{portfolio_id}/freeze", json={"reason": "A bad day."}))

    told, not_told = (answered(each.get("/health/trading")) for each in (estate.member, estate.other))

    assert [each["id"] for each in told["frozen"]] == [portfolio_id]
    assert (told["status"], told["open_orders"]) == ("halted", {"intended": 1})
    assert (not_told["status"], not_told["frozen"], not_told["open_orders"]) == ("trading", [], {})


def test_who_changed_the_registry_is_not_told_to_others(estate: Estate) -> None:
    """Its events are everybody's; whose they are is told to that person alone."""
    me = answered(estate.owner.get("/auth/me"))["id"]
    query = {"type": "listing.registered"}

    own, others = (
        answered(each.get("/events", params=query))["items"] for each in (estate.owner, estate.other)
    )

    assert [each["id"] for each in own] == [each["id"] for each in others]
    assert me in {each["actor"] for each in own}
    assert {each["actor"] for each in others} <= {answered(estate.other.get("/auth/me"))["id"], "another"}
