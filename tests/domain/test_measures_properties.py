"""The measures against a naive second implementation in fractions, over random lives of two positions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.money import ZERO
from told import LISTINGS, NOON, Told

from . import naive_measures as naive
from .naive_measures import Move

HOURS = 8
HOUR = timedelta(hours=1)
SYMBOLS = list(LISTINGS)
POSITIONS = (UUID(int=10), UUID(int=20))

cents = st.integers(1, 40_000).map(lambda number: Decimal(number) / 100)
amounts = st.integers(1, 3_000_000).map(lambda number: Decimal(number) / 100)
counts = st.integers(0, 200).map(Decimal)
which = st.integers(0, 1)
shares = st.integers(1, 99)

deeds = st.one_of(
    st.tuples(
        st.just("trade"), which, st.sampled_from(["BUY", "SELL"]), counts.filter(bool), cents, cents, cents
    ),
    st.tuples(st.just("correct"), which, counts, cents, cents),
    st.tuples(st.just("outside"), which, st.sampled_from(["BUY", "SELL"]), counts.filter(bool), cents, cents),
    st.tuples(st.just("cash"), which, amounts),
    st.tuples(st.just("guard"), which, shares, shares),
    st.tuples(st.just("skip"), which),
)
hours = st.fixed_dictionaries(
    {
        "split": st.none() | st.tuples(which, st.sampled_from([2, 4, 5])),
        "dividend": st.none() | st.tuples(which, cents, cents),
        "prices": st.lists(st.tuples(which, cents), max_size=2),
        "deeds": st.lists(deeds, max_size=3),
    }
)
openings = st.tuples(which, counts, amounts)
lives = st.tuples(
    st.lists(hours, min_size=HOURS, max_size=HOURS),
    openings,
    st.none() | st.tuples(st.integers(0, HOURS - 1), openings),
    st.tuples(cents, cents),
)


@dataclass(frozen=True)
class Executed:
    """The latest revision of an execution; one of an order was ``decided`` at a price."""

    sign: int
    quantity: Decimal
    price: Decimal
    fees: Decimal
    decided: Decimal | None


class Life:
    """One life, told to both implementations at once."""

    def __init__(self, life: Any) -> None:
        self.told, self.moves = Told(), list[Move]()
        self.held: dict[int, Decimal] = {}
        self.listing: dict[int, int] = {}
        self.executions: dict[str, Executed] = {}
        self.of_position: dict[int, list[str]] = {}
        self.decided: list[str | None] = []
        each_hour, first, second, prices = life
        for hour, happens in enumerate(each_hour):
            if hour == 0:
                for listing, price in enumerate(prices):
                    self._price(0, listing, price)
                self._open(0, 0, first)
            else:
                self._market(hour, happens)
            if second is not None and second[0] == hour:
                self._open(hour, 1, second[1])
            does: dict[str, Callable[..., None]] = {
                "trade": self._trade,
                "correct": self._correct,
                "outside": self._outside,
                "cash": self._cash,
                "guard": self._guard,
                "skip": self._skip,
            }
            for kind, position, *numbers in happens["deeds"]:
                if position in self.held:
                    does[kind](hour, position, *numbers)

    def _market(self, hour: int, happens: Any) -> None:
        if happens["split"] is not None:
            self._split(hour, *happens["split"])
        if happens["dividend"] is not None:
            self._dividend(hour, *happens["dividend"])
        for listing, price in happens["prices"]:
            self._price(hour, listing, price)

    def _price(self, hour: int, listing: int, price: Decimal) -> None:
        self.told.price(hour, price, SYMBOLS[listing])
        self.moves.append(Move(hour, "price", listing=listing, number=Fraction(price)))

    def _open(self, hour: int, position: int, opening: tuple[int, Decimal, Decimal]) -> None:
        listing, count, cash = opening
        self.held[position], self.listing[position] = count, listing
        self.told.opened(hour, count, of=POSITIONS[position], symbol=SYMBOLS[listing], cash=cash)
        self.moves.append(Move(hour, "open", position, listing, Fraction(count), Fraction(cash)))

    def _split(self, hour: int, listing: int, ratio: int) -> None:
        among = [position for position in self.held if self.listing[position] == listing]
        for position in among:
            old = self.held[position]
            self.held[position] = old * ratio
            self.told.split(hour, ratio, old, old * ratio, of=POSITIONS[position])
            once = Fraction(ratio if position == among[0] else 1)
            came = Fraction(old * (ratio - 1))
            self.moves.append(
                Move(hour, "split", position, listing, came, number=once, ratio=Fraction(ratio))
            )

    def _dividend(self, hour: int, position: int, per_share: Decimal, tax: Decimal) -> None:
        """Taxed per share here, so that a share's part is a decimal; nothing is owed without shares."""
        if not self.held.get(position):
            return
        count, tax = self.held[position], min(tax, per_share)
        self.told.dividend(hour, count, str(per_share), tax * count, of=POSITIONS[position])
        each = Fraction(per_share - tax)
        self.moves.append(Move(hour, "dividend", position, cash=each * Fraction(count), number=each))

    def _trade(
        self,
        hour: int,
        position: int,
        side: Any,
        count: Decimal,
        price: Decimal,
        decided: Decimal,
        fees: Decimal,
    ) -> None:
        count = count if side == "BUY" else min(count, self.held[position])
        order = 1_000 + len(self.decided)
        name = f"execution of {order}"
        self.told.ordered(hour, order, POSITIONS[position])
        self.decided.append(name)
        if not count:
            return
        self.told.filled(
            hour,
            side,
            count,
            price,
            decided=decided,
            fees=fees,
            order=order,
            name=name,
            of=POSITIONS[position],
        )
        self.of_position.setdefault(position, []).append(name)
        self._booked(hour, position, name, Executed(1 if side == "BUY" else -1, count, price, fees, decided))

    def _booked(self, hour: int, position: int, name: str, now: Executed) -> None:
        """An execution as it is now: what moved is the difference from what it was."""
        was = self.executions.get(name, Executed(now.sign, ZERO, ZERO, ZERO, None))
        self.executions[name] = now
        came = now.sign * (now.quantity - was.quantity)
        paid = now.sign * (now.quantity * now.price - was.quantity * was.price) + now.fees - was.fees
        self.held[position] += came
        self.moves.append(Move(hour, "trade", position, shares=Fraction(came), cash=-Fraction(paid)))

    def _correct(self, hour: int, position: int, count: Decimal, price: Decimal, fees: Decimal) -> None:
        """The position's latest execution is replaced, unless a split or a lack of shares stands in the way."""
        names = self.of_position.get(position)
        if not names:
            return
        was = self.executions[names[-1]]
        if self.held[position] + was.sign * (count - was.quantity) < 0:
            return
        self.told.corrected(hour, count, price, fees=fees, name=names[-1], of=POSITIONS[position])
        now = replace(was, quantity=count, price=price, fees=fees)
        self._booked(hour, position, names[-1], now)

    def _outside(
        self, hour: int, position: int, side: Any, count: Decimal, price: Decimal, fees: Decimal
    ) -> None:
        count = count if side == "BUY" else min(count, self.held[position])
        if not count:
            return
        self.told.adopted(hour, side, count, price, fees, POSITIONS[position])
        now = Executed(1 if side == "BUY" else -1, count, price, fees, None)
        self._booked(hour, position, f"from outside {len(self.executions)}", now)

    def _cash(self, hour: int, position: int, amount: Decimal) -> None:
        self.told.cash(hour, amount, POSITIONS[position])
        self.moves.append(Move(hour, "cash", position, cash=Fraction(amount)))

    def _guard(self, hour: int, position: int, one: int, other: int) -> None:
        if one == other:
            return
        low, high = sorted((Decimal(one) / 100, Decimal(other) / 100))
        self.told.settings(hour, POSITIONS[position], g_low=low, g_high=high)
        self.moves.append(Move(hour, "guard", position, cash=Fraction(high), number=Fraction(low)))

    def _skip(self, hour: int, position: int) -> None:
        self.told.skipped(hour, "below_min", POSITIONS[position])
        self.decided.append(None)


