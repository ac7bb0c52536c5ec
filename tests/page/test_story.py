"""A person's first hour: open a position, see a tick trade, read why another did not, stop everything, go on."""

from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import expect

from api.wiring import House
from domain.events import rfc3339
from over_http import answered
from page.visitor import Visitor

GULL = {"symbol": "GULL", "exchange": "XSIM", "currency": "USD", "quote_unit": "USD", "lot": "1"}


@pytest.fixture
def listing_id(api: httpx.Client) -> str:
    """A listing that trades around the clock, and a paper portfolio with cash."""
    listing_id: str = answered(api.post("/listings", json=GULL), 201)["id"]
    opened = {"name": "First steps", "base_currency": "USD", "mode": "automatic"}
    portfolio_id = answered(api.post("/portfolios", json=opened), 201)["id"]
    deposit = {"kind": "deposit", "amount": "20000"}
    answered(api.post(f"/portfolios/{portfolio_id}/cash", json=deposit))
    return listing_id


def tick(api: httpx.Client, listing_id: str, price: str) -> None:
    """A price from outside, of this moment."""
    quote = {"listing_id": listing_id, "last": price, "as_of": rfc3339(datetime.now(UTC))}
    answered(api.post("/prices", json={"quotes": [quote]}))


def test_open_trade_ask_why_not_stop_and_go_on(
    visitor: Visitor, api: httpx.Client, running: House, listing_id: str
) -> None:
    page = visitor.page
    visitor.goes_to("/")
    visitor.sees("All quiet. No position is open yet.")
    expect(page.get_by_text("paper", exact=True).first).to_be_visible()

    page.keyboard.press("g")
    page.keyboard.press("p")
    visitor.presses("Open a position")
    page.get_by_role("combobox", name="Listing").fill("gu")
    page.get_by_role("option", name="GULL · XSIM").click()
    expect(page.get_by_role("combobox", name="Listing")).to_have_value("GULL · XSIM · USD")
    visitor.writes("By amount", "10,000")
    visitor.writes("By units", "100")
    visitor.writes("Anchor", "100")
    visitor.presses("Open it")
    page.get_by_role("heading", level=1, name="GULL").wait_for()

    tick(api, listing_id, "97")
    visitor.sees("Bought 52 GULL at 97")

    visitor.writes("Smallest trade", "1,000,000")
    visitor.sees("With these it would buy below")
    visitor.presses("Save settings")
    visitor.sees("Changed once")
    tick(api, listing_id, "94")
    page.get_by_role("link", name="Why did it not trade?").click()
    page.get_by_role("button", name="Did not buy GULL").click()
    visitor.sees("What it read")
    expect(page.get_by_text("below_min")).to_be_visible()

    page.keyboard.press("g")
    page.keyboard.press("t")
    visitor.presses("Freeze all")
    visitor.gives_a_reason("a look around", "Freeze all")
    visitor.sees("Stopped: First steps is frozen.")
    visitor.presses("Lift the freeze")
    visitor.gives_a_reason("looked", "Lift the freeze")
    visitor.sees("All quiet.")


def test_prices_of_one_listing_are_written_with_as_many_decimals(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    [portfolio] = answered(api.get("/portfolios"))["items"]
    wanted = {"listing_id": listing_id, "cash": "10000", "shares": "100", "anchor": "100.45"}
    answered(api.post(f"/portfolios/{portfolio['id']}/positions", json=wanted), 201)
    tick(api, listing_id, "100")

    visitor.goes_to("/positions")
    visitor.sees("100.0000 USD")
    visitor.sees("anchor 100.4500 · buys below 97.4365, sells above 103.4635")
    visitor.page.get_by_role("link", name="GULL").click()
    visitor.page.get_by_role("heading", level=1, name="GULL").wait_for()
    assert [
        visitor.page.get_by_role("term").filter(has_text=name).locator("+ dd").text_content()
        for name in ("Anchor", "Buy below", "Sell above")
    ] == ["100.4500 USD", "97.4365 USD", "103.4635 USD"]
