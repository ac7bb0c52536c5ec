"""Fields as clients send them, refused where they are anything but plain."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from domain.isin import is_isin
from domain.money import MINOR_QUOTE_UNITS

RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
ZONE = re.compile(r"([Zz]|[+-][0-9]{2}:[0-9]{2})$")
FIRST_YEAR, LAST_YEAR = 1970, 2199


class Body(BaseModel):
    """A request body: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def parse_moment(text: object) -> datetime:
    """Read a time: RFC 3339 with a zone. Raises ValueError with the reason."""
    if isinstance(text, datetime):
        return text
    if not isinstance(text, str) or not RFC3339.fullmatch(text):
        raise ValueError("must be a time in RFC 3339, such as 2026-03-10T15:00:00Z")
    if not ZONE.search(text):
        raise ValueError("must name its zone, such as 2026-03-10T15:00:00Z")
    try:
        # Python keeps six decimals of a second and silently drops what goes beyond.
        at = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a moment that exists") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return at


Moment = Annotated[
    datetime,
    BeforeValidator(parse_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-10T15:00:00Z"]}),
]
"""A moment in UTC, given with any zone."""


def parse_day(text: object) -> date:
    """Read a date as the venue's calendar has it. Raises ValueError with the reason."""
    if isinstance(text, date):
        return text
    if not isinstance(text, str) or not ISO_DAY.fullmatch(text):
        raise ValueError("must be a date, such as 2026-03-10")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a day that exists") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return day


Day = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-10"]}),
]
"""A date at the venue."""


def _printable(text: str) -> str:
    if any(ord(letter) < ord(" ") or letter == "\x7f" for letter in text):
        raise ValueError("must not contain control characters")
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Text = Annotated[str, Field(min_length=1, max_length=200, strict=True), AfterValidator(_printable)]
"""A line of text for people."""

Reason = Annotated[str, Field(min_length=1, max_length=1000, strict=True), AfterValidator(_printable)]


def _unpadded(text: str) -> str:
    if text != text.strip():
        raise ValueError("must not begin or end with a space")
    return text


Label = Annotated[
    str,
    Field(min_length=1, max_length=64, strict=True),
    AfterValidator(_printable),
    AfterValidator(_unpadded),
]
"""A short name that is compared letter by letter, such as a sleeve's."""

Symbol = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-_/]{0,31}$")]
Exchange = Annotated[
    str, Field(strict=True, pattern=r"^[A-Z0-9]{4}$", description="ISO 10383 market identifier")
]


def _money(code: str) -> str:
    if code in MINOR_QUOTE_UNITS:
        raise ValueError(
            f"must be a currency; {code} is a unit that prices in {MINOR_QUOTE_UNITS[code][0]} are quoted in"
        )
    return code


Currency = Annotated[
    str, Field(strict=True, pattern=r"^[A-Z]{3}$", description="ISO 4217 code"), AfterValidator(_money)
]
QuoteUnit = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z]{3}$", description="GBX is 1/100 GBP")]


def _checked(text: str) -> str:
    if not is_isin(text):
        raise ValueError("must be an ISIN; its check digit does not fit")
    return text


Isin = Annotated[
    str,
    Field(strict=True, pattern=r"^[A-Z]{2}[A-Z0-9]{9}[0-9]$", description="ISO 6166"),
    AfterValidator(_checked),
]
