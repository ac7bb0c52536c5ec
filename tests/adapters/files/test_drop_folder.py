"""The drop folder: which files have come to rest, what is in them, and where they are put away."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.files.at_rest import QUIET_SECONDS
from adapters.files.drop_folder import PriceDropFolder
from application.ports.drop_folder import BrokenFile, DroppedFile
from application.ports.market_data import Wanted
from market_data_contract.bench import KO, PG

SESSIONS = ExchangeSessions()
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
CLOCK = 1_800_000_000.0
AT_THE_LONDON = replace(KO, exchange="XLON", currency="GBP", quote_unit="GBX")

YAHOO = """\
Date,Open,High,Low,Close,Adj Close,Volume
2026-11-18,97.0,98.5,96.5,98.25,90.1,1000
2026-11-19,98.0,98.0,97.0,97.75,89.9,1000
"""
STOOQ_SINGLE = "Date,Open,High,Low,Close,Volume\n2026-11-19,98.0,98.0,97.0,97.75,1000\n"
STOOQ_BULK = """\
<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
KO.US,D,20261119,000000,98.0,98.0,97.0,97.75,1000,0
AA.US,D,20261119,000000,1,1,1,1,1000,0
PG.US,D,20261119,000000,141,142,140,141.5,1000,0
"""
BARE = "Date,Close\n2026-11-18,98.25\n2026-11-19,97.75\n"


@pytest.fixture
def known() -> list[Wanted]:
    return [KO, PG]


@pytest.fixture
def folder(tmp_path: Path, known: list[Wanted]) -> PriceDropFolder:
    return PriceDropFolder(tmp_path, lambda: known, SESSIONS, clock=lambda: CLOCK)


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., Path]:
    """Put a file there that nobody has written to for so long."""

    def drop(name: str, text: str | bytes = BARE, quiet: float = QUIET_SECONDS) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, (CLOCK - quiet, CLOCK - quiet))
        return path

    return drop


def read(folder: PriceDropFolder, name: str) -> DroppedFile:
    file = folder.read(name, NOW)
    assert file is not None
    return file


def closes(file: DroppedFile) -> list[tuple[str, date, Decimal | None]]:
    symbols = {KO.listing_id: "KO", PG.listing_id: "PG"}
    return [(symbols[point.listing_id], point.as_of.date(), point.last) for point in file.points]


BOTH_DAYS = [("KO", date(2026, 11, 18), Decimal("98.25")), ("KO", date(2026, 11, 19), Decimal("97.75"))]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("KO.csv", BARE, BOTH_DAYS),
        ("KO.csv", YAHOO, BOTH_DAYS),
        ("ko.us.txt", STOOQ_SINGLE, BOTH_DAYS[1:]),
        ("ko_us_d.csv", STOOQ_SINGLE, BOTH_DAYS[1:]),
        ("20261119_d.txt", STOOQ_BULK, [BOTH_DAYS[1], ("PG", date(2026, 11, 19), Decimal("141.5"))]),
    ],
)
def test_every_kind_of_file_is_read(
    folder: PriceDropFolder,
    drop: Callable[..., Path],
    name: str,
    text: str,
    expected: list[tuple[str, date, Decimal]],
) -> None:
    drop(name, text)
    assert closes(read(folder, name)) == expected


def test_a_close_is_of_its_session_s_end_with_the_bar_around_it(
    folder: PriceDropFolder, drop: Callable[..., Path]
) -> None:
    drop("KO.csv", YAHOO)
    point = read(folder, "KO.csv").points[0]
    assert point.as_of == SESSIONS.close_of("XNYS", date(2026, 11, 18))
    assert (point.is_close, point.source) == (True, "files")
    assert (point.open, point.high, point.low) == (Decimal("97.0"), Decimal("98.5"), Decimal("96.5"))


def test_an_open_of_nothing_is_no_price(folder: PriceDropFolder, drop: Callable[..., Path]) -> None:
    """Yahoo writes 0 or null for what it does not know."""
    drop("KO.csv", YAHOO.replace("97.0,98.5,96.5", "0,null,96.5"))
    point = read(folder, "KO.csv").points[0]
    assert (point.open, point.high, point.low, point.last) == (None, None, Decimal("96.5"), Decimal("98.25"))


def test_a_session_that_is_not_over_has_no_close(folder: PriceDropFolder, drop: Callable[..., Path]) -> None:
    drop("KO.csv", f"{BARE}2026-11-20,97.10\n")
    file = read(folder, "KO.csv")
    assert (len(file.points), file.unfinished) == (2, 1)


def test_tickers_that_nobody_knows_are_counted(folder: PriceDropFolder, drop: Callable[..., Path]) -> None:
    drop("all.txt", STOOQ_BULK)
    file = read(folder, "all.txt")
    assert (file.symbols, file.strangers) == (["KO", "PG"], 1)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("XYZ.csv", BARE, "No listing goes by XYZ"),
        ("EZJ.L.csv", BARE, "No listing goes by EZJ.L"),
        (
            "all.txt",
            STOOQ_BULK.replace("KO", "NO").replace("PG", "NP"),
            "No listing goes by AA.US, NO.US, NP.US",
        ),
        ("KO.csv", "<html>", "no Date column"),
        ("KO.csv", "", "the file is empty"),
        ("KO.csv", "Date,Close\n", "no rows"),
        ("KO.csv", f"{BARE}2026-11-22,97\n", "no session on 2026-11-22"),
        ("KO.csv", f"{BARE}2026-11-19,97\n", "already in line 3"),
        ("KO.csv", f"{BARE}2026-11-20,abc\n", "no plain number"),
        ("KO.csv", BARE.encode("utf-16"), "not UTF-8|control characters"),
        ("KO.csv.gz", b"\x1f\x8b" + b"x" * 20, "gzip data are damaged"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(
    folder: PriceDropFolder, drop: Callable[..., Path], name: str, text: str | bytes, why: str
) -> None:
    drop(name, text)
    with pytest.raises(BrokenFile, match=why) as broken:
        folder.read(name, NOW)
    assert str(broken.value).endswith(".")


def test_a_symbol_on_two_exchanges_must_say_which(
    folder: PriceDropFolder, drop: Callable[..., Path], known: list[Wanted]
) -> None:
    known.append(AT_THE_LONDON)
    drop("KO.csv")
    with pytest.raises(BrokenFile, match=r"trades on XLON and XNYS: say which, as in KO\.XNYS"):
        folder.read("KO.csv", NOW)
    drop("KO.XNYS.csv")
    assert closes(read(folder, "KO.XNYS.csv")) == BOTH_DAYS


def test_what_is_still_being_written_is_waited_for(
    folder: PriceDropFolder, drop: Callable[..., Path]
) -> None:
    drop("KO.csv", quiet=QUIET_SECONDS - 0.1)
    assert folder.settled() == []
    drop("KO.csv", quiet=QUIET_SECONDS)
    assert folder.settled() == ["KO.csv"]


def test_only_plain_finished_files_are_looked_at(
    folder: PriceDropFolder, drop: Callable[..., Path], tmp_path: Path
) -> None:
    for name in (".KO.csv", "KO.csv.part", "KO.csv.crdownload", "KO.csv.tmp", "KO.csv~"):
        drop(name)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(drop("KO.csv"))
    os.utime(tmp_path / "link.csv", (CLOCK - 60, CLOCK - 60), follow_symlinks=False)
    assert folder.settled() == ["KO.csv"]


def test_a_folder_that_is_not_there_has_nothing_in_it(tmp_path: Path) -> None:
    assert PriceDropFolder(tmp_path / "nowhere", list, SESSIONS).settled() == []


def test_a_file_that_has_gone_is_no_file(folder: PriceDropFolder) -> None:
    assert folder.read("KO.csv", NOW) is None


def test_what_is_put_away_lies_beside_its_sentence_and_hides_nothing(
    folder: PriceDropFolder, drop: Callable[..., Path], tmp_path: Path
) -> None:
    for number in range(3):
        drop("KO.csv", f"{BARE}{number}")
        folder.put_away("KO.csv", f"It was the {number}th.", failed=False)
    drop("XYZ.csv")
    folder.put_away("XYZ.csv", "Nobody knows it.", failed=True)
    done = sorted(path.name for path in (tmp_path / "done").iterdir())
    assert done == ["KO.csv", "KO.csv.2", "KO.csv.2.txt", "KO.csv.3", "KO.csv.3.txt", "KO.csv.txt"]
    assert (tmp_path / "done/KO.csv.2.txt").read_text() == "It was the 1th.\n"
    assert (tmp_path / "failed/XYZ.csv.txt").read_text() == "Nobody knows it.\n"
    assert folder.settled() == []
