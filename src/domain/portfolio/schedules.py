"""Say when a portfolio's runs are due."""

from collections.abc import Sequence
from datetime import datetime

from domain.portfolio.events import Schedule, SchedulesSet, StandingSchedule
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, InvalidFields


def set_schedules(state: Portfolio, wanted: Sequence[Schedule], now: datetime) -> list[SchedulesSet]:
    """Make the portfolio's schedules what is wanted, all of them; those that stay as they are go on as they were.

    Raises Conflict for a replay, which lives by another clock, and InvalidFields when a kind has two.
    """
    if state.clock != "live":
        raise Conflict("A replay has no schedules: it does what its prices ask for.")
    _require_one_a_kind(wanted)
    standing = {each.wanted: each for each in state.schedules}
    schedules = tuple(
        standing.get(each) or StandingSchedule(**each.model_dump(), since=now)
        for each in sorted(wanted, key=lambda schedule: schedule.kind)
    )
    if schedules == state.schedules:
        return []
    return [SchedulesSet(portfolio_id=state.id, currency=state.currency, schedules=schedules)]


def _require_one_a_kind(wanted: Sequence[Schedule]) -> None:
    seen: dict[str, int] = {}
    errors = []
    for place, each in enumerate(wanted):
        first = seen.setdefault(each.kind, place)
        if first != place:
            errors.append((f"schedules[{place}].kind", f"schedules[{first}] is of this kind already."))
    if errors:
        raise InvalidFields(errors)
