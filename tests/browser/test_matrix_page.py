"""What only a browser shows of the matrix: the size of the page, names, hostile names."""

import re
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kam.edits import BringIn, PutCriterion
from kam.model import Axis, Customer
from tests.browser.conftest import stored
from tests.browser.watched import bubbles, click_bubble, picture, show
from tests.servers import Server, serving
from tests.workshops import criterion, scores

pytestmark = pytest.mark.browser

WORD_JOINER = "\u2060"  # invisible; it keeps addresses from becoming links
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "![x](https://example.com/x.png)",
    "[Click](javascript:alert(3))",
    "https://example.com/leak",
    "$\\href{https://example.com}{x}$",
    ":red[Red] **bold** :material/bolt:",
    "=cmd|' /C calc'!A0",
)

_OVERLAPS = """drawing => {
  const last = [...drawing.querySelectorAll('g.mark-text.role-mark')].filter(
    group => group.querySelector('text[font-weight="500"]:not([stroke])'))
  const names = last.flatMap(group => [...group.querySelectorAll('text')])
    .filter(text => text.textContent.trim())
    .map(text => [text.textContent, text.getBoundingClientRect()])
  const overlaps = []
  names.forEach(([one, a], index) => names.slice(index + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    if (wide > 1 && high > 4) overlaps.push(`${one} / ${other}: ${wide} x ${high}`)
  }))
  return [names.length, overlaps]
}"""


@pytest.mark.parametrize("view", ["Picture", "Weights"])
def test_no_two_names_overlap_at_1280_by_720(
    server: Server, page: Page, shelf: tuple[Path, list[str]], view: str
) -> None:
    """Boxes of lines of text hold 2 px of air above and below the letters; those may meet."""
    page.goto(f"{server.address}/matrix?w={shelf[1][0]}")
    show(page, view)
    expect(bubbles(page)).to_have_count(40)
    page.evaluate("document.fonts.ready")
    named, overlaps = picture(page).evaluate(_OVERLAPS)
    assert named >= 38
    assert overlaps == []


def test_the_matrix_page_does_not_scroll_at_1280_by_720(
    server: Server, page: Page, shelf: tuple[Path, list[str]]
) -> None:
    page.goto(f"{server.address}/matrix?w={shelf[1][0]}")
    expect(bubbles(page)).to_have_count(40)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 720


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, str]:
    """A folder with a workshop whose customers bear hostile names, and its id."""
    people = [Customer(id=f"K{place}", name=name) for place, name in enumerate(HOSTILE)]
    rows = {one.id: (6.0 + 0.3 * place, 9.0 - 0.3 * place) for place, one in enumerate(people)}
    return tmp_path, stored(
        tmp_path,
        PutCriterion(criterion=criterion("a", Axis.ATTRACTIVENESS)),
        PutCriterion(criterion=criterion("s", Axis.STRENGTH)),
        BringIn(customers={one.id: one for one in people}, origin="a file"),
        scores(("a", "s"), rows),
    )


def _every_hostile_name_stands(page: Page) -> None:
    """Wait until the page says every name letter by letter; a page is drawn piece by piece."""
    main = page.get_by_test_id("stMain")
    for name in HOSTILE:
        letters = f"{WORD_JOINER}?".join(map(re.escape, name))
        expect(main).to_contain_text(re.compile(letters), use_inner_text=True)


def test_hostile_names_are_only_ever_text(
    hostile: tuple[Path, str], page: Page, servers: ExitStack
) -> None:
    """Verbatim in the matrix, its drawer and the split; the watch sees dialogs and requests."""
    home, workshop = hostile
    server = servers.enter_context(closing(serving(home)))
    page.goto(f"{server.address}/matrix?w={workshop}")
    expect(bubbles(page)).to_have_count(len(HOSTILE))
    labels = bubbles(page).evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert sorted(label.rpartition(": Key")[0] for label in labels) == sorted(HOSTILE)
    click_bubble(page, HOSTILE[0])
    expect(page.get_by_test_id("stMain")).to_contain_text(f"{HOSTILE[0]} · Key · core")
    page.goto(f"{server.address}/split?w={workshop}")
    expect(page.get_by_text("Key · core · 8")).to_be_visible()
    _every_hostile_name_stands(page)
    page.get_by_role("radio", name="Ask before deciding").click()
    page.get_by_role("button", name=re.compile(r"^Add \d+ questions")).click()
    expect(page.get_by_role("button", name="It would", exact=True)).to_have_count(len(HOSTILE))
    _every_hostile_name_stands(page)
    assert page.locator("img[src=x], a[href*='example.com'], script:text('alert')").count() == 0
