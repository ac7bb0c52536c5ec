"""Examples of what happens to orders between the decision and its end, to brokers, and to alerts."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.alert import AlertRaised, AlertResolved
from domain.events import Event
from domain.order import Overlay
from domain.portfolio.events import (
    AccountDeclaredGone,
    BrokerChoice,
    BrokerConnected,
    Reconciled,
    ReconciliationRequired,
)
from domain.position import booking, ordering
from domain.position.evaluate import evaluate
from domain.position.events import ExecutionBooked
from domain.position.evolve import evolve
from stories import (
    ALLOCATED,
    AT,
    INTENDED,
    LISTING_ID,
    OPENED,
    PORTFOLIO_ID,
    PORTFOLIO_OPENED,
    SENT,
    a_portfolio,
    a_quote,
    circumstances,
    fill,
    latest,
    position,
)

ITS: dict[str, Any] = {"portfolio_id": PORTFOLIO_ID, "currency": "USD"}
ALERT: dict[str, Any] = {
    "alert_id": UUID("019aa000-0000-7000-8000-000000000005"),
    "portfolio_id": PORTFOLIO_ID,
    "listing_id": LISTING_ID,
    "rule": "order_unknown",
}


def _of_an_order() -> list[Event]:
    decided, sent = position.given(OPENED, ALLOCATED, INTENDED).state, position.given(*SENT).state
    lower = evaluate(
        replace(decided, order=None),
        a_portfolio(),
        circumstances(a_quote("96.50"), AT.replace(second=2)),
        latest(decided).id,
    )
    again = ordering.reevaluate(decided, latest(decided), Decimal("51.55"), lower)
    booked = booking.book(sent, latest(sent), fill("10", "97.02", commission="0.10"))[0]
    assert isinstance(booked, ExecutionBooked)
    partly = evolve(sent, booked, sent.id)
    corrected = booking.book(partly, latest(partly), fill("9", "97.01", commission="0.09", revision=2))
    stranger = booking.adopt(sent, "alpaca", "PA3", "BUY", fill("3", "96.00", "manual-1"), "b-77")
    return [
        *again,
        *ordering.mark(sent, latest(sent), Overlay.PENDING_CANCEL),
        *ordering.make_unknown(sent, latest(sent), "the broker did not answer within 10 s"),
        corrected[0],
        *stranger,
    ]


def order_examples() -> list[Event]:
    """One of each."""
    return [
        *_of_an_order(),
        BrokerConnected(**ITS, broker=BrokerChoice(kind="alpaca", environment="paper", account="PA3")),
        AccountDeclaredGone(
            **ITS,
            broker=BrokerChoice(kind="alpaca", environment="paper", account="PA3"),
            reason="The broker has closed it.",
        ),
        ReconciliationRequired(**ITS, reason="a worker started"),
        Reconciled(**ITS, adopted=1, orders=2, holdings=3),
        AlertRaised(
            **ALERT,
            severity="CRITICAL",
            message="It is not known what became of an order; nothing is sent for KO.",
            observed=None,
            expected=None,
        ),
        AlertResolved(**ALERT, reason="it is known what became of the order"),
    ]


def later_examples() -> dict[str, Event]:
    """Events as they are written now that have got fields since they were first released, by what was added."""
    decided, sent = position.given(OPENED, ALLOCATED, INTENDED).state, position.given(*SENT).state
    [booked, *_] = booking.book(sent, latest(sent), fill("10", "97.02", commission="0.10"))
    [submitted] = ordering.submit(
        decided, latest(decided), "paper", "p", limit_price=Decimal("97.00"), time_in_force="gtc"
    )
    manners = BrokerChoice(reject_bps=5, halt_bps=7)
    return {
        "hand": INTENDED.model_copy(update={"by_hand": True}),
        "broker": booked,
        "limit": submitted,
        "manners": PORTFOLIO_OPENED.model_copy(update={"broker": manners}),
    }
