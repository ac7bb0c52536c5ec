"""What goes wrong with the next requests: each fault takes hold of as many as it is told to, in order."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from alpaca_server.messages import Answer, Request, answer_json

MESSAGES = {
    429: {"code": 42910000, "message": "rate limit exceeded"},
    500: {"code": 50010000, "message": "internal server error occurred"},
    503: {"code": 50310000, "message": "service unavailable"},
    504: {"code": 50410000, "message": "request timed out"},
}
HTML = (
    b"<html><head><title>Bad Gateway</title></head><body><center><h1>Bad Gateway</h1></center></body></html>"
)


@dataclass(frozen=True)
class Fault:
    """One way to go wrong. Without ``instead`` and ``cut`` the request is answered truly, only later."""

    after_effect: bool
    """Whether the request does first what it asks for."""
    seconds: float = 0
    """How long it hangs: before the effect or after it."""
    instead: Callable[[Answer | None], Answer] | None = None
    """What is answered in place of the true answer, which is None when there was no effect."""
    cut: bool = False
    """Whether the line is cut instead of an answer."""
    midway: bool = False
    """Whether half of the answer gets through before the line is cut."""

    @property
    def has_effect(self) -> bool:
        """Whether the request does what it asks for at some time."""
        return self.after_effect or not (self.instead or self.cut)


@dataclass
class _Waiting:
    method: str
    path: str
    times: int
    fault: Fault

    def fits(self, request: Request) -> bool:
        return (
            self.times > 0
            and fnmatchcase(request.method, self.method)
            and fnmatchcase(request.path, self.path)
        )


class Faults:
    """Faults in waiting. A path is a pattern: ``/v2/orders``, ``/v2/orders/*``, ``*``; so is a method."""

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self._lock = threading.Lock()

    def status(
        self,
        method: str,
        path: str,
        status: int,
        *,
        times: int = 1,
        after_effect: bool = False,
        retry_after: int | None = None,
    ) -> None:
        """Answer with an error; ``after_effect`` although it was done. A 429 always says when to come back."""
        headers = {"x-ratelimit-limit": "200", "x-ratelimit-remaining": "0"} if status == 429 else {}
        if retry_after is not None or status == 429:
            headers["retry-after"] = str(1 if retry_after is None else retry_after)
        body = MESSAGES.get(status, {"code": status * 100_000, "message": "error"})
        self._add(
            method, path, times, Fault(after_effect, instead=lambda _: answer_json(status, body, **headers))
        )

    def hang(
        self, method: str, path: str, seconds: float, *, times: int = 1, after_effect: bool = False
    ) -> None:
        """Wait, then go on truly: the effect comes even when the client has left meanwhile."""
        self._add(method, path, times, Fault(after_effect, seconds=seconds))

    def cut(
        self, method: str, path: str, *, times: int = 1, after_effect: bool = False, midway: bool = False
    ) -> None:
        """Cut the line instead of an answer, or ``midway`` through it, which is after the effect."""
        self._add(method, path, times, Fault(after_effect or midway, cut=True, midway=midway))

    def html(
        self, method: str, path: str, status: int = 502, *, times: int = 1, after_effect: bool = False
    ) -> None:
        """Answer with a web page."""
        page = Answer(status, HTML, {"content-type": "text/html"})
        self._add(method, path, times, Fault(after_effect, instead=lambda _: page))

    def truncated(self, method: str, path: str, *, times: int = 1) -> None:
        """Do what is asked, and answer with the first half of the JSON as if it were all."""

        def half(true: Answer | None) -> Answer:
            assert true is not None
            return Answer(true.status, true.content[: len(true.content) // 2], true.headers)

        self._add(method, path, times, Fault(after_effect=True, instead=half))

    def json(
        self,
        method: str,
        path: str,
        body: object,
        status: int = 200,
        *,
        times: int = 1,
        after_effect: bool = False,
    ) -> None:
        """Answer with another JSON than the true one: an empty list, a number, a string, null."""
        self._add(method, path, times, Fault(after_effect, instead=lambda _: answer_json(status, body)))

    def empty_list(self, method: str, path: str, *, times: int = 1) -> None:
        """Answer as if there were nothing."""
        self.json(method, path, [], times=times)

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._waiting.clear()

    def take(self, request: Request) -> Fault | None:
        """The fault that takes hold of a request, if any."""
        with self._lock:
            for each in self._waiting:
                if each.fits(request):
                    each.times -= 1
                    return each.fault
            return None

    def _add(self, method: str, path: str, times: int, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(_Waiting(method, path, times, fault))
