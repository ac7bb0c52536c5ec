"""The roles, one program each: what ``ballast up`` runs together and what larger set-ups run apart."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from pydantic import SecretStr

from adapters.embedded.folder import DataFolder
from adapters.postgres.tenant_role import lacking
from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data
from api.configuration import Configuration
from api.following import Followers
from api.logs import configure
from api.secrets_folder import callback_secret, sealing_key
from api.supervisor import watch_lifeline
from api.watching import Watching
from api.wiring import House
from api.worker import Worker

log = structlog.get_logger()

UNUSABLE = 4

LOOK_SECONDS = 1.0
"""How often a restored Ballast looks whether it may act."""


def api(data: Data = None) -> None:
    """Serve HTTP."""
    from api.http.serve import serve

    configuration = Configuration()
    if configuration.callback_secret is None:
        made = SecretStr(callback_secret(DataFolder(data or configuration.data).secrets))
        configuration = configuration.model_copy(update={"callback_secret": made})
    if not configuration.sealing_key:
        sealing_key(DataFolder(data or configuration.data).secrets)
    with _role(data, "the api") as house:
        _require_apart(house, configuration)
        house.reseal()
        serve(house, configuration)


def _require_apart(house: House, configuration: Configuration) -> None:
    """One person alone needs no keeping apart. Raises Failure where several sign in and the database does not."""
    with house.house_pool.connection() as connection:
        problem = lacking(connection)
    if problem is None:
        return
    if configuration.auth != "open":
        raise Failure(problem, UNUSABLE)
    log.warning("people.not_kept_apart", problem=problem)


def worker(data: Data = None) -> None:
    """Do jobs: decide on ticks, send orders, book fills."""
    with _role(data, "a worker") as house, Worker(house):
        _until_told()


def projections(data: Data = None) -> None:
    """Follow the log: read models, and the jobs that events ask for. Watch for what no event announces."""
    with _role(data, "projections") as house, Followers(house), Watching(house):
        _until_told()


def scheduler(data: Data = None) -> None:
    """Ask for what is due, and listen: schedules, the simulated market, files put here, the streams of brokers."""
    from api.broker_streams import BrokerStreams
    from api.drop_watch import DropWatch
    from api.policy_watch import PolicyWatch
    from api.scheduling import Scheduling
    from api.simulated_market import SimulatedMarket

    with _role(data, "the scheduler") as house, BrokerStreams(house):
        told = _told()
        while not house.restored.may_act():
            if told.wait(LOOK_SECONDS):
                return
        with SimulatedMarket(house), Scheduling(house), DropWatch(house), PolicyWatch(house):
            told.wait()


@contextmanager
def _role(data: Data, what: str) -> Iterator[House]:
    configure(Configuration().log_level)
    watch_lifeline()
    with opened(data, what) as (house, _):
        yield house


def _until_told() -> None:
    """Wait for SIGTERM or SIGINT."""
    _told().wait()


def _told() -> threading.Event:
    """What is set by SIGTERM and SIGINT."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return told
