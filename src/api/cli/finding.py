"""What ``ballast doctor`` finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, its value for people, where that comes from, and what is wrong with it."""

    name: str
    value: str
    source: str
    problem: str | None = None
