"""A listing of one's own: registered where it was looked for and not found, and a position opened in it."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from adapters.calendars.simulated_venue import SIMULATED
from api.wiring import House
from application.ledger import Cause
from domain.listing import ListingRegistered
from over_http import answered
from page.test_watch_story import OPENED
from page.visitor import PATIENCE_MS, PHONE, Visitor

UNPROCESSABLE = 422
MORE_THAN_A_PAGE = 113


@pytest.fixture
def portfolio_id(api: httpx.Client) -> str:
    """A paper portfolio with cash, and no listing."""
    portfolio_id: str = answered(api.post("/portfolios", json=OPENED | {"base_currency": "GBP"}), 201)["id"]
    answered(api.post(f"/portfolios/{portfolio_id}/cash", json={"kind": "deposit", "amount": "20000"}))
    return portfolio_id


@pytest.fixture
def on_the_phone(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Somebody at the page in the dark, on a narrow phone."""
    arrives = Visitor.arrives(chromium, address, theme="dark", width=PHONE, refusals=(UNPROCESSABLE,))
    with closing(arrives) as visitor:
        yield visitor
        assert visitor.objections == []


def test_what_search_does_not_find_is_registered_and_a_position_opened_in_it(
    on_the_phone: Visitor, api: httpx.Client, portfolio_id: str
) -> None:
    visitor, page = on_the_phone, on_the_phone.page
    visitor.goes_to("/positions")
    page.keyboard.press("/")
    page.keyboard.type("puff")
    visitor.sees("Nothing goes by these letters.")
    assert visitor.barriers() == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_role("heading", level=1, name="New listing").wait_for()
    visitor.writes("Exchange", "xlon")
    visitor.sees("London Stock Exchange")
    expect(page.get_by_label("Currency")).to_have_value("GBP")
    expect(page.get_by_label("Quote unit")).to_have_value("GBX")
    visitor.sees("GBX means pence, 100 to 1 GBP: a price of 250 GBX is £2.50.")
    visitor.writes("Exchange", "XXXX")
    visitor.writes("Currency", "gbp")
    page.get_by_label("Quote unit").select_option("GBX")
    visitor.presses("Register it")
    visitor.sees("There is no calendar for exchange XXXX")
    expect(page.get_by_label("Exchange")).to_have_accessible_description(
        "There is no calendar for exchange XXXX: it is no known market identifier (ISO 10383)."
    )
    assert page.get_by_role("alert").count() == 0
    assert visitor.barriers() == []
    assert not visitor.wider_than_its_window()
    visitor.writes("Exchange", SIMULATED)
    visitor.presses("Register it")

    dialog = page.get_by_role("dialog", name="Open a position in First steps")
    chosen = dialog.get_by_role("combobox", name="Listing")
    expect(chosen).to_have_value("PUFF · XSIM · GBP", timeout=PATIENCE_MS)
    dialog.get_by_label("By amount").fill("8000")
    dialog.get_by_label("Anchor in GBX").fill("8000")
    dialog.get_by_role("button", name="Open it").click()

    page.get_by_role("heading", level=1, name="PUFF").wait_for()
    visitor.goes_to("/positions")
    page.get_by_role("list", name="Positions").get_by_text("PUFF").first.wait_for()
    (listing,) = answered(api.get("/listings"))["items"]
    kept = ("symbol", "exchange", "currency", "quote_unit", "lot", "name", "isin")
    assert [listing[each] for each in kept] == ["PUFF", "XSIM", "GBP", "GBX", "1", None, None]


def test_a_listing_is_chosen_among_more_than_anybody_is_shown_with_the_keyboard_alone(
    visitor: Visitor, api: httpx.Client, running: House, portfolio_id: str
) -> None:
    """None of them has the page asked for before one types."""
    many(running, MORE_THAN_A_PAGE)
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visitor.goes_to("/positions")
    visitor.presses("Open a position")
    field = page.get_by_role("dialog").get_by_role("combobox", name="Listing")
    field.press_sequentially(f"fund {MORE_THAN_A_PAGE - 1}")
    page.get_by_role("option", name=f"Fund {MORE_THAN_A_PAGE - 1}").wait_for()
    assert visitor.barriers() == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    field.press_sequentially("F10")
    page.get_by_role("option", name="F100 · XSIM").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(field).to_have_value("F100 · XSIM · USD · Fund 100")
    looked_for = [each for each in asked if "/listings?" in each]
    assert 0 < len(looked_for) <= len("fund 112F10") / 2
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search").fill("f112")
    page.get_by_role("option", name="F112 · XSIM · Fund 112").wait_for()


def many(house: House, count: int) -> None:
    """Funds with numbers, registered one after the other."""
    ids = [house.ledger.new_id() for _ in range(count)]
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    for number, listing_id in enumerate(ids):
        wanted = ListingRegistered(
            listing_id=listing_id,
            symbol=f"F{number}",
            exchange=SIMULATED,
            currency="USD",
            quote_unit="USD",
            lot=Decimal(1),
            title=f"Fund {number}",
        )
        house.keep_listings.register(cause, wanted)
