"""Who waits for whom where passwords are judged."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from threading import Event

import anyio
import pytest
from anyio.abc import TaskGroup

from api.http.problems import Problem
from api.http.slow_turns import AT_ONCE, PLACES_OF_ONE, PLACES_OF_STRANGERS, SlowTurns, Turn

DEADLINE_SECONDS = 10


def run(story: Callable[[SlowTurns, TaskGroup], object]) -> None:
    """Tell a story in an event loop, and end whatever it has begun."""

    async def told() -> None:
        with anyio.fail_after(DEADLINE_SECONDS):
            async with anyio.create_task_group() as group:
                await story(SlowTurns(), group)  # type: ignore[misc]

    anyio.run(told)


async def begin_slow_work(turn: Turn, group: TaskGroup, until: Event) -> None:
    """Let a thread be busy, and wait until it is."""
    begun = anyio.Event()
    loop = anyio.from_thread

    def work() -> None:
        loop.run_sync(begun.set)
        until.wait(DEADLINE_SECONDS)

    group.start_soon(turn.judge, work)
    await begun.wait()


def test_one_address_has_four_places_and_another_has_its_own() -> None:
    async def story(turns: SlowTurns, _: TaskGroup) -> None:
        async with AsyncExitStack() as taken:
            for _place in range(PLACES_OF_ONE):
                await taken.enter_async_context(turns.of_stranger("192.0.2.1"))
            with pytest.raises(Problem) as refusal:
                await taken.enter_async_context(turns.of_stranger("192.0.2.1"))
            assert refusal.value.status_code == 429
            assert int((refusal.value.headers or {})["Retry-After"]) >= 1
            await taken.enter_async_context(turns.of_stranger("192.0.2.2"))
        async with turns.of_stranger("192.0.2.1"):
            pass

    run(story)


def test_a_refused_stranger_leaves_no_trace() -> None:
    """Were the place counted that nobody got, an address would shut itself out for good."""

    async def story(turns: SlowTurns, _: TaskGroup) -> None:
        async with AsyncExitStack() as taken:
            for _place in range(PLACES_OF_ONE):
                await taken.enter_async_context(turns.of_stranger("192.0.2.1"))
            for _try in range(2 * PLACES_OF_STRANGERS):
                with pytest.raises(Problem):
                    await taken.enter_async_context(turns.of_stranger("192.0.2.1"))
            await taken.enter_async_context(turns.of_stranger("192.0.2.2"))
        async with AsyncExitStack() as taken:
            for _place in range(PLACES_OF_ONE):
                await taken.enter_async_context(turns.of_stranger("192.0.2.1"))

    run(story)


def test_strangers_from_everywhere_are_told_to_come_again_and_known_people_are_not() -> None:
    async def story(turns: SlowTurns, _: TaskGroup) -> None:
        async with AsyncExitStack() as taken:
            for number in range(PLACES_OF_STRANGERS):
                await taken.enter_async_context(turns.of_stranger(f"192.0.2.{number}"))
            with pytest.raises(Problem) as refusal:
                await taken.enter_async_context(turns.of_stranger("198.51.100.1"))
            assert refusal.value.status_code == 503
            assert int((refusal.value.headers or {})["Retry-After"]) >= 1
            await taken.enter_async_context(turns.of_known("a browser of hers"))
        async with turns.of_stranger("198.51.100.1"):
            pass

    run(story)


def test_known_people_do_not_stand_behind_strangers_nor_does_counting() -> None:
    async def story(turns: SlowTurns, group: TaskGroup) -> None:
        over = Event()
        try:
            async with AsyncExitStack() as taken:
                for number in range(AT_ONCE):
                    turn = await taken.enter_async_context(turns.of_stranger(f"192.0.2.{number}"))
                    await begin_slow_work(turn, group, over)
                known = await taken.enter_async_context(turns.of_known("a browser of hers"))
                assert await known.judge(lambda: "signed in") == "signed in"
                late = await taken.enter_async_context(turns.of_stranger("198.51.100.1"))
                assert await late.count(lambda: "counted") == "counted"
                with anyio.move_on_after(0.01) as waiting:
                    await late.judge(lambda: "judged")
                assert waiting.cancelled_caught
        finally:
            over.set()

    run(story)
