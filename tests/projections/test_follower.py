"""Followers of the log: one leads, nothing is lost or doubled, and one bad event stops only its portfolio."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection

from api.wiring import House
from application import portfolios
from domain.events import Recorded
from domain.portfolio.events import PortfolioRenamed
from domain.streams import State
from examples import by_hand, eventually, open_example
from projections import timeline
from projections.follower import LOOK_AGAIN_SECONDS, Follower, Handler
from projections.following import WriteReadModel
from projections.read_model import ReadModel, RowOf


@contextmanager
def following(house: House, handler: Handler[Recorded], events: Any = None) -> Iterator[Follower[Recorded]]:
    """A follower at work in a thread of its own."""
    follower = Follower(house.database_url, events or house.log, handler)
    thread = threading.Thread(target=follower.run)
    thread.start()
    try:
        yield follower
    finally:
        follower.stop()
        thread.join()


class Remember:
    """A handler that remembers the numbers it was shown."""

    def __init__(self, name: str = "remember") -> None:
        self.name = name
        self.seen: list[int] = []

    def handle(self, _: Connection[dict[str, Any]], events: Sequence[Recorded]) -> None:
        """Take note."""
        self.seen += [recorded.number for recorded in events]

    def idle(self) -> None:
        """Nothing in between."""


def last_number(house: House) -> int:
    """How long the log is."""
    with house.pool.connection() as connection:
        return house.log.last_number(connection)


def rename(house: House, portfolio_id: UUID, title: str) -> None:
    """One more event."""
    portfolios.amend(house.ledger, by_hand(house), portfolio_id, title, None, house.positions_of)


def in_timeline(house: House) -> list[int]:
    """The numbers in the timeline."""
    with house.pool.connection() as connection:
        rows = connection.execute("select event_number as n from timeline order by event_number")
        return [row["n"] for row in rows.fetchall()]


def parked(house: House) -> list[tuple[str, str]]:
    """Which portfolios wait, for which follower."""
    with house.pool.connection() as connection:
        rows = connection.execute("select follower, portfolio from parked")
        return [(row["follower"], row["portfolio"]) for row in rows.fetchall()]


def test_one_leads_and_the_other_takes_over(new_house: Callable[[], House]) -> None:
    """Two processes follow for one handler: each event is seen once, by whoever leads."""
    house, other = new_house(), new_house()
    opened = open_example(house)
    first, second = Remember(), Remember()
    with following(other, second) as follower_two:
        with following(house, first):
            eventually(lambda: len(first.seen + second.seen) == last_number(house))
            leader, waiting = (first, second) if first.seen else (second, first)
            for number in range(20):
                rename(house, opened.portfolio_id, f"Name {number}")
                eventually(lambda: len(first.seen + second.seen) == last_number(house))
            assert waiting.seen == []
            if leader is second:
                follower_two.stop()
        rename(house, opened.portfolio_id, "Again")
        if leader is first:
            eventually(lambda: second.seen)
    if leader is first:
        assert first.seen + second.seen == list(range(1, last_number(house) + 1))


def test_a_killed_connection_loses_and_doubles_nothing(house: House) -> None:
    """The database throws the follower out again and again; the timeline has every event once."""
    opened = open_example(house)
    with following(house, WriteReadModel(timeline.READ_MODEL)):
        for number in range(12):
            rename(house, opened.portfolio_id, f"Name {number}")
            if number % 4 == 1:
                _throw_out_followers(house)
        eventually(lambda: len(in_timeline(house)) == last_number(house))
    assert in_timeline(house) == list(range(1, last_number(house) + 1))


class CommitsWhileRead:
    """The log, in which an event is committed just after the follower has found nothing more."""

    def __init__(self, house: House, commit: Callable[[], None]) -> None:
        self._house = house
        self._commit: Callable[[], None] | None = commit
        self.committed = threading.Event()

    def read(self, connection: Connection[dict[str, Any]], after: int, limit: int) -> list[Recorded]:
        """A page of the log, as it was before."""
        page = self._house.log.read(connection, after, limit)
        if not page and self._commit is not None:
            commit, self._commit = self._commit, None
            commit()
            self.committed.set()
        return page


def test_an_event_committed_between_looking_and_waiting_is_not_missed(house: House) -> None:
    """The notification was subscribed to before: it arrives at once, not with the next look a second later."""
    opened = open_example(house)
    handler = Remember()
    events = CommitsWhileRead(house, lambda: rename(house, opened.portfolio_id, "Between"))
    with following(house, handler, events):
        assert events.committed.wait(10)
        eventually(lambda: len(handler.seen) == last_number(house), LOOK_AGAIN_SECONDS / 2)


def test_a_poisoned_event_parks_only_its_portfolio(house: House) -> None:
    """Its later events wait too, the other portfolio's are written, and a rebuild sets it free."""
    good, bad = open_example(house), open_example(house, symbol="PEP")
    rename(house, bad.portfolio_id, "poison")
    for each in (good, bad):
        rename(house, each.portfolio_id, "afterwards")
    handler = WriteReadModel(_refusing("poison"))
    with house.pool.connection() as connection:
        Follower(house.database_url, house.log, handler).catch_up(connection)
    assert parked(house) == [("timeline", str(bad.portfolio_id))]
    assert _titles(house, bad.portfolio_id) == []
    assert _titles(house, good.portfolio_id) == ["Renamed the portfolio to afterwards."]


