"""The pipeline of one person's portfolios, gathered from what each step has left behind."""

from typing import Any
from uuid import UUID

from psycopg import Connection

from api.http.answers import moment
from api.http.asked import Reading
from api.http.fresh import judged
from domain import pipeline
from domain.pipeline import Happened, Step
from projections import orders, portfolios, quarantine, timeline

NEWEST = 2**63 - 1
STOPPED_MAX = 1_000
DECIDED = ("position.order_intended", "position.skipped")
ORDERED = ("position.order_accepted", "position.order_ended")
BOOKED = ("position.execution_booked",)


def steps(reading: Reading) -> tuple[Step, ...]:
    """The steps in their order."""
    found, member = judged(reading, None), reading.principal
    newest = max((each.newest.as_of for each in found if each.newest.as_of), default=None)
    old = sum(each.freshness.standing != "fresh" for each in found)
    with reading.house.pool.connection() as connection:
        stopped = quarantine.page(connection, member, quarantine.Wanted(is_open=True), 0, STOPPED_MAX)
        return (
            pipeline.feed(len(found), old, newest),
            pipeline.gate(len(stopped)),
            pipeline.decision(
                _latest(connection, member, DECIDED), len(portfolios.frozen_of(connection, member))
            ),
            pipeline.order(orders.open_by_status(connection, member), _latest(connection, member, ORDERED)),
            pipeline.booking(_latest(connection, member, BOOKED)),
        )


def step_json(step: Step) -> dict[str, Any]:
    """A step as answers show it."""
    kind, _, subject = (step.subject or "").partition("-")
    return {
        "name": step.name,
        "state": step.state,
        "word": step.word,
        "at": moment(step.at),
        "sentence": step.sentence,
        "position_id": UUID(subject) if kind == "position" else None,
    }


def _latest(connection: Connection[dict[str, Any]], member: str, types: tuple[str, ...]) -> Happened | None:
    """The newest event of some types."""
    wanted = timeline.Selection(types=types)
    found = timeline.page(connection, member, wanted, after=NEWEST, limit=1, newest_first=True)
    return Happened(found[0]["at"], found[0]["message"], found[0]["stream"]) if found else None
