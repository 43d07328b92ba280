"""A browser page that notes what nobody wanted, and words for what is on it."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request, expect

PATIENCE = 20_000  # ms; two shared cores draw a first chart within 6 s
PROBES = re.compile(r"/_stcore/(health|host-config)$")  # Streamlit asks below each page's address


@dataclass
class Watched:
    """A page, and everything it did that it should not.

    Attributes:
        page: the page.
        unwanted: console errors, requests to other hosts and dialogs, in words, oldest first.
    """

    page: Page
    unwanted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page.on("console", self._said)
        self.page.on("request", self._asked)
        self.page.on("dialog", self._opened)
        self.page.on("pageerror", lambda error: self.unwanted.append(f"page error: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type == "error" and not PROBES.search(where):
            self.unwanted.append(f"console: {message.text} ({where})")

    def _asked(self, request: Request) -> None:
        if not re.match(r"(http|ws)://127\.0\.0\.1[:/]|data:|blob:", request.url):
            self.unwanted.append(f"request: {request.url}")

    def _opened(self, dialog: Dialog) -> None:
        self.unwanted.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def title(page: Page) -> Locator:
    """The page's title."""
    return page.locator("h1")


def picture(page: Page) -> Locator:
    """The drawing of the matrix."""
    return page.locator(".st-key-matrix svg.marks")


def bubbles(page: Page) -> Locator:
    """The customers in the matrix."""
    return picture(page).locator('path[aria-roledescription="point"]')


def click_bubble(page: Page, name: str) -> None:
    """Click the middle of a customer's bubble."""
    picture(page).locator(f'path[aria-label^="{name}: "]').click()


def show(page: Page, view: str) -> None:
    """Choose one of the views at the top of a page, once the page has stopped moving."""
    choice = page.get_by_role("radio", name=view, exact=True)
    choice.click()
    expect(choice).to_be_checked()


def settled(page: Page) -> None:
    """Wait until the page's script has ended and everything it drew stands."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')")


def slider(page: Page, number: int = 0) -> Locator:
    """A criterion's slider beside the matrix, counted from the top."""
    return page.locator(".st-key-sliders input[type=range]").nth(number)


def step(page: Page, name: str) -> None:
    """Go to a step by the bar at the top."""
    page.locator(".st-key-bar").get_by_role("link", name=name).click()
