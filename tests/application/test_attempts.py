"""Parts of a transaction: what is refused leaves nothing behind, what is booked stays, and each has its cause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from adapters.postgres.settlements import is_settled
from api.wiring import House
from application.ledger import Cause, Transaction
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.message_booking import Taken
from application.ports import Message, Settlement, StaleVersion
from broker_reports import decided, filled, opened_anew
from callback_deliveries import rows
from cut_network import CutNetwork
from domain.portfolio import decide as rules
from domain.refusals import Conflict
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example

ONE = Decimal(1)


def deposit(transaction: Transaction, opened: Opened, times: int) -> None:
    """Book some deposits."""
    stream, state = transaction.require(PORTFOLIO, opened.portfolio_id)
    for _ in range(times):
        state = transaction.append(stream, rules.deposit(state, ONE, "deposit"))


def test_what_is_refused_leaves_nothing_behind(house: House) -> None:
    """Neither events, nor states, nor snapshots, nor messages; what stood before goes on from there."""
    opened = open_example(house)
    before = house.ledger.load(PORTFOLIO, opened.portfolio_id)
    assert before.state is not None
    message = Message("callback", "m1", b"{}", IN_SESSION)

    def refused(transaction: Transaction) -> None:
        deposit(transaction, opened, 100)  # enough for a snapshot
        transaction.settle(Settlement(message, IN_SESSION))
        raise Conflict("no")

    transaction = Transaction(house.ledger, by_hand(house))
    deposit(transaction, opened, 2)
    with pytest.raises(Conflict):
        transaction.attempt(lambda: refused(transaction))
    transaction.attempt(lambda: deposit(transaction, opened, 1))

    batch = transaction.batch()
    assert [each.version for each in batch.events] == [before.version + n for n in (1, 2, 3)]
    assert [each.number for each in batch.events] == [0, 1, 2]
    assert (len(batch.states), batch.snapshots, batch.settlements) == (3, [], [])
    house.log.append(batch)
    after = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert after is not None
    assert after.cash == before.state.cash + 3


def test_an_attempt_is_of_its_own_cause(house: House) -> None:
    opened = open_example(house)
    other = Cause("somebody", house.ledger.new_id())
    transaction = Transaction(house.ledger, by_hand(house))
    transaction.attempt(lambda: deposit(transaction, opened, 1), other)
    deposit(transaction, opened, 1)
    assert [each.metadata.actor for each in transaction.batch().events] == ["somebody", "local"]


def test_many_streams_are_loaded_as_they_stand(new_house: Callable[[], House]) -> None:
    """Cached, behind, never seen, and not there at all."""
    house, other = new_house(), new_house()
    behind, unseen = opened_anew(other), opened_anew(other)
    house.ledger.load(PORTFOLIO, behind.portfolio_id)
    other.ledger.transact(by_hand(other), lambda transaction: deposit(transaction, behind, 2))

    transaction = Transaction(house.ledger, by_hand(house))
    ids = [behind.portfolio_id, unseen.portfolio_id, house.ledger.new_id(), behind.position_id]
    found = transaction.prefetch(PORTFOLIO, ids)

    expected = [other.ledger.load(PORTFOLIO, each) for each in ids[:2]]
    assert [(each.id, each.version, each.state) for each in found] == [
        (each.id, each.version, each.state) for each in expected
    ]


def test_a_message_is_settled_by_one_of_two(house: House) -> None:
    """Both have read it while it waited: the second has to look again, even when it appends no event."""
    number = house.inbox.receive(Message("stream", "m1", b"{}", IN_SESSION), IN_SESSION)
    assert number is not None
    [waiting] = house.inbox.waiting([number])
    both = [Transaction(house.ledger, by_hand(house)) for _ in range(2)]
    for each, problem in zip(both, ("one", "two"), strict=True):
        each.settle(Settlement(waiting, IN_SESSION, problem=problem, next_try_at=IN_SESSION))

    house.log.append(both[0].batch())
    with pytest.raises(StaleVersion):
        house.log.append(both[1].batch())

    assert rows(house, "select problem, attempts from inbox") == [{"problem": "one", "attempts": 1}]


def test_what_was_settled_without_any_event_is_found_again(house: House) -> None:
    """By this very attempt, and not by another of the same message."""
    message = Message("callback", "m1", b"{}", IN_SESSION)
    settlement = Settlement(message, IN_SESSION)
    transaction = Transaction(house.ledger, by_hand(house))
    transaction.settle(settlement)
    with house.pool.connection() as connection:
        assert not is_settled(connection, settlement)
        house.log.append(transaction.batch())
        assert is_settled(connection, settlement)
        later = replace(message, received_at=IN_SESSION + timedelta(seconds=1))
        assert not is_settled(connection, replace(settlement, message=later))
        assert not is_settled(connection, replace(settlement, message=replace(message, attempts=1)))


def test_an_answer_that_is_lost_on_the_way_is_settled_by_the_log(house: House, tmp_path: Path) -> None:
    """Answered as booked and there, or an error and nothing there; with events, and for a repeat without any."""
    opened = opened_anew(house)
    order = decided(house, opened)
    report = filled(order, "x1", "1", "97")
    with CutNetwork(house.database_url, tmp_path) as network:
        far = House(network.database_url, house.redis_url, namespace=house.namespace)
        take = TakeCallbacks(far.ledger, far.inbox)
        for number in range(8):
            message = Message("callback", f"m{number}", b"{}", IN_SESSION)
            network.lose_answer_to(b"append_events")
            try:
                [answer] = take([Callback(message, report)])
            except psycopg.OperationalError:
                kept = 0
            else:
                assert isinstance(answer, Answer)
                assert answer.taken in (Taken.BOOKED, Taken.DUPLICATE)
                kept = 1
            assert network.cut.is_set()
            assert len(rows(house, f"select from inbox where id = 'm{number}'")) == kept
        far.close()
