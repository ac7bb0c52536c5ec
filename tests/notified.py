"""What makes notifications, beside what other tests have anyway."""

from uuid import UUID

from api.wiring import House
from application.ledger import Cause, Transaction
from domain.runs import decide as rules
from domain.runs.decide import Result
from domain.runs.events import RunRequested
from domain.runs.kinds import Ending
from domain.streams import RUN


def end_run(house: House, portfolio_id: UUID | None, status: Ending) -> None:
    """A price refresh, asked for and ended so."""
    run_id, at = house.ledger.new_id(), house.ledger.clock()
    wanted = RunRequested(
        run_id=run_id, kind="price_refresh", portfolio_id=portfolio_id, trigger="schedule", slot=at, as_of=at
    )

    def decide(transaction: Transaction) -> None:
        stream = transaction.load(RUN, run_id)
        run = transaction.append(stream, rules.request(None, wanted))
        transaction.append(stream, rules.end(run, Result(status, "Said so.")))

    house.ledger.transact(Cause("ballast:runs", house.ledger.new_id()), decide)
