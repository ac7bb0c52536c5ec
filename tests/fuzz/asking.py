"""Requests that the OpenAPI document allows, and such as it does not, sent to the real application.

Schemathesis makes them of the document; what it makes is sent as it is, but for ids that there are, and for two things
that are slow on purpose: a stream that has no end, and waiting for events that nobody has appended.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import requests  # schemathesis makes its requests for it
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis import Case as AnyCase
from starlette.testclient import TestClient

from over_http import Example, answered, open_example

Operation = APIOperation[Any, Any, Any, Any]
Case = AnyCase[Any]

ENDLESS = frozenset({"GET /stream"})
WAITING = "at_least"


class Faulty(AssertionError):
    """The service was at fault, and not who asked."""


@dataclass
class Asking:
    """Who asks, what there is, and what was answered so far. ``known`` are ids by the name that addresses give them."""

    client: TestClient
    known: Mapping[str, str]
    statuses: Counter[int] = field(default_factory=Counter)

    def operations(self) -> Iterator[Operation]:
        """All of the document's, in its order."""
        schema = schemathesis.openapi.from_dict(answered(self.client.get("/openapi.json")))
        for found in schema.get_all_operations():
            operation: Operation = found.ok()  # type: ignore[union-attr]  # a document that is no document fails
            if operation.label not in ENDLESS:
                yield operation

    def ask(self, operation: Operation, requests: int, number: int) -> None:
        """So many different requests of one operation, drawn by a seed. Raises Faulty with one that fails."""
        names = st.sets(st.sampled_from(sorted(self.known) or [""]))

        @seed(number)
        @settings(
            max_examples=requests,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=_cases(operation), known=names)
        def each(case: Case, known: set[str]) -> None:
            self._ask(case, known)

        each()

    def _ask(self, case: Case, known: set[str]) -> None:
        case.path_parameters = {
            name: self.known.get(name, given) if name in known else given
            for name, given in (case.path_parameters or {}).items()
        }
        if case.query:
            case.query.pop(WAITING, None)
        answer = self._sent(case)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            raise Faulty(f"{answer.status_code} {answer.text[:300]}\n{case.as_curl_command()}")

    def _sent(self, case: Case) -> httpx.Response:
        sent = case.as_transport_kwargs(base_url=str(self.client.base_url))
        sent.pop("timeout", None)
        request = requests.Request(**sent).prepare()
        headers = {name: value for name, value in request.headers.items() if name != "Cookie"}
        answer: httpx.Response = self.client.request(
            str(request.method),
            str(request.url),
            headers=headers,
            content=request.body,
            follow_redirects=False,
        )
        return answer


def known_of(example: Example) -> dict[str, str]:
    """The ids of an example, and of the order that a trade has left there."""
    order_id = example.evaluate(price="97.00")["order_id"]
    return {
        "listing_id": example.listing_id,
        "portfolio_id": example.portfolio_id,
        "position_id": example.position_id,
        "order_id": order_id,
    }


def settled(client: TestClient) -> Asking:
    """Somebody who may ask for everything, with a portfolio, a position and an order."""
    return Asking(client, known_of(open_example(client)))


def _cases(operation: Operation) -> st.SearchStrategy[Case]:
    return st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
