"""Whoever says who somebody is (OpenID Connect), as the use cases need it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr

from domain.access.token import Scope
from domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Claims:
    """What the issuer says of a person: its own name for them, what they are called, and when they proved it there."""

    subject: str
    name: str | None
    proven_at: datetime | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that has been begun at the issuer: what ties its end to its beginning, in one browser."""

    state: str
    nonce: str
    verifier: str


class IssuerSilent(Refusal):
    """The issuer does not answer, or not as it should; nothing is known of whoever came."""

    kind = "issuer-silent"


class NotVouchedFor(Refusal):
    """What was brought is not what the issuer gave to us for this sign-in."""

    kind = "not-vouched-for"


class Issuer(Protocol):
    """The issuer that is configured."""

    @property
    def name(self) -> str:
        """Its identifier, an address."""

    def address(self, flow: Flow, *, fresh: bool) -> str:
        """Where a browser goes to sign in; ``fresh`` asks for the password again. Raises IssuerSilent."""

    def of_code(self, code: SecretStr, flow: Flow) -> Claims:
        """Who came back with a code. Raises NotVouchedFor and IssuerSilent."""

    def of_bearer(self, token: str) -> Claims | None:
        """Whose token this is; None for one that does not count here and now. Raises IssuerSilent."""
