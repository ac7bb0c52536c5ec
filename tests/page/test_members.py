"""A portfolio among people: named anew, a friend let in by their id, and shut out again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser

from api.wiring import House
from domain.access.sign_in import PROOF
from over_http import answered
from page.served import served
from page.visitor import PHONE, Visitor
from people import CHEAP, PASSWORD, account

FORBIDDEN, UNPROCESSABLE, UNAUTHORIZED = 403, 422, 401
OPENED = {"name": "House", "base_currency": "GBP", "mode": "advisory"}
NOBODY = "019aa000-0000-7000-8000-0000000000f0"


@pytest.fixture
def address(running: House) -> Iterator[str]:
    """Where the house is served to Anna and Berta, who sign in."""
    running.password_cost = CHEAP
    account(running)
    account(running, "Berta")
    with served(running, auth="password") as address:
        yield address


@pytest.fixture
def berta(address: str) -> Iterator[httpx.Client]:
    """Berta's own browser."""
    with closing(httpx.Client(base_url=address, headers={"Origin": address}, timeout=30)) as client:
        answered(client.post("/auth/login", json={"name": "Berta", "password": PASSWORD}))
        yield client


@pytest.fixture
def anna(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Anna on her phone, with a portfolio of her own."""
    refusals = (UNAUTHORIZED, FORBIDDEN, UNPROCESSABLE)
    with closing(Visitor.arrives(chromium, address, width=PHONE, refusals=refusals)) as visitor:
        visitor.goes_to("/")
        visitor.writes("Name", "Anna")
        visitor.writes("Password", PASSWORD)
        visitor.presses("Sign in")
        visitor.page.get_by_role("heading", level=1, name="Today").wait_for()
        origin = {"Origin": address}
        answer = visitor.context.request.post(f"{address}/portfolios", data=OPENED, headers=origin)
        assert answer.ok
        yield visitor
        assert visitor.objections == []


def test_a_portfolio_gets_another_name(anna: Visitor) -> None:
    anna.goes_to("/portfolio")
    anna.presses("Rename")
    dialog = anna.page.get_by_role("dialog", name="Rename House")
    assert dialog.get_by_role("button", name="Rename").is_disabled()
    dialog.get_by_label("Name").fill(" Home ")
    dialog.get_by_role("button", name="Rename").click()

    anna.page.get_by_role("heading", level=1, name="Home", exact=True).wait_for()


def test_a_friend_is_let_in_by_their_id_after_a_proof_and_shut_out_again(
    anna: Visitor, berta: httpx.Client, running: House
) -> None:
    now = running.ledger.clock
    anna.goes_to("/portfolio")
    people = anna.page.get_by_role("list", name="Members").get_by_role("listitem")
    people.get_by_text("Anna").wait_for()
    assert berta.get("/portfolios").json()["items"] == []
    running.ledger.clock = lambda: now() + PROOF + timedelta(minutes=1)
    anna.presses("Let somebody in")
    dialog = anna.page.get_by_role("dialog", name="Let somebody into House")
    dialog.get_by_label("Their id").fill(NOBODY)
    dialog.get_by_role("button", name="Let them in").click()
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Let them in").click()
    anna.sees("Nobody here has this id")
    assert anna.barriers() == []
    dialog.get_by_label("Their id").fill(answered(berta.get("/auth/me"))["id"])
    dialog.get_by_role("button", name="Let them in").click()
    people.get_by_text("Berta").wait_for()

    assert [each["name"] for each in answered(berta.get("/portfolios"))["items"]] == ["House"]
    assert anna.barriers() == []
    assert not anna.wider_than_its_window()
    anna.presses("Remove Berta")
    anna.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    people.nth(1).wait_for(state="detached")
    assert berta.get("/portfolios").json()["items"] == []


def test_who_was_let_in_sees_whose_it_is_and_lets_nobody_in(
    chromium: Browser, anna: Visitor, berta: httpx.Client
) -> None:
    """And reads on the own page by which id one lets them in."""
    request, origin = anna.context.request, {"Origin": anna.address}
    [portfolio] = request.get(f"{anna.address}/portfolios").json()["items"]
    berta_id = answered(berta.get("/auth/me"))["id"]
    members = f"{anna.address}/portfolios/{portfolio['id']}/members"
    assert request.post(members, data={"user_id": berta_id}, headers=origin).ok
    with closing(Visitor.arrives(chromium, anna.address)) as visitor:
        visitor.context.add_cookies(
            [
                {"name": each.name, "value": each.value or "", "url": anna.address}
                for each in berta.cookies.jar
            ]
        )
        visitor.goes_to("/system")
        visitor.sees(berta_id)
        visitor.goes_to("/portfolio")
        people = visitor.page.get_by_role("list", name="Members").get_by_role("listitem")
        people.nth(1).wait_for()

        assert people.filter(has_text="Anna").get_by_text("owner", exact=True).is_visible()
        assert people.filter(has_text="Berta").get_by_text("you", exact=True).is_visible()
        assert not visitor.page.get_by_role("button", name="Let somebody in").is_visible()
        assert not visitor.page.get_by_role("button", name="Remove Anna").is_visible()
        assert visitor.objections == []
