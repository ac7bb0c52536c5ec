"""Secrets that are planted, and everywhere that they must not be found."""

import base64
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import psycopg
import structlog
from psycopg.sql import SQL, Identifier
from typer.testing import CliRunner

from api.cli.main import app
from api.logs import configure
from api.wiring import House


@contextmanager
def everything_logged() -> Iterator[io.BytesIO]:
    """Everything is logged as a role of Ballast logs it, and kept here."""
    handlers, level, written = logging.root.handlers, logging.root.level, io.BytesIO()
    with redirect_stderr(io.TextIOWrapper(written, write_through=True)):
        configure("DEBUG")
        # Pytest puts a standard error of its own in place between a fixture and its test.
        structlog.configure(logger_factory=structlog.BytesLoggerFactory(file=written))
        yield written
    structlog.reset_defaults()
    logging.root.handlers = handlers
    logging.root.setLevel(level)


def everything_stored(house: House) -> bytes:
    """Every value of every column of every table, and bytes as they are."""
    found = []
    with psycopg.connect(house.database_url) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (table,) in tables:
            for row in connection.execute(SQL("select * from {}").format(Identifier(table))):
                found += [value if isinstance(value, bytes) else f"{value}".encode() for value in row]
    assert any(b"portfolio.opened" in value for value in found), "events were among them"
    return b"\n".join(found)


def spellings(secret: str) -> list[bytes]:
    """How a secret may lie somewhere: as it is, in hexadecimal, in base64, or as the bytes that it spells."""
    text = secret.encode()
    spelt = [text, text.hex().encode(), base64.b64encode(text).rstrip(b"=")]
    try:
        raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return spelt
    return [*spelt, raw, raw.hex().encode()]


def doctor(house: House, data: Path, keys: str) -> tuple[int, str]:
    """The exit code of ``ballast doctor --json`` and what it says."""
    settings = {
        "DATABASE_URL": house.database_url,
        "REDIS_URL": house.redis_url,
        "BALLAST_DATA": str(data),
        "BALLAST_SEALING_KEY": keys,
    }
    result = CliRunner().invoke(app, ["doctor", "--json"], env=settings)
    return result.exit_code, result.output
