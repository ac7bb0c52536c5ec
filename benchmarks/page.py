"""The page with 10 000 events and 500 positions in Chromium, by the browser's own clock; and its first screen, cold."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

from api.configuration import BUILT_PAGE, Configuration
from api.following import Followers
from api.http.app import create_app
from api.logs import configure
from api.wiring import House
from application.ports import PricePoint
from benchmarks.ground import Estate, fresh_house, later, settle
from benchmarks.measurement import Measurement
from benchmarks.serving import served
from benchmarks.whole_orders import fill_the_log

POSITIONS = 500
EVENTS = 10_000
PRICES = 5_000
PRICES_A_BATCH = 100
ROUNDS = 3
SCROLLING = (Path(__file__).parent / "scrolling.js").read_text()
LISTS = {
    "positions": ("/positions", "[role=listitem]"),
    "timeline": ("/timeline", "[aria-label=Events] [role=listitem]"),
    "ledger": ("/ledger", "[aria-label^=Bookings] [role=listitem]"),
    "watch": ("/watch", "[aria-label^=Freshness] [role=listitem]"),
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Lists from top to end, a chart of what thousands of prices come to, and a first visit with nothing kept."""
    chromium = shutil.which("chromium")
    if chromium is None or not (BUILT_PAGE / "index.html").is_file():
        raise SystemExit("this wants Chromium (make setup-browser) and the built page (make page)")
    with _quiet(), fresh_house(addresses) as house, Followers(house):
        estate = _crowd(house)
        with served(create_app(house, Configuration())) as port, sync_playwright() as playwright:
            address = f"http://127.0.0.1:{port}"
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            yield _first_visit(browser, address)
            for name, (screen, rows) in LISTS.items():
                yield from _scrolled(browser, f"{address}/ui{screen}", name, rows)
            yield _chart(browser, f"{address}/ui/positions/{estate.position_ids[0]}?span=day")
            browser.close()


@contextmanager
def _quiet() -> Iterator[None]:
    with Path(os.devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            configure("INFO")
        yield


def _crowd(house: House) -> Estate:
    """One portfolio of all positions, traded until the log is long enough, with a day of prices for one of them."""
    estate = settle(house, POSITIONS, 1, portfolio_count=1)
    fill_the_log(house, estate.position_ids, EVENTS)
    house.ingest_prices([_price(each, 0) for each in estate.listing_ids[1:]])
    for begin in range(-PRICES, 0, PRICES_A_BATCH):
        batch = range(begin, begin + PRICES_A_BATCH)
        house.ingest_prices([_price(estate.listing_ids[0], number) for number in batch])
    return estate


def _price(listing_id: UUID, number: int) -> PricePoint:
    """Within the band, so that nothing is to be decided; ten seconds after the one before."""
    return PricePoint(
        listing_id, later(number * 10), Decimal(99 + number % 3), None, None, is_close=False, source="bench"
    )


def _visit(browser: Browser, address: str) -> Page:
    """A window with an empty cache, which notes long tasks from the beginning."""
    page = browser.new_context(viewport={"width": 1200, "height": 760}).new_page()
    page.add_init_script(
        "window.longTasks = [];"
        "new PerformanceObserver((list) => window.longTasks.push(...list.getEntries()"
        ".map((each) => [each.startTime, each.duration]))).observe({type: 'longtask', buffered: true})"
    )
    page.goto(address)
    return page


def _first_visit(browser: Browser, address: str) -> Measurement:
    """When Today's first control can be used: it is there, and the last long task is over."""
    page = _visit(browser, f"{address}/ui/")
    page.get_by_role("button", name="Freeze all").wait_for()
    page.wait_for_load_state("load")
    page.locator("main ol li").first.wait_for()
    page.get_by_role("img").first.wait_for()
    usable = page.evaluate(
        "Math.max(performance.now(), ...window.longTasks.map(([begin, took]) => begin + took))"
    )
    page.context.close()
    return Measurement("Today, cold: interactive", usable / 1e3, "s", 2, "less")


def _scrolled(browser: Browser, address: str, name: str, rows: str) -> Iterator[Measurement]:
    page = _visit(browser, address)
    page.locator(rows).first.wait_for()
    first = page.evaluate("performance.now()")
    seen = page.evaluate(f"({SCROLLING})({json.dumps(rows)})")
    page.context.close()
    yield Measurement(f"{name}: first rows", first / 1e3, "s")
    yield Measurement(f"{name}: rows to the end", seen["rows"], "rows")
    yield Measurement(f"{name}: elements at most", seen["elements"], "", 3_000, "less")
    yield Measurement(f"{name}: longest task while scrolling", seen["longest"], "ms")
    yield Measurement(f"{name}: frames later than 50 ms", seen["late"] * 100, "%")
    yield Measurement(f"{name}: script memory", seen["memory"] / 2**20, "MiB")


def _chart(browser: Browser, address: str) -> Measurement:
    page = _visit(browser, address)
    page.wait_for_function("() => performance.getEntriesByName('band chart').length > 0")
    took = page.evaluate(
        "Math.max(...performance.getEntriesByName('band chart').map((each) => each.duration))"
    )
    page.context.close()
    return Measurement(
        f"band chart of {PRICES:,} prices, to the next animation frame", took, "ms", 200, "less"
    )
