"""Events and deciders that tests of the domain begin with: DOMAIN §2's example, before any decision."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.listing import Listing, ListingRegistered
from domain.listing import state as listing_state
from domain.order import Fill, Order, client_order_id
from domain.portfolio import state as portfolio_state
from domain.portfolio.events import BrokerChoice, CashDeposited, PortfolioOpened
from domain.portfolio.state import Portfolio
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import CashAllocated, OrderIntended, OrderSubmitted, PositionOpened
from domain.position.evolve import evolve as evolve_position
from domain.position.state import Position
from domain.quote import Quote
from domain.sessions import Session
from domain.settings import SettingsChange, resolve
from given_when_then import Decider

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
LISTING_ID = UUID("019aa000-0000-7000-8000-000000000001")
PORTFOLIO_ID = UUID("019aa000-0000-7000-8000-000000000002")
POSITION_ID = UUID("019aa000-0000-7000-8000-000000000003")
ORDER_ID = UUID("019aa000-0000-7000-8000-000000000004")

KO = ListingRegistered(
    listing_id=LISTING_ID, symbol="KO", exchange="XNYS", currency="USD", quote_unit="USD", lot=Decimal(1)
)
VOD = ListingRegistered(
    listing_id=LISTING_ID, symbol="VOD", exchange="XLON", currency="GBP", quote_unit="GBX", lot=Decimal(1)
)

PLACE: dict[str, Any] = {
    "portfolio_id": PORTFOLIO_ID,
    "listing_id": LISTING_ID,
    "symbol": "KO",
    "currency": "USD",
}

PORTFOLIO_OPENED = PortfolioOpened(
    portfolio_id=PORTFOLIO_ID,
    currency="USD",
    owner="local",
    title="Example",
    mode="automatic",
    clock="live",
    broker=BrokerChoice(),
    settings=SettingsChange(),
)
FUNDED = CashDeposited(portfolio_id=PORTFOLIO_ID, currency="USD", kind="deposit", amount=Decimal("20000.00"))

OPENED = PositionOpened(
    **PLACE,
    exchange="XNYS",
    quote_unit="USD",
    lot=Decimal(1),
    shares=Decimal(100),
    anchor=Decimal(100),
    book_cost=Decimal("10000.00"),
    settings=SettingsChange(),
)
ALLOCATED = CashAllocated(**PLACE, amount=Decimal("10000.00"))

portfolio = Decider(portfolio_state.evolve)
position: Decider[Position] = Decider(lambda state, event: evolve_position(state, event, POSITION_ID))


def a_listing(registered: ListingRegistered = KO, **changes: Any) -> Listing:
    """The listing after its registration."""
    return listing_state.evolve(None, registered.model_copy(update=changes))


def a_portfolio(*events: Event) -> Portfolio:
    """A funded paper portfolio."""
    return portfolio.given(PORTFOLIO_OPENED, FUNDED, *events).state


def a_quote(price: str | Decimal, at: datetime = AT) -> Quote:
    """A last price of this very moment."""
    return Quote(last=Decimal(price), as_of=at)


def circumstances(
    quote: Quote | None,
    at: datetime = AT,
    *,
    is_open: bool = True,
    day: date | None = None,
    settings: SettingsChange | None = None,
    **others: Any,
) -> Circumstances:
    """A regular session in which nothing stands against a trade."""
    return Circumstances(
        quote=quote,
        decided_at=at,
        now=others.pop("now", at),
        session=Session("XNYS", day or at.date(), open=is_open),
        settings=resolve(settings or SettingsChange()),
        **others,
    )


def intended(
    price: str = "97.00", at: datetime = AT, order_id: UUID = ORDER_ID, state: Position | None = None
) -> OrderIntended:
    """The order that the example position wants at a price."""
    before = state or position.given(OPENED, ALLOCATED).state
    event = evaluate(before, a_portfolio(), circumstances(a_quote(price, at), at), order_id).event
    assert isinstance(event, OrderIntended)
    return event


INTENDED = intended()
BUY_KEY = client_order_id(POSITION_ID, AT, "BUY")
ORDER: dict[str, Any] = PLACE | {"order_id": ORDER_ID, "client_order_id": BUY_KEY, "side": "BUY"}
SUBMITTED = OrderSubmitted(
    **ORDER, broker="paper", account=str(PORTFOLIO_ID), quantity=Decimal(52), trading_day=AT.date()
)
SENT = (OPENED, ALLOCATED, INTENDED, SUBMITTED)


def latest(state: Position) -> Order:
    """The position's latest order."""
    assert state.order is not None
    return state.order


def fill(
    quantity: str, price: str = "97.00", name: str = "x1", commission: str = "0", revision: int = 1
) -> Fill:
    """An execution of the example's order."""
    return Fill(
        execution_id=name,
        revision=revision,
        quantity=Decimal(quantity),
        price=Decimal(price),
        commission=Decimal(commission),
        at=AT + timedelta(seconds=1),
    )
