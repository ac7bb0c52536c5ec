"""Exchange rates, and what an amount is worth in another currency: by a rate that is there and fresh, or not at all.

A pair without a rate of its own is converted by its inverse, or over one common currency. There is no default.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from domain.money import Money
from domain.numbers import EXACT
from domain.quality import Finding

STALE_FX = timedelta(days=3)
JUMP_CRITICAL = Decimal("0.50")
AHEAD_MAX = timedelta(seconds=5)

FxProblem = Literal["fx_missing", "stale_fx"]


class Pair(NamedTuple):
    """Two currencies: one unit of ``base`` costs so much of ``quote``."""

    base: str
    quote: str

    def __str__(self) -> str:
        return f"{self.base}/{self.quote}"


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of the pair's base cost in its quote at a moment, and who said so."""

    pair: Pair
    as_of: datetime
    rate: Decimal
    source: str


class Converted(NamedTuple):
    """An amount in another currency, unrounded, by rates of which the oldest is ``as_of``; None without any."""

    money: Money
    as_of: datetime | None


class _Way(NamedTuple):
    """A way from one currency to another: multiply, divide, and how old its oldest rate is."""

    as_of: datetime
    times: Decimal
    over: Decimal


def convert(money: Money, currency: str, rates: Iterable[Rate], now: datetime) -> Converted | FxProblem:
    """An amount in another currency, by the pair's own rate, else its inverse, else over one common currency.

    Of several ways over a common currency the freshest counts, then the alphabet. ``rates`` are the latest good ones.
    What is older than three days converts nothing.
    """
    if money.currency == currency:
        return Converted(money, None)
    latest = _latest(rates)
    fresh = _best(
        money.currency, currency, {pair: each for pair, each in latest.items() if not is_stale(each, now)}
    )
    if fresh is None:
        return "fx_missing" if _best(money.currency, currency, latest) is None else "stale_fx"
    with localcontext(EXACT):
        return Converted(Money(money.amount * fresh.times / fresh.over, currency), fresh.as_of)


def rate_of(base: str, quote: str, rates: Iterable[Rate]) -> Decimal | None:
    """What one unit of a currency cost in another by these rates, however old they are; None when none says it.

    For looking back: what is decided on is converted by fresh rates only.
    """
    if base == quote:
        return Decimal(1)
    way = _best(base, quote, _latest(rates))
    if way is None:
        return None
    with localcontext(EXACT):
        return way.times / way.over


def is_stale(rate: Rate, now: datetime) -> bool:
    """Whether a rate is too old to convert by."""
    return now - rate.as_of > STALE_FX


def _latest(rates: Iterable[Rate]) -> Mapping[Pair, Rate]:
    """The newest rate of each pair; of one moment the source that comes first in the alphabet."""
    newest = dict[Pair, Rate]()
    for each in sorted(rates, key=lambda rate: rate.source, reverse=True):
        known = newest.get(each.pair)
        if known is None or known.as_of <= each.as_of:
            newest[each.pair] = each
    return newest


def _best(base: str, quote: str, rates: Mapping[Pair, Rate]) -> _Way | None:
    return _leg(base, quote, rates) or max(
        _crosses(base, quote, rates), key=lambda cross: cross.as_of, default=None
    )


def _leg(base: str, quote: str, rates: Mapping[Pair, Rate]) -> _Way | None:
    direct, inverse = rates.get(Pair(base, quote)), rates.get(Pair(quote, base))
    if direct is not None:
        return _Way(direct.as_of, direct.rate, Decimal(1))
    return None if inverse is None else _Way(inverse.as_of, Decimal(1), inverse.rate)


def _crosses(base: str, quote: str, rates: Mapping[Pair, Rate]) -> Iterator[_Way]:
    """The ways over one other currency, in the order of the alphabet."""
    for common in sorted({currency for pair in rates for currency in pair} - {base, quote}):
        first, second = _leg(base, common, rates), _leg(common, quote, rates)
        if first is not None and second is not None:
            with localcontext(EXACT):
                times, over = first.times * second.times, first.over * second.over
            yield _Way(min(first.as_of, second.as_of), times, over)


def judge(rate: Rate, last_good: Rate | None, now: datetime) -> Finding | None:
    """What is wrong with a rate: REJECT for what cannot be one, CRITICAL for one too far from the last good one."""
    if rate.rate <= 0:
        return Finding("non_positive", "REJECT", str(rate.rate), "above 0")
    if rate.as_of - now > AHEAD_MAX:
        ahead = int((rate.as_of - now).total_seconds())
        return Finding("future", "REJECT", f"{ahead} s ahead", f"at most {int(AHEAD_MAX.total_seconds())} s")
    if last_good is not None and abs(rate.rate - last_good.rate) > last_good.rate * JUMP_CRITICAL:
        return Finding(
            "fx_jump", "CRITICAL", str(rate.rate), f"within {JUMP_CRITICAL:.0%} of {last_good.rate}"
        )
    return None
