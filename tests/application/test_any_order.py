"""Whatever order a broker's reports come in, and however often, they end in the same books (DOMAIN §3)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

import hypothesis.strategies as some
import pytest
from hypothesis import HealthCheck, given, settings

from api.wiring import House
from application import positions
from application.ledger import Transaction
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.message_booking import Taken
from application.orders import order_reports as reports
from application.orders.find_order import locate, reading
from application.ports import Message
from application.ports.broker import BrokerEvent, BrokerReport
from broker_reports import decided, filled, opened_anew, said
from domain.order import Fill
from domain.position import booking
from domain.refusals import Conflict
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, position_of

LATER = IN_SESSION + timedelta(minutes=1)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house with no worker, its clock in session."""
    made = new_house()
    made.ledger.clock = lambda: LATER
    return made


def take(house: House, reports: Sequence[BrokerReport]) -> None:
    """Callbacks that come together; all of them must be booked."""
    new_id = house.ledger.new_id
    callbacks = [Callback(Message("callback", str(new_id()), b"{}", LATER), report) for report in reports]
    answers = TakeCallbacks(house.ledger, house.inbox)(callbacks)
    assert [each.taken if isinstance(each, Answer) else each for each in answers] == [Taken.BOOKED] * len(
        callbacks
    )


def sell_by_hand(house: House, opened: Opened, quantity: int) -> None:
    """Somebody has sold at the broker, without Ballast, and that is on the books."""
    fill = Fill("by hand", 1, Decimal(quantity), Decimal(103), Decimal(0), IN_SESSION)

    def decide(transaction: Transaction) -> None:
        stream, state = transaction.require(POSITION, opened.position_id)
        transaction.append(stream, booking.adopt(state, "paper", "", "SELL", fill, None))

    house.ledger.transact(by_hand(house), decide)


def books(house: House, opened: Opened) -> dict[str, Decimal | None]:
    """What must not depend on the order."""
    state = position_of(house, opened)
    return {
        "shares": state.shares,
        "cash": state.cash,
        "book_cost": state.book_cost,
        "anchor": state.anchor,
        "filled": state.order.filled if state.order else None,
    }


def whole_story(order: str) -> list[BrokerReport]:
    """Everything a broker says of a buy of 52: three fills, one corrected twice, one bust, and its end."""
    return [
        said(order, "accepted"),
        filled(order, "x1", "10", "97.00"),
        filled(order, "x2", "20", "96.50"),
        filled(order, "x3", "22", "97.25"),
        filled(order, "x1", "10", "96.90", 2, "trade_correct"),
        filled(order, "x1", "9", "96.95", 3, "trade_correct", "0.4"),
        filled(order, "x2", "0", "96.50", 2, "trade_bust", "0"),
        said(order, "canceled"),
    ]


STEPS = len(whole_story(""))


