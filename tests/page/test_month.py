"""A month by hand: write the rules, bring a broker's file in, let the rules advise, tell what was executed of it."""

from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, expect
from starlette.testclient import TestClient

from advised import Adviser
from api.http.app import create_app
from api.wiring import House
from broker_files import AJ_BELL_HEADER, CASH, SEMIS, WORLD
from domain.events import rfc3339
from over_http import HERE, answered, configuration
from page.served import served
from page.visitor import Visitor
from policy_examples import HOLDINGS, PRICES, document

FILE = "\n".join([AJ_BELL_HEADER, WORLD, SEMIS, CASH])
MANIFESTO = "# Mine\n\nMost of it, {{targets.core | percent}}, is the world."


@pytest.fixture
def portfolio(api: httpx.Client) -> str:
    """The address of an advisory portfolio in pounds."""
    opened = {"name": "Pension", "base_currency": "GBP", "mode": "advisory"}
    return f"/portfolios/{answered(api.post('/portfolios', json=opened), 201)['id']}"


def quote(api: httpx.Client, portfolio: str) -> None:
    """Closes of this moment arrive for everything in the policy."""
    now = rfc3339(datetime.now(UTC))
    quotes = [
        {"listing_id": each["listing_id"], "last": PRICES[each["symbol"]], "as_of": now, "is_close": True}
        for each in answered(api.get(f"{portfolio}/constituents"))["items"]
    ]
    answered(api.post("/prices", json={"quotes": quotes}))


def test_rules_are_written_read_beside_their_reasons_and_approved(
    visitor: Visitor, portfolio: str, api: httpx.Client
) -> None:
    page = visitor.page
    visitor.goes_to("/strategy")
    visitor.sees("No rules yet. A policy says")
    answered(api.put(f"{portfolio}/policy", json={"policy": document(), "manifesto": "# Mine"}))
    visitor.goes_to("/strategy?edit=true")
    visitor.writes("Markdown", MANIFESTO)
    visitor.writes("cadence, monthly, max orders", "3")
    visitor.sees("It is sound: nothing is active yet")
    visitor.presses("Put forward as a draft")
    page.get_by_role("button", name="Approve").click()
    visitor.sees("Runs follow version 1.0.0.")

    page.get_by_role("button", name="35 %").first.click()

    marked = page.locator("button[aria-pressed=true]")
    assert [marked.nth(each).get_attribute("title") for each in range(marked.count())] == ["targets.core"] * 2
    expect(page.get_by_title("cadence.monthly.max_orders")).to_have_text("3")


def test_a_file_is_looked_at_booked_and_taken_back(
    visitor: Visitor, portfolio: str, api: httpx.Client
) -> None:
    page = visitor.page
    answered(api.put(f"{portfolio}/policy", json={"policy": document()}))
    visitor.goes_to("/ledger")
    visitor.sees("Nothing is held.")
    file: FilePayload = {"name": "positions.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("Drop your broker's file here").set_input_files(file)
    visitor.sees("3 rows read, 3 would be booked.")
    expect(page.get_by_text("11,842.50 GBX")).to_be_visible()
    visitor.presses("Book 3 rows")
    visitor.sees("3 of 3 rows booked")
    page.get_by_role("row", name="VWRP").wait_for()

    page.get_by_role("listitem").filter(has_text="positions.csv").get_by_role("button").click()
    visitor.gives_a_reason("the wrong account", "Reverse")

    visitor.sees("Nothing is held.")
    visitor.sees("the wrong account")
    imported = page.get_by_role("listitem").filter(has_text="positions.csv, 3 of 3")
    imported.get_by_text("reversed", exact=True).wait_for()
    assert imported.get_by_role("button").count() == 0

    page.get_by_role("listitem").filter(has_text="the wrong account").first.locator("summary").click()
    page.get_by_role("link", name="event").first.click()
    page.get_by_role("heading", level=1, name="Timeline").wait_for()
    unfolded = page.get_by_role("button", expanded=True)
    assert "the wrong account" in (unfolded.text_content() or "")
    assert visitor.barriers() == []


def test_a_run_advises_and_a_person_tells_what_was_executed(
    visitor: Visitor, portfolio: str, api: httpx.Client, running: House
) -> None:
    page = visitor.page
    answered(api.put(f"{portfolio}/policy", json={"policy": document()}))
    answered(api.post(f"{portfolio}/policy/approve", json={}))
    answered(api.post(f"{portfolio}/cash", json={"kind": "contribution", "amount": "512.44"}))
    quote(api, portfolio)
    visitor.goes_to("/advice")
    visitor.sees("Nothing is wanted of you: no advice is open.")
    visitor.presses("Run now")
    page.get_by_role("button", name="Mark executed").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Quantity").fill("1")
    dialog.get_by_label("Fee in GBP").fill("1.50")
    dialog.get_by_role("button", name="Mark executed").click()

    visitor.sees("executed in part")
    (advice,) = answered(api.get("/recommendations"))["items"]
    (done,) = advice["lines"][0]["executions"]
    assert (done["quantity"], done["fee"]) == ("1", "1.50")
    assert Decimal(done["price"]) == Decimal(advice["lines"][0]["price"])


def a_used_wave(house: House) -> None:
    """A pension whose funds fell by an eighth overnight, and which did what its first wave advised."""
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        house.ledger.clock = lambda: datetime(2026, 3, 2, 18, tzinfo=UTC)
        adviser = Adviser(client, house, "512.44").hold(**HOLDINGS).quote("2026-03-02T16:35:00Z", **PRICES)
        house.ledger.clock = lambda: datetime(2026, 3, 3, 18, tzinfo=UTC)
        fallen = {ticker: str(Decimal(price) * Decimal("0.95")) for ticker, price in PRICES.items()}
        adviser.quote("2026-03-03T16:35:00Z", **(fallen | {"CSH2": PRICES["CSH2"]}))
        house.ledger.clock = lambda: datetime(2026, 3, 4, 18, tzinfo=UTC)
        fallen = {ticker: str(Decimal(price) * Decimal("0.87")) for ticker, price in PRICES.items()}
        adviser.quote("2026-03-04T16:35:00Z", **(fallen | {"CSH2": PRICES["CSH2"]}))
        adviser.executed(adviser.advice(adviser.run("weekly_review", "2026-03-04T18:00:00Z")))


def test_a_wave_that_is_used_up_is_let_fire_again_with_a_reason(chromium: Browser, house: House) -> None:
    a_used_wave(house)
    with served(house) as address, closing(Visitor.arrives(chromium, address)) as visitor:
        visitor.goes_to("/advice")
        visitor.sees("Wave A is used up.")
        assert visitor.barriers() == []
        visitor.presses("Release")
        visitor.gives_a_reason("I have money again.", "Release")

        visitor.sees("Wave A can fire.")
        assert visitor.page.get_by_role("button", name="Release").count() == 0
