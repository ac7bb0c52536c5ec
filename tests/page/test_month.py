"""A month by hand: write the rules, bring a broker's file in, let the rules advise, tell what was executed of it."""

from datetime import UTC, datetime
from decimal import Decimal

import httpx
import pytest
from playwright.sync_api import FilePayload

from api.wiring import House
from broker_files import AJ_BELL_HEADER, CASH, SEMIS, WORLD
from domain.events import rfc3339
from over_http import answered
from page.visitor import Visitor
from policy_examples import PRICES, document

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
    assert page.get_by_title("cadence.monthly.max_orders").text_content() == "3"


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
    assert page.get_by_text("11,842.50 GBX").is_visible()
    visitor.presses("Book 3 rows")
    visitor.sees("3 of 3 rows booked")
    page.get_by_role("row", name="VWRP").wait_for()

    page.get_by_role("listitem").filter(has_text="positions.csv").get_by_role("button").click()
    visitor.gives_a_reason("the wrong account", "Reverse")

    visitor.sees("Nothing is held.")
    visitor.sees("the wrong account")


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
