"""Sheets as files: CSV as the server tells it, and Parquet made of the same rows."""

from collections.abc import Callable, Iterator
from pathlib import Path

from adapters.exports.hashing import hashed
from adapters.exports.parquet import write_parquet
from domain.exports.extract import Sheet
from domain.exports.wanted import ExportedFile, Form

ROWS_BETWEEN_REPORTS = 20_000


def write_file(sheet: Sheet, form: Form, path: Path, progress: Callable[[int], None]) -> ExportedFile:
    """See application.ports.exports.WriteFile."""
    counted = Counted(progress)
    with hashed(path) as file, sheet.rows() as rows:
        if form == "parquet":
            write_parquet(sheet.columns, counted.through(rows), file)
        else:
            file.write(b",".join(column.name.encode() for column in sheet.columns) + b"\r\n")
            for row in counted.through(rows):
                file.write(row[:-1] + b"\r\n")  # RFC 4180
    return file.written(path.name, counted.rows)


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
