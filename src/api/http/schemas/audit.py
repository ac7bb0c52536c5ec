"""Proof."""

from api.http.schemas.answer import Answer


class Difference(Answer):
    """Where what is stored and what it should be part. ``number`` is the event's, null where it belongs to none.

    A side is null where there is nothing. What portfolios hold is told by the SHA-256 of its text.
    """

    number: int | None
    what: str
    expected: str | None
    found: str | None


class Verification(Answer):
    """Whether everything is what it was: events, decisions, the states that commands start from, read models."""

    ok: bool
    events: int
    chain_head: str | None
    decisions: int
    differences: list[Difference]
    inputs_retired: int


class Verifying(Answer):
    """A verification that takes its time: what it looks at, and how many of its events or streams are behind it."""

    step: str
    done: int
    in_all: int
