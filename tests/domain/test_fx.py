"""Exchange rates: what is there and fresh converts, by itself, its inverse, or over one common currency."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fx import STALE_FX, Converted, Pair, Rate, convert, judge
from domain.money import Money

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
CURRENCIES = st.sampled_from(["CHF", "EUR", "GBP", "USD"])
RATES = st.decimals("0.0001", "1000", places=4)


def rate(pair: str, value: str, *, days: float = 0, source: str = "alpha") -> Rate:
    base, _, quote = pair.partition("/")
    return Rate(Pair(base, quote), NOW - timedelta(days=days), Decimal(value), source)


def converted(amount: str, currency: str, to: str, *rates: Rate) -> str:
    found = convert(Money(Decimal(amount), currency), to, rates, NOW)
    return found if isinstance(found, str) else str(found.money.to_minor_units().amount)


def test_an_amount_in_its_own_currency_needs_no_rate() -> None:
    assert convert(Money(Decimal("1.005"), "GBP"), "GBP", [], NOW) == Converted(
        Money(Decimal("1.005"), "GBP"), None
    )


def test_a_pair_converts_by_its_own_rate_else_by_its_inverse() -> None:
    assert converted("100", "USD", "GBP", rate("USD/GBP", "0.75"), rate("GBP/USD", "1.30")) == "75.00"
    assert converted("100", "USD", "GBP", rate("GBP/USD", "1.25")) == "80.00"


def test_a_pair_without_a_rate_goes_over_one_common_currency() -> None:
    over_euro = rate("EUR/USD", "1.10"), rate("EUR/GBP", "0.88")
    assert converted("110", "USD", "GBP", *over_euro) == "88.00"


def test_two_common_currencies_in_a_row_are_no_way() -> None:
    assert converted("1", "USD", "GBP", rate("USD/EUR", "1"), rate("EUR/CHF", "1"), rate("CHF/GBP", "1")) == (
        "fx_missing"
    )


def test_of_several_ways_the_freshest_counts() -> None:
    older = rate("USD/CHF", "1", days=2), rate("CHF/GBP", "0.5")
    newer = rate("USD/EUR", "1", days=1), rate("EUR/GBP", "0.8")
    assert converted("100", "USD", "GBP", *older, *newer) == "80.00"


def test_the_newest_rate_of_a_pair_counts() -> None:
    assert converted("100", "USD", "GBP", rate("USD/GBP", "0.70"), rate("USD/GBP", "0.60", days=1)) == "70.00"


def test_of_one_moment_the_source_decides_and_not_the_order() -> None:
    both = rate("USD/GBP", "0.70", source="beta"), rate("USD/GBP", "0.60", source="alpha")
    assert converted("100", "USD", "GBP", *both) == converted("100", "USD", "GBP", *reversed(both)) == "60.00"


def test_nothing_is_ever_converted_one_to_one() -> None:
    assert converted("100", "USD", "GBP") == "fx_missing"
    assert converted("100", "USD", "GBP", rate("USD/EUR", "1")) == "fx_missing"


def test_a_rate_older_than_three_days_converts_nothing() -> None:
    assert converted("100", "USD", "GBP", rate("USD/GBP", "0.75", days=3)) == "75.00"
    assert converted("100", "USD", "GBP", rate("USD/GBP", "0.75", days=3.001)) == "stale_fx"
    crossed = rate("USD/EUR", "1", days=3.001), rate("EUR/GBP", "1")
    assert converted("100", "USD", "GBP", *crossed) == "stale_fx"


def test_a_fresh_inverse_is_better_than_a_stale_rate() -> None:
    assert converted("100", "USD", "GBP", rate("USD/GBP", "9", days=4), rate("GBP/USD", "2")) == "50.00"


@given(base=CURRENCIES, quote=CURRENCIES, value=RATES, amount=RATES)
def test_there_and_back_is_where_it_began(base: str, quote: str, value: Decimal, amount: Decimal) -> None:
    rates = [Rate(Pair(base, quote), NOW, value, "alpha")] if base != quote else []
    there = convert(Money(amount, base), quote, rates, NOW)
    assert isinstance(there, Converted)
    back = convert(there.money, base, rates, NOW)
    assert isinstance(back, Converted)
    assert back.money.amount == pytest.approx(amount, rel=Decimal("1E-50"))


@given(age=st.timedeltas(timedelta(0), timedelta(days=9)), value=RATES)
def test_whatever_converts_is_fresh(age: timedelta, value: Decimal) -> None:
    found = convert(Money(Decimal(1), "USD"), "GBP", [Rate(Pair("USD", "GBP"), NOW - age, value, "a")], NOW)
    assert (found == "stale_fx") is (age > STALE_FX)


@pytest.mark.parametrize(
    ("wrong", "last", "rule"),
    [
        (rate("USD/GBP", "0"), None, "non_positive"),
        (rate("USD/GBP", "-1"), None, "non_positive"),
        (rate("USD/GBP", "0.75", days=-1), None, "future"),
        (rate("USD/GBP", "1.1251"), rate("USD/GBP", "0.75", days=1), "fx_jump"),
        (rate("USD/GBP", "0.3749"), rate("USD/GBP", "0.75", days=1), "fx_jump"),
        (rate("USD/GBP", "75"), rate("USD/GBP", "0.75", days=1), "fx_jump"),
    ],
)
def test_the_gate_stops_what_cannot_be(wrong: Rate, last: Rate | None, rule: str) -> None:
    finding = judge(wrong, last, NOW)
    assert finding is not None
    assert finding.rule == rule


def test_the_gate_lets_half_a_jump_and_a_fast_clock_pass() -> None:
    assert judge(rate("USD/GBP", "1.125"), rate("USD/GBP", "0.75", days=1), NOW) is None
    assert judge(rate("USD/GBP", "0.375"), rate("USD/GBP", "0.75", days=1), NOW) is None
    assert judge(rate("USD/GBP", "9"), None, NOW) is None
    ahead = Rate(Pair("USD", "GBP"), NOW + timedelta(seconds=5), Decimal(1), "a")
    assert judge(ahead, None, NOW) is None
