"""Task runs over HTTP: asked for, carried out by a worker, listed, with their inputs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from adapters.redis.queue import RUNS_QUEUE
from api.http.schemas.answer import Page
from api.http.schemas.runs import Run
from api.wiring import House
from domain.events import rfc3339
from domain.runs.decide import Result
from examples import IN_SESSION, eventually
from over_http import AT, answered, fields, open_example, refused


def ask(client: TestClient, portfolio_id: str, kind: str = "dividends", **body: Any) -> dict[str, Any]:
    """Ask for a run."""
    asked = client.post(f"/portfolios/{portfolio_id}/runs", json={"kind": kind} | body)
    Run.model_validate_json(asked.content)
    return answered(asked, 202)


def over(client: TestClient, run: dict[str, Any]) -> dict[str, Any]:
    """The run once it is over."""

    def look() -> dict[str, Any] | None:
        found = client.get(f"/runs/{run['id']}")
        Run.model_validate_json(found.content)
        return answered(found) if answered(found)["ended_at"] else None

    return eventually(look)


@pytest.mark.parametrize(
    ("kind", "summary"),
    [
        ("dividends", "No corporate action was due."),
        ("reconciliation", "On paper there are no other books to compare with."),
    ],
)
def test_a_run_is_asked_for_and_a_worker_carries_it_out(live: TestClient, kind: str, summary: str) -> None:
    example = open_example(live)
    asked = ask(live, example.portfolio_id, kind)
    assert (asked["status"], asked["trigger"], asked["as_of"]) == ("queued", "person", AT)
    done = over(live, asked)
    assert (done["status"], done["summary"]) == ("no_action", summary)
    assert done["started_at"] == done["ended_at"] == AT
    assert {name: asked[name] for name in ("id", "portfolio_id", "kind", "slot", "requested_at")} == {
        name: done[name] for name in ("id", "portfolio_id", "kind", "slot", "requested_at")
    }


def test_what_was_lost_with_redis_is_carried_out_all_the_same(
    client: TestClient, house: House, live: TestClient
) -> None:
    """The sweep finds it."""
    example = open_example(live)
    house.queue.flush(RUNS_QUEUE)
    asked = ask(live, example.portfolio_id)
    house.queue.flush(RUNS_QUEUE)
    assert over(live, asked)["status"] == "no_action"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"kind": "backup"}, "kind", "A portfolio has no runs of this kind; it has "),
        ({"kind": "evaluation"}, "kind", "A portfolio has no runs of this kind; it has "),
        ({"kind": "dividends", "as_of": "2126-11-20T16:00:00Z"}, "as_of", "this one has not."),
        ({}, "kind", "This field is required."),
        ({"kind": "dividends", "slot": AT}, "slot", "There is no such field."),
    ],
)
def test_what_cannot_be_asked_for_is_refused_in_words(
    client: TestClient, body: dict[str, Any], field: str, sentence: str
) -> None:
    address = f"/portfolios/{open_example(client).portfolio_id}/runs"
    answer = client.post(address, json=body)
    assert fields(answer) == [field]
    assert sentence in refused(answer, 422)["errors"][0]["detail"]
    assert answered(client.get(address))["items"] == []


def test_the_same_key_asks_once(client: TestClient) -> None:
    address = f"/portfolios/{open_example(client).portfolio_id}/runs"
    asked = [
        client.post(address, json={"kind": "dividends"}, headers={"Idempotency-Key": "k"}) for _ in range(2)
    ]
    assert asked[0].content == asked[1].content
    assert len(answered(client.get(address))["items"]) == 1


def test_runs_are_listed_with_the_latest_first_page_by_page(client: TestClient) -> None:
    portfolio_id = open_example(client).portfolio_id
    address = f"/portfolios/{portfolio_id}/runs"
    kinds = ("dividends", "reconciliation", "dividends")
    ids = [ask(client, portfolio_id, kind)["id"] for kind in kinds]

    first = client.get(f"{address}?limit=2")
    Page[Run].model_validate_json(first.content)
    assert [each["id"] for each in answered(first)["items"]] == [ids[2], ids[1]]
    rest = answered(client.get(f"{address}?limit=2&after={answered(first)['next']}"))
    assert [each["id"] for each in rest["items"]] == [ids[0]]
    assert rest["next"] is None
    only = answered(client.get(f"{address}?kind=dividends"))
    assert [each["id"] for each in only["items"]] == [ids[2], ids[0]]
    assert fields(client.get(f"{address}?after=nonsense")) == ["after"]


def test_another_persons_runs_are_as_good_as_none(client: TestClient, house: House) -> None:
    portfolio_id = open_example(client).portfolio_id
    run_id = ask(client, portfolio_id)["id"]
    with house.pool.connection() as connection:
        connection.execute("update portfolio_members set member = 'somebody else'")
    refused(client.get(f"/runs/{run_id}"), 404)
    refused(client.get(f"/runs/{run_id}/input"), 404)
    refused(client.get(f"/portfolios/{portfolio_id}/runs"), 404)
    refused(client.post(f"/portfolios/{portfolio_id}/runs", json={"kind": "dividends"}), 404)


def test_a_runs_input_is_shown_byte_for_byte_until_it_is_retired(client: TestClient, house: House) -> None:
    """Afterwards its hash is still there, and the answer says so."""
    run = ask(client, open_example(client).portfolio_id)
    refused(client.get(f"/runs/{run['id']}/input"), 404)
    works = {"dividends": lambda _: Result("success", "Done.", {"b": 1, "a": IN_SESSION})}
    replace(house.execute_run, works=works)(UUID(run["id"]))

    shown = client.get(f"/runs/{run['id']}/input")
    assert shown.content == b'{"a":"%s","b":1}' % rfc3339(IN_SESSION).encode()
    with house.pool.connection() as connection:
        connection.execute("delete from run_inputs")
    gone = refused(client.get(f"/runs/{run['id']}/input"), 410)
    assert gone["type"] == "/problems/retired"
    assert answered(client.get(f"/runs/{run['id']}"))["snapshot_hash"] in gone["detail"]


def test_what_happens_by_itself_belongs_to_a_run_that_can_be_looked_up(live: TestClient) -> None:
    """The tick that is decided, the order that is sent and filled: every run id on the timeline leads to one."""
    example = open_example(live)
    example.tick("97.00")
    eventually(
        lambda: [e for e in events(live, example.portfolio_id) if e["type"] == "position.anchor_moved"]
    )
    found = {}
    for event in events(live, example.portfolio_id):
        if event["run_id"] is not None:
            answer = live.get(f"/runs/{event['run_id']}")
            Run.model_validate_json(answer.content)
            found[event["run_id"]] = answered(answer)
    assert {each["kind"] for each in found.values()} == {"evaluation", "order"}
    assert {(each["trigger"], each["status"]) for each in found.values()} == {("event", "success")}
    [decided] = [each for each in found.values() if each["kind"] == "evaluation"]
    [intended] = [e for e in events(live, example.portfolio_id) if e["type"] == "position.order_intended"]
    assert (decided["portfolio_id"], decided["summary"]) == (example.portfolio_id, intended["message"])

    asked = over(live, ask(live, example.portfolio_id))
    address = f"/portfolios/{example.portfolio_id}/runs"
    listed = answered(live.get(address))["items"]
    assert [each["id"] for each in listed if each["trigger"] == "person"] == [asked["id"]]
    assert {each["id"]: each for each in listed if each["trigger"] == "event"} == found
    assert walked(live, address) == [each["id"] for each in listed]
    assert answered(live.get(f"{address}?kind=evaluation"))["items"] == [decided]


def test_a_run_that_did_nothing_to_mine_is_none_of_mine(live: TestClient, running: House) -> None:
    example = open_example(live)
    example.tick("97.00")
    [intended] = eventually(
        lambda: [e for e in events(live, example.portfolio_id) if e["type"] == "position.order_intended"]
    )
    with running.pool.connection() as connection:
        connection.execute("update portfolio_members set member = 'somebody else'")
    refused(live.get(f"/runs/{intended['run_id']}"), 404)


def events(client: TestClient, portfolio_id: str) -> list[dict[str, Any]]:
    """The portfolio's timeline."""
    items: list[dict[str, Any]] = answered(client.get(f"/events?portfolio_id={portfolio_id}&limit=1000"))[
        "items"
    ]
    return items


def walked(client: TestClient, address: str) -> list[str]:
    """The ids of a list, a page of one at a time."""
    ids, after = [], ""
    while True:
        page = answered(client.get(f"{address}?limit=1{after}"))
        ids += [each["id"] for each in page["items"]]
        if page["next"] is None:
            return ids
        after = f"&after={page['next']}"


def test_runs_of_several_kinds_are_asked_for_at_once(client: TestClient) -> None:
    portfolio_id = answered(
        client.post("/portfolios", json={"name": "Mine", "base_currency": "USD", "mode": "advisory"}), 201
    )["id"]
    for kind in ("dividends", "monthly", "weekly_review"):
        answered(client.post(f"/portfolios/{portfolio_id}/runs", json={"kind": kind}), 202)

    found = client.get(f"/portfolios/{portfolio_id}/runs", params={"kind": ["weekly_review", "dividends"]})

    assert [each["kind"] for each in answered(found)["items"]] == ["weekly_review", "dividends"]
