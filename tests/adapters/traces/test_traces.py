"""One trace from a request through its job to the call at the broker, named for the correlation id of the events."""

import subprocess
import sys
from collections.abc import Iterator
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from adapters.redis.queue import SUBMIT_ORDER, SUBMIT_ORDERS, WAKE
from adapters.traces.brokers import TracedBrokers
from adapters.traces.jobs import origins
from adapters.traces.opening import ENDPOINTS, open_traces
from adapters.traces.traces import Traces
from alpaca_server.server import AlpacaServer
from api.following import Followers
from api.http.app import create_app
from api.wiring import House
from api.worker import Worker
from collector import Collector, collector
from compared_desk import open_desk
from examples import IN_SESSION, eventually
from over_http import AT, HERE, answered, configuration

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def collected(house: House) -> Iterator[Collector]:
    """Where the house's spans go."""
    with collector() as found, pytest.MonkeyPatch.context() as environment:
        environment.setenv(ENDPOINTS[0], found.url)
        house.traces = open_traces("everything")
        yield found


def traces(house: House) -> Traces:
    """The house's."""
    assert house.traces is not None
    return house.traces


def flushed(house: House) -> None:
    """Everything that has ended is at the collector."""
    assert traces(house)._provider.force_flush()  # only tests are in a hurry


def test_an_order_is_one_trace_from_its_request_to_the_broker(house: House, collected: Collector) -> None:
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        desk = open_desk(house, server)
        reached = traces(house)
        house.brokers = TracedBrokers(desk, reached)
        with (
            Worker(house),
            Followers(house),
            TestClient(create_app(house, configuration()), base_url=HERE) as client,
        ):
            eventually(
                house.reconciliations.latest_clean
            )  # the worker's start wants the books compared first
            address = f"/positions/{desk.opened.position_id}"
            body = {"price": "97.00", "as_of": AT}
            asked = client.post(f"{address}/evaluate", json=body, headers={"traceparent": CALLER})
            order_id = answered(asked)["order_id"]
            eventually(lambda: answered(client.get(f"/orders/{order_id}"))["status"] == "working")
            query = {"position_id": str(desk.opened.position_id), "type": "position.order_intended"}
            [intended] = answered(client.get("/events", params=query))["items"]
        flushed(house)
    [request] = collected.named("POST /positions/{position_id}/evaluate")
    [call] = collected.named("alpaca submit")
    [job] = [span for span in collected.spans if span.span_id == call.parent_span_id]
    assert job.name.startswith("job submit_order")
    assert UUID(bytes=request.trace_id) == UUID(intended["correlation_id"])
    assert request.trace_id == job.trace_id == call.trace_id
    assert (request.parent_span_id, job.parent_span_id) == (b"", request.span_id)
    [link] = request.links
    assert link.trace_id.hex() == CALLER.split("-")[1]


def test_of_an_error_only_its_kind_leaves(house: House, collected: Collector) -> None:
    with pytest.raises(LookupError), traces(house).call("alpaca submit", {}):
        raise LookupError("sk_live_1234")
    flushed(house)
    [call] = collected.named("alpaca submit")
    assert call.status.message == "LookupError"
    assert b"sk_live_1234" not in call.SerializeToString()


def test_a_job_follows_from_one_chain_or_is_linked_to_several(house: House, collected: Collector) -> None:
    one, other = UUID(int=2**127 + 1), UUID(int=2**126 + 2)
    with traces(house).job("one", [one, one], None):
        pass
    with traces(house).job("several", [one, other], None):
        pass
    flushed(house)
    [followed], [linked] = collected.named("job one"), collected.named("job several")
    assert followed.trace_id == one.bytes
    assert linked.trace_id not in (one.bytes, other.bytes)
    assert [link.trace_id for link in linked.links] == [one.bytes, other.bytes]


def test_what_a_job_follows_from_is_in_its_arguments() -> None:
    chain = "0199a8a0-0000-7000-8000-000000000001"
    assert origins(SUBMIT_ORDER, ("position", "order", chain, "event")) == [UUID(chain)]
    assert origins(SUBMIT_ORDERS, ([["position", "order", chain, "event"]],)) == [UUID(chain)]
    assert origins(SUBMIT_ORDER, ("position", "order")) == []
    assert origins(WAKE, ("live", [chain])) == []


def test_nothing_is_imported_while_nobody_collects() -> None:
    source = (
        "import sys; from adapters.traces.opening import open_traces; import api.cli.main, api.cli.roles;"
        "assert open_traces('x') is None\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.exporter', 'adapters.traces.traces'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, timeout=60, env={}
    )
    assert done.stdout.strip() == "[]"
