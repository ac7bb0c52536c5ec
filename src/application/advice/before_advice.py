"""What a run that advises asks other use cases for before it decides."""

from dataclasses import dataclass

from application.actions.settle_own_units import SettleOwnUnits
from application.books.units_below_zero import StopUnitsBelowZero
from domain.runs.state import Run


@dataclass(frozen=True, slots=True)
class BeforeAdvice:
    """What comes before an allocation run decides: what has become of the units is on the books then."""

    settle_own_units: SettleOwnUnits
    stop_units_below_zero: StopUnitsBelowZero

    def __call__(self, run: Run) -> None:
        """Book corporate actions that are due, and freeze on units below zero."""
        self.settle_own_units.all_of(run.portfolio)
        self.stop_units_below_zero(run.portfolio)
