"""The typed ways in which a command can be illegal; each door maps them once (STYLE 5)."""

from uuid import UUID


class Refusal(Exception):
    """A command that cannot be carried out as asked. ``str()`` is one plain sentence for who asked."""

    kind = "refused"


class NotFound(Refusal):
    """No such thing, or none that this person may see."""

    kind = "not-found"

    def __init__(self, what: str, which: UUID | str) -> None:
        super().__init__(f"There is no {what} {which}.")


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


class NotYet(Refusal):
    """A fact that contradicts what is known so far and may fit in later; it is kept and tried again."""

    kind = "not-yet"
