"""Which price of a quote a decision may use (DOMAIN §2, reference price)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.quote import Quote, ReferencePrice, reference_price

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
STALE_AFTER = timedelta(minutes=30)


def quote(age: float = 0, **prices: str) -> Quote:
    numbers = {name: Decimal(price) for name, price in prices.items()}
    return Quote(**numbers, as_of=NOW - timedelta(seconds=age))


def price_of(quote: Quote) -> tuple[Decimal, str] | str:
    price = reference_price(quote, NOW, STALE_AFTER)
    return (price.value, price.source) if isinstance(price, ReferencePrice) else price


def test_the_mid_lies_between_bid_and_ask_unless_it_is_given() -> None:
    assert quote(bid="99", ask="100").mid == Decimal("99.5")
    assert quote(bid="99", ask="100", mid="99.6").mid == Decimal("99.6")
    assert Quote(bid=Decimal(99), ask=Decimal(100), mid=None, as_of=NOW).mid == Decimal("99.5")


def test_half_a_book_has_no_mid() -> None:
    assert quote(bid="99").mid is None
    assert quote(ask="99").mid is None


@pytest.mark.parametrize(
    ("last", "source"),
    [
        ("101.00", "last"),
        ("101.01", "mid"),
        ("99.00", "last"),
        ("98.99", "mid"),
        ("100.00", "last"),
    ],
)
def test_a_fresh_last_counts_within_one_per_cent_of_the_mid_inclusive(last: str, source: str) -> None:
    used = last if source == "last" else "100.00"
    assert price_of(quote(last=last, mid="100.00")) == (Decimal(used), source)


@pytest.mark.parametrize(("age", "source"), [(0, "last"), (3, "last"), (3.000001, "mid")])
def test_a_last_is_fresh_for_three_seconds_inclusive(age: float, source: str) -> None:
    used = {"last": Decimal("100.5"), "mid": Decimal(100)}[source]
    assert price_of(quote(age, last="100.5", bid="99", ask="101")) == (used, source)


@pytest.mark.parametrize("age", [0, 4, 1800])
def test_without_a_mid_the_last_counts_until_it_is_stale(age: float) -> None:
    assert price_of(quote(age, last="97.00")) == (Decimal("97.00"), "last")


@pytest.mark.parametrize("age", [0, 4, 1800])
def test_without_a_last_the_mid_counts_until_it_is_stale(age: float) -> None:
    assert price_of(quote(age, mid="97.00")) == (Decimal("97.00"), "mid")


@pytest.mark.parametrize("prices", [{"last": "97"}, {"mid": "97"}, {"last": "97", "bid": "96", "ask": "98"}])
def test_nothing_counts_once_it_is_stale(prices: dict[str, str]) -> None:
    assert price_of(quote(1800.000001, **prices)) == "stale_price"


@pytest.mark.parametrize("age", [0, 9999])
def test_a_quote_without_last_and_mid_has_no_price(age: float) -> None:
    assert price_of(quote(age, bid="99")) == "no_price"
    assert price_of(quote(age)) == "no_price"


def test_the_price_keeps_its_digits_and_says_how_old_it_is() -> None:
    price = reference_price(quote(2.5, last="97.00"), NOW, STALE_AFTER)
    assert isinstance(price, ReferencePrice)
    assert price.model_dump(mode="json") == {"value": "97.00", "source": "last", "age_seconds": "2.5"}


def test_a_quote_from_a_clock_ahead_of_ours_has_a_negative_age() -> None:
    price = reference_price(quote(-2, last="97"), NOW, STALE_AFTER)
    assert isinstance(price, ReferencePrice)
    assert price.age_seconds == -2


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        Quote(last=Decimal(97), as_of=datetime(2026, 3, 10, 15, 0))  # noqa: DTZ001 - that it is naive is the point
