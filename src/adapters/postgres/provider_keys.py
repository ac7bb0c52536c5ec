"""Keys of portfolios' providers, sealed, in a table of their own; stored in one transaction with the events."""

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from adapters.seals.provider import Holder, ProviderSeals
from adapters.seals.sealing import key_id_of
from application.ports import Batch
from application.ports.broker import KeysSealed
from application.ports.provider_keys import ProviderSecret
from domain.market_data.providers import Provider

KEEP = """
    insert into provider_keys (portfolio_id, provider, kind, hosts, sealed, made_at)
    values (%(portfolio)s, %(name)s, %(kind)s, %(hosts)s, %(sealed)s, %(at)s)
    on conflict (portfolio_id, provider) do update set kind = excluded.kind, hosts = excluded.hosts,
        sealed = excluded.sealed, made_at = excluded.made_at"""

OF_PORTFOLIO = "select provider, kind, hosts from provider_keys where portfolio_id = %s"

RESEAL = """
    update provider_keys set sealed = %(new)s
    where portfolio_id = %(portfolio_id)s and provider = %(provider)s and sealed = %(sealed)s"""


class PostgresProviderKeys:
    """The application's ProviderKeys. Rows are touched under the log's lock, so that nobody waits for two locks."""

    def __init__(self, pool: Pool, log: PostgresEventLog, seals: ProviderSeals) -> None:
        self._pool = pool
        self._log = log
        self._seals = seals

    def keep(
        self,
        portfolio_id: UUID,
        providers: Sequence[Provider],
        given: Mapping[str, ProviderSecret],
        batch: Batch,
        at: datetime,
    ) -> int:
        """See application.ports.provider_keys.ProviderKeys. Whoever was left alone for a while may be asked again."""
        holders = {each.name: Holder.of(portfolio_id, each) for each in providers}
        kept = [
            {
                "portfolio": portfolio_id,
                "name": name,
                "kind": holders[name].kind,
                "hosts": list(holders[name].hosts),
                "sealed": self._seals.seal(holders[name], secret),
                "at": at,
            }
            for name, secret in sorted(given.items())
        ]
        with self._pool.connection() as connection, connection.transaction():
            number = self._log.append_within(connection, batch)
            self._forget(connection, portfolio_id, set(holders.values()))
            for values in kept:
                connection.execute(KEEP, values)
            connection.execute("delete from provider_rests where portfolio_id = %s", (portfolio_id,))
        return number

    def has_key(self, portfolio_id: UUID, provider: Provider) -> bool:
        """See application.ports.provider_keys.ProviderKeys."""
        return self._sealed(Holder.of(portfolio_id, provider)) is not None

    def key_of(self, portfolio_id: UUID, provider: Provider) -> ProviderSecret | None:
        """See application.ports.provider_keys.ProviderKeys."""
        holder = Holder.of(portfolio_id, provider)
        sealed = self._sealed(holder)
        return None if sealed is None else self._seals.open(holder, sealed)

    def reseal(self) -> int:
        """Seal with the newest key whatever an older one opens, and answer how many that were."""
        with self._pool.connection() as connection:
            rows = connection.execute("select * from provider_keys").fetchall()
            return sum(self._reseal(connection, row) for row in rows)

    def _reseal(self, connection: Connection[dict[str, Any]], row: dict[str, Any]) -> int:
        holder = _holder(row["portfolio_id"], row)
        if self._seals.is_newest(row["sealed"]):
            return 0
        with suppress(KeysSealed):  # what no key opens stays as it is, for the key may come back
            new = self._seals.seal(holder, self._seals.open(holder, row["sealed"]))
            return connection.execute(RESEAL, row | {"new": new}).rowcount
        return 0

    def _forget(
        self, connection: Connection[dict[str, Any]], portfolio_id: UUID, holders: Set[Holder]
    ) -> None:
        """Erase what belongs to nobody any more."""
        for row in connection.execute(OF_PORTFOLIO, (portfolio_id,)).fetchall():
            if _holder(portfolio_id, row) not in holders:
                connection.execute(
                    "delete from provider_keys where portfolio_id = %s and provider = %s",
                    (portfolio_id, row["provider"]),
                )

    def _sealed(self, holder: Holder) -> bytes | None:
        with self._pool.connection() as connection:
            row = connection.execute(
                "select sealed from provider_keys where portfolio_id = %s and provider = %s and kind = %s"
                " and hosts = %s",
                (holder.portfolio_id, holder.name, holder.kind, list(holder.hosts)),
            ).fetchone()
        return row["sealed"] if row else None


def sealed_with(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Of each provider whose key is kept its name and the id of the sealing key that opens it."""
    try:
        rows = connection.execute(
            "select 'provider ' || provider, sealed from provider_keys order by portfolio_id, provider"
        ).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [(name, key_id_of(bytes(sealed))) for name, sealed in rows]


def _holder(portfolio_id: UUID, row: dict[str, Any]) -> Holder:
    return Holder(portfolio_id, row["provider"], row["kind"], tuple(row["hosts"]))
