"""The order machine: every status and every step, pair by pair (DOMAIN §3)."""

import pytest

from domain.order import ENDED, TRANSITIONS, Order, OrderStatus, OrderStep, is_legal
from stories import SENT, position

# One row a status, one column a step in OrderStep's order; a dot is a step that the status refuses.
EXPECTED = """
→          again    submit     accept  execute    unknown filled canceled expired rejected supersede  skipped
intended   intended submitting .       .          .       .      canceled .       .        superseded skipped
submitting .        .          working partial    unknown filled canceled expired rejected superseded .
working    .        .          .       partial    unknown filled canceled expired rejected superseded .
partial    .        .          partial partial    unknown filled canceled expired rejected superseded .
unknown    .        .          working partial    unknown filled canceled expired rejected superseded .
filled     .        .          .       filled     .       .      .        .       .        .          .
canceled   .        .          .       canceled   .       .      .        .       .        .          .
expired    .        .          .       expired    .       .      .        .       .        .          .
rejected   .        .          .       rejected   .       .      .        .       .        .          .
superseded .        .          .       superseded .       .      .        .       .        .          .
skipped    .        .          .       skipped    .       .      .        .       .        .          .
"""


def expected() -> dict[tuple[OrderStatus, OrderStep], OrderStatus | None]:
    """The table above, cell by cell."""
    rows = [line.split() for line in EXPECTED.strip().splitlines()[1:]]
    return {
        (OrderStatus(row[0]), step): None if cell == "." else OrderStatus(cell)
        for row in rows
        for step, cell in zip(OrderStep, row[1:], strict=True)
    }


def an_order(status: OrderStatus) -> Order:
    """The example's order, standing there."""
    order = position.given(*SENT).state.order
    assert order is not None
    return order.model_copy(update={"status": status})


@pytest.mark.parametrize("status", OrderStatus)
def test_every_step_leads_where_the_table_says_or_is_refused(status: OrderStatus) -> None:
    """No pair is left to chance."""
    for (each, step), to in expected().items():
        if each is not status:
            continue
        assert is_legal(status, step) is (to is not None), (status, step)
        if to is None:
            with pytest.raises(KeyError):
                an_order(status).after(step)
        else:
            assert an_order(status).after(step) is to, (status, step)


def test_what_has_ended_never_becomes_anything_else() -> None:
    """Executions are booked in every state, and leave an ended order as it was."""
    for (status, _), to in TRANSITIONS.items():
        assert status not in ENDED or to is status


def test_an_order_is_open_until_it_has_ended() -> None:
    """Only the six ends count as ended, the unknown does not."""
    ended = {"filled", "canceled", "expired", "rejected", "superseded", "skipped"}
    assert {status.value for status in OrderStatus if not an_order(status).is_open} == ended
