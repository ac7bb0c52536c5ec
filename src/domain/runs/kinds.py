"""What runs there are, what begins them, and where they can stand."""

from typing import Literal, get_args

PortfolioKind = Literal[
    "price_refresh", "reconciliation", "dividends", "weekly_review", "monthly", "quarterly", "manual"
]
HouseKind = Literal["retention", "backup"]
PersonKind = Literal["export"]
RunKind = PortfolioKind | HouseKind | PersonKind

PORTFOLIO_KINDS: tuple[PortfolioKind, ...] = get_args(PortfolioKind)
"""What a portfolio's person may schedule or ask for."""

HOUSE_KINDS: tuple[HouseKind, ...] = get_args(HouseKind)
"""What is done for the whole house, and concerns no portfolio."""

PERSON_KINDS: tuple[PersonKind, ...] = get_args(PersonKind)
"""What is done for one person, whatever of theirs it is about. It only reads, so that no freeze stops it."""

BOOKING_KINDS = frozenset[RunKind]({"reconciliation", "dividends"})
"""What only books what has happened outside: a freeze never blocks that when a person asks for it (DOMAIN §4)."""

PRESENT_KINDS = frozenset[RunKind]({"price_refresh", "reconciliation", "dividends", "retention", "backup"})
"""What does the same whenever it is done: of several slots that were missed, the latest does the work of all."""

Trigger = Literal["schedule", "person"]

Ending = Literal["success", "no_action", "blocked_frozen", "blocked_dq", "failed"]
RunStatus = Literal["queued", "running"] | Ending

IN_WORDS: dict[str, str] = {
    "price_refresh": "price refresh",
    "weekly_review": "weekly review",
    "monthly": "monthly allocation",
    "quarterly": "quarterly allocation",
    "manual": "allocation by hand",
    "dividends": "settlement of corporate actions",
}
"""Kinds whose name alone would not tell a person what they are."""


def in_words(kind: str) -> str:
    """A kind of run as a sentence names it."""
    return IN_WORDS.get(kind, kind)
