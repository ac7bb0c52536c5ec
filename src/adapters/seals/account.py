"""Keys and callback secrets of broker accounts, sealed so that each opens as what it is, for its account, only."""

import json

from pydantic import SecretStr

from adapters.seals.seals import Seals
from application.ports.broker import BrokerAccount, Credentials

CREDENTIALS, CALLBACK_SECRET = "credentials", "callback secret"  # what a seal is for


class AccountSeals(Seals):
    """Seals and opens what belongs to an account."""

    def seal_credentials(self, account: BrokerAccount, credentials: Credentials) -> bytes:
        """Both halves under one seal."""
        halves = [credentials.key_id.get_secret_value(), credentials.secret_key.get_secret_value()]
        return self._seal(json.dumps(halves), _purpose(account, CREDENTIALS))

    def open_credentials(self, account: BrokerAccount, sealed: bytes) -> Credentials:
        """The keys of an account."""
        key_id, secret_key = json.loads(self._open_for(account, CREDENTIALS, sealed))
        return Credentials(SecretStr(key_id), SecretStr(secret_key))

    def seal_callback_secret(self, account: BrokerAccount, secret: SecretStr) -> bytes:
        """A secret that callbacks of an account are signed with."""
        return self._seal(secret.get_secret_value(), _purpose(account, CALLBACK_SECRET))

    def open_callback_secret(self, account: BrokerAccount, sealed: bytes) -> SecretStr:
        """The secret that was sealed."""
        return SecretStr(self._open_for(account, CALLBACK_SECRET, sealed))

    def _open_for(self, account: BrokerAccount, what: str, sealed: bytes) -> str:
        return self._open(
            sealed,
            _purpose(account, what),
            what=f"The {what} of the {account.kind} account {account.account}",
            otherwise="connect the account again",
        )


def _purpose(account: BrokerAccount, what: str) -> bytes:
    named = [what, str(account.portfolio_id), account.kind, account.environment, account.account]
    return json.dumps(named).encode()
