"""Sign in at an issuer, and come with a token of its."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import SecretStr

from application.access.refusals import NotKnownHere
from application.access.sign_in import Begun, NewSecret
from application.ports import Clock, NewId
from application.ports.access import Account, Accounts, SignIns
from application.ports.issuer import Claims, Flow, Issuer
from domain.access.secret import hash_of
from domain.access.sign_in import CameFrom, SignIn
from domain.refusals import Conflict

NAME_CHARACTERS_MAX = 64

Admitted = Literal["known", "everybody"]


@dataclass(frozen=True, slots=True)
class SignInAtIssuer:
    """The use cases with what they need from outside. ``admit`` says who may come in besides known people."""

    issuer: Issuer
    accounts: Accounts
    sign_ins: SignIns
    clock: Clock
    new_id: NewId
    new_secret: NewSecret
    admit: Admitted

    def begin(self, *, fresh: bool) -> tuple[Flow, str]:
        """A new flow, and where its browser goes; ``fresh`` asks for the password again. Raises IssuerSilent."""
        flow = Flow(self.new_secret(), self.new_secret(), self.new_secret())
        return flow, self.issuer.address(flow, fresh=fresh)

    def end(
        self, code: SecretStr, flow: Flow, before: str | None = None, came_from: CameFrom = "unknown"
    ) -> Begun:
        """Sign in who has come back; the sign-in that the browser had ``before`` ends.

        Raises NotVouchedFor, IssuerSilent and NotKnownHere.
        """
        claims = self.issuer.of_code(code, flow)
        account = self._account(claims)
        if before is not None:
            self.sign_ins.end(hash_of(before))
        now, secret = self.clock(), self.new_secret()
        sign_in = SignIn(account.user_id, now, now, _proven_at(claims, now))
        self.sign_ins.begin(hash_of(secret), sign_in, came_from)
        return Begun(SecretStr(secret), account, sign_in)

    def by_bearer(self, token: str) -> tuple[str, Claims] | None:
        """The person that a token is of, with what it says. Raises IssuerSilent."""
        claims = self.issuer.of_bearer(token)
        if claims is None:
            return None
        try:
            return self._account(claims).user_id, claims
        except NotKnownHere:
            return None

    def _account(self, claims: Claims) -> Account:
        known = self.accounts.by_subject(self.issuer.name, claims.subject)
        if known is not None:
            return known
        if self.admit == "known":
            raise NotKnownHere(claims.subject)
        for name in _names(claims):
            account = Account(str(self.new_id()), name, None, self.clock())
            try:
                self.accounts.add(account, (self.issuer.name, claims.subject))
            except Conflict:
                known = self.accounts.by_subject(self.issuer.name, claims.subject)
                if known is not None:  # another request was faster
                    return known
            else:
                return account
        raise NotKnownHere(claims.subject)


def _proven_at(claims: Claims, now: datetime) -> datetime:
    """When the person was asked for a secret, if the issuer says so; it may have known them for weeks."""
    long_ago = datetime.fromtimestamp(0, now.tzinfo)
    return min(claims.proven_at or long_ago, now)


def _names(claims: Claims) -> list[str]:
    """What to call somebody, best first; names may be taken, subjects are not."""
    written = ("".join(filter(str.isprintable, text)) for text in (claims.name or "", claims.subject))
    return [name for name in (text[:NAME_CHARACTERS_MAX].strip() for text in written) if name]
