"""Whatever is wrong with a request, the answer is a problem document, and never ours to be ashamed of."""

from typing import Any
from uuid import uuid4

import psycopg
from starlette.testclient import TestClient

from api.wiring import House
from examples import eventually
from over_http import answered, fields, open_example, refused

NEW = b'{"name": "Mine", "base_currency": "USD"%s}'
JSON = {"content-type": "application/json"}

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "half an object": b"{",
    "no JSON": b"nonsense",
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "bytes that are no text": b"\xff\xfe",
    "a key twice": NEW % b', "name": "Twice"',
    "a key twice, deeper": NEW % b', "settings": {"tau": "0.03", "tau": "0.04"}',
    "not a number": NEW % b', "settings": {"tau": NaN}',
    "a JSON number": NEW % b', "settings": {"tau": 0.03}',
    "infinity": NEW % b', "settings": {"max_orders_day": 1e400}',
    "five thousand digits": NEW % (b', "settings": {"max_orders_day": ' + b"9" * 5000 + b"}"),
    "a deep well": NEW % (b', "settings": ' + b"[" * 100_000 + b"]" * 100_000),
    "more than a bigint": NEW % (b', "broker": {"kind": "paper", "seed": ' + b"9" * 30 + b"}"),
    "a word for a truth": NEW % b', "broker": {"kind": "paper", "auto_fill": "yes"}',
    "half a letter": NEW.replace(b"Mine", b"\\ud800") % b"",
    "half a letter for a key": NEW % b', "\\ud800": 1',
}


def test_a_body_that_is_no_request_is_a_problem(client: TestClient) -> None:
    for name, body in BODIES.items():
        answer = client.post("/portfolios", content=body, headers=JSON)
        assert answer.status_code == 422, name
        refused(answer, 422)

    assert answered(client.get("/portfolios"))["items"] == []


def test_a_body_is_not_nested_deeper_than_it_could_mean_anything(client: TestClient) -> None:
    deep = NEW % (b', "settings": ' + b"[" * 33 + b"]" * 33)
    brackets_in_a_text = NEW.replace(b"Mine", b"[" * 40 + b'\\"') % b""

    problem = refused(client.post("/portfolios", content=deep, headers=JSON), 422)

    assert "nested" in problem["detail"]
    answered(client.post("/portfolios", content=brackets_in_a_text, headers=JSON), 201)


def test_a_body_of_more_than_a_mebibyte_is_refused(client: TestClient) -> None:
    refused(client.post("/portfolios", content=b" " * (1024 * 1024 + 1), headers=JSON), 413)


def test_a_body_sent_in_pieces_is_capped_too(client: TestClient) -> None:
    pieces = (b" " * 65_536 for _ in range(17))

    refused(client.post("/portfolios", content=pieces, headers=JSON), 413)


def test_a_body_of_another_kind_is_refused(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = client.post("/portfolios", content=NEW % b"", headers={"content-type": kind})
        assert refused(answer, 415)["type"] == "/problems/unsupported-media-type"


def test_unknown_addresses_and_methods_are_problems(client: TestClient) -> None:
    assert refused(client.get("/nothing/here"), 404)["type"] == "/problems/not-found"
    answer = client.put("/portfolios")
    assert refused(answer, 405)["type"] == "/problems/method-not-allowed"
    assert answer.headers["Allow"]
    refused(client.request("BREW", "/portfolios"), 405)


def test_every_field_that_is_wrong_is_named(client: TestClient) -> None:
    wanted = {"name": "", "settings": {"tau": "2", "r": "x"}, "mode": "manual"}

    answer = client.post("/portfolios", json=wanted)

    assert set(fields(answer)) == {"name", "base_currency", "settings.tau", "settings.r", "mode"}


def test_the_largest_numbers_are_booked_to_the_cent(client: TestClient) -> None:
    example = open_example(client)
    huge = "9" * 18
    wanted = {"listing_id": example.listing_id, "shares": huge, "anchor": f"{huge}.999999999999"}

    answer = client.post(f"/portfolios/{example.portfolio_id}/positions", json=wanted)

    answered(answer, 201)
    (holding,) = answered(client.get(f"/portfolios/{example.portfolio_id}/holdings"))["items"]
    assert holding["quantity"] == "1000000000000000099"
    assert holding["book_cost"] == "999999999999999998999999999999010000.00"


def test_a_database_that_drops_every_connection_is_soon_forgotten(client: TestClient, house: House) -> None:
    example = open_example(client)
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )

    answer = client.get(example.address)

    assert answer.status_code == 200 or refused(answer, 503)
    assert eventually(lambda: client.get(example.address).status_code == 200)


def test_a_database_that_is_away_is_503(client: TestClient, house: House) -> None:
    house.pool.close()

    problem = refused(client.get("/portfolios"), 503)

    assert problem["type"] == "/problems/unavailable"
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (503, "not_ready")
    assert client.get("/health/live").status_code == 200


ADDRESSES: list[tuple[str, str, Any]] = [
    ("GET", "/positions/{}", None),
    ("GET", "/portfolios/{}", None),
    ("GET", "/portfolios/{}/ledger", None),
    ("GET", "/portfolios/{}/holdings", None),
    ("GET", "/orders/{}", None),
    ("PATCH", "/portfolios/{}", {}),
    ("PATCH", "/positions/{}/settings", {}),
    ("POST", "/portfolios/{}/cash", {"kind": "deposit", "amount": "1"}),
    (
        "POST",
        "/portfolios/{}/positions",
        {"listing_id": "019aa000-0000-7000-8000-000000000000", "anchor": "1"},
    ),
    ("POST", "/positions/{}/evaluate", {}),
    ("POST", "/positions/{}/close", None),
    ("GET", "/metrics?position_id={}", None),
    ("GET", "/metrics?portfolio_id={}", None),
]


def test_what_is_not_there_is_404_everywhere(client: TestClient) -> None:
    for method, address, body in ADDRESSES:
        answer = client.request(method, address.format(uuid4()), json=body)
        assert answer.status_code == 404, address
        refused(answer, 404)
