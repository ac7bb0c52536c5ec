"""A person asks whether data, proof and machine are well; and is led through the first two minutes."""

import json
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, expect

from adapters.redis.queue import LOOK_UP_ORDER
from api.wiring import House
from examples import eventually
from over_http import answered
from page.test_story import GULL, tick
from page.visitor import PHONE, Visitor

UNPROCESSABLE = 422
PUFFIN = {"symbol": "PUFF", "exchange": "XSIM", "currency": "GBP", "quote_unit": "GBX", "lot": "1"}
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
    visitor.page.get_by_text("1 price was stopped and waits for you.", exact=True).wait_for()
    visitor.sees("The price is fresh.")
    visitor.sees("About a hundred times more or less than the last good price")
    visitor.presses("Discard")
    visitor.gives_a_reason("In another unit.", "Discard")

    visitor.sees("No price waits.")
    visitor.sees("Nothing is wrong.")
    assert answered(api.get("/quarantine", params={"open": False}))["items"][0]["outcome"] == "discarded"


def test_pounds_taken_for_pence_freeze_until_a_person_has_discarded_the_price_and_lifted_the_freeze(
    visitor: Visitor, api: httpx.Client
) -> None:
    listing_id = answered(api.post("/listings", json=PUFFIN), 201)["id"]
    isa = answered(api.post("/portfolios", json=OPENED | {"name": "ISA", "base_currency": "GBP"}), 201)["id"]
    answered(api.post(f"/portfolios/{isa}/cash", json={"kind": "deposit", "amount": "20000"}))
    wanted = {"listing_id": listing_id, "cash": "8000", "shares": "100", "anchor": "8000"}
    answered(api.post(f"/portfolios/{isa}/positions", json=wanted), 201)
    tick(api, listing_id, "8000")

    tick(api, listing_id, "800000")

    visitor.goes_to("/")
    visitor.page.get_by_text("Stopped: ISA is frozen.", exact=True).wait_for()
    assert "\u00a0s old." in (visitor.page.get_by_role("status").first.text_content() or "")
    assert answered(api.get("/positions"))["items"][0]["shares"] == "100"
    visitor.page.get_by_role("list", name="For you").get_by_text("Quarantined PUFF").wait_for()
    assert visitor.page.get_by_role("list", name="For you").get_by_role("listitem").count() == 1
    visitor.page.get_by_role("link", name="Both prices").click()
    sides = visitor.page.get_by_role("list", name="Stopped prices").get_by_role("definition")
    sides.first.wait_for()
    assert [" ".join(each.split()) for each in sides.all_text_contents()][::2] == [
        "8,000.00 GBX",
        "800,000.00 GBX",
    ]
    visitor.presses("Discard")
    visitor.gives_a_reason("Pounds taken for pence.", "Discard")
    visitor.sees("No price waits.")
    visitor.page.get_by_role("link", name="Today").click()
    visitor.presses("Lift the freeze")
    visitor.gives_a_reason("The price is gone.", "Lift the freeze")

    visitor.sees("All quiet.")
    visitor.sees("The price is gone.")
    tick(api, listing_id, "7700")
    visitor.sees("Bought 52 PUFF at 7700")


def test_the_log_is_verified_on_the_screen(visitor: Visitor, listing_id: str) -> None:
    visitor.goes_to("/proof")
    visitor.sees("Nobody has verified it yet.")
    visitor.presses("Verify now")

    visitor.sees("Unbroken up to event")
    visitor.sees("When it was last verified, it was unbroken.")


def test_an_export_is_asked_for_and_its_files_are_fetched(visitor: Visitor, listing_id: str) -> None:
    visitor.goes_to("/proof")
    visitor.sees("Nothing was exported yet.")
    visitor.presses("Export")
    dialog = visitor.page.get_by_role("dialog", name="Export")
    dialog.get_by_label("Of").select_option("one")
    dialog.get_by_role("button", name="Export").click()
    made = visitor.page.get_by_role("list", name="Exports").get_by_role("listitem").first
    made.get_by_text("there", exact=True).wait_for()

    with visitor.page.expect_download() as downloading:
        made.get_by_role("link", name="events.csv").click()
    lines = downloading.value.path().read_text().splitlines()
    with visitor.page.expect_download() as downloading:
        made.get_by_role("link", name="manifest.json").click()
    manifest = json.loads(downloading.value.path().read_text())

    (events,) = [each for each in manifest["files"] if each["name"] == "events.csv"]
    assert events["rows"] == len(lines) - 1 > 0
    assert made.get_by_text(f"{events['rows']} rows, ").is_visible()


