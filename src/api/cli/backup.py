"""``ballast backup``: write a backup now, and wait until it is there."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.logs import configure
from api.wiring import House
from application.ledger import Cause
from domain.access.person import LOCAL
from domain.runs.state import Run
from projections import runs

LOOK_SECONDS = 0.2
NO_BACKUP = 4


def backup(data: Data = None, as_json: Json = False) -> None:
    """Write a backup of everything into the data folder, read it to its end, and keep the latest ones."""
    configure("WARNING")
    with opened(data, "a backup") as (house, _):
        house.restored.require()
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        asked = house.request_run.for_the_house(cause, "backup").answer
        with _progress():
            _carried_out(house, asked)
        with house.pool.connection() as connection:
            run = runs.one(connection, LOCAL, asked.id)
    if run is None or run["status"] != "success":
        raise Failure(f"There is no backup: {run['summary'] if run else 'its run is gone.'}", NO_BACKUP)
    if as_json:
        print(json.dumps({"id": str(run["id"]), "status": run["status"], "summary": run["summary"]}))
    else:
        print(run["summary"])


def _carried_out(house: House, asked: Run) -> None:
    """Carry it out here; a worker that was quicker is waited for, and followed should it die."""
    while (done := house.execute_run(asked.id)) is None or not done.is_over:
        time.sleep(LOOK_SECONDS)


@contextmanager
def _progress() -> Iterator[None]:
    with Progress(
        SpinnerColumn(), TextColumn("writing a backup"), TimeElapsedColumn(), console=Console(stderr=True)
    ) as bar:
        bar.add_task("backup", total=None)
        yield
