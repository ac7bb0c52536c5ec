"""Exchange rates in PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, LiteralString

from psycopg import Connection

from adapters.postgres.lateness import RATES, note_late
from adapters.postgres.pool import Pool
from domain.fx import Pair, Rate
from domain.quality import EVER

LOCK = "select pg_advisory_xact_lock(hashtextextended('fx_rates', 0))"

LAST_GOOD = """
    select * from fx_rates where base = %(base)s and quote = %(quote)s and as_of < %(as_of)s and quarantined is null
    order by as_of desc, source limit 1"""

STORE = """
    insert into fx_rates as known (base, quote, as_of, source, rate, quarantined)
    values (%(base)s, %(quote)s, %(as_of)s, %(source)s, %(rate)s, %(quarantined)s)
    on conflict (base, quote, as_of, source) do update set last_seen = clock_timestamp(),
        quarantined = case when %(believed)s and known.rate = excluded.rate then null else known.quarantined end
    returning last_seen is null as new"""

# One look in the index for each pair, however long its history is.
LATEST = """
    with recursive pairs as (
        (select base, quote from fx_rates order by base, quote limit 1)
        union all
        select next.base, next.quote from pairs cross join lateral (
            select base, quote from fx_rates where (base, quote) > (pairs.base, pairs.quote)
            order by base, quote limit 1) as next)
    select good.* from pairs cross join lateral (
        select * from fx_rates where base = pairs.base and quote = pairs.quote and quarantined is null
            and as_of <= %(moment)s
        order by as_of desc, source limit 1) as good"""

DAILY = """
    select distinct on (date_trunc('day', as_of, 'UTC'), base, quote) * from fx_rates
    where quarantined is null and as_of >= %(since)s and as_of <= %(moment)s
    order by date_trunc('day', as_of, 'UTC'), base, quote, as_of desc, source"""

PAGE = """
    select * from fx_rates
    where (%(base)s::text is null or base = %(base)s) and (%(quote)s::text is null or quote = %(quote)s)
        and (as_of, base, quote, source) > (%(moment)s, %(after_base)s, %(after_quote)s, %(after_source)s)
    order by as_of, base, quote, source limit %(limit)s"""

BEGINNING = ("-infinity", "", "", "")


class PostgresFxRates:
    """The application's FxRates."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def intake(self) -> Iterator["PostgresFxIntake"]:
        """See application.ports.fx.FxRates."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(LOCK)
            yield PostgresFxIntake(connection)

    def latest(self) -> list[Rate]:
        """See application.ports.fx.FxRates."""
        return self._rates(LATEST, EVER)

    def latest_until(self, moment: datetime) -> list[Rate]:
        """See application.ports.fx.FxRates."""
        return self._rates(LATEST, moment)

    def daily(self, since: datetime | None, until: datetime) -> list[Rate]:
        """See application.ports.fx.FxRates."""
        return self._rates(DAILY, until, since)

    def page(
        self,
        base: str | None,
        quote: str | None,
        after: tuple[datetime, str, str, str] | None,
        limit: int,
    ) -> list[dict[str, Any]]:
        """Stored rates after (moment, base, quote, source), quarantined ones marked with the rule."""
        moment, after_base, after_quote, after_source = after or BEGINNING
        with self._pool.connection() as connection:
            return connection.execute(
                PAGE,
                {
                    "base": base,
                    "quote": quote,
                    "moment": moment,
                    "after_base": after_base,
                    "after_quote": after_quote,
                    "after_source": after_source,
                    "limit": limit,
                },
            ).fetchall()

    def _rates(self, query: LiteralString, moment: datetime, since: datetime | None = None) -> list[Rate]:
        parameters = {"moment": moment, "since": since or "-infinity"}
        with self._pool.connection() as connection:
            return [_rate(row) for row in connection.execute(query, parameters).fetchall()]


class PostgresFxIntake:
    """The application's FxIntake, one open transaction."""

    def __init__(self, connection: Connection[dict[str, Any]]) -> None:
        self._connection = connection

    def last_good(self, rate: Rate) -> Rate | None:
        """See application.ports.fx.FxIntake."""
        row = self._connection.execute(LAST_GOOD, _named(rate)).fetchone()
        return _rate(row) if row else None

    def store(self, rate: Rate, quarantined: str | None, *, believed: bool = False) -> bool:
        """See application.ports.fx.FxIntake."""
        values = _named(rate) | {"quarantined": quarantined, "believed": believed}
        row = self._connection.execute(STORE, values).fetchone()
        new = row is not None and row["new"]
        if believed or (new and quarantined is None):
            note_late(self._connection, [(RATES, rate.as_of)])
        return new


def _named(rate: Rate) -> dict[str, Any]:
    return {
        "base": rate.pair.base,
        "quote": rate.pair.quote,
        "as_of": rate.as_of,
        "source": rate.source,
        "rate": rate.rate,
    }


def _rate(row: dict[str, Any]) -> Rate:
    return Rate(Pair(row["base"], row["quote"]), row["as_of"], row["rate"], row["source"])
