"""Tries to sign in, counted in Redis for all processes; while Redis is away each process counts for itself."""

import hashlib
import math
import time
from collections.abc import Sequence

import redis
import structlog
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from domain.access.person import name_key

log = structlog.get_logger()

OF_A_NAME_HERE = RateLimitItemPerMinute(5, 5, namespace="name-here")
"""Of a name from one address: five in five minutes, until its person comes in."""

OF_AN_ADDRESS = RateLimitItemPerMinute(100, 15, namespace="address")
"""Of one address, for whatever names and with whatever success: a hundred in a quarter of an hour."""

OF_A_NAME = RateLimitItemPerHour(50, 1, namespace="name")
"""Of a name, from wherever: fifty an hour, until its person comes in.

A stranger can use them up, and keep somebody from signing in for an hour, but not end what is signed in.
"""

OF_CODES = RateLimitItemPerDay(30, 1, namespace="codes")
"""Of a person's one-time codes: thirty a day until one is right. Whoever gets so far knows the password."""

ANSWER_SECONDS = 2

Key = tuple[RateLimitItem, str]


class RedisTries:
    """The application's Tries, in moving windows. Names are not kept there, only their hashes."""

    def __init__(self, redis_url: str, namespace: str) -> None:
        # Nobody who signs in waits for a Redis that is away: it is asked once, and not for long.
        self._client = redis.Redis.from_url(
            redis_url,
            retry=Retry(NoBackoff(), 0),
            socket_connect_timeout=ANSWER_SECONDS,
            socket_timeout=ANSWER_SECONDS,
        )
        shared = RedisStorage(
            "redis://", connection_pool=self._client.connection_pool, key_prefix=f"{namespace}.tries"
        )
        self._shared = MovingWindowRateLimiter(shared)
        self._own = MovingWindowRateLimiter(MemoryStorage())

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def take(self, name: str, address: str) -> int | None:
        """See application.ports.access.Tries."""
        return self._take(
            (OF_AN_ADDRESS, _hidden(address)),
            (OF_A_NAME_HERE, _hidden(name_key(name), address)),
            (OF_A_NAME, _hidden(name_key(name))),
        )

    def take_code(self, user_id: str) -> int | None:
        """See application.ports.access.Tries."""
        return self._take((OF_CODES, _hidden(user_id)))

    def forgive_codes(self, user_id: str) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_CODES, _hidden(user_id))

    def forgive(self, name: str, address: str) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_A_NAME_HERE, _hidden(name_key(name), address))
        self.forgive_name(name)

    def forgive_name(self, name: str) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_A_NAME, _hidden(name_key(name)))

    def _take(self, *keys: Key) -> int | None:
        try:
            return _take(self._shared, keys)
        except redis.RedisError as error:
            log.warning("tries.away", error=type(error).__name__)
            return _take(self._own, keys)

    def _clear(self, item: RateLimitItem, key: str) -> None:
        self._own.clear(item, key)
        try:
            self._shared.clear(item, key)
        except redis.RedisError as error:
            log.warning("tries.away", error=type(error).__name__)


def _take(limiter: MovingWindowRateLimiter, keys: Sequence[Key]) -> int | None:
    for item, key in keys:
        if not limiter.hit(item, key):
            return max(1, math.ceil(limiter.get_window_stats(item, key).reset_time - time.time()))
    return None


def _hidden(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
