"""Gathering: one round at a time, those that come meanwhile together, and everybody an answer of their own."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

import pytest

from application.messages.gathering import Gathering, TooManyWaiting


class Rounds:
    """Doubles numbers, round by round, and keeps what came together; the first round waits for ``go``."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.begun, self.go = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def __call__(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.sizes.append(len(numbers))
        self.begun.set()
        assert self.go.wait(20)
        if self.error is not None and 13 in numbers:
            raise self.error
        return [ValueError(number) if number < 0 else number * 2 for number in numbers]


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.go.set()


def gathered(rounds: Rounds, **limits: int) -> tuple[Gathering[int, int], "Future[int]"]:
    """A gathering whose first round, of one, is under way."""
    gathering: Gathering[int, int] = Gathering(rounds, alone=(ArithmeticError,), **limits)
    first = gathering.ask(1)
    assert rounds.begun.wait(20)
    return gathering, first


def test_those_that_come_meanwhile_go_together(rounds: Rounds) -> None:
    gathering, first = gathered(rounds)
    later = [gathering.ask(number) for number in range(2, 12)]
    rounds.go.set()
    assert [first.result(20), *(each.result(20) for each in later)] == [2 * n for n in range(1, 12)]
    assert rounds.sizes == [1, 10]
    gathering.close()


def test_no_round_is_larger_than_the_limit(rounds: Rounds) -> None:
    gathering, _ = gathered(rounds, together_max=4)
    later = [gathering.ask(number) for number in range(10)]
    rounds.go.set()
    gathering.close()
    assert [each.result(0) for each in later] == [2 * number for number in range(10)]
    assert rounds.sizes == [1, 4, 4, 2]


def test_a_refusal_is_one_askers_own(rounds: Rounds) -> None:
    gathering, _ = gathered(rounds)
    good, bad, other = gathering.ask(2), gathering.ask(-1), gathering.ask(3)
    rounds.go.set()
    gathering.close()
    assert (good.result(0), other.result(0)) == (4, 6)
    assert isinstance(bad.exception(0), ValueError)


def test_one_that_spoils_a_round_is_carried_out_alone(rounds: Rounds) -> None:
    rounds.error = ZeroDivisionError()
    gathering, _ = gathered(rounds)
    good, bad, other = gathering.ask(2), gathering.ask(13), gathering.ask(3)
    rounds.go.set()
    gathering.close()
    assert (good.result(0), other.result(0)) == (4, 6)
    assert bad.exception(0) is rounds.error
    assert rounds.sizes == [1, 3, 1, 1, 1]


def test_what_is_nobodys_fault_fails_the_round_once(rounds: Rounds) -> None:
    rounds.error = ConnectionError()
    gathering, _ = gathered(rounds)
    waiting = [gathering.ask(number) for number in (2, 13)]
    rounds.go.set()
    gathering.close()
    assert [each.exception(0) for each in waiting] == [rounds.error] * 2
    assert rounds.sizes == [1, 2]


def test_no_more_than_so_many_wait_and_then_they_may_again(rounds: Rounds) -> None:
    gathering, _ = gathered(rounds, waiting_max=2)
    waiting = [gathering.ask(number) for number in (2, 3)]
    with pytest.raises(TooManyWaiting):
        gathering.ask(4)
    rounds.go.set()
    assert [each.result(20) for each in waiting] == [4, 6]
    assert gathering.ask(4).result(20) == 8
    gathering.close()


def test_whoever_gives_up_before_their_round_is_left_out(rounds: Rounds) -> None:
    gathering, _ = gathered(rounds)
    gone, stays = gathering.ask(2), gathering.ask(3)
    assert gone.cancel()
    rounds.go.set()
    gathering.close()
    assert stays.result(0) == 6
    assert rounds.sizes == [1, 1]
