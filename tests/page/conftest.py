"""A person at the page: the built files, served by a house at work, in Debian's Chromium.

Where there is no Chromium (`make setup-browser`) or no built page (`make page`) these tests are left out.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from api.configuration import BUILT_PAGE
from api.wiring import House
from page.served import served
from page.visitor import Visitor

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",  # as root there is none to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, once for each file: its loop would be in the way of tests that have one of their own."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: make setup-browser")
    if not (BUILT_PAGE / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(running: House) -> Iterator[str]:
    """Where the house is served, to anybody at this machine."""
    with served(running) as address:
        yield address


@pytest.fixture
def api(address: str) -> Iterator[httpx.Client]:
    """The same house over HTTP, for what the world outside does."""
    with closing(httpx.Client(base_url=address, timeout=30)) as client:
        yield client


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Somebody at the page, on a wide window in the light; whatever their browser objects to fails the test."""
    with closing(Visitor.arrives(chromium, address)) as visitor:
        yield visitor
        assert visitor.objections == []
