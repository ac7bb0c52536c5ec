"""Recognise who asks by the secret they bring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.access.sign_in_at_issuer import SignInAtIssuer
from application.access.tokens import PREFIX
from application.ports import Clock
from application.ports.access import PersonalTokens, SignIns
from domain.access.secret import hash_of
from domain.access.sign_in import SignIn
from domain.access.token import Scope

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when somebody was last seen; a write for every request would cost more than the request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they may do. ``sign_in`` is None for a program with a token."""

    user_id: str
    scope: Scope
    secret_hash: bytes
    sign_in: SignIn | None = None


@dataclass(frozen=True, slots=True)
class Recognise:
    """The use cases with what they need from outside."""

    sign_ins: SignIns
    tokens: PersonalTokens
    clock: Clock
    issuer: SignInAtIssuer | None = None

    def by_cookie(self, secret: str) -> Caller | None:
        """The person whose sign-in it is, None when it is none or over."""
        secret_hash, now = hash_of(secret), self.clock()
        found = self.sign_ins.find(secret_hash)
        if found is None or found.is_over(now):
            return None
        if _is_due(found.seen_at, now):
            self.sign_ins.see(secret_hash, now)
        return Caller(found.user_id, "trade", secret_hash, found)

    def by_token(self, secret: str) -> Caller | None:
        """The person whose token it is, None when it is none or over. Raises IssuerSilent for one of the issuer's."""
        if self.issuer is not None and not secret.startswith(PREFIX):
            return self._by_bearer(self.issuer, secret)
        secret_hash, now = hash_of(secret), self.clock()
        found = self.tokens.find(secret_hash)
        if found is None or found.is_over(now):
            return None
        if found.last_used_at is None or _is_due(found.last_used_at, now):
            self.tokens.use(found.id, now)
        return Caller(found.user_id, found.scope, secret_hash)

    def _by_bearer(self, issuer: SignInAtIssuer, token: str) -> Caller | None:
        found = issuer.by_bearer(token)
        return None if found is None else Caller(found[0], found[1].scope, hash_of(token))


def _is_due(last: datetime, now: datetime) -> bool:
    return now - last >= SEEN_EVERY
