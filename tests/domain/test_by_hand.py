"""Orders that a person places: proposed in the place of being sent, and booked as they are told."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from domain.events import Event
from domain.order import Order, OrderStatus
from domain.position import actions, booking, by_hand
from domain.position import decide as rules
from domain.position.by_hand import Left
from domain.position.evaluate import evaluate, overtaken_advice
from domain.position.events import (
    AnchorMoved,
    CashReturned,
    ExecutionBooked,
    ExecutionCorrected,
    OrderEnded,
    OrderIntended,
    OrderSubmitted,
    PositionClosed,
    Skipped,
)
from domain.position.settled import Settled
from domain.position.state import Position
from domain.recommendation.decide import recommendation_of
from domain.recommendation.of_trigger import propose
from domain.refusals import Conflict
from given_when_then import Given
from stories import (
    ALLOCATED,
    AT,
    LISTING_ID,
    OPENED,
    ORDER_ID,
    PLACE,
    PORTFOLIO_OPENED,
    POSITION_ID,
    SENT,
    a_quote,
    circumstances,
    fill,
    latest,
    portfolio,
    position,
)

ADVISORY = portfolio.given(PORTFOLIO_OPENED.model_copy(update={"mode": "advisory"})).state
EXAMPLE = position.given(OPENED, ALLOCATED)
MONDAY = AT + timedelta(days=3)
NOTHING = Left(Decimal(0), Decimal(0))
PLENTY = Left(Decimal(1_000), Decimal(100_000))


def decided(price: str, state: Position = EXAMPLE.state, at: datetime = AT) -> OrderIntended | Skipped | None:
    """What the advisory portfolio's position wants at a price."""
    return evaluate(state, ADVISORY, circumstances(a_quote(price, at), at), ORDER_ID).event


def advised(price: str = "97.00") -> Given[Position]:
    """The example position with an order that waits for its person."""
    event = decided(price)
    assert isinstance(event, OrderIntended)
    return position.given(OPENED, ALLOCATED, event)


def executed(
    given: Given[Position], quantity: str, price: str = "96.50", name: str = "x1"
) -> Given[Position]:
    """Its person says that some of it was executed."""
    happened = by_hand.execute(given.state, latest(given.state), fill(quantity, price, name))
    return given.when(lambda _: happened).then(*happened)


def taken_back(state: Position, order: Order, handed_on: Left | None = None) -> by_hand.Events:
    """What follows when its person takes an order back."""
    return by_hand.take_back(state, order, "wrong", handed_on or NOTHING)


def held(given: Given[Position]) -> tuple[Decimal, Decimal, Decimal]:
    """Shares, cash and anchor."""
    return given.state.shares, given.state.cash, given.state.anchor


def test_a_trigger_of_an_advisory_portfolio_is_a_persons_order() -> None:
    """The decision is the same, and is stored as it always is; only who places it differs."""
    event = decided("97.00")
    assert isinstance(event, OrderIntended)
    automatic = SENT[2]
    assert isinstance(automatic, OrderIntended)
    assert event == automatic.model_copy(update={"by_hand": True})
    assert latest(advised().state).by_hand
    assert not latest(position.given(*SENT).state).by_hand


def test_it_is_proposed_with_the_numbers_of_its_decision() -> None:
    event = decided("97.00")
    assert isinstance(event, OrderIntended)
    proposed = propose(POSITION_ID, event, None)
    (advised_line,) = proposed.lines
    line = advised_line.line
    numbers = (line.quantity, line.price, line.amount)
    assert (line.action, numbers) == ("BUY", (Decimal(52), Decimal("97.00"), Decimal(5044)))
    assert (line.source, line.funding, line.rules) == (
        "volatility",
        "position",
        ("anchor_ratio", "guardrail"),
    )
    assert (proposed.kind, proposed.told) == ("volatility", event.message)
    assert proposed.recommendation_id == recommendation_of(ORDER_ID)
    assert propose(POSITION_ID, event, None) == proposed
    sale = decided("103.00")
    assert isinstance(sale, OrderIntended)
    assert propose(POSITION_ID, sale, None).lines[0].line.funding == "none"


def test_an_open_one_stands_in_the_way_until_another_day() -> None:
    """Of the same day a trigger is a duplicate; of a later one it takes the place of what nobody has taken up."""
    state = advised().state
    again = decided("95.00", state)
    assert isinstance(again, Skipped)
    assert again.outputs.reason == "duplicate"
    later = decided("95.00", state, at=MONDAY)
    assert isinstance(later, OrderIntended)
    assert not later.inputs.open_order
    assert overtaken_advice(state, MONDAY.date()) == state.order
    assert overtaken_advice(state, AT.date()) is None


def test_what_is_being_placed_is_not_overtaken_by_any_trigger() -> None:
    taken_up = advised().when(lambda state: by_hand.take_up(state, latest(state))).then_kinds(OrderSubmitted)
    part = executed(advised(), "20")
    for given in (taken_up, part):
        event = decided("95.00", given.state, at=MONDAY)
        assert isinstance(event, Skipped)
        assert event.outputs.reason == "duplicate"


def test_an_order_that_is_sent_to_a_broker_is_never_overtaken() -> None:
    assert overtaken_advice(position.given(*SENT[:3]).state, MONDAY.date()) is None


