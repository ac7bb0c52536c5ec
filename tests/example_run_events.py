"""Runs that tests share, and an example of each of their events."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.exports.wanted import ExportedFile, ExportWanted
from domain.portfolio.events import SchedulesSet, StandingSchedule
from domain.runs import decide as rules
from domain.runs import state as run_state
from domain.runs.decide import Result
from domain.runs.events import ExportWritten, RetentionApplied, RunRequested
from domain.runs.state import Run
from given_when_then import Decider
from stories import AT, PORTFOLIO_ID

RUN_ID = UUID("019aa000-0000-7000-8000-000000000008")
SLOT = AT.replace(minute=0)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

run: Decider[Run] = Decider(run_state.evolve)


def requested(**changes: Any) -> RunRequested:
    """A reconciliation that a schedule asked for."""
    wanted: dict[str, Any] = {
        "run_id": RUN_ID,
        "kind": "reconciliation",
        "portfolio_id": PORTFOLIO_ID,
        "trigger": "schedule",
        "slot": SLOT,
        "as_of": SLOT,
    }
    return RunRequested(**wanted | changes)


def run_examples() -> list[Event]:
    """One of each."""
    state = run.given(requested()).state
    [started] = rules.start(state, AT)
    [ended] = rules.end(
        run.given(requested(), started).state,
        Result("success", "The books agree with the broker's."),
        HASH,
    )
    schedules = (
        StandingSchedule(kind="dividends", cron="0 3 * * *", time_zone="UTC", enabled=False, since=AT),
        StandingSchedule(
            kind="reconciliation", cron="*/20 8-16 * * 1-5", time_zone="Europe/London", enabled=True, since=AT
        ),
    )
    scheduled = SchedulesSet(portfolio_id=PORTFOLIO_ID, currency="USD", schedules=schedules)
    return [requested(), started, ended, scheduled, retention(AT), written()]


def later_run_examples() -> dict[str, Event]:
    """With what their first release did not have: what is done for one person, and what an export is of."""
    asked = requested(
        kind="export",
        trigger="person",
        slot=None,
        owner="local",
        export=ExportWanted(
            what="events", form="parquet", since=None, until=AT, destination="s3://a-bucket/2026"
        ),
    )
    state = run.given(asked).state
    [started] = rules.start(state, AT)
    [ended] = rules.end(run.given(asked, started).state, Result("success", written().sentence()))
    return {"export": asked, "owner": started, "owned": ended}


def written(**changes: Any) -> ExportWritten:
    """An export of events."""
    said: dict[str, Any] = {
        "run_id": RUN_ID,
        "kind": "export",
        "portfolio_id": None,
        "owner": "local",
        "place": f"file:2026/{RUN_ID}",
        "files": (
            ExportedFile(name="events.parquet", rows=12_345, size_bytes=678_901, sha256=HASH),
            ExportedFile(name="manifest.json", rows=None, size_bytes=2_345, sha256=HASH[::-1]),
        ),
        "up_to": 12_345,
        "chain_head": HASH,
    }
    return ExportWritten(**said | changes)


def retention(now: datetime, **changes: Any) -> RetentionApplied:
    """What is not kept any more at a moment."""
    limits: dict[str, Any] = {
        "run_id": RUN_ID,
        "kind": "retention",
        "portfolio_id": None,
        "alerts_before": now - timedelta(days=90),
        "notifications_before": now - timedelta(days=90),
        "inputs_before": now - timedelta(days=366),
        "payloads_before": now - timedelta(days=90),
    }
    return RetentionApplied(**limits | changes)


LATER_AT = AT + timedelta(minutes=1)
