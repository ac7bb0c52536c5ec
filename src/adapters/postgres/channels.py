"""Channels of people, their addresses sealed, in a table of their own."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from pydantic import SecretStr

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from adapters.seals.channel import ChannelSeals
from adapters.seals.sealing import key_id_of
from application.ports import Batch
from application.ports.broker import KeysSealed
from application.ports.channels import Channel, Kept
from domain.refusals import Conflict

FORGET = "delete from channels where owner = %(owner)s and channel_id <> all(%(kept)s)"

CHANGE = """
    update channels set place = %(place)s, name = %(name)s, scheme = %(scheme)s, fingerprint = %(fingerprint)s,
        sealed = coalesce(%(sealed)s, sealed), severities = %(severities)s, enabled = %(enabled)s,
        changed_at = %(at)s
    where channel_id = %(id)s and owner = %(owner)s"""

MAKE = """
    insert into channels (channel_id, owner, place, name, scheme, fingerprint, sealed, severities, enabled, since,
        made_at, changed_at)
    values (%(id)s, %(owner)s, %(place)s, %(name)s, %(scheme)s, %(fingerprint)s, %(sealed)s, %(severities)s,
        %(enabled)s, %(since)s, %(at)s, %(at)s)"""

SILENCE = """
    update deliveries d set next_try_at = null, failed_at = %(at)s, problem = 'The channel was switched off.'
    from channels c where c.channel_id = d.channel_id and c.owner = %(owner)s and not c.enabled
        and d.next_try_at is not null"""

MEANWHILE = "The channels were changed at the same moment; nothing was done, try again."


class PostgresChannels:
    """The application's Channels. Rows are changed under the log's lock, so that nobody waits for two locks."""

    def __init__(self, pool: Pool, log: PostgresEventLog, seals: ChannelSeals) -> None:
        self._pool = pool
        self._log = log
        self._seals = seals

    def of(self, owner: str) -> list[Channel]:
        """See application.ports.channels.Channels."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select channel_id as id, name, scheme, fingerprint, severities, enabled from channels"
                " where owner = %s order by place",
                (owner,),
            ).fetchall()
        return [Channel(**row) for row in rows]

    def fingerprint(self, url: SecretStr) -> str:
        """See application.ports.channels.Channels."""
        return self._seals.fingerprint(url)

    def replace(self, owner: str, kept: Sequence[Kept], batch: Batch, at: datetime) -> int:
        """See application.ports.channels.Channels."""
        rows = [self._row(owner, place, each) | {"at": at} for place, each in enumerate(kept)]
        try:
            with self._pool.connection() as connection, connection.transaction():
                number = self._log.append_within(connection, batch)
                ids = [each.channel.id for each in kept]
                connection.execute(FORGET, {"owner": owner, "kept": ids})
                for row in rows:
                    self._keep(connection, row | {"since": number})
                connection.execute(SILENCE, {"owner": owner, "at": at})
        except psycopg.errors.UniqueViolation:
            raise Conflict(MEANWHILE) from None
        return number

    def address(self, channel_id: UUID) -> SecretStr | None:
        """See application.ports.channels.Channels."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select owner, sealed from channels where channel_id = %s", (channel_id,)
            ).fetchone()
        return self._seals.open(row["owner"], channel_id, row["sealed"]) if row else None

    def reseal(self) -> int:
        """Seal with the newest key whatever an older one opens, and answer how many addresses that was."""
        with self._pool.connection() as connection:
            rows = connection.execute("select channel_id, owner, sealed from channels").fetchall()
            return sum(self._reseal(connection, **row) for row in rows)

    def _reseal(
        self, connection: Connection[dict[str, Any]], channel_id: UUID, owner: str, sealed: bytes
    ) -> int:
        """Seal an address anew, unless somebody has changed it since it was read."""
        if self._seals.is_newest(sealed):
            return 0
        with suppress(KeysSealed):  # what no key opens stays as it is, for the key may come back
            again = self._seals.seal(owner, channel_id, self._seals.open(owner, channel_id, sealed))
            return connection.execute(
                "update channels set sealed = %s where channel_id = %s and sealed = %s",
                (again, channel_id, sealed),
            ).rowcount
        return 0

    def _keep(self, connection: Connection[dict[str, Any]], row: dict[str, Any]) -> None:
        if connection.execute(CHANGE, row).rowcount:
            return
        if row["sealed"] is None:
            raise Conflict(MEANWHILE)
        connection.execute(MAKE, row)

    def _row(self, owner: str, place: int, kept: Kept) -> dict[str, Any]:
        channel, url = kept.channel, kept.url
        return {
            "id": channel.id,
            "owner": owner,
            "place": place,
            "name": channel.name,
            "scheme": channel.scheme,
            "fingerprint": channel.fingerprint,
            "sealed": None if url is None else self._seals.seal(owner, channel.id, url),
            "severities": list(channel.severities),
            "enabled": channel.enabled,
        }


def sealed_with(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Of each channel its name with its owner's, and the id of the sealing key that opens its address."""
    try:
        rows = connection.execute("select owner, name, sealed from channels order by owner, place").fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [(f"{name} of {owner}", key_id_of(bytes(sealed))) for owner, name, sealed in rows]
