"""Fills a log with whole orders, from decision to anchor, in appends of many streams: events of honest size."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from api.wiring import House
from application.ledger import Cause, Transaction
from benchmarks.ground import later
from domain.order import Fill, Order
from domain.position import booking, ordering
from domain.position.evaluate import Circumstances, evaluate
from domain.position.state import Position
from domain.quote import Quote
from domain.settings import Settings
from domain.streams import PORTFOLIO, POSITION

STREAMS_AN_APPEND = 50
PRICES = (Decimal("97.00"), Decimal("103.00"))
SETTINGS = Settings(max_orders_day=10_000)


def fill_the_log(house: House, position_ids: Sequence[UUID], events: int, first_round: int = 1) -> None:
    """Trade every position again and again until ``events`` events are written; a round is a second."""
    written, round_number = 0, first_round
    while written < events:
        for begin in range(0, len(position_ids), STREAMS_AN_APPEND):
            part = position_ids[begin : begin + STREAMS_AN_APPEND]
            written += trade(house, part, later(round_number), PRICES[round_number % 2])
            if written >= events:
                return
        round_number += 1


def trade(house: House, position_ids: Sequence[UUID], at: datetime, price: Decimal) -> int:
    """One order for each position, all in one append; answers how many events that was."""
    cause = Cause(actor="local", correlation_id=house.ledger.new_id(), at=at)

    def decide(transaction: Transaction) -> int:
        return sum(_one_order(house, transaction, position_id, at, price) for position_id in position_ids)

    return house.ledger.transact(cause, decide).answer


def _one_order(
    house: House, transaction: Transaction, position_id: UUID, at: datetime, price: Decimal
) -> int:
    stream, _ = transaction.require(POSITION, position_id)
    before = stream.version
    state = place(house, transaction, position_id, at, price)
    order = state.open_order
    if order is not None:
        fill = Fill(f"{order.id}#1", 1, order.quantity, price, Decimal("0.50"), at)
        transaction.append(stream, booking.book(state, order, fill))
    return stream.version - before


def place(
    house: House,
    transaction: Transaction,
    position_id: UUID,
    at: datetime,
    price: Decimal,
    broker: tuple[str, str] | None = None,
) -> Position:
    """The position with the order that it decides on at this price, if any, at work at (broker, account).

    That is the portfolio's account at the paper broker when none is given.
    """
    stream, state = transaction.require(POSITION, position_id)
    _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
    circumstances = Circumstances(
        quote=Quote(last=price, as_of=at),
        decided_at=at,
        now=at,
        session=house.sessions.session_at(state.exchange, at),
        settings=SETTINGS,
    )
    decided = evaluate(state, portfolio, circumstances, house.ledger.new_id()).event
    state = transaction.append(stream, [decided] if decided else [])
    order = state.open_order
    if order is not None:
        kind, account = broker or ("paper", str(portfolio.id))
        state = transaction.append(stream, ordering.submit(state, order, kind, account))
        state = transaction.append(stream, ordering.accept(state, _latest(state), f"paper-{order.id}"))
    return state


def _latest(state: Position) -> Order:
    assert state.order is not None
    return state.order
