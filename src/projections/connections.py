"""Where read models' queries get their connections from."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from psycopg import Connection


class Connections(Protocol):
    """Hands out connections; whose rows one sees is the giver's business."""

    def connection(self, timeout: float | None = None) -> AbstractContextManager[Connection[dict[str, Any]]]:
        """A connection for the length of a block."""
