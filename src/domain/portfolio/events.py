"""What can happen to a portfolio."""

from decimal import Decimal
from typing import ClassVar, Literal, get_args
from uuid import UUID

from pydantic import Field, StrictBool

from domain.events import Event, StreamKind, Value
from domain.numbers import Exact, NonNegativeDecimal
from domain.settings import SettingsChange

Mode = Literal["automatic", "advisory"]
Clock = Literal["live", "replay"]
DepositKind = Literal["deposit", "contribution"]


class BrokerChoice(Value):
    """Which broker executes, and how the paper broker behaves (API.md, paper defaults)."""

    kind: Literal["paper"] = "paper"
    auto_fill: StrictBool = True
    slippage_bps: NonNegativeDecimal = Field(default=Decimal(0), lt=10_000)
    latency_ms: int = Field(default=0, strict=True, ge=0, le=600_000)
    partial_fills: StrictBool = False
    seed: int = Field(default=0, strict=True, ge=0, lt=2**63)


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
)

PORTFOLIO_EVENTS: tuple[type[PortfolioEvent], ...] = get_args(AnyPortfolioEvent)
