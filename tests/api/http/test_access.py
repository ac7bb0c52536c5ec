"""Without sign-in only this machine is served, and no page that a browser was lured to."""

import pytest
from starlette.testclient import TestClient

from api.http.access import is_loopback
from over_http import answered, refused


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:1", "127.8.8.8", "[::1]:8000", "LOCALHOST"]
)
def test_this_machines_own_names_are_served(client: TestClient, host: str) -> None:
    answered(client.get("/portfolios", headers={"Host": host}))


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "10.0.0.1", "[::2]", "", "0.0.0.0", "127.0.0.1@evil", "["],
)
def test_any_other_name_is_refused(client: TestClient, host: str) -> None:
    assert refused(client.get("/portfolios", headers={"Host": host}), 403)["type"] == "/problems/foreign-host"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:9", "http://["]
)
def test_a_foreign_page_may_look_but_not_touch(client: TestClient, origin: str) -> None:
    headers = {"Origin": origin}
    wanted = {"name": "Theirs", "base_currency": "USD"}

    answer = client.post("/portfolios", json=wanted, headers=headers)

    assert refused(answer, 403)["type"] == "/problems/foreign-origin"
    assert answered(client.get("/portfolios", headers=headers))["items"] == []


def test_our_own_page_may(client: TestClient) -> None:
    wanted = {"name": "Ours", "base_currency": "USD"}

    answered(client.post("/portfolios", json=wanted, headers={"Origin": "http://127.0.0.1:8000"}), 201)


def test_what_counts_as_this_machine() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "ballast.localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "192.168.1.1", "ballast.local", ""))
