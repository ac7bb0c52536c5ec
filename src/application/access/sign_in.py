"""Sign in with a name and a password, and sign out again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import SecretStr

from application.access.refusals import NotSignedIn, TooManyTries
from application.access.second_factor import SecondFactor
from application.ports import Clock
from application.ports.access import Account, Accounts, Passwords, SignIns, Tries, Whereabouts
from domain.access.person import password_objection, password_text
from domain.access.secret import hash_of
from domain.access.sign_in import CameFrom, SignIn
from domain.refusals import Invalid

NewSecret = Callable[[], str]
"""Draws a secret of 256 bits, in letters that a header and a cookie may hold."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun, with the secret that is told to its browser and to nobody else."""

    secret: SecretStr
    account: Account
    sign_in: SignIn


@dataclass(frozen=True, slots=True)
class CountedTry:
    """A try for a name that was counted, and so may be judged."""

    name: str
    at: Whereabouts


@dataclass(frozen=True, slots=True)
class SignInByPassword:
    """The use cases with what they need from outside."""

    accounts: Accounts
    sign_ins: SignIns
    passwords: Passwords
    tries: Tries
    second_factor: SecondFactor
    clock: Clock
    new_secret: NewSecret

    def count(self, name: str, at: Whereabouts) -> CountedTry:
        """Count a try before it is judged. Raises TooManyTries, for a name that is known as for any other."""
        _wait(self.tries.take(name, at))
        return CountedTry(name, at)

    def __call__(
        self, counted: CountedTry, password: SecretStr, code: SecretStr | None, before: str | None = None
    ) -> Begun:
        """Begin a sign-in; the one that its browser had ``before`` ends.

        Raises NotSignedIn, after the same time for a name that is known as for any other. Who has a second factor gives
        a code of it too, see SecondFactor.require.
        """
        name, at = counted.name, counted.at
        account = self._with_password(self.accounts.by_name(name), password)
        self.second_factor.require(account, code)
        self.tries.forgive(name, at)
        if before is not None:
            self.sign_ins.end(hash_of(before))
        return self.begin(account, at.came_from)

    def begin(self, account: Account, came_from: CameFrom = "unknown") -> Begun:
        """A sign-in of somebody who has proven who they are."""
        now = self.clock()
        secret, sign_in = self.new_secret(), SignIn(account.user_id, now, now, now)
        self.sign_ins.begin(hash_of(secret), sign_in, came_from)
        return Begun(SecretStr(secret), account, sign_in)

    def prove(self, secret_hash: bytes, account: Account, password: SecretStr) -> SignIn:
        """Prove again by the password who one is, within a sign-in. Raises NotSignedIn and TooManyTries.

        Tries are the sign-in's own: those of strangers keep nobody from it.
        """
        self._proven_within(secret_hash, account, password)
        return self._prove(secret_hash)

    def prove_by_code(self, secret_hash: bytes, account: Account, code: SecretStr | None) -> SignIn:
        """The same for who has a second factor. Raises what SecondFactor.require raises."""
        self.second_factor.require(account, code, within=secret_hash)
        return self._prove(secret_hash)

    def change_password(self, secret_hash: bytes, account: Account, old: SecretStr, new: SecretStr) -> SignIn:
        """Another password; every other sign-in of the person ends. Raises NotSignedIn, TooManyTries and Invalid."""
        self._proven_within(secret_hash, account, old)
        objection = password_objection(account.name, new.get_secret_value())
        if objection is not None:
            raise Invalid("new_password", objection)
        self.accounts.set_password(account.user_id, self._hashed(new))
        self.sign_ins.end_all(account.user_id, but=secret_hash)
        return self._prove(secret_hash)

    def _prove(self, secret_hash: bytes) -> SignIn:
        proven = self.sign_ins.prove(secret_hash, self.clock())
        if proven is None:
            raise NotSignedIn
        return proven

    def _proven_within(self, secret_hash: bytes, account: Account, password: SecretStr) -> None:
        _wait(self.tries.take_proof(secret_hash))
        self._with_password(account, password)
        self.tries.forgive_proofs(secret_hash)

    def _with_password(self, account: Account | None, password: SecretStr) -> Account:
        kept = None if account is None else account.password_hash
        fits = self.passwords.fits(password_text(password.get_secret_value()), kept)
        if account is None or kept is None or not fits:
            raise NotSignedIn
        if not self.passwords.is_outdated(kept):
            return account
        anew = self._hashed(password)
        self.accounts.set_password(account.user_id, anew)
        return replace(account, password_hash=anew)

    def _hashed(self, password: SecretStr) -> str:
        return self.passwords.hash(password_text(password.get_secret_value()))


def _wait(seconds: int | None) -> None:
    if seconds is not None:
        raise TooManyTries(seconds)
