"""The gate's checks on one price (DOMAIN §4)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.quality import Finding, Terms, Thresholds, judge, verdict
from prices_told import observed
from stories import AT


def said(finding: Finding | None) -> tuple[str, str] | None:
    """A finding's rule and how bad it is."""
    return None if finding is None else (finding.rule, finding.severity)


@pytest.mark.parametrize(
    ("price", "severity"),
    [
        ("100", None),
        ("110", None),
        ("90", None),
        ("110.000001", "WARN"),
        ("89.999999", "WARN"),
        ("150", "WARN"),
        ("51.1", "WARN"),
        ("150.000001", "CRITICAL"),
        ("48.9", "CRITICAL"),
        ("250", "CRITICAL"),
        ("1000000", "CRITICAL"),
    ],
)
def test_a_jump_warns_beyond_a_tenth_and_stops_beyond_half(price: str, severity: str | None) -> None:
    """The bounds themselves still pass."""
    assert said(verdict(observed(price))) == (severity and ("jump", severity))


def test_a_first_price_has_nothing_to_jump_from() -> None:
    """Whatever it is."""
    assert judge(observed("10000", None)) == ()


@pytest.mark.parametrize(
    ("price", "rule"),
    [
        ("8000", "scale"),
        ("10000", "scale"),
        ("12500", "scale"),
        ("1.25", "scale"),
        ("1", "scale"),
        ("0.8", "scale"),
        ("7999.99", "jump"),
        ("12500.01", "jump"),
        ("1.2501", "jump"),
        ("0.7999", "jump"),
    ],
)
def test_a_hundredfold_price_is_another_unit_and_not_a_jump(price: str, rule: str) -> None:
    """Pence for pounds or pounds for pence, and a quarter of leeway for what the market did meanwhile."""
    assert said(verdict(observed(price))) == (rule, "CRITICAL")


@pytest.mark.parametrize("number", range(2, 21))
@pytest.mark.parametrize("off", ["0.98", "1", "1.02"])
def test_a_whole_ratio_is_a_split_that_nobody_announced(number: int, off: str) -> None:
    """Either way round, within two per cent of the ratio."""
    many = 100 * number * Decimal(off)
    split = verdict(observed("100", last_good=many))
    reverse = verdict(observed(many, last_good="100"))
    assert said(split) == said(reverse) == ("split_suspect", "CRITICAL")
    assert split is not None
    assert split.expected == f"near {many}, or a split {number} for 1"
    assert reverse is not None
    assert reverse.expected == f"near 100, or a split 1 for {number}"


@pytest.mark.parametrize("price", ["24.5", "25.6", "195.9", "204.1", "2143", "4.75"])
def test_other_ratios_are_jumps(price: str) -> None:
    """Between the whole numbers, and beyond twenty."""
    finding = verdict(observed(price))
    assert finding is not None
    assert finding.rule == "jump"


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
    finding = verdict(observed(price, expected="10"))
    assert (finding and finding.severity) == severity


@pytest.mark.parametrize(
    ("price", "severity"), [("80", None), ("81.7", "WARN"), ("95", "WARN"), ("30", "CRITICAL")]
)
def test_a_special_dividend_explains_its_drop(price: str, severity: str | None) -> None:
    """Twenty off a hundred; what stays near a hundred has not dropped as it should."""
    finding = verdict(observed(price, expected="80"))
    assert (finding and finding.severity) == severity


def test_a_split_that_nobody_announced_is_one_beside_a_dividend_that_somebody_did() -> None:
    """An action explains what it does, and nothing else."""
    assert said(verdict(observed("25", expected="99.50"))) == ("split_suspect", "CRITICAL")


@pytest.mark.parametrize(("price", "stopped"), [("150", False), ("150.01", True), ("49.99", True)])
def test_several_steps_of_one_day_may_be_too_many(price: str, stopped: bool) -> None:
    """None of them is a jump, but from where the day began it is more than half."""
    finding = verdict(observed(price, last_good=price, day_before="100"))
    assert said(finding) == (("value_jump", "CRITICAL") if stopped else None)


