"""Give a portfolio the keys of a broker account, take them away again, renew the secret its callbacks are signed with.

Keys are no events. They are stored, sealed, in the transaction of the events that name their account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from pydantic import SecretStr

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.orders.find_order import reading
from application.portfolios import PositionsOf
from application.ports import Batch
from application.ports.broker import BrokerAccount, Credentials, Keys
from application.ports.keys import KeyStore
from domain.portfolio import decide as rules
from domain.portfolio.events import BrokerChoice, BrokerKind, Environment
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, Invalid
from domain.streams import PORTFOLIO, POSITION

PREFIXES: dict[tuple[BrokerKind, Environment], str] = {("alpaca", "paper"): "PK", ("alpaca", "live"): "AK"}
"""How the key ids of a broker's environments begin (Alpaca, "Authentication")."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A real broker's account to connect. ``account`` is None to take the one that the keys open."""

    kind: BrokerKind
    environment: Environment
    account: str | None
    credentials: Credentials
    confirmation: str | None


@dataclass(frozen=True, slots=True)
class Connected:
    """A portfolio's account, and the callback secret where it is new: this is the only time it is told."""

    account: BrokerAccount
    callback_secret: SecretStr | None = None


@dataclass(frozen=True, slots=True)
class ConnectBroker:
    """The use cases with what they need from outside."""

    ledger: Ledger
    keys: Keys
    store: KeyStore
    positions_of: PositionsOf
    new_callback_secret: Callable[[], SecretStr]

    def connect(self, cause: Cause, portfolio_id: UUID, wanted: Wanted) -> Outcome[Connected]:
        """Connect a portfolio to a real broker's account, or replace the keys of the one it has.

        What can be refused here is refused before the keys travel. Raises Invalid, Conflict, WrongKeys,
        BrokerSilent and KeysSealed.
        """
        _require_environment(wanted)
        looking = reading(self.ledger)
        _, state = looking.require(PORTFOLIO, portfolio_id)
        expected = wanted.account or _present_account(state, wanted)
        self._change(looking, portfolio_id, _choice(wanted, expected), wanted.confirmation)
        number = self.keys.verify(wanted.kind, wanted.environment, wanted.credentials)
        if wanted.account not in (None, number):
            raise Invalid("account", f"These keys open account {number}, not {wanted.account}.")
        account = BrokerAccount(portfolio_id, wanted.kind, wanted.environment, number)

        def decide(transaction: Transaction) -> Connected:
            self._change(transaction, portfolio_id, _choice(wanted, number), wanted.confirmation)
            known = self.store.has_callback_secret(account)
            return Connected(account, None if known else self.new_callback_secret())

        def append(batch: Batch, connected: Connected) -> int:
            secret, now = connected.callback_secret, self.ledger.clock()
            return self.store.keep(account, wanted.credentials, secret, batch, now)

        return self.ledger.transact(cause, decide, append)

    def use_paper(self, cause: Cause, portfolio_id: UUID, manners: BrokerChoice) -> Outcome[Connected]:
        """Trade on paper, in these manners, and erase the keys of any account before."""

        def decide(transaction: Transaction) -> Connected:
            state = self._change(transaction, portfolio_id, manners, None)
            return Connected(account_of(state))

        return self.ledger.transact(cause, decide, self._forgetting)

    def disconnect(self, cause: Cause, portfolio_id: UUID) -> Outcome[Connected]:
        """Erase the keys and return to paper; a portfolio that is on paper stays as it is."""

        def decide(transaction: Transaction) -> Connected:
            _, state = transaction.require(PORTFOLIO, portfolio_id)
            if state.broker.is_real:
                state = self._change(transaction, portfolio_id, BrokerChoice(), None)
            return Connected(account_of(state))

        return self.ledger.transact(cause, decide, self._forgetting)

    def rotate_callback_secret(self, cause: Cause, portfolio_id: UUID) -> Outcome[Connected]:
        """Give the account another callback secret. Raises Conflict on paper, whose secret is a setting."""

        def decide(transaction: Transaction) -> Connected:
            _, state = transaction.require(PORTFOLIO, portfolio_id)
            if not state.broker.is_real:
                raise Conflict("Paper accounts share BALLAST_CALLBACK_SECRET; it is changed where it is set.")
            return Connected(account_of(state), self.new_callback_secret())

        def append(batch: Batch, connected: Connected) -> int:
            secret = connected.callback_secret or self.new_callback_secret()
            return self.store.rotate(connected.account, secret, batch, self.ledger.clock())

        return self.ledger.transact(cause, decide, append)

    def callback_secrets(self, broker: str, account: str) -> list[SecretStr]:
        """The secrets that an account's callbacks may be signed with; none for an account that nobody connected.

        After a rotation the secret before counts for 24 hours more. Raises KeysSealed.
        """
        return self.store.callback_secrets(broker, account, self.ledger.clock())

    def credentials_of(self, portfolio: Portfolio) -> Credentials:
        """The keys of the account that a portfolio trades in. Raises KeysSealed."""
        return self.store.credentials(account_of(portfolio))

    def _change(
        self, transaction: Transaction, portfolio_id: UUID, choice: BrokerChoice, confirmation: str | None
    ) -> Portfolio:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        events = rules.connect(state, choice, confirmation)
        if events:
            self._require_no_open_order(transaction, portfolio_id)
        return transaction.append(stream, events)

    def _require_no_open_order(self, transaction: Transaction, portfolio_id: UUID) -> None:
        for position_id in self.positions_of(portfolio_id):
            _, position = transaction.require(POSITION, position_id)
            if position.order is not None and position.order.is_open:
                raise Conflict(
                    f"An order for {position.symbol} is open; cancel it or wait for its end first."
                )

    def _forgetting(self, batch: Batch, connected: Connected) -> int:
        return self.store.forget(connected.account.portfolio_id, batch)


def account_of(portfolio: Portfolio) -> BrokerAccount:
    """The account that a portfolio trades in; on paper that is its own."""
    broker = portfolio.broker
    return BrokerAccount(portfolio.id, broker.kind, broker.environment or "paper", portfolio.account)


def _choice(wanted: Wanted, account: str) -> BrokerChoice:
    return BrokerChoice(kind=wanted.kind, environment=wanted.environment, account=account)


def _present_account(portfolio: Portfolio, wanted: Wanted) -> str:
    """The account that the portfolio has there now: most likely it only gets other keys."""
    broker = portfolio.broker
    same = (broker.kind, broker.environment) == (wanted.kind, wanted.environment)
    return broker.account or "" if same else ""


def _require_environment(wanted: Wanted) -> None:
    """Refuse the keys of another environment by how they begin; what begins otherwise is the broker's to judge."""
    key_id = wanted.credentials.key_id.get_secret_value()
    for (kind, environment), prefix in PREFIXES.items():
        if (kind, environment) == (wanted.kind, wanted.environment):
            continue
        if kind == wanted.kind and key_id.startswith(prefix):
            raise Invalid(
                "credentials.key_id",
                f"These are {environment} keys, for a {wanted.environment} account: nothing was connected.",
            )
