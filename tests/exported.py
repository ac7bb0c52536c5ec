"""Exports that tests ask for, and their files as other programs read them."""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from api.wiring import House
from application.ledger import Cause
from domain.exports.wanted import ExportWanted
from domain.runs.state import Run
from projections import exports


@dataclass(frozen=True)
class Written:
    """An export that a run wrote into the folder of exports."""

    folder: Path
    row: dict[str, Any]

    @property
    def manifest(self) -> dict[str, Any]:
        """What the manifest says."""
        said: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text())
        return said

    def csv(self, name: str) -> list[dict[str, str]]:
        """A file's rows, by their columns."""
        return [*csv.DictReader(io.StringIO((self.folder / f"{name}.csv").read_bytes().decode(), newline=""))]

    def query(self, name: str, sql: str = "select * from sheet") -> list[tuple[Any, ...]]:
        """What duckdb answers of a file of Parquet, called ``sheet``."""
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(f"create view sheet as from '{self.folder / name}.parquet'")
            return connection.execute(sql).fetchall()

    def is_what_it_says(self) -> bool:
        """Whether each file has the size and hash that the log and the manifest tell."""
        told = {each["name"]: (each["size_bytes"], each["sha256"]) for each in self.row["files"]}
        manifest = {each["name"]: (each["size_bytes"], each["sha256"]) for each in self.manifest["files"]}
        found = {
            path.name: (len(content := path.read_bytes()), hashlib.sha256(content).hexdigest())
            for path in self.folder.iterdir()
        }
        return found == told and manifest == {
            name: each for name, each in found.items() if name != "manifest.json"
        }


def asked(
    house: House,
    what: str,
    form: str = "parquet",
    portfolio_id: UUID | None = None,
    person: str = "local",
    **others: Any,
) -> Run:
    """An export that a person has asked for."""
    wanted = {"what": what, "form": form, "since": None, "until": None, "destination": "file:"} | others
    cause = Cause(actor=person, correlation_id=house.ledger.new_id())
    return house.request_export(cause, person, ExportWanted.model_validate(wanted), portfolio_id).answer


def written(house: House, run: Run, person: str = "local") -> Written:
    """An export once it is written, which must succeed."""
    house.execute_run(run.id)
    row = as_it_stands(house, run, person)
    assert row["status"] == "success", row["summary"]
    return Written(house.exports_folder / str(row["place"]).removeprefix("file:"), row)


def as_it_stands(house: House, run: Run, person: str = "local") -> dict[str, Any]:
    """What is told of an export."""
    with house.pool.connection() as connection:
        row = exports.one(connection, person, run.id)
    assert row is not None
    return row
