"""Keys and callback secrets of broker accounts, sealed so that each opens as what it is, for its account, only."""

import json
from collections.abc import Callable

from pydantic import SecretStr

from adapters.sealing import VARIABLE, CannotOpen, Sealer
from application.ports.broker import BrokerAccount, Credentials, KeysSealed

CREDENTIALS, CALLBACK_SECRET = "credentials", "callback secret"  # what a seal is for


class AccountSeals:
    """Seals and opens, and says KeysSealed with one sentence where that cannot be done."""

    def __init__(self, sealer: Callable[[], Sealer]) -> None:
        """``sealer`` is asked at every use, since its keys may come later or change; it may raise ValueError."""
        self._make_sealer = sealer

    def seal_credentials(self, account: BrokerAccount, credentials: Credentials) -> bytes:
        """Both halves under one seal."""
        halves = [credentials.key_id.get_secret_value(), credentials.secret_key.get_secret_value()]
        return self._seal(account, CREDENTIALS, json.dumps(halves))

    def open_credentials(self, account: BrokerAccount, sealed: bytes) -> Credentials:
        """The keys of an account."""
        key_id, secret_key = json.loads(self._open(account, CREDENTIALS, sealed))
        return Credentials(SecretStr(key_id), SecretStr(secret_key))

    def seal_callback_secret(self, account: BrokerAccount, secret: SecretStr) -> bytes:
        """A secret that callbacks of an account are signed with."""
        return self._seal(account, CALLBACK_SECRET, secret.get_secret_value())

    def open_callback_secret(self, account: BrokerAccount, sealed: bytes) -> SecretStr:
        """The secret that was sealed."""
        return SecretStr(self._open(account, CALLBACK_SECRET, sealed))

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something was sealed with the newest key."""
        return self._sealer.is_newest(sealed)

    @property
    def _sealer(self) -> Sealer:
        try:
            return self._make_sealer()
        except ValueError as error:
            raise KeysSealed(f"{error}.") from None

    def _seal(self, account: BrokerAccount, what: str, secret: str) -> bytes:
        try:
            return self._sealer.seal(secret.encode(), _purpose(account, what))
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def _open(self, account: BrokerAccount, what: str, sealed: bytes) -> str:
        try:
            return self._sealer.open(sealed, _purpose(account, what)).decode()
        except CannotOpen as error:
            raise KeysSealed(
                f"The {what} of the {account.kind} account {account.account} cannot be opened. {error}"
                f" Put the key back into {VARIABLE}, or connect the account again."
            ) from None


def _purpose(account: BrokerAccount, what: str) -> bytes:
    """What a seal is bound to, spelled so that no two spell alike."""
    named = [what, str(account.portfolio_id), account.kind, account.environment, account.account]
    return json.dumps(named).encode()
