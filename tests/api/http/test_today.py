"""Today: what one owns at a glance, and what waits for one."""

from datetime import timedelta

from starlette.testclient import TestClient

from api.http.schemas.today import Today
from api.wiring import House
from application import portfolios
from application.ledger import Cause
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import IN_SESSION
from over_http import Example, answered, open_example


def today(client: TestClient) -> Today:
    """The answer, which must be of its documented shape."""
    return Today.model_validate(answered(client.get("/today")))


def stopped_by_a_price(client: TestClient, house: House) -> Example:
    """A portfolio with one position whose price the gate has just stopped."""
    example = open_example(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=9)
    example.tick("100", IN_SESSION)
    example.tick("1", IN_SESSION + timedelta(seconds=5))
    return example


def test_a_quiet_day_is_said_so_with_value_share_and_freshness(client: TestClient, house: House) -> None:
    example = open_example(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=9)
    example.tick("100", IN_SESSION + timedelta(seconds=3))
    example.tick("102.5", IN_SESSION + timedelta(seconds=5))

    seen = today(client)

    assert seen.state == "quiet"
    assert seen.sentence == "All quiet. 1 position is near the edge of its band, prices 4 s old."
    (portfolio,) = seen.portfolios
    assert (portfolio.money, portfolio.value, portfolio.cash) == ("paper", "30250.00", "10000.00")
    assert (portfolio.change, portfolio.change_share) == ("250.00", "0.008333")
    assert portfolio.asset_share == "0.3388"
    assert (portfolio.guardrails.low, portfolio.guardrails.high) == ("0.25", "0.75")
    assert (portfolio.positions, portfolio.near, portfolio.stale) == (1, 1, 0)


def test_a_freeze_comes_first_and_says_who_lifts_it(client: TestClient) -> None:
    example = open_example(client)
    client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "a look around."})

    seen = today(client)

    assert (seen.state, seen.for_you[0].kind) == ("stopped", "freeze")
    assert seen.sentence.startswith("Stopped: Example is frozen.")
    assert seen.for_you[0].sentence == (
        "Example is frozen: a look around. Nothing is decided or sent until you lift it."
    )


def test_a_price_that_the_gate_stopped_waits_once_as_the_freeze_and_as_an_alert_after_that(
    client: TestClient, house: House
) -> None:
    example = stopped_by_a_price(client, house)

    seen = today(client)

    [freeze] = seen.for_you
    assert (freeze.kind, str(freeze.listing_id)) == ("freeze", example.listing_id)
    assert seen.alarm == "Stopped: Example is frozen."
    assert seen.portfolios[0].frozen
    answered(client.post(f"/portfolios/{example.portfolio_id}/unfreeze", json={"reason": "seen to"}))
    assert [each.kind for each in today(client).for_you] == ["alert"]


def test_an_alert_about_something_else_than_the_freeze_has_its_own_row(
    client: TestClient, house: House
) -> None:
    """That somebody has written how the alert begins is no reason to hide it."""
    example = stopped_by_a_price(client, house)
    answered(client.post(f"/portfolios/{example.portfolio_id}/unfreeze", json={"reason": "seen to"}))
    [alert] = today(client).for_you
    beginning = alert.sentence.split()[0]
    client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": beginning})

    assert [each.kind for each in today(client).for_you] == ["freeze", "alert"]


def test_an_advisory_portfolio_is_real_money_by_hand(client: TestClient) -> None:
    open_example(client, mode="advisory")

    assert today(client).portfolios[0].money == "by hand"
    assert answered(client.get("/portfolios"))["items"][0]["money"] == "by hand"


def test_what_is_unknown_is_null_and_what_is_somebody_elses_is_not_there(
    client: TestClient, house: House
) -> None:
    new_id = house.ledger.new_id()
    portfolios.open_portfolio(
        house.ledger,
        Cause(actor="somebody else", correlation_id=new_id),
        new_id,
        title="Theirs",
        currency="USD",
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    mine = answered(
        client.post("/portfolios", json={"name": "Mine", "base_currency": "EUR", "mode": "automatic"}), 201
    )

    (portfolio,) = today(client).portfolios

    assert str(portfolio.id) == mine["id"]
    assert (portfolio.value, portfolio.change, portfolio.asset_share) == (None, None, None)
    assert (portfolio.oldest_price, portfolio.newest_price) == (None, None)
