"""The contract: an order is sent once, is there as it was sent, and no other is."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest

from application.ports.broker import DuplicateOrder, Ticket
from broker_contract.bench import LONG_AGO, SIDES, Bench, a_ticket, events, told
from domain.order import Side, TimeInForce

TYPES = pytest.mark.parametrize("limit", [False, True], ids=["market", "limit"])
EACH_SIDE = pytest.mark.parametrize("side", SIDES)


class Sending:
    """Every broker passes these."""

    @EACH_SIDE
    @TYPES
    @pytest.mark.parametrize("time_in_force", ["day", "gtc", "ioc"])
    def test_an_order_is_there_in_every_field_as_it_was_sent(
        self, bench: Bench, side: Side, limit: bool, time_in_force: TimeInForce
    ) -> None:
        """And nobody has anything to say of it but that it is there."""
        broker, ticket = bench.account(), a_ticket(side, limit=limit, time_in_force=time_in_force)
        found = told(bench, broker, ticket)
        theirs = (
            found.symbol,
            found.side,
            found.type,
            found.quantity,
            found.limit_price,
            found.time_in_force,
        )
        ours = (ticket.symbol, side, ticket.type, ticket.quantity, ticket.limit_price, time_in_force)
        assert theirs == ours
        assert found.client_order_id == ticket.client_order_id
        assert found.broker_order_id
        assert events(found.reports) == ["accepted"]

    @EACH_SIDE
    @TYPES
    def test_what_is_said_at_once_is_said_again_later(self, bench: Bench, side: Side, limit: bool) -> None:
        """So that nothing depends on which answer arrives."""
        broker, ticket = bench.account(), a_ticket(side, limit=limit)
        at_once = broker.submit(ticket).reports
        found = broker.look_up(ticket.client_order_id)
        assert found is not None
        assert events(at_once) == events(found.reports)
        assert {each.broker_order_id for each in at_once} == {found.broker_order_id}

    @EACH_SIDE
    @TYPES
    def test_the_same_id_twice_is_one_order(self, bench: Bench, side: Side, limit: bool) -> None:
        """Whether the broker says so, says nothing, or tells of the first."""
        broker, ticket = bench.account(), a_ticket(side, limit=limit)
        first = told(bench, broker, ticket)
        with suppress(DuplicateOrder):
            assert broker.submit(ticket).reports in ([], first.reports)
        assert broker.look_up(ticket.client_order_id) == first
        assert len(broker.statement(LONG_AGO).open_orders) == 1

    def test_the_same_id_with_another_content_changes_nothing(self, bench: Bench) -> None:
        """The first order stays as it was."""
        broker, ticket = bench.account(), a_ticket()
        first = told(bench, broker, ticket)
        with suppress(DuplicateOrder):
            broker.submit(replace(ticket, quantity=Decimal(99)))
        assert broker.look_up(ticket.client_order_id) == first

    def test_the_same_id_from_several_processes_at_once_is_one_order(self, bench: Bench) -> None:
        """A job may run twice at the same time."""
        broker, ticket = bench.account(), a_ticket()
        processes = [broker, bench.other(), bench.other()]

        def send(process: object) -> None:
            with suppress(DuplicateOrder):
                bench.other().submit(ticket)

        with ThreadPoolExecutor(3) as threads:
            list(threads.map(send, processes))
        assert len(broker.statement(LONG_AGO).open_orders) == 1

    @EACH_SIDE
    def test_another_id_is_another_order(self, bench: Bench, side: Side) -> None:
        """However alike the two are."""
        broker, tickets = bench.account(), [a_ticket(side), a_ticket(side)]
        first, second = (told(bench, broker, each) for each in tickets)
        assert first.broker_order_id != second.broker_order_id
        assert len(broker.statement(LONG_AGO).open_orders) == 2

    @pytest.mark.parametrize("known", [0, 1, 3])
    def test_an_order_that_was_not_sent_is_not_there(self, bench: Bench, known: int) -> None:
        """For certain, with and without others."""
        broker = bench.account()
        for _ in range(known):
            told(bench, broker, a_ticket())
        assert broker.look_up(a_ticket().client_order_id) is None

    def test_an_order_of_another_account_is_not_there(self, bench: Bench) -> None:
        """Accounts do not see each other."""
        mine, ticket = bench.account(), a_ticket()
        told(bench, mine, ticket)
        others = bench.account()
        assert others.look_up(ticket.client_order_id) is None
        assert others.statement(LONG_AGO).open_orders == []

    @EACH_SIDE
    def test_another_process_sees_the_same_order(self, bench: Bench, side: Side) -> None:
        """What is known of it is at the broker, not with us."""
        broker, ticket = bench.account(), a_ticket(side)
        assert told(bench, broker, ticket) == bench.other().look_up(ticket.client_order_id)

    @pytest.mark.parametrize("quantity", ["1", "10", "1234", "0.5", "1.000000001", "0.123456789"])
    def test_a_quantity_is_kept_to_the_digit(self, bench: Bench, quantity: str) -> None:
        """Also fractions of a share."""
        broker, ticket = bench.account(), a_ticket(quantity=Decimal(quantity), lot=Decimal("1E-9"))
        assert told(bench, broker, ticket).quantity == Decimal(quantity)

    @EACH_SIDE
    @pytest.mark.parametrize("price", ["97", "97.01", "100.10", "0.9999", "0.5", "1234.56"])
    def test_a_limit_price_is_kept_to_the_digit(self, bench: Bench, side: Side, price: str) -> None:
        """In steps that every broker takes."""
        broker, ticket = bench.account(), a_ticket(side, price, limit=True)
        assert told(bench, broker, ticket).limit_price == Decimal(price)

    @EACH_SIDE
    @pytest.mark.parametrize("price", ["97.005", "97.019999", "0.99999", "0.12344999", "1.00001"])
    def test_a_limit_price_between_steps_is_never_rounded_to_a_worse_one(
        self, bench: Bench, side: Side, price: str
    ) -> None:
        """What is there is what ``as_sent`` says, and doing that again changes nothing."""
        broker, ticket = bench.account(), a_ticket(side, price, limit=True)
        as_sent = broker.as_sent(ticket)
        limit = as_sent.limit_price
        assert limit is not None
        assert limit <= Decimal(price) if side == "BUY" else limit >= Decimal(price)
        assert broker.as_sent(as_sent) == as_sent
        assert told(bench, broker, ticket).limit_price == limit

    def test_a_market_order_is_sent_as_it_is(self, bench: Bench) -> None:
        """There is nothing to round."""
        ticket: Ticket = a_ticket()
        assert bench.account().as_sent(ticket) == ticket
