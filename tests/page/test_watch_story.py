"""A person asks whether data, proof and machine are well; and is led through the first two minutes."""

import httpx
import pytest

from over_http import answered
from page.test_story import GULL, tick
from page.visitor import Visitor

OPENED = {"name": "First steps", "base_currency": "USD", "mode": "automatic"}


@pytest.fixture
def listing_id(api: httpx.Client) -> str:
    """A position of a paper portfolio in a listing that trades around the clock, priced at 100."""
    listing_id: str = answered(api.post("/listings", json=GULL), 201)["id"]
    portfolio_id = answered(api.post("/portfolios", json=OPENED), 201)["id"]
    answered(api.post(f"/portfolios/{portfolio_id}/cash", json={"kind": "deposit", "amount": "20000"}))
    wanted = {"listing_id": listing_id, "cash": "10000", "shares": "100", "anchor": "100"}
    answered(api.post(f"/portfolios/{portfolio_id}/positions", json=wanted), 201)
    tick(api, listing_id, "100")
    return listing_id


def test_a_stopped_price_is_seen_beside_the_last_good_one_and_discarded(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    tick(api, listing_id, "1")

    visitor.goes_to("/watch")
    visitor.sees("1 price was stopped and waits for you.")
    visitor.sees("About a hundred times more or less than the last good price")
    visitor.presses("Discard")
    visitor.writes("Why?", "In another unit.")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Discard").click()

    visitor.sees("No price waits.")
    visitor.sees("Nothing is wrong.")
    assert answered(api.get("/quarantine", params={"open": False}))["items"][0]["outcome"] == "discarded"


def test_the_log_is_verified_on_the_screen(visitor: Visitor, listing_id: str) -> None:
    visitor.goes_to("/proof")
    visitor.sees("Nobody has verified it yet.")
    visitor.presses("Verify now")

    visitor.sees("Unbroken up to event")
    visitor.sees("When it was last verified, it was unbroken.")


def test_the_machine_shows_the_way_from_a_price_to_a_trade(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    visitor.goes_to("/system")
    visitor.sees("nothing to decide yet")
    tick(api, listing_id, "97")

    visitor.sees("Bought 52 GULL at 97")
    visitor.sees("No job was given up.")


def test_the_tour_freezes_on_a_wrong_price_and_can_be_left_and_taken_up(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    visitor.goes_to("/")
    visitor.presses("Next")
    visitor.presses("Next")
    visitor.presses("Send GULL at 1")
    visitor.sees("The gate has stopped it, and the portfolio is frozen.")
    visitor.presses("Leave the tour")
    assert not visitor.page.get_by_label("Tour", exact=True).is_visible()
    visitor.presses("Go on with the tour")

    visitor.sees("Freeze on a wrong price")
    assert answered(api.get("/portfolios"))["items"][0]["frozen"] is True
