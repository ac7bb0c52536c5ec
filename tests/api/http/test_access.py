"""Without sign-in only this machine is served, and no page that a browser was lured to."""

from starlette.testclient import TestClient

from api.http.access import is_loopback
from over_http import answered, refused

OURS = ("localhost", "localhost:8000", "127.0.0.1:1", "127.8.8.8", "[::1]:8000", "LOCALHOST")
FOREIGN = (
    "evil.example",
    "localhost.evil.example",
    "10.0.0.1",
    "[::2]",
    "",
    "0.0.0.0",  # noqa: S104  # what is refused
    "127.0.0.1@evil",
    "[",
)
FOREIGN_PAGES = ("http://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:9", "http://[")


def test_this_machines_own_names_are_served(client: TestClient) -> None:
    for host in OURS:
        answered(client.get("/portfolios", headers={"Host": host}))


def test_any_other_name_is_refused(client: TestClient) -> None:
    for host in FOREIGN:
        answer = client.get("/portfolios", headers={"Host": host})
        assert answer.status_code == 403, host
        assert refused(answer, 403)["type"] == "/problems/foreign-host"


def test_a_foreign_page_may_look_but_not_touch(client: TestClient) -> None:
    wanted = {"name": "Theirs", "base_currency": "USD"}

    for origin in FOREIGN_PAGES:
        answer = client.post("/portfolios", json=wanted, headers={"Origin": origin})
        assert answer.status_code == 403, origin
        assert refused(answer, 403)["type"] == "/problems/foreign-origin"
        assert answered(client.get("/portfolios", headers={"Origin": origin}))["items"] == []


def test_our_own_page_may(client: TestClient) -> None:
    wanted = {"name": "Ours", "base_currency": "USD"}

    answered(client.post("/portfolios", json=wanted, headers={"Origin": "http://127.0.0.1:8000"}), 201)


def test_what_counts_as_this_machine() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "ballast.localhost"))
    assert not any(is_loopback(host) for host in ("::", "192.168.1.1", "ballast.local", ""))
