"""What a reviewer may answer, and nothing else: a grade and a few short notes in plain text.

An answer comes from outside and may be anything. It is text to be shown and never more than that.
"""

from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from domain.events import Value

Grade = Literal["PASS", "WARN", "FAIL"]

NOTES_MAX = 5
NOTE_CHARACTERS_MAX = 300
ANSWER_CHARACTERS_MAX = 10_000

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": ["PASS", "WARN", "FAIL"]},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["verdict", "notes"],
    "additionalProperties": False,
}
"""What an endpoint is asked to keep to. Few of them know limits of length in it: those are ours to check."""


class Opinion(Value):
    """A grade with its reasons, each one line that can be printed."""

    verdict: Grade
    notes: tuple[str, ...] = Field(max_length=NOTES_MAX)

    @field_validator("notes")
    @classmethod
    def _lines(cls, notes: tuple[str, ...]) -> tuple[str, ...]:
        lines = tuple(_line(note) for note in notes)
        if not all(0 < len(line) <= NOTE_CHARACTERS_MAX for line in lines):
            raise ValueError(f"a note has 1 to {NOTE_CHARACTERS_MAX} characters")
        return lines


def read_opinion(text: str) -> Opinion:
    """The opinion in an answer. Raises ValueError in words that quote none of it."""
    if len(text) > ANSWER_CHARACTERS_MAX:
        raise ValueError(f"the answer has more than {ANSWER_CHARACTERS_MAX} characters")
    try:
        return Opinion.model_validate_json(text, strict=True)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise ValueError("the answer is no JSON") from None
        raise ValueError("the answer is not of the shape that was asked for") from None


def _line(text: str) -> str:
    """Text on one line, without what cannot be printed: control characters, and those that turn the line around."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable()).strip()
