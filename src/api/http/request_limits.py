"""How many requests a minute one person may make, and one address whose people are not known.

Counted by each process for itself, in memory: this keeps one client from having the process to itself. Guessing
passwords is another matter, see adapters.redis.tries.
"""

import math
import time
from http import HTTPStatus

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.http.problems import Problem

STRANGERS_PART = 10
"""An address that nobody has signed in from gets one in so many of a person's requests."""


class RequestLimits:
    """Counts requests, and refuses what is too much."""

    def __init__(self, a_minute: int) -> None:
        self._of_person = RateLimitItemPerMinute(a_minute, namespace="person")
        self._of_address = RateLimitItemPerMinute(max(1, a_minute // STRANGERS_PART), namespace="address")
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count_person(self, user_id: str) -> None:
        """A request of somebody. Raises Problem 429."""
        self._count(self._of_person, user_id)

    def count_address(self, address: str) -> None:
        """A request of nobody in particular. Raises Problem 429."""
        self._count(self._of_address, address)

    def _count(self, item: RateLimitItemPerMinute, key: str) -> None:
        if self._limiter.hit(item, key):
            return
        reset = self._limiter.get_window_stats(item, key).reset_time
        wait = min(item.get_expiry(), max(1, math.ceil(reset - time.time())))
        sentence = f"There are too many requests, more than {item.amount} a minute; wait {wait} seconds."
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence, headers={"Retry-After": str(wait)})
