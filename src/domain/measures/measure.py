"""How well the rules did: the measures of a window (DOMAIN §10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, localcontext

from domain.measures.book import Book
from domain.measures.fold import Fold, Mark
from domain.measures.guardrail_time import OpenSeconds
from domain.measures.history import History, Step
from domain.measures.sums import BASIS_POINTS
from domain.money import ZERO

MEASURED = Context(prec=50)
"""Sums and products of what is booked stay exact; only quotients round."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a window; None where there was nothing to measure."""

    start: datetime | None
    end: datetime
    slippage_bps: Decimal | None
    hit_rate: Decimal | None
    guardrail_time_pct: Decimal | None
    skips: Mapping[str, int]
    turnover: Decimal | None
    fees: Decimal
    fee_drag_bps: Decimal | None
    time_weighted_return: Decimal | None
    buy_and_hold: Decimal | None
    decisions: int
    orders_filled: int
    traded_notional: Decimal
    average_value: Decimal | None


def measure(
    history: History, marks: Iterable[Mark], start: datetime | None, end: datetime, open_seconds: OpenSeconds
) -> Measures:
    """The measures from ``start`` (the first event of a position when None) to ``end``, both included.

    The history is whole, since what it adds up to is the state that the window begins with; marks may begin
    with the last one before the window. A portfolio's value is the sum of its positions', its free cash left
    out. A position counts from the first price that is known of it, a fill's own where none was stored, until
    it is closed.
    """
    start = start or history.begins
    with localcontext(MEASURED):
        fold = Fold(start or end, open_seconds)
        if start is not None and start <= end:
            _pass(fold, history, marks, start, end)
        return _summary(fold, start, end)


def _pass(fold: Fold, history: History, marks: Iterable[Mark], start: datetime, end: datetime) -> None:
    steps: list[Mark | Step] = [*history.steps, *marks]
    steps.sort(key=_order)
    has_begun = False
    for step in steps:
        if step.at > end:
            break
        if not has_begun and step.at >= start:
            fold.begin()
            has_begun = True
        fold.worth.advance(step.at)
        if isinstance(step, Mark):
            fold.mark(step)
        else:
            fold.take(step.fact)
    if not has_begun:
        fold.begin()
    fold.worth.advance(end)
    fold.finish()


def _order(step: Mark | Step) -> tuple[datetime, int]:
    """In time; at one moment a split comes before the price, and the price before what was decided on it."""
    if isinstance(step, Mark):
        return step.at, 1
    return step.at, 0 if step.opens_the_moment else 2


def _summary(fold: Fold, start: datetime | None, end: datetime) -> Measures:
    sums, worth = fold.sums, fold.worth
    time_weighted, average = worth.time_weighted_return(), worth.average()
    return Measures(
        start=start,
        end=end,
        slippage_bps=sums.slippage_bps(),
        hit_rate=_ratio(Decimal(sums.orders_filled), Decimal(sums.decisions)),
        guardrail_time_pct=fold.guardrail_time.percent(),
        skips=sums.skips,
        turnover=_ratio(sums.traded, average),
        fees=sums.fees,
        fee_drag_bps=_ratio(BASIS_POINTS * sums.fees, average),
        time_weighted_return=time_weighted,
        buy_and_hold=_held(fold.books.values()),
        decisions=sums.decisions,
        orders_filled=sums.orders_filled,
        traded_notional=sums.traded,
        average_value=average,
    )


def _held(books: Iterable[Book]) -> Decimal | None:
    """What the start would have returned had nothing been traded."""
    began = ended = ZERO
    for book in books:
        if book.held is not None:
            began += book.held.began
            ended += book.held_value()
    return ended / began - 1 if began > 0 else None


def _ratio(top: Decimal, bottom: Decimal | None) -> Decimal | None:
    return top / bottom if bottom else None
