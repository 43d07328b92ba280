"""A file from this machine becomes a matrix, by the page alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.watched import bubbles, picture, settled, show, step, title
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

LEDGER = """\
Customer,Date,Amount
Ashcombe Mills,2025-01-10,100
Ashcombe Mills,2025-02-10,-20
Birch & Daughter,2025-03-10,50
"""


def new_workshop(page: Page, server: Server, name: str) -> None:
    page.goto(server.address)
    page.get_by_label("Name of the workshop").fill(name)
    page.get_by_role("button", name="Start a workshop").click()
    expect(title(page)).to_have_text("Which customers do we look at?")


def choose(page: Page, name: str, content: str | bytes) -> None:
    """Give the wizard a file and wait until it says how it reads it."""
    data = content.encode() if isinstance(content, str) else content
    page.locator("[class*=st-key-wizard_] input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def done(page: Page) -> Locator:
    """The message of an import that went well."""
    return page.get_by_test_id("stAlert").filter(has_text="Undo takes it back as one step.")


def test_a_list_with_scores_becomes_a_matrix(server: Server, page: Page) -> None:
    new_workshop(page, server, "From a list")
    step(page, "Criteria")
    press(page, "Use the common set")
    expect(page.get_by_role("button", name="Use the common set")).to_have_count(0)
    step(page, "Customers")
    choose(page, "customers.csv", CUSTOMERS)
    press(page, "Check the rows")
    press(page, "Bring in 6 customers")
    expect(done(page)).to_contain_text("6 added")
    show(page, "Scores")
    press(page, "See the matrix")
    expect(bubbles(page)).to_have_count(6)
    expect(picture(page)).to_contain_text("Čapek Motors")
    show(page, "Table")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


def test_cells_copied_from_a_spreadsheet_are_pasted_in(server: Server, page: Page) -> None:
    new_workshop(page, server, "Pasted")
    page.get_by_label("or paste from Excel").fill("Customer\tRevenue\nAsh\t5\nBay\t6\n")
    page.keyboard.press("Tab")
    press(page, "Check the rows")
    press(page, "Bring in 2 customers")
    expect(done(page)).to_contain_text("2 added")
    expect(page.get_by_label("or paste from Excel")).to_have_value("")


def test_a_cell_is_repaired_beside_its_row_and_its_group_stays_open(
    server: Server, page: Page
) -> None:
    new_workshop(page, server, "Repaired")
    choose(page, "list.csv", "Customer,Revenue\nAsh,5\nBay,soon\nCob,later\n,7\n")
    press(page, "Check the rows")
    page.get_by_text("“Revenue with us” is not a number (2 rows)").click()
    grids = page.get_by_test_id("stDataFrame").filter(visible=True)
    expect(grids).to_have_count(2)  # the first rows as they will be stored, and those to repair
    grid = grids.last
    grid.hover()  # waits until the group has opened and nothing moves
    settled(page)
    width = grid.evaluate("grid => grid.clientWidth")
    grid.click(position={"x": width - 60, "y": 52})  # the last column of the first row
    page.keyboard.press("Enter")
    cell = page.locator("#portal textarea, #portal input")
    cell.press_sequentially("12", delay=50)
    expect(cell).to_have_value("12")
    page.keyboard.press("Tab")
    expect(page.get_by_text("1 repair made")).to_be_visible()
    expect(page.get_by_text("“Revenue with us” is not a number (1 row)")).to_be_visible()
    expect(page.get_by_label("Instead of each of them").filter(visible=True)).to_have_count(1)
    press(page, "Bring in 3 customers")
    expect(done(page)).to_contain_text("3 added")


def test_the_important_things_of_the_last_screen_are_seen_without_scrolling(
    server: Server, page: Page
) -> None:
    new_workshop(page, server, "Near")
    choose(page, "known.csv", "Customer\nAshcombe Mills\n")
    press(page, "Check the rows")
    press(page, "Bring in 1 customer")
    expect(done(page)).to_contain_text("1 added")
    choose(page, "list.csv", "Customer,Revenue\nAshcombe Mill,soon\nBay,6\n,7\n")
    press(page, "Check the rows")
    expect(page.get_by_text("▲ 1 may be here already")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Bring in 2 customers")).to_be_in_viewport()
    expect(page.get_by_role("button", name="The same")).to_be_in_viewport()
    page.get_by_role("tab", name="Rows to repair").click()
    for group in ("There is no name (1 row)", "“Revenue with us” is not a number (1 row)"):
        expect(page.get_by_text(group)).to_be_in_viewport(ratio=1)


def test_an_order_ledger_is_read_and_counted(server: Server, page: Page) -> None:
    new_workshop(page, server, "Ledger")
    show(page, "An order ledger")
    expect(page.get_by_text("one row an order line")).to_be_visible()
    expect(page.get_by_text("one row a customer")).to_have_count(0)
    choose(page, "orders.csv", LEDGER)
    expect(page.get_by_text("3 lines, 2 customers, 3 orders")).to_be_visible()
    page.get_by_text("Leave out lines below zero").click()
    expect(page.get_by_text("2 lines, 2 customers, 2 orders")).to_be_visible()
    press(page, "Bring in figures of 2 customers")
    expect(done(page)).to_contain_text("2 added")


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b" "), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))],
    ids=["empty", "not a table"],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    server: Server, page: Page, name: str, content: bytes
) -> None:
    new_workshop(page, server, f"From {name}")
    choose(page, name, content)
    told = page.get_by_test_id("stAlert")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(name)
    assert 20 < len(told.inner_text()) < 250
    assert "Error" not in told.inner_text()
    expect(page.get_by_role("button", name="Check the rows")).to_have_count(0)
    press(page, "Choose another file")
    expect(told).to_have_count(0)
