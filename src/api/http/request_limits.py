"""How many requests a minute one person may make, and one address whose people are not known.

Counted by each process for itself, in memory: this keeps one client from having the process to itself. Guessing
passwords is another matter, see adapters.redis.tries. The library that counts there starts a thread every hundredth of
a second to tidy up its memory, which would be dear before every request.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from api.http.problems import Problem

STRANGERS_PART = 10
"""An address that nobody has signed in from gets one in so many of a person's requests."""

Wants = Literal["page", "sign-in", "let-in", "callback"]
"""A page that everybody may see; to sign in; to be let in by a secret that nobody here is known by; to be believed by
a signature of an account's that has not been seen to be good.

Each is counted apart, so that whoever tries out secrets keeps nobody behind the same address from signing in.
"""

WINDOW_SECONDS = 60.0
KEYS_MAX = 20_000


@dataclass(slots=True)
class Window:
    """The requests of a minute that began at a time, and those of the minute before."""

    began: float
    now: int = 0
    before: int = 0


class RequestLimits:
    """Counts requests, and refuses what is too much: the last minute's, the minute before weighed by its overlap."""

    def __init__(self, a_minute: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._of_person = a_minute
        self._of_address = max(1, a_minute // STRANGERS_PART)
        self._monotonic = monotonic
        self._windows: dict[tuple[str, str], Window] = {}

    def count_person(self, user_id: str) -> None:
        """A request of somebody. Raises Problem 429."""
        self._count(("person", user_id), self._of_person)

    def count_stranger(self, address: str, wants: Wants) -> None:
        """A request of nobody in particular, among those from there that want the same. Raises Problem 429."""
        self._count((wants, address), self._of_address)

    def count_browser(self, browser: str) -> None:
        """A try to sign in of a browser that is known, as many as an address gets. Raises Problem 429."""
        self._count(("browser", browser), self._of_address)

    def _count(self, key: tuple[str, str], most: int) -> None:
        now = self._monotonic()
        window = self._windows.get(key) or self._begun(key, now)
        minutes = int((now - window.began) // WINDOW_SECONDS)
        if minutes:
            window.before = window.now if minutes == 1 else 0
            window.began, window.now = window.began + minutes * WINDOW_SECONDS, 0
        left = WINDOW_SECONDS - (now - window.began)
        if window.before * left / WINDOW_SECONDS + window.now >= most:
            wait = max(1, math.ceil(left))
            sentence = f"There are too many requests, more than {most} a minute; wait {wait} seconds."
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence, headers={"Retry-After": str(wait)})
        window.now += 1

    def _begun(self, key: tuple[str, str], now: float) -> Window:
        if len(self._windows) >= KEYS_MAX:
            old = now - 2 * WINDOW_SECONDS
            self._windows = {each: window for each, window in self._windows.items() if window.began > old}
        if len(self._windows) >= KEYS_MAX:  # more clients than can be told apart: begin anew for all of them
            self._windows.clear()
        self._windows[key] = window = Window(now)
        return window
