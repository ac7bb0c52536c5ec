"""The cells of one row, read strictly: what cannot be read is a problem of its column, and all are told at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.isin import is_isin
from domain.numbers import parse_decimal, shortest
from domain.statements.statement import Figure, Problem, Quantity

GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
DAY = re.compile(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{2})", re.ASCII)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FORMULA = ("=", "@", "\t")
CELL_CHARACTERS_MAX = 1000
FIRST_YEAR, LAST_YEAR = 1970, 2199
NOON = 12
"""The hour of a day that is told without one: it stays that day in every zone nearby."""

UNITS = "units"
UNREADABLE = "???"
"""What a code is taken for that is none; the problem is told."""

NOTE_CHARACTERS_MAX = 200
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
UNIT = re.compile(r"[A-Za-z]{3}", re.ASCII)


class Cells:
    """A row's cells by their columns' names. ``plain_commas`` is whether a comma can only group thousands."""

    def __init__(self, line: int, raw: Mapping[str, str], *, plain_commas: bool = True) -> None:
        self.line = line
        self.raw = dict(raw)
        self.problems: list[Problem] = []
        self._plain_commas = plain_commas
        for column, text in raw.items():
            if text.startswith(FORMULA):
                self.report(column, "A cell that begins like a formula is not taken.")
            elif len(text) > CELL_CHARACTERS_MAX:
                self.report(column, f"A cell of more than {CELL_CHARACTERS_MAX:,} characters is not taken.")

    def report(self, column: str, sentence: str) -> None:
        """Note what is wrong, once for a column."""
        if all(each.column != column for each in self.problems):
            self.problems.append(Problem(column=column, sentence=sentence))

    def text(self, column: str) -> str:
        """A cell without the blanks around it, empty where there is no such column."""
        return self.raw.get(column, "").strip()

    def number(self, column: str, *, needed: bool = True) -> Decimal | None:
        """A decimal with a point, thousands grouped by commas or not at all; None when it is empty or unreadable."""
        text = self.text(column)
        if not text:
            if needed:
                self.report(column, "There has to be a number.")
            return None
        if "," in text and not self._plain_commas:
            self.report(column, f"{text}: the comma may be a decimal one, and nobody guesses here.")
            return None
        plain = text.replace(",", "") if GROUPED.fullmatch(text) else text
        try:
            return parse_decimal(plain.removeprefix("+"))
        except ValueError:
            self.report(column, f"{text} is no number like 1,234.56.")
            return None

    def figure(
        self, name: Quantity, column: str, unit: str, *, needed: bool = True, size: bool = False
    ) -> tuple[Figure, ...]:
        """A number with its unit, none when it is empty or unreadable; ``size`` leaves its sign away."""
        value = self.number(column, needed=needed)
        if value is None:
            return ()
        value = abs(value) if size else value
        if unit == UNITS:
            value = Decimal(shortest(value))
        return (Figure(name=name, column=column, raw=self.text(column), unit=unit, value=value),)

    def currency(self, column: str) -> str:
        """A currency's code."""
        return self._code(column, CURRENCY, "currency, such as GBP")

    def unit(self, column: str) -> str:
        """The unit that prices are quoted in; case counts, GBp are pence."""
        return self._code(column, UNIT, "quote unit, such as GBX or GBP")

    def isin(self, column: str) -> str | None:
        """An ISIN, None when it is empty or none."""
        text = self.text(column)
        if text and not is_isin(text):
            self.report(column, f"{text} is no ISIN: its check digit does not fit.")
        return text or None

    def moment(self, columns: Sequence[str], formats: Sequence[str], zone: ZoneInfo) -> datetime | None:
        """A time out of one or two columns in one of some formats, in the zone of who wrote the file."""
        text = " ".join(filter(None, map(self.text, columns)))
        spelt = DAY.sub(_numbered, text, count=1)
        for form in formats:
            try:
                at = datetime.strptime(spelt, form)  # noqa: DTZ007  # its zone is added in the next line
            except ValueError:
                continue
            if "%H" not in form:
                at = at.replace(hour=NOON)
            if FIRST_YEAR <= at.year <= LAST_YEAR:
                return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
        self.report(
            columns[0], f"{text} is no time that this file would have." if text else "A time is missing."
        )
        return None

    def _code(self, column: str, shape: re.Pattern[str], what: str) -> str:
        text = self.text(column)
        if not shape.fullmatch(text):
            self.report(column, f"{text or 'Nothing'} is no {what}.")
            return UNREADABLE
        return text


def note(text: str) -> str | None:
    """What is noted of a row, of bounded length."""
    return text[:NOTE_CHARACTERS_MAX] or None


def _numbered(day: re.Match[str]) -> str:
    """10-Mar-26 as 10-03-2026, whatever the machine's own language; no month stays what it is."""
    month = day[2].lower()
    return f"{day[1]}-{MONTHS.index(month) + 1:02}-20{day[3]}" if month in MONTHS else day[0]
