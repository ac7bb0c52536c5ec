"""The timeline: what happened, seen at once by whoever caused it, and by nobody else."""

from uuid import uuid4

from starlette.testclient import TestClient

from api.wiring import House
from application import portfolios
from application.ledger import Cause
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import eventually
from over_http import AT, answered, fields, open_example, refused


def test_a_decision_is_told_with_its_inputs_and_outputs(live: TestClient) -> None:
    example = open_example(live)
    example.evaluate(price="97.00")

    (event,) = example.events(type="position.order_intended")

    assert event["message"].startswith("Decided to buy 52 KO at 97.00")
    assert (event["at"], event["actor"], event["run_id"]) == (AT, "local", None)
    assert event["stream"] == f"position-{example.position_id}"
    assert event["data"]["inputs"]["anchor"] == "100"
    assert event["data"]["outputs"]["quantity"] == "52"


def test_one_sees_ones_own_command_at_once(live: TestClient) -> None:
    """Although the timeline follows the log a moment later, with nothing to ask for."""
    example = open_example(live)

    for _ in range(20):
        live.post(f"{example.address}/pause")
        assert example.events()[-1]["type"] == "position.paused"
        live.post(f"{example.address}/resume")
        assert example.events()[-1]["type"] == "position.resumed"


def test_at_least_waits_for_a_position_and_gives_up_in_time(live: TestClient) -> None:
    example = open_example(live)
    position = int(live.post(f"{example.address}/pause").headers["Ballast-Position"])

    page = answered(live.get("/events", params={"at_least": position}))
    assert page["items"][-1]["number"] == position

    answer = live.get("/positions", params={"at_least": position + 1000})
    assert refused(answer, 503)["type"] == "/problems/not-reached-yet"
    assert answer.headers["Retry-After"] == "1"
    assert fields(live.get("/events?at_least=-1")) == ["at_least"]
    assert fields(live.get("/events?at_least=99999999999999999999")) == ["at_least"]


def test_the_timeline_comes_in_pages_without_gaps(live: TestClient) -> None:
    example = open_example(live)
    whole = example.events()
    pieces, after = [], None
    while True:
        parameters = {"position_id": example.position_id, "limit": 1} | ({"after": after} if after else {})
        page = answered(live.get("/events", params=parameters))
        pieces += page["items"]
        after = page["next"]
        if after is None:
            break

    assert pieces == whole
    assert [event["type"] for event in whole] == ["position.opened", "position.cash_allocated"]


def test_the_newest_comes_first_when_asked_for(live: TestClient) -> None:
    example = open_example(live)
    oldest_first = answered(live.get("/events"))["items"]
    pieces, after = [], None
    while True:
        parameters = {"order": "newest", "limit": 2} | ({"after": after} if after else {})
        page = answered(live.get("/events", params=parameters))
        pieces += page["items"]
        after = page["next"]
        if after is None:
            break

    assert len(pieces) > 2
    assert pieces == oldest_first[::-1]
    assert example.events(order="newest")[0]["type"] == "position.cash_allocated"


def test_a_timeline_is_narrowed_by_topic_order_and_run(live: TestClient) -> None:
    example = open_example(live)
    order_id = example.evaluate(price="97.00")["order_id"]
    eventually(lambda: example.events(type="position.anchor_moved"))

    def types(**filters: str | list[str]) -> set[str]:
        return {event["type"] for event in example.events(**filters)}

    assert {"position.order_intended", "position.execution_booked"} <= types(about="traded")
    assert types(about="skipped") == set()
    assert types(about="money") == {"position.cash_allocated", "position.execution_booked"}
    assert types(about="me") == {"position.opened", "position.cash_allocated", "position.order_intended"}
    assert types(about=["skipped", "me"]) == types(about="me")
    story = types(order_id=order_id)
    assert {"position.order_intended", "position.anchor_moved"} <= story
    assert "position.opened" not in story
    run_id = next(event["run_id"] for event in example.events() if event["run_id"])
    assert {event["run_id"] for event in example.events(run_id=run_id)} == {run_id}


def test_the_correlation_id_is_the_requests(live: TestClient) -> None:
    example = open_example(live)
    request_id = str(uuid4())

    answer = live.post(f"{example.address}/pause", headers={"X-Request-Id": request_id})

    assert answer.headers["X-Request-Id"] == request_id
    assert example.events()[-1]["correlation_id"] == request_id


def test_a_strangers_events_are_not_seen(live: TestClient, running: House) -> None:
    example = open_example(live)
    theirs = running.ledger.new_id()
    opened = portfolios.open_portfolio(
        running.ledger,
        Cause(actor="somebody else", correlation_id=theirs),
        theirs,
        title="Theirs",
        currency="USD",
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )

    page = answered(live.get("/events", params={"at_least": opened.number}))

    streams = {event["stream"] for event in page["items"]}
    assert f"portfolio-{theirs}" not in streams
    assert {f"listing-{example.listing_id}", f"portfolio-{example.portfolio_id}"} <= streams
    assert answered(live.get("/events", params={"portfolio_id": str(theirs)}))["items"] == []


def test_filters_that_make_no_sense_are_refused_by_name(client: TestClient) -> None:
    for name, value in (
        ("type", "position.%00"),
        ("after", "first"),
        ("after", "1" * 30),
        ("order", "random"),
        ("limit", "0"),
        ("limit", "1001"),
        ("position_id", "x"),
    ):
        assert fields(client.get("/events", params={name: value})) == [name]
    assert fields(client.get("/events?about=everything")) == ["about[0]"]
