"""What goes wrong at the local Alpaca on demand, seen by a plain HTTP client."""

import httpx
import pytest

from alpaca_server.clients import buy, http
from alpaca_server.server import AlpacaServer

ORDERS = "/v2/orders"


@pytest.mark.parametrize("status", [429, 500, 503, 504])
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_an_error_comes_before_or_after_the_order_exists(
    server: AlpacaServer, api: httpx.Client, status: int, after_effect: bool
) -> None:
    """For one request; the client cannot tell the two from each other."""
    server.faults.status("POST", ORDERS, status, after_effect=after_effect)
    failed = api.post("/orders", json=buy("a"))

    assert failed.status_code == status
    assert failed.json()["message"]
    assert ("retry-after" in failed.headers) == (status == 429)
    assert ("a" in server.orders) == after_effect
    assert api.post("/orders", json=buy("a")).status_code == (422 if after_effect else 200)
    assert len(server.requests_to("POST", ORDERS)) == 2


def test_a_fault_takes_hold_of_so_many_requests_of_its_method_and_path(
    server: AlpacaServer, api: httpx.Client
) -> None:
    """Others pass, and faults of the same request come one after the other."""
    server.faults.status("GET", "/v2/orders/*", 503, times=2)
    server.faults.status("GET", "*", 429, retry_after=7)
    order_id = api.post("/orders", json=buy("a")).json()["id"]
    answers = [api.get(f"/orders/{order_id}") for _ in range(4)]

    assert [each.status_code for each in answers] == [503, 503, 429, 200]
    assert answers[2].headers["retry-after"] == "7"
    server.faults.status("*", "*", 500, times=9)
    server.faults.clear()
    assert api.get("/account").status_code == 200


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_an_order_is_accepted_although_the_client_gave_up_waiting(
    server: AlpacaServer, after_effect: bool
) -> None:
    """At once or only after the client has left."""
    server.faults.hang("POST", ORDERS, 1.0, after_effect=after_effect)
    with http(server, timeout=0.1) as client, pytest.raises(httpx.ReadTimeout):
        client.post("/orders", json=buy("a"))

    assert ("a" in server.orders) == after_effect
    server.wait_for(lambda: "a" in server.orders)


def test_a_request_that_hangs_does_not_keep_the_server_from_stopping() -> None:
    """Nor other requests from being answered."""
    with AlpacaServer() as server:
        server.faults.hang("GET", "/v2/account", 600)
        with http(server, timeout=0.05) as client:
            with pytest.raises(httpx.ReadTimeout):
                client.get("/account")
            assert client.get("/clock", timeout=5).status_code == 200


@pytest.mark.parametrize(
    ("how", "exists"),
    [({}, False), ({"after_effect": True}, True), ({"midway": True}, True)],
    ids=["before", "after", "midway"],
)
def test_the_line_is_cut_instead_of_an_answer(
    server: AlpacaServer, api: httpx.Client, how: dict[str, bool], exists: bool
) -> None:
    """Before the order exists, after it, or in the middle of the answer; the next request is served."""
    server.faults.cut("POST", ORDERS, **how)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        api.post("/orders", json=buy("a"))

    assert ("a" in server.orders) == exists
    assert api.get("/account").status_code == 200


def test_what_is_answered_is_not_what_was_to_be_expected(server: AlpacaServer, api: httpx.Client) -> None:
    """A web page, half of a JSON, an empty list, another JSON."""
    api.post("/orders", json=buy("a"))
    server.faults.html("GET", ORDERS, after_effect=True)
    server.faults.truncated("GET", ORDERS)
    server.faults.empty_list("GET", ORDERS)
    server.faults.json("GET", ORDERS, "maintenance")
    page, half, nothing, other, true = (api.get("/orders") for _ in range(5))

    assert (page.status_code, page.headers["content-type"]) == (502, "text/html")
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        half.json()
    assert half.status_code == 200
    assert (nothing.json(), other.json()) == ([], "maintenance")
    assert len(true.json()) == 1


def test_requests_are_seen_with_their_body_even_when_they_are_spoilt(
    server: AlpacaServer, api: httpx.Client
) -> None:
    """So that a test can say that exactly one was made."""
    server.faults.status("POST", ORDERS, 500)
    api.post("/orders", json=buy("a", "1.5"))
    (request,) = server.requests_to("POST", ORDERS)

    assert (request.method, request.body["qty"]) == ("POST", "1.5")
    assert request.headers["apca-api-key-id"] == server.key_id
