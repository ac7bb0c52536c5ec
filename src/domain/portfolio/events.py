"""What can happen to a portfolio."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args
from uuid import UUID

from pydantic import Field, StrictBool

from domain.events import ADDED_LATER, Event, StreamKind, Value
from domain.numbers import Exact, NonNegativeDecimal
from domain.settings import SettingsChange

Mode = Literal["automatic", "advisory"]
Clock = Literal["live", "replay"]
DepositKind = Literal["deposit", "contribution"]


BrokerKind = Literal["paper", "alpaca"]
Environment = Literal["paper", "live"]
"""Whether a broker's account holds play money or real money."""


class BrokerChoice(Value):
    """Which broker executes, and how the paper broker behaves (API.md, paper defaults).

    ``reject_bps`` and ``halt_bps`` are how many of ten thousand orders it rejects, and leaves unfilled until
    they expire. ``environment`` and ``account`` are a real broker's.
    """

    kind: BrokerKind = "paper"
    auto_fill: StrictBool = True
    slippage_bps: NonNegativeDecimal = Field(default=Decimal(0), lt=10_000)
    latency_ms: int = Field(default=0, strict=True, ge=0, le=600_000)
    partial_fills: StrictBool = False
    seed: int = Field(default=0, strict=True, ge=0, lt=2**63)
    reject_bps: Annotated[int | None, ADDED_LATER] = Field(default=None, strict=True, ge=0, le=10_000)
    halt_bps: Annotated[int | None, ADDED_LATER] = Field(default=None, strict=True, ge=0, le=10_000)
    environment: Annotated[Environment | None, ADDED_LATER] = None
    account: Annotated[str | None, ADDED_LATER] = None

    @property
    def is_real(self) -> bool:
        """Whether orders go to somebody else's books, with which ours have to agree."""
        return self.kind != "paper"


class PortfolioEvent(Event):
    """An event of a portfolio; ``currency`` is its base currency."""

    stream_kind: ClassVar[StreamKind] = "portfolio"

    portfolio_id: UUID
    currency: str


class PortfolioOpened(PortfolioEvent):
    name: ClassVar[str] = "portfolio.opened.1"

    owner: str
    title: str
    mode: Mode
    clock: Clock
    broker: BrokerChoice
    settings: SettingsChange

    def sentence(self) -> str:
        kind = "a replay" if self.clock == "replay" else f"an {self.mode}, {self.broker.kind}"
        return f"Opened {self.title}: {kind} portfolio in {self.currency}."


class PortfolioRenamed(PortfolioEvent):
    name: ClassVar[str] = "portfolio.renamed.1"

    title: str

    def sentence(self) -> str:
        return f"Renamed the portfolio to {self.title}."


class PortfolioSettingsChanged(PortfolioEvent):
    name: ClassVar[str] = "portfolio.settings_changed.1"

    settings: SettingsChange

    def sentence(self) -> str:
        return f"Changed the portfolio's settings: {self.settings.words()}."


class CashDeposited(PortfolioEvent):
    name: ClassVar[str] = "portfolio.cash_deposited.1"

    kind: DepositKind
    amount: Exact

    def sentence(self) -> str:
        return f"{self.kind.capitalize()} of {self.amount} {self.currency}."


class CashWithdrawn(PortfolioEvent):
    name: ClassVar[str] = "portfolio.cash_withdrawn.1"

    amount: Exact

    def sentence(self) -> str:
        return f"Withdrew {self.amount} {self.currency}."


class CashLent(PortfolioEvent):
    """Free cash went to a position's own bucket; the position's ``cash_allocated`` books it."""

    name: ClassVar[str] = "portfolio.cash_allocated.1"

    position_id: UUID
    symbol: str
    amount: Exact

    def sentence(self) -> str:
        return f"Set {self.amount} {self.currency} of free cash aside for {self.symbol}."


class CashTakenBack(PortfolioEvent):
    """A position's cash came back; the position's ``cash_returned`` books it."""

    name: ClassVar[str] = "portfolio.cash_returned.1"

    position_id: UUID
    symbol: str
    amount: Exact

    def sentence(self) -> str:
        return f"Took {self.amount} {self.currency} back from {self.symbol}."


class PortfolioFrozen(PortfolioEvent):
    name: ClassVar[str] = "portfolio.frozen.1"

    reason: str

    def sentence(self) -> str:
        return f"Froze the portfolio: {self.reason}"


class PortfolioUnfrozen(PortfolioEvent):
    name: ClassVar[str] = "portfolio.unfrozen.1"

    reason: str

    def sentence(self) -> str:
        return f"Lifted the freeze: {self.reason}"


class BrokerConnected(PortfolioEvent):
    """Orders go to another broker or account from now on; nothing leaves before its books agree with ours.

    Its keys are kept elsewhere, sealed; here is what anybody may know.
    """

    name: ClassVar[str] = "portfolio.broker_connected.1"

    broker: BrokerChoice

    def sentence(self) -> str:
        account = f", account {self.broker.account}" if self.broker.account else ""
        money = {"live": " for real money", "paper": " for play money", None: ""}[self.broker.environment]
        return f"Connected {self.broker.kind}{money}{account}."


class ReconciliationRequired(PortfolioEvent):
    """Nothing leaves until the broker's books have been compared with ours again."""

    name: ClassVar[str] = "portfolio.reconciliation_required.1"

    reason: str

    def sentence(self) -> str:
        return f"The broker's books must be compared before anything trades: {self.reason}"


class Reconciled(PortfolioEvent):
    """The broker's books and ours agree; orders may leave again."""

    name: ClassVar[str] = "portfolio.reconciled.1"

    adopted: int
    orders: int
    holdings: int

    def sentence(self) -> str:
        adopted = f"; adopted {self.adopted} missed" if self.adopted else ""
        return f"The broker's books agree with ours{adopted}."


AnyPortfolioEvent = (
    PortfolioOpened
    | PortfolioRenamed
    | PortfolioSettingsChanged
    | CashDeposited
    | CashWithdrawn
    | CashLent
    | CashTakenBack
    | PortfolioFrozen
    | PortfolioUnfrozen
    | BrokerConnected
    | ReconciliationRequired
    | Reconciled
)

PORTFOLIO_EVENTS: tuple[type[PortfolioEvent], ...] = get_args(AnyPortfolioEvent)
