"""Where the keys of broker accounts are kept, as the use cases need it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import SecretStr

from application.ports import Batch
from application.ports.broker import BrokerAccount, Credentials


class KeyStore(Protocol):
    """Keys and callback secrets of accounts, sealed at rest. Each change goes into one transaction with a batch.

    Whatever cannot be sealed or opened raises KeysSealed; see EventLog.append for what a batch may raise.
    """

    def keep(
        self,
        account: BrokerAccount,
        credentials: Credentials,
        callback_secret: SecretStr | None,
        batch: Batch,
        at: datetime,
    ) -> int:
        """Keep a portfolio's keys instead of any it had; without a callback secret the account's own stays.

        Raises Conflict when the account is another portfolio's.
        """

    def rotate(self, account: BrokerAccount, callback_secret: SecretStr, batch: Batch, at: datetime) -> int:
        """Replace the callback secret; the one before counts for 24 hours more."""

    def forget(self, portfolio_id: UUID, batch: Batch) -> int:
        """Erase a portfolio's keys and secrets, if it has any."""

    def credentials(self, account: BrokerAccount) -> Credentials:
        """The keys of an account."""

    def has_callback_secret(self, account: BrokerAccount) -> bool:
        """Whether the account has a callback secret that can be opened."""

    def callback_secrets(self, kind: str, account: str, now: datetime) -> list[SecretStr]:
        """The secrets that an account's callbacks may be signed with, the current one first."""