def test_what_the_database_refuses_parks_only_its_portfolio(house: House) -> None:
    """A zero byte in a text is no reason to stop following: PostgreSQL cannot hold it, the log can."""
    good, bad = open_example(house), open_example(house, symbol="PEP")
    for each in (good, bad):
        rename(house, each.portfolio_id, "poison" if each is bad else "fine")
    handler = WriteReadModel(_with_zero_byte("poison"))
    with house.pool.connection() as connection:
        Follower(house.database_url, house.log, handler).catch_up(connection)
    assert parked(house) == [("timeline", str(bad.portfolio_id))]
    assert _titles(house, good.portfolio_id) == ["Renamed the portfolio to fine."]


class FailsOnce(Remember):
    """A handler with a bug that is gone the second time."""

    def handle(self, connection: Connection[dict[str, Any]], events: Sequence[Recorded]) -> None:
        """Fail, then work."""
        if not self.seen:
            self.seen.append(0)
            raise ZeroDivisionError
        super().handle(connection, events)


def test_a_failing_handler_is_tried_again(house: House) -> None:
    """The thread that follows outlives any error, and shows the same events again."""
    open_example(house)
    handler = FailsOnce()
    with following(house, handler):
        eventually(lambda: handler.seen == list(range(last_number(house) + 1)))


def _throw_out_followers(house: House) -> None:
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database"
            " where l.locktype = 'advisory' and d.datname = current_database()"
        )


def _titles(house: House, portfolio_id: UUID) -> list[str]:
    with house.pool.connection() as connection:
        rows = connection.execute(
            "select message from timeline where portfolio_id = %s and type = 'portfolio.renamed'",
            (portfolio_id,),
        ).fetchall()
    return [row["message"] for row in rows]


def _refusing(title: str) -> ReadModel:
    def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
        if isinstance(recorded.event, PortfolioRenamed) and recorded.event.title == title:
            raise ValueError("indigestible")
        return timeline.rows(recorded, state)

    return replace(timeline.READ_MODEL, rows=rows)


def _with_zero_byte(title: str) -> ReadModel:
    def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
        for table, row in timeline.rows(recorded, state):
            assert isinstance(row, tuple)
            poisoned = isinstance(recorded.event, PortfolioRenamed) and recorded.event.title == title
            yield (
                table,
                tuple(
                    f"{each}\0" if poisoned and each == recorded.event.sentence() else each for each in row
                ),
            )

    return replace(timeline.READ_MODEL, rows=rows)
