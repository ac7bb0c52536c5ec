"""What a read model is: its tables and one pure function from an event to rows.

There are two kinds. *Inline* ones are written in the transaction of the event itself and are never behind;
*following* ones are written by a follower of the log, exactly once, a moment later. Both are rebuilt from the
events by the same function.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, Literal

from domain.events import Event, Recorded
from domain.streams import State

Mode = Literal["append", "replace", "add"]
Kind = Literal["inline", "following"]

EVENT_NUMBER = "event_number"


@dataclass(frozen=True)
class Table:
    """A read model's table. ``columns`` maps each name to its SQL type; a row is a tuple in their order.

    ``append`` rows are written once, ``replace`` rows take the place of the one with their key, ``add`` rows
    are summed into it. A column called ``event_number`` is where the row's event stands in the log.

    ``expires`` says in SQL which rows ``t`` an ``Expired`` takes away: those that are done with before the moment
    ``before``. A table that it looks into has ``{schema}.`` before its name.

    ``visible`` says in SQL which rows a person sees; without it those of their portfolios, by ``portfolio_id``.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    mode: Mode
    indexes: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    expires: str | None = None
    visible: str | None = None

    @cached_property
    def key_in(self) -> Callable[["Row"], Any]:
        """Takes a row's key out of it."""
        return itemgetter(*(list(self.columns).index(column) for column in self.key))

    def create(self, schema: str = "public") -> list[str]:
        """The statements that make the table with its checks, but without its key and indexes."""
        body = [f"{column} {sql_type}" for column, sql_type in self.columns.items()]
        body += [f"check ({check})" for check in self.checks]
        return [f"create table {schema}.{self.name} ({', '.join(body)})"]

    def create_keys(self, schema: str = "public") -> list[str]:
        """The statements that make its key and its indexes: last, when many rows are written first."""
        key = f"alter table {schema}.{self.name} add primary key ({', '.join(self.key)})"
        plain = [("index", index) for index in self.indexes]
        unique = [("unique index", index) for index in self.unique]
        return [
            key,
            *(
                f"create {kind} {self.name}_{position + 1}_idx on {schema}.{self.name} {index}"
                for position, (kind, index) in enumerate([*plain, *unique])
            ),
        ]

    def definition(self) -> str:
        """The table in words; a read model whose definition has changed has to be rebuilt."""
        return "; ".join([*self.create(), *self.create_keys()])

    def expire(self, before: str, schema: str = "public") -> str:
        """The statement that takes away what has expired; ``before`` is the expression for the moment."""
        if self.expires is None:
            raise ValueError(f"rows of {self.name} are kept for good")
        return (
            f"delete from {schema}.{self.name} t using (select {before}::timestamptz as before) kept_from"
            f" where {self.expires.replace('{schema}', schema)}"
        )

    def merge(self, source: str, schema: str = "public", number: str = EVENT_NUMBER) -> str:
        """The statement that writes rows of ``source`` by this table's mode.

        ``number`` is the expression for the event number: the inline function adds the log's base to it.
        """
        selected = ", ".join(number if column == EVENT_NUMBER else column for column in self.columns)
        statement = (
            f"insert into {schema}.{self.name} ({', '.join(self.columns)}) select {selected} from {source}"
        )
        if self.mode == "append":
            return statement
        updated = [column for column in self.columns if column not in self.key]
        change = "{0} = t.{0} + excluded.{0}" if self.mode == "add" else "{0} = excluded.{0}"
        sets = ", ".join(change.format(column) for column in updated)
        return statement.replace(f".{self.name} (", f".{self.name} as t (", 1) + (
            f" on conflict ({', '.join(self.key)}) do update set {sets}"
        )


@dataclass(frozen=True, slots=True)
class Expired:
    """In a row's place: what of its table was done with before a moment is taken away.

    It comes after what its event found, so that a rebuild takes away the same. One append holds nothing after it.
    """

    before: datetime


Row = tuple[Any, ...]
RowOf = tuple[Table, Row | Expired]


@dataclass(frozen=True)
class ReadModel:
    """A read model: its name, its tables, the events it hears, and ``rows``.

    ``rows`` answers what an event (with its stream's state after it, where the model needs that) writes.
    ``one_row_a_stream`` says that this is one row, which takes the place of what the stream's events before wrote: of
    several events a copy is made of the last one only.
    """

    name: str
    kind: Kind
    tables: tuple[Table, ...]
    hears: tuple[type[Event], ...]
    rows: Callable[[Recorded, State | None], Iterable[RowOf]]
    needs_state: bool = False
    one_row_a_stream: bool = False

    @property
    def topics(self) -> list[str]:
        """The stored names of the events it hears."""
        return [event.name for event in self.hears]
