"""Runs that are asked for in tests, and works that do as they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from api.wiring import House
from application.ledger import Transaction
from application.runs.execute_run import ExecuteRun, Work
from domain.runs import decide as rules
from domain.runs.decide import Result
from domain.runs.events import RunRequested
from domain.runs.kinds import RunKind
from domain.runs.state import Run
from domain.streams import RUN
from examples import by_hand


@dataclass
class Doing:
    """A work that remembers what it was asked to do and does as told."""

    answer: Callable[[Run], Result] = lambda _: Result("success", "Done.")
    done: list[Run] = field(default_factory=list)

    def __call__(self, run: Run) -> Result:
        """See application.runs.execute_run.Work."""
        self.done.append(run)
        return self.answer(run)


def executing(house: House, work: Work, kind: RunKind = "price_refresh") -> ExecuteRun:
    """The house's use case with one work in place of its own."""
    return replace(house.execute_run, works={kind: work})


def scheduled(
    house: House,
    portfolio_id: UUID | None,
    slot: datetime,
    kind: RunKind = "price_refresh",
) -> UUID:
    """A run that a schedule has asked for."""
    return _ask(house, rules.run_of(portfolio_id, kind, slot), kind, portfolio_id, slot)


def by_person(house: House, portfolio_id: UUID, kind: RunKind = "price_refresh") -> UUID:
    """A run that a person has asked for, whether or not the house can do it."""
    return _ask(house, house.ledger.new_id(), kind, portfolio_id, None)


def _ask(house: House, run_id: UUID, kind: RunKind, portfolio_id: UUID | None, slot: datetime | None) -> UUID:
    wanted = RunRequested(
        run_id=run_id,
        kind=kind,
        portfolio_id=portfolio_id,
        trigger="schedule" if slot else "person",
        slot=slot,
        as_of=slot or house.ledger.clock(),
    )

    def decide(transaction: Transaction) -> None:
        stream = transaction.load(RUN, run_id)
        transaction.append(stream, rules.request(stream.state, wanted))

    house.ledger.transact(by_hand(house), decide)
    return run_id


def run_of(house: House, run_id: UUID) -> Run:
    """The run as it stands."""
    run = house.ledger.load(RUN, run_id).state
    assert run is not None
    return run


def ended(house: House, run_id: UUID) -> tuple[str, str]:
    """How a run ended, and its summary."""
    with house.pool.connection() as connection:
        row = connection.execute(
            "select status, summary from runs_progress where run_id = %s", (run_id,)
        ).fetchone()
    assert row is not None
    return row["status"], row["summary"]
