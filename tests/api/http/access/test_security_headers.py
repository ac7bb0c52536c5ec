"""What browsers are told with every answer."""

import re

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from people import guarded

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    "address", ["/portfolios", "/nothing", "/health/live", "/auth/me", "/openapi.json", "/ui/", "/"]
)
def test_every_answer_says_what_it_may_load(client: TestClient, door: TestClient, address: str) -> None:
    for each in (client, door):
        headers = each.get(address, follow_redirects=False).headers
        assert {name: headers[name] for name in ALWAYS} == ALWAYS
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith(
            "default-src 'self'" if address == "/ui/" else "default-src 'none'"
        )
        assert "strict-transport-security" not in headers


def test_answers_are_kept_by_no_cache(client: TestClient) -> None:
    assert client.get("/portfolios").headers["cache-control"] == "no-store"
    assert client.get("/auth/me").headers["cache-control"] == "no-store"
    assert client.get("/portfolios", headers={"Host": "evil.example"}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("at", "public_url"),
    [("https://ballast.example.org", None), ("http://127.0.0.1:8000", "https://ballast.example.org")],
)
def test_over_tls_a_browser_stays_there(house: House, at: str, public_url: str | None) -> None:
    with guarded(house, at=at, public_url=public_url) as client:
        assert client.get("/health/live").headers["strict-transport-security"] == "max-age=31536000"


def test_documentation_that_loads_scripts_is_there_without_sign_in_only(
    client: TestClient, house: House, door: TestClient
) -> None:
    answer = client.get("/docs")

    assert answer.status_code == 200
    loaded = re.findall(r'(?:src|href)="(https?://)', answer.text)
    assert loaded
    assert "script-src 'unsafe-inline' https:" in answer.headers["content-security-policy"]
    for address in ("/docs", "/redoc"):
        assert door.get(address).status_code == 401
