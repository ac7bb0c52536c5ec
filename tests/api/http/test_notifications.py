"""The feed over HTTP: pages that neither skip nor repeat, read marks that stay, and nobody else's business."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.http.schemas.answer import Page
from api.http.schemas.notifications import MarkedRead, Notification
from api.wiring import House
from application import portfolios
from application.alerts import Concern, raise_alert
from application.ledger import Cause
from domain.events import rfc3339
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import IN_SESSION
from over_http import Example, answered, open_example, refused
from projections.catalogue import BY_NAME
from projections.rebuild import Rebuild


@pytest.fixture
def example(live: TestClient) -> Example:
    return open_example(live)


def raise_some(house: House, portfolio_id: UUID | str | None, *rules: str) -> None:
    """Alerts of a portfolio, each in an append of its own."""
    for rule in rules:
        about = None if portfolio_id is None else UUID(str(portfolio_id))
        concern = Concern(about, None, rule, "WARN", f"Look at {rule}.")
        cause = Cause("ballast:tests", house.ledger.new_id())
        house.ledger.transact(cause, partial(raise_alert, concern=concern))


def feed(client: TestClient, house: House, **asked: Any) -> list[dict[str, Any]]:
    """The feed, once it has followed everything."""
    with house.pool.connection() as connection:
        asked["at_least"] = house.log.last_number(connection)
    found: list[dict[str, Any]] = answered(client.get("/notifications", params=asked))["items"]
    return found


def titles(found: list[dict[str, Any]]) -> list[str]:
    return [each["title"] for each in found]


def test_pence_that_become_pounds_are_one_alert_and_one_notification(
    live: TestClient, running: House
) -> None:
    """easyJet's closes as a provider once told them: the third is in pounds, and so are those after it."""
    easyjet = {
        "symbol": "EZJ",
        "exchange": "XLON",
        "currency": "GBP",
        "quote_unit": "GBX",
        "isin": "GB00B7KR2P84",
    }
    example = open_example(live, listing=easyjet, position={"anchor": "600"})
    closes = [("14", "612.20"), ("15", "609.60"), ("16", "5.854"), ("17", "5.872"), ("20", "5.730")]
    for day, price in closes:
        close = {"last": price, "as_of": f"2020-04-{day}T15:30:00Z", "is_close": True}
        answered(live.post("/prices", json={"quotes": [{"listing_id": example.listing_id} | close]}))
    (told,) = feed(live, running)
    (alert,) = answered(live.get("/alerts?open=true"))["items"]
    frozen = answered(live.get(f"/portfolios/{example.portfolio_id}"))["frozen_because"]
    assert alert["severity"] == "CRITICAL"
    assert (told["kind"], told["severity"], told["read_at"]) == ("frozen", "CRITICAL", None)
    assert told["sentence"] == f"Froze the portfolio: {frozen}"
    assert (told["portfolio_id"], told["listing_id"]) == (example.portfolio_id, example.listing_id)
    assert (told["at"], told["recorded_at"]) == ("2020-04-16T15:30:00.000000Z", rfc3339(IN_SESSION))
    Page[Notification].model_validate_json(live.get("/notifications").content)


def test_a_freeze_by_hand_is_told_too_and_its_end(live: TestClient, running: House, example: Example) -> None:
    answered(live.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "to look"}))
    answered(live.post(f"/portfolios/{example.portfolio_id}/unfreeze", json={"reason": "looked"}))
    assert titles(feed(live, running)) == ["Portfolio frozen", "Freeze lifted"]


def test_pages_neither_skip_nor_repeat_while_new_ones_come(
    live: TestClient, running: House, example: Example
) -> None:
    raise_some(running, example.portfolio_id, "a", "b", "c")
    seen: list[dict[str, Any]] = feed(live, running, limit=2)
    for rule in ("d", "e", "f", "g"):
        raise_some(running, example.portfolio_id, rule)
        seen += feed(live, running, limit=2, after=seen[-1]["number"])
    assert titles(seen) == ["A", "B", "C", "D", "E", "F", "G"]
    assert feed(live, running, after=seen[-1]["number"]) == []


