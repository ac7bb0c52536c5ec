"""What files of daily closes are read as, and every way in which one is refused."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.files.price_csv import Bar, BrokenPriceFile, closes_at, read_prices, symbol_of
from adapters.files.price_row import DIGITS_MAX, plain_day, plain_number

BARE = "Date,Close\n2010-01-04,18.793\n2010-01-05,18.566\n2010-01-06,18.56\n"
YAHOO = (
    "Date,Open,High,Low,Close,Adj Close,Volume\n"
    "2010-01-04,28.58,28.61,28.45,28.52,18.793,13870400\n"
    "2010-01-05,28.42,28.50,28.07,28.17,18.566,23172400\n"
)
STOOQ = "Date,Open,High,Low,Close,Volume\n2010-01-04,19.1,19.2,19.0,19.02,22\n2010-01-05,19,19,18,18.79,30\n"
STOOQ_BULK = (
    "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
    "KO.US,D,20200414,000000,47.54,48.35,47.05,48.01,18811400,0\n"
    "KO.US,D,20200415,000000,46.58,47.12,46.01,46.91,19016000,0\n"
)
PACKED = gzip.compress(BARE.encode(), mtime=0)
BARS = (
    Bar(2, date(2010, 1, 4), Decimal("18.793")),
    Bar(3, date(2010, 1, 5), Decimal("18.566")),
    Bar(4, date(2010, 1, 6), Decimal("18.56")),
)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(content: str | bytes, name: str = "KO.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def closes(path: Path) -> list[str]:
    return [str(bar.close) for bar in read_prices(path).bars]


def test_a_bare_file_is_read_with_its_lines(write: Write) -> None:
    path = write(BARE)
    file = read_prices(path)
    assert (file.path, file.symbol, file.bars) == (path, "KO", BARS)


def test_yahoos_close_is_taken_and_not_its_adjusted_close(write: Write) -> None:
    assert closes(write(YAHOO)) == ["28.52", "28.17"]


def test_stooqs_file_of_one_symbol_is_read(write: Write) -> None:
    assert closes(write(STOOQ)) == ["19.02", "18.79"]


def test_stooqs_bulk_file_is_read_by_its_bracketed_names(write: Write) -> None:
    bars = read_prices(write(STOOQ_BULK)).bars
    assert bars == (
        Bar(2, date(2020, 4, 14), Decimal("48.01")),
        Bar(3, date(2020, 4, 15), Decimal("46.91")),
    )


def test_columns_are_found_by_name_in_any_order_and_case(write: Write) -> None:
    assert closes(write("Volume,CLOSE,date\n5,18.793,2010-01-04\n")) == ["18.793"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + BARE.encode(), id="a byte order mark"),
        pytest.param(BARE.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(BARE + "\n\r\n  \n", id="blank lines at the end"),
        pytest.param(BARE.rstrip("\n"), id="no line end at the end"),
        pytest.param(BARE.replace("2010-01-05,18.566", '"2010-01-05","18.566"'), id="quoted fields"),
        pytest.param(PACKED, id="gzip under another name"),
    ],
)
def test_what_programs_wrap_a_file_in_changes_nothing(write: Write, content: str | bytes) -> None:
    assert read_prices(write(content)).bars == BARS


def test_newest_first_is_turned_round_and_keeps_its_lines(write: Write) -> None:
    bars = read_prices(write("Date,Close\n2010-01-06,18.56\n2010-01-05,18.566\n2010-01-04,18.793\n")).bars
    assert [(bar.line, bar.day.day) for bar in bars] == [(4, 4), (3, 5), (2, 6)]


@pytest.mark.parametrize("content", [BARE.encode(), PACKED], ids=["plain", "gzip"])
def test_the_hash_is_of_the_file_as_stored(write: Write, content: bytes) -> None:
    assert read_prices(write(content)).sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("KO.csv", "KO"),
        ("ko.csv", "KO"),
        ("KO.csv.gz", "KO"),
        ("ko.us.csv", "KO"),
        ("ko.us.txt", "KO"),
        ("ko_us_d.csv", "KO"),
        ("kgh_d.csv", "KGH"),
        ("brk-b.us.txt", "BRK-B"),
        ("BRK.B.csv", "BRK.B"),
        ("EZJ.L.csv", "EZJ.L"),
        ("EZJ_pence_flip.csv", "EZJ_PENCE_FLIP"),
    ],
)
def test_a_file_is_named_for_its_symbol(name: str, symbol: str) -> None:
    assert symbol_of(Path("prices") / name) == symbol


def refusal_of(path: Path) -> str:
    """The one line a refused file is reported by, without the folder."""
    with pytest.raises(BrokenPriceFile) as refusal:
        read_prices(path)
    assert refusal.value.path == path
    assert str(refusal.value).startswith(f"{path}:{refusal.value.line}: ")
    assert "\n" not in str(refusal.value)
    return str(refusal.value).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("", "KO.csv:1: the file is empty"),
        ("\n\n", "KO.csv:1: the file is empty"),
        ("Date,Close\n", "KO.csv:1: the file has a header and no rows"),
    ],
    ids=["no bytes", "blank lines", "a header only"],
)
def test_a_file_without_prices_is_refused(write: Write, content: str, refusal: str) -> None:
    assert refusal_of(write(content)) == refusal


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        ("2010-01-04,18.793", "names no Date column: '2010-01-04,18.793'"),
        ("<!DOCTYPE html>", "names no Date column: '<!DOCTYPE html>'"),
        ("Date,Adj Close", "names no Close column: 'Date,Adj Close'"),
        ("Date,Close,close", "names Close more than once: 'Date,Close,close'"),
        ("Date,<DATE>,Close", "names Date more than once: 'Date,<DATE>,Close'"),
    ],
)
def test_a_header_that_does_not_name_one_date_and_one_close_is_refused(
    write: Write, header: str, refusal: str
) -> None:
    assert refusal_of(write(f"{header}\n2010-01-05,18.566\n")) == f"KO.csv:1: the header {refusal}"


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ("2010-01-05", "the row has 1 fields where the header has 2"),
        ("2010-01-05,18.566,7", "the row has 3 fields where the header has 2"),
        ("2010-01-05,1,856.6", "the row has 3 fields where the header has 2"),
        ('2010-01-05,"1,856.6"', "the close '1,856.6' is no plain number such as 18.793"),
        ("2010-01-05,N/D", "the close 'N/D' is no plain number such as 18.793"),
        ("2010-01-05,-18.566", "the close '-18.566' is no plain number such as 18.793"),
        ("2010-01-05,0.000", "the close '0.000' is not above zero"),
        ("2010-01-05,null", "the close of 2010-01-05 is null, as Yahoo writes days it has no price for"),
        ("05/01/2010,18.566", "'05/01/2010' is no date such as 2020-04-14 or 20200414"),
        ("2010-02-30,18.566", "'2010-02-30' is no date such as 2020-04-14 or 20200414"),
        ('2010-01-05,"18.566', "the line is not CSV: unexpected end of data"),
        ("2010-01-05,18\0.566", "the line holds control characters, so it is not text"),
        (f"2010-01-05,{'1' * 5000}", "the line is longer than 4,096 bytes"),
    ],
    ids=lambda text: text[:40],
)
def test_a_row_that_does_not_read_plainly_is_refused_at_its_line(
    write: Write, row: str, refusal: str
) -> None:
    assert refusal_of(write(f"Date,Close\n2010-01-04,18.793\n{row}\n")) == f"KO.csv:3: {refusal}"


def test_a_blank_line_between_rows_is_refused(write: Write) -> None:
    content = "Date,Close\n2010-01-04,18.793\n\n2010-01-05,18.566\n"
    assert refusal_of(write(content)) == "KO.csv:3: a blank line stands before further rows"


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ((4, 5, 4), "KO.csv:4: 2010-01-04 is already in line 2"),
        ((4, 4), "KO.csv:3: 2010-01-04 is already in line 2"),
        ((4, 6, 5), "KO.csv:4: 2010-01-05 follows 2010-01-06, though the file runs oldest first"),
        ((8, 5, 6), "KO.csv:4: 2010-01-06 follows 2010-01-05, though the file runs newest first"),
    ],
    ids=["a day twice", "a day twice at once", "a step back", "a step forward"],
)
def test_days_that_do_not_run_one_way_are_refused(write: Write, days: tuple[int, ...], refusal: str) -> None:
    rows = "".join(f"2010-01-{day:02},18.793\n" for day in days)
    assert refusal_of(write(f"Date,Close\n{rows}")) == refusal


def test_stooqs_bars_of_minutes_are_refused(write: Write) -> None:
    content = STOOQ_BULK.replace("KO.US,D,20200415", "KO.US,5,20200415")
    assert refusal_of(write(content)) == "KO.csv:3: the period is '5' where a daily file has D"


def test_a_file_of_two_tickers_is_refused(write: Write) -> None:
    content = STOOQ_BULK.replace("KO.US,D,20200415", "PEP.US,D,20200415")
    assert refusal_of(write(content)) == "KO.csv:3: the file holds more than one ticker: KO.US, PEP.US"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\x89PNG\r\n\x1a\n", "KO.csv:1: the line is not UTF-8 text"),
        (BARE.encode("utf-16"), "KO.csv:1: the line is not UTF-8 text"),
        (b"PK\x03\x04\x14\x00", "KO.csv:1: the line holds control characters, so it is not text"),
    ],
    ids=["a picture", "UTF-16", "a workbook"],
)
def test_a_file_that_is_no_text_is_refused(write: Write, content: bytes, refusal: str) -> None:
    assert refusal_of(write(content)) == refusal


@pytest.mark.parametrize("kept", [2, 9, 20, len(PACKED) - 9, len(PACKED) - 1])
def test_gzip_that_was_cut_short_is_refused(write: Write, kept: int) -> None:
    assert refusal_of(write(PACKED[:kept])).endswith(": the gzip data end too early")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PACKED[:-8] + bytes(8), id="another checksum"),
        pytest.param(PACKED + b"more", id="more after the end"),
        pytest.param(PACKED[:10] + b"\xff" * 30, id="other bytes within"),
    ],
)
def test_damaged_gzip_is_refused(write: Write, content: bytes) -> None:
    assert ": the gzip data are damaged" in refusal_of(write(content))


def test_more_rows_than_allowed_are_refused(write: Write) -> None:
    path = write(BARE)
    assert len(read_prices(path, rows_max=3).bars) == 3
    with pytest.raises(BrokenPriceFile, match=r"KO\.csv:4: the file has more than 3 lines"):
        read_prices(path, rows_max=2)


@pytest.mark.parametrize("unpacked", [b"\0" * 10_000_000, b"\n" * 2_000_000], ids=["zeros", "blank lines"])
def test_a_small_file_that_unpacks_into_an_endless_one_is_refused(write: Write, unpacked: bytes) -> None:
    with pytest.raises(BrokenPriceFile, match=r"line is longer than|has more than 1,000,001 lines"):
        read_prices(write(gzip.compress(unpacked)))


def test_a_file_that_is_not_there_is_refused_like_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(BrokenPriceFile, match=r"KO\.csv:1: the file cannot be read: No such file"):
        read_prices(tmp_path / "KO.csv")


whole = st.integers(0, 10**14).map(str)
fractions = st.text("0123456789", min_size=1, max_size=13)


@given(whole, st.none() | fractions)
@example("0", "0000000000001")
@example("100", None)
@example("18", "790000")
def test_a_number_keeps_every_digit(before: str, after: str | None) -> None:
    text = before if after is None else f"{before}.{after}"
    if not text.strip("0."):
        with pytest.raises(ValueError, match="not above zero"):
            plain_number(text)
    else:
        assert format(plain_number(text), "f") == text


@given(st.text(max_size=12) | st.text("0123456789.,-+eE_ ٣１∞NaIfn\n", max_size=12))
@example("1e5")
@example("1E+1000000")
@example("NaN")
@example("Infinity")
@example("1_000")
@example("+5")
@example("-5")
@example(" 5")
@example("5\n")
@example(".5")
@example("5.")
@example("007")
@example("1.2.3")
@example("１２")
def test_a_number_is_taken_exactly_when_it_is_written_plainly(text: str) -> None:
    """Independent of the reader's own pattern: what Python writes back for the number is what was read."""
    try:
        number = plain_number(text)
    except ValueError:
        digits = text.replace(".", "", 1)
        padded = len(text) > 1 and text[0] == "0" and text[1] != "."
        plain = digits.isascii() and digits.isdigit() and text[0] != "." and text[-1] != "." and not padded
        assert not (plain and Decimal(text) > 0)
    else:
        assert number > 0
        assert format(number, "f") == text


