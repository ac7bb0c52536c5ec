"""What is missing of a listing: each check answers a warning or None, and blocks nothing by itself (DOMAIN §4).

Decisions refuse stale prices of their own accord; these call a person, who would not notice that nothing happens.
"""

from collections.abc import Callable
from datetime import timedelta

from domain.freshness import stale_after
from domain.quality import Finding, Thresholds
from domain.watching.seen import Seen

Check = Callable[[Seen, Thresholds], Finding | None]

MINUTE = timedelta(minutes=1)


def stale_intraday(seen: Seen, thresholds: Thresholds) -> Finding | None:
    """The exchange has been trading for half an hour since the newest price, and prices come in its sessions.

    The first half hour of a session is grace: every morning begins with yesterday's price.
    """
    newest = seen.watched.newest
    if newest is None or seen.newest_tick is None or not seen.hours.is_open:
        return None
    if seen.open_seconds <= thresholds.stale_intraday_seconds:
        return None
    expected = f"at most {thresholds.stale_intraday // MINUTE} minutes of a session without one"
    return Finding("stale_intraday", "WARN", f"the newest is of {newest:%Y-%m-%d %H:%M} UTC", expected)


def stale_close(seen: Seen, thresholds: Thresholds) -> Finding | None:
    """The newest price of any kind is older than three days on which it could have traded."""
    newest = seen.watched.newest
    if newest is None or seen.now - newest <= stale_after(seen.hours, in_session=False):
        return None
    expected = f"at most {thresholds.stale_close_days} days old, days without a session not counted"
    return Finding("stale_close", "WARN", f"the newest is of {newest:%Y-%m-%d %H:%M} UTC", expected)


def missing_close(seen: Seen, thresholds: Thresholds) -> Finding | None:
    """A session has closed hours ago, and its close is not there: of a listing that has closes, or is to have them."""
    due, newest = seen.due_close, seen.newest_close
    if due is None or (newest is None and not seen.watched.monitored):
        return None
    if newest is not None and newest > due.closed_before_at:
        return None
    observed = "there is none" if newest is None else f"the newest is of {newest:%Y-%m-%d %H:%M} UTC"
    expected = (
        f"the close of {due.day}, {thresholds.missing_close_minutes} minutes after {due.closed_at:%H:%M} UTC"
    )
    return Finding("missing_close", "WARN", observed, expected)


def stale_fx(seen: Seen, thresholds: Thresholds) -> Finding | None:
    """It is in another currency, and no rate says what that is worth by now."""
    if seen.fx is None:
        return None
    pair = f"{seen.watched.currency}/{seen.watched.base}"
    observed = (
        f"the newest rate of {pair} is too old" if seen.fx == "stale_fx" else f"there is no rate of {pair}"
    )
    return Finding("stale_fx", "WARN", observed, f"one that is at most {thresholds.stale_fx_days} days old")


CHECKS: tuple[Check, ...] = (stale_intraday, stale_close, missing_close, stale_fx)
RULES: tuple[str, ...] = ("stale_intraday", "stale_close", "missing_close", "stale_fx")

IN_WORDS = {
    "stale_intraday": "has no fresh price, and nothing is decided on an old one",
    "stale_close": "has no price of the last days, and nothing is decided on an old one",
    "missing_close": "has no close of its last session",
    "stale_fx": "cannot be valued in the portfolio's currency",
}


def missing(seen: Seen, thresholds: Thresholds) -> list[Finding]:
    """Everything that is missing of a listing."""
    return [finding for check in CHECKS if (finding := check(seen, thresholds)) is not None]


def sentence(seen: Seen, finding: Finding) -> str:
    """What is missing in one plain sentence."""
    return (
        f"{seen.watched.symbol} {IN_WORDS[finding.rule]}: {finding.observed}; expected is {finding.expected}."
    )
