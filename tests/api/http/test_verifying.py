"""One verification at a time: who comes meanwhile shares it, who cannot wait comes back for it."""

import threading

import pytest

from api.http.verifying import Progress, UnderWay, Verifying
from domain.audit.verification import Verification

DONE = Verification(3, "00", 1, 0, ())


class Slow:
    """A verification that ends when it is told to."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.begun = 0

    def __call__(self, progress: Progress) -> Verification:
        self.begun += 1
        progress("events", 2, 3)
        self.may_end.wait(10)
        return DONE


def test_who_cannot_wait_comes_back_for_the_answer() -> None:
    slow = Slow()
    verifying = Verifying(slow)
    assert verifying.ask(0.05) == UnderWay("events", 2, 3)
    assert isinstance(verifying.ask(0), UnderWay)
    slow.may_end.set()
    assert verifying.ask(10) == DONE
    assert slow.begun == 1
    assert verifying.ask(10) == DONE
    assert slow.begun == 2


def test_what_goes_wrong_is_said_once() -> None:
    problems = [ValueError("no"), None]

    def verify(_: Progress) -> Verification:
        problem = problems.pop(0)
        if problem is not None:
            raise problem
        return DONE

    verifying = Verifying(verify)
    with pytest.raises(ValueError, match="no"):
        verifying.ask(10)
    assert verifying.ask(10) == DONE
