"""Keeps jobs that have failed as often as they may."""

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import dramatiq
import psycopg
import structlog
from dramatiq.middleware import Middleware
from psycopg_pool import PoolTimeout

log = structlog.get_logger()

Keep = Callable[[str, Sequence[Any], str], None]
"""Keeps a job: its name, the ids it was asked with, and its error."""

OURS = Path(__file__).parents[2]


class KeepDeadLetters(Middleware):
    """Stands before Retries, so that it hears of a message after that has given it up."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    def after_process_message(
        self,
        broker: dramatiq.Broker,  # the library's signature
        message: dramatiq.MessageProxy,
        *,
        result: object = None,
        exception: BaseException | None = None,
    ) -> None:
        """Keep it, unless the database is what is away: then the sweeps find all of it again."""
        if exception is None or not message.failed:
            return
        told = error_of(exception)
        try:
            self._keep(message.actor_name, list(message.args), told)
        except (psycopg.Error, PoolTimeout) as away:
            log.warning("dead_letter.lost", job=message.actor_name, error=told, because=type(away).__name__)


def error_of(exception: BaseException) -> str:
    """The kind of an error and the innermost place of ours; never its text, which may quote what it was about."""
    kind = type(exception).__name__
    for frame in reversed(traceback.extract_tb(exception.__traceback__)):
        place = Path(frame.filename)
        if place.is_relative_to(OURS):
            return f"{kind} at {place.relative_to(OURS)}:{frame.lineno}"
    return kind
