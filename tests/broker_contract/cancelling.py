"""The contract: cancelling is asking; it may be done at any time, and again."""

from contextlib import suppress
from decimal import Decimal

import pytest

from application.ports.broker import DuplicateOrder
from broker_contract.bench import LONG_AGO, Bench, Fate, a_ticket, events, fills, told
from broker_contract.sending import EACH_SIDE, TYPES
from domain.order import Side


class Cancelling:
    """Every broker passes these."""

    @EACH_SIDE
    @TYPES
    def test_an_open_order_is_cancelled(self, bench: Bench, side: Side, limit: bool) -> None:
        """And is not open any more."""
        broker, ticket = bench.account(), a_ticket(side, limit=limit)
        told(bench, broker, ticket)
        broker.cancel(ticket)
        found = broker.look_up(ticket.client_order_id)
        assert found is not None
        assert events(found.reports) == ["accepted", "canceled"]
        assert broker.statement(LONG_AGO).open_orders == []

    @EACH_SIDE
    @pytest.mark.parametrize("times", [2, 3])
    def test_cancelling_again_changes_nothing(self, bench: Bench, side: Side, times: int) -> None:
        """From any process."""
        broker, ticket = bench.account(), a_ticket(side)
        told(bench, broker, ticket)
        broker.cancel(ticket)
        first = broker.look_up(ticket.client_order_id)
        for _ in range(times):
            bench.other().cancel(ticket)
        assert broker.look_up(ticket.client_order_id) == first

    @EACH_SIDE
    @pytest.mark.parametrize("fate", [Fate.FILLS, Fate.PARTS, Fate.REJECTED, Fate.HALTED])
    def test_an_order_that_is_over_cannot_be_cancelled(self, bench: Bench, side: Side, fate: Fate) -> None:
        """It stays what it was, once that was booked."""
        broker, ticket = bench.account(fate), a_ticket(side)
        found = told(bench, broker, ticket)
        broker.reported(ticket.client_order_id)
        broker.cancel(ticket)
        assert broker.look_up(ticket.client_order_id) == found

    @EACH_SIDE
    def test_an_order_that_has_not_arrived_can_be_cancelled(self, bench: Bench, side: Side) -> None:
        """Nothing is open afterwards."""
        broker, ticket = bench.account(Fate.FILLS), a_ticket(side)
        broker.cancel(ticket)
        found = broker.look_up(ticket.client_order_id)
        assert found is None or events(found.reports) == ["accepted", "canceled"]
        assert broker.statement(LONG_AGO).open_orders == []

    @EACH_SIDE
    def test_a_cancelled_order_does_not_come_back(self, bench: Bench, side: Side) -> None:
        """A job that sends it again is too late."""
        broker, ticket = bench.account(), a_ticket(side)
        told(bench, broker, ticket)
        broker.cancel(ticket)
        with suppress(DuplicateOrder):
            broker.submit(ticket)
        found = broker.look_up(ticket.client_order_id)
        assert found is not None
        assert events(found.reports)[-1] == "canceled"
        assert broker.statement(LONG_AGO).open_orders == []

    def test_only_the_one_that_was_meant_is_cancelled(self, bench: Bench) -> None:
        """However alike they are."""
        broker, meant, other = bench.account(), a_ticket(), a_ticket()
        told(bench, broker, meant)
        told(bench, broker, other)
        broker.cancel(meant)
        still_open = broker.statement(LONG_AGO).open_orders
        assert [each.client_order_id for each in still_open] == [other.client_order_id]

    def test_a_cancelled_order_has_traded_nothing(self, bench: Bench) -> None:
        """Of which nothing was filled before."""
        broker, ticket = bench.account(), a_ticket(quantity=Decimal(7))
        told(bench, broker, ticket)
        broker.cancel(ticket)
        found = broker.look_up(ticket.client_order_id)
        assert found is not None
        assert fills(found) == []
        assert broker.statement(LONG_AGO).executions == []
