"""Keys of broker accounts, sealed, in a table of their own; stored in one transaction with the events about them."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.errors import UniqueViolation
from pydantic import SecretStr

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from adapters.seals.account import AccountSeals
from adapters.seals.sealing import key_id_of
from application.ports import Batch
from application.ports.broker import BrokerAccount, Credentials, KeysSealed
from domain.refusals import Conflict

PREVIOUS_SECRET_COUNTS = timedelta(hours=24)

KEEP = """
    insert into broker_keys as known
        (portfolio_id, kind, environment, account, sealed, callback_secret_sealed, made_at)
    values (%(portfolio)s, %(kind)s, %(environment)s, %(account)s, %(sealed)s, %(secret)s, %(at)s)
    on conflict (portfolio_id) do update set kind = excluded.kind, environment = excluded.environment,
        account = excluded.account, sealed = excluded.sealed, replaced_at = excluded.made_at,
        callback_secret_sealed = excluded.callback_secret_sealed,
        previous_callback_secret_sealed = null, previous_callback_secret_until = null"""

REPLACE = """
    update broker_keys set sealed = %(sealed)s, replaced_at = %(at)s
    where portfolio_id = %(portfolio)s and kind = %(kind)s and environment = %(environment)s
        and account = %(account)s"""

ROTATE = """
    update broker_keys set previous_callback_secret_sealed = callback_secret_sealed,
        previous_callback_secret_until = %(until)s, callback_secret_sealed = %(secret)s
    where portfolio_id = %(portfolio)s and kind = %(kind)s and environment = %(environment)s
        and account = %(account)s"""

RESEAL = """
    update broker_keys set sealed = %(sealed)s, callback_secret_sealed = %(callback_secret_sealed)s,
        previous_callback_secret_sealed = %(previous_callback_secret_sealed)s
    where portfolio_id = %(portfolio_id)s and sealed = %(sealed_before)s
        and callback_secret_sealed = %(callback_secret_sealed_before)s"""

SEALED = ("sealed", "callback_secret_sealed", "previous_callback_secret_sealed")


class PostgresBrokerKeys:
    """The application's KeyStore. Rows are touched under the log's lock, so that nobody waits for two locks."""

    def __init__(self, pool: Pool, log: PostgresEventLog, seals: AccountSeals) -> None:
        self._pool = pool
        self._log = log
        self._seals = seals

    def keep(
        self,
        account: BrokerAccount,
        credentials: Credentials,
        callback_secret: SecretStr | None,
        batch: Batch,
        at: datetime,
    ) -> int:
        """See application.ports.keys.KeyStore."""
        values = _named(account) | {
            "sealed": self._seals.seal_credentials(account, credentials),
            "secret": callback_secret and self._seals.seal_callback_secret(account, callback_secret),
            "at": at,
        }
        return self._append_and(batch, REPLACE if callback_secret is None else KEEP, values)

    def rotate(self, account: BrokerAccount, callback_secret: SecretStr, batch: Batch, at: datetime) -> int:
        """See application.ports.keys.KeyStore."""
        values = _named(account) | {
            "secret": self._seals.seal_callback_secret(account, callback_secret),
            "until": at + PREVIOUS_SECRET_COUNTS,
        }
        return self._append_and(batch, ROTATE, values)

    def forget(self, portfolio_id: UUID, batch: Batch) -> int:
        """See application.ports.keys.KeyStore."""
        forget = "delete from broker_keys where portfolio_id = %(portfolio)s"
        return self._append_and(batch, forget, {"portfolio": portfolio_id}, needed=False)

    def credentials(self, account: BrokerAccount) -> Credentials:
        """See application.ports.keys.KeyStore."""
        row = self._row(account)
        if row is None:
            raise KeysSealed(f"There are no keys for the {account.kind} account {account.account}.")
        return self._seals.open_credentials(account, row["sealed"])

    def has_callback_secret(self, account: BrokerAccount) -> bool:
        """See application.ports.keys.KeyStore."""
        row = self._row(account)
        with suppress(KeysSealed):
            if row is not None:
                self._seals.open_callback_secret(account, row["callback_secret_sealed"])
                return True
        return False

    def callback_secrets(self, kind: str, account: str, now: datetime) -> list[SecretStr]:
        """See application.ports.keys.KeyStore."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from broker_keys where kind = %s and account = %s", (kind, account)
            ).fetchall()
        return [secret for row in rows for secret in self._callback_secrets(row, now)]

    def reseal(self) -> int:
        """Seal with the newest key whatever an older one opens, and answer of how many accounts that was."""
        with self._pool.connection() as connection:
            rows = connection.execute("select * from broker_keys").fetchall()
            return sum(self._reseal(connection, row) for row in rows)

    def _reseal(self, connection: Connection[dict[str, Any]], row: dict[str, Any]) -> int:
        """Seal a row anew, unless somebody has changed it since it was read."""
        account, seals, changed = _account(row), self._seals, {}
        for column in SEALED:
            if row[column] is None or seals.is_newest(row[column]):
                continue
            with suppress(KeysSealed):  # what no key opens stays as it is, for the key may come back
                if column == "sealed":
                    credentials = seals.open_credentials(account, row[column])
                    changed[column] = seals.seal_credentials(account, credentials)
                else:
                    secret = seals.open_callback_secret(account, row[column])
                    changed[column] = seals.seal_callback_secret(account, secret)
        if not changed:
            return 0
        before = {f"{column}_before": row[column] for column in SEALED}
        return connection.execute(RESEAL, row | changed | before).rowcount

    def _callback_secrets(self, row: dict[str, Any], now: datetime) -> list[SecretStr]:
        account, until = _account(row), row["previous_callback_secret_until"]
        secrets = [self._seals.open_callback_secret(account, row["callback_secret_sealed"])]
        if until is not None and now < until:
            with suppress(KeysSealed):  # the current one is enough to go on
                secrets.append(
                    self._seals.open_callback_secret(account, row["previous_callback_secret_sealed"])
                )
        return secrets

    def _append_and(self, batch: Batch, change: str, values: dict[str, Any], *, needed: bool = True) -> int:
        """Events first, since they take the log's lock, then the keys; all of it or nothing."""
        with self._pool.connection() as connection, connection.transaction():
            number = self._log.append_within(connection, batch)
            try:
                changed = connection.execute(change.encode(), values).rowcount
            except UniqueViolation:
                raise Conflict("This account is connected to another portfolio already.") from None
            if needed and not changed:
                raise Conflict("The broker was changed at the same moment; nothing was done, try again.")
        return number

    def _row(self, account: BrokerAccount) -> dict[str, Any] | None:
        with self._pool.connection() as connection:
            return connection.execute(
                "select * from broker_keys where portfolio_id = %(portfolio)s and kind = %(kind)s"
                " and environment = %(environment)s and account = %(account)s",
                _named(account),
            ).fetchone()


def sealed_with(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Of each account its name and the ids of the sealing keys that open what is kept of it."""
    try:
        rows = connection.execute(
            "select kind || ' ' || account, sealed, callback_secret_sealed from broker_keys order by 1"
        ).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return sorted({(row[0], key_id_of(bytes(sealed))) for row in rows for sealed in row[1:]})


def _named(account: BrokerAccount) -> dict[str, Any]:
    return {
        "portfolio": account.portfolio_id,
        "kind": account.kind,
        "environment": account.environment,
        "account": account.account,
    }


def _account(row: dict[str, Any]) -> BrokerAccount:
    return BrokerAccount(row["portfolio_id"], row["kind"], row["environment"], row["account"])
