"""A Chromium, a server of our own, and pages that report what nobody wanted."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from kam.edits import Edit
from kam.store import Store, import_workshop
from tests.browser.watched import Watched
from tests.conftest import NO_BROWSER
from tests.servers import Server, serving

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "example.json"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; without both the test is skipped, loudly.

    It ends with this package: its driver keeps an event loop running in the thread of the tests.
    """
    own = next((found for name in SYSTEM if (found := shutil.which(name))), None)
    with ExitStack() as stack:
        try:
            driver = stack.enter_context(sync_playwright())
            browser = driver.chromium.launch(executable_path=own, args=ARGUMENTS)
        except Error:
            pytest.skip(NO_BROWSER)
        stack.callback(browser.close)
        yield browser


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with several copies of the example, and their ids; each test takes one."""
    home = tmp_path_factory.mktemp("workshops")
    with Store.open(home) as store:
        return home, [store.bring_in(import_workshop(EXAMPLE.read_bytes())) for _ in range(8)]


@pytest.fixture(scope="session")
def server(shelf: tuple[Path, list[str]]) -> Iterator[Server]:
    """`kam serve` with the shelf, for tests that keep to a workshop of their own."""
    found = serving(shelf[0])
    yield found
    found.stop()


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """Servers of one test; they stop once its pages are closed, and no page misses its server."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def fresh(tmp_path: Path, servers: ExitStack) -> Server:
    """`kam serve` on an empty folder."""
    return servers.enter_context(closing(serving(tmp_path)))


@pytest.fixture
def workshop(shelf: tuple[Path, list[str]]) -> str:
    """The id of a copy of the example that no other test touches."""
    return shelf[1].pop()


@pytest.fixture
def tab(
    chromium: Browser,
    servers: ExitStack,  # noqa: ARG001 - so that servers stop after the pages
) -> Iterator[Callable[[], Watched]]:
    """Opens pages of 1280 by 720, each in a context of its own; at the end all were quiet."""
    opened: list[Watched] = []

    def another() -> Watched:
        page: Page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
        opened.append(Watched(page))
        return opened[-1]

    yield another
    for watched in opened:
        watched.page.context.close()
    assert [watched.unwanted for watched in opened] == [[] for _ in opened]


@pytest.fixture
def page(tab: Callable[[], Watched]) -> Page:
    """One page of 1280 by 720 that must stay quiet."""
    return tab().page


def stored(home: Path, *edits: Edit) -> str:
    """The id of a workshop with these edits in a folder that no server has open."""
    with Store.open(home) as store:
        key = store.create("Names")
        for edit in edits:
            store.write(key, edit)
    return key
