"""What waits is looked at in its turn, however much of it nobody attends to."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.wiring import House
from application.evaluate_position import Question
from application.in_turns import InTurns
from domain.quote import Quote
from examples import IN_SESSION, by_hand, open_example
from projections import orders


@given(st.sets(st.integers(1, 99)), st.integers(1, 9))
def test_within_a_turn_everything_is_looked_at_once(waiting: set[int], size: int) -> None:
    """Page by page in its order, and then from the beginning again."""
    in_order = sorted(waiting)
    turns = InTurns(lambda after, limit: [(each, each) for each in in_order if each > after][:limit], size)
    for _ in range(2):
        seen = [*turns()]
        while not turns.is_over:
            seen += turns()
        assert seen == in_order


def test_orders_that_have_not_left_are_answered_from_a_number_on(house: House) -> None:
    house.ledger.clock = lambda: IN_SESSION
    opened = [open_example(house, symbol=symbol) for symbol in ("KO", "PEP", "MO")]
    for each in opened:
        house.evaluate_position(
            by_hand(house), Question(each.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
        )
    with house.pool.connection() as connection:
        [(number, first)] = orders.waiting(connection, limit=1)
        behind = [each.position_id for _, each in orders.waiting(connection, number, 9)]
    assert [first.position_id, *behind] == [each.position_id for each in opened]
