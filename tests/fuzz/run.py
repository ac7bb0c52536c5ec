"""Ask the whole API whatever its document allows, and more: it may refuse, and must never be at fault.

    python tests/fuzz/run.py                     # a hundred thousand requests
    python tests/fuzz/run.py --requests 5000 --seed 7
    python tests/fuzz/run.py --requests 5000 --nobody

Each round asks every operation some twenty times, of a fresh portfolio; with ``--nobody`` without credentials. An
answer of 500 or above is printed with the request that leads to it. Exit code 1 if there was any.
"""

import argparse
import itertools
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a program, it finds what the tests find

import structlog
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from fuzz.asking import Asking, settled
from fuzz.ground import harmless
from over_http import HERE, configuration
from scratch import keep_in_memory, servers
from storm.databases import database, template

REQUESTS_PROMISED = 100_000
REQUESTS_A_ROUND = 20


def main() -> int:
    """Ask until it was enough; answers the exit code."""
    options = _options()
    keep_in_memory()
    # Told to end, it stops its servers too; hypothesis takes any other exception for a finding.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    statuses, faults, began = Counter[int](), 0, time.monotonic()
    with servers("ballast-fuzz-") as opened, template(opened.database_url) as copied_from:
        for round_ in itertools.count(options.seed):
            with (
                database(opened.database_url, copied_from) as url,
                _client(url, opened.redis_url, nobody=options.nobody) as client,
            ):
                asking = Asking(client, {}) if options.nobody else settled(client)
                faults += _round(asking, round_)
            statuses += asking.statuses
            said = ", ".join(f"{status} {count}" for status, count in sorted(statuses.items()))
            print(f"{time.monotonic() - began:.0f} s: {statuses.total()} requests ({said})", flush=True)
            if statuses.total() >= options.requests:
                break
    print(f"{faults} operations at fault" if faults else "the service was never at fault")
    return 1 if faults else 0


def _round(asking: Asking, number: int) -> int:
    """Every operation; answers how many have failed."""
    failed = 0
    for operation in asking.operations():
        try:
            asking.ask(operation, REQUESTS_A_ROUND, number)
        except Exception as error:  # noqa: BLE001  # whatever it is, this operation has found it
            failed += 1
            print(f"FAULT with seed {number} at {operation.label}: {error}", flush=True)
    return failed


@contextmanager
def _client(database_url: str, redis_url: str, *, nobody: bool) -> Iterator[TestClient]:
    settings = configuration(auth="password" if nobody else "open", requests_per_minute=1_000_000)
    with (
        tempfile.TemporaryDirectory(prefix="ballast-fuzz-") as exports,
        closing(harmless(House(database_url, redis_url, exports_folder=Path(exports)))) as house,
        TestClient(create_app(house, settings), base_url=HERE, raise_server_exceptions=False) as client,
    ):
        yield client


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Ask the whole API whatever its document allows, and more.")
    parser.add_argument("--requests", type=int, default=REQUESTS_PROMISED, help="how many at least")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--nobody", action="store_true", help="without credentials")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
