"""A position's commands: what follows, what is already so, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.order import OrderStatus
from domain.position import booking, ordering
from domain.position import decide as rules
from domain.position.events import (
    AnchorMoved,
    CashReturned,
    ExecutionBooked,
    OrderAccepted,
    OrderEnded,
    PositionClosed,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
)
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange
from stories import (
    ALLOCATED,
    INTENDED,
    OPENED,
    ORDER,
    PLACE,
    PORTFOLIO_ID,
    SENT,
    SUBMITTED,
    VOD,
    a_listing,
    a_portfolio,
    fill,
    latest,
    position,
)

NO_SETTINGS = SettingsChange()


def test_opening_brings_shares_in_at_the_anchor() -> None:
    """100 shares anchored at 8412.5 pence cost 8412.50 pounds."""
    pounds = replace(a_portfolio(), currency="GBP")
    opened = rules.open_position(pounds, a_listing(VOD), Decimal(100), Decimal("8412.5"), NO_SETTINGS)
    assert isinstance(opened[0], PositionOpened)
    assert (opened[0].book_cost, opened[0].anchor) == (Decimal("8412.50"), Decimal("8412.5"))


@pytest.mark.parametrize(
    ("shares", "anchor", "lot", "says"),
    [
        ("1.5", "100", "1", "multiple of the lot"),
        ("-1", "100", "1", "not below zero"),
        ("1", "0", "1", "anchor must be above zero"),
        ("999999999999999999.0000000000005", "1", "0.000000000001", "multiple of the lot"),
    ],
)
def test_opening_with_impossible_numbers_is_refused(shares: str, anchor: str, lot: str, says: str) -> None:
    """Shares come in lots, anchors are above zero, and no number is too long to be told so."""
    with pytest.raises(Invalid, match=says):
        rules.open_position(
            a_portfolio(), a_listing(lot=Decimal(lot)), Decimal(shares), Decimal(anchor), NO_SETTINGS
        )


def test_opening_takes_the_largest_numbers_the_wire_takes() -> None:
    """Thirty digits of shares at thirty digits of anchor are booked exactly to the cent."""
    shares, anchor = Decimal(999999999999999999), Decimal("999999999999999999.99")
    opened = rules.open_position(a_portfolio(), a_listing(), shares, anchor, NO_SETTINGS)[0]
    assert isinstance(opened, PositionOpened)
    assert f"{opened.book_cost:f}" == "999999999999999998990000000000000000.01"


def test_opening_in_another_currency_is_refused() -> None:
    """Cash is in the portfolio's base currency only."""
    with pytest.raises(Invalid, match="trades in GBP, the portfolio is in USD"):
        rules.open_position(a_portfolio(), a_listing(VOD), Decimal(1), Decimal(1), NO_SETTINGS)


def test_opening_with_crossed_guardrails_is_refused() -> None:
    """The position's lower guardrail must fit under the portfolio's upper one."""
    with pytest.raises(Invalid, match="lower guardrail"):
        rules.open_position(
            a_portfolio(), a_listing(), Decimal(1), Decimal(1), SettingsChange(g_low=Decimal("0.8"))
        )


def test_pausing_and_resuming_happen_once() -> None:
    """Pausing what is paused, and resuming what is active, are already so."""
    (
        position.given(OPENED)
        .when(rules.resume)
        .then_nothing()
        .when(rules.pause)
        .then(PositionPaused(**PLACE))
        .when(rules.pause)
        .then_nothing()
        .when(rules.resume)
        .then(PositionResumed(**PLACE))
    )


def test_settings_are_overridden_key_by_key() -> None:
    """What a change leaves out stays; the same change again is already so."""
    tau, r = SettingsChange(tau=Decimal("0.05")), SettingsChange(r=Decimal(1))
    (
        position.given(OPENED)
        .when(lambda state: rules.change_settings(state, a_portfolio(), tau))
        .then(PositionSettingsChanged(**PLACE, settings=tau))
        .when(lambda state: rules.change_settings(state, a_portfolio(), r))
        .then(PositionSettingsChanged(**PLACE, settings=tau.merged(r)))
        .when(lambda state: rules.change_settings(state, a_portfolio(), tau))
        .then_nothing()
    )


