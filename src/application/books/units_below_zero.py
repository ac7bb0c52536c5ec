"""Own units below zero: facts have taken back what was sold meanwhile. Nothing is decided on that (DOMAIN §3, §6).

A bust of what a closed position has left, or a placement has bought, is booked whatever the portfolio has done with
those units since. Then it freezes and calls a person, once; the call ends when the units are there again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from uuid import UUID

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Ledger, Transaction
from domain import alert as alerts
from domain.numbers import shortest
from domain.portfolio import decide as portfolio_rules
from domain.streams import ALERT, PORTFOLIO

ACTOR = "ballast:books"
BELOW_ZERO = "units_below_zero"
"""The rule of the alert that calls a person."""

BACK = "The units are there again."


@dataclass(frozen=True, slots=True)
class BelowZero:
    """Units of a listing that a portfolio has fewer of than none, outside of its positions."""

    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    units: Decimal


@dataclass(frozen=True, slots=True)
class StopUnitsBelowZero:
    """The use case. ``found`` and ``called`` are of one portfolio, or of all live ones where none is named."""

    ledger: Ledger
    found: Callable[[UUID | None], Sequence[BelowZero]]
    called: Callable[[UUID | None], Sequence[tuple[UUID, UUID]]]

    def __call__(self, portfolio_id: UUID | None = None) -> None:
        """Freeze and call for what is new, and end the calls for what is there again."""
        found = self.found(portfolio_id)
        if portfolio_id is not None and not found:
            return  # nothing is new, and what is over ends within the minute
        called = {*self.called(portfolio_id)}
        for each in found:
            if (each.portfolio_id, each.listing_id) not in called:
                self._transact(partial(_stop, each))
        short = {(each.portfolio_id, each.listing_id) for each in found}
        for about in sorted(called - short):
            self._transact(partial(_end, about))

    def _transact(self, decide: Callable[[Transaction], None]) -> None:
        run_id = self.ledger.run_id()
        self.ledger.transact(Cause(ACTOR, run_id, run_id=run_id), decide)


def _stop(found: BelowZero, transaction: Transaction) -> None:
    """The open call is looked at again here, where it is guarded: another process may have been first."""
    alert = transaction.load(ALERT, alerts.stream_of(found.portfolio_id, found.listing_id, BELOW_ZERO)).state
    if alert is not None and alert.is_open:
        return
    stream, portfolio = transaction.require(PORTFOLIO, found.portfolio_id)
    reason = f"{shortest(found.units)} {found.symbol} are held outside of positions: what was sold has been taken back."
    transaction.append(stream, portfolio_rules.freeze(portfolio, reason))
    concern = Concern(
        found.portfolio_id, found.listing_id, BELOW_ZERO, "CRITICAL", reason, shortest(found.units), "0"
    )
    raise_alert(transaction, concern)


def _end(about: tuple[UUID, UUID], transaction: Transaction) -> None:
    settle_alert(transaction, (*about, BELOW_ZERO), BACK)
