"""Ask for a run: a person's command. It is recorded, and a worker carries it out."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.runs.possible_kinds import possible_kind
from domain.refusals import Invalid
from domain.runs import decide as rules
from domain.runs.events import RunRequested
from domain.runs.kinds import HouseKind, RunKind
from domain.runs.state import Run
from domain.streams import PORTFOLIO, RUN


@dataclass(frozen=True, slots=True)
class RequestRun:
    """The use case. ``works`` says which kinds can be carried out."""

    ledger: Ledger
    works: Container[str]

    def __call__(self, cause: Cause, kind: str, portfolio_id: UUID, as_of: datetime | None) -> Outcome[Run]:
        """Ask for a run as of a moment, now when none is given.

        Raises NotFound, and Invalid for a kind that a portfolio has not, that cannot be carried out yet, or for a
        moment that has not come.
        """
        wanted = possible_kind(kind, self.works)

        def decide(transaction: Transaction) -> Run:
            transaction.require(PORTFOLIO, portfolio_id)
            if as_of is not None and as_of > transaction.now:
                raise Invalid("as_of", "A run is about a moment that has come; this one has not.")
            return _ask(transaction, wanted, portfolio_id, as_of or transaction.now)

        return self.ledger.transact(cause, decide)

    def for_the_house(self, cause: Cause, kind: HouseKind) -> Outcome[Run]:
        """Ask for a run that concerns no portfolio, as of now."""
        return self.ledger.transact(cause, lambda each: _ask(each, kind, None, each.now))


def _ask(transaction: Transaction, kind: RunKind, portfolio_id: UUID | None, as_of: datetime) -> Run:
    run_id = transaction.new_id()
    stream = transaction.load(RUN, run_id)
    requested = RunRequested(
        run_id=run_id, kind=kind, portfolio_id=portfolio_id, trigger="person", slot=None, as_of=as_of
    )
    return transaction.append(stream, rules.request(stream.state, requested))
