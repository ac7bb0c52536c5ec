"""Exact decimals: how they are read from text, written back, and kept in events (DOMAIN §1)."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN)
"""Room for every digit of any sum or product of numbers of 30 digits: what is computed in it never rounds."""

P = ParamSpec("P")
R = TypeVar("R")

INTEGER_DIGITS_MAX = 18
FRACTION_DIGITS_MAX = 12
PLAIN_DECIMAL = re.compile(
    rf"-?[0-9]{{1,{INTEGER_DIGITS_MAX}}}(?:\.[0-9]{{1,{FRACTION_DIGITS_MAX}}})?", re.ASCII
)


def parse_decimal(text: object) -> Decimal:
    """Read a wire decimal: a string of ASCII digits with at most one dot and a leading minus.

    Exponents, NaN, infinities, padding, underscores, other scripts' digits and JSON numbers (which have
    already lost digits) raise ValueError with the reason.
    """
    if isinstance(text, Decimal):
        if not text.is_finite():
            raise ValueError("must be a finite decimal")
        return text
    if not isinstance(text, str):
        raise ValueError('must be a decimal in a string, such as "10.00"')
    if not PLAIN_DECIMAL.fullmatch(text):
        raise ValueError(
            f"must be plain digits with at most {INTEGER_DIGITS_MAX} before and "
            f"{FRACTION_DIGITS_MAX} after the dot"
        )
    return Decimal(text)


def plain(number: Decimal) -> str:
    """Write a decimal without an exponent, every digit kept: ``Decimal("1E+2")`` is ``"100"``."""
    return format(number, "f")


def shortest(number: Decimal) -> str:
    """Write a decimal for people: no exponent, no trailing zeros after the dot."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_stored(text: object) -> Decimal:
    if isinstance(text, Decimal):
        return text
    if isinstance(text, str):
        return Decimal(text)
    raise ValueError("must be a decimal or its digits in a string: a float has lost some already")


Exact = Annotated[
    Decimal,
    BeforeValidator(_read_stored),
    PlainSerializer(plain, return_type=str, when_used="json"),
]
"""A decimal inside an event or a state: any number of digits, a plain string in JSON."""

WireDecimal = Annotated[
    Decimal,
    BeforeValidator(parse_decimal),
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{PLAIN_DECIMAL.pattern}$", "examples": ["10.00"]}),
]
"""A decimal as a client sends it: a string of plain digits, else a validation error."""

PositiveDecimal = Annotated[WireDecimal, Field(gt=0)]
NonNegativeDecimal = Annotated[WireDecimal, Field(ge=0)]


def exactly(compute: Callable[P, R]) -> Callable[P, R]:
    """``compute`` under ``EXACT``; under Python's own context sums, and even a minus, round to 28 digits."""

    @wraps(compute)
    def computed(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(EXACT):
            return compute(*args, **kwargs)

    return computed


def round_down(quantity: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of ``step`` not above ``quantity`` (toward zero): quantities never round up."""
    with localcontext(EXACT):
        return quantity // step * step


def is_multiple(quantity: Decimal, step: Decimal) -> bool:
    """Whether ``quantity`` is a whole number of steps."""
    with localcontext(EXACT):
        return not quantity % step