def near(number: Decimal | None, expected: Fraction | None) -> bool:
    """Whether a measure is what the naive implementation says, to thirty digits."""
    if number is None or expected is None:
        return number is None and expected is None
    return abs(Fraction(number) - expected) <= (1 + abs(expected)) / 10**30


def odd_hours(_: str, start: datetime, end: datetime) -> Decimal:
    """An exchange that is open from one to two, from three to four, and so on."""
    whole = int((end - start) / HOUR)
    return Decimal(sum(is_odd((start + hour * HOUR).hour) for hour in range(whole))) * 3_600


def is_odd(hour: int) -> bool:
    """Whether that exchange is open in an hour after noon."""
    return bool(hour % 2)


@given(lives, st.none() | st.integers(0, HOURS))
def test_value_return_and_guardrail_time_are_those_of_the_naive_implementation(
    life: Any, start: int | None
) -> None:
    told = Life(life)

    found = told.told.measures(start, HOURS, odd_hours)

    begin = start or 0
    assert near(found.time_weighted_return, naive.time_weighted(told.moves, begin))
    assert near(found.buy_and_hold, naive.held(told.moves, begin))
    if begin < HOURS:
        assert near(found.average_value, naive.average(told.moves, begin, HOURS))
        assert near(found.guardrail_time_pct, naive.inside(told.moves, begin, HOURS, is_odd))


@given(lives)
def test_sums_are_those_of_each_executions_latest_revision(life: Any) -> None:
    told = Life(life)

    found = told.told.measures(end=HOURS)

    executed = told.executions.values()
    decided = [(each, each.decided) for each in executed if each.decided is not None]
    assert found.fees == sum((each.fees for each in executed), ZERO)
    assert found.traded_notional == sum((each.quantity * each.price for each in executed), ZERO)
    lost = sum((each.sign * (each.price - price) * each.quantity for each, price in decided), ZERO)
    against = sum((price * each.quantity for each, price in decided), ZERO)
    assert near(found.slippage_bps, 10_000 * Fraction(lost) / Fraction(against) if against else None)
    filled = [name for name in told.decided if name in told.executions and told.executions[name].quantity]
    assert near(found.hit_rate, Fraction(len(filled), len(told.decided)) if told.decided else None)
    assert found.skips.get("below_min", 0) == told.decided.count(None)


@given(lives, st.integers(1, HOURS - 1))
def test_windows_that_follow_one_another_add_up_and_link(life: Any, middle: int) -> None:
    """Fees and turnover add, growth multiplies: a window begins with what the one before it left."""
    told = Life(life).told
    seam = NOON + timedelta(hours=middle)

    whole = told.measures(0, HOURS)
    before, after = told.measures(0, seam - timedelta(microseconds=1)), told.measures(seam, HOURS)

    assert before.fees + after.fees == whole.fees
    assert before.traded_notional + after.traded_notional == whole.traded_notional
    growths = [each.time_weighted_return for each in (before, after, whole)]
    if all(growth is not None and growth > -1 for growth in growths):
        first, second, all_of_it = (1 + Fraction(growth) for growth in growths if growth is not None)
        assert near(Decimal(0), all_of_it - first * second)
