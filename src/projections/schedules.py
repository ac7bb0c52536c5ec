"""Schedules as they stand, and up to when their slots have been asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Raw
from msgspec.json import encode
from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import SchedulesSet, StandingSchedule
from domain.runs.due import Standing
from domain.runs.kinds import HouseKind
from domain.streams import State
from projections.connections import Connections
from projections.read_model import ReadModel, RowOf, Table


class SchedulesRow(NamedTuple):
    portfolio_id: UUID
    event_number: int
    schedules: Raw


SCHEDULES = Table(
    name="schedules",
    columns={
        "portfolio_id": "uuid",
        "event_number": "bigint not null",
        "schedules": "jsonb not null",
    },
    key=("portfolio_id",),
    mode="replace",
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """All schedules of a portfolio, in place of those before."""
    event = recorded.event
    if isinstance(event, SchedulesSet):
        schedules = Raw(encode([each.model_dump(mode="json") for each in event.schedules]))
        yield SCHEDULES, SchedulesRow(event.portfolio_id, recorded.number, schedules)


READ_MODEL = ReadModel("schedules", "inline", (SCHEDULES,), (SchedulesSet,), rows)

HOUSE_ZONE = "UTC"
FIRST_LOOK_BACK = timedelta(days=1)
"""How far back a slot of the house's may lie that was never asked for, as after an update."""

# What a clock that was ahead has asked for is no reason not to look at the time between.
OF_PORTFOLIOS = """
    select portfolio_id, entry ->> 'kind' as kind, entry ->> 'cron' as cron, entry ->> 'time_zone' as time_zone,
        greatest((entry ->> 'since')::timestamptz, latest.slot) as after
    from schedules cross join lateral jsonb_array_elements(schedules) entry
    left join lateral (
        select slot from runs where runs.portfolio_id = schedules.portfolio_id and runs.kind = entry ->> 'kind'
            and slot <= %(now)s and requested_at <= %(now)s order by slot desc limit 1
    ) latest on true
    where (entry ->> 'enabled')::boolean order by portfolio_id, kind"""

OF_HOUSE = """
    select coalesce(
        (select slot from runs where portfolio_id is null and kind = %(kind)s
            and slot <= %(now)s and requested_at <= %(now)s order by slot desc limit 1),
        (select greatest((convert_from(state, 'UTF8')::jsonb #>> '{meta,recorded_at}')::timestamptz, %(earliest)s)
            from stored_events where notification_id = 1)
    ) as after"""


class Schedules:
    """The application's Schedules. ``house`` are the cron expressions of what is done for the whole house, in UTC."""

    def __init__(self, pool: Connections, house: Mapping[HouseKind, str]) -> None:
        self._pool = pool
        self._house = house

    def changed(self) -> int:
        """See application.ports.Schedules."""
        with self._pool.connection() as connection:
            row = connection.execute("select max(event_number) as number from schedules").fetchone()
        return (row and row["number"]) or 0

    def standing(self, now: datetime) -> Sequence[Standing]:
        """See application.ports.Schedules. The house's begin once there is anything to look after."""
        with self._pool.connection() as connection:
            of_portfolios = connection.execute(OF_PORTFOLIOS, {"now": now}).fetchall()
            of_house = [(kind, cron, _after(connection, kind, now)) for kind, cron in self._house.items()]
        return [
            *(Standing(**row) for row in of_portfolios),
            *(Standing(None, kind, cron, HOUSE_ZONE, after) for kind, cron, after in of_house if after),
        ]


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[StandingSchedule]:
    """A portfolio's schedules, those that are switched off too, in the order of their kinds."""
    row = connection.execute(
        "select schedules from schedules where portfolio_id = %s", (portfolio_id,)
    ).fetchone()
    return [StandingSchedule.model_validate(each) for each in row["schedules"]] if row else []


def _after(connection: Connection[dict[str, Any]], kind: HouseKind, now: datetime) -> datetime | None:
    earliest = now - FIRST_LOOK_BACK
    row = connection.execute(OF_HOUSE, {"kind": kind, "now": now, "earliest": earliest}).fetchone()
    return row["after"] if row else None