def test_a_schedule_is_explained_while_it_is_written(visitor: Visitor, listing_id: str) -> None:
    visitor.refusals = (UNPROCESSABLE,)
    visitor.goes_to("/watch")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.presses("Add a schedule")
    visitor.writes("On the clocks of", "Europe/London")
    visitor.writes("When", "30 8 * * 1")
    visitor.sees("At 08:30 on Monday. Next, on your clock: Monday")
    visitor.writes("When", "61 8 * * 1")
    visitor.sees("its fields are minute, hour, day of the month, month and day of the week")
    assert visitor.barriers() == []
    visitor.writes("When", "")
    visitor.page.get_by_label("When").press_sequentially("30 8 * * 2")
    visitor.sees("on Tuesday. Next")
    assert (
        len([each for each in asked if "cron=30+8+*+*+2" in each or "cron=30%208%20*%20*%202" in each]) == 1
    )
    assert not any("cron=30&" in each for each in asked)
    visitor.presses("Save")

    visitor.sees("At 08:30 on Tuesday, Europe/London")
    visitor.page.get_by_role("button", name="Edit Price refresh").click()
    visitor.presses("Remove")
    visitor.sees("Nothing runs by itself here.")


def test_search_finds_listings_orders_and_events(visitor: Visitor, listing_id: str) -> None:
    page = visitor.page

    def looks_for(words: str, kind: str) -> None:
        page.keyboard.press("/")
        page.get_by_role("combobox", name="Search").fill(words)
        page.get_by_role("option", name=kind).first.click()

    visitor.goes_to("/")
    looks_for("gull", "orders")
    visitor.sees("only GULL")
    looks_for("event 2", "event")
    visitor.sees("up to event 2")
    expect(page.get_by_role("button", expanded=True)).to_have_count(1)
    looks_for("xsim", "listing")
    page.get_by_role("dialog", name="Open a position in First steps").wait_for()
    expect(page.get_by_role("combobox", name="Listing")).to_have_value("GULL · XSIM · USD")


def test_the_machine_shows_the_way_from_a_price_to_a_trade(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    visitor.goes_to("/system")
    visitor.sees("nothing to decide yet")
    tick(api, listing_id, "97")

    visitor.sees("Bought 52 GULL at 97")
    visitor.sees("No job was given up.")


def test_a_job_that_was_given_up_leads_to_the_order_that_it_was_about(
    visitor: Visitor, api: httpx.Client, running: House, listing_id: str
) -> None:
    tick(api, listing_id, "97")
    eventually(lambda: answered(api.get("/orders"))["items"])
    [order] = answered(api.get("/orders"))["items"]
    letter_id, now = running.ledger.new_id(), running.ledger.clock()
    running.dead_letters.keep(letter_id, LOOK_UP_ORDER, [order["client_order_id"]], "LookupError", now)

    visitor.goes_to("/system")
    visitor.page.get_by_role("link", name="The order for GULL").click()

    visitor.sees("only one order")
    visitor.sees("Bought 52 GULL at 97")


@pytest.mark.usefixtures("listing_id")
def test_on_a_phone_the_tour_lies_at_the_foot_and_makes_way_for_what_it_speaks_of(
    chromium: Browser, address: str
) -> None:
    with closing(Visitor.arrives(chromium, address, width=PHONE)) as visitor:
        visitor.goes_to("/")
        tour = visitor.page.get_by_label("Tour", exact=True)
        tour.wait_for()
        box, height = tour.bounding_box(), visitor.page.evaluate("window.innerHeight")
        assert box is not None
        assert box["y"] + box["height"] == height
        assert box["height"] < height / 4
        visitor.page.get_by_role("link", name="Show the trades").click()
        visitor.page.get_by_role("heading", level=1, name="Timeline").wait_for()
        folded = tour.bounding_box()
        assert folded is not None
        assert folded["height"] < height / 10
        assert visitor.barriers() == []
        visitor.presses("Show the tour's words")
        visitor.presses("Next")
        visitor.sees("Ask why it did not trade")


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
