"""The gate's one pass comes to what the checks say of every price, whatever the thresholds are."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.price_point import PricePoint
from domain.quality import (
    EVER,
    Finding,
    Flagged,
    Gate,
    Judged,
    Lane,
    LastGood,
    ListingRules,
    Minutes,
    Observation,
    Recent,
    Stopped,
    Terms,
    Thresholds,
    TradingDay,
    in_time,
    verdict,
)
from domain.quality.lane import is_tick
from domain.quality.outlier import MINUTE, minute_of
from prices_told import LISTING, point

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TERMS = Terms("GBP", "GBX")
PORTFOLIO = UUID(int=7)


def day_of(exchange: str, at: datetime) -> TradingDay:
    """Days of UTC."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return TradingDay(date(at.year, at.month, at.day), midnight + DAY)


def lane(
    thresholds: Thresholds,
    now: datetime = NOON + 5 * DAY,
    tighter: tuple[tuple[UUID, Thresholds], ...] = (),
    **others: Any,
) -> Lane:
    """The listing's lane, knowing nothing yet."""
    rules = ListingRules("XLON", TERMS, thresholds, tighter)
    horizon = now + thresholds.future + timedelta(microseconds=1)
    return Lane(LISTING, rules, is_live=True, horizon=horizon, **others)


def gate(known: Lane, now: datetime = NOON + 5 * DAY) -> Gate:
    """A gate for that listing, of which no corporate action is known."""
    return Gate({LISTING: known}, now, day_of, lambda *_: None, lambda *_: EVER)


def naive(points: Sequence[PricePoint], thresholds: Thresholds, now: datetime) -> Judged:
    """The same by judging every price with every check, keeping all good ones in a list."""
    good: list[PricePoint] = []
    dropped: list[tuple[datetime, Decimal]] = []
    judged = Judged()
    for each in points:
        last = good[-1] if good else None
        context: dict[str, Any] = {}  # of the same moment it is history, judged by the last good one alone
        is_newest = last is None or in_time(each) > in_time(last)
        if is_newest:
            context = {"day_before": _day_before(good, each), "recent": _recent(good, dropped, each)}
        value = last.value if last is not None else None
        finding = verdict(Observation(each, now, thresholds, TERMS, value, **context))
        match finding:
            case Finding(severity="REJECT"):
                judged.rejected.append((each, finding))
            case Finding(severity="CRITICAL"):
                judged.stopped.append(Stopped(each, finding, last))
            case Finding(severity="DROP"):
                judged.dropped.append((each, finding))
                judged.flagged.append(Flagged(each, finding, day_of("", each.as_of).day))
                dropped.append((each.as_of, each.value or Decimal(0)))
            case _:
                if finding is not None and is_newest:
                    judged.flagged.append(Flagged(each, finding, day_of("", each.as_of).day))
                judged.good.append(each)
                if is_newest and each.value is not None:
                    good.append(each)
                    dropped.clear()
    return judged


def _day_before(good: list[PricePoint], point: PricePoint) -> Decimal | None:
    today = day_of("", point.as_of).day
    earlier = [each.value for each in good if day_of("", each.as_of).day < today]
    return earlier[-1] if earlier else None


def _recent(
    good: list[PricePoint], dropped: list[tuple[datetime, Decimal]], point: PricePoint
) -> Recent | None:
    """What the minutes of the hour before were like, counted anew for every tick."""
    minute = minute_of(point.as_of)
    ends: dict[datetime, Decimal] = {}
    for each in good:
        if is_tick(each) and minute_of(each.as_of) < minute and each.value is not None:
            ends[minute_of(each.as_of)] = each.value
        elif not is_tick(each):
            ends.pop(minute_of(each.as_of), None)
    sigma = Minutes([(at, price) for at, price in ends.items() if at >= minute - 61 * MINUTE]).sigma(minute)
    if sigma is None or not is_tick(point):
        return None
    return Recent(sigma, max([good[-1].as_of, *(at for at, _ in dropped[-1:])]), tuple(dropped))


SHARES = ("0.004", "0.01", "0.03", "0.1", "0.3", "0.5", "2")
shares = st.sampled_from(SHARES).map(Decimal)
thresholds = st.builds(
    Thresholds,
    jump_warn=shares,
    jump_critical=shares,
    value_jump=shares,
    split_tolerance=st.sampled_from(["0", "0.02", "0.2"]).map(Decimal),
    split_ratio_max=st.integers(2, 20),
    outlier_sigmas=st.sampled_from(["1", "3", "10"]).map(Decimal),
    outlier_least=st.sampled_from(["0.001", "0.005", "0.05"]).map(Decimal),
)

FACTORS = ("0.01", "100", "0.5", "2", "0.25", "4", "1.5", "0.67", "1.11", "0.89", "1.97", "0.509")
GAPS = (1, 7, 20, 45, 60, 61, 90, 3_600, 40_000)
LABELS = ((None, None),) * 20 + (("GBP", "GBX"), ("GBP", "GBP"), ("USD", None), (None, "GBp"))
KINDS = ("last",) * 8 + ("both", "mid", "half", "bar", "close", "spoilt")


