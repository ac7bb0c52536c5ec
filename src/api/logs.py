"""Structured logs: one JSON object a line on standard error, the same for every role."""

import logging
import sys
from typing import BinaryIO, cast

import msgspec
import structlog

QUIET = ("uvicorn", "uvicorn.access", "dramatiq", "psycopg.pool", "asyncio")


class StandardError:
    """Standard error as it is when something is said: it may be another one than when its logger was made."""

    def write(self, line: bytes) -> int:
        """Write a line."""
        return sys.stderr.buffer.write(line)

    def flush(self) -> None:
        """Let it be read."""
        sys.stderr.buffer.flush()


def configure(level: str = "INFO") -> None:
    """Log from ``level`` upward, our own events and the libraries' warnings alike.

    Standard output stays free for what commands answer. Raises ValueError for a level that does not exist.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"{level} is no log level; use DEBUG, INFO, WARNING or ERROR")
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_encode)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(file=cast("BinaryIO", StandardError())),
    )
    _libraries(number, shared)


def _encode(line: object, **_: object) -> bytes:
    return msgspec.json.encode(line, enc_hook=str)


def _libraries(level: int, shared: list[structlog.typing.Processor]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    renderer = structlog.processors.JSONRenderer()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    handler.addFilter(_is_news)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        library = logging.getLogger(name)
        library.handlers = []
        library.propagate = True
        library.setLevel(max(level, logging.WARNING))


def _is_news(record: logging.LogRecord) -> bool:
    """All but dramatiq's warning of several workers in a process: each of ours has queues of its own."""
    return not (record.name.startswith("dramatiq") and "_WorkerMiddleware" in record.getMessage())