def test_cash_cannot_be_returned_beyond_what_the_position_has() -> None:
    """The bucket's last cent can go back, one more cannot."""
    held = position.given(OPENED, ALLOCATED)
    held.when(lambda state: rules.return_cash(state, Decimal("10000.01"))).then_refused(Conflict, "more than")
    held.when(lambda state: rules.return_cash(state, Decimal(10_000))).then(
        CashReturned(**PLACE, amount=Decimal("10000.00"))
    )


@pytest.mark.parametrize(("amount", "says"), [("0", "above zero"), ("-5", "above zero"), ("0.001", "digits")])
def test_cash_moves_in_whole_cents_above_zero(amount: str, says: str) -> None:
    """Nothing is rounded behind a person's back."""
    held = position.given(OPENED, ALLOCATED)
    held.when(lambda state: rules.allocate_cash(state, Decimal(amount))).then_refused(Invalid, says)
    held.when(lambda state: rules.return_cash(state, Decimal(amount))).then_refused(Invalid, says)


def test_closing_returns_the_cash_and_leaves_the_shares_as_a_holding() -> None:
    """After it the position is empty, and closing again is already so."""
    closed = (
        position.given(OPENED, ALLOCATED)
        .when(rules.close)
        .then(
            CashReturned(**PLACE, amount=Decimal("10000.00")),
            PositionClosed(**PLACE, shares=Decimal(100), book_cost=Decimal("10000.00")),
        )
        .when(rules.close)
        .then_nothing()
    )
    assert closed.state.cash + closed.state.shares + closed.state.book_cost == 0
    for rule in (rules.pause, rules.resume):
        closed.when(rule).then_refused(Conflict, "closed")
    closed.when(lambda state: rules.allocate_cash(state, Decimal(1))).then_refused(Conflict, "closed")


def test_closing_waits_for_the_open_order() -> None:
    """Shares that are about to change hands are not handed over."""
    position.given(*SENT).when(rules.close).then_refused(Conflict, "open order")


def test_closing_an_overdrawn_position_is_refused() -> None:
    """A fill dearer than decided may overdraw the bucket; closing would leave that debt behind."""
    overdrawn = (
        position.given(*SENT)
        .when(lambda s: booking.book(s, latest(s), fill("52", "200")))
        .then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    )
    assert overdrawn.state.cash == Decimal("-400.00")
    overdrawn.when(rules.close).then_refused(Conflict, "overdrawn by 400.00 USD")


def test_an_order_is_submitted_once() -> None:
    """Submitting again, another order, or an ended one, sends nothing more."""
    intended = position.given(OPENED, ALLOCATED, INTENDED)
    sent = intended.when(lambda s: ordering.submit(s, latest(s), "paper", str(PORTFOLIO_ID))).then(SUBMITTED)
    sent.when(lambda s: ordering.submit(s, latest(s), "paper", "")).then_nothing()


def test_acceptance_is_recorded_once_and_never_wrong_when_late() -> None:
    """Before or after a fill, and again; after the end it says nothing new."""
    accepted = OrderAccepted(**ORDER, broker_order_id="b1", quantity=Decimal(52))
    working = position.given(*SENT).when(lambda s: ordering.accept(s, latest(s), "b1")).then(accepted)
    working.when(lambda s: ordering.accept(s, latest(s), "b1")).then_nothing()
    partly = (
        position.given(*SENT)
        .when(lambda s: booking.book(s, latest(s), fill("10")))
        .then_kinds(ExecutionBooked)
    )
    late = partly.when(lambda s: ordering.accept(s, latest(s), "b1")).then(accepted)
    assert late.state.order is not None
    assert late.state.order.status is OrderStatus.PARTIAL
    filled = late.when(lambda s: booking.book(s, latest(s), fill("42", name="x2"))).then_kinds(
        ExecutionBooked, OrderEnded, AnchorMoved
    )
    filled.when(lambda s: ordering.accept(s, latest(s), "b2")).then_nothing()
