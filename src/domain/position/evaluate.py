"""One evaluation of a position: gather what is read, decide, say what is worth keeping (DOMAIN §2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from domain import balancing, explain
from domain.balancing import Decision, DecisionInputs
from domain.freshness import CLOSED, Hours, stale_after
from domain.order import Order, OrderStatus, client_order_id
from domain.placing import rule as placing
from domain.placing import words as placing_words
from domain.portfolio.events import Mode
from domain.portfolio.state import Portfolio
from domain.position.events import OrderIntended, Skipped
from domain.position.state import Position
from domain.quality import DEFAULTS, Thresholds
from domain.quote import PriceProblem, Quote, ReferencePrice, reference_price
from domain.sessions import Session
from domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a decision: quote, session, settings in force, and whether the broker is clean.

    ``decided_at`` is the decision time, ``now`` the clock that ages the quote; live they differ by what a
    quote took to arrive, in a replay they are the same. ``hours`` are the exchange's between quote and ``now``,
    ``unchanged`` is for how long of a session the quote has been the same numbers, and ``thresholds`` say from when on
    a price is stale.
    """

    quote: Quote | None
    decided_at: datetime
    now: datetime
    session: Session
    settings: Settings
    is_close: bool = False
    reconciled: bool = True
    hours: Hours = CLOSED
    thresholds: Thresholds = DEFAULTS
    unchanged: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A decision by a rule, what it read, its sentence, and the event to keep, None when it is only counted."""

    decided_at: datetime
    rule: str
    inputs: DecisionInputs
    decision: Decision
    sentence: str
    event: OrderIntended | Skipped | None


class _Common(TypedDict):
    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    currency: str
    decided_at: datetime
    rule: str
    inputs: DecisionInputs
    outputs: Decision
    message: str


def evaluate(
    position: Position, portfolio: Portfolio, circumstances: Circumstances, order_id: UUID
) -> Evaluation:
    """Decide for one position. A trade and a new skip are kept, all else is only counted."""
    return decided(
        position, circumstances, gather(position, portfolio, circumstances), order_id, portfolio.mode
    )


def decided(
    position: Position, circumstances: Circumstances, inputs: DecisionInputs, order_id: UUID, mode: Mode
) -> Evaluation:
    """Decide on inputs that were gathered, by the rule that the position is there for."""
    if inputs.placement is None:
        rule, decision = balancing.ENGINE, balancing.decide(inputs)
        sentence = explain.sentence(inputs, decision, position.symbol)
    else:
        rule, decision = placing.ENGINE, placing.decide(inputs)
        sentence = placing_words.sentence(inputs, decision, position.symbol)
    unkept = Evaluation(circumstances.decided_at, rule, inputs, decision, sentence, None)
    return replace(
        unkept, event=_kept(position, unkept, order_id, by_hand=True if mode == "advisory" else None)
    )


def gather(position: Position, portfolio: Portfolio, circumstances: Circumstances) -> DecisionInputs:
    """Everything the rule reads, in one value that is stored with the decision."""
    found = _price(position, circumstances)
    price, problem = (found, None) if isinstance(found, ReferencePrice) else (None, found)
    session = circumstances.session
    return DecisionInputs(
        price=price.value if price else None,
        price_source=price.source if price else None,
        price_problem=problem,
        price_as_of=circumstances.quote.as_of if circumstances.quote else None,
        unit_scale=position.unit_scale,
        lot=position.lot,
        anchor=position.anchor,
        shares=position.shares,
        cash=position.cash,
        receivable=position.receivable,
        paused=position.status not in ("active", "placing"),
        frozen=portfolio.frozen,
        reconciled=circumstances.reconciled,
        session_open=session.open,
        open_order=position.open_order is not None and overtaken_advice(position, session.day) is None,
        orders_today=position.orders_on(session.day),
        trading_day=session.day,
        settings=circumstances.settings,
        placement=position.placement,
    )


def overtaken_advice(position: Position, day: date) -> Order | None:
    """The order that a person was advised to place on an earlier trading day and has not taken up.

    As a day order it would have expired: it does not stand in the way of a newer trigger, which takes its place.
    """
    order = position.open_order
    if order is None or not order.by_hand or order.status is not OrderStatus.INTENDED:
        return None
    return order if order.trading_day < day else None


def _price(position: Position, circumstances: Circumstances) -> ReferencePrice | PriceProblem:
    quote = circumstances.quote
    if quote is None:
        return "no_price"
    if any(quote.as_of < each.effective_at for each in position.settled):
        return "stale_price"  # a price of other shares than those that are held
    limits = circumstances.thresholds
    counts_minutes = _counts_minutes(circumstances)
    if counts_minutes and circumstances.unchanged > limits.stale_intraday:
        return "stale_price"  # a fresh stamp on numbers that have stood for too long
    return reference_price(
        quote, circumstances.now, stale_after(circumstances.hours, limits, in_session=counts_minutes)
    )


def _counts_minutes(circumstances: Circumstances) -> bool:
    """Whether the price has to be of this session: not for closes, unless another session has opened since.

    Who decides on closes decides on the last one whenever it comes.
    """
    hours = circumstances.hours
    if circumstances.is_close:
        return hours.is_open and circumstances.settings.cadence != "close"
    return circumstances.session.open or hours.is_open


def _kept(
    position: Position, evaluation: Evaluation, order_id: UUID, *, by_hand: bool | None
) -> OrderIntended | Skipped | None:
    inputs, decision = evaluation.inputs, evaluation.decision
    common = _Common(
        portfolio_id=position.portfolio_id,
        listing_id=position.listing_id,
        symbol=position.symbol,
        currency=position.currency,
        decided_at=evaluation.decided_at,
        rule=evaluation.rule,
        inputs=inputs,
        outputs=decision,
        message=evaluation.sentence,
    )
    if decision.outcome == "trade" and decision.side is not None and decision.quantity is not None:
        return OrderIntended(
            **common,
            order_id=order_id,
            client_order_id=client_order_id(position.id, evaluation.decided_at, decision.side),
            side=decision.side,
            type=placing.order_type(inputs),
            quantity=decision.quantity,
            by_hand=by_hand,
        )
    if decision.outcome == "skip" and not _repeats_last_skip(position, inputs, decision):
        return Skipped(**common)
    return None


def _repeats_last_skip(position: Position, inputs: DecisionInputs, decision: Decision) -> bool:
    last = position.last_skip
    return last is not None and (last.trading_day, last.side, last.reason) == (
        inputs.trading_day,
        decision.side,
        decision.reason,
    )
