"""Fresh databases for tests: copied from a template, and emptied for the next test where that gives the same.

Copying takes many times as long as emptying, and a new connection to a database twice as long again, since it has to
learn of every table: so one is kept to each. A database whose schema is not the template's any more, or that somebody
else is still connected to, is dropped instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composed, Identifier

from api.wiring import House

Connection = psycopg.Connection[tuple[Any, ...]]

SCHEMA = """
    with own as (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
    select md5(string_agg(told, '|' order by told)) from (
        select concat_ws(' ', oid, relname, relkind, reloptions) from pg_class where relnamespace in (select * from own)
        union all
        select concat_ws(' ', attrelid, attnum, attname, atttypid, attnotnull) from pg_attribute
        join pg_class on pg_class.oid = attrelid where relnamespace in (select * from own)
        union all
        select concat_ws(' ', oid, conname, conkey) from pg_constraint where connamespace in (select * from own)
        union all
        select concat_ws(' ', oid, proname, prosrc) from pg_proc where pronamespace in (select * from own)
        union all
        select concat_ws(' ', oid, tgname, tgenabled) from pg_trigger
        union all
        select concat_ws(' ', setrole, setconfig) from pg_db_role_setting
        join pg_database on pg_database.oid = setdatabase where datname = current_database()
    ) as everything (told)"""
"""A hash of everything that a test could change besides rows."""

TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"
SEQUENCES = "select sequencename from pg_sequences where schemaname = 'public' and last_value is not null"
STRANGERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
)


class Databases:
    """Hands out databases with the schema and nothing else in them, and takes them back."""

    def __init__(self, connection: Connection, database_url: str, template: str) -> None:
        self._connection = connection
        self._url = database_url
        self._template = template
        self._clean: list[str] = []
        self._kept: dict[str, Connection] = {}
        with self._connected(template) as database:
            self._schema = database.execute(SCHEMA).fetchone()
            self._tables = [name for (name,) in database.execute(TABLES)]
            self._given = {name: _rows(database, name) for name in self._tables}

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """A database of one's own; answers its address."""
        name = self._clean.pop() if self._clean else self._copied()
        try:
            yield make_conninfo(self._url, dbname=name)
        finally:
            if self._is_emptied(name):
                self._clean.append(name)
            else:
                self._drop(name)

    def close(self) -> None:
        """Drop what is left."""
        for name in self._clean:
            self._drop(name)

    def _copied(self) -> str:
        name = f"ballast_test_{uuid4().hex[:12]}"
        self._connection.execute(
            SQL("create database {} template {}").format(Identifier(name), Identifier(self._template))
        )
        return name

    def _drop(self, name: str) -> None:
        if name in self._kept:
            self._kept.pop(name).close()
        drop(self._connection, name)

    def _is_emptied(self, name: str) -> bool:
        """Whether the database is as the template is, now."""
        try:
            if name not in self._kept:
                self._kept[name] = psycopg.connect(make_conninfo(self._url, dbname=name), autocommit=True)
            return self._emptied(self._kept[name])
        except psycopg.OperationalError:  # a test has ended all connections to its database
            return False

    def _emptied(self, database: Connection) -> bool:
        if database.execute(STRANGERS).fetchone() != (0,):
            return False
        if database.execute(SCHEMA).fetchone() != self._schema:
            return False
        database.execute(SQL(";").join(self._delete(table) for table in reversed(self._tables)))
        for (sequence,) in database.execute(SEQUENCES).fetchall():
            database.execute(SQL("alter sequence {} restart").format(Identifier(sequence)))
        return all(_rows(database, table) == given for table, given in self._given.items() if given)

    def _delete(self, table: str) -> Composed:
        """What the template has too is left, and compared afterwards."""
        statement = "select from {} limit 0" if self._given[table] else "delete from {}"
        return SQL(statement).format(Identifier(table))

    @contextmanager
    def _connected(self, name: str) -> Iterator[Connection]:
        with psycopg.connect(make_conninfo(self._url, dbname=name), autocommit=True) as connection:
            yield connection


@contextmanager
def template(connection: Connection, database_url: str, redis_url: str) -> Iterator[str]:
    """A database with the schema and nothing in it, to copy from; answers its name."""
    name = f"ballast_template_{uuid4().hex[:12]}"
    connection.execute(SQL("create database {}").format(Identifier(name)))
    try:
        house = House(make_conninfo(database_url, dbname=name), redis_url)
        house.prepare_database()
        house.close()
        yield name
    finally:
        drop(connection, name)


def drop(connection: Connection, name: str) -> None:
    """Drop a database. Force is the second resort: it stumbles over an autovacuum, which a plain drop ends."""
    try:
        connection.execute(SQL("drop database {}").format(Identifier(name)))
    except psycopg.errors.ObjectInUse:
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))


def _rows(database: Connection, table: str) -> list[tuple[Any, ...]]:
    return database.execute(
        SQL("select told::text from {} as told order by 1 limit 1000").format(Identifier(table))
    ).fetchall()
