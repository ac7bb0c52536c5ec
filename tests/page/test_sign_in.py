"""Somebody whom the house does not know yet: by the form with a password and a code, and out again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser
from pydantic import SecretStr

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from domain.access.sign_in import PROOF
from over_http import answered
from page.served import served
from page.visitor import Visitor
from people import CHEAP, PASSWORD, account

UNAUTHORIZED = 401
FORBIDDEN = 403
OTHER_PASSWORD = "a boat on its side"


@pytest.fixture
def address(running: House) -> Iterator[str]:
    """Where the house is served to who signs in with a password; Anna may."""
    key = new_sealing_key()
    running.sealing_key = lambda: SecretStr(key)
    running.password_cost = CHEAP
    account(running)
    with served(running, auth="password") as address:
        yield address


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Somebody at the page whom it refuses until they have signed in."""
    refusals = (UNAUTHORIZED, FORBIDDEN)
    with closing(Visitor.arrives(chromium, address, refusals=refusals)) as visitor:
        yield visitor
        assert visitor.objections == []


@pytest.fixture
def phone(address: str) -> Iterator[httpx.Client]:
    """Another browser in which Anna is signed in."""
    with closing(httpx.Client(base_url=address, headers={"Origin": address}, timeout=30)) as client:
        answered(client.post("/auth/login", json={"name": "Anna", "password": PASSWORD}))
        yield client


def signs_in(visitor: Visitor, password: str = PASSWORD) -> None:
    """Fill in the form and send it."""
    visitor.writes("Name", "Anna")
    visitor.writes("Password", password)
    visitor.presses("Sign in")


def second_factor(phone: httpx.Client, house: House) -> pyotp.TOTP:
    """Anna's device, confirmed a while ago."""
    device = pyotp.TOTP(answered(phone.post("/auth/second-factor"))["secret"])
    code = device.at(house.ledger.clock(), counter_offset=-1)
    answered(phone.post("/auth/second-factor/confirm", json={"code": code}))
    return device


def test_a_wrong_password_is_said_and_the_right_one_opens_the_screen_that_was_asked_for(
    visitor: Visitor,
) -> None:
    visitor.goes_to("/ledger")
    visitor.sees("Ballast shows nothing to anybody it does not know.")
    assert visitor.barriers() == []
    signs_in(visitor, OTHER_PASSWORD)
    visitor.sees("No account has this name and this password.")

    signs_in(visitor)
    visitor.page.get_by_role("heading", level=1, name="Ledger").wait_for()


def test_who_has_a_second_factor_is_asked_for_a_code_until_it_is_right(
    visitor: Visitor, phone: httpx.Client, running: House
) -> None:
    device = second_factor(phone, running)
    visitor.goes_to("/")
    signs_in(visitor)
    visitor.writes("One-time code, or a recovery code", "000000")
    visitor.presses("Sign in")
    visitor.page.get_by_role("alert").wait_for()
    visitor.writes("One-time code, or a recovery code", "")
    visitor.writes("One-time code, or a recovery code", device.at(running.ledger.clock()))
    visitor.presses("Sign in")

    visitor.sees("All quiet.")


def test_signing_out_shows_the_form_and_nothing_of_what_was_there(visitor: Visitor) -> None:
    visitor.goes_to("/")
    signs_in(visitor)
    visitor.presses("Sign out")
    visitor.sees("Ballast shows nothing to anybody it does not know.")

    visitor.goes_to("/ledger")
    visitor.sees("Ballast shows nothing to anybody it does not know.")
    assert visitor.page.get_by_role("heading").all_text_contents() == ["Sign in"]


def test_a_session_that_was_ended_elsewhere_asks_for_the_password_and_goes_on_where_one_was(
    visitor: Visitor, phone: httpx.Client
) -> None:
    visitor.goes_to("/")
    signs_in(visitor)
    visitor.page.get_by_role("link", name="System").click()
    visitor.page.get_by_role("heading", level=1, name="System").wait_for()
    answered(phone.post("/auth/logout", json={"everywhere": True}))
    visitor.page.reload()
    visitor.sees("Ballast shows nothing to anybody it does not know.")

    signs_in(visitor)
    visitor.page.get_by_role("heading", level=1, name="System").wait_for()


def test_a_token_is_made_after_the_password_is_given_again_shown_once_and_removed(
    visitor: Visitor, running: House
) -> None:
    now = running.ledger.clock
    visitor.goes_to("/system")
    signs_in(visitor)
    visitor.sees("You have no token.")
    running.ledger.clock = lambda: now() + PROOF + timedelta(minutes=1)
    visitor.presses("Make a token")
    dialog = visitor.page.get_by_role("dialog", name="A token for a program of yours")
    dialog.get_by_label("Name").fill("backup script")
    dialog.get_by_role("button", name="Make").click()
    dialog.get_by_label("Your password").wait_for()
    assert visitor.barriers() == []
    dialog.get_by_label("Your password").fill(OTHER_PASSWORD)
    dialog.get_by_role("button", name="Make").click()
    dialog.get_by_role("alert").wait_for()
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Make").click()
    secret = dialog.get_by_role("code").text_content() or ""

    asks = httpx.Client(base_url=visitor.address, headers={"Authorization": f"Bearer {secret}"})
    assert answered(asks.get("/auth/me"))["name"] == "Anna"
    dialog.get_by_role("button", name="I have it").click()
    assert not visitor.page.get_by_text(secret).is_visible()
    visitor.presses("Remove backup script")
    visitor.sees("You have no token.")
    assert asks.get("/auth/me").status_code == UNAUTHORIZED
    asks.close()


def test_who_has_lost_a_phone_ends_its_sign_in_and_goes_on_here(
    visitor: Visitor, phone: httpx.Client
) -> None:
    visitor.goes_to("/system")
    signs_in(visitor)
    signed_in = visitor.page.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
    signed_in.nth(1).wait_for()
    assert visitor.barriers() == []
    visitor.presses("End the sign-in at this machine")
    signed_in.nth(1).wait_for(state="detached")

    assert phone.get("/auth/me").status_code == UNAUTHORIZED
    assert signed_in.get_by_text("this browser").is_visible()
    visitor.sees("You have no token.")