def test_what_a_person_tells_moves_the_position_as_a_fill_does() -> None:
    """The same shares, cash, cost and anchor as if a broker had said so."""
    sent = position.given(*SENT)
    by_a_broker = sent.when(
        lambda state: booking.book(state, latest(state), fill("52", "96.50", commission="1"))
    )
    filled = by_a_broker.then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    given = advised()
    told = given.when(
        lambda state: by_hand.execute(state, latest(state), fill("52", "96.50", commission="1"))
    )
    marked = told.then_kinds(OrderSubmitted, ExecutionBooked, OrderEnded, AnchorMoved)
    assert held(marked) == held(filled) == (Decimal(152), Decimal("4981.00"), Decimal("96.50"))
    assert marked.state.book_cost == filled.state.book_cost
    assert latest(marked.state).broker == "hand"
    assert "A person places the order: BUY 52 KO." in [each.sentence() for each in told.rule(given.state)]


def test_over_days_the_anchor_follows_all_of_it_once_it_is_over() -> None:
    """20 at 96.50 and 10 at 95.00 come to 96.00; until the person says that it is all, the anchor stays."""
    part = executed(executed(advised(), "20"), "10", "95.00", "x2")
    assert held(part)[2] == 100
    over = part.when(lambda state: by_hand.give_up(state, latest(state), "enough"))
    assert held(over.then_kinds(OrderEnded, AnchorMoved))[2] == 96


def test_more_than_advised_is_a_fact_too() -> None:
    assert held(executed(advised(), "60"))[0] == 160


def test_shares_that_are_not_there_cannot_be_sold() -> None:
    advised("103.00").when(
        lambda state: by_hand.execute(state, latest(state), fill("101", "103"))
    ).then_refused(Conflict, "101 KO cannot be sold: only 100 are held")


def test_ignored_it_ends_and_the_position_is_as_before() -> None:
    given = advised()
    ended = given.when(lambda state: by_hand.give_up(state, latest(state), "no")).then_kinds(OrderEnded)
    assert held(ended) == held(EXAMPLE)
    assert isinstance(decided("97.00", ended.state), OrderIntended)


def test_taken_back_everything_is_as_before() -> None:
    """In full or in part: shares, cash, cost and anchor return, and the order has ended."""
    in_full: list[type[Event]] = [ExecutionCorrected, AnchorMoved]
    in_part: list[type[Event]] = [ExecutionCorrected, OrderEnded]
    for quantity, kinds in (("52", in_full), ("20", in_part)):
        given = executed(advised(), quantity)
        back = given.when(lambda state: taken_back(state, latest(state))).then_kinds(*kinds)
        assert held(back) == held(EXAMPLE)
        assert back.state.book_cost == EXAMPLE.state.book_cost
        assert back.state.open_order is None


def test_the_anchor_of_a_newer_order_stays_when_an_older_one_is_taken_back() -> None:
    first = executed(advised(), "52")
    older = latest(first.state)
    sale = decided("103.00", first.state)
    assert isinstance(sale, OrderIntended)
    newer_id = sale.model_copy(update={"order_id": POSITION_ID})
    second = executed(first.when(lambda _: [newer_id]).then(newer_id), str(sale.quantity), "103", "s1")
    back = taken_back(second.state, older)
    assert [type(each) for each in back] == [ExecutionCorrected]


def test_shares_that_are_gone_cannot_be_taken_back() -> None:
    state = executed(advised(), "52").state
    order = latest(state)
    gone = position.given(
        OPENED.model_copy(update={"shares": Decimal(0), "book_cost": Decimal(0)}), ALLOCATED
    ).state
    Given(position, gone).when(lambda each: taken_back(each, order)).then_refused(
        Conflict, "52 KO would be taken back, and the position has only 0 left"
    )


def test_money_that_is_gone_cannot_be_taken_back() -> None:
    """Sold for 5150 by hand; all but 100 has left the position since."""
    sold = executed(advised("103.00"), "50", "103")
    spent = CashReturned(**PLACE, amount=sold.state.cash - 100)
    sold.when(lambda _: [spent]).then(spent).when(lambda each: taken_back(each, latest(each))).then_refused(
        Conflict, "5150 USD would be taken back, and the position has only 100 left"
    )


@pytest.mark.parametrize(
    ("price", "quantity", "left", "saying"),
    [
        ("97.00", "52", Left(Decimal(51), Decimal(10_000)), "52 KO would be .* has only 51 left"),
        ("103.00", "50", Left(Decimal(50), Decimal(-7)), "4825 USD would be .* has only 0 left"),
    ],
)
def test_what_a_closed_position_has_handed_on_is_taken_back_while_it_is_there(
    price: str, quantity: str, left: Left, saying: str
) -> None:
    """Its shares and its cash are the portfolio's, which may have sold the ones and spent the other."""
    closed = executed(advised(price), quantity).when(rules.close).then_kinds(CashReturned, PositionClosed)
    closed.when(lambda each: taken_back(each, latest(each), left)).then_refused(Conflict, saying)
    back = closed.when(lambda each: taken_back(each, latest(each), PLENTY)).then_kinds(ExecutionCorrected)
    assert abs(back.state.shares) == Decimal(quantity)


def test_a_position_is_not_closed_over_an_open_recommendation() -> None:
    advised().when(rules.close).then_refused(Conflict, "ignore it, or mark it complete")


def test_no_broker_is_asked_to_cancel_what_a_person_has_placed() -> None:
    """After a split a broker would be; an order by hand its person cancels."""
    part = executed(advised(), "20").state
    split = Settled(
        kind="split", listing_id=LISTING_ID, day=MONDAY.date(), effective_at=MONDAY, quote_unit="USD"
    )
    after = replace(part, settled=(split,))
    order = latest(after)
    assert order.status is OrderStatus.PARTIAL
    assert actions.overtaken_order(after) is None
    sent = replace(after, order=order.model_copy(update={"by_hand": False}))
    assert actions.overtaken_order(sent) == sent.order
