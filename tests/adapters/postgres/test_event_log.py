"""The event log on a real database: versions, guards, numbers, receipts, snapshots, and lost connections."""

import json
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import Connection

from adapters.postgres.mapper import UnknownEvent
from api.wiring import House
from application import portfolios, positions
from application.ledger import IdempotentRequest, Transaction
from application.ports import Batch, KeyAlreadyUsed, StaleVersion
from application.transaction import SNAPSHOT_EVERY_EVENTS
from cut_network import CutNetwork
from domain.portfolio import decide as rules
from domain.portfolio.state import Portfolio
from domain.position import decide as position_rules
from domain.refusals import NotFound
from domain.streams import PORTFOLIO, POSITION, RUN, StreamType
from examples import by_hand, eventually, open_example

ONE = Decimal(1)


def deposit(house: House, portfolio_id: UUID, amount: Decimal = ONE) -> None:
    """Book one more deposit."""
    portfolios.move_cash(house.ledger, by_hand(house), portfolio_id, "deposit", amount)


def deposit_often(house: House, portfolio_id: UUID, times: int) -> None:
    """Book several deposits, one by one."""
    for _ in range(times):
        deposit(house, portfolio_id)


def deposited(house: House, portfolio_id: UUID) -> Batch:
    """A deposit that was decided and waits to be appended."""
    transaction = Transaction(house.ledger, by_hand(house))
    stream, state = transaction.require(PORTFOLIO, portfolio_id)
    transaction.append(stream, rules.deposit(state, ONE, "deposit"))
    return transaction.batch()


def numbers(house: House) -> list[int]:
    """The numbers of the whole log in its order."""
    with house.pool.connection() as connection:
        return [recorded.number for recorded in house.log.read_all(connection, 0, 2**40)]


def cash(house: House, portfolio_id: UUID) -> Decimal:
    """Free cash as the read model has it."""
    with house.pool.connection() as connection:
        row = connection.execute(
            "select cash from portfolios where portfolio_id = %s", (portfolio_id,)
        ).fetchone()
    assert row is not None
    return Decimal(row["cash"])


def test_a_stale_version_refuses_the_append(house: House) -> None:
    """Two decisions on the same state: the second changes nothing, in no table."""
    opened = open_example(house)
    first, second = (deposited(house, opened.portfolio_id) for _ in range(2))
    house.log.append(first)
    before = numbers(house), cash(house, opened.portfolio_id)
    with pytest.raises(StaleVersion):
        house.log.append(second)
    assert (numbers(house), cash(house, opened.portfolio_id)) == before


def test_a_stream_that_was_only_read_is_guarded(house: House) -> None:
    """A position's command that read the portfolio is refused once the portfolio has moved on."""
    opened = open_example(house)
    transaction = Transaction(house.ledger, by_hand(house))
    stream, state = transaction.require(POSITION, opened.position_id)
    transaction.require(PORTFOLIO, opened.portfolio_id)
    transaction.append(stream, position_rules.pause(state))
    batch = transaction.batch()
    assert [stream_id for stream_id, _ in batch.guards] == [opened.portfolio_id]
    deposit(house, opened.portfolio_id)
    with pytest.raises(StaleVersion):
        house.log.append(batch)
    loaded = house.ledger.load(POSITION, opened.position_id).state
    assert loaded is not None
    assert loaded.status == "active"


def test_several_streams_are_appended_together_or_not_at_all(house: House) -> None:
    """A move of cash whose second stream is stale leaves the first untouched."""
    opened = open_example(house)
    transaction = Transaction(house.ledger, by_hand(house))
    stream, state = transaction.require(POSITION, opened.position_id)
    portfolio_stream, portfolio = transaction.require(PORTFOLIO, opened.portfolio_id)
    transaction.append(stream, position_rules.return_cash(state, ONE))
    transaction.append(portfolio_stream, rules.take_back(portfolio, state.id, state.symbol, ONE))
    deposit(house, opened.portfolio_id)
    before = numbers(house)
    with pytest.raises(StaleVersion):
        house.log.append(transaction.batch())
    assert numbers(house) == before
    loaded = house.ledger.load(POSITION, opened.position_id).state
    assert loaded is not None
    assert loaded.cash == 10_000


def test_a_journal_entry_that_does_not_balance_is_refused(house: House) -> None:
    """The table itself holds to the law, whoever writes to it."""
    lines = json.dumps([{"amount": "1.00"}, {"amount": "-0.99"}])
    with house.pool.connection() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "insert into journal (event_number, id, portfolio_id, at, kind, currency, lines, sentence, posted,"
            " of_action)"
            " values (9999, gen_random_uuid(), gen_random_uuid(), now(), 'buy', 'USD', %s, 'Bought.', false, false)",
            (lines,),
        )


