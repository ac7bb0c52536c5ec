"""Ways in which a part of a running Ballast, or its broker, goes away from one moment to the next."""

import os
import random
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress

import redis

from kills.live.desk import AlpacaDesk
from kills.programs import Program, a_connection_on, redis_on
from kills.rounds import CONNECTION, EMPTIED

REMOVED, OUTAGE = "redis and its files", "alpaca"
TARGETS = (
    *("api", "worker", "projections", "scheduler", "up", "postgres", "redis"),
    *(CONNECTION, EMPTIED, REMOVED, OUTAGE),
)


class Deaths:
    """Strikes one part of what ``ballast up`` runs, the program itself, or its broker's answers."""

    def __init__(self, up: Program, desk: AlpacaDesk, chance: random.Random) -> None:
        self._up = up
        self._desk = desk
        self._chance = chance

    def strike(self, name: str) -> str | None:
        """Let it die, and answer what exactly happened; None when it is dead already."""
        special: dict[str, Callable[[], str | None]] = {
            OUTAGE: lambda: f"alpaca {self._desk.outage(self._chance)}",
            EMPTIED: self._empty_redis,
            REMOVED: self._remove_redis,
            "up": self._kill_up,
            CONNECTION: lambda: _kill(CONNECTION, a_connection_on(self._up.data)),
        }
        return special[name]() if name in special else self._kill_child(name)

    def _kill_child(self, name: str) -> str | None:
        return _kill(name, self._up.children().get(name))

    def _kill_up(self) -> str:
        self._up.kill()
        self._up.start()
        return "up"

    def _empty_redis(self) -> str | None:
        with redis_on(self._up.data) as client, suppress(redis.RedisError):
            client.flushall()
            return EMPTIED
        return None

    def _remove_redis(self) -> str | None:
        died = self._kill_child("redis")
        if died is not None:
            shutil.rmtree(self._up.data / "redis" / "appendonlydir", ignore_errors=True)
        return died and REMOVED


def _kill(name: str, pid: int | None) -> str | None:
    if pid is None:
        return None
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return None
    return name
