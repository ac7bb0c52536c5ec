"""The second factor: one-time codes from a device, and recovery codes for who loses it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from application.access.refusals import CodeMissing, TooManyTries, WrongCode
from application.ports import Clock
from application.ports.access import Account, Tries
from application.ports.second_factor import OneTimeCodes, SecondFactors
from domain.access.secret import hash_of
from domain.refusals import Conflict

RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Offered:
    """What a device is to make codes from, shown once; ``uri`` is the same for a picture."""

    secret: SecretStr
    uri: SecretStr


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The use cases with what they need from outside."""

    factors: SecondFactors
    codes: OneTimeCodes
    tries: Tries
    clock: Clock

    def begin(self, account: Account) -> Offered:
        """Offer a secret; nobody is asked for codes before a first one was given. Raises Conflict and KeysSealed."""
        secret = self.codes.new_secret()
        self.factors.begin(account.user_id, secret, self.clock())
        return Offered(secret, self.codes.uri(secret, account.name))

    def confirm(self, account: Account, code: SecretStr) -> Sequence[SecretStr]:
        """Ask for codes from now on, and answer the recovery codes, told once.

        Raises WrongCode, TooManyTries, KeysSealed, and Conflict when nothing waits to be confirmed.
        """
        self._take(account.user_id)
        factor = self.factors.of(account.user_id)
        if factor is None or factor.is_confirmed:
            raise Conflict("No second factor waits to be confirmed; begin one first.")
        step = self.codes.step(factor.secret, code.get_secret_value(), self.clock())
        if step is None:
            raise WrongCode
        recovery = [self.codes.new_recovery_code() for _ in range(RECOVERY_CODES)]
        hashes = [_hash_of(each) for each in recovery]
        if not self.factors.confirm(account.user_id, step, hashes, self.clock()):
            raise Conflict("It was confirmed at the same moment; its recovery codes were told there.")
        self.tries.forgive_codes(account.user_id)
        return recovery

    def require(self, account: Account, code: SecretStr | None, *, within: bytes | None = None) -> None:
        """See to it that a person who has a second factor proves it; each code counts once.

        Tries are counted for the person, or for the sign-in that this is ``within``, so that whoever knows the password
        keeps nobody from proving who they are.

        Raises CodeMissing, WrongCode, TooManyTries and KeysSealed.
        """
        if not self.factors.is_confirmed(account.user_id):
            return
        if code is None:
            raise CodeMissing
        whose = account.user_id if within is None else within.hex()
        self._take(whose)
        if not (self._is_code(account, code) or self._is_recovery_code(account, code)):
            raise WrongCode
        self.tries.forgive_codes(whose)

    def renew_recovery(self, account: Account) -> Sequence[SecretStr]:
        """Other recovery codes, told once; those before count no more. Raises Conflict without a second factor."""
        if not self.factors.is_confirmed(account.user_id):
            raise Conflict("There is no second factor.")
        recovery = [self.codes.new_recovery_code() for _ in range(RECOVERY_CODES)]
        self.factors.renew(account.user_id, [_hash_of(each) for each in recovery])
        return recovery

    def _take(self, whose: str) -> None:
        wait = self.tries.take_code(whose)
        if wait is not None:
            raise TooManyTries(wait)

    def _is_code(self, account: Account, code: SecretStr) -> bool:
        factor = self.factors.of(account.user_id)
        if factor is None:
            return False
        step = self.codes.step(factor.secret, code.get_secret_value(), self.clock())
        return step is not None and self.factors.use(account.user_id, step)

    def _is_recovery_code(self, account: Account, code: SecretStr) -> bool:
        return self.factors.use_recovery(account.user_id, _hash_of(code))


def _hash_of(code: SecretStr) -> bytes:
    """What is kept of a recovery code, however it was typed. It has 80 bits: nobody finds it from its hash."""
    letters = "".join(code.get_secret_value().split()).replace("-", "").lower()
    return hash_of(letters)
