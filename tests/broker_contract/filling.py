"""The contract: executions add up, keep every digit, and are told the same whenever and by whomever."""

from datetime import timedelta
from decimal import Decimal

import pytest

from broker_contract.bench import Bench, Fate, a_ticket, events, fills, last, told
from broker_contract.sending import EACH_SIDE, TYPES
from domain.order import Side

FILLED = pytest.mark.parametrize("fate", [Fate.FILLS, Fate.PARTS], ids=["whole", "parts"])


class Filling:
    """Every broker passes these."""

    @EACH_SIDE
    @TYPES
    @FILLED
    def test_executions_add_up_to_the_order(self, bench: Bench, side: Side, limit: bool, fate: Fate) -> None:
        """Each has an id of its own, and is something."""
        found = told(bench, bench.account(fate), a_ticket(side, limit=limit))
        executions = fills(found)
        assert sum(each.quantity for each in executions) == Decimal(10)
        assert all(each.quantity > 0 and each.price > 0 and each.commission >= 0 for each in executions)
        assert len({each.execution_id for each in executions}) == len(executions)
        assert {each.revision for each in executions} == {1}
        assert (len(executions) > 1) == (fate is Fate.PARTS)

    @EACH_SIDE
    @FILLED
    def test_the_story_is_told_in_its_order(self, bench: Bench, side: Side, fate: Fate) -> None:
        """Accepted, filled in parts, filled; and no moment before the one before it."""
        found = told(bench, bench.account(fate), a_ticket(side))
        parts = len(fills(found)) - 1
        assert events(found.reports) == ["accepted", *["partial_fill"] * parts, "fill"]
        moments = [each.at for each in found.reports if each.at is not None]
        assert moments == sorted(moments)
        assert all(at.utcoffset() == timedelta(0) for at in moments)

    @EACH_SIDE
    @TYPES
    @FILLED
    def test_the_story_is_told_the_same_again(
        self, bench: Bench, side: Side, limit: bool, fate: Fate
    ) -> None:
        """By every process, with the same ids, also when it was booked in between."""
        broker, ticket = bench.account(fate), a_ticket(side, limit=limit)
        first = told(bench, broker, ticket)
        assert broker.look_up(ticket.client_order_id) == first
        broker.reported(ticket.client_order_id)
        broker.reported(ticket.client_order_id)
        assert broker.look_up(ticket.client_order_id) == first
        assert bench.other().look_up(ticket.client_order_id) == first

    @EACH_SIDE
    @FILLED
    @pytest.mark.parametrize("price", ["97", "0.9999", "12.34", "99999.99"])
    def test_no_execution_is_worse_than_the_limit(
        self, bench: Bench, side: Side, fate: Fate, price: str
    ) -> None:
        """Not by a digit."""
        limit = Decimal(price)
        executions = fills(told(bench, bench.account(fate), a_ticket(side, price, limit=True)))
        assert executions
        assert all(each.price <= limit if side == "BUY" else each.price >= limit for each in executions)

    @EACH_SIDE
    @pytest.mark.parametrize("price", ["97.000000001", "0.123456789", "12345.6789"])
    def test_a_price_is_told_to_the_digit(self, bench: Bench, side: Side, price: str) -> None:
        """Market orders trade at prices between the steps of limits."""
        found = told(bench, bench.account(Fate.FILLS), a_ticket(side, price))
        assert [each.price for each in fills(found)] == [Decimal(price)]

    @pytest.mark.parametrize("quantity", ["0.5", "2.000000001", "0.123456789"])
    def test_a_fraction_of_a_share_is_filled_to_the_digit(self, bench: Bench, quantity: str) -> None:
        """No more and no less."""
        ticket = a_ticket(quantity=Decimal(quantity), lot=Decimal("1E-9"))
        found = told(bench, bench.account(Fate.FILLS), ticket)
        assert [each.quantity for each in fills(found)] == [Decimal(quantity)]

    @EACH_SIDE
    @TYPES
    def test_a_rejected_order_ends_with_a_reason_and_nothing_traded(
        self, bench: Bench, side: Side, limit: bool
    ) -> None:
        """And stays rejected."""
        broker, ticket = bench.account(Fate.REJECTED), a_ticket(side, limit=limit)
        found = told(bench, broker, ticket)
        assert last(found).event == "rejected"
        assert last(found).reason
        assert fills(found) == []
        assert broker.look_up(ticket.client_order_id) == found

    @EACH_SIDE
    def test_an_order_in_a_halt_expires_and_nothing_traded(self, bench: Bench, side: Side) -> None:
        """It does not wait for a price that nobody knows."""
        found = told(bench, bench.account(Fate.HALTED), a_ticket(side))
        assert last(found).event == "expired"
        assert fills(found) == []
