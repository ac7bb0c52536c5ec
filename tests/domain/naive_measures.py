"""The measures of DOMAIN §10 a second time, the slow and simple way: fractions, and every sum from the beginning.

It knows of one life of positions, told as plain moves; it shares no code with what it checks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Move:
    """Something that happened: shares and cash that came, a price or a bound as ``number``, a split's ``ratio``."""

    hour: int
    kind: str
    position: int = 0
    listing: int = 0
    shares: Fraction = Fraction(0)
    cash: Fraction = Fraction(0)
    number: Fraction = Fraction(0)
    ratio: Fraction = Fraction(1)


@dataclass
class Holding:
    """What a position holds, and its own guardrails."""

    listing: int
    shares: Fraction
    cash: Fraction
    low: Fraction | None = None
    high: Fraction | None = None


Holdings = dict[int, Holding]


def after(moves: Sequence[Move]) -> tuple[Holdings, dict[int, Fraction]]:
    """The positions and the prices after some moves."""
    holdings: Holdings = {}
    prices: dict[int, Fraction] = {}
    for move in moves:
        if move.kind == "price":
            prices[move.listing] = move.number
        elif move.kind == "open":
            holdings[move.position] = Holding(move.listing, move.shares, move.cash)
        elif move.kind == "guard":
            holdings[move.position].low = move.number
            holdings[move.position].high = move.cash
        else:
            holding = holdings[move.position]
            if move.kind == "split":
                prices[holding.listing] /= move.number
            holding.shares += move.shares
            holding.cash += move.cash
    return holdings, prices


def worth(moves: Sequence[Move]) -> Fraction:
    """What everything is worth after some moves."""
    holdings, prices = after(moves)
    return sum((each.shares * prices[each.listing] + each.cash for each in holdings.values()), Fraction(0))


FLOWS = ("open", "cash")


def time_weighted(moves: Sequence[Move], start: int) -> Fraction:
    """The growth of the stretches between flows, multiplied; less one."""
    growth, base = Fraction(1), Fraction(0)
    begun = False
    for index, move in enumerate(moves):
        if not begun and move.hour >= start:
            begun, base = True, worth(moves[:index])
        if begun and move.kind in FLOWS:
            if base > 0:
                growth *= worth(moves[:index]) / base
            base = worth(moves[: index + 1])
    if not begun:
        base = worth(moves)
    if base > 0:
        growth *= worth(moves) / base
    return growth - 1


def each_hour(moves: Sequence[Move], start: int, end: int) -> Iterator[Sequence[Move]]:
    """What had happened by the beginning of each hour; nothing happens within one."""
    for hour in range(start, end):
        yield [move for move in moves if move.hour <= hour]


def average(moves: Sequence[Move], start: int, end: int) -> Fraction | None:
    """The mean of the values of the hours in which there was a position."""
    values = [worth(known) for known in each_hour(moves, start, end) if after(known)[0]]
    return sum(values, Fraction(0)) / len(values) if values else None


def inside(moves: Sequence[Move], start: int, end: int, is_open: Callable[[int], bool]) -> Fraction | None:
    """The share of open hours, over all positions, that stood inside their own guardrails or 25-75 %."""
    stood: list[bool] = []
    for hour, known in zip(range(start, end), each_hour(moves, start, end), strict=True):
        holdings, prices = after(known)
        for each in holdings.values():
            assets = each.shares * prices[each.listing]
            value = assets + each.cash
            if is_open(hour) and value > 0:
                low = Fraction(1, 4) if each.low is None else each.low
                high = Fraction(3, 4) if each.high is None else each.high
                stood.append(low <= assets / value <= high)
    return Fraction(100 * sum(stood), len(stood)) if stood else None


def held(moves: Sequence[Move], start: int) -> Fraction | None:
    """What the start would have returned untraded; a position's start takes in flows until something else moves it."""
    starts: dict[int, tuple[Fraction, Fraction, Fraction]] = {}
    moved: set[int] = set()
    begun = False
    for index, move in enumerate(moves):
        if not begun and move.hour >= start:
            begun, moved = True, set()
            starts = _starts(moves[:index])
        if move.kind == "price":
            moved |= {name for name, each in after(moves[:index])[0].items() if each.listing == move.listing}
        elif move.kind in FLOWS and move.position not in moved:
            starts[move.position] = _starts(moves[: index + 1])[move.position]
        elif move.kind in ("trade", "split", "dividend"):
            moved.add(move.position)
            if move.position in starts:
                starts[move.position] = _acted(move, *starts[move.position])
    if not begun:
        starts = _starts(moves)
    holdings, prices = after(moves)
    began = sum((worth for _, _, worth in starts.values()), Fraction(0))
    ended = sum(
        (shares * prices[holdings[name].listing] + cash for name, (shares, cash, _) in starts.items()),
        Fraction(0),
    )
    return ended / began - 1 if began > 0 else None


def _starts(moves: Sequence[Move]) -> dict[int, tuple[Fraction, Fraction, Fraction]]:
    holdings, prices = after(moves)
    return {
        name: (each.shares, each.cash, each.shares * prices[each.listing] + each.cash)
        for name, each in holdings.items()
    }


def _acted(
    move: Move, shares: Fraction, cash: Fraction, worth: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    if move.kind == "split":
        return shares * move.ratio, cash, worth
    if move.kind == "dividend":
        return shares, cash + shares * move.number, worth
    return shares, cash, worth
