"""A process of Ballast: the real house on the real database, with its own caches, and a clock that is not real."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import dramatiq
import psycopg
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import TimeLimit

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.postgres.pool import PostgresPool
from adapters.redis.queue import QUEUE
from api import actors
from api.http import callback_body
from api.wiring import House
from application.ledger import Ledger
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.inbox import BookMessages
from application.ports import Message
from application.ports.broker import BrokerReport
from domain.refusals import Conflict, Refusal
from projections.follower import Follower
from storm.crashes import Moments
from storm.jobs import Job, Queue
from storm.line import Lines
from storm.ports import Appends, Inbox, Log, Prices, Reconciliations
from storm.post import ONLY_ON_STREAMS, Letter, of_no_execution

RETRY_AFTER = timedelta(milliseconds=400)
SESSIONS = ExchangeSessions()
"""Reading a calendar takes seconds, and it never changes."""


class Ids:
    """UUIDs of version 7 that a seed decides: the clock's milliseconds, a counter, and chance."""

    def __init__(self, seed: int, clock: Callable[[], datetime]) -> None:
        self._chance = Random(f"{seed}|ids")
        self._clock = clock
        self._count = 0

    def __call__(self) -> UUID:
        """The next id, greater than all before."""
        self._count += 1
        milliseconds = int(self._clock().timestamp() * 1000)
        high = milliseconds << 16 | 7 << 12 | self._count >> 30 & 0xFFF
        low = 2 << 62 | (self._count & 0x3FFFFFFF) << 32 | self._chance.getrandbits(32)
        return UUID(int=high << 64 | low)


@dataclass(frozen=True)
class World:
    """What all processes share."""

    database_url: str
    pool: PostgresPool
    clock: Callable[[], datetime]
    new_id: Ids
    lines: Lines
    queue: Queue
    moments: Moments
    appends: Appends


class Process:
    """One process. Dying costs it everything that is not in the database."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.house = House(world.database_url, "redis://nowhere", clock=world.clock)
        house, moments = self.house, world.moments
        house.pool = world.pool
        house.log = log = Log(world.pool, moments, world.appends)
        house.ledger = Ledger(log, world.clock, world.new_id)
        house.prices = Prices(world.pool, log, moments)
        house.inbox = Inbox(world.pool, moments)
        house.reconciliations = Reconciliations(world.pool, moments)
        house.sessions = SESSIONS
        house.jobs = world.queue  # type: ignore[assignment]  # the port's other implementation
        house.brokers = world.lines
        house.queue = stub = StubBroker(middleware=[TimeLimit()])  # type: ignore[assignment]
        stub.declare_queue(QUEUE)
        actors.declare(house)
        self._book_messages()
        self._outbox = Follower(world.database_url, log, house.outbox)

    def do(self, job: Job) -> None:
        """Do a job as a worker does: what is refused is tried again in a moment."""
        actor: dramatiq.Actor[..., None] = self.house.queue.get_actor(job.actor)
        try:
            actor.fn(*job.arguments)
        except Refusal:
            self._world.queue.put_back(job, RETRY_AFTER)

    def call_back(self, letters: Sequence[Letter]) -> list[Answer | Exception]:
        """Take a round of callbacks as the API does; when it fails as a whole, each is taken alone."""
        take = TakeCallbacks(self.house.ledger, self.house.inbox)
        try:
            return take([self._callback(letter) for letter in letters])
        except (psycopg.IntegrityError, psycopg.DataError, Conflict) as error:
            if len(letters) == 1:
                return [error]
            return [answer for letter in letters for answer in self.call_back([letter])]

    def hear(self, letter: Letter) -> bool:
        """Keep what a stream says; False for a repeat."""
        return self.house.receive_message(letter.source, letter.portfolio_id, letter.id, letter.body)

    def follow(self) -> None:
        """The outbox handles what the log has got since."""
        with self._world.pool.connection() as connection:
            self._outbox.catch_up(connection)

    def sweep(self) -> None:
        """The outbox looks for what was lost, as it does every second."""
        self.house.outbox.idle()

    def _callback(self, letter: Letter) -> Callback:
        said = callback_body.read(letter.body)
        at = self._world.clock()
        message = Message(letter.source, letter.id, letter.body, at, letter.portfolio_id)
        return Callback(message, callback_body.report_of(said), said.account)

    def _book_messages(self) -> None:
        """The stream's translation, beside that of callbacks."""
        house = self.house
        translations = {"callback": callback_body.reports, "storm": told_by_stream}
        house.book_messages = BookMessages(
            house.ledger, house.inbox, house.order_reports, house.jobs, translations
        )


def told_by_stream(raw: bytes) -> Sequence[BrokerReport]:
    """What a message of the stream reports: a callback's body, with more words. Raises ValueError."""
    fields = json.loads(raw)
    if fields["event"] in ONLY_ON_STREAMS:
        return [of_no_execution(fields)]
    return callback_body.reports(raw)
