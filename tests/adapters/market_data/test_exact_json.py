"""JSON of providers is read to the last digit, and nothing in it is guessed."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.market_data.exact_json import Unreadable, at, label, moment, number, read_json
from domain.market_data.paths import steps

PRICES = st.decimals("0.00000001", "99999999", places=8)
MOMENTS = st.datetimes(datetime(1974, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds


@given(price=PRICES)
def test_every_digit_of_a_number_is_kept_bare_or_in_a_string(price: Decimal) -> None:
    bare, text = (read_json(f'{{"p":{spelled}}}'.encode()) for spelled in (f"{price:f}", f'"{price:f}"'))
    assert number(at(bare, ("p",))) == number(at(text, ("p",))) == price


@pytest.mark.parametrize(
    "wrong",
    [
        "1e400",
        '"1e2"',
        '"1,234.5"',
        '" 1"',
        '"１２"',
        '"NaN"',
        "true",
        "null",
        "[1]",
        '""',
        "1" * 19,
        "0." + "1" * 21,
    ],
)
def test_what_is_no_plain_number_is_refused(wrong: str) -> None:
    with pytest.raises(Unreadable):
        number(at(read_json(f'{{"p":{wrong}}}'.encode()), ("p",)))


@pytest.mark.parametrize(
    "wrong", [b"NaN", b'{"a":1,"a":2}', b"{'a':1}", b"[1", b"\xff", b"[" * 100_000, b"", b"Infinity"]
)
def test_what_is_no_plain_json_is_refused(wrong: bytes) -> None:
    with pytest.raises(Unreadable, match="no JSON"):
        read_json(wrong)


def test_a_byte_order_mark_is_no_harm() -> None:
    assert read_json(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


@given(when=MOMENTS)
def test_a_moment_is_the_same_in_every_spelling(when: datetime) -> None:
    seconds = Decimal(int(when.replace(microsecond=0).timestamp())) + Decimal(when.microsecond) / 1_000_000
    milliseconds = int(seconds * 1000)
    assert moment(when.isoformat()) == when
    assert moment(when.isoformat().replace("+00:00", "Z")) == when
    assert moment(seconds) == moment(f"{seconds:f}") == when
    in_milliseconds = moment(milliseconds)
    assert isinstance(in_milliseconds, datetime)
    assert in_milliseconds.replace(microsecond=0) == when.replace(microsecond=0)


def test_a_bare_date_is_a_date() -> None:
    assert moment("2026-03-10") == date(2026, 3, 10)


@pytest.mark.parametrize(
    "wrong",
    ["2026-03-10T15:00:00", "2026-03-10 15:00:00", "10 Mar 2026", "20260310", 1741, 17_414_532_000, "", None, True,
     "2026-13-10", "2026-03-10T25:00:00Z", {"seconds": 1}, "2026-W11-2T10:00:00Z"],
)  # fmt: skip
def test_a_time_that_could_be_another_is_refused(wrong: Any) -> None:
    with pytest.raises(Unreadable):
        moment(wrong)


def test_a_path_that_leads_nowhere_says_where_it_ended() -> None:
    json_ = read_json(json.dumps({"a": [{"b.c": 1}]}).encode())
    assert at(json_, steps('a[0]["b.c"]')) == 1
    for path, where in (("a[1]", r"\[1\]"), ("a.b", "'b'"), ("x", "'x'"), ("a[0].b", "'b'")):
        with pytest.raises(Unreadable, match=where):
            at(json_, steps(path))


@pytest.mark.parametrize("wrong", [None, 1, "", "x" * 41, "a\nb", ["USD"]])
def test_a_label_is_a_short_text(wrong: Any) -> None:
    with pytest.raises(Unreadable):
        label(wrong)
