"""Proof."""

from api.http.schemas.answer import Answer, Moment
from domain.audit.verification import Step


class Difference(Answer):
    """Where what is stored and what it should be part. ``number`` is the event's, null where it belongs to none.

    A side is null where there is nothing. What portfolios hold is told by the SHA-256 of its text.
    """

    number: int | None
    what: str
    expected: str | None
    found: str | None


class Verification(Answer):
    """Whether everything is what it was: events, decisions, the states that commands start from, read models.

    Of a log that differs itself nothing else is verified; ``not_verified`` names what that is.
    """

    ok: bool
    events: int
    chain_head: str | None
    decisions: int
    differences: list[Difference]
    inputs_retired: int
    not_verified: list[Step]


class Verifying(Answer):
    """A verification that takes its time: what it looks at, and how many of its events or streams are behind it."""

    step: str
    done: int
    in_all: int


class Verified(Answer):
    """A verification that came to its end, and in how many places something differed."""

    ended_at: Moment
    events: int
    chain_head: str | None
    decisions: int
    differences: int


class KeptHead(Answer):
    """Where the chain ended at some moment, as it is kept outside of the database."""

    number: int
    hash: str
    at: Moment


class ChainStanding(Answer):
    """``chained`` is the last event in the chain, ``head`` its hash; ``heads`` are the latest kept, newest first.

    ``verified`` is null while nobody has verified the log.
    """

    sentence: str
    events: int
    chained: int
    head: str | None
    verified: Verified | None
    heads_kept: int
    heads: list[KeptHead]
