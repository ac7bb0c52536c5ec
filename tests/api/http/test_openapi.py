"""The OpenAPI document: every answer is of the shape it says, and says what a refusal looks like."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from starlette.testclient import TestClient

from api.http import schemas
from api.http.schemas.alerts import Alert, Reconciliation
from api.http.schemas.answer import Page
from api.http.schemas.audit import Verification
from api.http.schemas.charts import PositionChart, SettingsPreview
from api.http.schemas.fx import FxRate, FxTaken
from api.http.schemas.market_data import MarketData
from api.http.schemas.policies import PolicyStep, PortfolioPolicy
from api.http.schemas.runs import Run, Schedule
from api.http.schemas.today import Today
from examples import eventually
from over_http import AT, KO, answered, open_example, signed
from policy_examples import document, in_dollars

RATE = {"base": "USD", "quote": "GBP", "rate": "0.75", "as_of": AT}
SIMULATED = {"name": "simulated", "kind": "simulated"}

SCHEDULE = {"kind": "dividends", "cron": "0 3 * * *", "time_zone": "UTC"}


FOR_EVERYBODY = {
    "GET /health/live",
    "GET /health/ready",
    "POST /auth/login",
    "POST /orders/callback",
    "POST /orders/callback/{portfolio_id}",
}

SIGN_INS = {
    "POST /auth/login",
    "POST /auth/logout",
    "POST /auth/password",
    "POST /auth/proof",
    "DELETE /auth/sign-ins",
    "DELETE /auth/sign-ins/{sign_in_id}",
}
"""They, and a second factor's, come before anybody is known, or are the same when done twice; and no receipt shall
remember a password or a code."""


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with its name, such as ``GET /orders``."""
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {address}", operation


def test_every_operation_documents_its_answer_and_its_problems(client: TestClient) -> None:
    document = answered(client.get("/openapi.json"))

    for name, operation in operations(document):
        responses = operation["responses"]
        assert responses.pop("default")["content"].keys() == {"application/problem+json"}, name
        assert responses, name
        for response in responses.values():
            assert "$ref" in response["content"]["application/json"]["schema"], name
    assert document["components"]["schemas"]["Problem"]["required"] == ["type", "title", "status", "detail"]


def test_every_mutation_takes_a_key_and_every_body_is_documented(client: TestClient) -> None:
    document = answered(client.get("/openapi.json"))

    for name, operation in operations(document):
        if name.startswith("GET") or name in SIGN_INS or " /auth/second-factor" in name:
            continue
        headers = {each["name"].lower() for each in operation.get("parameters", []) if each["in"] == "header"}
        assert headers & {"idempotency-key", "webhook-id"}, name
    for name in ("POST /prices", "POST /orders/callback", "POST /portfolios"):
        body = dict(operations(document))[name]["requestBody"]
        assert "application/json" in body["content"]


def test_references_lead_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    known = answered(client.get("/openapi.json"))["components"]["schemas"]

    for piece in text.split('"#/components/schemas/')[1:]:
        assert piece.partition('"')[0] in known


