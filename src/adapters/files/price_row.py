"""One row of a price file: its columns found by the header, its day and its close read strictly."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

DIGITS_MAX = 28
TEXT_SHOWN_MAX = 60

PLAIN_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a header puts what is read of a row. Stooq's bulk files say ticker and period in each."""

    width: int
    day: int
    close: int
    ticker: int | None
    period: int | None
    open: int | None = None
    high: int | None = None
    low: int | None = None

    @classmethod
    def named_in(cls, header: list[str]) -> Self:
        """The columns by name, in any case and with or without Stooq's brackets; else ValueError says why."""
        names = [name.strip().removeprefix("<").removesuffix(">").casefold() for name in header]
        shown = _shown(",".join(header))
        for wanted in ("date", "close", "ticker", "per"):
            if names.count(wanted) > 1:
                raise ValueError(f"the header names {wanted.capitalize()} more than once: {shown}")
            if wanted in ("date", "close") and wanted not in names:
                raise ValueError(f"the header names no {wanted.capitalize()} column: {shown}")
        ticker, period = (names.index(name) if name in names else None for name in ("ticker", "per"))
        rest = (names.index(name) if names.count(name) == 1 else None for name in ("open", "high", "low"))
        return cls(len(names), names.index("date"), names.index("close"), ticker, period, *rest)

    def read(self, fields: list[str]) -> tuple[date, Decimal]:
        """The row's day and close; else ValueError says why."""
        if len(fields) != self.width:
            raise ValueError(f"the row has {len(fields)} fields where the header has {self.width}")
        day = plain_day(fields[self.day])
        if fields[self.close].casefold() == "null":
            raise ValueError(f"the close of {day} is null, as Yahoo writes days it has no price for")
        if self.period is not None and fields[self.period].upper() != "D":
            raise ValueError(f"the period is {_shown(fields[self.period])} where a daily file has D")
        return day, plain_number(fields[self.close])

    def rest(self, fields: list[str]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """The row's open, high and low, each where it is there and a price: some providers write 0 or null."""
        open_, high, low = (self._maybe(fields, place) for place in (self.open, self.high, self.low))
        return open_, high, low

    def _maybe(self, fields: list[str], place: int | None) -> Decimal | None:
        if place is None:
            return None
        try:
            return plain_number(fields[place])
        except ValueError:
            return None


def plain_number(text: str) -> Decimal:
    """A price above zero, from ASCII digits and at most one dot, every digit kept; else ValueError."""
    if not PLAIN_NUMBER.fullmatch(text):
        raise ValueError(f"the close {_shown(text)} is no plain number such as 18.793")
    if len(text.replace(".", "")) > DIGITS_MAX:
        raise ValueError(f"the close {_shown(text)} has more than {DIGITS_MAX} digits")
    number = Decimal(text)
    if not number:
        raise ValueError(f"the close {_shown(text)} is not above zero")
    return number


def plain_day(text: str) -> date:
    """A date written 2020-04-14 or 20200414; else ValueError."""
    refusal = ValueError(f"{_shown(text)} is no date such as 2020-04-14 or 20200414")
    if not PLAIN_DAY.fullmatch(text):
        raise refusal
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refusal from None


def _shown(text: str) -> str:
    """Somebody's text, quoted and cut short for a sentence."""
    return repr(text if len(text) <= TEXT_SHOWN_MAX else text[:TEXT_SHOWN_MAX] + "…")
