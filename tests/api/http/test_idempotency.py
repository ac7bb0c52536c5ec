"""Idempotency keys: the same request has one effect and one answer, however often and however at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from starlette.testclient import TestClient

from api.wiring import House
from examples import eventually
from over_http import AT, KO, answered, fields, open_example, refused

KEY = {"Idempotency-Key": "0c5f4c1e"}


def test_the_same_request_answers_the_first_result(client: TestClient) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/cash"
    deposit = {"kind": "deposit", "amount": "5"}

    first = client.post(address, json=deposit, headers=KEY)
    again = client.post(address, json=deposit, headers=KEY)

    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers["Ballast-Position"] == again.headers["Ballast-Position"]
    assert answered(client.get(address))["portfolio"] == "10005.00"


def test_another_request_under_the_key_is_a_conflict(client: TestClient) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/cash"
    answered(client.post(address, json={"kind": "deposit", "amount": "5"}, headers=KEY))

    for answer in (
        client.post(address, json={"kind": "deposit", "amount": "6"}, headers=KEY),
        client.post(f"{example.address}/pause", headers=KEY),
    ):
        assert refused(answer, 409)["type"] == "/problems/idempotency-key-reused"


def test_what_was_refused_may_be_tried_again_under_the_key(client: TestClient) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/cash"
    withdraw = {"kind": "withdrawal", "amount": "10005"}
    refused(client.post(address, json=withdraw, headers=KEY), 409)
    answered(client.post(address, json={"kind": "deposit", "amount": "5"}))

    assert answered(client.post(address, json=withdraw, headers=KEY))["cash"] == "0.00"


def test_fifty_at_once_have_one_effect_and_one_answer(client: TestClient, house: House) -> None:
    """All the free cash is withdrawn once; the forty-nine others do not find it gone, they hear the same."""
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}/cash"
    withdraw = {"kind": "withdrawal", "amount": "10000"}

    with ThreadPoolExecutor(50) as pool, psycopg.connect(house.database_url) as gate:
        gate.execute("lock table stored_events in exclusive mode")
        asked = [pool.submit(client.post, address, json=withdraw, headers=KEY) for _ in range(50)]
        eventually(lambda: _waiting_to_append(gate) >= 10)
        gate.rollback()
        answers = [each.result() for each in asked]

    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert {answer.headers["Ballast-Position"] for answer in answers} == {
        answers[0].headers["Ballast-Position"]
    }
    assert answered(client.get(address))["portfolio"] == "0.00"


def _waiting_to_append(connection: psycopg.Connection[tuple[int]]) -> int:
    found = connection.execute(
        "select count(*) from pg_locks where not granted and relation = 'stored_events'::regclass"
    ).fetchone()
    return found[0] if found else 0


def test_fifty_at_once_open_one_portfolio(client: TestClient) -> None:
    wanted = {"name": "One", "base_currency": "USD"}

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: client.post("/portfolios", json=wanted, headers=KEY), range(50)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert len(answered(client.get("/portfolios"))["items"]) == 1


def test_a_thousand_at_once_have_one_effect_and_one_answer(client: TestClient) -> None:
    """Every one of them hears the first answer; with another body the key is a conflict."""
    address = f"/portfolios/{open_example(client).portfolio_id}/cash"
    deposit = {"kind": "deposit", "amount": "5"}

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: client.post(address, json=deposit, headers=KEY), range(1_000)))

    told = {(answer.status_code, answer.content, answer.headers["Ballast-Position"]) for answer in answers}
    assert told == {(200, answers[0].content, answers[0].headers["Ballast-Position"])}
    assert answered(client.get(address))["portfolio"] == "10005.00"
    refused(client.post(address, json=deposit | {"amount": "6"}, headers=KEY), 409)


def test_every_mutation_answers_its_first_result(client: TestClient) -> None:
    example = open_example(client)
    portfolio, position = f"/portfolios/{example.portfolio_id}", example.address
    order_id = example.evaluate(price="97.00")["order_id"]
    requests: list[tuple[str, str, Any]] = [
        ("POST", "/listings", KO | {"symbol": "PEP", "isin": None}),
        ("POST", "/portfolios", {"name": "Another", "base_currency": "USD"}),
        ("PATCH", portfolio, {"name": "Renamed"}),
        ("POST", f"{portfolio}/cash", {"kind": "deposit", "amount": "1"}),
        ("POST", f"{portfolio}/freeze", {"reason": "A while."}),
        ("POST", f"{portfolio}/unfreeze", {"reason": "Enough."}),
        ("POST", f"{portfolio}/positions", {"listing_id": example.listing_id, "anchor": "100"}),
        ("PATCH", f"{position}/settings", {"tau": "0.04"}),
        ("POST", f"{position}/cash", {"kind": "allocate", "amount": "1"}),
        ("POST", f"{position}/pause", None),
        ("POST", f"{position}/resume", None),
        ("POST", "/prices", {"quotes": [{"listing_id": example.listing_id, "last": "99", "as_of": AT}]}),
        ("POST", f"{position}/evaluate", {"price": "50", "as_of": AT}),
        ("POST", f"/orders/{order_id}/cancel", None),
        ("POST", f"{position}/close", None),
    ]
    for number, (method, address, body) in enumerate(requests):
        headers = {"Idempotency-Key": f"key-{number}"}
        first = client.request(method, address, json=body, headers=headers)
        again = client.request(method, address, json=body, headers=headers)

        assert first.status_code in (200, 201), (address, first.text)
        assert (first.status_code, first.content) == (again.status_code, again.content), address
        assert first.headers["Ballast-Position"] == again.headers["Ballast-Position"], address


def test_a_key_is_visible_ascii(client: TestClient) -> None:
    wanted = {"name": "One", "base_currency": "USD"}

    for key in ("", " ", "a b", "x" * 201, "caf\xe9"):
        headers = {"Idempotency-Key": key.encode("latin-1")}
        assert fields(client.post("/portfolios", json=wanted, headers=headers)) == ["Idempotency-Key"], key
