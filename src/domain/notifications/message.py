"""What a channel sends: one notification by itself, or many of them as one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.notifications.notification import Severity

BY_THEMSELVES_MAX = 3
LATE = timedelta(hours=1)
LINES_MAX = 20
SENTENCE_CHARACTERS_MAX = 300
"""Of many sentences in one message; services take a few thousand characters."""

SEVERITIES: tuple[Severity, ...] = ("INFO", "WARN", "CRITICAL")
"""From the mildest to the gravest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notification that waits to be sent; ``about`` is its portfolio's name, ``at`` when it was recorded."""

    severity: Severity
    title: str
    sentence: str
    about: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a channel takes it."""

    severity: Severity
    title: str
    body: str


TEST = Message("INFO", "Ballast: a test", "If you can read this, the channel works.")


def together(waiting: Sequence[Waiting], now: datetime) -> bool:
    """Whether what waits goes as one message: when it is much, or late after something had stopped.

    Nobody reads thirty messages in a row, and many services refuse them.
    """
    return len(waiting) > BY_THEMSELVES_MAX or any(now - each.at > LATE for each in waiting)


def message_of(waiting: Sequence[Waiting]) -> Message:
    """One message of everything that waits, oldest first. Raises ValueError when nothing does."""
    gravest = max((each.severity for each in waiting), key=SEVERITIES.index)
    if len(waiting) == 1:
        return Message(gravest, f"Ballast: {waiting[0].title}", _line(waiting[0], waiting[0].sentence))
    lines = [_line(each, _short(each.sentence)) for each in waiting]
    if len(lines) > LINES_MAX:
        lines[LINES_MAX - 1 :] = [f"… and {len(lines) - LINES_MAX + 1} more; the feed has them all."]
    return Message(gravest, f"Ballast: {len(waiting)} notifications", "\n".join(lines))


def _line(each: Waiting, sentence: str) -> str:
    about = f"{each.about}: " if each.about else ""
    return f"{about}{sentence} ({each.at:%Y-%m-%d %H:%M} UTC)"


def _short(sentence: str) -> str:
    if len(sentence) <= SENTENCE_CHARACTERS_MAX:
        return sentence
    return f"{sentence[: SENTENCE_CHARACTERS_MAX - 1]}…"
