"""Begin: the portfolios of a scenario with their broker accounts, and the positions and strategies that they trade."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from api.wiring import House
from application import portfolios, positions
from application.ledger import Cause, Transaction
from application.policies import read_strategy
from domain.listing import ListingRegistered
from domain.money import quote_scale
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from policy_examples import by_weights
from storm.book import Purse
from storm.exchange import Exchange
from storm.scenario import Account, Plan, Strategy

FREE_CASH = Decimal(1_000_000)


@dataclass(frozen=True)
class Founded:
    """An account on both sides: ours and the broker's. Listings are by symbol."""

    portfolio_id: UUID
    exchange: Exchange
    listing_ids: dict[str, UUID]
    position_ids: tuple[UUID, ...]


def exchange_for(account: Account, clock: Callable[[], datetime]) -> Exchange:
    """The broker's side of an account; what positions are to trade with comes out of its free cash."""
    purses = {
        plan.symbol: Purse(
            plan.symbol,
            quote_scale(account.currency, plan.quote_unit),
            plan.lot,
            plan.shares,
            Decimal(0),
            plan.price,
        )
        for plan in account.plans
    }
    return Exchange(account.name, FREE_CASH, purses | _own_purses(account), clock)


def _own_purses(account: Account) -> dict[str, Purse]:
    if account.strategy is None:
        return {}
    scale = quote_scale(account.currency, account.strategy.quote_unit)
    return {
        symbol: Purse(symbol, scale, Decimal(1), Decimal(0), Decimal(0), price, is_own=True)
        for symbol, price in account.strategy.prices.items()
    }


def found(house: House, account: Account, exchange: Exchange, portfolio_id: UUID) -> Founded:
    """Our side of an account."""
    ledger, cause = house.ledger, Cause("local", house.ledger.new_id())
    portfolios.open_portfolio(
        ledger,
        cause,
        portfolio_id,
        title=account.name,
        currency=account.currency,
        mode="automatic",
        broker=BrokerChoice(),
        settings=_settings(account.strategy),
    )
    portfolios.move_cash(ledger, cause, portfolio_id, "deposit", FREE_CASH)
    choice = BrokerChoice(kind="alpaca", environment="paper", account=account.name)

    def connect(transaction: Transaction) -> None:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        transaction.append(stream, portfolio_rules.connect(state, choice, None))

    ledger.transact(cause, connect)
    opened = [_open(house, cause, portfolio_id, account.currency, plan) for plan in account.plans]
    return Founded(
        portfolio_id,
        exchange,
        {plan.symbol: listing_id for plan, (listing_id, _) in zip(account.plans, opened, strict=True)}
        | _follow(house, cause, portfolio_id, account),
        tuple(position_id for _, position_id in opened),
    )


def _settings(strategy: Strategy | None) -> SettingsChange:
    if strategy is None or strategy.place_allocation == "approved":
        return SettingsChange()
    return SettingsChange(place_allocation=strategy.place_allocation)


def _follow(house: House, cause: Cause, portfolio_id: UUID, account: Account) -> dict[str, UUID]:
    """Follow the account's strategy, if there is one; answers the listings of its symbols."""
    strategy = account.strategy
    if strategy is None:
        return {}
    document = by_weights(
        strategy.weights,
        exchange=strategy.exchange,
        currency=account.currency,
        quote_scale=strategy.quote_unit,
    )
    house.draft_policy(cause, portfolio_id, read_strategy(json.dumps(document).encode(), None))
    house.approve_policy(cause, portfolio_id)
    portfolio = house.ledger.load(PORTFOLIO, portfolio_id).state
    if portfolio is None:
        raise LookupError(portfolio_id)
    return dict(zip(strategy.weights, (each.listing_id for each in portfolio.constituents), strict=True))


def _open(house: House, cause: Cause, portfolio_id: UUID, currency: str, plan: Plan) -> tuple[UUID, UUID]:
    listing_id, position_id = house.ledger.new_id(), house.ledger.new_id()
    listing = ListingRegistered(
        listing_id=listing_id,
        symbol=plan.symbol,
        exchange=plan.exchange,
        currency=currency,
        quote_unit=plan.quote_unit,
        lot=plan.lot,
        title=plan.symbol,
    )
    house.keep_listings.register(cause, listing)
    positions.open_position(
        house.ledger,
        cause,
        position_id,
        portfolio_id=portfolio_id,
        listing_id=listing_id,
        cash=plan.cash,
        shares=plan.shares,
        anchor=plan.price,
        settings=plan.settings,
    )
    return listing_id, position_id
