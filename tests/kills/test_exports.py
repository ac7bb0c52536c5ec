"""A worker is killed in the middle of an export: nothing of it is to be seen, and the next worker ends it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
import pytest

import object_store
from adapters.exports.bucket import StoreSettings
from adapters.exports.s3_store import S3Store
from api.following import Followers
from api.wiring import House
from api.worker import Worker
from domain.runs.state import Run
from examples import IN_SESSION, eventually, open_example
from exported import Written, as_it_stands, asked
from kills.export_program import Where
from kills.held_store import HeldStore
from kills.programs import PATIENCE_SECONDS, SOURCES
from object_store import BUCKET

STOP = 4711
STOPPING = f"""
    create function stop_here() returns trigger language plpgsql as $$
    begin
        if new.rows_done > 0 then perform pg_advisory_xact_lock({STOP}); end if;
        return new;
    end $$;
    create trigger stop_here before insert or update on export_progress
        for each row execute function stop_here()"""
"""Whoever says how many rows it has written comes no further while somebody holds the lock."""


@contextmanager
def exporting(house: House, run: Run, endpoint: str | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that carries out the export, killed at the block's end as a power cut would."""
    where = Where(
        house.database_url, house.redis_url, house.namespace, str(house.exports_folder), str(run.id), endpoint
    )
    paths = os.pathsep.join(map(str, (SOURCES, Path(__file__).parents[1])))
    process = subprocess.Popen(
        [sys.executable, "-m", "kills.export_program", json.dumps(asdict(where))],
        env=os.environ | {"PYTHONPATH": paths},
    )
    try:
        yield process
        assert process.poll() is None, "it ended before it was killed"
    finally:
        process.kill()
        process.wait(PATIENCE_SECONDS)


def published(house: House) -> list[Path]:
    """What stands in the folder of exports under any name but those of drafts."""
    return [path for path in house.exports_folder.glob("[!.]*/**/*") if path.is_file()]


def drafted(house: House) -> list[Path]:
    """What is being written, or was left by whoever died."""
    return [*house.exports_folder.glob(".unfinished/*/*")]


def ended_by_a_worker(house: House, run: Run) -> dict[str, Any]:
    """The export as it stands once a worker has come upon it by itself."""

    def look() -> dict[str, Any] | None:
        row = as_it_stands(house, run)
        return row if row["ended_at"] else None

    with Worker(house), Followers(house):
        return eventually(look)


def written_events(house: House) -> int:
    """How often the log says that an export was written."""
    with house.pool.connection() as connection:
        row = connection.execute(
            "select count(*) as times from stored_events where topic = 'run.export_written.1'"
        ).fetchone()
    assert row is not None
    return int(row["times"])


def is_stopped(connection: psycopg.Connection[Any]) -> bool:
    """Whether somebody waits for the lock."""
    waiting = (
        "select from pg_locks join pg_database d on d.oid = database and d.datname = current_database()"
        " where locktype = 'advisory' and objid = %s and not granted"
    )
    return connection.execute(waiting, (STOP,)).fetchone() is not None


def test_killed_between_rows_nothing_is_to_be_seen_and_the_next_worker_ends_it(house: House) -> None:
    """The second file of three is never begun. What was drafted is taken away, and progress begins anew."""
    house.ledger.clock = lambda: IN_SESSION
    open_example(house)
    run = asked(house, "statement", destination="file:2026/q4")
    with psycopg.connect(house.database_url, autocommit=True) as stopping:
        stopping.execute(STOPPING)
        stopping.execute("select pg_advisory_lock(%s)", (STOP,))
        with exporting(house, run):
            eventually(lambda: is_stopped(stopping))
            assert [path.name for path in drafted(house)] == ["statement.parquet"]
            assert published(house) == []
        assert (published(house), len(drafted(house))) == ([], 1)
        assert as_it_stands(house, run)["status"] == "running"

    row = ended_by_a_worker(house, run)
    assert (row["status"], row["rows_done"]) == ("success", row["rows_in_all"])
    assert Written(house.exports_folder / "2026" / "q4" / str(run.id), row).is_what_it_says()
    assert len(published(house)) == 4
    assert (drafted(house), written_events(house)) == ([], 1)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a store with nothing in it."""
    with object_store.served() as found:
        yield found


@pytest.fixture
def store(endpoint: str) -> Iterator[Any]:
    """The store as its owner sees it, with a bucket."""
    with object_store.bucket(endpoint) as client:
        yield client


def hashes(store: Any) -> dict[str, str]:
    """The hash of each object in the bucket, by its last name."""
    return {
        key.rpartition("/")[2]: hashlib.sha256(content).hexdigest()
        for key, content in object_store.objects(store).items()
    }


def test_killed_on_the_way_to_a_bucket_each_file_is_whole_or_away_and_the_manifest_comes_last(
    house: House, store: Any, endpoint: str
) -> None:
    """Stopped at a file and at the manifest, one process after the other; what came is what the last one brings."""
    house.ledger.clock = lambda: IN_SESSION
    open_example(house)
    house.object_store = StoreSettings("key", "a secret of tests", endpoint=endpoint)
    run = asked(house, "orders", "csv", destination=f"s3://{BUCKET}/2026")
    seen: list[dict[str, str]] = []
    for name in ("executions.csv", "manifest.json"):
        held = HeldStore(endpoint, f"PUT /{BUCKET}/2026/{run.id}/{name}".encode())
        with held, exporting(house, run, held.endpoint):
            assert held.reached.wait(PATIENCE_SECONDS)
        seen.append(hashes(store))
    assert [[*each] for each in seen] == [["orders.csv"], ["executions.csv", "orders.csv"]]

    row = ended_by_a_worker(house, run)
    assert row["status"] == "success", row["summary"]
    whole = {each["name"]: each["sha256"] for each in row["files"]}
    assert hashes(store) == whole
    assert all(each.items() <= whole.items() for each in seen)
    assert (drafted(house), written_events(house)) == ([], 1)


PUT = """
import sys
from pathlib import Path
from adapters.exports.bucket import StoreSettings
from adapters.exports.s3_store import S3Store
S3Store(StoreSettings("key", "secret", endpoint=sys.argv[1])).put(Path(sys.argv[2]), sys.argv[3], "large")
"""


def test_killed_when_all_parts_of_a_large_file_have_come_there_is_no_object_yet(
    store: Any, endpoint: str, tmp_path: Path
) -> None:
    """Before anybody has said that they are all. Sent again it is whole."""
    path = tmp_path / "large"
    path.write_bytes(bytes(range(256)) * (40 << 12))
    with HeldStore(endpoint, f"POST /{BUCKET}/large?uploadId=".encode()) as held:
        sending = subprocess.Popen(
            [sys.executable, "-c", PUT, held.endpoint, str(path), BUCKET],
            env=os.environ | {"PYTHONPATH": str(SOURCES)},
        )
        try:
            assert held.reached.wait(PATIENCE_SECONDS)
        finally:
            sending.kill()
            sending.wait(PATIENCE_SECONDS)
    assert hashes(store) == {}
    S3Store(StoreSettings("key", "secret", endpoint=endpoint)).put(path, BUCKET, "large")
    assert hashes(store) == {"large": hashlib.sha256(path.read_bytes()).hexdigest()}
