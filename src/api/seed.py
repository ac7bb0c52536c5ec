"""The paper portfolio that a first start opens with: three simulated listings, three ways for the rule to act."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from adapters.market_data.simulated import SIMULATED_EXCHANGE, WAVES
from api.wiring import House
from application.ledger import Cause, Transaction
from application.positions import Beginning, begin
from domain import listing as listing_rules
from domain.listing import ListingRegistered
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerChoice, PortfolioOpened
from domain.settings import SettingsChange
from domain.streams import LISTING, PORTFOLIO

CURRENCY = "USD"
DEPOSIT = Decimal(60_000)


@dataclass(frozen=True, slots=True)
class Seedling:
    """A position of the first portfolio, and what it is there to show."""

    symbol: str
    title: str
    shares: Decimal
    cash: Decimal
    settings: SettingsChange


SEEDLINGS = (
    Seedling("TIDE", "Tide Simulated", Decimal(100), Decimal(10_000), SettingsChange(tau=Decimal("0.01"))),
    Seedling(
        "KEEL",
        "Keel Simulated",
        Decimal(200),
        Decimal(8_000),
        SettingsChange(tau=Decimal("0.01"), sizing="proportional", min_notional=Decimal(500)),
    ),
    Seedling("MAST", "Mast Simulated", Decimal(40), Decimal(10_000), SettingsChange()),
)


def seed(house: House) -> UUID | None:
    """Open the first portfolio in one transaction; None when anything has happened in the log before."""
    with house.pool.connection() as connection:
        if house.log.last_number(connection):
            return None
    new_id = house.ledger.new_id
    cause = Cause(actor="local", correlation_id=new_id())

    def decide(transaction: Transaction) -> UUID:
        portfolio_id = new_id()
        stream = transaction.load(PORTFOLIO, portfolio_id)
        opened = PortfolioOpened(
            portfolio_id=portfolio_id,
            currency=CURRENCY,
            owner=cause.actor,
            title="First steps on paper",
            mode="automatic",
            clock="live",
            broker=BrokerChoice(slippage_bps=Decimal(2)),
            settings=SettingsChange(),
        )
        portfolio = transaction.append(stream, portfolio_rules.open_portfolio(opened))
        transaction.append(stream, portfolio_rules.deposit(portfolio, DEPOSIT, "contribution"))
        for seedling in SEEDLINGS:
            _plant(transaction, house, portfolio_id, seedling)
        return portfolio_id

    return house.ledger.transact(cause, decide).answer


def _plant(transaction: Transaction, house: House, portfolio_id: UUID, seedling: Seedling) -> None:
    listing_stream = transaction.load(LISTING, house.ledger.new_id())
    wanted = ListingRegistered(
        listing_id=listing_stream.id,
        symbol=seedling.symbol,
        exchange=SIMULATED_EXCHANGE,
        currency=CURRENCY,
        quote_unit=CURRENCY,
        lot=Decimal(1),
        title=seedling.title,
    )
    listing = transaction.append(listing_stream, listing_rules.register(None, wanted))
    beginning = Beginning(
        position_id=house.ledger.new_id(),
        portfolio_id=portfolio_id,
        cash=seedling.cash,
        shares=seedling.shares,
        anchor=WAVES[seedling.symbol].at(house.clock()),
        settings=seedling.settings,
    )
    begin(transaction, beginning, listing)
