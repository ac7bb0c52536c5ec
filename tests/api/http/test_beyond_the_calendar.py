"""Past the last day that an exchange's calendar knows every door stays shut, with a sentence and no 500."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from domain.events import rfc3339
from domain.portfolio.state import LIVE_FEED
from examples import IN_SESSION
from over_http import HERE, Example, answered, configuration, fields, open_example, refused

DAY = timedelta(days=1)


@pytest.fixture
def beyond(house: House) -> datetime:
    """Noon in New York, a week after the last session that is known."""
    _, last = house.sessions.reaches("XNYS")
    return datetime.combine(last, IN_SESSION.timetz()) + 7 * DAY


@pytest.fixture
def example(house: House, beyond: datetime) -> Iterator[Example]:
    """DOMAIN §2's example, opened in time; then its exchange's calendar runs out."""
    house.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        opened = open_example(client, settings={"after_hours": True})
        house.ledger.clock = lambda: beyond
        yield opened


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
@pytest.mark.parametrize("body", [{}, {"price": "97.00"}])
def test_an_evaluation_is_refused(example: Example, query: str, body: dict[str, str]) -> None:
    answer = example.client.post(f"{example.address}/evaluate{query}", json=body)

    assert fields(answer) == ["as_of"]
    assert "The sessions of XNYS are known from 1990-01-02 to " in answer.text
    assert answered(example.client.get("/orders"))["items"] == []


def test_an_evaluation_at_a_known_time_is_decided(example: Example) -> None:
    assert example.evaluate(price="97.00")["outcome"] == "trade"


def test_a_tick_is_taken_and_held(example: Example, house: House, beyond: datetime) -> None:
    """Its cursor moves: the tick is settled, and a calendar that arrives later decides on newer ones."""
    example.tick("97.00", beyond)

    drained = house.evaluate_ticks(LIVE_FEED, [UUID(example.listing_id)])

    assert (drained.ticks, drained.decided, drained.held) == (1, 0, 1)
    assert house.evaluate_ticks(LIVE_FEED, [UUID(example.listing_id)]).ticks == 0
    assert answered(example.client.get("/orders"))["items"] == []


def test_a_card_says_what_is_known_and_leaves_out_what_the_rule_would_do(example: Example) -> None:
    card = answered(example.client.get(example.address))
    assert (card["shares"], card["next_action"]) == ("100", None)
    assert answered(example.client.get("/positions"))["items"] == [card]


@pytest.mark.parametrize("command", ["pause", "close"])
def test_a_person_can_still_stop_a_position(example: Example, command: str) -> None:
    """What was done is answered as done."""
    answer = example.client.post(f"{example.address}/{command}", headers={"Idempotency-Key": "once"})
    assert answered(answer)["status"] == {"pause": "paused", "close": "closed"}[command]


def test_measures_are_refused_unless_their_window_is_known(
    live: TestClient, house: House, beyond: datetime
) -> None:
    example = open_example(live)
    example.tick("100")
    house.ledger.clock = lambda: beyond
    of = {"position_id": example.position_id}

    for window in ({}, {"from": "1980-01-01T00:00:00Z"}):
        assert "XNYS are known" in refused(live.get("/metrics", params=of | window), 422)["detail"]
    known = of | {"to": rfc3339(IN_SESSION + DAY)}
    assert answered(live.get("/metrics", params=known))["guardrail_time_pct"] is not None
