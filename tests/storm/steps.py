"""The storm: one seed's processes, brokers and post, step by step, until it is calm and everything must agree.

Every step draws from a chance of its own, so that leaving one out leaves the others as they are.
"""

from collections import Counter
from collections.abc import Set as AbstractSet
from random import Random
from uuid import UUID

from adapters.postgres.pool import PostgresPool
from storm.audit import Audit
from storm.checks import require_books, require_open
from storm.clock import Clock
from storm.crashes import Crashed, Moments
from storm.exchange import Exchange
from storm.floor import Floor
from storm.founding import Founded, exchange_for, found
from storm.investor import Investor
from storm.jobs import BACK_AFTER, Job, Queue
from storm.line import Line, Lines
from storm.person import Person
from storm.ports import Appends
from storm.post import Post
from storm.postman import Postman
from storm.processes import Ids, Process, World
from storm.scenario import Scenario
from storm.sending import Sending
from storm.ticks import Ticks

PROCESSES = 2
WORKER = 0
"""The process that has the books compared when it starts; the other one is as the API is."""

BOOKS_EVERY_STEPS = 40
ACTS_MAX = 6
HAPPENINGS_MAX = 25
JOBS_AT_ONCE_MAX = 12


class Storm:
    """Everything of one seed."""

    def __init__(self, scenario: Scenario, database_url: str, pool: PostgresPool) -> None:
        self.scenario = scenario
        self.chance = chance = Random()
        weather = scenario.weather
        self.clock = clock = Clock(self._close_the_day)
        new_id = Ids(scenario.seed, clock)
        self.moments = Moments(chance, weather.crash_rate, weather.meanwhile_rate)
        self.queue = Queue(clock, chance, self.moments)
        self.exchanges = {each.name: exchange_for(each, clock) for each in scenario.accounts}
        self.floors = {name: Floor(exchange, chance, weather) for name, exchange in self.exchanges.items()}
        self.portfolio_ids = {each.name: new_id() for each in scenario.accounts}
        self.audit = Audit(self.exchanges, {id_: name for name, id_ in self.portfolio_ids.items()})
        self.sending = Sending(self.audit)
        self.lines = {
            name: Line(exchange, self.floors[name], chance, weather, self.moments, self.sending)
            for name, exchange in self.exchanges.items()
        }
        self.world = World(
            database_url, pool, clock, new_id, Lines(self.lines), self.queue, self.moments, Appends()
        )
        self.posts = [self._post(name, exchange) for name, exchange in self.exchanges.items()]
        self.postman = Postman(self.posts, clock, chance)
        self.processes: list[Process] = []
        self._newborn: set[int] = set()
        self._current = 0
        self.founded: list[Founded] = []
        self.counts: Counter[str] = Counter()
        self.moments.meanwhile = self._meanwhile

    def run(self, left_out: AbstractSet[int] = frozenset()) -> None:
        """All steps but those left out. Raises Broken."""
        self.begin()
        for number in range(1, self.scenario.steps + 1):
            if number not in left_out:
                self.step(number)

    def begin(self) -> None:
        """Found everything, in peace."""
        self.moments.calm = True
        self.chance.seed(f"{self.scenario.seed}|0")
        self.processes = [Process(self.world) for _ in range(PROCESSES)]
        house = self.processes[0].house
        self.founded = [
            found(house, account, self.exchanges[account.name], self.portfolio_ids[account.name])
            for account in self.scenario.accounts
        ]
        positions = [position_id for each in self.founded for position_id in each.position_ids]
        self.person = Person(self.chance, [*self.portfolio_ids.values()], positions)
        advised = [self.portfolio_ids[each.name] for each in self.scenario.accounts if each.strategy]
        self.investor = Investor(self.chance, advised)
        self.ticks = Ticks(self.founded, self.clock, self.chance, self.scenario.weather)
        self.catch_up()
        self.moments.calm = False

    def step(self, number: int) -> None:
        """One step. Raises Broken."""
        chance = self.chance
        chance.seed(f"{self.scenario.seed}|{number}")
        self.clock.move(chance)
        for line in self.lines.values():
            line.arrive()
        for _ in range(chance.randint(1, ACTS_MAX)):
            self.act_in(chance.randrange(PROCESSES))
            self.catch_up()
            self.require_open()
        if number % BOOKS_EVERY_STEPS == 0:
            self.require_books()

    def act_in(self, number: int) -> None:
        """Something happens, in a process if it takes one; it may die of it."""
        before, self._current = self._current, number
        job: list[Job] = []
        try:
            if number in self._newborn:
                self._start(number)
            self._act(self.processes[number], job)
        except Crashed:
            self._died(number, job)
        finally:
            self._current = before

    def catch_up(self) -> None:
        """The second bookkeeper reads what is new, if anything was appended since. Raises Broken."""
        if self.world.appends.seen():
            return
        with self.world.pool.connection() as connection:
            log = self.processes[0].house.log
            while events := log.read(connection, self.audit.number, 500):
                for recorded in events:
                    self.audit.take(recorded)

    def require_open(self) -> None:
        """What is open at a broker is open on the books. Raises Broken."""
        for exchange in self.exchanges.values():
            require_open(self.audit, exchange)

    def require_books(self) -> None:
        """The database's books are in order. Raises Broken."""
        with self.world.pool.connection() as connection:
            require_books(connection, self.audit)

    def _act(self, process: Process, job: list[Job]) -> None:
        chance = self.chance
        if self.investor.is_due():
            self.investor.act(process.house)
            return
        drawn = chance.random()
        if drawn < 0.12:
            self.ticks.tick(process.house)
        elif drawn < 0.38:
            self._let_happen()
        elif drawn < 0.58:
            self.postman.deliver(process)
        elif drawn < 0.80:
            self.work(process, chance.randint(1, JOBS_AT_ONCE_MAX), job)
        elif drawn < 0.96:
            with self.moments.alone():
                process.follow()
                process.sweep()
        elif drawn < 0.97:
            with self.sending.task(by_hand=True):
                self.person.meddle(process.house)
        else:
            self.person.lift_freezes(process.house)
            self.catch_up()
            with self.sending.task(by_hand=True):
                self.person.mend(process.house)
                self.investor.mend(process.house)

    def _let_happen(self) -> None:
        """At the broker's things happen faster than we hear of them."""
        for floor in self.floors.values():
            for _ in range(self.chance.randint(1, HAPPENINGS_MAX)):
                floor.happen()

    def work(self, process: Process, many: int, at_work: list[Job]) -> int:
        """Do up to so many jobs; ``at_work`` holds the one that is being done. Answers how many were done."""
        for done in range(many):
            job = self.queue.take()
            if job is None:
                return done
            at_work[:] = [job]
            self.catch_up()
            with self.sending.task():
                process.do(job)
            at_work.clear()
            self.counts["jobs"] += 1
        return many

    def _meanwhile(self) -> None:
        """Another process does something while this one waits for an answer."""
        self.catch_up()
        self.act_in(1 - self._current)
        self.catch_up()

    def _died(self, number: int, job: list[Job]) -> None:
        """A process is gone, perhaps with the queue; another one takes its place, and its job later."""
        self.counts["crashes"] += 1
        if self.chance.random() < self.scenario.weather.emptied_rate:
            self.queue.waiting.clear()
        else:
            for each in job:
                self.queue.put_back(each, BACK_AFTER)
        self.processes[number] = Process(self.world)
        if number == WORKER:
            self._newborn.add(number)

    def _start(self, number: int) -> None:
        """As a worker starts: nothing leaves before the books are compared."""
        house = self.processes[number].house
        for portfolio_id in house.books.connected():
            house.reconcile.require(portfolio_id, "A worker started.")
        self._newborn.discard(number)

    def _close_the_day(self) -> None:
        for floor in self.floors.values():
            floor.close_the_day()

    def _post(self, name: str, exchange: Exchange) -> Post:
        portfolio_id: UUID = self.portfolio_ids[name]
        post = Post(name, portfolio_id, self.chance, self.scenario.weather)
        exchange.tell = post.take
        return post
