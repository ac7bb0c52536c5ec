"""Tries to sign in, counted in Redis for all processes; while Redis is away each process counts for itself."""

import math
import time
from collections.abc import Callable, Sequence
from ipaddress import IPv6Network, ip_network

import redis
import structlog
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from application.ports.access import Whereabouts
from domain.access.person import name_key
from domain.access.secret import hash_of

log = structlog.get_logger()

OF_A_NAME_HERE = RateLimitItemPerMinute(5, 5, namespace="name-here")
"""Of a name from one address: five in five minutes, until its person comes in."""

OF_A_NAME_HERE_LONG = RateLimitItemPerHour(20, 1, namespace="name-here-long")
"""The same: twenty an hour, so that one address does not use up what there is of a name."""

OF_A_BROWSER = RateLimitItemPerMinute(5, 5, namespace="browser")
"""Of a name in a browser in which its person has signed in before: five in five minutes, whatever others try."""

OF_PROOFS = RateLimitItemPerMinute(5, 5, namespace="proofs")
OF_PROOFS_LONG = RateLimitItemPerDay(30, 1, namespace="proofs-long")
"""Of a password within a sign-in: five in five minutes, thirty a day, until it is right."""

OF_AN_ADDRESS = RateLimitItemPerMinute(100, 15, namespace="address")
"""Of one address, for whatever names and with whatever success: a hundred in a quarter of an hour."""

OF_A_NETWORK_FIRST = RateLimitItemPerHour(3, 1, namespace="network-first")
"""Of a name from one network, three an hour are *first* tries, which are counted apart from all further ones."""

OF_A_NAME_FIRST = RateLimitItemPerHour(90, 1, namespace="name-first")
"""First tries of a name, from wherever: ninety an hour, until its person comes in. It takes thirty networks to use
them up; however often a few have tried, a person comes to a place that they have never been at with three of their own.
"""

OF_A_NAME = RateLimitItemPerHour(30, 1, namespace="name")
"""Further tries of a name, from wherever: thirty an hour, until its person comes in."""

NETWORK_PREFIX = 48
"""IPv6 networks are given away by this size, and hold 65 536 of those that count as one address elsewhere."""

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

    def take(self, name: str, at: Whereabouts) -> int | None:
        """See application.ports.access.Tries."""
        if at.browser is not None:
            return self._take((OF_A_BROWSER, _hidden(at.browser)))
        return self._counted(lambda limiter: _take_anywhere(limiter, name_key(name), at.address))

    def forgive(self, name: str, at: Whereabouts) -> None:
        """See application.ports.access.Tries."""
        if at.browser is not None:
            self._clear(OF_A_BROWSER, _hidden(at.browser))
        here = _hidden(name_key(name), at.address)
        self._clear(OF_A_NAME_HERE, here)
        self._clear(OF_A_NAME_HERE_LONG, here)
        self._clear(OF_A_NETWORK_FIRST, _hidden(name_key(name), _network(at.address)))
        self.forgive_name(name)

    def take_proof(self, secret_hash: bytes) -> int | None:
        """See application.ports.access.Tries."""
        return self._take((OF_PROOFS, secret_hash.hex()), (OF_PROOFS_LONG, secret_hash.hex()))

    def forgive_proofs(self, secret_hash: bytes) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_PROOFS, secret_hash.hex())
        self._clear(OF_PROOFS_LONG, secret_hash.hex())

    def take_code(self, whose: str) -> int | None:
        """See application.ports.access.Tries."""
        return self._take((OF_CODES, _hidden(whose)))

    def forgive_codes(self, whose: str) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_CODES, _hidden(whose))

    def forgive_name(self, name: str) -> None:
        """See application.ports.access.Tries."""
        self._clear(OF_A_NAME_FIRST, _hidden(name_key(name)))
        self._clear(OF_A_NAME, _hidden(name_key(name)))

    def _take(self, *keys: Key) -> int | None:
        return self._counted(lambda limiter: _take(limiter, keys))

    def _counted(self, take: Callable[[MovingWindowRateLimiter], int | None]) -> int | None:
        try:
            return take(self._shared)
        except redis.RedisError as error:
            log.warning("tries.away", error=type(error).__name__)
            return take(self._own)

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


def _take_anywhere(limiter: MovingWindowRateLimiter, name: str, address: str) -> int | None:
    """A try in a browser that nobody knows. What is refused for one name keeps nobody at that address from theirs."""
    here = _hidden(name, address)
    wait = _take(
        limiter,
        ((OF_A_NAME_HERE, here), (OF_A_NAME_HERE_LONG, here), (OF_AN_ADDRESS, _hidden(address))),
    )
    if wait is not None:
        return wait
    if limiter.hit(OF_A_NETWORK_FIRST, _hidden(name, _network(address))) and limiter.hit(
        OF_A_NAME_FIRST, _hidden(name)
    ):
        return None
    return _take(limiter, ((OF_A_NAME, _hidden(name)),))


def _network(address: str) -> str:
    """Whatever whoever has this address is likely to have as well."""
    try:
        network = ip_network(address)
    except ValueError:
        return address
    return str(network.supernet(new_prefix=NETWORK_PREFIX)) if isinstance(network, IPv6Network) else address


def _hidden(*parts: str) -> str:
    return hash_of("\0".join(parts)).hex()
