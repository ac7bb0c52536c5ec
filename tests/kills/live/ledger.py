"""What Ballast has on its books, read from the database of a data folder that may be away just now."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import EmbeddedPostgres
from api.wiring import House
from domain.events import Recorded

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


def history(data: Path, stream_ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
    """Every event of some streams, in order. Raises psycopg.Error."""
    house = House(EmbeddedPostgres(DataFolder(data)).url, "redis://nowhere")
    try:
        streams: dict[UUID, list[Recorded]] = {each: [] for each in stream_ids}
        for recorded in house.log.tail([(each, 0) for each in stream_ids]):
            streams[recorded.stream_id].append(recorded)
        return streams
    finally:
        house.close()
