"""``ballast doctor``: each setting with its source, each dependency with its state; never a secret."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
from psycopg.rows import dict_row
from pydantic import SecretStr, ValidationError
from rich.console import Console
from rich.table import Column, Table

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.embedded.folder import DataFolder, InstanceRunning
from api.cli.finding import Finding
from api.cli.kept_apart import kept_apart
from api.cli.latest_backup import latest_backup
from api.cli.options import Data, Json
from api.cli.restored import restored
from api.cli.seals import seals
from api.configuration import SECRETS_FOLDER, Configuration
from api.secrets_folder import MADE, known_sealing_key
from projections import listings
from projections.catalogue import READ_MODELS

WRONG = 1
FREE_BYTES_MIN = 1_000_000_000


def doctor(data: Data = None, as_json: Json = False) -> None:
    """Show every setting, its source and what is wrong with it; exit code 1 when something is."""
    try:
        configuration = Configuration()
    except ValidationError as error:
        findings = [Finding(str(e["loc"][0]), "", "environment", e["msg"]) for e in error.errors()]
    else:
        folder = DataFolder(data or configuration.data)
        findings = [
            *_settings(configuration, data, folder),
            *_folder(folder),
            *_servers(configuration, folder),
        ]
    _print(findings, as_json=as_json)
    if any(finding.problem for finding in findings):
        raise SystemExit(WRONG)


def _settings(configuration: Configuration, data: Data, folder: DataFolder) -> Iterator[Finding]:
    for name, field in Configuration.model_fields.items():
        variable = field.alias or name
        value = getattr(configuration, name)
        if name == "data" and data is not None:
            yield Finding(variable, str(data), "--data")
        elif variable in MADE and value is None and (folder.secrets / variable).exists():
            yield Finding(variable, "set, not shown", f"made, in {folder.secrets / variable}")
        else:
            yield Finding(variable, _shown(value), _source(variable))


def _shown(value: object) -> str:
    match value:
        case None:
            return "not set"
        case SecretStr():
            return "set, not shown"
        case str() if "://" in value:
            return _without_password(value)
        case _:
            return str(value)


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":***@", 1)


def _source(variable: str) -> str:
    if os.environ.get(variable):
        return "environment"
    file = SECRETS_FOLDER / variable
    return str(file) if file.exists() and file.read_text().strip() else "default"


def _folder(folder: DataFolder) -> Iterator[Finding]:
    root = folder.root
    existing = next(path for path in (root, *root.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    problem = f"only {free / 1e9:.1f} GB are free" if free < FREE_BYTES_MIN else None
    yield Finding("data folder", str(root), "exists" if root.exists() else "to be made", problem)


def _servers(configuration: Configuration, folder: DataFolder) -> Iterator[Finding]:
    note = _published(folder)
    database_url = configuration.database_url or note.get("database_url")
    redis_url = configuration.redis_url or note.get("redis_url")
    yield _asked("PostgreSQL", database_url, _postgres)
    yield _asked("Redis", redis_url, _redis)
    yield from seals(database_url, configuration.sealing_key or known_sealing_key(folder.secrets))
    if database_url:
        yield from _followers(database_url)
        yield from latest_backup(database_url)
        yield from restored(database_url)
        yield from kept_apart(database_url)
        yield from calendars(_exchanges(database_url), datetime.now(UTC).date())


def _published(folder: DataFolder) -> dict[str, str]:
    """Where a program that runs on the folder says its servers are."""
    if not folder.servers_file.exists():
        return {}
    try:
        folder.lock("a doctor").release()
    except InstanceRunning:
        found: dict[str, str] = json.loads(folder.servers_file.read_text())
        return found
    return {}


def _asked(name: str, url: str | None, ask: Callable[[str], str]) -> Finding:
    if url is None:
        return Finding(name, "embedded, not running", "started by ballast up")
    try:
        return Finding(name, ask(url), _without_password(url))
    except (psycopg.Error, redis.RedisError) as error:
        return Finding(
            name, "away", _without_password(url), (str(error).strip().splitlines() or ["no answer"])[0]
        )


def _postgres(url: str) -> str:
    with psycopg.connect(url, connect_timeout=5) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version')}"


def _redis(url: str) -> str:
    with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
        return f"Redis {client.info('server')['redis_version']}"


def _followers(database_url: str) -> Iterator[Finding]:
    try:
        with psycopg.connect(database_url, connect_timeout=5) as connection:
            if connection.execute("select to_regclass('followers')").fetchone() == (None,):
                yield Finding("schema", "empty", "made by ballast up")
                return
            last = connection.execute(
                "select coalesce(max(notification_id), 0) from stored_events"
            ).fetchone()
            newest = last[0] if last else 0
            yield Finding("events", f"{newest:,}", f"{len(READ_MODELS)} read models")
            for name, number in connection.execute("select name, number from followers order by name"):
                yield Finding(f"follower {name}", f"{newest - number:,} events behind", "log")
            yield _letters(connection)
            for name, problem in connection.execute("select follower, problem from parked"):
                yield Finding(f"follower {name}", "parked", "log", problem)
    except psycopg.Error:
        return


def _letters(connection: psycopg.Connection[tuple[Any, ...]]) -> Finding:
    found = connection.execute("select count(*) from dead_letters where settled_at is null").fetchone()
    waiting = found[0] if found else 0
    problem = "see ballast dead-letters" if waiting else None
    return Finding("dead letters", f"{waiting:,}", "jobs that were given up", problem)


def _exchanges(database_url: str) -> list[str]:
    """Where listings trade; nowhere as long as there is no database, or nothing in it."""
    try:
        with psycopg.connect(database_url, connect_timeout=5, row_factory=dict_row) as connection:
            return listings.exchanges(connection)
    except psycopg.Error:
        return []


def calendars(exchanges: Iterable[str], today: date) -> Iterator[Finding]:
    """How far each exchange's calendar reaches, which is a problem from ninety days before its end on."""
    sessions = ExchangeSessions()
    for exchange in exchanges:
        warning = sessions.warning(exchange, today)
        last = warning.last if warning else sessions.reaches(exchange)[1]
        value = f"known to {last}" if last else "not known"
        problem = warning.sentence if warning else None
        yield Finding(f"calendar {exchange}", value, "exchange_calendars", problem)


def _print(findings: list[Finding], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings]))
        return
    table = Table(*(Column(name, overflow="fold") for name in ("what", "value", "source", "problem")))
    for finding in findings:
        table.add_row(finding.name, finding.value, finding.source, finding.problem or "")
    Console().print(table)
