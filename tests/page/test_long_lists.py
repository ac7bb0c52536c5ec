"""Long lists: whoever scrolls to the end gets there, and the browser holds no more than what is seen."""

import httpx
import pytest

from over_http import answered
from page.test_story import tick
from page.visitor import Visitor

POSITIONS = 105
"""More than a page of the API that the page asks for."""
DRAWN_MAX = 60
OPENED = {"name": "Many", "base_currency": "USD", "mode": "automatic"}


@pytest.fixture
def many(api: httpx.Client) -> None:
    """A portfolio of many positions, each in a listing of its own."""
    portfolio = f"/portfolios/{answered(api.post('/portfolios', json=OPENED), 201)['id']}"
    answered(api.post(f"{portfolio}/cash", json={"kind": "deposit", "amount": "1000000"}))
    for number in range(POSITIONS):
        listing = {"symbol": f"L{number:03}", "exchange": "XSIM", "currency": "USD", "quote_unit": "USD"}
        listing_id = answered(api.post("/listings", json=listing), 201)["id"]
        wanted = {"listing_id": listing_id, "cash": "100", "shares": "10", "anchor": "100"}
        answered(api.post(f"{portfolio}/positions", json=wanted), 201)


def scrolls_until(visitor: Visitor, words: str) -> None:
    """Scroll on to the end, as often as there is more, until the words stand there."""
    end = "(words) => { scrollTo(0, document.body.scrollHeight); return document.body.innerText.includes(words) }"
    visitor.page.wait_for_function(end, arg=words)


@pytest.mark.usefixtures("many")
def test_every_position_holding_and_watched_listing_is_reached_and_few_are_drawn(
    visitor: Visitor, api: httpx.Client
) -> None:
    """And what is out of sight is not asked for again when something happens."""
    visitor.goes_to("/positions")
    visitor.sees("L000")
    rows = visitor.page.get_by_role("list", name="Positions").get_by_role("listitem")
    assert rows.first.get_attribute("aria-setsize") == "-1"

    scrolls_until(visitor, f"L{POSITIONS - 1:03}")

    assert rows.count() <= DRAWN_MAX
    assert rows.last.get_attribute("aria-posinset") == str(POSITIONS)
    assert rows.last.get_attribute("aria-setsize") == str(POSITIONS)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    last = answered(api.get("/listings", params={"symbol": f"L{POSITIONS - 1:03}"}))["items"][0]["id"]
    top = visitor.page.evaluate("scrollY")
    tick(api, last, "101.25")
    rows.last.get_by_text("101.25 USD").wait_for()
    pages = [each for each in asked if "/positions?" in each]
    assert pages
    assert all("after=" in each for each in pages)
    assert visitor.page.evaluate("scrollY") == top

    visitor.goes_to("/ledger")
    table = visitor.page.get_by_role("table").first
    table.wait_for()
    rows = table.get_by_role("row")
    assert table.get_attribute("aria-rowcount") == str(POSITIONS + 1)
    assert rows.count() <= DRAWN_MAX
    last = table.get_by_text(f"L{POSITIONS - 1:03}")
    table.locator("tbody").evaluate("(each) => each.scrollIntoView({block: 'end'})")
    last.wait_for()
    assert rows.last.get_attribute("aria-rowindex") == str(POSITIONS + 1)

    visitor.goes_to("/watch")
    watched = visitor.page.get_by_role("list", name="Freshness of each listing").get_by_role("listitem")
    watched.first.wait_for()
    scrolls_until(visitor, f"L{POSITIONS - 1:03}")
    assert watched.count() <= DRAWN_MAX
