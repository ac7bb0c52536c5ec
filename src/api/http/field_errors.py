"""What is wrong with a field, from pydantic's words to ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.refusals import FieldError


def field_error(error: Mapping[str, Any]) -> FieldError:
    """One of pydantic's errors: the field as clients write it, and a sentence."""
    return field_path(error["loc"]), _sentence(error)


def field_path(location: Sequence[str | int]) -> str:
    """A location as clients write it: ``("body", "quotes", 3, "last")`` is ``quotes[3].last``."""
    path = ""
    for part in location[1:] if location and location[0] in PLACES else location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path or "body"


PLACES = ("body", "query", "path", "header")


def _sentence(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "This field is required."
        case "extra_forbidden":
            return "There is no such field."
        case "json_invalid":
            return f"The body is no valid JSON: {error.get('ctx', {}).get('error', '')}."
        case _:
            return as_sentence(str(error["msg"]).removeprefix("Value error, "))


def as_sentence(message: str) -> str:
    """A library's or a rule's words with a capital letter and a full stop."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith('.') else '.'}"
