"""The gate: who is not recognised gets no further, and no foreign page rides a cookie."""

import pytest
from starlette.testclient import TestClient

from api.http.gate import is_for_everybody
from api.wiring import House
from over_http import AT, answered, open_example, refused, signed
from people import OWN_PAGE, account, another, bearing, guarded, sign_in, token

NOWHERE = "00000000-0000-7000-8000-000000000000"
FOR_EVERYBODY = {
    "GET /health/live",
    "GET /health/ready",
    "POST /auth/login",
    "POST /orders/callback",
    "POST /orders/callback/{portfolio_id}",
}
NEW = {"name": "Mine", "base_currency": "USD"}


def routes(client: TestClient) -> list[tuple[str, str]]:
    """Every documented route, as method and path template."""
    paths = answered(client.get("/openapi.json"))["paths"]
    return [(method.upper(), path) for path, operations in paths.items() for method in operations]


def test_nobody_gets_through_any_route_that_is_not_for_everybody(door: TestClient) -> None:
    walked = 0
    for method, path in routes(door):
        address = path.replace("{", "").replace("}", "")
        for name in path.split("{")[1:]:
            address = address.replace(name.partition("}")[0], NOWHERE, 1)
        if f"{method} {path}" in FOR_EVERYBODY:
            assert is_for_everybody(address), path
            continue
        answer = door.request(method, address)
        assert answer.status_code == 401, (method, path)
        assert refused(answer, 401)["type"] == "/problems/unauthorized"
        walked += 1
    assert walked > 90


def test_what_is_no_route_does_not_tell_nobody_so(door: TestClient) -> None:
    for address in ("/nothing", "/docs", "/redoc", "/metrics/prometheus", "/auth", "/ui/../portfolios"):
        refused(door.get(address), 401)


def test_a_cookie_that_is_none_lets_nobody_in(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    secret = door.cookies["ballast"]
    stranger = another(door)

    for cookie in (
        f"ballast={secret[:-1]}",
        f"__Host-ballast={secret}",
        f"other={secret}",
        "ballast=",
        "\xff",
    ):
        refused(stranger.get("/portfolios", headers={"Cookie": cookie.encode("latin-1")}), 401)
    answered(stranger.get("/portfolios", headers={"Cookie": f"other=1; ballast={secret}"}))


def test_where_cookies_go_over_tls_one_from_elsewhere_counts_for_nothing(house: House) -> None:
    account(house)
    with guarded(house, at="https://ballast.example.org") as door:
        sign_in(door)
        secret = door.cookies["__Host-ballast"]
        tossed = {"Cookie": f"ballast={secret}"}
        refused(another(door).get("/portfolios", headers=tossed), 401)


OTHERS = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", **OWN_PAGE},
)


@pytest.mark.parametrize("says", OTHERS)
def test_no_foreign_page_changes_anything_under_a_cookie(
    house: House, door: TestClient, says: dict[str, str]
) -> None:
    account(house)
    sign_in(door)
    del door.headers["Origin"]

    answer = door.post("/portfolios", json=NEW, headers=says)

    assert refused(answer, 403)["type"] == "/problems/foreign-origin"
    assert answered(door.get("/portfolios"))["items"] == []


@pytest.mark.parametrize("says", OTHERS)
def test_no_foreign_page_signs_anybody_in(house: House, door: TestClient, says: dict[str, str]) -> None:
    account(house)
    body = {"name": "Anna", "password": "a boat on an even keel"}

    refused(door.post("/auth/login", json=body, headers=says), 403)
    refused(door.post("/auth/login", content=b"name=Anna", headers={"Content-Type": "text/plain"}), 415)


def test_a_change_under_a_cookie_says_where_it_comes_from(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    del door.headers["Origin"]

    for says in ({}, {"Sec-Fetch-Site": "none"}):
        answer = door.post("/portfolios", json=NEW, headers=says)
        assert refused(answer, 403)["type"] == "/problems/no-origin"
    for page in (OWN_PAGE, {"Sec-Fetch-Site": "same-origin"}):
        answered(door.post("/portfolios", json=NEW, headers=page), 201)


def test_behind_a_proxy_our_own_page_is_the_public_one(house: House) -> None:
    account(house)
    with guarded(house, public_url="https://Ballast.example.org/") as door:
        sign_in(door)
        secret = {"Cookie": f"__Host-ballast={door.cookies['__Host-ballast']}"} if door.cookies else {}
        answer = another(door).post(
            "/auth/login", json={"name": "Anna", "password": "a boat on an even keel"}
        )
        secret = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
        program = another(door)
        ours = {"Origin": "https://ballast.example.org:443"} | secret
        answered(program.post("/portfolios", json=NEW, headers=ours), 201)
        for origin in (
            "http://ballast.example.org:443",
            "http://ballast.example.org",
            "http://127.0.0.1:8000",
            "https://ballast.example.org:8443",
        ):
            refused(program.post("/portfolios", json=NEW, headers={"Origin": origin} | secret), 403)


def test_a_program_needs_no_origin(house: House, door: TestClient) -> None:
    account(house)
    sign_in(door)
    program = bearing(door, token(door)["secret"])

    answered(program.post("/portfolios", json=NEW), 201)


def test_a_broker_calls_back_without_an_account(door: TestClient) -> None:
    body = '{"broker":"paper","client_order_id":"x|y|BUY","event":"accepted","at":"' + AT + '"}'

    assert door.post("/orders/callback", content=body, headers=signed(body)).status_code == 202
    refused(door.post("/orders/callback", content=body), 401)


def test_a_token_that_may_read_changes_nothing_but_may_ask_what_if(house: House, door: TestClient) -> None:
    anna = account(house)
    sign_in(door)
    example = open_example(door)
    reader = bearing(door, token(door, "read")["secret"])
    evaluate = f"{example.address}/evaluate"

    assert answered(reader.get("/auth/me"))["scope"] == "read"
    assert answered(reader.get("/auth/me"))["id"] == anna.user_id
    answered(reader.get(example.address))
    asked = {"price": "97", "as_of": AT}
    assert answered(reader.post(f"{evaluate}?dry_run=true", json=asked))["outcome"] == "trade"
    for answer in (
        reader.post("/portfolios", json=NEW),
        reader.post(evaluate, json=asked),
        reader.post(f"{evaluate}?dry_run=false", json=asked),
        reader.post(f"{evaluate}?dry_run=true&dry_run=false", json=asked),
        reader.post("/portfolios?dry_run=true", json=NEW),
        reader.post(f"{example.address}/pause?dry_run=true"),
        reader.post("/auth/logout"),
        reader.delete(f"/auth/tokens/{NOWHERE}"),
    ):
        assert refused(answer, 403)["type"] == "/problems/insufficient-scope"
        assert 'scope="trade"' in answer.headers["WWW-Authenticate"]
    assert len(answered(reader.get("/portfolios"))["items"]) == 1
