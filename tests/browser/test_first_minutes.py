"""The first five minutes, and what must survive afterwards."""

import re
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kam.store import Store, import_workshop
from tests.browser.conftest import EXAMPLE
from tests.browser.watched import (
    Watched,
    bubbles,
    click_bubble,
    picture,
    settled,
    show,
    slider,
    title,
)
from tests.servers import Server, free_port, plain, running, serving

pytestmark = pytest.mark.browser
MESSAGE = "8 of 40 customers are key; 6 are too close to call"
NARROW = re.compile(r"^8\d\d$")  # px, the picture beside the sliders with its axes


def open_example(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Open the example").click()
    expect(title(page)).to_have_text(MESSAGE)
    expect(bubbles(page)).to_have_count(40)


def open_weights(page: Page) -> None:
    """The narrow picture with sliders beside it, drawn, and marked to be known again."""
    show(page, "Weights")
    expect(slider(page)).to_be_visible()
    expect(picture(page)).to_have_attribute("width", NARROW)
    expect(bubbles(page)).to_have_count(40)
    picture(page).evaluate("drawing => { drawing.stillTheSame = true }")
    slider(page).focus()


def is_the_same(page: Page) -> bool:
    """Whether the picture that `open_weights` marked is still there."""
    return bool(picture(page).evaluate("drawing => drawing.stillTheSame === true"))


def test_example_weight_customer_and_undo_in_a_few_clicks(fresh: Server, page: Page) -> None:
    """One click to the matrix; a weight by keyboard; undo; a click on a bubble."""
    open_example(page, fresh.address)
    open_weights(page)
    weight = slider(page).input_value()
    place = str(bubbles(page).first.get_attribute("transform"))
    page.keyboard.press("ArrowRight")
    expect(bubbles(page).first).not_to_have_attribute("transform", place)
    assert is_the_same(page)
    page.get_by_role("button", name="undo icon").click()
    expect(slider(page)).to_have_value(weight)
    expect(bubbles(page).first).to_have_attribute("transform", place)
    assert is_the_same(page)
    show(page, "Picture")
    expect(picture(page)).not_to_have_attribute("width", NARROW)
    click_bubble(page, "Corvane Pharma")
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text("Corvane Pharma · Key · strategic")


def test_the_picture_is_kept_when_its_message_changes(
    server: Server, workshop: str, page: Page
) -> None:
    """Bubbles glide only while the drawing is kept; a changed `alt` would draw it anew."""
    page.goto(f"{server.address}/matrix?w={workshop}")
    expect(title(page)).to_have_text(MESSAGE)
    open_weights(page)
    page.keyboard.press("PageUp")
    expect(title(page)).not_to_have_text(MESSAGE)
    settled(page)
    assert is_the_same(page)


def test_plain_streamlit_run_opens_the_example_too(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    port = free_port()
    plainly = running(plain(Path("app.py"), port), port, home=tmp_path)
    open_example(page, servers.enter_context(plainly).address)


def test_a_reload_and_a_killed_server_lose_nothing(
    tmp_path: Path, tab: Callable[[], Watched], servers: ExitStack
) -> None:
    first = servers.enter_context(closing(serving(tmp_path)))
    page = tab().page
    open_example(page, first.address)
    address = page.url
    show(page, "Weights")
    slider(page).press("End")
    expect(title(page)).not_to_have_text(MESSAGE)
    told = title(page).inner_text()
    page.reload()
    expect(title(page)).to_have_text(told)
    page.goto("about:blank")
    first.kill()
    second = servers.enter_context(closing(serving(tmp_path)))
    page = tab().page
    page.goto(address.replace(str(first.port), str(second.port)))
    expect(title(page)).to_have_text(told)
    show(page, "Weights")
    expect(slider(page)).to_have_value("100")


def test_an_edit_in_one_browser_is_seen_in_another_at_its_next_step(
    server: Server, workshop: str, tab: Callable[[], Watched]
) -> None:
    one, other = tab().page, tab().page
    for page in (one, other):
        page.goto(f"{server.address}/matrix?w={workshop}")
        expect(title(page)).to_have_text(MESSAGE)
    show(one, "Weights")
    slider(one).press("End")
    expect(title(one)).not_to_have_text(MESSAGE)
    show(other, "Weights")
    expect(slider(other)).to_have_value("100")
    expect(title(other)).to_have_text(title(one).inner_text())


def test_a_link_to_the_matrix_works_on_a_server_that_has_just_started(
    tmp_path: Path, page: Page, servers: ExitStack
) -> None:
    """Streamlit answers such a link with "Page not found" unless told otherwise."""
    with Store.open(tmp_path) as store:
        key = store.bring_in(import_workshop(EXAMPLE.read_bytes()))
    cold = servers.enter_context(closing(serving(tmp_path)))
    page.goto(f"{cold.address}/matrix?w={key}")
    expect(bubbles(page)).to_have_count(40)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "Page not found" not in page.locator("body").inner_text()
