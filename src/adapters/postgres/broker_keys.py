"""Keys of broker accounts, sealed, in a table of their own; stored in one transaction with the events about them."""

import json
from collections.abc import Callable
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
from adapters.sealing import VARIABLE, CannotOpen, Sealer, key_id_of
from application.broker import BrokerAccount, Credentials, KeysSealed
from application.ports import Batch
from domain.refusals import Conflict

CREDENTIALS, CALLBACK_SECRET = "credentials", "callback secret"  # what a seal is for
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

SEALED = {
    "sealed": CREDENTIALS,
    "callback_secret_sealed": CALLBACK_SECRET,
    "previous_callback_secret_sealed": CALLBACK_SECRET,
}
"""The sealed columns, and what each seal is for."""


class PostgresBrokerKeys:
    """The application's KeyStore. Rows are touched under the log's lock, so that nobody waits for two locks."""

    def __init__(self, pool: Pool, log: PostgresEventLog, sealer: Callable[[], Sealer]) -> None:
        """``sealer`` is asked at every use, since its keys may come later or change; it may raise ValueError."""
        self._pool = pool
        self._log = log
        self._make_sealer = sealer

    def keep(
        self,
        account: BrokerAccount,
        credentials: Credentials,
        callback_secret: SecretStr | None,
        batch: Batch,
        at: datetime,
    ) -> int:
        """See application.connect_broker.KeyStore."""
        values = self._named(account) | {
            "sealed": self._seal(account, CREDENTIALS, _written(credentials)),
            "secret": callback_secret and self._seal(account, CALLBACK_SECRET, callback_secret),
            "at": at,
        }
        return self._append_and(batch, REPLACE if callback_secret is None else KEEP, values)

    def rotate(self, account: BrokerAccount, callback_secret: SecretStr, batch: Batch, at: datetime) -> int:
        """See application.connect_broker.KeyStore."""
        values = self._named(account) | {
            "secret": self._seal(account, CALLBACK_SECRET, callback_secret),
            "until": at + PREVIOUS_SECRET_COUNTS,
        }
        return self._append_and(batch, ROTATE, values)

    def forget(self, portfolio_id: UUID, batch: Batch) -> int:
        """See application.connect_broker.KeyStore."""
        forget = "delete from broker_keys where portfolio_id = %(portfolio)s"
        return self._append_and(batch, forget, {"portfolio": portfolio_id}, needed=False)

    def credentials(self, account: BrokerAccount) -> Credentials:
        """See application.connect_broker.KeyStore."""
        row = self._row(account)
        if row is None:
            raise KeysSealed(f"There are no keys for the {account.kind} account {account.account}.")
        key_id, secret_key = json.loads(self._open(account, CREDENTIALS, row["sealed"]).get_secret_value())
        return Credentials(SecretStr(key_id), SecretStr(secret_key))

    def has_callback_secret(self, account: BrokerAccount) -> bool:
        """See application.connect_broker.KeyStore."""
        row = self._row(account)
        with suppress(KeysSealed):
            return row is not None and bool(
                self._open(account, CALLBACK_SECRET, row["callback_secret_sealed"])
            )
        return False

    def callback_secrets(self, kind: str, account: str, now: datetime) -> list[SecretStr]:
        """See application.connect_broker.KeyStore."""
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
        account, changed = _account(row), {}
        for column, what in SEALED.items():
            if row[column] is not None and not self._sealer.is_newest(row[column]):
                with suppress(KeysSealed):  # what no key opens stays as it is, for the key may come back
                    changed[column] = self._seal(account, what, self._open(account, what, row[column]))
        if not changed:
            return 0
        before = {f"{column}_before": row[column] for column in SEALED}
        return connection.execute(RESEAL, row | changed | before).rowcount

    def _callback_secrets(self, row: dict[str, Any], now: datetime) -> list[SecretStr]:
        account, until = _account(row), row["previous_callback_secret_until"]
        secrets = [self._open(account, CALLBACK_SECRET, row["callback_secret_sealed"])]
        if until is not None and now < until:
            with suppress(KeysSealed):  # the current one is enough to go on
                secrets.append(self._open(account, CALLBACK_SECRET, row["previous_callback_secret_sealed"]))
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
                self._named(account),
            ).fetchone()

    def _named(self, account: BrokerAccount) -> dict[str, Any]:
        return {
            "portfolio": account.portfolio_id,
            "kind": account.kind,
            "environment": account.environment,
            "account": account.account,
        }

    @property
    def _sealer(self) -> Sealer:
        try:
            return self._make_sealer()
        except ValueError as error:
            raise KeysSealed(f"{error}.") from None

    def _seal(self, account: BrokerAccount, what: str, secret: SecretStr) -> bytes:
        try:
            return self._sealer.seal(secret.get_secret_value().encode(), _purpose(account, what))
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def _open(self, account: BrokerAccount, what: str, sealed: bytes) -> SecretStr:
        try:
            return SecretStr(self._sealer.open(sealed, _purpose(account, what)).decode())
        except CannotOpen as error:
            raise KeysSealed(
                f"The {what} of the {account.kind} account {account.account} cannot be opened. {error}"
                f" Put the key back into {VARIABLE}, or connect the account again."
            ) from None


def sealed_with(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Of each account its name and the ids of the sealing keys that open what is kept of it."""
    try:
        rows = connection.execute(
            "select kind || ' ' || account, sealed, callback_secret_sealed from broker_keys order by 1"
        ).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return sorted({(row[0], key_id_of(bytes(sealed))) for row in rows for sealed in row[1:]})


def _purpose(account: BrokerAccount, what: str) -> bytes:
    """What a seal is bound to, spelled so that no two spell alike."""
    named = [what, str(account.portfolio_id), account.kind, account.environment, account.account]
    return json.dumps(named).encode()


def _written(credentials: Credentials) -> SecretStr:
    halves = [credentials.key_id.get_secret_value(), credentials.secret_key.get_secret_value()]
    return SecretStr(json.dumps(halves))


def _account(row: dict[str, Any]) -> BrokerAccount:
    return BrokerAccount(row["portfolio_id"], row["kind"], row["environment"], row["account"])
