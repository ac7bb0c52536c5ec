"""What came back from Alpaca, or did not, with every digit kept."""

import json
from dataclasses import dataclass
from decimal import Decimal


class Unanswered(Exception):
    """A request got no answer. ``sent`` is False when it is certain that nothing of it has left."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``body`` is its JSON without floats; ``garbled`` says that it was no JSON."""

    status: int
    body: object
    garbled: bool
    retry_after_ms: int

    @property
    def code(self) -> int | None:
        """The broker's own number for a refusal."""
        code = self.body.get("code") if isinstance(self.body, dict) else None
        return code if isinstance(code, int) else None

    @property
    def message(self) -> str | None:
        """The broker's own sentence for a refusal; None when what came is not the broker's."""
        message = self.body.get("message") if isinstance(self.body, dict) else None
        return message if isinstance(message, str) and message else None

    @property
    def refuses_keys(self) -> bool:
        """Whether the broker does not let these keys in."""
        return self.message is not None and (self.status == 401 or "not authorized" in self.message)

    def __str__(self) -> str:
        """What a person reads of an answer that was none."""
        return f"Alpaca answered {self.status}" + (f": {self.message}" if self.message else "")


def read_json(text: str | bytes) -> object:
    """JSON without floats. Raises ValueError."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
