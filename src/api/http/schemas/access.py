"""Who is signed in, and with what."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class Me(Answer):
    """Who asks. ``via`` says by what: being at this machine in open mode, a sign-in, or a token.

    ``ends_at`` is when a sign-in is over if nobody uses it any more; until ``proven_until`` what wants the person
    in person is let through without asking again. ``second_factor`` says whether that takes a one-time code.
    """

    auth: Literal["open", "password", "oidc"]
    id: str
    name: str
    via: Literal["machine", "sign_in", "token"]
    scope: Literal["read", "trade"]
    ends_at: Moment | None
    proven_until: Moment | None
    second_factor: bool


class SignedOut(Answer):
    """How many sign-ins have ended."""

    ended: int


class OwnSignIn(Answer):
    """A browser in which one is signed in. ``is_this`` is the one that asks.

    ``came_from`` is the kind of address that it began at: this machine, a network at home or at work, or any other.
    ``seen_at`` is exact to the minute; at ``ends_at`` it is over, unless it is used before.
    """

    id: UUID
    is_this: bool
    came_from: Literal["machine", "network", "internet", "unknown"]
    begun_at: Moment
    seen_at: Moment
    ends_at: Moment


class SecondFactorOffered(Answer):
    """What a device makes codes from; told here and never again. ``uri`` is the same for a picture."""

    secret: str
    uri: str


class RecoveryCodes(Answer):
    """Each signs in once in the place of a one-time code; told here and never again."""

    recovery_codes: list[str]


class SecondFactorGone(Answer):
    """Whether there was one."""

    removed: bool


class Token(Answer):
    """A token as far as it may be shown. ``secret`` is told when it is made, and null ever after."""

    id: UUID
    name: str
    scope: Literal["read", "trade"]
    made_at: Moment
    expires_at: Moment
    last_used_at: Moment | None
    secret: str | None


class TokenGone(Answer):
    """The token that lets nobody in any more."""

    id: UUID
