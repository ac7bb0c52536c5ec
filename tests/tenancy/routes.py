"""Every route, with what it shows to whom. Those that change something come after those that only look."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import httpx
from starlette.testclient import TestClient

from broker_files import DEPOSIT, trading_212
from over_http import AT
from policy_examples import document

FOR_EVERYBODY = {
    "GET /": "leads to the page",
    "GET /ui": "leads to the page",
    "GET /health/live": "says that it lives",
    "GET /health/ready": "says whether servers answer",
    "GET /auth/oidc/login": "is how one becomes somebody",
    "GET /auth/oidc/callback": "is how one becomes somebody",
    "GET /auth/browser/{browser_pass}": "is how a browser becomes known, and signs nobody in",
    "POST /auth/login": "is how one becomes somebody",
    "POST /orders/callback": "signed by the paper accounts' secret: tests/api/http/test_callback_signature.py",
    "POST /orders/callback/{portfolio_id}": "signed by the account's own secret",
    "GET /ui/assets/{name}": "the page's files",
    "GET /ui/{address:path}": "the page, which knows nothing",
    "GET /stream": "numbers and moments without end: tests/api/http/test_stream.py",
    "POST /auth/second-factor": "of one's own account alone: tests/api/http/access",
    "POST /auth/second-factor/confirm": "of one's own account alone: tests/api/http/access",
    "POST /auth/second-factor/recovery-codes": "of one's own account alone: tests/api/http/access",
    "DELETE /auth/second-factor": "of one's own account alone: tests/api/http/access",
    "POST /auth/logout": "of one's own sign-in alone: tests/api/http/access",
    "POST /auth/proof": "of one's own sign-in alone: tests/api/http/access",
    "POST /auth/password": "of one's own account alone: tests/api/http/access",
    "DELETE /auth/sign-ins": "of one's own sign-ins alone: tests/api/http/access",
    "DELETE /auth/sign-ins/{sign_in_id}": "of one's own sign-ins alone: tests/api/http/access",
    "POST /auth/tokens": "of one's own account alone: tests/api/http/access",
}
"""Routes that answer without anybody, or that speak of nothing but the caller's own account."""


class Sees(Enum):
    """What another person gets."""

    OWN_BY_ID = auto()
    """It names something: 404 unless that is one's own."""

    OWN_IN_LIST = auto()
    """It lists: one's own, and nothing else."""

    SHARED = auto()
    """The registry, prices and rates belong to nobody."""


