"""A small slice of ``make fuzz``: whatever is asked, the service answers, and never that it was at fault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from fuzz.asking import Asking, settled
from fuzz.ground import harmless
from over_http import HERE, configuration

REQUESTS = 2
SEED = 20261128


@contextmanager
def asked(house: House, auth: str) -> Iterator[TestClient]:
    """The application, which answers faults as it does in service."""
    app = create_app(harmless(house), configuration(auth=auth, requests_per_minute=1_000_000))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def test_nothing_that_a_member_asks_is_a_fault_of_the_service(house: House) -> None:
    with asked(house, "open") as client:
        asking = settled(client)
        for operation in asking.operations():
            asking.ask(operation, REQUESTS, SEED)
    answered_well = sum(count for status, count in asking.statuses.items() if status < 300)
    assert answered_well > asking.statuses.total() / 20


def test_nothing_that_nobody_asks_is_answered_or_a_fault(new_house: Callable[[], House]) -> None:
    with asked(new_house(), "password") as client:
        asking = Asking(client, {})
        for operation in asking.operations():
            asking.ask(operation, 1, SEED)
    assert asking.statuses[401] > asking.statuses.total() / 2
