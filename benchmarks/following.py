"""From a commit to the row of a following read model, and reading one's own write, while nothing else happens."""

import asyncio
import time
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from api.following import Followers
from api.http.read_models_reached import ReadModelsReached
from api.wiring import House
from application import positions
from application.ledger import Cause
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement, percentile

COMMITS = 400
PATIENCE_SECONDS = 5.0


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Single commits, each awaited in the timeline."""
    with fresh_house(addresses) as house:
        position_id = settle(house, 1, 1).position_ids[0]
        with Followers(house):
            lags = [_until_the_row(house, _commit(house, position_id, turn)) for turn in range(COMMITS)]
            own = asyncio.run(_own_writes(house, position_id))
        yield Measurement("commit → row, p50", percentile(lags, 50) * 1e3, "ms")
        yield Measurement("commit → row, p99", percentile(lags, 99) * 1e3, "ms", target=20, better="less")
        yield Measurement(
            "read your own write, p50", percentile(own, 50) * 1e3, "ms", target=5, better="less"
        )


async def _own_writes(house: House, position_id: UUID) -> list[float]:
    """The seconds that a reader of its own write waits, as the API does it."""
    reached = ReadModelsReached(house.database_url)
    reached.start()
    waited = []
    for turn in range(COMMITS):
        number = _commit(house, position_id, turn)
        began = time.perf_counter()
        if not await reached.wait("timeline", number, PATIENCE_SECONDS):
            raise AssertionError("the timeline does not follow")
        waited.append(time.perf_counter() - began)
    reached.stop()
    return waited


def _commit(house: House, position_id: UUID, turn: int) -> int:
    command = positions.return_cash if turn % 2 else positions.allocate_cash
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    return command(house.ledger, cause, position_id, Decimal("0.01")).number or 0


def _until_the_row(house: House, number: int) -> float:
    began = time.perf_counter()
    with house.pool.connection() as connection:
        while not connection.execute("select 1 from timeline where event_number = %s", (number,)).fetchone():
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise AssertionError("the timeline does not follow")
    return time.perf_counter() - began
