"""Sheets as files: CSV and lines of JSON as the server tells them, and Parquet made of CSV."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from adapters.exports.hashing import Hashing, hashed
from adapters.exports.parquet import write_parquet
from domain.exports.columns import Column
from domain.exports.extract import Sheet
from domain.exports.wanted import ExportedFile, Form

ROWS_BETWEEN_REPORTS = 20_000


def write_file(sheet: Sheet, form: Form, path: Path, progress: Callable[[int], None]) -> ExportedFile:
    """See application.ports.exports.WriteFile."""
    counted = Counted(progress)
    with hashed(path) as file, sheet.rows() as rows:
        WRITERS[form](sheet.columns, counted.through(rows), file)
    return file.written(path.name, counted.rows)


def _write_csv(columns: Sequence[Column], rows: Iterator[bytes], file: Hashing) -> None:
    """Names first, and the line ends of RFC 4180."""
    file.write(b",".join(column.name.encode() for column in columns) + b"\r\n")
    for row in rows:
        file.write(row[:-1] + b"\r\n")


def _write_lines(_: Sequence[Column], rows: Iterator[bytes], file: Hashing) -> None:
    for row in rows:
        file.write(row)


WRITERS: Mapping[Form, Callable[[Sequence[Column], Iterator[bytes], Hashing], None]] = {
    "csv": _write_csv,
    "jsonl": _write_lines,
    "parquet": write_parquet,
}


class Counted:
    """Counts rows on their way, and reports now and then."""

    def __init__(self, progress: Callable[[int], None]) -> None:
        self._progress = progress
        self.rows = 0

    def through(self, rows: Iterator[bytes]) -> Iterator[bytes]:
        """The same rows."""
        for row in rows:
            yield row
            self.rows += 1
            if self.rows % ROWS_BETWEEN_REPORTS == 0:
                self._progress(self.rows)
        self._progress(self.rows)
