"""A language model that is asked for its opinion, and the tokens that may be spent on it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class NoAnswer(Exception):
    """A question was not answered; ``str()`` is one plain sentence that quotes nothing of what came.

    ``again`` says whether the same question may fare better, ``wait_seconds`` when, as the endpoint has said.
    """

    def __init__(self, sentence: str, *, again: bool, wait_seconds: float | None = None) -> None:
        super().__init__(sentence)
        self.again = again
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model said, word for word, and how many tokens its endpoint counts for it, None where it does not."""

    text: str
    tokens: int | None


class Reviewer(Protocol):
    """One model at one endpoint."""

    @property
    def model(self) -> str:
        """Its name."""

    def tokens_max(self, system: str, user: str) -> int:
        """What a question and its answer cost at most."""

    def ask(self, system: str, user: str) -> Answered:
        """Ask once, within a deadline. Raises NoAnswer, and nothing else whatever comes."""


class TokenBudget(Protocol):
    """What is spent on reviews, day by day, by every process together."""

    def reserve(self, day: date, tokens: int, day_max: int) -> bool:
        """Set tokens aside before they are spent; answers False where the day has not so many left."""

    def settle(self, day: date, reserved: int, spent: int) -> None:
        """Put back what was set aside and not spent."""
