"""The order machine: every status and every step, pair by pair (DOMAIN §3)."""

import pytest

from domain.order import ENDED, OVERLAYS, TRANSITIONS, Order, OrderStatus, OrderStep, Overlay, is_legal
from domain.position import booking
from domain.position.evolve import evolve
from stories import SENT, fill, latest, position

SENT_STATE = position.given(*SENT).state

# One row a status, one column a step in OrderStep's order; a dot is a step that the status refuses.
LETTERS = {
    "I": OrderStatus.INTENDED,
    "S": OrderStatus.SUBMITTING,
    "W": OrderStatus.WORKING,
    "P": OrderStatus.PARTIAL,
    "U": OrderStatus.UNKNOWN,
    "F": OrderStatus.FILLED,
    "C": OrderStatus.CANCELED,
    "E": OrderStatus.EXPIRED,
    "R": OrderStatus.REJECTED,
    "X": OrderStatus.SUPERSEDED,
    "K": OrderStatus.SKIPPED,
}

EXPECTED = """
→          again submit accept exec correct unknown cancel? repl? susp done filled cancel expire reject super skip
intended   I     S      .      .    .       .       .       .     .    .    .      C      .      .      X     K
submitting .     .      W      P    W       U       W       W     W    W    F      C      E      R      X     .
working    .     .      W      P    W       U       W       W     W    W    F      C      E      R      X     .
partial    .     .      W      P    W       U       W       W     W    W    F      C      E      R      X     .
unknown    .     .      W      P    W       U       W       W     W    W    F      C      E      R      X     .
filled     .     .      .      F    F       .       .       .     .    .    .      .      .      .      .     .
canceled   .     .      .      C    C       .       .       .     .    .    .      .      .      .      .     .
expired    .     .      .      E    E       .       .       .     .    .    .      .      .      .      .     .
rejected   .     .      .      R    R       .       .       .     .    .    .      .      .      .      .     .
superseded .     .      .      X    X       .       .       .     .    .    .      .      .      .      .     .
skipped    .     .      .      K    K       .       .       .     .    .    .      .      .      .      .     .
"""


def expected() -> dict[tuple[OrderStatus, OrderStep], OrderStatus | None]:
    """The table above, cell by cell."""
    rows = [line.split() for line in EXPECTED.strip().splitlines()[1:]]
    return {
        (OrderStatus(row[0]), step): None if cell == "." else LETTERS[cell]
        for row in rows
        for step, cell in zip(OrderStep, row[1:], strict=True)
    }


def an_order(status: OrderStatus) -> Order:
    """The example's order, standing there."""
    return latest(position.given(*SENT).state).model_copy(update={"status": status})


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
            assert TRANSITIONS[status, step] is to, (status, step)


def test_what_has_ended_never_becomes_anything_else() -> None:
    """Executions are booked in every state, and leave an ended order as it was."""
    for (status, _), to in TRANSITIONS.items():
        assert status not in ENDED or to is status


def test_an_order_is_open_until_it_has_ended() -> None:
    """Only the six ends count as ended, the unknown does not."""
    ended = {"filled", "canceled", "expired", "rejected", "superseded", "skipped"}
    assert {status.value for status in OrderStatus if not an_order(status).is_open} == ended


def test_a_working_order_with_fills_is_partial_and_without_them_is_not() -> None:
    """An acknowledgement that comes late, or a fill that is taken back, tells the two apart."""
    partly = booking.book(SENT_STATE, latest(SENT_STATE), fill("10"))
    state = evolve(SENT_STATE, partly[0], SENT_STATE.id)
    assert latest(state).status is OrderStatus.PARTIAL
    assert (
        latest(state).after(OrderStep.OUTCOME_UNKNOWN).after(OrderStep.ACCEPTED).status is OrderStatus.PARTIAL
    )
    taken_back = booking.book(state, latest(state), fill("0", revision=2))
    assert latest(evolve(state, taken_back[0], state.id)).status is OrderStatus.WORKING


@pytest.mark.parametrize(("step", "overlay"), OVERLAYS.items())
def test_an_overlay_lies_over_a_working_order_until_it_is_lifted(step: OrderStep, overlay: Overlay) -> None:
    """The order may be filled under it; an acknowledgement lifts it, and so does any end."""
    marked = an_order(OrderStatus.WORKING).after(step)
    assert (marked.status, marked.overlay) == (OrderStatus.WORKING, overlay)
    assert marked.after(OrderStep.OUTCOME_UNKNOWN).overlay is overlay
    assert marked.after(OrderStep.ACCEPTED).overlay is None
    assert marked.after(OrderStep.CANCELED).overlay is None


def test_every_overlay_has_a_step_that_lays_it() -> None:
    """None is left out of the table."""
    assert set(OVERLAYS.values()) == set(Overlay)
