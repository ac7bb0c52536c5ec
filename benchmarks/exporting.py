"""Exporting: events to Parquet and CSV beside a bare COPY of the same rows; memory at a quarter and at all of them."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from api.wiring import House
from application.ledger import Cause
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement
from benchmarks.whole_orders import fill_the_log
from domain.exports.wanted import ExportWanted, Form
from projections.exports.sources import EVENTS
from projections.timeline import TIMELINE

TRUE_EVENTS = 20_000
TIMES = 50
STREAMS = 500
KIBIBYTES_PER_MEBIBYTE = 1024
PROMISED_EVENTS_A_SECOND = 50_000

OTHERS = ", ".join(column for column in TIMELINE.columns if column != "event_number")

COPIES = (
    """insert into stored_events (originator_id, originator_version, topic, state, notification_id)
    select gen_random_uuid(), originator_version, topic, state, notification_id + n
    from stored_events, {n} where notification_id <= %(size)s""",
    "insert into audit_chain (number, hash) select number + n, hash from audit_chain, {n} where number <= %(size)s",
    f"""insert into timeline (event_number, {OTHERS}) select event_number + n, {OTHERS}
    from timeline, {{n}} where event_number <= %(size)s""",
    "update followers set number = (select max(notification_id) from stored_events)",
    "analyze stored_events, audit_chain, timeline",
)
"""Copies of true events: an export looks into none, and filling the log with new ones takes many times as long."""

OFFSETS = "generate_series(%(end)s::bigint, %(end)s + %(size)s * (%(times)s - 1), %(size)s) n"


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """A log of whole orders, fifty times over."""
    with fresh_house(addresses) as house:
        fill_the_log(house, settle(house, STREAMS, 1).position_ids, TRUE_EVENTS)
        size = _followed(house)
        _multiply(house, size, TIMES // 4)
        _, quarter, _ = _exported(house, "parquet")
        _multiply(house, size, TIMES - TIMES // 4)
        rows, limit = _bare(house)
        yield Measurement("bare COPY of the same rows", limit, "events/s")
        for form in ("parquet", "csv"):
            speed, whole, mebibytes = _exported(house, form)
            target = PROMISED_EVENTS_A_SECOND if form == "parquet" else None
            yield Measurement(f"events to {form}, {mebibytes:,.0f} MiB", speed, "events/s", target=target)
            if form == "parquet":
                yield Measurement(f"peak memory, {rows // 4:,} events", quarter, "MiB")
                yield Measurement(f"peak memory, {rows:,} events", whole, "MiB", quarter * 1.1, "less")


def _followed(house: House) -> int:
    """How many events there are, all of them followed."""
    with house.pool.connection() as connection:
        for follower in house.followers():
            follower.catch_up(connection)
        return house.log.last_number(connection)


def _multiply(house: House, size: int, times: int) -> None:
    """Put the first events behind the last one, so many times."""
    _followed(house)
    with house.pool.connection() as connection:
        numbers = {"size": size, "times": times, "end": house.log.last_number(connection)}
        for statement in COPIES:
            connection.execute(statement.replace("{n}", OFFSETS), numbers)


def _bare(house: House) -> tuple[int, float]:
    """How many rows there are, and how many a second the server can tell, read and forgotten."""
    parameters = {"member": "local", "portfolio": None, "since": None, "until": None, "up_to": 2**62}
    statement = f"copy ({EVENTS.select(for_spreadsheets=False)}) to stdout (format csv)"
    began, rows = time.perf_counter(), 0
    with (
        house.pool.connection() as connection,
        connection.cursor() as cursor,
        cursor.copy(statement, parameters) as copy,
    ):
        for _ in copy:
            rows += 1
    return rows, rows / (time.perf_counter() - began)


def _exported(house: House, form: Form) -> tuple[float, float, float]:
    """Rows a second, the peak of memory in MiB, and the size of the file in MiB, of a process of its own."""
    wanted = ExportWanted(what="events", form=form, since=None, until=None, destination="file:")
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    run_id = house.request_export(cause, "local", wanted, None).answer.id
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(export_the_log, (house.database_url, house.redis_url, run_id))


def export_the_log(database_url: str, redis_url: str, run_id: UUID) -> tuple[float, float, float]:
    """Carry out an export; answers rows a second, and MiB of memory and of the file."""
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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEBIBYTE
    [file, _] = row["files"]
    return file["rows"] / took, peak, file["size_bytes"] / 2**20
