"""What can happen to a run."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.events import ADDED_LATER, Event, Instant, StreamKind
from domain.exports.wanted import ExportedFile, ExportWanted
from domain.runs.kinds import Ending, RunKind, Trigger, in_words


class RunEvent(Event):
    """An event of a run; ``portfolio_id`` is null for what is done for the whole house, or for one person.

    ``owner`` is whose it is, for what is done for one person; null for everything else.
    """

    stream_kind: ClassVar[StreamKind] = "run"

    run_id: UUID
    kind: RunKind
    portfolio_id: UUID | None
    owner: Annotated[str | None, ADDED_LATER] = None


class RunRequested(RunEvent):
    """Somebody or a schedule asked for a run. ``slot`` is the moment a schedule fell due, null for a person's.

    ``as_of`` is the moment the run is about. ``export`` says what an export is to be, null for every other kind.
    """

    name: ClassVar[str] = "run.requested.1"

    trigger: Trigger
    slot: Instant | None
    as_of: Instant
    export: Annotated[ExportWanted | None, ADDED_LATER] = None

    def sentence(self) -> str:
        wanted = f"{in_words(self.kind).capitalize()} was asked for"
        return (
            f"{wanted}." if self.slot is None else f"{wanted}: it was due at {self.slot:%Y-%m-%d %H:%M} UTC."
        )


class RunStarted(RunEvent):
    """A worker began with it. ``attempt`` counts from 1: a worker that dies leaves it to another."""

    name: ClassVar[str] = "run.started.1"

    attempt: int
    started_at: Instant

    def sentence(self) -> str:
        again = f", attempt {self.attempt}" if self.attempt > 1 else ""
        return f"{in_words(self.kind).capitalize()} began{again}."


class RunEnded(RunEvent):
    """It is over. ``started_at`` is null for one that ended without any work.

    ``snapshot_hash`` names its input, ``policy_hash`` the policy it followed, each null where it had none.
    """

    name: ClassVar[str] = "run.ended.1"

    status: Ending
    summary: str
    started_at: Instant | None
    snapshot_hash: str | None
    policy_hash: str | None
    recommendation_id: UUID | None

    def sentence(self) -> str:
        return f"{in_words(self.kind).capitalize()}, {ENDED[self.status]}: {self.summary}"


class RetentionApplied(RunEvent):
    """What is older than these moments is not kept any more; read models obey it, and so does a rebuild.

    Alerts go once they have been resolved for so long, notifications once they have
    been known for so long, inputs of runs and what providers
    sent by when they were last needed. Events and prices stay for good.
    """

    name: ClassVar[str] = "run.retention_applied.1"

    alerts_before: Instant
    notifications_before: Instant
    inputs_before: Instant
    payloads_before: Instant

    def sentence(self) -> str:
        return (
            f"Let go of alerts resolved before {self.alerts_before:%Y-%m-%d},"
            f" notifications from before {self.notifications_before:%Y-%m-%d},"
            f" inputs of runs from before {self.inputs_before:%Y-%m-%d}"
            f" and what providers sent before {self.payloads_before:%Y-%m-%d}."
        )


class ExportWritten(RunEvent):
    """An export is where it was to go, complete: its files with their hashes, by which copies are told apart.

    It holds nothing of what happened after the event ``up_to``, at which the audit chain's head was ``chain_head``, in
    hexadecimal digits.
    """

    name: ClassVar[str] = "run.export_written.1"

    place: str
    files: tuple[ExportedFile, ...]
    up_to: int
    chain_head: str

    def sentence(self) -> str:
        rows = sum(each.rows or 0 for each in self.files)
        files = sum(each.rows is not None for each in self.files)
        written = f"{rows:,} row{'s' * (rows != 1)} in {files} file{'s' * (files != 1)}"
        return f"Wrote {written} to {self.place}."


ENDED: dict[str, str] = {
    "success": "done",
    "no_action": "nothing to do",
    "blocked_frozen": "blocked by the freeze",
    "blocked_dq": "blocked by the quality of the data",
    "failed": "failed",
}

AnyRunEvent = RunRequested | RunStarted | RunEnded | RetentionApplied | ExportWritten
