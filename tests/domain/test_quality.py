"""The gate's checks on one price (DOMAIN §4)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.quality import Observation, judge
from stories import AT


def found(
    price: str, last_good: str | None = "100", age: timedelta = timedelta(0), *, is_close: bool = False
) -> list[tuple[str, str]]:
    """The rules that a price breaks, with their severity."""
    last = None if last_good is None else Decimal(last_good)
    observation = Observation(Decimal(price), AT - age, is_close, AT, last)
    return [(finding.rule, finding.severity) for finding in judge(observation)]


@pytest.mark.parametrize(
    ("price", "severity"),
    [
        ("100", None),
        ("110", None),
        ("90", None),
        ("110.000001", "WARN"),
        ("89.999999", "WARN"),
        ("150", "WARN"),
        ("50", "WARN"),
        ("150.000001", "CRITICAL"),
        ("49.999999", "CRITICAL"),
        ("10000", "CRITICAL"),
        ("1", "CRITICAL"),
    ],
)
def test_a_jump_warns_beyond_a_tenth_and_stops_beyond_half(price: str, severity: str | None) -> None:
    """The bounds themselves still pass; pence as pounds do not."""
    assert found(price) == ([] if severity is None else [("jump", severity)])


def test_a_first_price_has_nothing_to_jump_from() -> None:
    """Whatever it is."""
    assert found("10000", None) == []


@pytest.mark.parametrize(("is_close", "limit"), [(False, timedelta(minutes=30)), (True, timedelta(days=3))])
def test_an_old_price_warns(is_close: bool, limit: timedelta) -> None:
    """Half an hour for a tick and three days for a close; it blocks decisions, not storing."""
    rule = "stale_close" if is_close else "stale_intraday"
    assert found("100", age=limit, is_close=is_close) == []
    assert found("100", age=limit + timedelta(microseconds=1), is_close=is_close) == [(rule, "WARN")]


def test_findings_come_in_the_order_of_the_checks() -> None:
    """Old and far away: both are said, and what was observed and expected."""
    observation = Observation(
        Decimal(1), AT - timedelta(days=1), is_close=False, now=AT, last_good=Decimal(100)
    )
    old, far = judge(observation)
    assert (old.rule, old.observed, old.expected) == ("stale_intraday", "86400 s old", "at most 1800 s")
    assert (far.rule, far.observed, far.expected) == ("jump", "1", "within 50% of 100")


@pytest.mark.parametrize(
    ("price", "severity"),
    [
        ("10", None),
        ("10.2", None),
        ("9.8", None),
        ("10.200001", "CRITICAL"),
        ("9.799999", "CRITICAL"),
        ("100", "CRITICAL"),
    ],
)
def test_a_split_explains_its_jump_within_two_per_cent(price: str, severity: str | None) -> None:
    """Ten for one after 100; a price that did not split has jumped too."""
    observation = Observation(
        Decimal(price), AT, is_close=False, now=AT, last_good=Decimal(100), expected=Decimal(10)
    )
    assert [finding.severity for finding in judge(observation)] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("price", "severity"), [("80", None), ("81.7", "WARN"), ("95", "WARN"), ("30", "CRITICAL")]
)
def test_a_special_dividend_explains_its_drop(price: str, severity: str | None) -> None:
    """Twenty off a hundred; what stays near a hundred has not dropped as it should."""
    observation = Observation(
        Decimal(price), AT, is_close=False, now=AT, last_good=Decimal(100), expected=Decimal(80)
    )
    assert [finding.severity for finding in judge(observation)] == ([severity] if severity else [])
