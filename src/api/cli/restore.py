"""``ballast restore``: fill an empty database from a backup."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.backups.restore import Restore
from adapters.embedded.servers import Servers
from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.logs import configure

RUNNING = 4


def restore(
    file: Annotated[Path, typer.Argument(help="A file that ballast backup wrote.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Fill an empty database from a backup. It is read only until it is verified and compared with its brokers."""
    configure("WARNING")

    def fill(servers: Servers) -> None:
        if servers.holder is not None:
            raise Failure(f"Ballast runs there: {servers.holder.what}. Stop it first.", RUNNING)
        Restore(servers.database_url)(file, datetime.now(UTC))

    with opened(data, "a restore", fill) as (house, _):
        with house.pool.connection() as connection:
            events = house.log.last_number(connection)
        waiting = house.restored.waiting()
    sentence = waiting.sentence if waiting else ""
    if as_json:
        print(json.dumps({"file": str(file), "last_event": events, "waits_for": sentence}))
    else:
        print(f"{file} is restored up to event {events:,}. {sentence}")
