"""How anchor and band came to be: a step for whatever moved them, and none for what did not."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.position.band_history import Moved, Step, steps

BEGIN = datetime(2026, 1, 5, 15, tzinfo=UTC)


def later(minutes: int) -> datetime:
    """A moment after the beginning."""
    return BEGIN + timedelta(minutes=minutes)


def told(step: Step) -> tuple[int, str, str, str]:
    """A step as a test reads it: minute, anchor, band."""
    minute = (step.at - BEGIN) // timedelta(minutes=1)
    anchor, low, high = (f"{each.normalize():f}" for each in (step.anchor, *step.edges))
    return minute, anchor, low, high


def test_a_fill_moves_the_anchor_and_its_band() -> None:
    moved = [Moved(BEGIN, anchor=Decimal(100)), Moved(later(5), anchor=Decimal(97))]

    assert [told(each) for each in steps(moved)] == [(0, "100", "97", "103"), (5, "97", "94.09", "99.91")]


def test_a_position_s_own_width_has_the_say_over_its_portfolio_s() -> None:
    moved = [
        Moved(BEGIN, portfolio_tau=Decimal("0.1")),
        Moved(later(1), anchor=Decimal(100)),
        Moved(later(2), own_tau=Decimal("0.05")),
        Moved(later(3), portfolio_tau=Decimal("0.2")),
    ]

    assert [told(each) for each in steps(moved)] == [(1, "100", "90", "110"), (2, "100", "95", "105")]


def test_without_an_anchor_there_is_nothing_to_draw() -> None:
    assert steps([Moved(BEGIN, portfolio_tau=Decimal("0.1"))]) == []
