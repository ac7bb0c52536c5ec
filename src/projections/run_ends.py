"""How each run ended that came to an end: whether the last of its series had failed, at any place in the log."""

from collections.abc import Iterable
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.notifications.notification import series_of
from domain.runs.events import RunEnded
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import or_of_nobody


class RunEndRow(NamedTuple):
    event_number: int
    of_portfolio: UUID | None
    series: str
    failed: bool


RUN_ENDS = Table(
    name="run_ends",
    columns={
        "event_number": "bigint",
        "of_portfolio": "uuid",
        "series": "text not null",
        "failed": "boolean not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(series, event_number)",),
    visible=or_of_nobody("of_portfolio"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row when a run ends."""
    event = recorded.event
    if isinstance(event, RunEnded):
        row = RunEndRow(recorded.number, event.portfolio_id, series_of(event), event.status == "failed")
        yield RUN_ENDS, row


READ_MODEL = ReadModel("run_ends", "inline", (RUN_ENDS,), (RunEnded,), rows)


def had_failed(series: LiteralString, number: LiteralString) -> LiteralString:
    """SQL that says whether the last run of a series that ended before a place in the log had failed."""
    return (
        f"coalesce((select e.failed from run_ends e where e.series = {series}"
        f" and e.event_number < {number} order by e.event_number desc limit 1), false)"
    )
