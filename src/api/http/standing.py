"""How things stand: the log, its followers, Redis. For health, Prometheus and whoever runs the house."""

from dataclasses import dataclass

import psycopg
from psycopg_pool import PoolTimeout

from adapters.calendars.calendar_warning import CalendarWarning
from adapters.postgres import dead_letters
from api.wiring import House
from projections import listings, orders

ASK_SECONDS_MAX = 2.0


@dataclass(frozen=True, slots=True)
class FollowerStanding:
    """How far a follower of the log has come, and for how many portfolios it has stopped."""

    name: str
    number: int
    lag: int
    parked: int


@dataclass(frozen=True, slots=True)
class LogStanding:
    """The log's newest number, its followers, open orders by status, and how many dead letters wait."""

    last_number: int
    followers: list[FollowerStanding]
    open_orders: dict[str, int]
    dead_letters: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Asks, and takes no answer for an answer."""

    house: House

    def log(self) -> LogStanding | None:
        """How the log stands, None when the database does not answer."""
        try:
            return self._log()
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
            return None

    def redis(self) -> bool:
        """Whether Redis answers."""
        return self.house.jobs.answers()

    def is_ready(self) -> bool:
        """Whether database and Redis answer."""
        try:
            with self.house.house_pool.connection(timeout=ASK_SECONDS_MAX) as connection:
                connection.execute("select")
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
            return False
        return self.redis()

    def queues(self) -> dict[str, int]:
        """How many jobs each queue holds; nothing when Redis is away."""
        return self.house.jobs.lengths()

    def reconciliation_age_seconds(self) -> int | None:
        """How long ago the books last agreed with every broker's; None without brokers, or without a database."""
        try:
            return self.house.reconciliation_age_seconds()
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
            return None

    def calendars(self) -> list[CalendarWarning]:
        """What is to be said of the calendars that listings need; nothing when the database does not answer."""
        try:
            with self.house.house_pool.connection(timeout=ASK_SECONDS_MAX) as connection:
                exchanges = listings.exchanges(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout):
            return []
        today = self.house.ledger.clock().date()
        found = (self.house.sessions.warning(exchange, today) for exchange in exchanges)
        return [warning for warning in found if warning is not None]

    def _log(self) -> LogStanding:
        with self.house.house_pool.connection(timeout=ASK_SECONDS_MAX) as connection:
            last = self.house.log.last_number(connection)
            rows = connection.execute(
                "select f.name, f.number, count(p.*) as parked from followers f"
                " left join parked p on p.follower = f.name group by f.name, f.number"
            ).fetchall()
            open_orders = orders.open_by_status(connection)
            letters = dead_letters.count(connection)
        known = {row["name"]: row for row in rows}
        followers = []
        for follower in self.house.followers():
            row = known.get(follower.name, {"number": 0, "parked": 0})
            # The follower may have moved on between the two looks.
            lag = max(0, last - row["number"])
            followers.append(FollowerStanding(follower.name, row["number"], lag, row["parked"]))
        return LogStanding(last, followers, open_orders, letters)
