"""Callbacks by the thousand over a real server: each booked once, many in one append, none lost with the database."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg
import pytest

from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import EmbeddedPostgres
from adapters.postgres.pool import open_pool
from api.wiring import House
from application.messages.callbacks import TakeCallbacks
from application.messages.gathering import Gathering
from callback_deliveries import alerts, deliver, deliver_at_once, fill, ordered, rows, served
from examples import IN_SESSION, eventually
from over_http import Example, answered, refused

EXECUTIONS = "select execution_id, quantity, event_number from executions order by event_number"


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """A real server on a house whose clock stands in a session."""
    house.ledger.clock = lambda: IN_SESSION
    with served(house) as url:
        yield url


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60) as client:
        yield client


def statuses(answers: list[httpx.Response]) -> Counter[tuple[int, str]]:
    """How many answers there were of each status and word."""
    return Counter((each.status_code, each.json().get("status")) for each in answers)


def test_a_thousand_identical_callbacks_are_booked_once(url: str, client: httpx.Client, house: House) -> None:
    example = ordered(client)

    answers = deliver_at_once(url, [fill(example)] * 1_000, webhook_id="msg_1")

    assert statuses(answers) == {(200, "booked"): 1, (200, "duplicate"): 999}
    assert [row["quantity"] for row in rows(house, EXECUTIONS)] == [52]
    assert (example.card()["shares"], example.card()["cash"]) == ("152", "4954.46")
    assert len(rows(house, "select from inbox where id = 'msg_1'")) == 1


def test_one_execution_under_a_thousand_ids_is_booked_once(
    url: str, client: httpx.Client, house: House
) -> None:
    example = ordered(client)

    answers = deliver_at_once(url, [fill(example)] * 1_000)

    assert statuses(answers) == {(200, "booked"): 1_000}
    assert [row["quantity"] for row in rows(house, EXECUTIONS)] == [52]
    assert example.card()["cash"] == "4954.46"
    assert len(rows(house, "select from inbox where booked_at is not null")) == 1_001


def test_of_two_stories_about_one_execution_one_is_booked(
    url: str, client: httpx.Client, house: House
) -> None:
    example = ordered(client)

    answers = deliver_at_once(url, [fill(example), fill(example, price="90")] * 100)

    assert Counter(each.status_code for each in answers) == {200: 100, 409: 100}
    assert len(rows(house, EXECUTIONS)) == 1
    assert alerts(house) == [("execution_conflict", example.portfolio_id, example.listing_id)]


def test_two_servers_book_one_callback_once(
    url: str, client: httpx.Client, new_house: Callable[[], House]
) -> None:
    """The database decides, not the process."""
    example, other = ordered(client), new_house()
    other.ledger.clock = lambda: IN_SESSION
    bodies = [fill(example, execution_id=f"e-{number}", quantity="1") for number in range(40)]

    with served(other) as second:
        answers = []
        for number, body in enumerate(bodies):
            for each in (url, second):
                answers += deliver_at_once(each, [body], webhook_id=f"msg_{number}")

    assert statuses(answers) == {(200, "booked"): 40, (200, "duplicate"): 40}
    assert example.card()["shares"] == "140"


def several(client: httpx.Client, count: int) -> list[Example]:
    """Some examples with an order at work, each on a listing of its own."""
    return [ordered(client, listing={"symbol": f"S{number}", "isin": None}) for number in range(count)]


def held_up(house: House, url: str, first: str, bodies: list[str], waiting: int) -> list[httpx.Response]:
    """The answers to deliveries that come while the first one cannot be appended, once so many wait for it."""
    with psycopg.connect(house.database_url) as holder, ThreadPoolExecutor(2) as asking:
        holder.execute("lock table stored_events in exclusive mode")
        asking.submit(deliver_at_once, url, [first])
        eventually(lambda: rows(house, "select from pg_locks where not granted"))
        answers = asking.submit(deliver_at_once, url, bodies)
        eventually(lambda: len(house.callbacks) == waiting)
        holder.rollback()
        return answers.result()


def test_those_that_wait_go_into_one_append(url: str, client: httpx.Client, house: House) -> None:
    """Several positions, several callbacks of each, and repeats among them; each has a number of its own."""
    examples = several(client, 5)
    bodies = [
        fill(example, execution_id=f"{example.position_id}-{part}", quantity="13", event="partial_fill")
        for part in (1, 2, 3, 3)
        for example in examples
    ]

    answers = held_up(house, url, fill(examples[0], client_order_id="nonsense"), bodies, waiting=20)

    assert statuses(answers) == {(200, "booked"): 20}
    appends = rows(
        house,
        "select distinct xmin::text from stored_events where topic = 'position.execution_booked.1'",
    )
    assert len(appends) == 1
    booked = rows(house, EXECUTIONS)
    assert len(booked) == 15
    assert {example.card()["shares"] for example in examples} == {"139"}
    numbers = [
        int(each.headers["ballast-position"]) for each in answers if "ballast-position" in each.headers
    ]
    assert sorted(numbers) == [row["event_number"] for row in booked]


def test_a_refusal_among_them_is_that_ones_alone(url: str, client: httpx.Client, house: House) -> None:
    """One contradicts the books, one is of no order of ours, one has numbers that no table takes."""
    first, second = several(client, 2)
    answered(deliver(client, fill(first, execution_id="known", quantity="1", event="partial_fill")))
    huge = fill(second, execution_id="huge", quantity="9" * 18, price="9" * 18)
    bodies = [
        fill(first, execution_id="a", quantity="1", event="partial_fill"),
        fill(first, execution_id="known", quantity="2", event="partial_fill"),
        fill(first, client_order_id="nonsense"),
        fill(second, execution_id="b", quantity="1", event="partial_fill"),
        huge,
    ]

    answers = held_up(house, url, fill(first, client_order_id="other"), bodies, waiting=5)

    assert [each.status_code for each in answers[:4]] == [200, 409, 202, 200]
    assert answers[4].status_code in (200, 422)
    assert first.card()["shares"] == "102"
    assert {row["execution_id"] for row in rows(house, EXECUTIONS)} >= {"known", "a", "b"}


def test_when_too_many_wait_the_others_are_told_to_come_again(
    url: str, client: httpx.Client, house: House
) -> None:
    example = ordered(client)
    house.callbacks.close()
    house.callbacks = Gathering(TakeCallbacks(house.ledger, house.inbox), waiting_max=2)
    bodies = [fill(example, execution_id=f"e-{number}", quantity="1") for number in range(10)]

    answers = held_up(house, url, fill(example, client_order_id="nonsense"), bodies, waiting=2)

    told = [each for each in answers if each.status_code == 503]
    assert len(told) == 8
    for each in told:
        assert refused(each, 503)["type"] == "/problems/busy"
        assert each.headers["retry-after"] == "1"
    for body in bodies:
        answered(deliver(client, body))
    assert example.card()["shares"] == "110"


@pytest.fixture
def postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of this test's own, which it may stop."""
    folder = Path(tempfile.mkdtemp(prefix="ballast-stopped-"))
    server = EmbeddedPostgres(DataFolder(folder))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_while_the_database_is_stopped_it_is_503_and_booked_when_it_is_back(
    postgres: EmbeddedPostgres, addresses: tuple[str, str]
) -> None:
    """Never a 200 for what is not stored; the broker delivers the very same again."""
    house = House(postgres.url, addresses[1], clock=lambda: IN_SESSION, namespace="stopped")
    house.pool = open_pool(postgres.url, timeout_seconds=1.0)
    house.prepare_database()
    with served(house) as url, httpx.Client(base_url=url, timeout=60) as client:
        example = ordered(client)
        bodies = [fill(example, execution_id=f"e-{number}", quantity="1") for number in range(5)]
        postgres.stop()

        away = deliver_at_once(url, bodies)

        for each in away:
            assert refused(each, 503)["type"] == "/problems/unavailable"
        postgres.start()
        back = eventually(lambda: deliver(client, bodies[0], webhook_id="msg_0").status_code == 200)
        assert back
        for n, body in enumerate(bodies):
            answered(deliver(client, body, webhook_id=f"msg_{n}"))
        assert example.card()["shares"] == "105"
    house.close()
