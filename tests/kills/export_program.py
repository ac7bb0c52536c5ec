"""A process that carries out one export and may be killed: ``python -m kills.export_program WHERE``, WHERE as JSON."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from adapters.exports.bucket import StoreSettings
from api.wiring import House
from examples import IN_SESSION, eventually


@dataclass(frozen=True)
class Where:
    """What it works on; ``endpoint`` is the object store's address, if there is one."""

    database_url: str
    redis_url: str
    namespace: str
    exports_folder: str
    run_id: str
    endpoint: str | None = None


def main(where: Where) -> None:
    """Carry it out. Whoever was killed before may still hold the run's lock for a moment."""
    house = House(
        where.database_url,
        where.redis_url,
        clock=lambda: IN_SESSION,
        namespace=where.namespace,
        exports_folder=Path(where.exports_folder),
        object_store=StoreSettings("key", "a secret of tests", endpoint=where.endpoint),
    )
    eventually(lambda: house.execute_run(UUID(where.run_id)))


if __name__ == "__main__":
    main(Where(**json.loads(sys.argv[1])))