@dataclass(frozen=True)
class Case:
    """A route and a request that succeeds. ``works`` is what it is answered with, by a member with ``member``.

    ``at`` names the id to fill in for a portfolio. What is ``personal`` is not shared with members either.
    """

    name: str
    sees: Sees
    json: Any = None
    query: Any = None
    works: tuple[int, ...] = (200,)
    member: tuple[int, ...] | None = None
    at: str = "portfolio_id"
    content: bytes | None = None
    personal: bool = False

    @property
    def method(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.name.partition(" ")[2]

    @property
    def works_for_member(self) -> tuple[int, ...]:
        return self.works if self.member is None else self.member

    def address(self, ids: dict[str, str]) -> str:
        """Where it is for these ids."""
        return self.path.replace("{portfolio_id}", f"{{{self.at}}}").format(**ids)

    def body(self, ids: dict[str, str]) -> str:
        """What it names besides, as text."""
        return f"{_filled(self.json, ids)} {_filled(self.query, ids)}"

    def ask(self, client: TestClient, ids: dict[str, str]) -> httpx.Response:
        """The request."""
        address, query = self.address(ids), _filled(self.query, ids)
        answer: httpx.Response
        if self.content is not None:
            headers = {"content-type": "text/csv"}
            answer = client.request(self.method, address, content=self.content, headers=headers, params=query)
        else:
            answer = client.request(self.method, address, json=_filled(self.json, ids), params=query)
        return answer


def _filled(template: Any, ids: dict[str, str]) -> Any:
    """The template with ``<name>`` replaced by ids."""
    match template:
        case dict():
            return {key: _filled(value, ids) for key, value in template.items()}
        case list():
            return [_filled(value, ids) for value in template]
        case str() if template.startswith("<"):
            return ids[template.strip("<>")]
        case _:
            return template


BY_ID, LIST, SHARED = Sees.OWN_BY_ID, Sees.OWN_IN_LIST, Sees.SHARED
WHY = {"reason": "So it is."}
P, A = "/portfolios/{portfolio_id}", "advised_id"
R = "/recommendations/{recommendation_id}"
POSITION = "/positions/{position_id}"
L = "/listings/{listing_id}"
TO_BUY = {"line_id": "<line_id>", "quantity": "1", "price": "11842.5"}
ENTRY = {"kind": "contribution", "amount": "1"}
RATE = {"base": "USD", "quote": "GBP", "rate": "0.75", "as_of": AT}
EXPORT = {"kind": "events", "format": "csv", "portfolio_id": "<portfolio_id>"}
STATE = (200, 409)
"""Whether it can be done depends on what was done before; whether one may does not."""

LOOKING = (
    Case(f"GET {POSITION}", BY_ID),
    Case(f"GET {POSITION}/chart", BY_ID),
    *(
        Case(f"GET {P}{what}", BY_ID)
        for what in (
            *("", "/holdings", "/cash", "/ledger", "/value", "/members", "/market-data", "/constituents"),
            *("/runs", "/schedules", "/thresholds"),
        )
    ),
    *(
        Case(f"GET {P}{what}", BY_ID, at=A)
        for what in ("/policy", "/policy/history", "/policy/manifesto", "/imports", "/triggers")
    ),
    Case("GET /policies/{policy_hash}", BY_ID),
    Case("GET /orders/{order_id}", BY_ID),
    Case("GET /runs/{run_id}", BY_ID),
    Case("GET /runs/{run_id}/input", BY_ID),
    Case(f"GET {R}", BY_ID),
    Case("GET /metrics", BY_ID, query={"portfolio_id": "<portfolio_id>"}),
    *(
        Case(f"GET /{what}", LIST)
        for what in ("positions", "portfolios", "events", "orders", "alerts", "notifications")
    ),
    Case("GET /recommendations", LIST),
    Case("GET /health/trading", SHARED),
    Case("GET /channels", LIST, personal=True),
    Case("GET /exports", LIST, personal=True),
    Case("GET /exchanges", SHARED),
    Case("GET /exports/destinations", SHARED),
    Case("GET /exports/{export_id}", BY_ID, member=(404,), personal=True),
    Case("GET /exports/{export_id}/files/{name}", BY_ID, member=(404,), personal=True),
    Case("GET /today", SHARED),
    Case("GET /system", SHARED),
    Case("GET /system/dead-letters", SHARED),
    Case("GET /freshness", SHARED),
    Case("GET /schedules/described", SHARED, query={"cron": "0 18 * * 5", "time_zone": "UTC"}),
    Case("GET /auth/tokens", LIST, personal=True),
    Case("GET /auth/sign-ins", LIST, personal=True),
    Case("GET /auth/me", LIST, personal=True),
    Case("GET /quarantine", SHARED),
    Case("GET /policies/schema", SHARED),
    Case("GET /fx-rates", SHARED),
    Case("GET /instruments", SHARED),
    Case("GET /instruments/{instrument_id}", SHARED),
    Case("GET /listings", SHARED),
    *(Case(f"GET {L}{what}", SHARED) for what in ("", "/prices", "/thresholds", "/actions")),
    Case("GET /audit/chain", SHARED),
    Case("GET /audit/verify", SHARED, works=(200, 202)),
    Case("GET /metrics/prometheus", SHARED),
)

OF_EVERYBODY = (
    Case("POST /portfolios", SHARED, {"name": "Mine", "base_currency": "USD"}, works=(201,)),
    Case("POST /instruments", SHARED, {"name": "Something"}, works=(201,)),
    Case("PATCH /instruments/{instrument_id}", SHARED, {"name": "Coca-Cola"}),
    Case(
        "POST /listings",
        SHARED,
        {"symbol": "PEP", "exchange": "XNYS", "currency": "USD", "quote_unit": "USD"},
        works=(201,),
    ),
    Case(f"PATCH {L}", SHARED, {"name": "Coca-Cola"}),
    Case(f"PUT {L}/thresholds", SHARED, {}),
    Case(
        "POST /prices", SHARED, {"quotes": [{"listing_id": "<spare_listing_id>", "last": "9", "as_of": AT}]}
    ),
    Case("POST /fx-rates", SHARED, {"rates": [RATE]}),
    Case(f"POST {L}/quarantine/release", SHARED, WHY, works=STATE),
    Case(f"POST {L}/quarantine/discard", SHARED, WHY, works=STATE),
    Case(
        "POST /dividends",
        SHARED,
        {
            "listing_id": "<spare_listing_id>",
            "ex_date": "2026-12-01",
            "pay_date": "2026-12-15",
            "per_share": "1",
        },
        works=(200, 201),
    ),
    Case(
        "POST /splits",
        SHARED,
        {"listing_id": "<spare_listing_id>", "ex_date": "2026-12-02", "ratio": "2"},
        works=(200, 201),
    ),
    Case(
        "POST /mergers",
        SHARED,
        {
            "listing_id": "<spare_listing_id>",
            "into_listing_id": "<listing_id>",
            "effective": "2026-12-03",
            "ratio": "1",
        },
        works=(200, 201),
    ),
    Case(f"POST {L}/symbol", SHARED, WHY | {"symbol": "KO"}, works=STATE),
    Case(f"POST {L}/retire", SHARED, WHY, works=(409,)),  # somebody holds it, whoever asks
)

CHANGING = (
    Case(f"PATCH {P}", BY_ID, {"name": "Renamed"}),
    Case(f"POST {P}/cash", BY_ID, {"kind": "deposit", "amount": "5"}),
    Case(f"POST {P}/members", BY_ID, {"user_id": "somebody"}, member=(403,)),
    Case(f"DELETE {P}/members/{{user_id}}", BY_ID, member=(403,)),
    Case(f"POST {P}/positions", BY_ID, {"listing_id": "<spare_listing_id>", "anchor": "9"}, works=(201,)),
    Case(f"POST {POSITION}/evaluate", BY_ID, {"price": "99", "as_of": AT}),
    Case(f"POST {POSITION}/preview", BY_ID, {"settings": {}}),
    Case(f"PATCH {POSITION}/settings", BY_ID, {"tau": "0.04"}),
    Case(f"POST {POSITION}/cash", BY_ID, {"kind": "allocate", "amount": "1"}),
    Case(f"POST {POSITION}/pause", BY_ID),
    Case(f"POST {POSITION}/resume", BY_ID),
    Case("POST /orders/{order_id}/resubmit", BY_ID, works=STATE),
    Case("POST /orders/{order_id}/cancel", BY_ID),
    Case(f"POST {P}/reconcile", BY_ID, works=STATE),
    Case(f"PUT {P}/broker", BY_ID, {"kind": "paper"}),
    Case(f"POST {P}/broker/callback-secret", BY_ID, works=STATE),
    Case(f"DELETE {P}/broker", BY_ID, works=STATE),
    Case(f"PUT {P}/market-data", BY_ID, {"providers": []}),
    Case(f"POST {P}/market-data/refresh", BY_ID, works=(202,)),
    Case(f"PUT {P}/constituents", BY_ID, {"constituents": []}),
    Case(f"PUT {P}/schedules", BY_ID, {"schedules": []}),
    Case(f"PUT {P}/thresholds", BY_ID, {}),
    Case(f"POST {P}/runs", BY_ID, {"kind": "dividends"}, works=(202,)),
    Case(f"POST {P}/ledger", BY_ID, {"entries": [ENTRY]}, works=(201,)),
    Case(f"POST {P}/ledger/reversals", BY_ID, WHY | {"ids": ["<batch_id>"]}, works=(201,), at=A),
    Case(f"POST {P}/imports", BY_ID, content=trading_212(DEPOSIT), works=(201,), at=A),
    Case(f"POST {P}/imports/{{import_id}}/apply", BY_ID, {}, works=(201, 409), at=A),
    Case(f"POST {R}/review", BY_ID, works=(202, 409)),
    Case(f"POST {R}/approve", BY_ID),
    Case(f"POST {R}/mark-executed", BY_ID, {"lines": [TO_BUY]}),
    Case(f"POST {R}/ignore", BY_ID, WHY, works=STATE),
    Case(f"POST {R}/reverse", BY_ID, WHY, works=STATE),
    Case(f"POST {P}/triggers/release", BY_ID, WHY | {"codes": ["none"]}, member=(404,), at=A),
    Case(f"PUT {P}/policy", BY_ID, {"policy": document()}, at=A),
    Case(f"POST {P}/policy/review", BY_ID, works=(202, 409), at=A),
    Case(f"POST {P}/policy/approve", BY_ID, {}, works=STATE, at=A),
    Case("POST /alerts/{alert_id}/resolve", BY_ID, WHY),
    Case("POST /notifications/{notification_id}/read", BY_ID),
    Case("POST /notifications/read", BY_ID, {"up_to": "<notification_id>"}),
    Case(f"POST {P}/freeze", BY_ID, WHY),
    Case(f"POST {P}/unfreeze", BY_ID, WHY),
    Case(f"POST {POSITION}/close", BY_ID, works=STATE),
    Case("POST /channels/{channel_id}/test", BY_ID, member=(404,), personal=True),
    Case("DELETE /auth/tokens/{token_id}", BY_ID, member=(404,), personal=True),
    Case("POST /exports", BY_ID, EXPORT, works=(202,)),
    Case("POST /system/dead-letters/{letter_id}/retry", BY_ID, member=(404,)),
    Case("POST /system/dead-letters/{letter_id}/dismiss", BY_ID, member=(404,)),
    Case("PUT /channels", LIST, {"channels": []}, personal=True),
    Case("POST /freeze", LIST, WHY),
)

CASES = (*LOOKING, *OF_EVERYBODY, *CHANGING)
