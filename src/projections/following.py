"""Following read models: the handler that writes a model's rows batch by batch.

An event that a model cannot digest parks that portfolio for this model, so that the others go on; the parked
portfolio is written again when the model is rebuilt.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from domain.events import Recorded
from projections.changes import Changes
from projections.read_model import ReadModel

log = structlog.get_logger()


def _portfolio(recorded: Recorded) -> str:
    return str(getattr(recorded.event, "portfolio_id", ""))


class WriteReadModel:
    """The handler of one following read model."""

    def __init__(self, model: ReadModel) -> None:
        self.name = model.name
        self._model = model

    def handle(self, connection: Connection[dict[str, Any]], events: Sequence[Recorded]) -> None:
        """Write the rows of a batch."""
        parked = self._parked(connection)
        changes = Changes(self._model.tables)
        for recorded in events:
            portfolio = _portfolio(recorded)
            if portfolio in parked:
                continue
            try:
                changes.take(self._model.rows(recorded, None))
            except Exception as error:  # noqa: BLE001  # a process edge: one event must not stop the others
                parked.add(portfolio)
                self._park(connection, recorded, portfolio, error)
        try:
            with connection.transaction(), connection.cursor() as cursor:
                changes.write(cursor)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            if len(events) == 1:
                self._park(connection, events[0], _portfolio(events[0]), error)
            else:
                for recorded in events:
                    self.handle(connection, [recorded])

    def idle(self) -> None:
        """Nothing to do between events."""

    def _parked(self, connection: Connection[dict[str, Any]]) -> set[str]:
        rows = connection.execute("select portfolio from parked where follower = %s", (self.name,)).fetchall()
        return {row["portfolio"] for row in rows}

    def _park(
        self, connection: Connection[dict[str, Any]], recorded: Recorded, portfolio: str, error: Exception
    ) -> None:
        log.error(
            "follower.parked",
            follower=self.name,
            portfolio_id=portfolio,
            number=recorded.number,
            error=str(error),
        )
        connection.execute(
            "insert into parked (follower, portfolio, number, problem) values (%s, %s, %s, %s)",
            (self.name, portfolio, recorded.number, f"{type(error).__name__}: {error}"),
        )
