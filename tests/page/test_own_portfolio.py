"""A portfolio of one's own: the tour ends with it, its first deposit, and going live with the name typed."""

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser

from api.wiring import House
from broker_accounts import Alpacas, alpacas
from over_http import answered
from page.served import served
from page.test_watch_story import OPENED, listing_id
from page.visitor import PHONE, Visitor

UNPROCESSABLE = 422
PENSION = "Pension"

__all__ = ["listing_id"]


def opens(visitor: Visitor, name: str, currency: str, deposit: str) -> None:
    """Go to the form, fill it in, and send it."""
    visitor.page.get_by_role("link", name="Open a portfolio").click()
    visitor.page.get_by_role("heading", level=1, name="Open a portfolio").wait_for()
    visitor.writes("Name", name)
    visitor.writes("Base currency", currency)
    visitor.writes("First deposit", deposit)
    if name == PENSION:
        visitor.page.get_by_label("How is it run?").select_option("advisory")
    visitor.presses("Open it")


def test_the_tour_ends_with_a_portfolio_of_ones_own(
    visitor: Visitor, api: httpx.Client, listing_id: str
) -> None:
    visitor.goes_to("/")
    for _ in range(4):
        visitor.presses("Next")
    opens(visitor, "My own", "eur", "12,500.50")

    visitor.page.get_by_role("heading", level=1, name="Positions").wait_for()
    assert visitor.page.get_by_label("Portfolio", exact=True).locator(":checked").text_content() == "My own"
    visitor.presses("Open a position")
    visitor.sees("Comes out of the €12,500.50 that are free.")
    visitor.page.keyboard.press("Escape")
    assert not visitor.page.get_by_label("Tour", exact=True).is_visible()
    _, own = answered(api.get("/portfolios"))["items"]
    assert (own["base_currency"], own["mode"], own["money"]) == ("EUR", "automatic", "paper")


def test_a_deposit_that_was_refused_does_not_open_it_twice(chromium: Browser, address: str) -> None:
    with closing(Visitor.arrives(chromium, address, width=PHONE, refusals=(UNPROCESSABLE,))) as visitor:
        visitor.goes_to("/ledger")
        opens(visitor, PENSION, "GBP", "1" + "0" * 18)
        visitor.sees("The deposit was not booked yet.")
        assert visitor.barriers() == []
        assert not visitor.wider_than_its_window()
        visitor.writes("First deposit", "100")
        visitor.presses("Deposit")

        visitor.page.get_by_role("heading", level=1, name="Strategy").wait_for()
        (own,) = answered(httpx.get(f"{address}/portfolios"))["items"]
        assert (own["name"], own["money"], own["cash"]) == (PENSION, "by hand", "100.00")


@pytest.fixture
def desk(house: House) -> Iterator[Alpacas]:
    """Alpaca, which knows the keys of two accounts."""
    with alpacas(house) as found:
        yield found


def test_real_money_wants_the_name_typed_and_begins_frozen(
    chromium: Browser, house: House, desk: Alpacas
) -> None:
    with served(house) as address, closing(Visitor.arrives(chromium, address)) as visitor:
        opened = answered(httpx.post(f"{address}/portfolios", json=OPENED), 201)
        visitor.goes_to("/")
        visitor.page.get_by_role("link", name="paper", exact=True).click()
        visitor.sees("It moves play money")
        assert visitor.barriers() == []
        visitor.presses("Go live")
        dialog = visitor.page.get_by_role("dialog")
        dialog.get_by_label("Key ID").fill(desk.live.key_id)
        dialog.get_by_label("Secret key").fill(desk.live.secret_key)
        dialog.get_by_label("Type the portfolio's name").fill("first steps")
        assert dialog.get_by_role("button", name="Go live").is_disabled()
        assert desk.live.requests == []
        dialog.get_by_label("Type the portfolio's name").fill("First steps")
        assert visitor.barriers() == []
        dialog.get_by_role("button", name="Go live").click()
        visitor.sees(f"Connected to account {desk.live.account_number}.")
        dialog.get_by_role("button", name="I have it").click()

        visitor.sees("It moves real money")
        assert visitor.page.get_by_role("link", name="live money").is_visible()
        assert visitor.page.get_by_text("frozen", exact=True).is_visible()
        secret = desk.live.secret_key
        assert secret not in visitor.page.content()
        visitor.presses("Back to paper")
        visitor.page.get_by_role("dialog").get_by_role("button", name="Back to paper").click()
        visitor.sees("It moves play money")
        portfolio = answered(httpx.get(f"{address}/portfolios/{opened['id']}"))
        assert (portfolio["broker"]["kind"], portfolio["frozen"]) == ("paper", True)