def test_every_answer_is_of_its_documented_shape(live: TestClient) -> None:
    example = open_example(live, broker={"auto_fill": False})
    example.tick("99")
    order_id = example.evaluate(price="97.00")["order_id"]
    eventually(lambda: (example.card()["open_order"] or {}).get("status") == "working")
    fill = (
        f'{{"broker":"paper","client_order_id":"{example.position_id}|{AT}|BUY","event":"partial_fill",'
        f'"execution_id":"1","quantity":"2","price":"97","at":"{AT}"}}'
    )
    taken = live.post("/orders/callback", content=fill, headers=signed(fill))
    stray = fill.replace(AT, "2026-11-20T09:09:09.000000Z")
    live.post("/orders/callback", content=stray, headers=signed(stray))
    alert_id = answered(live.get("/alerts"))["items"][0]["id"]
    renamed = {"symbol": "COKE", "reason": "shorter"}
    other = answered(live.post("/listings", json=KO | {"symbol": "OLD"}), 201)["id"]
    listed = {"constituents": [{"listing_id": example.listing_id, "sleeve": "core"}]}
    portfolio, position = f"/portfolios/{example.portfolio_id}", example.address

    answers: list[tuple[Any, type[BaseModel]]] = [
        (taken, schemas.CallbackTaken),
        (live.post("/listings", json=KO), schemas.Listing),
        (live.patch(f"/listings/{example.listing_id}", json={"tick": "0.01"}), schemas.Listing),
        (live.post(f"/listings/{example.listing_id}/symbol", json=renamed), schemas.Listing),
        (live.post(f"/listings/{other}/retire", json={"reason": "bankrupt"}), schemas.Listing),
        (live.post("/instruments", json={"kind": "etf"}), schemas.Instrument),
        (live.get("/instruments"), schemas.Page[schemas.Instrument]),
        (live.get("/listings"), schemas.Page[schemas.Listing]),
        (live.get(f"/listings/{example.listing_id}"), schemas.Listing),
        (live.get(f"/listings/{example.listing_id}/prices"), schemas.Page[schemas.Price]),
        (live.get("/portfolios"), schemas.Page[schemas.Portfolio]),
        (live.get(portfolio), schemas.Portfolio),
        (live.patch(portfolio, json={"name": "New"}), schemas.Portfolio),
        (live.put(f"{portfolio}/constituents", json=listed), schemas.Page[schemas.Constituent]),
        (live.get(f"{portfolio}/constituents"), schemas.Page[schemas.Constituent]),
        (live.put(f"{portfolio}/market-data", json={"providers": [SIMULATED]}), MarketData),
        (live.get(f"{portfolio}/market-data"), MarketData),
        (live.post(f"{portfolio}/market-data/refresh"), Run),
        (live.post("/fx-rates", json={"rates": [RATE, RATE | {"rate": "0"}]}), FxTaken),
        (live.get("/fx-rates"), schemas.Page[FxRate]),
        (live.get(f"{portfolio}/cash"), schemas.Cash),
        (live.get(f"{portfolio}/holdings"), schemas.Page[schemas.Holding]),
        (live.get(f"{portfolio}/ledger"), schemas.Page[schemas.JournalEntry]),
        (live.get(position), schemas.PositionCard),
        (live.get("/positions"), schemas.Page[schemas.PositionCard]),
        (live.post(f"{position}/pause"), schemas.PositionCard),
        (live.post(f"{position}/evaluate", json={"price": "90", "as_of": AT}), schemas.Evaluation),
        (live.get(f"/orders/{order_id}"), schemas.Order),
        (live.get("/orders"), schemas.Page[schemas.Order]),
        (live.post(f"/orders/{order_id}/cancel"), schemas.Order),
        (live.get("/alerts"), Page[Alert]),
        (live.post(f"/alerts/{alert_id}/resolve", json={"reason": "looked"}), Alert),
        (live.post(f"{portfolio}/reconcile"), Reconciliation),
        (live.post(f"{portfolio}/runs", json={"kind": "dividends"}), Run),
        (live.get(f"{portfolio}/runs"), Page[Run]),
        (live.put(f"{portfolio}/policy", json={"policy": in_dollars(document())}), PortfolioPolicy),
        (live.post(f"{portfolio}/policy/approve", json={}), PortfolioPolicy),
        (live.get(f"{portfolio}/policy"), PortfolioPolicy),
        (live.get(f"{portfolio}/policy/history"), Page[PolicyStep]),
        (live.put(f"{portfolio}/schedules", json={"schedules": [SCHEDULE]}), Page[Schedule]),
        (live.get(f"{portfolio}/schedules"), Page[Schedule]),
        (live.get("/events"), schemas.Page[schemas.TimelineEvent]),
        (live.get(f"/metrics?position_id={example.position_id}"), schemas.Measures),
        (live.get("/audit/verify"), Verification),
        (live.get("/today"), Today),
        (live.get(f"{position}/chart"), PositionChart),
        (live.post(f"{position}/preview", json={"settings": {}}), SettingsPreview),
        (live.get("/health/live"), schemas.Live),
        (live.get("/health/ready"), schemas.Ready),
        (live.get("/health/trading"), schemas.Trading),
        (live.get("/nothing"), schemas.ProblemDocument),
    ]
    for answer, shape in answers:
        shape.model_validate_json(answer.content)


def test_what_needs_a_sign_in_says_so(client: TestClient) -> None:
    document = answered(client.get("/openapi.json"))

    schemes = document["components"]["securitySchemes"]
    assert document["security"] == [{name: []} for name in schemes]
    assert (schemes["token"]["scheme"], schemes["sign_in"]["in"]) == ("bearer", "cookie")
    for name, operation in operations(document):
        assert (operation.get("security") == []) == (name in FOR_EVERYBODY), name
