"""Take the pictures of docs/images/: every screen of a running Ballast, light and dark, desktop and phone.

.venv/bin/python web/scripts/screenshots.py http://127.0.0.1:8000 [PORTFOLIO OF ADVICE]
.venv/bin/python web/scripts/screenshots.py --sign-in http://127.0.0.1:8000

Advice, Ledger, Strategy and an import are taken of the portfolio whose id is given, if one is. The tour is in the
picture of Today only. With `--sign-in` the form is taken of a Ballast at which people sign in, and nothing else.
"""

import shutil
import sys
from pathlib import Path

import httpx
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs/images"
SIZES = {"desktop": (1200, 760), "phone": (390, 780)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SETTLED_MS = 1500
QUALITY = 72
TOUR_LEFT = "localStorage.setItem('ballast-tour', JSON.stringify({step: 0, open: false}))"
STATEMENT = """Investment,Quantity,Price,Value (£),Cost (£),Valuation currency,Market currency,Date,Time,Ticker
"Vanguard FTSE All-World","240","11,842.50","28,422.00","24,785.28","GBP","GBX","10-Mar-26","17:07","LSE:VWRP"
"Cash GBP","","","512.44","512.44","GBP","GBP","10-Mar-26","17:07",""
"""
"""What is dropped on the ledger for the picture of an import, as AJ Bell's page gives it."""


def main(address: str, advised: str | None = None) -> None:
    """Visit every screen and keep what it looks like."""
    position = httpx.get(f"{address}/positions").json()["items"][0]["id"]
    screens = {
        "today": "/",
        "positions": "/positions",
        "position": f"/positions/{position}",
        "timeline": "/timeline",
        "watch": "/watch",
        "proof": "/proof",
        "system": "/system",
    } | {each: f"/{each}?portfolio={advised or ''}" for each in ("advice", "ledger", "strategy")}
    if advised:
        screens["import"] = screens["ledger"]
    take(address, screens)


def take(address: str, screens: dict[str, str]) -> None:
    """Keep what screens look like, each by its name."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, screen in screens.items():
            for theme in ("light", "dark"):
                for size in SIZES:
                    _take(browser, f"{address}/ui{screen}", f"{name}-{theme}-{size}", theme, size)


def _take(browser: Browser, address: str, name: str, theme: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale="en-GB",
    )
    if not name.startswith("today-"):
        context.add_init_script(TOUR_LEFT)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    if name.startswith("import-"):
        _drop_a_statement(page)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=QUALITY)
    context.close()


def _drop_a_statement(page: Page) -> None:
    statement: FilePayload = {"name": "positions.csv", "mimeType": "text/csv", "buffer": STATEMENT.encode()}
    page.get_by_label("Drop your broker's file here").set_input_files(statement)
    page.get_by_role("heading", name="Import", exact=True).evaluate("heading => heading.scrollIntoView()")


if __name__ == "__main__":
    if sys.argv[1] == "--sign-in":
        take(sys.argv[2], {"sign-in": "/"})
    else:
        main(*sys.argv[1:3])
