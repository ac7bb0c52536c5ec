"""A worker process whose clock stands in a session: ``python -m benchmarks.worker_process DB REDIS NAMESPACE TIME``."""

import signal
import sys
import threading
from datetime import datetime

from api.wiring import House
from api.worker import Worker


def main() -> None:
    """Work until told to stop."""
    database_url, redis_url, namespace, now = sys.argv[1:]
    at = datetime.fromisoformat(now)
    house = House(database_url, redis_url, clock=lambda: at, namespace=namespace)
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    with Worker(house):
        told.wait()
    house.close()


main()
