"""Somebody at the page, who notes what their browser objects to and where it turns."""

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
PATIENCE_MS = 30_000
PHONE = 320
"""The width of a narrow one, in pixels."""
GRAVE = {"serious", "critical"}


@dataclass
class Visitor:
    """A page of one's own in the browser."""

    page: Page
    context: BrowserContext
    address: str
    refusals: tuple[int, ...] = ()
    objections: list[str] = field(default_factory=list)

    @classmethod
    def arrives(
        cls,
        browser: Browser,
        address: str,
        *,
        theme: Literal["light", "dark"] = "light",
        width: int = 1280,
        refusals: tuple[int, ...] = (),
    ) -> Self:
        """Open a window, and note errors, refusals of the policy, and requests to anywhere else.

        ``refusals`` are the statuses of answers that belong to the story: a wrong password is one.
        """
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE_MS)
        visitor = cls(context.new_page(), context, address, refusals)
        visitor.page.on("pageerror", lambda error: visitor.objections.append(str(error)))
        visitor.page.on("console", lambda said: visitor._hear(said.type, said.text))
        visitor.page.on("request", lambda request: visitor._note(request.url))
        return visitor

    def goes_to(self, screen: str) -> None:
        """Load an address under /ui and wait for its heading."""
        self.page.goto(f"{self.address}/ui{screen}")
        self.page.get_by_role("heading", level=1).wait_for()

    def sees(self, words: str) -> None:
        """Wait until the words are on the screen."""
        self.page.get_by_text(words).first.wait_for()

    def presses(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def writes(self, label: str, text: str) -> None:
        """Write into the field of this label."""
        self.page.get_by_label(label).first.fill(text)

    def gives_a_reason(self, reason: str, button: str) -> None:
        """Answer the question that is asked before something is done, and do it."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Why?").fill(reason)
        dialog.get_by_role("button", name=button, exact=True).click()
        dialog.wait_for(state="hidden")

    def screens(self) -> list[str]:
        """The addresses of all screens, as the navigation has them, without /ui."""
        links = self.page.get_by_role("navigation", name="Screens").get_by_role("link", include_hidden=True)
        found = [urlsplit(link.get_attribute("href") or "").path for link in links.all()]
        return [each.removeprefix("/ui") or "/" for each in found]

    def barriers(self) -> list[str]:
        """What keeps somebody from using the screen, as axe sees it: rule, where, and what it says."""
        self.page.evaluate(AXE.read_text())
        result: dict[str, Any] = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in result["violations"]
            if each["impact"] in GRAVE
            for node in each["nodes"]
        ]

    def wider_than_its_window(self) -> bool:
        """Whether one would have to scroll sideways."""
        wider: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wider

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def _hear(self, kind: str, text: str) -> None:
        is_told = any(
            text.endswith(f"status of {status} ({HTTPStatus(status).phrase})") for status in self.refusals
        )
        if kind == "error" and not is_told:
            self.objections.append(text)

    def _note(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc and not url.startswith("data:"):
            self.objections.append(f"asked {url}")
