"""Jobs that were given up are kept with ids and nothing else, and wait for somebody."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import dramatiq
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from adapters.redis.queue import (
    LOOK_UP_ORDER,
    QUEUE,
    RECONCILE,
    RUN,
    SETTLE_ACTIONS,
    SUBMIT_ORDERS,
    WAKE,
)
from api.cli.main import app
from api.wiring import House
from api.worker import Worker
from application import portfolios
from application.ledger import Cause
from application.ports.dead_letters import QueueAway
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.settings import SettingsChange
from examples import IN_SESSION, eventually
from over_http import answered, open_example

LISTING = "0199a8a0-0000-7000-8000-000000000001"
SECRET = "sk_live_1234"


@pytest.fixture
def give_up(house: House) -> Iterator[Callable[..., UUID]]:
    """A job that fails at once, its error quoting what nobody should read; answers the letter's id."""
    with Worker(house):

        def failing(listing_id: str = LISTING) -> UUID:
            def broken(feed: str, listing_ids: list[str]) -> None:
                raise LookupError(f"{SECRET} of {feed} {listing_ids}")

            actor = house.queue.get_actor(WAKE)
            working, actor.fn = actor.fn, broken
            before = house.dead_letters.waiting()
            message = dramatiq.Message[None](
                queue_name=QUEUE,
                actor_name=WAKE,
                args=("live", [listing_id]),
                kwargs={},
                options={"max_retries": 0},
            )
            house.queue.enqueue(message)
            eventually(lambda: house.dead_letters.waiting() != before)
            actor.fn = working
            return house.dead_letters.waiting()[-1].id

        yield failing


def waiting(client: TestClient) -> list[dict[str, Any]]:
    """The letters that wait."""
    items: list[dict[str, Any]] = answered(client.get("/system/dead-letters"))["items"]
    return items


def test_it_waits_with_its_kind_of_error_and_its_place_alone(
    client: TestClient, give_up: Callable[..., UUID]
) -> None:
    letter_id = give_up()

    [letter] = waiting(client)

    assert (letter["id"], letter["job"], letter["failures"]) == (str(letter_id), WAKE, 1)
    assert str(letter["error"]).startswith("LookupError")
    assert SECRET not in json.dumps(letter)
    assert LISTING not in json.dumps(letter)
    assert answered(client.get("/health/ready"))["dead_letters"] == 1
    assert "ballast_dead_letters 1.0" in client.get("/metrics/prometheus").text


def test_the_same_job_that_fails_again_is_the_same_letter(
    client: TestClient, give_up: Callable[..., UUID]
) -> None:
    assert give_up() == give_up()
    assert [letter["failures"] for letter in waiting(client)] == [2]

    give_up("0199a8a0-0000-7000-8000-000000000002")

    assert [letter["failures"] for letter in waiting(client)] == [2, 1]


def test_one_is_tried_again_and_does_not_wait_any_more(
    client: TestClient, house: House, give_up: Callable[..., UUID]
) -> None:
    letter_id = give_up()

    retried = answered(client.post(f"/system/dead-letters/{letter_id}/retry"))

    assert retried["id"] == str(letter_id)
    assert waiting(client) == []
    assert client.post(f"/system/dead-letters/{letter_id}/retry").status_code == 404
    house.queue.join(QUEUE)
    assert waiting(client) == []


def test_one_that_fails_again_comes_back_as_another(client: TestClient, give_up: Callable[..., UUID]) -> None:
    first = give_up()
    answered(client.post(f"/system/dead-letters/{first}/retry"))

    second = give_up()

    assert second != first
    assert [letter["id"] for letter in waiting(client)] == [str(second)]


def test_one_is_let_be(client: TestClient, give_up: Callable[..., UUID]) -> None:
    letter_id = give_up()

    answered(client.post(f"/system/dead-letters/{letter_id}/dismiss"))

    assert waiting(client) == []
    assert client.post(f"/system/dead-letters/{uuid4()}/dismiss").status_code == 404


def test_the_terminal_shows_the_ids_and_settles_them(house: House, give_up: Callable[..., UUID]) -> None:
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url}
    letter_id = give_up()

    listed = CliRunner().invoke(app, ["dead-letters", "--json"], env=addresses)
    [letter] = json.loads(listed.stdout)
    assert (letter["id"], letter["arguments"]) == (str(letter_id), ["live", [LISTING]])

    settled = CliRunner().invoke(app, ["dead-letters", "dismiss", "all"], env=addresses)
    assert settled.stdout == f"{WAKE} {letter_id} is dismissed.\n"
    assert CliRunner().invoke(app, ["dead-letters"], env=addresses).stdout == "No job waits.\n"


def test_while_redis_is_away_it_goes_on_waiting(
    client: TestClient, house: House, give_up: Callable[..., UUID]
) -> None:
    letter_id = give_up()
    away = House(house.database_url, "redis://127.0.0.1:1")
    with pytest.raises(QueueAway):
        away.settle_dead_letters.retry(letter_id, "local")
    away.close()
    assert [letter["id"] for letter in waiting(client)] == [str(letter_id)]


def test_it_tells_what_of_ones_own_it_was_about_and_nothing_of_anybody_elses(
    client: TestClient, house: House
) -> None:
    """By the narrowest thing that it names: an order rather than its position; and once."""
    example = open_example(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=9)
    example.tick("97", IN_SESSION)
    house.evaluate_ticks(LIVE_FEED, [UUID(example.listing_id)])
    run = answered(
        client.post(f"/portfolios/{example.portfolio_id}/runs", json={"kind": "price_refresh"}), 202
    )
    [order] = answered(client.get("/orders"))["items"]
    theirs = opened_by(house, "somebody else")
    asked_about = [
        (SUBMIT_ORDERS, [[[example.position_id, order["id"], str(uuid4()), str(uuid4())]]]),
        (LOOK_UP_ORDER, [order["client_order_id"]]),
        (SETTLE_ACTIONS, [example.position_id]),
        (RECONCILE, [example.portfolio_id]),
        (RUN, [run["id"]]),
        (RECONCILE, [str(theirs)]),
    ]
    for job, arguments in asked_about:
        house.dead_letters.keep(house.ledger.new_id(), job, arguments, "LookupError", IN_SESSION)

    about = [letter["about"] for letter in waiting(client)]

    of_order = ("order", order["id"], example.position_id, "KO")
    assert [[told(each) for each in found] for found in about] == [
        [of_order],
        [of_order],
        [("position", example.position_id, None, "KO")],
        [("portfolio", example.portfolio_id, None, "Example")],
        [("run", run["id"], None, "price_refresh")],
        [],
    ]


def told(about: dict[str, object]) -> tuple[object, ...]:
    """What it is, without its portfolio."""
    return about["kind"], about["id"], about["position_id"], about["name"]


def opened_by(house: House, somebody: str) -> UUID:
    """A portfolio of another person."""
    new_id = house.ledger.new_id()
    cause = Cause(actor=somebody, correlation_id=new_id)
    portfolios.open_portfolio(
        house.ledger,
        cause,
        new_id,
        title="Theirs",
        currency="USD",
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    return new_id
