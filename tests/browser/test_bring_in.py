"""A file from this machine becomes a matrix, by the page alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watched import bubbles, picture, show, step, title
from tests.servers import Server

pytestmark = pytest.mark.browser

CUSTOMERS = """\
Name,Revenue,Incremental profit potential,Growth of their spend,Net account margin,\
"Buys on value, not price",Share of wallet,Performance gap vs best rival,Contact coverage,\
Joint planning in place
Ashcombe Mills,4200000,3.1,9,24,55,48,1.2,70,4
Birch & Daughter,900000,0.4,1,9,22,12,-0.5,25,0
Čapek Motors,2600000,2.2,12,18,40,20,0.2,35,1
Dunlin Foods,1500000,1.1,5,16,33,52,1.6,80,3
Évora Ports,300000,0.8,-2,11,18,30,0.4,45,2
Fenwick Glass,700000,1.9,7,21,47,,0.9,60,2
"""


def new_workshop(page: Page, server: Server, name: str) -> None:
    page.goto(server.address)
    page.get_by_label("Name of the workshop").fill(name)
    page.get_by_role("button", name="Start a workshop").click()
    expect(title(page)).to_have_text("Which customers do we look at?")


def choose_list(page: Page, name: str, content: bytes) -> None:
    page.locator(".st-key-list input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def test_a_list_with_scores_becomes_a_matrix(server: Server, page: Page) -> None:
    new_workshop(page, server, "From a list")
    step(page, "Criteria")
    page.get_by_role("button", name="Use the common set").click()
    expect(page.get_by_role("button", name="Use the common set")).to_have_count(0)
    step(page, "Customers")
    choose_list(page, "customers.csv", CUSTOMERS.encode())
    page.get_by_role("button", name="Bring in 6 customers").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("Undo takes it back as one step.")
    page.get_by_role("button", name="See the matrix").click()
    expect(bubbles(page)).to_have_count(6)
    expect(picture(page)).to_contain_text("Čapek Motors")
    show(page, "Table")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))],
    ids=["empty", "not a table"],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    server: Server, page: Page, name: str, content: bytes
) -> None:
    new_workshop(page, server, f"From {name}")
    choose_list(page, name, content)
    told = page.get_by_test_id("stAlert")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(name)
    assert 20 < len(told.inner_text()) < 250
    assert "Error" not in told.inner_text()
    expect(page.get_by_role("button", name="Bring in")).to_have_count(0)
