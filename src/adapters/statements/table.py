"""The table in a CSV file: its header is found by the columns of a profile, its rows must fit that header."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from adapters.statements.profile import Profile
from domain.refusals import Invalid

DELIMITERS = (",", ";", "\t")
PREAMBLE_LINES_MAX = 25
NEARLY = 0.6
"""A header with this part of a profile's columns is meant to be that profile's, and lacks some."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by line and by column, and what separates their cells."""

    profile: Profile
    rows: Sequence[tuple[int, dict[str, str]]]
    delimiter: str


def table_of(text: str, profiles: Sequence[Profile], rows_max: int) -> Table:
    """The table of a file in the layout of one of some profiles. Raises Invalid, field file."""
    for delimiter in DELIMITERS:
        for line, record in islice(_tolerant(text, delimiter), PREAMBLE_LINES_MAX):
            header = [cell.strip() for cell in record]
            profile = next((each for each in profiles if each.columns <= set(header)), None)
            if profile is not None:
                _require_single(header, profile)
                return Table(profile, _rows(text, delimiter, line, header, rows_max), delimiter)
    raise Invalid("file", _unknown(text, profiles))


def _tolerant(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records for as long as they can be read: what stands before a header need not be CSV."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            record = next(reader)
        except (StopIteration, csv.Error):
            return
        yield reader.line_num, record


def _rows(
    text: str, delimiter: str, header_line: int, header: Sequence[str], rows_max: int
) -> list[tuple[int, dict[str, str]]]:
    lines = StringIO(text, newline="")
    for _ in range(header_line):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    line = header_line + 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                found.append((line, _fitting(record, header, line)))
            if len(found) > rows_max:
                raise Invalid("file", f"The file has more than {rows_max:,} rows.")
            line = header_line + reader.line_num + 1
    except csv.Error as error:
        raise Invalid("file", f"Line {line}: the file is cut off or damaged ({error}).") from None
    if not found:
        raise Invalid("file", "The file has a header and no rows.")
    return found


def _fitting(record: Sequence[str], header: Sequence[str], line: int) -> dict[str, str]:
    """The cells by column. Empty cells may end a row or be missing from an empty column at its end, no others."""
    cells, columns = list(record), list(header)
    while columns and not columns[-1]:
        columns.pop()
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(columns):
        told = f"Line {line} has {len(cells)} cells where the header has {len(columns)}"
        raise Invalid("file", f"{told}: the file is cut off or damaged.")
    return dict(zip(columns, cells, strict=True))


def _require_single(header: Sequence[str], profile: Profile) -> None:
    twice = sorted(column for column in profile.columns if header.count(column) > 1)
    if twice:
        raise Invalid("file", f"The header names {', '.join(twice)} twice.")


def _unknown(text: str, profiles: Sequence[Profile]) -> str:
    """What is missing of the profile that the file is nearest to, else what there is."""
    headers = [
        {cell.strip() for cell in record}
        for delimiter in DELIMITERS
        for _, record in islice(_tolerant(text, delimiter), PREAMBLE_LINES_MAX)
    ]
    near = [
        (len(each.columns & header) / len(each.columns), each, sorted(each.columns - header))
        for header in headers
        for each in profiles
    ]
    part, profile, missing = max(near, key=lambda each: each[0], default=(0, profiles[0], []))
    if part >= NEARLY:
        return f"This looks like {profile.title}, but there is no column {', '.join(missing)}."
    known = "; ".join(each.title for each in profiles)
    return (
        f"No line of the file is a header that is known here: {known}; Interactive Brokers, Flex query (XML)."
    )
