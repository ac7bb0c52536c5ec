"""Health, the metrics that Prometheus scrapes, and where a person arrives."""

from datetime import UTC, date, datetime, time, timedelta

from starlette.testclient import TestClient

import examples
from api.http.routes.health import Ready
from api.wiring import House
from over_http import answered, open_example


def test_ready_names_every_dependency_and_follower(live: TestClient) -> None:
    open_example(live)

    ready = answered(live.get("/health/ready"))

    assert ready["status"] == "ready"
    assert {each["name"]: each["ok"] for each in ready["dependencies"]} == {"database": True, "redis": True}
    assert {"outbox", "timeline", "measures"} <= {each["name"] for each in ready["projections"]}


def test_a_follower_that_does_not_run_lags(client: TestClient) -> None:
    open_example(client)

    ready = answered(client.get("/health/ready"))

    assert all(each["lag"] >= 5 for each in ready["projections"])


def test_prometheus_finds_requests_by_route_and_never_by_id(live: TestClient) -> None:
    example = open_example(live)
    example.card()
    live.get("/made/up/address")
    live.request("MADEUP", "/positions")

    text = live.get("/metrics/prometheus").text

    assert 'ballast_http_requests_total{method="GET",route="/positions/{position_id}",status="200"}' in text
    assert 'method="GET",route="unknown",status="404"' in text
    assert "MADEUP" not in text
    assert example.position_id not in text
    assert "ballast_database_up 1.0" in text
    assert 'ballast_projection_lag_events{name="timeline"}' in text


def test_the_root_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/ui/")

    page = client.get("/")

    assert page.headers["content-type"].startswith("text/html")


def test_a_calendar_that_ends_soon_is_warned_of_by_name(client: TestClient, house: House) -> None:
    """Ninety days ahead it is ready without a word; a day later, and when it has ended, it says so, still ready."""
    open_example(client)
    _, last = house.sessions.reaches("XNYS")

    today_is(house, last - timedelta(days=90))
    assert "warnings" not in answered(client.get("/health/ready"))

    for days in (89, 0, -1):
        today_is(house, last - timedelta(days=days))
        ready = answered(client.get("/health/ready"))
        assert ready["status"] == "ready"
        [warning] = Ready.model_validate(ready).warnings
        assert (warning.name, warning.exchange, warning.last_day) == ("calendar", "XNYS", last)
        assert f"The calendar of XNYS end{'s' if days >= 0 else 'ed'} on {last}" in warning.detail


def test_only_exchanges_that_listings_name_are_warned_of(client: TestClient, house: House) -> None:
    """No calendar reaches the year 2300, and without listings nobody needs one."""
    today_is(house, date(2300, 1, 1))

    assert "warnings" not in answered(client.get("/health/ready"))


def test_a_listing_of_an_exchange_that_nobody_knows_is_warned_of(client: TestClient, house: House) -> None:
    """Such as one that a newer version of the calendars has dropped."""
    examples.open_example(house, exchange="XXXX")

    [warning] = Ready.model_validate(answered(client.get("/health/ready"))).warnings

    assert (warning.exchange, warning.last_day) == ("XXXX", None)
    assert "There is no calendar for exchange XXXX" in warning.detail


def today_is(house: House, day: date) -> None:
    """Noon of a day, by the house's clock."""
    house.ledger.clock = lambda: datetime.combine(day, time(12), UTC)
