"""Tokens for a person's own programs."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import SecretStr

from application.access.sign_in import NewSecret
from application.ledger import Cause, Ledger, Outcome
from application.ports.access import PersonalTokens
from domain.access.secret import hash_of
from domain.access.token import PersonalToken, Scope, lasting

PREFIX = "ballast_"
"""How every token begins, so that whoever finds one knows what it is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A token with its secret, which is told here and never again."""

    secret: SecretStr
    token: PersonalToken


@dataclass(frozen=True, slots=True)
class KeepTokens:
    """The use cases with what they need from outside."""

    ledger: Ledger
    tokens: PersonalTokens
    new_secret: NewSecret

    def make(self, cause: Cause, user_id: str, name: str, scope: Scope, days: int) -> Outcome[Made]:
        """A new token. Raises Conflict when there are too many."""
        secret, now = PREFIX + self.new_secret(), self.ledger.clock()
        token = PersonalToken(self.ledger.new_id(), user_id, name, scope, now, lasting(now, days))
        return self.ledger.transact(
            cause,
            lambda _: Made(SecretStr(secret), token),
            lambda batch, _: self.tokens.add(hash_of(secret), token, batch),
        )

    def remove(self, cause: Cause, user_id: str, token_id: UUID) -> Outcome[UUID]:
        """Forget a token; it lets nobody in any more. Raises NotFound."""
        return self.ledger.transact(
            cause, lambda _: token_id, lambda batch, _: self.tokens.remove(user_id, token_id, batch)
        )
