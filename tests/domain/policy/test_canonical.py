"""Canonical JSON: equal values have one spelling, different ones have different ones, any JSON reader reads it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy.canonical import canonical, digest

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")) | DECIMALS
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


def test_it_is_spelled_out_in_one_way() -> None:
    """Keys sorted, no space, numbers of money without exponents or trailing zeros, times in UTC."""
    value: Any = {
        "b": [Decimal("10.00"), Decimal("1E+2"), Decimal("-0.00"), Decimal("0.50"), 3, True, None],
        "a": {"é": "ü\n", "at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "day": date(2026, 3, 1)},
        "id": UUID(int=7),
    }
    assert canonical(value) == (
        '{"a":{"at":"2026-03-01T09:30:00.000000Z","day":"2026-03-01","é":"ü\\n"},'
        '"b":[10,100,0,0.5,3,true,null],"id":"00000000-0000-0000-0000-000000000007"}'
    )


def test_its_hash_is_what_any_tool_computes() -> None:
    """printf '{"a":1}' | sha256sum"""
    assert digest({"a": Decimal("1.0")}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


@given(VALUES)
def test_the_order_of_keys_and_trailing_zeros_do_not_matter(value: Any) -> None:
    assert canonical(_disguised(value)) == canonical(value)


@given(VALUES)
def test_whoever_reads_it_writes_the_same(value: Any) -> None:
    assert canonical(json.loads(canonical(value), parse_float=Decimal)) == canonical(value)


@given(DECIMALS, DECIMALS)
def test_different_numbers_are_spelled_differently(one: Decimal, other: Decimal) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(TypeError, match="is no number"):
        canonical(Decimal(number))


def _disguised(value: Any) -> Any:
    """The same value written otherwise."""
    match value:
        case Decimal():
            return value.quantize(Decimal("0.00000000"))
        case dict():
            return {key: _disguised(value[key]) for key in reversed(list(value))}
        case list():
            return tuple(_disguised(each) for each in value)
        case _:
            return value
