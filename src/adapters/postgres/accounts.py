"""Accounts in PostgreSQL."""

from typing import Any, LiteralString

import psycopg

from adapters.postgres.pool import Pool
from application.ports.access import LOCAL, Account
from domain.access.person import name_key
from domain.refusals import Conflict

ACCOUNT = "select user_id, name, password_hash, made_at from accounts"

ADD = """
    insert into accounts (user_id, name, name_key, password_hash, made_at)
    values (%(user_id)s, %(name)s, %(name_key)s, %(password_hash)s, %(made_at)s)"""

IDENTIFY = "insert into issuer_identities (issuer, subject, user_id) values (%s, %s, %s)"

BY_SUBJECT = """
    select user_id, name, password_hash, made_at from accounts join issuer_identities using (user_id)
    where issuer = %s and subject = %s"""

FORGET = (
    "delete from channels where owner = %s",
    "delete from notification_reads where principal = %s",
    "delete from receipts where principal = %s",
    "delete from accounts where user_id = %s",
)
"""What says who a person is, or leads to them; what lets them in goes with the account."""


class PostgresAccounts:
    """The application's Accounts."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def add(self, account: Account, identity: tuple[str, str] | None = None) -> None:
        """See application.ports.access.Accounts."""
        values = {
            "user_id": account.user_id,
            "name": account.name,
            "name_key": name_key(account.name),
            "password_hash": account.password_hash,
            "made_at": account.made_at,
        }
        try:
            with self._pool.connection() as connection, connection.transaction():
                connection.execute(ADD, values)
                if identity is not None:
                    connection.execute(IDENTIFY, (*identity, account.user_id))
        except psycopg.errors.UniqueViolation as error:
            if error.diag.table_name == "issuer_identities":
                raise Conflict("Somebody else has an account of this subject already.") from None
            if error.diag.constraint_name == "accounts_pkey" and account.user_id == LOCAL:
                raise Conflict("The person at this machine has an account already.") from None
            raise Conflict(f"There is an account {account.name} already.") from None

    def by_name(self, name: str) -> Account | None:
        """See application.ports.access.Accounts."""
        return self._one(f"{ACCOUNT} where name_key = %s", name_key(name))

    def by_id(self, user_id: str) -> Account | None:
        """See application.ports.access.Accounts."""
        return self._one(f"{ACCOUNT} where user_id = %s", user_id)

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """See application.ports.access.Accounts."""
        with self._pool.connection() as connection:
            row = connection.execute(BY_SUBJECT, (issuer, subject)).fetchone()
        return None if row is None else _account(row)

    def all(self) -> list[Account]:
        """See application.ports.access.Accounts."""
        with self._pool.connection() as connection:
            return [_account(row) for row in connection.execute(f"{ACCOUNT} order by name_key").fetchall()]

    def set_password(self, user_id: str, password_hash: str) -> None:
        """See application.ports.access.Accounts."""
        with self._pool.connection() as connection:
            connection.execute(
                "update accounts set password_hash = %s where user_id = %s", (password_hash, user_id)
            )

    def delete(self, user_id: str) -> None:
        """See application.ports.access.Accounts."""
        with self._pool.connection() as connection, connection.transaction():
            for statement in FORGET:
                connection.execute(statement, (user_id,))

    def _one(self, query: LiteralString, value: str) -> Account | None:
        with self._pool.connection() as connection:
            row = connection.execute(query, (value,)).fetchone()
        return None if row is None else _account(row)


def _account(row: dict[str, Any]) -> Account:
    return Account(**row)
