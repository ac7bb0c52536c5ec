"""What came of a replay, beside having bought at the first close and held."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from application.ports import PricePoint
from domain.events import Recorded
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import round_down
from domain.order import OrderStatus
from domain.position.events import ExecutionBooked, OrderEnded, Skipped
from domain.position.state import Position


@dataclass(frozen=True, slots=True)
class Summary:
    """``trades`` are filled orders; values are in the currency, at the last good close."""

    bars: int
    trades: int
    buys: int
    sells: int
    skips: Mapping[str, int]
    fees: Decimal
    shares: Decimal
    cash: Decimal
    final_value: Decimal
    buy_and_hold: Decimal


def summarise(
    events: Iterable[Recorded],
    position: Position,
    points: Sequence[PricePoint],
    last_good: Decimal,
    begun_with: tuple[Decimal, Decimal],
) -> Summary:
    """Add up a replay's events. ``begun_with`` is its cash and its shares; ``points`` are all its rows."""
    facts = [recorded.event for recorded in events]
    filled = [each for each in facts if isinstance(each, OrderEnded) and each.status == OrderStatus.FILLED]
    skips = Counter(each.outputs.reason or "" for each in facts if isinstance(each, Skipped))
    value = position.shares * last_good * position.unit_scale + position.cash + position.receivable
    return Summary(
        bars=len(points),
        trades=len(filled),
        buys=sum(each.side == "BUY" for each in filled),
        sells=sum(each.side == "SELL" for each in filled),
        skips=dict(sorted(skips.items())),
        fees=sum((each.commission for each in facts if isinstance(each, ExecutionBooked)), ZERO),
        shares=position.shares,
        cash=position.cash,
        final_value=round_to_minor_unit(value, position.currency),
        buy_and_hold=_held(position, points[0].value or ZERO, last_good, begun_with),
    )


def _held(position: Position, first: Decimal, last: Decimal, begun_with: tuple[Decimal, Decimal]) -> Decimal:
    """The starting value put into whole lots at the first close, without cost; the rest stays cash."""
    cash, shares = begun_with
    bought_at, sold_at = first * position.unit_scale, last * position.unit_scale
    starting_value = cash + shares * bought_at
    held = round_down(starting_value / bought_at, position.lot)
    return round_to_minor_unit(held * sold_at + starting_value - held * bought_at, position.currency)
