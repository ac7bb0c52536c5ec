"""Too many requests of one person, or of an address that nobody has signed in from."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.problems import Problem
from api.http.request_limits import KEYS_MAX, RequestLimits
from api.wiring import House
from over_http import HERE, answered, configuration, refused, signed
from people import account, another, bearing, guarded, sign_in, token


class Counted:
    """Sign-ins and tokens as they are found, with what was asked for."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.found: list[bytes] = []

    def find(self, secret_hash: bytes) -> Any:
        """As the real ones do."""
        self.found.append(secret_hash)
        return self._house.sign_ins.find(secret_hash) or self._house.personal_tokens.find(secret_hash)


@pytest.fixture
def narrow(house: House) -> Iterator[TestClient]:
    """The application that grants twenty requests a minute."""
    account(house)
    with guarded(house, requests_per_minute=20) as client:
        yield client


def test_a_person_with_too_many_requests_waits_and_others_do_not(house: House, narrow: TestClient) -> None:
    account(house, "Berta")
    berta = another(narrow)
    sign_in(narrow)
    program = bearing(narrow, token(narrow)["secret"])

    statuses = [(narrow, program)[n % 2].get("/portfolios").status_code for n in range(20)]

    assert statuses == [200] * 19 + [429]
    answer = narrow.get("/portfolios")
    assert refused(answer, 429)["type"] == "/problems/too-many-requests"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    sign_in(berta, "Berta")
    answered(berta.get("/portfolios"))


def test_an_address_of_nobody_gets_a_tenth(narrow: TestClient) -> None:
    """Of its tries to sign in, and of secrets that it makes up; who brings none is sent away at no cost."""
    made_up = {"Cookie": "ballast=made-up"}

    assert [narrow.get("/portfolios").status_code for _ in range(4)] == [401] * 4
    assert [narrow.get("/portfolios", headers=made_up).status_code for _ in range(3)] == [401, 401, 429]
    wrong = {"name": "Anna", "password": "x"}
    assert [narrow.post("/auth/login", json=wrong).status_code for _ in range(3)] == [401, 401, 429]


def test_pages_for_everybody_are_counted_for_an_address_that_nobody_has_signed_in_from(
    narrow: TestClient,
) -> None:
    """Apart from its tries to sign in, which go on."""
    assert [narrow.get("/openapi.json").status_code for _ in range(3)] == [200, 200, 429]
    sign_in(narrow)


def test_made_up_secrets_are_looked_up_no_more_once_there_are_too_many(
    house: House, narrow: TestClient
) -> None:
    """Of cookies and of tokens alike; the database hears of two."""
    looked_up = Counted(house)
    recognise = replace(house.recognise, sign_ins=looked_up, tokens=looked_up)  # type: ignore[arg-type]
    narrow.app.state.callers._recognise = recognise  # type: ignore[attr-defined]

    for number in range(5):
        narrow.get("/portfolios", headers={"Cookie": f"ballast=made-up-{number}"})
        narrow.get("/portfolios", headers={"Authorization": f"Bearer blt_made-up-{number}"})

    assert len(looked_up.found) == 2


def test_who_makes_up_secrets_shuts_out_nobody_behind_the_same_address(
    house: House, narrow: TestClient
) -> None:
    """Neither who is signed in, also after somebody was revoked, nor a program, nor who signs in now."""
    account(house, "Berta")
    berta, stranger = another(narrow), another(narrow)
    sign_in(narrow)
    program = bearing(narrow, token(narrow)["secret"])
    answered(program.get("/portfolios"))
    for number in range(5):
        stranger.get("/portfolios", headers={"Cookie": f"ballast=made-up-{number}"})
    refused(stranger.get("/portfolios", headers={"Cookie": "ballast=made-up"}), 429)

    narrow.app.state.callers.forget()  # type: ignore[attr-defined]  # a second has passed
    for client in (narrow, program):
        answered(client.get("/portfolios"))
    sign_in(berta, "Berta")
    answered(berta.get("/portfolios"))


def test_what_lets_nobody_in_any_more_counts_as_made_up(house: House, narrow: TestClient) -> None:
    sign_in(narrow)
    secret = {"Cookie": f"ballast={narrow.cookies['ballast']}"}
    answered(narrow.post("/auth/logout"))

    assert [another(narrow).get("/portfolios", headers=secret).status_code for _ in range(4)] == [
        *(401, 401, 401),
        429,
    ]


def test_probes_and_brokers_are_not_counted(narrow: TestClient) -> None:
    for _ in range(4):
        answered(narrow.get("/health/live"))
        refused(narrow.post("/orders/callback", content="{}", headers=signed("{}")), 422)


def test_who_is_at_this_machine_is_not_counted(house: House) -> None:
    with TestClient(create_app(house, configuration(requests_per_minute=10)), base_url=HERE) as client:
        for _ in range(30):
            answered(client.get("/portfolios"))


def refused_of(limits: RequestLimits) -> Problem | None:
    """What Anna's next request is refused with, None when it is granted."""
    try:
        limits.count_person("anna")
    except Problem as problem:
        return problem
    return None


@given(st.integers(1, 50), st.lists(st.floats(0, 40), max_size=120))
def test_no_minute_has_more_than_twice_and_no_steady_client_less_than_is_granted(
    most: int, pauses: list[float]
) -> None:
    now, granted = 0.0, list[float]()
    limits = RequestLimits(most, lambda: now)

    for pause in pauses:
        now += pause
        refusal = refused_of(limits)
        if refusal is None:
            granted.append(now)
        else:
            assert 1 <= int((refusal.headers or {})["Retry-After"]) <= 60
            assert sum(now - 120 < at <= now for at in granted) >= most

    for at in granted:
        assert sum(at - 60 < each <= at for each in granted) <= 2 * most


def test_the_limit_is_for_everybody_apart_and_over_after_a_minute() -> None:
    now = 0.0
    limits = RequestLimits(10, lambda: now)
    for _ in range(10):
        limits.count_person("anna")
    with pytest.raises(Problem):
        limits.count_person("anna")
    limits.count_person("berta")
    limits.count_stranger("anna", "page")

    now = 120.0

    limits.count_person("anna")


def test_however_many_clients_come_the_memory_is_bounded() -> None:
    limits = RequestLimits(10, lambda: 0.0)

    for number in range(KEYS_MAX + 10):
        limits.count_stranger(f"{number}", "let-in")

    assert len(limits._windows) <= KEYS_MAX
