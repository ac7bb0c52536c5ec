"""An exported file of events, read again in whatever form, in flat memory, with the manifest beside it."""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from pyarrow import parquet

from adapters.exports.hashing import sha256_of
from domain.audit.chain import Stored
from domain.audit.difference import Difference
from domain.exports.manifest import Manifest
from domain.exports.rewalk import SAID_AGAIN, Row
from domain.exports.wanted import MANIFEST

BATCH_ROWS = 2_000
CSV_FIELD_BYTES_MAX = min(sys.maxsize, 2**31 - 1)
COLUMNS = ["number", "stream_id", "version", "name", "envelope", "previous_hash", "hash", *SAID_AGAIN]


def manifest_of(file: Path) -> Manifest:
    """What stands beside a file. Raises OSError and ValueError."""
    return Manifest.model_validate_json((file.parent / MANIFEST).read_bytes())


def changed_files(file: Path, manifest: Manifest) -> list[Difference]:
    """The files of an export that are not those that its manifest tells of."""
    changed = []
    for each in manifest.files:
        path = file.parent / each.name
        found = sha256_of(path) if path.is_file() else None
        if found != each.sha256:
            changed.append(Difference(None, "file", each.sha256, found, key=each.name))
    return changed


def rows_of(file: Path) -> Iterator[Row]:
    """The events of a file in its order. Raises ValueError for a row that is none."""
    for count, row in enumerate(READERS.get(file.suffix, _of_csv)(file), start=1):
        try:
            yield _row(row)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ValueError(f"Row {count} of {file} is no event: {type(error).__name__}.") from error


def _of_parquet(file: Path) -> Iterator[Mapping[str, Any]]:
    with parquet.ParquetFile(file) as opened:
        for batch in opened.iter_batches(BATCH_ROWS, columns=COLUMNS):
            yield from batch.to_pylist()


def _of_csv(file: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(CSV_FIELD_BYTES_MAX)
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, strict=True):
            yield row | _moments(row) | {"run_id": row["run_id"] or None}


def _of_lines(file: Path) -> Iterator[Mapping[str, Any]]:
    with file.open("rb") as opened:
        for count, line in enumerate(opened, start=1):
            try:
                pieces = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
                row = {name: msgspec.json.decode(pieces[name]) for name in COLUMNS if name != "envelope"}
                yield row | _moments(row) | {"envelope": bytes(pieces["envelope"]).decode()}
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"Line {count} of {file} is no event: {type(error).__name__}.") from error


READERS: Mapping[str, Callable[[Path], Iterator[Mapping[str, Any]]]] = {
    ".parquet": _of_parquet,
    ".jsonl": _of_lines,
}


def _moments(row: Mapping[str, Any]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(row[name]) for name in ("at", "recorded_at")}


def _row(row: Mapping[str, Any]) -> Row:
    stored = Stored(
        int(row["number"]), UUID(row["stream_id"]), int(row["version"]), row["name"], row["envelope"].encode()
    )
    said = {name: row[name] for name in SAID_AGAIN}
    said |= {name: said[name].astimezone(UTC) for name in ("at", "recorded_at")}
    return Row(stored, row["previous_hash"], row["hash"], said)
