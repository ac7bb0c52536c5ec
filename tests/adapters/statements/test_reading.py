"""Brokers' files are known by their headers; what cannot be read says where and why."""

import io
from csv import reader, writer
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.statements.cells import Cells
from adapters.statements.reading import ROWS_MAX, read_statement
from broker_files import (
    BOUGHT,
    CASH,
    DEPOSIT,
    PAID,
    SEMIS,
    SOLD,
    TRADING_212_HEADER,
    WORLD,
    aj_bell,
    flex,
    hargreaves_lansdown,
    trading_212,
)
from domain.refusals import Invalid
from domain.statements.statement import Statement


def figures(statement: Statement, place: int) -> dict[str, str]:
    """A row's numbers with their units."""
    return {each.name: f"{each.value} {each.unit}" for each in statement.rows[place].figures}


def test_each_layout_is_known_by_its_header() -> None:
    read = [
        read_statement(each) for each in (aj_bell(WORLD), trading_212(PAID), hargreaves_lansdown(), flex())
    ]
    assert [each.profile for each in read] == [
        "aj_bell_positions",
        "trading_212",
        "hargreaves_lansdown",
        "ibkr_flex",
    ]


def test_numbers_have_the_unit_that_the_file_says() -> None:
    """Pence beside pounds, and what was paid without its charges."""
    assert figures(read_statement(aj_bell(WORLD)), 0) == {
        "quantity": "236 units",
        "price": "11842.50 GBX",
        "value": "27948.30 GBP",
        "amount": "24310.15 GBP",
    }
    assert figures(read_statement(trading_212(BOUGHT)), 0) == {
        "quantity": "10 units",
        "price": "11842.50 GBX",
        "amount": "1184.25 GBP",
        "value": "1184.25 GBP",
        "fee": "5.92 GBP",
    }
    assert figures(read_statement(hargreaves_lansdown()), 4) == {
        "quantity": "4 units",
        "price": "12000.00 GBX",
        "amount": "480.00 GBP",
        "value": "480.00 GBP",
        "fee": "11.95 GBP",
    }
    assert figures(read_statement(flex()), 0)["fee"] == "1 USD"


def test_times_are_those_of_where_the_file_is_written() -> None:
    """London in summer, New York in winter, and noon where a file knows days only."""
    summer = read_statement(aj_bell(WORLD.replace("10-Mar-26", "10-Jul-26"))).rows[0].at
    told = [read_statement(each).rows[0].at for each in (trading_212(BOUGHT), hargreaves_lansdown(), flex())]
    assert [each.isoformat() if each else None for each in (summer, *told)] == [
        "2026-07-10T16:07:00+00:00",
        "2026-03-03T10:15:30.123000+00:00",
        "2026-03-02T12:00:00+00:00",
        "2026-03-03T15:30:00+00:00",
    ]


def test_an_execution_s_reference_is_the_same_after_a_correction() -> None:
    corrected = flex().replace(b"69aa.01.02", b"69aa.01.03")
    references = [read_statement(each).rows[0].reference for each in (flex(), corrected)]
    assert references == ["0000e0d5.69aa.01", "0000e0d5.69aa.01"]


def test_exchanges_have_the_broker_s_own_names() -> None:
    """TSE is Toronto's there, and Tokyo's elsewhere."""
    found = [
        read_statement(flex().replace(b'listingExchange="NYSE"', f'listingExchange="{name}"'.encode())).rows[
            0
        ]
        for name in ("NYSE", "IBIS", "TSE", "SOMEWHERE")
    ]
    assert [each.security.exchange for each in found if each.security] == ["XNYS", "XETR", "XTSE", None]


def test_older_histories_name_the_currency_in_the_column() -> None:
    header = (
        "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Total (GBP),ID"
    )
    row = "Market buy,2023-03-03 10:15:30,IE00BK5BQT80,VWRP,World,2,8000,GBX,160.00,EOF9"
    assert figures(read_statement(f"{header}\n{row}\n".encode()), 0)["amount"] == "160.00 GBP"


