"""Exact decimals and booked money (DOMAIN §1)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain import numbers
from domain.money import Money, minor_unit, notional, quote_scale, round_to_minor_unit
from domain.numbers import Exact, is_multiple, parse_decimal, plain, round_down, shortest

EXACT = TypeAdapter[Decimal](Exact)
WIRE = st.from_regex(r"\A-?[0-9]{1,18}(\.[0-9]{1,12})?\Z")


@pytest.mark.parametrize(
    "text",
    ["", "1e3", "1E+2", "NaN", "Infinity", "-", " 5 ", "1_000", "１２", "٣", "+1", ".5", "5.", "0x1", "1,5",
     "1234567890123456789", "0.1234567890123", "1\n", "--1"],
)  # fmt: skip
def test_what_is_not_plain_digits_is_refused(text: str) -> None:
    """Exponents, padding, other scripts' digits and too many digits never become a number."""
    with pytest.raises(ValueError, match="plain digits"):
        parse_decimal(text)


@pytest.mark.parametrize("number", [1, 1.5, None, True, b"5"])
def test_json_numbers_are_refused(number: object) -> None:
    """They have lost digits before we see them."""
    with pytest.raises(ValueError, match="decimal in a string"):
        parse_decimal(number)


@given(WIRE)
def test_every_digit_survives_the_wire_and_the_store(text: str) -> None:
    """In as text, out as the same text, through an event's JSON as well."""
    number = parse_decimal(text)
    assert plain(number) == str(Decimal(text))
    stored = EXACT.dump_json(number)
    again = EXACT.validate_json(stored)
    assert (again, EXACT.dump_json(again)) == (number, stored)
    assert Decimal(shortest(number)) == number


@pytest.mark.parametrize("number", [0.1, 1, True, None, "NaN", Decimal("Infinity")])
def test_an_event_takes_no_float(number: object) -> None:
    """0.1 is not a tenth; nor is there an endless amount."""
    with pytest.raises(ValidationError):
        EXACT.validate_python(number)


@given(
    st.decimals(0, 10**20, places=12, allow_nan=False),
    st.sampled_from([Decimal(step) for step in ("1", "0.0001", "0.3", "1E-12", "10")]),
)
def test_quantities_round_down_to_their_step(quantity: Decimal, step: Decimal) -> None:
    """Never up, never by a whole step, and once rounded they stay."""
    rounded = round_down(quantity, step)
    assert rounded <= quantity < numbers.EXACT.add(rounded, step)
    assert is_multiple(rounded, step)
    assert round_down(rounded, step) == rounded


@pytest.mark.parametrize(
    ("amount", "currency", "booked"),
    [
        ("0.005", "USD", "0.00"),
        ("0.015", "USD", "0.02"),
        ("-0.025", "USD", "-0.02"),
        ("0.5", "JPY", "0"),
        ("1.5", "JPY", "2"),
        ("1.0005", "BHD", "1.000"),
        ("123456789012345678901234567890.125", "USD", "123456789012345678901234567890.12"),
    ],
)
def test_money_is_booked_half_even_in_minor_units(amount: str, currency: str, booked: str) -> None:
    """ISO 4217 says what a minor unit is; length is no obstacle."""
    assert str(round_to_minor_unit(Decimal(amount), currency)) == booked
    assert Money(Decimal(amount), currency).to_minor_units() == Money(Decimal(booked), currency)


def test_a_notional_rounds_once() -> None:
    """The product is exact to its last digit before it is rounded to the cent."""
    quantity, price = Decimal("1000000000000000.000000000001"), Decimal("0.005")
    assert notional(quantity, price, Decimal(1), "USD") == Decimal("5000000000000.00")
    assert notional(
        Decimal(1), Decimal("0.00500000000000000000000000000000000001"), Decimal(1), "USD"
    ) == Decimal("0.01")
    assert notional(Decimal(100), Decimal("8412.5"), Decimal("0.01"), "GBP") == Decimal("8412.50")


def test_currencies_do_not_mix() -> None:
    """There is no hidden exchange rate."""
    dollars, pounds = Money(Decimal(1), "USD"), Money(Decimal(1), "GBP")
    assert dollars + dollars == Money(Decimal(2), "USD")
    assert dollars - dollars == -Money(Decimal(0), "USD")
    with pytest.raises(ValueError, match="cannot mix USD with GBP"):
        dollars + pounds
    with pytest.raises(ValueError, match="cannot mix GBP with USD"):
        pounds - dollars


def test_units_belong_to_their_currency() -> None:
    """Pence to pounds, cents to rand, agorot to shekels, and nothing else."""
    pairs = {("GBP", "GBX"): "0.01", ("ZAR", "ZAC"): "0.01", ("ILS", "ILA"): "0.01", ("USD", "USD"): "1"}
    for (currency, unit), scale in pairs.items():
        assert quote_scale(currency, unit) == Decimal(scale)
    for currency, unit in (("USD", "GBX"), ("GBP", "USD")):
        with pytest.raises(ValueError, match="is not a unit of"):
            quote_scale(currency, unit)
    assert (minor_unit("USD"), minor_unit("JPY"), minor_unit("TND")) == (
        Decimal("0.01"),
        Decimal(1),
        Decimal("0.001"),
    )
