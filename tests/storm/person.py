"""The person: lifts freezes, settles orders of unknown fate, and gets in the way in every way that is allowed."""

from contextlib import suppress
from decimal import Decimal
from random import Random
from uuid import UUID

from api.wiring import House
from application import portfolios, positions
from application.ledger import Cause
from domain.order import OrderStatus
from domain.position.ordering import PROBES_MAX
from domain.position.state import Position
from domain.refusals import Refusal
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO, POSITION


class Person:
    """One person with some portfolios and positions."""

    def __init__(self, chance: Random, portfolio_ids: list[UUID], position_ids: list[UUID]) -> None:
        self._chance = chance
        self._portfolio_ids = portfolio_ids
        self._position_ids = position_ids

    def meddle(self, house: House) -> None:
        """Do one thing; what is refused is refused."""
        position_id = self._chance.choice(self._position_ids)
        portfolio_id = self._chance.choice(self._portfolio_ids)
        drawn = self._chance.random()
        try:
            if drawn < 0.25:
                self._cancel(house, position_id)
            elif drawn < 0.40:
                house.reconcile(portfolio_id)
            elif drawn < 0.50:
                recall = self._chance.random() < 0.5
                reason = "a person says so"
                portfolios.freeze(house.ledger, _cause(house), portfolio_id, reason, recall_orders=recall)
            elif drawn < 0.60:
                positions.pause(house.ledger, _cause(house), position_id)
            elif drawn < 0.70:
                change = SettingsChange(tau=Decimal(self._chance.choice(("0.002", "0.006"))))
                positions.change_settings(house.ledger, _cause(house), position_id, change)
            elif drawn < 0.80:
                positions.allocate_cash(house.ledger, _cause(house), position_id, Decimal("10.01"))
            else:
                self._resubmit(house, position_id)
        except Refusal:
            pass

    def lift_freezes(self, house: House) -> None:
        """Look at everything, and let orders leave again."""
        for portfolio_id in self._portfolio_ids:
            portfolio = house.ledger.load(PORTFOLIO, portfolio_id).state
            if portfolio is not None and portfolio.frozen:
                portfolios.unfreeze(house.ledger, _cause(house), portfolio_id, "looked at")

    def mend(self, house: House) -> None:
        """Set right what else calls for a person."""
        for position_id in self._position_ids:
            position = _position(house, position_id)
            if position.status == "paused":
                positions.resume(house.ledger, _cause(house), position_id)
            settle_lost(house, self._chance, position_id)

    def _cancel(self, house: House, position_id: UUID) -> None:
        order = _position(house, position_id).open_order
        if order is not None:
            house.cancel_order(_cause(house), position_id, order.id)

    def _resubmit(self, house: House, position_id: UUID) -> None:
        order = _position(house, position_id).open_order
        if order is not None:
            house.resubmit_order(_cause(house), position_id, order.id)


def settle_lost(house: House, chance: Random, position_id: UUID) -> None:
    """Send a position's order once more, or cancel it, if nobody has found out what became of it."""
    order = _position(house, position_id).open_order
    if order is None or order.status is not OrderStatus.UNKNOWN or order.probes < PROBES_MAX:
        return
    with suppress(Refusal):
        if chance.random() < 0.5:
            house.resubmit_order(_cause(house), position_id, order.id)
        else:
            house.cancel_order(_cause(house), position_id, order.id)


def _position(house: House, position_id: UUID) -> Position:
    position = house.ledger.load(POSITION, position_id).state
    if position is None:
        raise LookupError(position_id)
    return position


def _cause(house: House) -> Cause:
    return Cause(actor="local", correlation_id=house.ledger.new_id())
