"""The columns of exported files, and how each kind of value is written (docs/runbook.md, "Exports")."""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "json", "decimal", "moment", "integer", "day", "boolean"]

DECIMAL_DIGITS, DECIMAL_SCALE = 38, 18
"""Decimals have twenty digits before the point and eighteen after it.

The wire takes eighteen and twelve (``domain.numbers``), and the mean of a bid and an ask has one more; no program reads
more than 38 in all. A number that does not fit fails the export: none is rounded.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file; ``meaning`` says its unit, or what it is, where the name does not."""

    name: str
    type: ColumnType
    meaning: str = ""
