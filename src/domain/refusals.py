"""The typed ways in which a command can be illegal; each door maps them once."""

from collections.abc import Sequence
from uuid import UUID

FieldError = tuple[str, str]
"""A field's path on the wire, such as ``quotes[3].last``, and one sentence."""


class Refusal(Exception):
    """A command that cannot be carried out as asked. ``str()`` is one plain sentence for who asked."""

    kind = "refused"


class NotFound(Refusal):
    """No such thing, or none that this person may see."""

    kind = "not-found"

    def __init__(self, what: str, which: UUID | str) -> None:
        super().__init__(f"There is no {what} {which}.")


class NotAllowed(Refusal):
    """The person sees what this is about, and may not do this with it."""

    kind = "forbidden"


class Conflict(Refusal):
    """The command contradicts the present state."""

    kind = "conflict"


class Contradiction(Conflict):
    """It contradicts what is stored about something else, which nobody saw before it was to be stored."""


class Invalid(Refusal):
    """A field's value breaks a rule of the domain; ``field`` is its path on the wire."""

    kind = "invalid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class InvalidFields(Refusal):
    """Several fields break rules of the domain, each named with a sentence of its own; nothing was done."""

    kind = "invalid"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(" ".join(f"{field}: {sentence}" for field, sentence in errors))
        self.errors = errors


class NotYet(Refusal):
    """A fact that contradicts what is known so far and may fit in later; it is kept and tried again."""

    kind = "not-yet"