@some.composite
def tellings(draw: some.DrawFn) -> list[list[int]]:
    """The story in any order, with repeats, in rounds of any size."""
    extra = draw(some.lists(some.integers(0, STEPS - 1), max_size=5))
    order = draw(some.permutations([*range(STEPS), *extra]))
    cuts = sorted(draw(some.sets(some.integers(1, len(order) - 1), max_size=4)))
    return [order[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tellings())
def test_any_telling_ends_in_the_same_books(house: House, telling: list[list[int]]) -> None:
    opened = opened_anew(house)
    story = whole_story(decided(house, opened))

    for together in telling:
        take(house, [story[step] for step in together])

    # 9 at 96.95 with 0.40 and 22 at 97.25 with 0.50; the average of 31 is 97.1629…
    assert books(house, opened) == {
        "shares": Decimal(131),
        "cash": Decimal(10_000) - Decimal("872.55") - Decimal("2139.50") - Decimal("0.90"),
        "book_cost": Decimal(10_000) + Decimal("872.55") + Decimal("2139.50"),
        "anchor": Decimal("97.162903225806"),
        "filled": Decimal(31),
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    booked=some.lists(some.tuples(some.integers(1, 10), some.integers(0, 10)), min_size=1, max_size=3),
    missed=some.lists(some.integers(1, 10), min_size=1, max_size=2),
    order_told=some.permutations(range(5)),
)
def test_an_answer_is_booked_whole_wherever_its_shares_suffice_in_the_end(
    house: House, booked: list[tuple[int, int]], missed: list[int], order_told: list[int]
) -> None:
    """Sales that were missed may be covered only by what the correction of others, told later, gives back."""
    opened = opened_anew(house)
    order = decided(house, opened, "103.00")
    take(house, [filled(order, f"x{n}", str(sold), "103") for n, (sold, _) in enumerate(booked)])
    given_back = sum(sold - corrected for sold, corrected in booked) - sum(missed)
    sell_by_hand(house, opened, 100 - sum(sold for sold, _ in booked) - max(0, -given_back))
    answer = [
        *(filled(order, f"y{n}", str(sold), "103") for n, sold in enumerate(missed)),
        *(filled(order, f"x{n}", str(each), "103", 2, "trade_correct") for n, (_, each) in enumerate(booked)),
    ]

    house.order_reports([answer[place] for place in order_told if place < len(answer)])

    assert position_of(house, opened).shares == max(0, given_back)


def test_a_fill_comes_before_its_acknowledgement(house: House) -> None:
    opened = opened_anew(house)
    order = decided(house, opened)
    take(house, [filled(order, "x1", "52", "97"), said(order, "accepted")])
    state = position_of(house, opened)
    assert state.shares == 152
    assert state.open_order is None


def test_a_correction_comes_before_what_it_corrects(house: House) -> None:
    opened = opened_anew(house)
    order = decided(house, opened)
    take(house, [filled(order, "x1", "12", "96", 2, "trade_correct")])
    take(house, [filled(order, "x1", "10", "97")])
    assert books(house, opened)["cash"] == Decimal(10_000) - 12 * 96 - Decimal("0.5")


def test_a_bust_comes_before_what_it_takes_back(house: House) -> None:
    """The original comes late, and is not booked any more."""
    opened = opened_anew(house)
    order = decided(house, opened)
    before = books(house, opened)
    take(house, [filled(order, "x1", "0", "97", 2, "trade_bust", "0")])
    take(house, [filled(order, "x1", "10", "97")])
    assert books(house, opened) == before


@pytest.mark.parametrize("end", ["canceled", "expired"])
def test_a_fill_comes_after_the_end(house: House, end: BrokerEvent) -> None:
    """The order stays ended, and the anchor follows what was filled."""
    opened = opened_anew(house)
    order = decided(house, opened)
    take(house, [said(order, end)])
    assert position_of(house, opened).anchor == 100
    take(house, [filled(order, "x1", "10", "96")])
    state = position_of(house, opened)
    assert (state.shares, state.anchor) == (Decimal(110), Decimal(96))
    assert state.open_order is None


def test_an_older_order_is_filled_while_a_newer_one_is_open(house: House) -> None:
    """Booked on the older one; the newer stays as it is, and its end moves the anchor."""
    opened = opened_anew(house)
    older = decided(house, opened)
    take(house, [said(older, "canceled")])
    newer = decided(house, opened, "96.00", LATER)
    take(house, [said(newer, "accepted")])

    take(house, [filled(older, "x1", "5", "97")])

    state = position_of(house, opened)
    assert (state.shares, state.anchor) == (Decimal(105), Decimal(97))
    assert state.open_order is not None
    assert (state.open_order.client_order_id, state.open_order.filled) == (newer, Decimal(0))
    take(house, [filled(newer, "y1", "4", "96"), said(newer, "canceled")])
    state = position_of(house, opened)
    assert (state.shares, state.anchor) == (Decimal(109), Decimal(96))


def test_an_older_order_is_known_as_other_processes_have_left_it(
    house: House, new_house: Callable[[], House]
) -> None:
    """Each process remembers older orders, and reads what has happened to them since."""
    opened = opened_anew(house)
    older = decided(house, opened)
    take(house, [filled(older, "x1", "10", "97"), said(older, "canceled")])
    newer = decided(house, opened, "94.00", LATER)
    take(house, [said(newer, "accepted")])
    other = new_house()
    other.ledger.clock = house.ledger.clock

    take(house, [filled(older, "x2", "5", "97")])
    take(other, [filled(older, "x2", "4", "97", 2, "trade_correct"), filled(older, "x3", "3", "97")])
    take(house, [filled(older, "x3", "2", "97", 2, "trade_correct"), filled(older, "x4", "1", "97")])
    take(other, [filled(older, "x4", "1", "97")])

    order = locate(reading(other.ledger), older).order
    assert [str(each.quantity) for each in order.executions] == ["10", "4", "2", "1"]
    assert position_of(house, opened).shares == 100 + order.filled == 117


def test_nothing_is_remembered_of_a_booking_that_was_not_stored(house: House) -> None:
    """A round is decided anew when its append was refused; until then an older order is as it was."""
    opened = opened_anew(house)
    older = decided(house, opened)
    take(house, [said(older, "canceled")])
    decided(house, opened, "96.00", LATER)

    def decide(transaction: Transaction) -> None:
        reports.take(transaction, [filled(older, "x1", "5", "97")])
        assert locate(transaction, older).order.filled == 5
        raise Conflict("another was faster")

    for _ in range(2):
        with pytest.raises(Conflict):
            house.ledger.transact(by_hand(house), decide)
        assert locate(reading(house.ledger), older).order.filled == 0


def test_a_fill_comes_after_the_position_was_closed(house: House) -> None:
    """Its money comes from the portfolio, and its shares are a holding there."""
    opened = opened_anew(house)
    order = decided(house, opened)
    take(house, [said(order, "canceled")])
    positions.close(house.ledger, by_hand(house), opened.position_id)

    take(house, [filled(order, "x1", "5", "97")])

    state = position_of(house, opened)
    assert (state.status, state.shares, state.cash) == ("closed", Decimal(0), Decimal(0))
    with house.pool.connection() as connection:
        held = connection.execute(
            "select quantity from holdings where portfolio_id = %s", (opened.portfolio_id,)
        ).fetchall()
    assert [row["quantity"] for row in held] == [105]
