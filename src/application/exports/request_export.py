"""Ask for an export: a person's command. It is recorded, and a worker writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.exports.wanted import ExportWanted
from domain.refusals import Invalid
from domain.runs import decide as rules
from domain.runs.events import RunRequested
from domain.runs.state import Run
from domain.streams import PORTFOLIO, RUN


@dataclass(frozen=True, slots=True)
class RequestExport:
    """The use case. ``check`` raises Invalid for a destination that nothing here can go to."""

    ledger: Ledger
    check: Callable[[str], None]

    def __call__(
        self, cause: Cause, owner: str, wanted: ExportWanted, portfolio_id: UUID | None
    ) -> Outcome[Run]:
        """Ask for what a person has, or one of their portfolios has, as it stands now.

        Raises NotFound, and Invalid for a range that is empty or a destination that is none.
        """
        self.check(wanted.destination)
        if wanted.since is not None and wanted.until is not None and wanted.since >= wanted.until:
            raise Invalid("to", "The range ends before it begins.")

        def decide(transaction: Transaction) -> Run:
            if portfolio_id is not None:
                transaction.require(PORTFOLIO, portfolio_id)
            run_id = transaction.new_id()
            stream = transaction.load(RUN, run_id)
            requested = RunRequested(
                run_id=run_id,
                kind="export",
                portfolio_id=portfolio_id,
                owner=owner,
                trigger="person",
                slot=None,
                as_of=transaction.now,
                export=wanted,
            )
            return transaction.append(stream, rules.request(stream.state, requested))

        return self.ledger.transact(cause, decide)