def test_a_number_may_have_28_digits_and_no_more() -> None:
    most = "1." + "2" * (DIGITS_MAX - 1)
    assert str(plain_number(most)) == most
    with pytest.raises(ValueError, match="more than 28 digits"):
        plain_number(most + "2")


@given(st.dates())
def test_a_day_is_read_with_and_without_hyphens(day: date) -> None:
    assert plain_day(day.isoformat()) == plain_day(day.isoformat().replace("-", "")) == day


@pytest.mark.parametrize(
    "text", ["2020-W16-2", "2020-4-14", "20-04-14", "２０２０-04-14", "2020-0414", " 20200414", ""]
)
def test_other_ways_to_write_a_day_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        plain_day(text)


SESSIONS = ExchangeSessions()
PATH = Path("KO.csv")


def bars(*days: str) -> list[Bar]:
    return [Bar(line, date.fromisoformat(day), Decimal("18.793")) for line, day in enumerate(days, start=2)]


def test_each_bar_is_decided_at_its_own_close() -> None:
    timed = closes_at(bars("2019-11-27", "2019-11-29", "2024-05-07"), "XNYS", SESSIONS, PATH)
    assert [at for _, at in timed] == [
        datetime(2019, 11, 27, 21, tzinfo=UTC),
        datetime(2019, 11, 29, 18, tzinfo=UTC),
        datetime(2024, 5, 7, 20, tzinfo=UTC),
    ]
    assert [bar.line for bar, _ in timed] == [2, 3, 4]


def test_days_without_a_session_are_refused_with_their_lines() -> None:
    with pytest.raises(BrokenPriceFile) as refusal:
        closes_at(bars("2020-04-09", "2020-04-10", "2020-04-13", "2020-04-14"), "XLON", SESSIONS, PATH)
    assert str(refusal.value) == ("KO.csv:3: XLON has no session on 2020-04-10 (line 3), 2020-04-13 (line 4)")


def test_of_many_such_days_the_first_five_are_listed() -> None:
    saturdays = bars(*(f"2024-06-{day:02}" for day in (1, 8, 15, 22, 29)), "2024-07-06", "2024-07-13")
    with pytest.raises(BrokenPriceFile, match=r"2024-06-29 \(line 6\) and 2 more$"):
        closes_at(saturdays, "XNYS", SESSIONS, PATH)


def test_a_day_the_calendar_does_not_reach_is_refused_at_its_line() -> None:
    with pytest.raises(
        BrokenPriceFile, match=r"KO\.csv:2: The sessions of XNYS are known from 1990-01-02 to"
    ):
        closes_at(bars("1962-01-02", "2024-05-07"), "XNYS", SESSIONS, PATH)
