"""A flood of passwords from one address: it waits for itself, and keeps nobody else from signing in."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import httpx
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.seals.sealing import new_sealing_key
from api.cli.user import PASS_LASTS
from api.http.app import create_app
from api.http.slow_turns import PLACES_OF_ONE
from api.wiring import House
from application.ports.access import Passwords
from examples import IN_SESSION
from over_http import HERE, answered, configuration, refused
from people import PASSWORD, account, guarded, sign_in

KEY = SecretStr(new_sealing_key())
FLOODING, ELSEWHERE = "192.0.2.1", "192.0.2.2"
GUESS = "a guess that takes its time"
FLOOD = 30


class HeldPasswords:
    """The real ones, where a guess takes until it is let go."""

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords
        self.let_go = Event()
        self.guessed = 0

    def fits(self, password: str, kept: str | None) -> bool:
        """As the real ones do, later."""
        if password == GUESS:
            self.guessed += 1
            assert self.let_go.wait(20)
        return self._passwords.fits(password, kept)

    def hash(self, password: str) -> str:
        """As the real ones do."""
        return self._passwords.hash(password)

    def is_outdated(self, kept: str) -> bool:
        """As the real ones do."""
        return self._passwords.is_outdated(kept)


@pytest.fixture
def held(house: House) -> Iterator[HeldPasswords]:
    """Anna has an account here, and guesses take their time."""
    house.sealing_key = lambda: KEY
    house.ledger.clock = lambda: IN_SESSION
    account(house)
    passwords = HeldPasswords(house.passwords)
    house.__dict__["sign_in_by_password"] = replace(house.sign_in_by_password, passwords=passwords)
    yield passwords
    passwords.let_go.set()


def test_a_flood_is_refused_before_it_is_hashed_and_others_sign_in_meanwhile(
    house: House, held: HeldPasswords
) -> None:
    """Who has used a browser before even from the flood's own address, while nothing of the flood has ended."""
    cookie = house.browser_seals.new("Anna")
    right = {"name": "Anna", "password": PASSWORD}

    async def told() -> None:
        app = create_app(house, configuration(auth="password"))

        def at(address: str) -> httpx.AsyncClient:
            transport = httpx.ASGITransport(app, client=(address, 5))
            return httpx.AsyncClient(transport=transport, base_url=HERE)

        async with at(FLOODING) as flooding, at(ELSEWHERE) as elsewhere:
            flood = [
                asyncio.create_task(
                    flooding.post("/auth/login", json={"name": f"Person {number}", "password": GUESS})
                )
                for number in range(FLOOD)
            ]
            refusals: list[httpx.Response] = []
            for task in asyncio.as_completed(flood):
                refusals.append(await task)
                if len(refusals) == FLOOD - PLACES_OF_ONE:
                    break
            headers = {"Cookie": f"ballast-browser={cookie}"}
            answered(await flooding.post("/auth/login", json=right, headers=headers))
            waiting = asyncio.create_task(elsewhere.post("/auth/login", json=right))
            await asyncio.sleep(0)
            held.let_go.set()
            answered(await waiting)
            statuses = [each.status_code for each in await asyncio.gather(*flood)]

        for refusal in refusals:
            assert refused(refusal, 429)["type"] == "/problems/too-many-requests"
            assert int(refusal.headers["Retry-After"]) >= 1
        assert sorted(statuses) == [401] * PLACES_OF_ONE + [429] * (FLOOD - PLACES_OF_ONE)

    asyncio.run(told())

    assert held.guessed == PLACES_OF_ONE


def test_who_floods_the_door_keeps_no_known_browser_behind_the_same_address_out(house: House) -> None:
    """The gate counts it by itself; one that is made up counts with its address."""
    house.sealing_key = lambda: KEY
    account(house)
    with guarded(house, requests_per_minute=20) as door:
        cookie = {"Cookie": f"ballast-browser={house.browser_seals.new('Anna')}"}
        stranger = TestClient(door.app, base_url=HERE)
        wrong = {"name": "Nobody", "password": "x"}
        assert [stranger.post("/auth/login", json=wrong).status_code for _ in range(3)] == [401, 401, 429]
        made_up = {"Cookie": "ballast-browser=made-up"}
        refused(stranger.post("/auth/login", json=wrong, headers=made_up), 429)

        right = {"name": "Anna", "password": PASSWORD}
        answers = [stranger.post("/auth/login", json=right, headers=cookie) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]


def test_a_pass_makes_a_browser_known_and_signs_nobody_in(house: House) -> None:
    house.sealing_key = lambda: KEY
    house.ledger.clock = lambda: IN_SESSION
    account(house)
    with guarded(house) as door:
        browser_pass = house.browser_seals.new_pass("anna", IN_SESSION + PASS_LASTS)
        answer = door.get(f"/auth/browser/{browser_pass}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/ui/")
        assert set(door.cookies) == {"ballast-browser"}
        refused(door.get("/portfolios"), 401)
        for _ in range(6):
            TestClient(door.app, base_url=HERE).post(
                "/auth/login", json={"name": "Anna", "password": "wrong"}
            )

        sign_in(door)


def test_a_pass_that_is_over_or_made_up_is_none_and_each_is_one_browser(house: House) -> None:
    house.sealing_key = lambda: KEY
    house.ledger.clock = lambda: IN_SESSION
    seals = house.browser_seals
    browser_pass = seals.new_pass("Anna", IN_SESSION)
    with guarded(house) as door:
        for wrong in (browser_pass, seals.new("Anna"), "made-up", "%C3%BC"):
            refused(door.get(f"/auth/browser/{wrong}", follow_redirects=False), 404)
        assert dict(door.cookies) == {}

    good = seals.new_pass("Anna", IN_SESSION + PASS_LASTS)
    cookies = [seals.cookie_for(good, IN_SESSION) or "" for _ in range(2)]
    assert seals.browser_of(cookies[0], "anna") == seals.browser_of(cookies[1], "ANNA") is not None
    assert seals.browser_of(cookies[0], "Berta") is None
    assert seals.id_of(good) is None