def test_columns_in_another_order_say_the_same() -> None:
    table = list(reader(io.StringIO(aj_bell(WORLD, SEMIS, CASH).decode("utf-8-sig"))))
    turned, text = [list(reversed(row)) for row in table], io.StringIO()
    writer(text).writerows(turned)
    ours, theirs = read_statement(aj_bell(WORLD, SEMIS, CASH)), read_statement(text.getvalue().encode())
    assert [each.content for each in theirs.rows] == [each.content for each in ours.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_may_come_in_any_encoding_of_its_letters(encoding: str) -> None:
    text = aj_bell(WORLD).decode("utf-8-sig")
    assert read_statement(text.encode(encoding)).rows == read_statement(aj_bell(WORLD)).rows


@pytest.mark.parametrize(
    ("content", "column"),
    [
        (trading_212(PAID.replace("2.10", "-2.10")), "Total"),
        (trading_212(BOUGHT.replace("Market buy", "Stock split open")), "Action"),
        (trading_212(BOUGHT.replace("5.92,GBP", "5.92,USD")), "Stamp duty reserve tax"),
        (trading_212(BOUGHT.replace("IE00BK5BQT80", "IE00BK5BQT81")), "ISIN"),
        (aj_bell(CASH.replace('"GBP","GBP"', '"GBP","USD"')), "Market currency"),
        (aj_bell(WORLD.replace("LSE:VWRP", "THE MOON:VWRP")), "Ticker"),
        (aj_bell(WORLD.replace("10-Mar-26", "31-Feb-26")), "Date"),
        (hargreaves_lansdown().replace(b"Card Web", b"Something"), "Reference"),
        (hargreaves_lansdown().replace(b'"1,300.00"', b'"-1,300.00"'), "Value (£)"),
        (flex().replace(b'buySell="BUY"', b'buySell="SELL"'), "buySell"),
        (flex().replace(b'assetCategory="STK"', b'assetCategory="OPT"'), "assetCategory"),
    ],
    ids=lambda each: None if isinstance(each, bytes) else each,
)
def test_what_a_row_cannot_mean_is_told_of_its_column(content: bytes, column: str) -> None:
    assert [each.column for each in read_statement(content).rows[0].problems] == [column]


def test_tax_that_was_withheld_of_no_dividend_is_told() -> None:
    rows = read_statement(
        flex().replace(b'type="Dividends" dateTime="2026', b'type="Dividends" dateTime="2025')
    ).rows
    assert [each.problems[0].sentence for each in rows if each.problems] == [
        "There is no dividend that this tax was withheld of: post it by hand."
    ]


def test_a_comma_is_not_taken_for_a_thousand_where_it_may_be_a_point() -> None:
    """Where cells are parted by semicolons, decimals are written with a comma."""
    header = TRADING_212_HEADER.replace(",", ";")
    row = BOUGHT.replace(",", ";").replace("11842.50", "11,842")
    [problem] = read_statement(f"{header}\n{row}\n".encode()).rows[0].problems
    assert (problem.column, problem.sentence.split(":")[0]) == ("Price / share", "11,842")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 a workbook", "save its sheet as CSV"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"a,b\n\x00\x01", "U+0000"),
        (aj_bell(WORLD)[3:].decode().encode("utf-16-le"), "control characters"),
        (b"\xff\xfea", "is no text in utf-16"),
        (aj_bell(WORLD).replace(b"Cost", b"Costs"), "there is no column Cost (£)"),
        (aj_bell(WORLD).decode("utf-8-sig").encode().decode("cp1252").encode(), "there is no column"),
        (aj_bell(WORLD).replace(b"Ticker", b"Ticker,Price"), "names Price twice"),
        (aj_bell(WORLD)[:-4], "cut off or damaged"),
        (aj_bell(WORLD, SEMIS)[:-120], "Line 3"),
        (aj_bell(), "a header and no rows"),
        (b"a,b\n1,2\n", "No line of the file is a header that is known here"),
        (trading_212(*[PAID] * (ROWS_MAX + 1)), "more than 10,000 rows"),
        (flex()[:400], "cut off or damaged XML"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "declares a document type"),
        (b"<html><body>Please sign in</body></html>", "<html> begins no Flex query"),
    ],
    ids=lambda each: None if isinstance(each, bytes) else each[:20],
)
def test_a_mangled_file_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid) as broken:
        read_statement(content)
    assert broken.value.field == "file"
    assert reason in str(broken.value)


@given(st.integers(0, len(trading_212(DEPOSIT, BOUGHT, SOLD)) - 1))
def test_a_file_cut_off_anywhere_is_refused_or_says_only_what_it_says(length: int) -> None:
    """What is left of it is never read as something else: but for the last cell, whose end nobody knows."""
    whole = trading_212(DEPOSIT, BOUGHT, SOLD)
    known = [each.content for each in read_statement(whole).rows]
    try:
        rest = read_statement(whole[:length]).rows
    except Invalid:
        return
    assert all(row.content in known for row in rest[:-1])
    assert rest[-1].content in known or rest[-1].line == len(rest) + 1


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_file_does_worse_than_being_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_statement(content)


@given(st.decimals(Decimal(-(10**12)), Decimal(10**12), places=4))
def test_a_number_is_read_as_it_was_written_with_thousands_grouped_or_not(number: Decimal) -> None:
    for text in (f"{number:,f}", f"{number:f}", f" {number:f} "):
        cells = Cells(1, {"Price": text})
        assert cells.number("Price") == number
        assert not cells.problems


@given(st.text(max_size=20))
def test_whatever_stands_in_a_cell_is_a_plain_number_or_a_problem(text: str) -> None:
    cells = Cells(1, {"Price": text})
    number = cells.number("Price")
    assert (number is None) is bool(cells.problems) or text.startswith(("=", "@", "\t"))
    assert number is None or (number.is_finite() and text.strip().strip("+-")[0].isascii())


@pytest.mark.parametrize(
    "text", ["1,23", "1,2345", "12,34,567", "1.234,5", "1e5", "NaN", "£5", "(5)", "５", "1 000"]
)
def test_what_may_mean_two_things_is_no_number(text: str) -> None:
    cells = Cells(1, {"Price": text})
    assert cells.number("Price") is None
    assert [each.column for each in cells.problems] == ["Price"]