@pytest.mark.parametrize(
    ("given", "rule", "seen"),
    [
        ({"last": "0"}, "non_positive", "0"),
        ({"last": "-1"}, "non_positive", "-1"),
        ({"last": "100", "bid": "-1"}, "non_positive", "-1"),
        ({"last": "100", "low": "0"}, "non_positive", "0"),
        ({"last": "100", "at": AT + timedelta(seconds=6)}, "future", "6 s ahead"),
        ({"bid": "101", "ask": "100"}, "crossed", "bid 101, ask 100"),
        ({"last": "100", "low": "100.01"}, "bad_bar", "open None, high None, low 100.01, close 100"),
        ({"last": "100", "high": "99.99"}, "bad_bar", "open None, high 99.99, low None, close 100"),
        ({"last": "100", "open": "98", "low": "99"}, "bad_bar", "open 98, high None, low 99, close 100"),
        ({"last": "100", "open": "102", "high": "101"}, "bad_bar", "open 102, high 101, low None, close 100"),
        ({"last": None, "high": "99", "low": "101"}, "bad_bar", "open None, high 99, low 101, close None"),
    ],
)
def test_what_can_be_no_price_is_not_taken_in(given: dict[str, Any], rule: str, seen: str) -> None:
    """Whatever is known of the listing, or nothing."""
    for last_good in ("100", None):
        finding = verdict(observed(last_good=last_good, **given))
        assert finding is not None
        assert (finding.rule, finding.severity, finding.observed) == (rule, "REJECT", seen)


def test_the_edges_of_what_can_be_a_price_belong_to_it() -> None:
    """Five seconds ahead, a locked quote, and a bar that never moved."""
    flat: dict[str, Any] = dict.fromkeys(("bid", "ask", "open", "high", "low"), "100")
    assert verdict(observed("100", at=AT + timedelta(seconds=5), **flat)) is None


def test_the_middle_of_bid_and_ask_is_judged_like_the_last_trade() -> None:
    """A decision may take either: pounds for pence in the book are not good because the last trade is."""
    finding = verdict(observed("612", last_good="610", bid="5.85", ask="5.87"))
    assert said(finding) == ("scale", "CRITICAL")


GBX = Terms("GBP", "GBX")


@pytest.mark.parametrize(
    ("terms", "currency", "unit", "seen"),
    [
        (GBX, "GBP", "GBX", None),
        (GBX, "GBP", None, None),
        (GBX, None, "GBX", None),
        (GBX, None, "GBp", None),
        (GBX, "GBX", None, None),
        (GBX, "GBp", None, None),
        (GBX, None, None, None),
        (Terms("ZAR", "ZAc"), "ZAR", "ZAC", None),
        (GBX, "GBP", "GBP", "GBP quoted in GBP"),
        (GBX, None, "GBP", "GBP quoted in GBP"),
        (GBX, "USD", None, "USD"),
        (GBX, "USD", "USD", "USD quoted in USD"),
        (Terms("GBP", "GBP"), "GBP", "GBX", "GBP quoted in GBX"),
        (Terms("GBP", "GBP"), "GBp", None, "GBP quoted in GBX"),
        (Terms("USD", "USD"), "EUR", None, "EUR"),
    ],
)
def test_what_a_provider_calls_a_price_must_be_what_the_listing_is_in(
    terms: Terms, currency: str | None, unit: str | None, seen: str | None
) -> None:
    """Pence are written GBX or GBp; a label that is not given says nothing."""
    finding = verdict(observed("100", currency=currency, unit=unit, context={"terms": terms}))
    assert said(finding) == (("currency_mismatch", "CRITICAL") if seen else None)
    if finding is not None:
        assert (finding.observed, finding.expected) == (seen, str(terms))


def test_another_label_is_told_rather_than_the_jump_it_comes_with() -> None:
    """Pounds that are called pounds, for a listing in pence: one finding has the say."""
    observation = observed("6.12", last_good="612", currency="GBP", unit="GBP", context={"terms": GBX})
    assert [finding.rule for finding in judge(observation)] == ["currency_mismatch", "scale", "jump"]
    assert said(verdict(observation)) == ("currency_mismatch", "CRITICAL")


def test_every_threshold_can_be_another() -> None:
    """Stricter and looser."""
    strict = Thresholds(jump_warn=Decimal("0.01"), jump_critical=Decimal("0.02"))
    loose = Thresholds(jump_critical=Decimal(3), split_ratio_max=2, value_jump=Decimal(3))
    assert said(verdict(observed("101.5", context={"thresholds": strict}))) == ("jump", "WARN")
    assert said(verdict(observed("102.5", context={"thresholds": strict}))) == ("jump", "CRITICAL")
    assert said(verdict(observed("300", context={"thresholds": loose}))) == ("jump", "WARN")
    assert (
        said(verdict(observed("160", last_good="150", day_before="100", context={"thresholds": loose})))
        is None
    )
