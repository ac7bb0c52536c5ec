"""The contract: a statement is all there is, no more and no less, and agrees with what orders say."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from broker_contract.bench import LONG_AGO, Bench, Fate, a_ticket, fills, later, told
from broker_contract.filling import FILLED
from broker_contract.sending import EACH_SIDE, TYPES
from domain.order import Side


class Statements:
    """Every broker passes these."""

    def test_an_account_in_which_nothing_happened(self, bench: Bench) -> None:
        """Has no orders and no executions, and that is an answer."""
        statement = bench.account().statement(LONG_AGO)
        assert (statement.open_orders, statement.executions) == ([], [])

    @pytest.mark.parametrize("count", [1, 2, 7])
    def test_it_lists_exactly_what_is_open(self, bench: Bench, count: int) -> None:
        """As a look-up would say it."""
        broker, tickets = bench.account(), [a_ticket() for _ in range(count)]
        looked_up = [told(bench, broker, each) for each in tickets]
        open_orders = broker.statement(LONG_AGO).open_orders
        assert sorted(open_orders, key=lambda each: each.client_order_id) == sorted(
            looked_up, key=lambda each: each.client_order_id
        )

    def test_an_open_order_is_listed_however_old_it_is(self, bench: Bench) -> None:
        """Since when concerns executions alone."""
        broker, ticket = bench.account(), a_ticket()
        told(bench, broker, ticket)
        assert [each.client_order_id for each in broker.statement(later()).open_orders] == [
            ticket.client_order_id
        ]

    @EACH_SIDE
    @TYPES
    @FILLED
    def test_its_executions_are_those_of_its_orders(
        self, bench: Bench, side: Side, limit: bool, fate: Fate
    ) -> None:
        """To the digit and under the same ids; and whose they are is told."""
        broker, ticket = bench.account(fate), a_ticket(side, limit=limit)
        found = told(bench, broker, ticket)
        statement = broker.statement(LONG_AGO)
        assert statement.open_orders == []
        assert [each.fill for each in statement.executions] == fills(found)
        owners = {
            (each.symbol, each.side, each.client_order_id, each.broker_order_id)
            for each in statement.executions
        }
        assert owners == {("KO", side, ticket.client_order_id, found.broker_order_id)}

    @FILLED
    def test_executions_before_the_moment_are_left_out(self, bench: Bench, fate: Fate) -> None:
        """Once they were booked."""
        broker, ticket = bench.account(fate), a_ticket()
        told(bench, broker, ticket)
        broker.reported(ticket.client_order_id)
        assert broker.statement(later()).executions == []

    @FILLED
    def test_executions_since_the_moment_are_all_there(self, bench: Bench, fate: Fate) -> None:
        """Those of several orders."""
        broker = bench.account(fate)
        before = datetime.now(UTC).replace(year=2026, month=1, day=1)
        tickets = [a_ticket("BUY"), a_ticket("SELL"), a_ticket("BUY", limit=True)]
        ids = [each.execution_id for ticket in tickets for each in fills(told(bench, broker, ticket))]
        assert sorted(each.fill.execution_id for each in broker.statement(before).executions) == sorted(ids)

    @pytest.mark.parametrize("fate", [Fate.REJECTED, Fate.HALTED])
    def test_what_ended_without_a_trade_is_not_in_it(self, bench: Bench, fate: Fate) -> None:
        """Neither open nor executed."""
        broker = bench.account(fate)
        told(bench, broker, a_ticket())
        statement = broker.statement(LONG_AGO)
        assert (statement.open_orders, statement.executions) == ([], [])

    def test_holdings_and_cash_follow_from_the_executions_where_they_are_kept(self, bench: Bench) -> None:
        """To the digit."""
        broker = bench.account(Fate.FILLS)
        before = broker.statement(LONG_AGO)
        bought, sold = a_ticket("BUY", "97.0001"), a_ticket("SELL", "97.5", quantity=Decimal("2.5"))
        told(bench, broker, bought)
        told(bench, broker, sold)
        after = broker.statement(LONG_AGO)
        assert (before.holdings is None, before.cash is None) == (after.holdings is None, after.cash is None)
        if before.holdings is not None and after.holdings is not None:
            assert after.holdings["KO"] - before.holdings["KO"] == Decimal("7.5")
        if before.cash is not None and after.cash is not None:
            assert after.cash - before.cash == Decimal("-970.001") + Decimal("243.75")

    def test_it_is_the_same_from_another_process(self, bench: Bench) -> None:
        """And again."""
        broker = bench.account(Fate.PARTS)
        told(bench, broker, a_ticket())
        first = broker.statement(LONG_AGO)
        assert broker.statement(LONG_AGO) == first
        assert bench.other().statement(LONG_AGO) == first
