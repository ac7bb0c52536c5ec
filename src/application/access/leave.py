"""Let a person go: what they own stands still, their keys are erased, and nothing here says any more who they were."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.access.accounts import KeepAccounts
from application.brake.freeze_all import Stopped, freeze_all
from application.connect_broker import ConnectBroker
from application.ledger import Cause, Ledger
from application.ports.access import Account


@dataclass(frozen=True, slots=True)
class Leave:
    """The use case with what it needs from outside. ``owned`` are the portfolios of a person, replays left out."""

    ledger: Ledger
    keep_accounts: KeepAccounts
    connect_broker: ConnectBroker
    owned: Callable[[str], Sequence[UUID]]

    def __call__(self, cause: Cause, account: Account) -> Sequence[Stopped]:
        """Delete an account, and answer the portfolios that stand still now, for their owner sees them no more.

        Raises Conflict while an order is open at a broker. By then the person is out, everything is frozen, and the
        order is being recalled; the account goes when this is done again after the order's end.
        """
        self.keep_accounts.revoke(account)
        stopped = freeze_all(
            self.ledger,
            cause,
            lambda: self.owned(account.user_id),
            "Its owner's account was deleted.",
            recall_orders=True,
        ).answer
        for each in stopped:
            self.connect_broker.disconnect(cause, each.portfolio.id)
        self.keep_accounts.accounts.delete(account.user_id)
        return stopped