def walk(seed: int) -> list[PricePoint]:
    """Prices of a listing in their order: an hour of ticks or longer ways, most near the one before, some far."""
    chance = random.Random(seed)
    wild, price, at = chance.choice((1, 10, 100)), Decimal(chance.randint(50, 50_000)) / 100, NOON
    is_hour = chance.random() < 0.5
    points = []
    for number in range(chance.randint(40, 120)):
        near = 1 + Decimal(chance.randint(-8 * wild, 8 * wild)) / 10_000
        far = is_hour and number < 45
        step = near if far or chance.random() < 0.8 else Decimal(chance.choice(FACTORS))
        seconds = chance.choice((20, 60)) if is_hour and chance.random() < 0.97 else chance.choice(GAPS)
        at += timedelta(seconds=seconds)
        quoted = max((price * step).quantize(Decimal("0.0001")), Decimal("0.0001"))
        price = quoted if chance.random() < 0.7 or step == near else price
        currency, unit = (None, None) if is_hour else chance.choice(LABELS)
        kind = "last" if far else chance.choice(KINDS)
        points.append(_quoted(chance, kind, point(quoted, at, currency=currency, unit=unit)))
    return points


def _quoted(chance: random.Random, kind: str, last: PricePoint) -> PricePoint:
    """A price with what may come with it."""
    price = last.value or Decimal(1)
    spread = price * chance.choice((Decimal("0.0002"), Decimal("0.03"), Decimal("0.6"), Decimal("-0.1")))
    match kind:
        case "both":
            return replace(last, bid=price - spread, ask=price + spread * 2)
        case "mid":
            return replace(last, last=None, bid=price - spread, ask=price + spread)
        case "half":
            return replace(last, last=None, bid=price)
        case "bar":
            return replace(last, open=price, high=price + spread, low=price - abs(spread))
        case "close":
            return replace(last, is_close=True)
        case "spoilt":
            return replace(last, last=-price)
        case _:
            return last


walks = st.integers(0, 10**9).map(walk)


@given(points=walks, limits=thresholds, ahead=st.booleans())
def test_one_pass_comes_to_what_every_check_says_of_every_price(
    points: list[PricePoint], limits: Thresholds, ahead: bool
) -> None:
    """What passes unseen has nothing to be found in it; and what is remembered is what there was."""
    now = points[-1].as_of - timedelta(seconds=30) if ahead else points[-1].as_of
    known = lane(limits, now, minutes=Minutes(), dropped=())
    found = gate(known, now).take(points)
    wanted = naive(points, limits, now)

    assert found.good == wanted.good
    assert found.stopped == wanted.stopped
    assert found.dropped == wanted.dropped
    assert found.rejected == wanted.rejected
    assert found.flagged == wanted.flagged


@given(points=walks, limits=thresholds, cut=st.integers(0, 90))
def test_a_batch_in_two_parts_is_judged_like_one(
    points: list[PricePoint], limits: Thresholds, cut: int
) -> None:
    """What is remembered between batches is enough."""
    now = points[-1].as_of
    whole = gate(lane(limits, now, minutes=Minutes(), dropped=()), now).take(points)

    first = lane(limits, now, minutes=Minutes(), dropped=())
    one = gate(first, now).take(points[:cut])
    second = lane(limits, now, dropped=first.dropped)
    if first.last_good is not None:
        second.remember(first.last_good)
    second.minutes = first.minutes
    second.centre()
    two = gate(second, now).take(points[cut:])

    assert [*one.good, *two.good] == whole.good
    assert [*one.stopped, *two.stopped] == whole.stopped
    assert [*one.dropped, *two.dropped] == whole.dropped


@given(points=walks, limits=thresholds, own=thresholds)
def test_a_portfolio_of_its_own_thresholds_is_called_for_what_they_find(
    points: list[PricePoint], limits: Thresholds, own: Thresholds
) -> None:
    """And nobody else's prices are any worse for it."""
    tighter = limits.model_copy(
        update={
            "jump_critical": min(limits.jump_critical, own.jump_critical),
            "value_jump": min(limits.value_jump, own.value_jump),
        }
    )
    now = points[-1].as_of
    alone = gate(lane(limits, now, minutes=Minutes(), dropped=()), now).take(points)
    beside = gate(
        lane(limits, now, minutes=Minutes(), dropped=(), tighter=((PORTFOLIO, tighter),)), now
    ).take(points)

    assert beside.good == alone.good
    assert beside.stopped == alone.stopped
    offending = {id(each.point) for each in beside.offended}
    good: list[PricePoint] = []
    for each in beside.good:
        finding = None
        if good and in_time(each) > in_time(good[-1]):
            day_before = _day_before(good, each)
            finding = verdict(Observation(each, now, tighter, TERMS, good[-1].value, day_before=day_before))
        assert (finding is not None and finding.severity == "CRITICAL") == (id(each) in offending)
        if each.value is not None:
            good.append(each)


@given(price=st.integers(8_000, 12_500), buy=st.integers(8_000, 12_500), sell=st.integers(8_000, 12_500))
def test_a_price_that_touches_a_threshold_is_remarkable(price: int, buy: int, sell: int) -> None:
    """Exactly at the threshold counts: the rule's edges are inclusive."""
    quiet = Decimal(buy) / 100, Decimal(sell) / 100
    known = lane(Thresholds(), quiet=quiet)
    known.remember(LastGood(point("100", NOON)))
    value = Decimal(price) / 100
    found = gate(known).take([point(value, NOON + timedelta(seconds=1))])
    assert bool(found.remarkable) == (not quiet[0] < value < quiet[1])
