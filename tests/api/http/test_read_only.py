"""A restored Ballast answers, decides nothing and sends nothing, until it has been verified and compared."""

from datetime import timedelta
from uuid import UUID

from starlette.testclient import TestClient

from alpaca_server.server import AlpacaServer
from api.wiring import House
from api.worker import Worker
from compared_desk import open_desk
from examples import IN_SESSION, eventually
from over_http import AT, answered, open_example, refused

VERIFY = "This Ballast was restored from ballast-1.dump and is read only until `ballast verify` finds"


def restored(house: House) -> None:
    """As ``ballast restore`` leaves a database."""
    house.restored.over = False
    with house.pool.connection() as connection:
        connection.execute(
            "insert into restorations (restored_at, file) values (%s, 'ballast-1.dump')", (IN_SESSION,)
        )


def verify(house: House) -> None:
    """Verify as the command does."""
    assert house.verified(lambda step, done, total: None).ok


def test_commands_are_refused_with_a_sentence_until_it_is_verified(client: TestClient, house: House) -> None:
    example = open_example(client)
    restored(house)

    for address, body in (
        ("/prices", {"quotes": []}),
        ("/portfolios", {}),
        (f"/positions/{example.position_id}/evaluate", {"price": "97.00", "as_of": AT}),
        (f"/portfolios/{example.portfolio_id}/cash", {"kind": "deposit", "amount": "1"}),
    ):
        problem = client.post(address, json=body)
        assert problem.status_code == 503
        assert problem.json()["type"] == "/problems/read-only"
        assert problem.json()["detail"].startswith(VERIFY)
    assert example.card()["open_order"] is None

    verify(house)

    assert example.evaluate(price="97.00")["outcome"] == "trade"


def test_it_says_so_where_trading_is_asked_about(client: TestClient, house: House) -> None:
    open_example(client)
    assert answered(client.get("/health/trading"))["restored"] is None
    restored(house)

    trading = answered(client.get("/health/trading"))

    assert trading["status"] == "halted"
    assert trading["restored"].startswith(VERIFY)
    verify(house)
    assert answered(client.get("/health/trading"))["status"] == "trading"


def test_a_verification_that_finds_a_difference_lifts_nothing(client: TestClient, house: House) -> None:
    example = open_example(client)
    restored(house)
    with house.pool.connection() as connection:
        connection.execute("update positions set shares = shares + 1")

    assert not house.verified(lambda step, done, total: None).ok

    assert client.post(f"/positions/{example.position_id}/pause").status_code == 503


def test_a_person_may_stop_it_and_facts_are_taken_all_the_while(client: TestClient, house: House) -> None:
    example = open_example(client)
    restored(house)

    frozen = client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "Let me look first."})
    unsigned = client.post("/orders/callback", json={})
    thawed = client.post(f"/portfolios/{example.portfolio_id}/unfreeze", json={"reason": "I have looked."})

    assert (frozen.status_code, unsigned.status_code, thawed.status_code) == (200, 401, 503)


def test_no_order_leaves_and_none_is_lost(client: TestClient, house: House) -> None:
    """An order that was decided before the backup and not sent goes out once everything has been seen to be whole."""
    example = open_example(client)
    order_id = example.evaluate(price="97.00")["order_id"]
    restored(house)
    with Worker(house):
        house.jobs.submit_order(UUID(example.position_id), UUID(order_id))
        house.queue.join("ballast")
        assert example.card()["open_order"]["status"] == "intended"

        verify(house)

        house.jobs.submit_order(UUID(example.position_id), UUID(order_id))
        eventually(lambda: answered(client.get(f"/orders/{order_id}"))["status"] == "filled")


def test_a_real_account_is_compared_first(client: TestClient, house: House) -> None:
    """One that agreed before the restoration has to agree again, and cannot be left instead."""
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        desk = open_desk(house, server)
        assert desk.reconcile().clean
        house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=1)
        restored(house)
        with house.pool.connection() as connection:
            connection.execute("update restorations set restored_at = %s", (house.ledger.clock(),))
        verify(house)
        waiting = house.restored.waiting()
        assert waiting is not None
        assert "until 1 broker account has been compared" in waiting.sentence
        assert list(waiting.not_compared) == [desk.opened.portfolio_id]
        broker = f"/portfolios/{desk.opened.portfolio_id}/broker"
        for answer in (client.put(broker, json={"kind": "paper"}), client.delete(broker)):
            assert refused(answer, 503)["type"] == "/problems/read-only"
        assert not house.restored.may_act()

        desk.reconcile()

        assert house.restored.may_act()