def test_eight_writers_leave_no_gap_and_keep_the_order_of_commits(house: House) -> None:
    """Numbers are 1, 2, 3 … and a reader never sees one before those below it."""
    opened = [open_example(house, symbol=f"S{number}") for number in range(8)]
    begun = len(numbers(house))
    stop = threading.Event()
    gaps: list[list[int]] = []

    def watch() -> None:
        while not stop.is_set():
            seen = numbers(house)
            if seen != list(range(1, len(seen) + 1)):
                gaps.append(seen)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(8) as writers:
        writing = [writers.submit(deposit_often, house, each.portfolio_id, 10) for each in opened]
    stop.set()
    watcher.join()
    for each in writing:
        each.result()
    assert gaps == []
    assert numbers(house) == list(range(1, begun + 81))


def test_writers_of_one_stream_all_get_through(new_house: Callable[[], House]) -> None:
    """Lost races are run again: from two processes, every deposit is booked once."""
    house, other = new_house(), new_house()
    opened = open_example(house)
    before = cash(house, opened.portfolio_id)
    with ThreadPoolExecutor(3) as writers:
        writing = [
            writers.submit(deposit_often, each, opened.portfolio_id, 5) for each in (house, other, house)
        ]
    for each in writing:
        each.result()
    assert cash(house, opened.portfolio_id) == before + 15


def test_a_key_is_used_once(house: House) -> None:
    """The second append under a key is refused whole, whoever decided it."""
    opened = open_example(house)
    request: IdempotentRequest[Portfolio] = IdempotentRequest(
        "me", "key", "print", 201, lambda state: b'{"cash": "1"}'
    )
    cause = replace(by_hand(house), request=request)
    portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", ONE)
    before = cash(house, opened.portfolio_id)
    with pytest.raises(KeyAlreadyUsed):
        portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", ONE)
    assert cash(house, opened.portfolio_id) == before
    receipt = house.log.receipt("me", "key")
    assert receipt is not None
    assert (receipt.status, json.loads(receipt.body), receipt.position) == (
        201,
        {"cash": "1"},
        numbers(house)[-1],
    )
    assert house.log.receipt("somebody else", "key") is None


def test_one_key_used_by_many_at_once_books_once(house: House) -> None:
    """One gets through, the others are told that the key is taken."""
    opened = open_example(house)
    before = cash(house, opened.portfolio_id)
    request: IdempotentRequest[Portfolio] = IdempotentRequest("me", "key", "print", 201, lambda state: b"{}")

    def book() -> str:
        try:
            cause = replace(by_hand(house), request=request)
            portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", ONE)
        except KeyAlreadyUsed:
            return "taken"
        return "booked"

    with ThreadPoolExecutor(4) as writers:
        answers = [each.result() for each in [writers.submit(book) for _ in range(4)]]
    assert sorted(answers) == ["booked", "taken", "taken", "taken"]
    assert cash(house, opened.portfolio_id) == before + 1


def test_loading_begins_at_the_snapshot(new_house: Callable[[], House]) -> None:
    """With the events before it gone, another process still knows the state."""
    house = new_house()
    opened = open_example(house)
    for _ in range(SNAPSHOT_EVERY_EVENTS):
        deposit(house, opened.portfolio_id)
    expected = house.ledger.load(PORTFOLIO, opened.portfolio_id)
    with house.pool.connection() as connection:
        connection.execute(
            "delete from stored_events where originator_id = %s and originator_version <= %s",
            (opened.portfolio_id, SNAPSHOT_EVERY_EVENTS),
        )
    other = new_house().ledger.load(PORTFOLIO, opened.portfolio_id)
    assert (other.version, other.state) == (expected.version, expected.state)


def test_a_snapshot_of_an_old_shape_is_passed_over(new_house: Callable[[], House]) -> None:
    """The events tell the state that it no longer can."""
    house = new_house()
    opened = open_example(house)
    for _ in range(SNAPSHOT_EVERY_EVENTS):
        deposit(house, opened.portfolio_id)
    with house.pool.connection() as connection:
        changed = connection.execute("update snapshots set topic = 'portfolio.state.0', state = 'nonsense'")
        assert changed.rowcount == 1
    expected = house.ledger.load(PORTFOLIO, opened.portfolio_id)
    other = new_house().ledger.load(PORTFOLIO, opened.portfolio_id)
    assert (other.version, other.state) == (expected.version, expected.state)


