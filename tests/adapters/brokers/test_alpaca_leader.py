"""One reader per account over all processes, and a successor when it goes."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
import pytest

from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.leader import Leader
from adapters.brokers.alpaca.streams import AlpacaStreams, Listening
from alpaca_server.server import AlpacaServer
from application.ports.broker import BrokerAccount, Credentials, KeysSealed
from broker_contract.alpaca import credentials_of
from domain.refusals import Conflict
from examples import eventually
from stories import PORTFOLIO_ID

PATIENCE_SECONDS = 10.0


class Shift:
    """A reader that only waits, and says whether it is at work."""

    def __init__(self, at_work: set["Shift"]) -> None:
        self._at_work = at_work
        self._stopping = threading.Event()

    def run(self) -> None:
        """Be at work until stopped."""
        self._at_work.add(self)
        self._stopping.wait(PATIENCE_SECONDS)
        self._at_work.discard(self)

    def stop(self) -> None:
        """Go home."""
        self._stopping.set()


@contextmanager
def running(*leaders: Leader | AlpacaStreams) -> Iterator[Sequence[threading.Thread]]:
    """Leaders in threads of their own, which end when they are asked to."""
    threads = [threading.Thread(target=each.run) for each in leaders]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for each in leaders:
            each.stop()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        assert not any(thread.is_alive() for thread in threads)


def test_one_reads_at_a_time_and_the_next_takes_over(addresses: tuple[str, str]) -> None:
    """Each process would."""
    at_work: set[Shift] = set()
    leaders = [Leader(addresses[0], "test|takes over", lambda: Shift(at_work)) for _ in range(3)]
    with running(*leaders) as threads:
        for ended in range(3):
            eventually(lambda: len(at_work) == 1 and any(each.reading for each in leaders))
            busy = [each for each in leaders if each.reading]
            assert len(busy) == 1
            busy[0].stop()
            threads[leaders.index(busy[0])].join(PATIENCE_SECONDS)
            assert sum(thread.is_alive() for thread in threads) == 2 - ended
    assert not at_work


def test_names_do_not_stand_in_each_others_way(addresses: tuple[str, str]) -> None:
    """Every account has a reader."""
    at_work: set[Shift] = set()
    leaders = [Leader(addresses[0], f"test|{name}", lambda: Shift(at_work)) for name in "abc"]
    with running(*leaders):
        eventually(lambda: len(at_work) == 3)


def test_a_reader_whose_lock_is_lost_stops_and_begins_again(addresses: tuple[str, str]) -> None:
    """Somebody else may have it meanwhile."""
    at_work: set[Shift] = set()
    leader = Leader(addresses[0], "test|loses", lambda: Shift(at_work))
    with running(leader), psycopg.connect(addresses[0], autocommit=True) as connection:
        (first,) = eventually(lambda: set(at_work))
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'reader|test|loses'"
        )
        eventually(lambda: len(at_work) == 1 and first not in at_work)


def test_a_database_that_is_away_is_waited_for() -> None:
    """It stops in the meantime if it is to."""
    leader = Leader("postgresql://nobody@127.0.0.1:1/none", "test|away", lambda: Shift(set()))
    with running(leader):
        pass


class Exchange:
    """What streams need, kept in lists."""

    def __init__(self, server: AlpacaServer) -> None:
        self.account = BrokerAccount(PORTFOLIO_ID, "alpaca", "paper", server.account_number)
        self.accounts = [self.account]
        self.keys = credentials_of(server)
        self.sealed = False
        self.told: list[tuple[BrokerAccount, str]] = []

    def credentials(self, account: BrokerAccount) -> Credentials:
        """The keys, unless they are sealed."""
        if self.sealed:
            raise KeysSealed("the sealing key is lost")
        return self.keys

    def listening(self) -> Listening:
        """As the streams want it."""
        return Listening(
            lambda: list(self.accounts),
            self.credentials,
            lambda account, raw: self.told.append((account, raw)),
            lambda account: None,
        )


def streams(addresses: tuple[str, str], server: AlpacaServer, exchange: Exchange) -> AlpacaStreams:
    """The streams of one process."""
    where = Addresses(server.url, server.stream_url)
    return AlpacaStreams(addresses[0], where, exchange.listening(), look_again_seconds=0.05)


def test_every_account_is_read_by_one_process(addresses: tuple[str, str], server: AlpacaServer) -> None:
    """What it says comes once, with the account that it is about."""
    exchange = Exchange(server)
    both = [streams(addresses, server, exchange) for _ in range(2)]
    with running(*both):
        server.wait_for_listeners()
        server.trade_outside("KO", "sell", "1", "97")
        eventually(lambda: exchange.told)
        server.trade_outside("KO", "sell", "1", "97")
        eventually(lambda: len(exchange.told) == 2)
        assert server.stream.attempts == 1
    assert {account for account, _ in exchange.told} == {exchange.account}
    server.wait_for_listeners(0)


def test_accounts_come_and_go(addresses: tuple[str, str], server: AlpacaServer) -> None:
    """One that is disconnected is listened to no longer."""
    exchange = Exchange(server)
    exchange.accounts = []
    with running(streams(addresses, server, exchange)):
        exchange.accounts = [exchange.account]
        server.wait_for_listeners()
        exchange.accounts = []
        server.wait_for_listeners(0)


@pytest.mark.parametrize("refusal", [KeysSealed, Conflict])
def test_an_account_without_keys_is_waited_for(
    addresses: tuple[str, str], server: AlpacaServer, refusal: type[Conflict]
) -> None:
    """They may be given at any time."""
    exchange = Exchange(server)
    exchange.sealed = True
    with running(streams(addresses, server, exchange)):
        assert server.stream.attempts == 0
        exchange.sealed = False
        server.wait_for_listeners()
