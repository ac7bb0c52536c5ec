"""What ``ballast export --kind`` does: ask for an export, write it or wait for who does, and bring its files."""

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

from api.cli.failure import Failure
from api.cli.progress import progress
from api.wiring import House
from application.ledger import Cause
from domain.access.person import LOCAL
from domain.exports.destination import FILE, S3
from domain.exports.wanted import ExportWanted
from domain.refusals import Conflict
from domain.runs.state import Run
from projections import exports

LOOK_SECONDS = 0.2
NO_EXPORT = 4


def destination_and_folder(to: str | None) -> tuple[str, Path | None]:
    """Where an export goes, and the folder of this machine that its files are brought to, if any.

    Raises Conflict for a folder that something stands in already that may be an export.
    """
    if to is None:
        return FILE, None
    if to.startswith((FILE, S3)):
        return to, None
    folder = Path(to)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise Conflict(f"{folder} is there already and not an empty folder; nothing was exported.")
    return FILE, folder


def export_files(
    house: House, wanted: ExportWanted, portfolio_id: UUID | None, folder: Path | None
) -> Mapping[str, Any]:
    """Have an export written and answer it as it stands then, with ``folder`` where its files were brought to.

    Raises Failure when there is none.
    """
    cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
    asked = house.request_export(cause, LOCAL, wanted, portfolio_id).answer
    with ThreadPoolExecutor(1) as writer:
        row = _watched(house, asked, wanted, writer)
    if row["status"] != "success":
        raise Failure(f"There is no export: {row['summary']}", NO_EXPORT)
    if folder is not None:
        _bring(house, row, folder)
    return row | {"folder": None if folder is None else str(folder)}


def _watched(house: House, asked: Run, wanted: ExportWanted, writer: ThreadPoolExecutor) -> dict[str, Any]:
    """Carried out here; a worker that was quicker is waited for, and followed should it die."""
    with progress() as tell:
        carried_out = writer.submit(house.execute_run, asked.id)
        while True:
            row = _row(house, asked.id)
            tell(wanted.what, row["rows_done"] or 0, row["rows_in_all"])
            if row["ended_at"] is not None:
                return row
            if carried_out.done():
                carried_out.result()
                carried_out = writer.submit(house.execute_run, asked.id)
            time.sleep(LOOK_SECONDS)


def _row(house: House, run_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        row = exports.one(connection, LOCAL, run_id)
    if row is None:
        raise Failure("There is no export: its run is gone.", NO_EXPORT)
    return row


def _bring(house: House, row: Mapping[str, Any], to: Path) -> None:
    """Copy the files beside their place, and give the folder its name when all of them have come as they left."""
    from adapters.exports.hashing import sha256_of

    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{to.name}-", dir=to.parent, ignore_cleanup_errors=True
    ) as beside:
        for each in row["files"]:
            path = house.export_places.file(row["destination"], row["id"], each["name"])
            if path is None:
                where = f"It was written to {row['place']} of another machine, by a worker there"
                raise Failure(f"{where}; fetch it with GET /exports/{row['id']}/files/….", NO_EXPORT)
            shutil.copyfile(path, copy := Path(beside) / each["name"])
            if sha256_of(copy) != each["sha256"]:
                raise Failure(f"{each['name']} did not come as it was written.", NO_EXPORT)
        Path(beside).chmod(0o755 & ~_mask())
        Path(beside).rename(to)


def _mask() -> int:
    """The process's own, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
