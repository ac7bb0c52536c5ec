"""What a check found."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["WARN", "DROP", "CRITICAL", "REJECT"]
"""What follows: it is told · the price is kept and used by nothing · quarantine and freeze · it is not taken in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the rule, how bad it is, and the two values that differ."""

    rule: str
    severity: Severity
    observed: str
    expected: str
