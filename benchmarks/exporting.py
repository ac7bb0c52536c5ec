"""Exporting the log to each form, beside a bare COPY of the same rows; the memory that it takes."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from api.wiring import House
from application.ledger import Cause
from benchmarks.measurement import Measurement, flat, in_a_process_of_its_own, peak_mebibytes
from domain.exports.wanted import FORMS, ExportWanted, Form
from projections.exports.extracts import STREAMED
from projections.exports.sources import EVENTS

PROMISED_EVENTS_A_SECOND = 50_000
BYTES_A_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Exported:
    """An export of the log: rows and rows a second, and in MiB the file's size and the most memory that it took."""

    rows: int
    rows_a_second: float
    mebibytes: float
    peak_mebibytes: float


def measured(house: House, shorter: Exported) -> Iterator[Measurement]:
    """The figures of each form, the memory of Parquet held against that of a shorter log."""
    yield Measurement("bare COPY of the same rows", _bare(house), "events/s")
    for form in FORMS:
        found = exported(house, form)
        target = PROMISED_EVENTS_A_SECOND if form == "parquet" else None
        name = f"events to {form}, {found.mebibytes:,.0f} MiB"
        yield Measurement(name, found.rows_a_second, "events/s", target=target)
        if form == "parquet":
            yield Measurement(f"peak memory, {shorter.rows:,} events", shorter.peak_mebibytes, "MiB")
            yield flat(f"peak memory, {found.rows:,} events", found.peak_mebibytes, shorter.peak_mebibytes)
        else:
            yield Measurement(f"peak memory of {form}", found.peak_mebibytes, "MiB")


def exported(house: House, form: Form) -> Exported:
    """Export all events."""
    wanted = ExportWanted(what="events", form=form, since=None, until=None, destination="file:")
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    run_id = house.request_export(cause, "local", wanted, None).answer.id
    return in_a_process_of_its_own(_exported, house.database_url, house.redis_url, run_id)


def _bare(house: House) -> float:
    """How many rows a second the server can tell in the order of the log, read and forgotten."""
    parameters = {"member": "local", "portfolio": None, "since": None, "until": None, "up_to": 2**62}
    began, rows = time.perf_counter(), 0
    with (
        house.pool.connection() as connection,
        connection.transaction(),
        connection.execute(STREAMED),
        connection.cursor() as cursor,
        cursor.copy(EVENTS.copy("parquet"), parameters) as copy,
    ):
        for _ in copy:
            rows += 1
    return rows / (time.perf_counter() - began)


def _exported(database_url: str, redis_url: str, run_id: UUID) -> Exported:
    with tempfile.TemporaryDirectory(prefix="ballast-bench-") as folder:
        house = House(database_url, redis_url, exports_folder=Path(folder))
        house.write_export  # noqa: B018  # the libraries are loaded before the clock runs
        began = time.perf_counter()
        done = house.execute_run(run_id)
        took = time.perf_counter() - began
        with house.pool.connection() as connection:
            row = connection.execute(
                "select files from exports_written where run_id = %s", (run_id,)
            ).fetchone()
        house.close()
    if done is None or done.status != "success" or row is None:
        raise AssertionError(f"not exported: {done}")
    [file, _] = row["files"]
    size = file["size_bytes"] / BYTES_A_MEBIBYTE
    return Exported(file["rows"], file["rows"] / took, size, peak_mebibytes())
