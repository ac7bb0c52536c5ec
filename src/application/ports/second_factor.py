"""One-time codes, as the use cases need them (RFC 6238)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Factor:
    """What a person's codes are made from. Until a first code has confirmed it, nobody is asked for one."""

    secret: SecretStr
    is_confirmed: bool


class SecondFactors(Protocol):
    """Where they are kept, sealed."""

    def of(self, user_id: str) -> Factor | None:
        """A person's. Raises KeysSealed."""

    def is_confirmed(self, user_id: str) -> bool:
        """Whether a person is asked for codes; no seal is opened for that."""

    def begin(self, user_id: str, secret: SecretStr, at: datetime) -> None:
        """Keep a new one in the place of one that was never confirmed. Raises Conflict, and KeysSealed."""

    def confirm(self, user_id: str, step: int, code_hashes: Sequence[bytes], at: datetime) -> bool:
        """Ask for codes from now on, this one used; False when that is so already."""

    def use(self, user_id: str, step: int) -> bool:
        """Use the code of a half minute; False when that one, or a later one, was used before."""

    def use_recovery(self, user_id: str, code_hash: bytes) -> bool:
        """Use a recovery code; False when there is none such."""

    def renew(self, user_id: str, code_hashes: Sequence[bytes]) -> None:
        """Other recovery codes; those before count no more."""

    def remove(self, user_id: str) -> bool:
        """Ask for codes no more; False when nobody did."""


class OneTimeCodes(Protocol):
    """The codes themselves."""

    def new_secret(self) -> SecretStr:
        """What a person's codes are made from."""

    def new_recovery_code(self) -> SecretStr:
        """Something to write down, that nobody guesses."""

    def uri(self, secret: SecretStr, name: str) -> SecretStr:
        """The secret as a device reads it, from a picture."""

    def step(self, secret: SecretStr, code: str, at: datetime) -> int | None:
        """The half minute that a code is of, within one of now; None for a code that is wrong."""