def test_streams_of_several_kinds_are_loaded_together(new_house: Callable[[], House]) -> None:
    """One from its snapshot, one from its events, one that is known already and one that does not exist."""
    house, other = new_house(), new_house()
    opened, long = open_example(house), open_example(house, symbol="PEP")
    deposit_often(house, long.portfolio_id, SNAPSHOT_EVERY_EVENTS)
    other.ledger.load(PORTFOLIO, opened.portfolio_id)
    deposit(house, opened.portfolio_id)
    wanted: list[tuple[StreamType[Any], UUID]] = [
        (PORTFOLIO, long.portfolio_id),
        (POSITION, opened.position_id),
        (PORTFOLIO, opened.portfolio_id),
        (RUN, house.ledger.new_id()),
    ]
    with house.pool.connection() as connection:
        connection.execute(
            "delete from stored_events where originator_id = %s and originator_version <= %s",
            (long.portfolio_id, SNAPSHOT_EVERY_EVENTS),
        )
    found = other.ledger.load_together(wanted)
    expected = [house.ledger.load(*each) for each in wanted]
    assert found == expected
    assert [each.state is None for each in found] == [False, False, False, True]
    with pytest.raises(NotFound, match="There is no run"):
        other.ledger.load_together([(PORTFOLIO, opened.portfolio_id), (RUN, opened.position_id)])


def test_the_id_of_another_kind_of_stream_is_not_found(new_house: Callable[[], House]) -> None:
    """Known to this process or not, a portfolio is no position."""
    house = new_house()
    opened = open_example(house)
    for each in (house, new_house()):
        with pytest.raises(NotFound, match="There is no position"):
            positions.pause(each.ledger, by_hand(each), opened.portfolio_id)


def test_an_event_of_an_unknown_name_is_named(new_house: Callable[[], House]) -> None:
    """A newer program's event is not skipped, and not a riddle."""
    house = new_house()
    opened = open_example(house)
    with house.pool.connection() as connection:
        connection.execute(
            "update stored_events set topic = 'portfolio.opened.9' where topic = 'portfolio.opened.1'"
        )
    with pytest.raises(UnknownEvent, match=r"portfolio\.opened\.9, which this program does not know"):
        new_house().ledger.load(PORTFOLIO, opened.portfolio_id)


def test_connections_killed_at_random_moments_lose_and_double_nothing(
    new_house: Callable[[], House],
) -> None:
    """What was acknowledged is there once; what was refused is not there at all."""
    house = new_house()
    opened = open_example(house)
    before, chance, stop = cash(house, opened.portfolio_id), random.Random(7), threading.Event()
    booked: list[int] = []

    def kill() -> None:
        with psycopg.connect(house.database_url, autocommit=True) as connection:
            while not stop.wait(chance.uniform(0.005, 0.05)):
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and query like '%append_events%'"
                    " and pid <> pg_backend_pid()"
                )

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        for _ in range(40):
            try:
                deposit(house, opened.portfolio_id)
                booked.append(1)
            except psycopg.OperationalError:
                continue
    finally:
        stop.set()
        killer.join()
    assert booked
    assert eventually(lambda: _cash_or_none(house, opened.portfolio_id)) == before + len(booked)


def test_an_append_that_was_given_up_is_not_committed_later(house: House, tmp_path: Path) -> None:
    """The server still waits for a lock when the connection dies: it is ended, or it would commit unseen."""
    opened = open_example(house)
    before = cash(house, opened.portfolio_id)
    with CutNetwork(house.database_url, tmp_path) as network:
        far = House(network.database_url, house.redis_url, namespace=house.namespace)
        far.ledger.load(PORTFOLIO, opened.portfolio_id)
        network.lose_answer_to(b"append_events")
        with ThreadPoolExecutor(1) as writer, psycopg.connect(house.database_url) as holder:
            holder.execute("lock table stored_events in exclusive mode")
            writing = writer.submit(deposit, far, opened.portfolio_id)
            with pytest.raises(psycopg.OperationalError):
                writing.result()
            assert _waiting_for_the_log(holder) == 0
        far.close()
    assert cash(house, opened.portfolio_id) == before


def test_an_answer_that_is_lost_on_the_way_is_found_out(house: House, tmp_path: Path) -> None:
    """Acknowledged and there, or refused and not there: whatever the server got done before it was ended."""
    opened = open_example(house)
    expected = cash(house, opened.portfolio_id)
    with CutNetwork(house.database_url, tmp_path) as network:
        far = House(network.database_url, house.redis_url, namespace=house.namespace)
        for _ in range(10):
            far.ledger.load(PORTFOLIO, opened.portfolio_id)
            network.lose_answer_to(b"append_events")
            try:
                deposit(far, opened.portfolio_id)
                expected += 1
            except psycopg.OperationalError:
                pass
            assert network.cut.is_set()
            assert cash(house, opened.portfolio_id) == expected
        far.close()


def _cash_or_none(house: House, portfolio_id: UUID) -> Decimal | None:
    try:
        return cash(house, portfolio_id)
    except psycopg.OperationalError:
        return None


def _waiting_for_the_log(connection: Connection[Any]) -> int:
    row = connection.execute(
        "select count(*) from pg_locks where relation = 'stored_events'::regclass and not granted"
    ).fetchone()
    return int(row[0]) if row else 0
