"""Health, the metrics that Prometheus scrapes, and where a person arrives."""

from starlette.testclient import TestClient

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
