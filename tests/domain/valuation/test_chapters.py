"""A history that goes on from a chapter's end is the one that is reckoned from the beginning (ADR 35)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fx import Pair, Rate
from domain.measures import Mark
from domain.valuation import (
    Chapter,
    Kept,
    Known,
    Market,
    Movement,
    Quoted,
    UnitsMoved,
    extended,
    midnight_after,
    reckon,
)

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
FUNDS = (UUID(int=1), UUID(int=2))
QUOTED = {FUNDS[0]: Quoted("GBP", Decimal("0.01")), FUNDS[1]: Quoted("USD", Decimal(1))}

MOMENTS = st.integers(0, 24 * 100).map(lambda hour: FIRST + timedelta(hours=hour))
UNITS = st.decimals(Decimal("0.01"), Decimal(1000), places=2)
FLOWS = st.decimals(Decimal(-500), Decimal(500), places=2)
CASH = st.builds(lambda at, amount: Movement(at, amount, amount), MOMENTS, FLOWS)
IN_KIND = st.builds(
    lambda at, fund, units, cost: Movement(at, Decimal(0), cost, (UnitsMoved(fund, units, cost),)),
    MOMENTS,
    st.sampled_from(FUNDS),
    UNITS,
    UNITS,
)
MARKS = st.builds(Mark, MOMENTS, st.sampled_from(FUNDS), UNITS)
RATES = st.builds(Rate, st.just(Pair("GBP", "USD")), MOMENTS, UNITS, st.just("test"))

Steps = tuple[Sequence[Movement], Sequence[Mark], Sequence[Rate]]
STEPS = st.tuples(
    st.lists(CASH | IN_KIND, min_size=1, max_size=12),
    st.lists(MARKS, max_size=25),
    st.lists(RATES, max_size=5),
)


def market(marks: Sequence[Mark], rates: Sequence[Rate]) -> Market:
    """Two funds, one of them in dollars."""
    return Market("GBP", QUOTED, marks, rates)


@given(STEPS, MOMENTS)
def test_going_on_from_any_chapter_gives_the_same_days(steps: Steps, until: datetime) -> None:
    movements, marks, rates = steps
    whole = reckon(movements, market(marks, rates), until)
    for number, chapter in enumerate(whole.chapters):
        later = reckon(
            [each for each in movements if each.at >= chapter.ends],
            market(
                [each for each in marks if each.at >= chapter.ends],
                [each for each in rates if each.as_of >= chapter.ends],
            ),
            until,
            chapter.standing,
        )
        assert later.chapters == whole.chapters[number + 1 :]
        assert later.today == whole.today


@given(STEPS, MOMENTS, MOMENTS)
def test_what_is_kept_in_two_goes_is_what_is_kept_in_one(steps: Steps, one: datetime, two: datetime) -> None:
    """A month that was kept up to its middle has all its days afterwards, and the standings are the newest two."""
    movements, marks, rates = steps
    first, second = min(one, two), max(one, two)
    before = reckon(movements, market(marks, rates), first).chapters
    if not before:
        return
    ends = before[-1].ends
    rest = reckon(
        [each for each in movements if each.at >= ends],
        market([each for each in marks if each.at >= ends], [each for each in rates if each.as_of >= ends]),
        second,
        before[-1].standing,
    )
    whole = reckon(movements, market(marks, rates), second)
    if rest.chapters:
        kept = extended(before, rest)
        of_month = {each.month: each for each in whole.chapters}
        assert [each.closes for each in kept] == [of_month[each.month].closes for each in kept]
        assert [each.standing is None for each in kept] == [n < len(kept) - 2 for n in range(len(kept))]
        assert kept[-1].standing == whole.chapters[-1].standing


def chapters_of_a_quarter() -> Sequence[Chapter]:
    """January to March, in cash."""
    deposits = [
        Movement(FIRST + timedelta(days=30 * month), Decimal(100), Decimal(100)) for month in range(3)
    ]
    return reckon(deposits, market([], []), FIRST + timedelta(days=90)).chapters


@pytest.mark.parametrize(("changed", "holding"), [(0, 2), (-1, 1)])
def test_a_chapter_holds_until_something_within_it_changes(changed: int, holding: int) -> None:
    """What is about the midnight that ends it belongs to the next."""
    chapters = chapters_of_a_quarter()
    kept = Kept(1, Known("", frozenset(), 0, {}, frozenset()), chapters)
    moment = midnight_after(chapters[1].closes[-1].day) + timedelta(microseconds=changed)
    assert len(kept.until(moment)) == holding
