"""Gather what many ask for at once: while one round is carried out, those that come wait for the next."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

WAITING_MAX = 2_048
TOGETHER_MAX = 64


class TooManyWaiting(Exception):
    """Nobody more may wait just now; what was asked for has not been begun."""


class Gathering(Generic[Q, A]):
    """One thread that carries rounds out, one at a time; everybody gets an answer, or an error, of their own.

    ``carry_out`` answers what was asked in its order, an exception for what is refused. When a round of several
    fails with one of ``alone`` it is their fault together: then each is carried out alone.
    """

    def __init__(
        self,
        carry_out: Callable[[Sequence[Q]], Sequence[A | Exception]],
        *,
        alone: tuple[type[Exception], ...] = (),
        waiting_max: int = WAITING_MAX,
        together_max: int = TOGETHER_MAX,
    ) -> None:
        self._carry_out = carry_out
        self._alone = alone
        self._waiting_max = waiting_max
        self._together_max = together_max
        self._waiting: deque[tuple[Q, Future[A]]] = deque()
        self._lock = Lock()
        self._at_work = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gathering")

    def ask(self, question: Q) -> "Future[A]":
        """Have this carried out with the next round; cancelled before that, it never is. Raises TooManyWaiting."""
        answer: Future[A] = Future()
        with self._lock:
            if len(self._waiting) >= self._waiting_max:
                raise TooManyWaiting
            self._waiting.append((question, answer))
            if not self._at_work:
                self._at_work = True
                self._thread.submit(self._work)
        return answer

    def __len__(self) -> int:
        """How many wait for a round."""
        return len(self._waiting)

    def close(self) -> None:
        """Carry out what waits, and end."""
        self._thread.shutdown()

    def _work(self) -> None:
        while True:
            with self._lock:
                size = min(len(self._waiting), self._together_max)
                taken = [self._waiting.popleft() for _ in range(size)]
                if not taken:
                    self._at_work = False
                    return
            self._round([each for each in taken if each[1].set_running_or_notify_cancel()])

    def _round(self, asked: list[tuple[Q, "Future[A]"]]) -> None:
        for (_, future), answer in zip(
            asked, self._answers([question for question, _ in asked]), strict=True
        ):
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    def _answers(self, questions: Sequence[Q]) -> Sequence[A | Exception]:
        try:
            return self._carry_out(questions) if questions else ()
        except Exception as error:  # noqa: BLE001  # the thread's edge: whoever asked is told
            if len(questions) > 1 and isinstance(error, self._alone):
                return [answer for question in questions for answer in self._answers([question])]
            return [error] * len(questions)
