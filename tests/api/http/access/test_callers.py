"""Who asks is remembered for a second, and no longer."""

import asyncio
from collections.abc import Callable

from api.http.callers import BELIEVED_SECONDS, KEPT_MAX, Callers
from api.wiring import House
from people import account


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
