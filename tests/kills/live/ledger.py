"""What Ballast has on its books, read from the database of a data folder that may be away just now."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import EmbeddedPostgres

Row = dict[str, Any]


class Books:
    """Questions to the database, over one connection."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection

    def rows(self, query: LiteralString, **parameters: Any) -> Sequence[Row]:
        """The rows that a query finds."""
        return self.connection.execute(query, parameters).fetchall()

    def one(self, query: LiteralString, **parameters: Any) -> Row:
        """The one row that a query finds."""
        (found,) = self.rows(query, **parameters)
        return found

    def count(self, query: LiteralString, **parameters: Any) -> Mapping[Any, int]:
        """How often something occurs, from rows of ``what`` and ``n``."""
        return {row["what"]: row["n"] for row in self.rows(query, **parameters)}


@contextmanager
def books(data: Path) -> Iterator[Books]:
    """The books as they are now. Raises psycopg.Error."""
    url = EmbeddedPostgres(DataFolder(data)).url
    with psycopg.connect(url, connect_timeout=2, autocommit=True, row_factory=dict_row) as connection:
        yield Books(connection)
