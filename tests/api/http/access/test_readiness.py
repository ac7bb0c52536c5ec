"""What is told of how things stand to who has not signed in, and how often that is found out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from starlette.testclient import TestClient

from api.http.readiness import BELIEVED_SECONDS, Readiness
from api.wiring import House
from over_http import answered
from people import account, another, bearing, guarded, sign_in, token


def test_a_stranger_hears_that_it_is_ready_and_nothing_else(door: TestClient) -> None:
    for bringing in ({}, {"Cookie": "ballast=made-up"}, {"Authorization": "Bearer made-up"}):
        assert answered(door.get("/health/ready", headers=bringing)) == {"status": "ready"}


def test_who_has_signed_in_is_told_the_rest(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)

    for client in (door, bearing(door, token(door, "read")["secret"])):
        ready = answered(client.get("/health/ready"))
        assert {each["name"] for each in ready["dependencies"]} == {"database", "redis"}
        assert "dead_letters" in ready


@pytest.fixture
def narrow(house: House) -> Iterator[TestClient]:
    """The application that grants strangers one look-up a minute."""
    with guarded(house, requests_per_minute=10) as client:
        yield client


def test_a_probe_with_made_up_secrets_is_answered_like_any_other(narrow: TestClient) -> None:
    """However many there were: a probe that is refused would be taken for a dead server."""
    for number in range(4):
        probe = another(narrow).get("/health/ready", headers={"Cookie": f"ballast=made-up-{number}"})
        assert answered(probe) == {"status": "ready"}


def test_a_server_that_is_away_is_told_within_a_second() -> None:
    now, is_there, asked = 0.0, True, []
    readiness = Readiness(lambda: asked.append(now) or is_there, lambda: now)  # type: ignore[func-returns-value]

    assert [readiness() for _ in range(100)] == [True] * 100
    assert len(asked) == 1
    is_there, now = False, BELIEVED_SECONDS
    assert not readiness()
    assert len(asked) == 2


def test_while_one_asks_others_get_the_answer_before() -> None:
    """And hold no thread for it; a first answer is waited for, and found once."""
    now, asked, begun, go_on = 0.0, [], Event(), Event()

    def ask() -> bool:
        asked.append(now)
        begun.set()
        return go_on.wait(10) and len(asked) == 1

    readiness = Readiness(ask, lambda: now)
    with ThreadPoolExecutor(4) as pool:
        first = [pool.submit(readiness) for _ in range(4)]
        go_on.set()
        assert [each.result() for each in first] == [True] * 4
        assert len(asked) == 1

        begun.clear()
        go_on.clear()
        now = BELIEVED_SECONDS
        slow = pool.submit(readiness)
        assert begun.wait(10)
        assert readiness()
        go_on.set()
        assert not slow.result()
    assert not readiness()
