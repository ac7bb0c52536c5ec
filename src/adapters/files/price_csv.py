"""Daily closes out of CSV files, for `ballast replay`: Yahoo's, Stooq's, or a bare Date and Close.

Columns are found by name, never by position, and only the date and the close are read: Yahoo's ``Close``,
not its ``Adj Close``. Nothing is repaired: what does not read plainly is refused, with file, line and reason.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import cast

from adapters.files.price_row import Columns
from adapters.files.text_lines import BrokenLine, text_lines
from application.ports import Sessions
from domain.sessions import BeyondCalendar

ROWS_MAX = 1_000_000
STRAYS_LISTED_MAX = 5

COUNTRY = "(us|uk|de|jp|hk|hu|pl)"
STOOQ_STEM = re.compile(rf"(?P<bulk>.+)\.{COUNTRY}|(?P<single>.+?)(_{COUNTRY})?_d")


@dataclass(frozen=True, slots=True)
class Bar:
    """One trading day's close, in the listing's quote unit, and the line it stands in (from 1)."""

    line: int
    day: date
    close: Decimal
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The bars of one ticker, oldest first; ``ticker`` is None where the file names none."""

    ticker: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class PriceFile:
    """A file of closes, oldest first. ``sha256`` is of the file as it lies on disk, compressed or not."""

    path: Path
    symbol: str
    bars: tuple[Bar, ...]
    sha256: str


class BrokenPriceFile(ValueError):
    """The file cannot be taken as it is; ``str()`` is one line, ``file:line: reason``."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path = path
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


def read_prices(path: Path, *, rows_max: int = ROWS_MAX) -> PriceFile:
    """Read a file of daily closes, gzipped or not; whatever is wrong with it raises BrokenPriceFile.

    Dates must run one way throughout: oldest first, or newest first, and then the bars are turned round.
    """
    try:
        with path.open("rb") as file:
            bars = _oldest_first(_bars(_rows(text_lines(file, lines_max=rows_max + 1))))
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except BrokenLine as broken:
        raise BrokenPriceFile(path, broken.line, broken.reason) from None
    except OSError as error:
        raise BrokenPriceFile(path, 1, f"the file cannot be read: {error.strerror or error}") from error
    return PriceFile(path, symbol_of(path), bars, sha256)


def read_series(path: Path, content: bytes, *, rows_max: int = ROWS_MAX) -> list[Series]:
    """Every ticker's bars in a file of daily prices, with open, high and low where they are told.

    ``content`` is the file as it was read. Raises BrokenPriceFile.
    """
    try:
        with BufferedReader(cast("RawIOBase", BytesIO(content))) as file:
            tickers: dict[str | None, list[Bar]] = {}
            for ticker, bar in _ticked(_rows(text_lines(file, lines_max=rows_max + 1))):
                tickers.setdefault(ticker, []).append(bar)
        if not tickers:
            raise BrokenLine(1, "the file has a header and no rows")
        return [Series(ticker, _oldest_first(bars)) for ticker, bars in tickers.items()]
    except BrokenLine as broken:
        raise BrokenPriceFile(path, broken.line, broken.reason) from None


def symbol_of(path: Path) -> str:
    """The symbol a file is named for: ``KO.csv``, and Stooq's ``ko.us.txt`` and ``ko_us_d.csv``, are ``KO``.

    ``.gz``, ``.csv`` and ``.txt`` go, then Stooq's country and its ``_d`` for daily. What is left is the
    symbol, in capitals: ``brk-b.us.txt`` is ``BRK-B``; Yahoo's ``EZJ.L.csv`` stays ``EZJ.L``.
    """
    stem = path.name.lower().removesuffix(".gz").removesuffix(".csv").removesuffix(".txt")
    stooq = STOOQ_STEM.fullmatch(stem)
    return ((stooq["bulk"] or stooq["single"]) if stooq else stem).upper()


def closes_at(
    bars: Iterable[Bar], exchange: str, sessions: Sessions, path: Path
) -> list[tuple[Bar, datetime]]:
    """Each bar with its decision time in UTC, the close of its own session; a refusal names ``path``.

    Raises BrokenPriceFile for days on which the exchange did not trade, at the first of them and listing a
    few, and for a day its calendar does not reach.
    """
    timed: list[tuple[Bar, datetime]] = []
    strays: list[Bar] = []
    for bar in bars:
        try:
            close = sessions.close_of(exchange, bar.day)
        except BeyondCalendar as beyond:
            raise BrokenPriceFile(path, bar.line, str(beyond)) from None
        if close is None:
            strays.append(bar)
        else:
            timed.append((bar, close))
    if strays:
        listed = ", ".join(f"{stray.day} (line {stray.line})" for stray in strays[:STRAYS_LISTED_MAX])
        more = f" and {len(strays) - STRAYS_LISTED_MAX} more" if len(strays) > STRAYS_LISTED_MAX else ""
        raise BrokenPriceFile(path, strays[0].line, f"{exchange} has no session on {listed}{more}")
    return timed


def _rows(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Each line's fields, the header's first. Blank lines may only end the file."""
    blank = 0
    for line, text in lines:
        if not text.strip():
            blank = blank or line
            continue
        if blank:
            raise BrokenLine(blank, "a blank line stands before further rows")
        try:
            yield line, next(csv.reader([text], strict=True))
        except csv.Error as error:
            raise BrokenLine(line, f"the line is not CSV: {error}") from None


def _bars(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Bar]:
    """Each row's close, of one ticker only."""
    tickers: set[str] = set()
    for ticker, bar in _ticked(rows):
        if ticker is not None:
            tickers.add(ticker)
        if len(tickers) > 1:
            raise BrokenLine(bar.line, f"the file holds more than one ticker: {', '.join(sorted(tickers))}")
        yield Bar(bar.line, bar.day, bar.close)


def _ticked(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str | None, Bar]]:
    """Each row's ticker, if the file names any, and its bar, found by the header, which is the first row."""
    header = next(rows, None)
    if header is None:
        raise BrokenLine(1, "the file is empty")
    try:
        columns = Columns.named_in(header[1])
    except ValueError as error:
        raise BrokenLine(header[0], str(error)) from None
    for line, fields in rows:
        try:
            day, close = columns.read(fields)
        except ValueError as error:
            raise BrokenLine(line, str(error)) from None
        ticker = None if columns.ticker is None else fields[columns.ticker]
        yield ticker, Bar(line, day, close, *columns.rest(fields))


def _oldest_first(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """The bars with dates going up. The first two tell which way the file runs; the others must follow."""
    lines: dict[date, int] = {}
    kept: list[Bar] = []
    newest_first = False
    for bar in bars:
        if bar.day in lines:
            raise BrokenLine(bar.line, f"{bar.day} is already in line {lines[bar.day]}")
        if len(kept) == 1:
            newest_first = bar.day < kept[0].day
        elif kept and (bar.day < kept[-1].day) is not newest_first:
            way = "newest" if newest_first else "oldest"
            raise BrokenLine(bar.line, f"{bar.day} follows {kept[-1].day}, though the file runs {way} first")
        lines[bar.day] = bar.line
        kept.append(bar)
    if not kept:
        raise BrokenLine(1, "the file has a header and no rows")
    return tuple(reversed(kept) if newest_first else kept)
