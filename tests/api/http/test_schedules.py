"""Schedules over HTTP: set all at once, shown with what is due next and what came of the last."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.http.schemas.answer import Page
from api.http.schemas.runs import DescribedSchedule, Schedule
from api.wiring import House
from domain.events import rfc3339
from examples import IN_SESSION
from over_http import answered, fields, open_example, refused

DAILY = {"kind": "dividends", "cron": "30 8 * * *", "time_zone": "Europe/London"}
HOURLY = {"kind": "reconciliation", "cron": "0 * * * *", "time_zone": "UTC"}


@pytest.fixture
def address(client: TestClient) -> str:
    """Where a portfolio's schedules are."""
    return f"/portfolios/{open_example(client).portfolio_id}/schedules"


def put(client: TestClient, address: str, *schedules: dict[str, Any]) -> list[dict[str, Any]]:
    """Set them, and answer what is shown from then on."""
    answer = client.put(address, json={"schedules": schedules})
    Page[Schedule].model_validate_json(answer.content)
    items: list[dict[str, Any]] = answered(answer)["items"]
    assert answered(client.get(address))["items"] == items
    return items


def test_there_are_none_at_first(client: TestClient, address: str) -> None:
    assert answered(client.get(address)) == {"items": [], "next": None}


def test_each_is_shown_with_when_it_is_due_next(client: TestClient, address: str) -> None:
    """On the clocks of its zone; it is a Friday in November, a quarter past four in London."""
    [daily, hourly] = put(client, address, HOURLY, DAILY)
    assert daily == DAILY | {
        "enabled": True,
        "next_due": "2026-11-21T08:30:00.000000Z",
        "last_run": None,
        "in_words": "At 08:30 every day",
    }
    assert hourly["next_due"] == rfc3339(IN_SESSION.replace(minute=0) + timedelta(hours=1))


def test_one_that_is_switched_off_is_due_never(client: TestClient, address: str) -> None:
    [off] = put(client, address, DAILY | {"enabled": False})
    assert (off["enabled"], off["next_due"]) == (False, None)


def test_its_last_run_is_shown(client: TestClient, house: House, address: str) -> None:
    put(client, address, HOURLY)
    house.ledger.clock = lambda: IN_SESSION + timedelta(hours=3)
    assert house.request_due_runs() == 3
    [hourly] = answered(client.get(address))["items"]
    assert hourly["last_run"]["slot"] == rfc3339(IN_SESSION.replace(minute=0) + timedelta(hours=3))
    assert hourly["last_run"] == answered(client.get(f"/runs/{hourly['last_run']['id']}"))


def test_what_is_left_out_is_not_scheduled_any_more(client: TestClient, address: str) -> None:
    put(client, address, HOURLY, DAILY)
    assert [each["kind"] for each in put(client, address, HOURLY)] == ["reconciliation"]
    assert put(client, address) == []


@pytest.mark.parametrize(
    ("schedules", "wrong"),
    [
        ([DAILY | {"cron": "61 8 * * *"}], {"schedules[0].cron": "bad minute"}),
        ([DAILY | {"cron": "every day"}], {"schedules[0].cron": "has five fields"}),
        ([DAILY | {"time_zone": "London"}], {"schedules[0].time_zone": "'London' is no time zone"}),
        ([DAILY, HOURLY, DAILY], {"schedules[2].kind": "schedules[0] is of this kind already."}),
        ([HOURLY, DAILY | {"kind": "backup"}], {"schedules[1].kind": "has no runs of this kind"}),
        ([DAILY | {"enabled": "yes"}], {"schedules[0].enabled": "boolean"}),
        ([{"kind": "dividends", "cron": "0 8 * * *"}], {"schedules[0].time_zone": "required"}),
        (
            [DAILY | {"cron": "a", "time_zone": "b"}, HOURLY | {"kind": "c"}],
            {
                "schedules[0].time_zone": "no time zone",
                "schedules[0].cron": "five fields",
                "schedules[1].kind": "no runs of this kind",
            },
        ),
    ],
)
def test_everything_that_is_wrong_is_named_and_nothing_is_stored(
    client: TestClient, address: str, schedules: list[dict[str, Any]], wrong: dict[str, str]
) -> None:
    before = put(client, address, HOURLY)
    answer = client.put(address, json={"schedules": schedules})
    assert fields(answer) == list(wrong)
    for error in refused(answer, 422)["errors"]:
        assert wrong[error["field"]] in error["detail"]
    assert answered(client.get(address))["items"] == before


def test_another_persons_schedules_are_as_good_as_none(
    client: TestClient, house: House, address: str
) -> None:
    with house.pool.connection() as connection:
        connection.execute("update portfolio_members set member = 'somebody else'")
    refused(client.get(address), 404)
    refused(client.put(address, json={"schedules": []}), 404)


def test_an_expression_is_explained_before_anything_is_stored(client: TestClient, house: House) -> None:
    house.ledger.clock = lambda: IN_SESSION
    asked = {"cron": DAILY["cron"], "time_zone": DAILY["time_zone"]}

    answer = client.get("/schedules/described", params=asked)

    described = DescribedSchedule.model_validate_json(answer.content)
    assert "08:30" in described.in_words
    first = IN_SESSION.replace(hour=8, minute=30)
    assert described.next == [rfc3339(first + timedelta(days=day)) for day in (1, 2, 3)]


def test_what_is_wrong_with_an_expression_is_named(client: TestClient) -> None:
    wrong = {"cron": "61 8 * * *", "time_zone": "Europe/Nowhere"}

    answer = client.get("/schedules/described", params=wrong)

    assert fields(answer) == ["time_zone", "cron"]
