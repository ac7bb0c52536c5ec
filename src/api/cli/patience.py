"""Servers that die are started again by whoever owns them; a command that can be repeated waits for that."""

import time

import psycopg
import redis

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.2

AWAY = (psycopg.OperationalError, redis.RedisError)
"""What is raised while the database or Redis does not answer; a pool that waited in vain is among the former."""


class Patience:
    """How long a command has been waiting; ``renew`` it whenever the servers have answered."""

    def __init__(self, seconds: float = PATIENCE_SECONDS) -> None:
        self._seconds = seconds
        self._since: float | None = None

    def renew(self) -> None:
        """Take note that the servers are there."""
        self._since = None

    def wait(self, away: Exception) -> None:
        """Wait a moment before the next attempt. Raises ``away`` itself when there was no answer for too long."""
        now = time.monotonic()
        self._since = self._since if self._since is not None else now
        if isinstance(away, psycopg.errors.DiskFull) or now - self._since >= self._seconds:
            raise away
        time.sleep(PAUSE_SECONDS)