def test_a_page_names_the_next_one(live: TestClient, running: House, example: Example) -> None:
    raise_some(running, example.portfolio_id, "a", "b", "c")
    feed(live, running)
    first = answered(live.get("/notifications?limit=2"))
    second = answered(live.get("/notifications", params={"limit": 2, "after": first["next"]}))
    assert (titles(first["items"]), titles(second["items"]), second["next"]) == (["A", "B"], ["C"], None)
    refused(live.get("/notifications?after=yesterday"), 422)


def test_what_was_read_stays_read_also_after_a_rebuild(
    live: TestClient, running: House, example: Example
) -> None:
    raise_some(running, example.portfolio_id, "a", "b", "c")
    _, second, _ = feed(live, running)
    first_reading = answered(live.post(f"/notifications/{second['id']}/read"))
    Notification.model_validate(first_reading)
    running.ledger.clock = lambda: IN_SESSION + timedelta(hours=1)
    assert answered(live.post(f"/notifications/{second['id']}/read")) == first_reading
    with running.pool.connection() as connection:
        Rebuild(connection, running.log, [BY_NAME["notifications"]]).run(lambda step, done, total: None)
    assert titles(feed(live, running, unread=True)) == ["A", "C"]
    assert titles(feed(live, running, unread=False)) == ["B"]
    assert [each["read_at"] for each in feed(live, running)] == [None, first_reading["read_at"], None]


def test_all_up_to_one_are_read_at_once(live: TestClient, running: House, example: Example) -> None:
    """Under its key the same request answers the same count again, and nothing that came later is marked."""
    raise_some(running, example.portfolio_id, "a", "b", "c", "d")
    found = feed(live, running)
    answered(live.post(f"/notifications/{found[0]['id']}/read"))
    asked = {"json": {"up_to": found[2]["id"]}, "headers": {"Idempotency-Key": "once"}}
    for _ in range(2):
        marked = live.post("/notifications/read", **asked)
        assert MarkedRead.model_validate_json(marked.content).marked == 2
    assert titles(feed(live, running, unread=True)) == ["D"]


def test_nobody_sees_or_marks_what_another_was_told(
    live: TestClient, running: House, example: Example
) -> None:
    ledger = running.ledger
    theirs = ledger.new_id()
    portfolios.open_portfolio(
        ledger, Cause("another", ledger.new_id()), theirs, title="Theirs", currency="USD",
        mode="automatic", broker=BrokerChoice(), settings=SettingsChange(),
    )  # fmt: skip
    raise_some(running, theirs, "secret")
    raise_some(running, example.portfolio_id, "mine")
    raise_some(running, None, "house")
    assert titles(feed(live, running)) == ["Mine", "House"]
    with running.pool.connection() as connection:
        row = connection.execute(
            "select notification_id as id from notifications where title = 'Secret'"
        ).fetchone()
    assert row is not None
    refused(live.post(f"/notifications/{row['id']}/read"), 404)
    refused(live.post("/notifications/read", json={"up_to": str(row["id"])}), 404)


def test_a_silent_notification_cannot_be_marked(live: TestClient, running: House, example: Example) -> None:
    """It was never told, though the alert stands in its list."""
    answered(live.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "to look"}))
    raise_some(running, example.portfolio_id, "muted")
    assert titles(feed(live, running)) == ["Portfolio frozen"]
    with running.pool.connection() as connection:
        row = connection.execute(
            "select notification_id as id from notifications where title = 'Muted'"
        ).fetchone()
    assert row is not None
    refused(live.post(f"/notifications/{row['id']}/read"), 404)
    assert [alert["rule"] for alert in answered(live.get("/alerts"))["items"]] == ["muted"]
