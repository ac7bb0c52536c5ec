"""Who asks is remembered for a second, and no longer."""

import asyncio
from collections.abc import Callable

from starlette.testclient import TestClient

from api.http.callers import BELIEVED_SECONDS, KEPT_MAX, Callers
from api.wiring import House
from domain.access.secret import hash_of
from domain.access.sign_in import PROOF
from examples import IN_SESSION
from over_http import answered, refused
from people import account, sign_in


def test_what_another_process_revokes_ends_within_a_second(new_house: Callable[[], House]) -> None:
    here, there = new_house(), new_house()
    anna = account(here)
    secret = here.sign_in_by_password.begin(anna).secret.get_secret_value()
    now = 0.0
    callers = Callers(here.recognise, lambda: now)

    async def asks() -> bool:
        return await callers.of("cookie", secret) is not None

    assert asyncio.run(asks())
    there.keep_accounts.revoke(anna)
    now = BELIEVED_SECONDS - 0.01
    assert asyncio.run(asks())
    now = BELIEVED_SECONDS
    assert not asyncio.run(asks())


def test_what_this_process_revokes_ends_at_once(house: House) -> None:
    anna = account(house)
    secret = house.sign_in_by_password.begin(anna).secret.get_secret_value()
    callers = Callers(house.recognise, lambda: 0.0)

    assert asyncio.run(callers.of("cookie", secret)) is not None
    house.keep_accounts.revoke(anna)
    callers.forget()

    assert asyncio.run(callers.of("cookie", secret)) is None


def test_however_many_sign_in_the_memory_is_bounded_and_the_latest_stay_familiar(house: House) -> None:
    callers = Callers(house.recognise)

    for number in range(KEPT_MAX + 10):
        callers.expect(f"secret {number}")

    assert len(callers._known) == KEPT_MAX
    assert callers.is_familiar("cookie", f"secret {KEPT_MAX + 9}")
    assert not callers.is_familiar("cookie", "secret 0")


def test_what_wants_a_proof_asks_the_database_for_it_and_not_the_memory(
    house: House, door: TestClient
) -> None:
    """Another process may have heard the proof within this second, and may have ended the sign-in."""
    anna = account(house)
    sign_in(door)
    door.app.state.callers._monotonic = lambda: 0.0  # type: ignore[attr-defined]  # it remembers all the while
    house.ledger.clock = lambda: IN_SESSION + PROOF
    wanted = {"name": "A script", "scope": "read"}
    assert refused(door.post("/auth/tokens", json=wanted), 403)["type"] == "/problems/proof-required"

    house.sign_ins.prove(hash_of(door.cookies["ballast"]), house.ledger.clock())

    answered(door.post("/auth/tokens", json=wanted), 201)
    house.keep_accounts.revoke(anna)
    assert refused(door.post("/auth/tokens", json=wanted), 403)["type"] == "/problems/proof-required"
