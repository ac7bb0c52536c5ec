"""What the use cases need from a broker: one small port, in their own words (DOMAIN §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol
from uuid import UUID

from pydantic import SecretStr

from domain.order import Fill, OrderType, Side, TimeInForce
from domain.portfolio.events import BrokerKind, Environment
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, Invalid

BrokerEvent = Literal[
    "accepted",
    "partial_fill",
    "fill",
    "trade_correct",
    "trade_bust",
    "canceled",
    "expired",
    "rejected",
    "pending_cancel",
    "pending_replace",
    "suspended",
    "done_for_day",
    "unrecognised",
]

BROKER_SECONDS_MAX = 10.0
"""How long any call to a broker may take before its outcome counts as unknown."""


class OutcomeUnknown(Exception):
    """An order was sent and no answer says what became of it: it may or may not be at the broker."""


class NotSent(Exception):
    """An order has certainly not reached the broker. It may be sent again, under the same client order id.

    ``retry_after_ms`` is when that makes sense, None when it does not: the order has failed.
    """

    def __init__(self, reason: str, retry_after_ms: int | None) -> None:
        super().__init__(reason)
        self.retry_after_ms = retry_after_ms


class DuplicateOrder(Exception):
    """The broker has an order under this client order id already."""


class BrokerSilent(Exception):
    """A question got no answer that can be used. Nothing may be concluded from it, least of all "nothing"."""


@dataclass(frozen=True, slots=True)
class BrokerReport:
    """What a broker says about one order, whether by callback, stream or answer.

    ``fill`` comes with fills, corrections and busts. ``raw`` is the broker's own word for what is
    ``unrecognised``.
    """

    client_order_id: str
    event: BrokerEvent
    broker_order_id: str | None = None
    fill: Fill | None = None
    reason: str | None = None
    raw: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """An order as it goes to a broker. Prices are in the quote unit, ``commission_bps`` is the assumed cost.

    ``affordable`` is the most that a unit may cost, the commission left out, before a buy overdraws its position. If it
    was sent before, it may be there under one of ``former_symbols``.
    """

    client_order_id: str
    symbol: str
    exchange: str
    side: Side
    type: OrderType
    quantity: Decimal
    limit_price: Decimal | None
    time_in_force: TimeInForce
    after_hours: bool
    lot: Decimal
    decided_price: Decimal
    decided_at: datetime
    currency: str
    unit_scale: Decimal
    commission_bps: Decimal
    affordable: Decimal | None
    former_symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokerOrder:
    """An order as the broker has it, and what it has to say of it by now, oldest first.

    A stranger's order may be of a type that Ballast does not know, and of no quantity when it is for an amount.
    ``names_every_execution`` says that what the reports do not name did not happen, or not any more.
    """

    client_order_id: str
    broker_order_id: str
    symbol: str
    side: Side
    type: str
    quantity: Decimal
    limit_price: Decimal | None
    time_in_force: str
    reports: Sequence[BrokerReport]
    names_every_execution: bool = False


@dataclass(frozen=True, slots=True)
class ExecutionAtBroker:
    """A trade in the account, whoever's order it was; ``client_order_id`` is None when the broker does not say."""

    symbol: str
    side: Side
    fill: Fill
    broker_order_id: str | None
    client_order_id: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An account at one moment. Holdings, by symbol, and cash are None for a broker that keeps none."""

    open_orders: Sequence[BrokerOrder]
    executions: Sequence[ExecutionAtBroker]
    holdings: Mapping[str, Decimal] | None
    cash: Decimal | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What the broker said at once, and after how long it should be asked for more (None: it will call)."""

    reports: Sequence[BrokerReport]
    ask_again_ms: int | None = None


class Broker(Protocol):
    """One account at a broker. Every call answers or raises within BROKER_SECONDS_MAX; it never retries."""

    kind: str
    account: str

    def as_sent(self, ticket: Ticket) -> Ticket:
        """The order as the broker will have it: its limit price in steps that the broker takes, never worse."""

    def submit(self, ticket: Ticket) -> Sent:
        """Send an order; a refusal is a report. Raises OutcomeUnknown, NotSent and DuplicateOrder."""

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
        """The order under this id, None when the broker says for certain that it has none. Raises BrokerSilent."""

    def reported(self, client_order_id: str) -> None:
        """Everything that ``look_up`` or ``submit`` said of an order has been booked."""

    def cancel(self, ticket: Ticket) -> None:
        """Ask for an order to be cancelled; the answer comes as a report. Raises BrokerSilent."""

    def statement(self, since: datetime) -> Statement:
        """Open orders, executions since a moment, holdings and cash, complete. Raises BrokerSilent.

        It may take several questions, each of which has BROKER_SECONDS_MAX.
        """


@dataclass(frozen=True, slots=True)
class BrokerAccount:
    """An account at a broker, and the one portfolio that trades in it."""

    portfolio_id: UUID
    kind: BrokerKind
    environment: Environment
    account: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens an account at its broker. Neither half is ever shown, logged or stored in clear."""

    key_id: SecretStr
    secret_key: SecretStr


class WrongKeys(Invalid):
    """The broker does not let these keys in."""

    def __init__(self, sentence: str) -> None:
        super().__init__("credentials", sentence)


class KeysSealed(Conflict):
    """Keys that lie sealed cannot be opened here: their sealing key is lost, wrong, or was never given."""

    kind = "keys-sealed"


class Keys(Protocol):
    """Asks brokers whether keys are good."""

    def verify(self, kind: BrokerKind, environment: Environment, credentials: Credentials) -> str:
        """The number of the account that these keys open in this environment, and in no other.

        Answers or raises within BROKER_SECONDS_MAX. Raises WrongKeys when the broker refuses them, BrokerSilent
        when it says nothing that can be used, and Conflict for a kind that nobody here can ask. No exception may
        carry the keys, nor what the broker was sent.
        """


class SendingClaims(Protocol):
    """Who is sending which order to a real broker."""

    def claim(self, order_id: UUID, now: datetime, until: datetime) -> bool:
        """Whether nobody else sends this order now; if so, nobody else may until then, whatever becomes of us."""

    def give_up(self, order_id: UUID) -> None:
        """What was claimed has certainly not left: whoever tries it next need not wait."""


class Brokers(Protocol):
    """The accounts that portfolios trade in."""

    def of(self, portfolio: Portfolio) -> Broker:
        """A portfolio's account. Raises Conflict when its keys are not there."""
