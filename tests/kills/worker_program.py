"""A worker that may be killed: ``python -m kills.worker_program DATABASE_URL REDIS_URL NAMESPACE``."""

import sys
import threading

from api.wiring import House
from api.worker import Worker


def main(database_url: str, redis_url: str, namespace: str) -> None:
    """Do jobs until it is killed."""
    with Worker(House(database_url, redis_url, namespace=namespace)):
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
