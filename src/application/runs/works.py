"""What portfolios' runs do that only ask another use case: compare with the broker, settle corporate actions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.actions.settle_own_units import SettleOwnUnits
from application.ledger import Ledger
from application.reconciliation.differences import Findings
from application.reconciliation.reconcile import Reconcile
from domain.runs.decide import Result
from domain.runs.state import Run
from domain.streams import PORTFOLIO


@dataclass(frozen=True, slots=True)
class CompareBooks:
    """The work of a reconciliation: differences are alerts, and no failure of the run."""

    ledger: Ledger
    reconcile: Reconcile

    def __call__(self, run: Run) -> Result:
        """Compare the portfolio's books with its broker's."""
        portfolio = self.ledger.load(PORTFOLIO, run.portfolio).state
        if portfolio is None or not portfolio.broker.is_real:
            return Result("no_action", "On paper there are no other books to compare with.")
        findings = self.reconcile(run.portfolio)
        if findings.is_silent:
            return Result("failed", findings.differences[0].message)
        return Result("success", _found(findings))


@dataclass(frozen=True, slots=True)
class SettlePortfolio:
    """The work of a dividends run: whatever corporate action is due for the portfolio's positions and own units."""

    settle: SettleActions
    settle_own_units: SettleOwnUnits
    positions_of: Callable[[UUID], Sequence[UUID]]

    def __call__(self, run: Run) -> Result:
        """Settle what is due by now; each position settles an action once, whoever asks."""
        own = set(self.positions_of(run.portfolio))
        due = [position_id for position_id in self.settle.waiting() if position_id in own]
        for position_id in due:
            self.settle(position_id)
        entries = self.settle_own_units.all_of(run.portfolio)
        if not due and not entries:
            return Result("no_action", "No corporate action was due.")
        positions = [f"for {_counted(len(due), 'position')}"] if due else []
        beside = [f"for units beside positions by {_named(entries)}"] if entries else []
        return Result("success", f"Settled what was due {' and '.join([*positions, *beside])}.")


def _found(findings: Findings) -> str:
    adopted = f" {_counted(findings.adopted, 'missed trade')} adopted." if findings.adopted else ""
    if findings.clean:
        return f"The books agree with the broker's.{adopted}"
    return f"{_counted(len(findings.differences), 'difference')} keep orders back: see the alerts.{adopted}"


def _named(entries: int) -> str:
    return "one entry" if entries == 1 else f"{entries} entries"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
