"""The broker of a portfolio: which one executes, and whether its books are known to agree with ours."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictBool

from domain.events import ADDED_LATER, Value
from domain.numbers import NonNegativeDecimal
from domain.portfolio.events.place import PortfolioEvent

BrokerKind = Literal["paper", "alpaca"]
Environment = Literal["paper", "live"]
"""Whether a broker's account holds play money or real money."""


class BrokerChoice(Value):
    """Which broker executes, and how the paper broker behaves.

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


class AccountDeclaredGone(PortfolioEvent):
    """A person says that the account is gone for good: the portfolio is kept, on paper and frozen, and never trades.

    ``broker`` is the account that it had. Its books were never compared after the database was restored.
    """

    name: ClassVar[str] = "portfolio.account_declared_gone.1"

    broker: BrokerChoice
    reason: str

    def sentence(self) -> str:
        return (
            f"Account {self.broker.account} at {self.broker.kind} was declared gone for good: {self.reason}"
        )


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
