"""Every check of a price on its way in, in the order in which one of them has the say (DOMAIN §4)."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from domain.numbers import exactly, shortest
from domain.quality.finding import Finding, Severity
from domain.quality.observation import Observation
from domain.quality.rules import outlier_reach
from domain.quality.thresholds import Thresholds

Check = Callable[[Observation], Finding | None]
Verdict = Finding | None
"""The finding that has the say over a price, None when it is good and there is nothing to tell."""


def non_positive(observation: Observation) -> Finding | None:
    """No price is zero or less."""
    point = observation.point
    given = (point.last, point.bid, point.ask, point.open, point.high, point.low)
    wrong = next((price for price in given if price is not None and price <= 0), None)
    return None if wrong is None else Finding("non_positive", "REJECT", str(wrong), "above 0")


def future(observation: Observation) -> Finding | None:
    """A price from more than some seconds ahead is a wrong stamp."""
    limit = observation.thresholds.future_seconds
    ahead = (observation.point.as_of - observation.now).total_seconds()
    if ahead <= limit:
        return None
    return Finding("future", "REJECT", f"{ahead:.0f} s ahead", f"at most {limit} s")


def crossed(observation: Observation) -> Finding | None:
    """Nobody bids more than is asked."""
    bid, ask = observation.point.bid, observation.point.ask
    if bid is None or ask is None or bid <= ask:
        return None
    return Finding("crossed", "REJECT", f"bid {bid}, ask {ask}", "a bid not above the ask")


def bad_bar(observation: Observation) -> Finding | None:
    """A bar's open and close lie between its lowest and its highest price."""
    bar = observation.point
    inside = [price for price in (bar.open, bar.last) if price is not None]
    low, high = bar.low, bar.high
    too_low = low is not None and any(price < low for price in inside)
    too_high = high is not None and any(price > high for price in inside)
    upside_down = low is not None and high is not None and low > high
    if not (too_low or too_high or upside_down):
        return None
    observed = f"open {bar.open}, high {high}, low {low}, close {bar.last}"
    return Finding("bad_bar", "REJECT", observed, "low ≤ open, close ≤ high")


def currency_mismatch(observation: Observation) -> Finding | None:
    """The provider calls the currency or the unit something else than the listing's."""
    point, terms = observation.point, observation.terms
    said = terms.contradicts(point.currency, point.unit) if terms else None
    return None if said is None else Finding("currency_mismatch", "CRITICAL", said, str(terms))


def scale(observation: Observation) -> Finding | None:
    """About a hundred times more or less than expected: pounds for pence, or pence for pounds."""
    last = observation.last_good if observation.expected is None else observation.expected
    low, high = observation.thresholds.scale_low, observation.thresholds.scale_high
    if last is None:
        return None
    for price in _unexplained(observation):
        if (last * low <= price <= last * high) or (price * low <= last <= price * high):
            return Finding("scale", "CRITICAL", str(price), f"near {last}")
    return None


def split_suspect(observation: Observation) -> Finding | None:
    """The last good price divided or multiplied by a whole number, and no action that says so."""
    last, limits = observation.last_good, observation.thresholds
    if last is None:
        return None
    for price in _unexplained(observation):
        split, reverse = _whole_ratio(last, price, limits), _whole_ratio(price, last, limits)
        if split or reverse:
            ratio = f"{split} for 1" if split else f"1 for {reverse}"
            return Finding("split_suspect", "CRITICAL", str(price), f"near {last}, or a split {ratio}")
    return None


def _whole_ratio(before: Decimal, after: Decimal, limits: Thresholds) -> int | None:
    """The whole number of at least two that ``before ÷ after`` is, within the tolerance."""
    numbers = range(2, limits.split_ratio_max + 1)
    tolerance = limits.split_tolerance * after
    return next((each for each in numbers if abs(before - each * after) <= each * tolerance), None)


def jump(observation: Observation) -> Finding | None:
    """Far from the last good price: some is worth telling, more is quarantined.

    A price that an action should have moved and did not has jumped: it is judged against both, and the worse counts.
    """
    found = [
        finding
        for price in _unexplained(observation)
        for last in (observation.last_good, observation.expected)
        if last is not None and (finding := _distance(observation, price, last)) is not None
    ]
    return _worst(found)


def value_jump(observation: Observation) -> Finding | None:
    """Far from where the day began, in steps that are no jump: so far that what is held changed its value too much.

    Units that were bought or sold today are worth as much before as after, so a trade neither causes nor excuses it.
    """
    before, limit = observation.day_before, observation.thresholds.value_jump
    for price in observation.point.prices:
        if before is not None and abs(price - before) > before * limit:
            expected = f"within {_percent(limit)} of {before}, the last price before today"
            return Finding("value_jump", "CRITICAL", str(price), expected)
    return None


def outlier(observation: Observation) -> Finding | None:
    """Many times what a minute usually moves the price, until the market is seen to have moved there."""
    point, recent, last = observation.point, observation.recent, observation.last_good
    price = point.value
    if recent is None or last is None or price is None or not recent.follows(point.as_of):
        return None
    limit = outlier_reach(observation.thresholds, recent.sigma)
    if abs(price - last) <= last * limit or recent.has_moved(point.as_of, price, last):
        return None
    return Finding("outlier", "DROP", str(price), f"within {_percent(limit)} of {last}")


CHECKS: tuple[Check, ...] = (
    non_positive,
    future,
    crossed,
    bad_bar,
    currency_mismatch,
    scale,
    split_suspect,
    jump,
    value_jump,
    outlier,
)
"""Of findings that are equally bad the first has the say: pence for pounds are told as that, not as a jump."""

WORST_FIRST: tuple[Severity, ...] = ("REJECT", "CRITICAL", "DROP", "WARN")


@exactly
def judge(observation: Observation) -> tuple[Finding, ...]:
    """Every finding of the gate on one price, in the order of ``CHECKS``."""
    return tuple(finding for check in CHECKS if (finding := check(observation)) is not None)


def verdict(observation: Observation) -> Verdict:
    """The one finding that has the say: the worst, and of those the most specific."""
    return _worst(judge(observation))


def _worst(found: Iterable[Finding]) -> Verdict:
    return min(found, key=lambda finding: WORST_FIRST.index(finding.severity), default=None)


def _unexplained(observation: Observation) -> Iterable[Decimal]:
    return (price for price in observation.point.prices if not observation.is_explained(price))


def _distance(observation: Observation, price: Decimal, last: Decimal) -> Finding | None:
    limits = observation.thresholds
    distance = abs(price - last)
    if distance > last * limits.jump_critical:
        return Finding("jump", "CRITICAL", str(price), f"within {_percent(limits.jump_critical)} of {last}")
    if distance > last * limits.jump_warn:
        return Finding("jump", "WARN", str(price), f"within {_percent(limits.jump_warn)} of {last}")
    return None


def _percent(share: Decimal) -> str:
    return f"{shortest(round(share * 100, 2))}%"
