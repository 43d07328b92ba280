"""Of `kam.report.template`: an empty file that comes back without a question."""

from kam.intake.bring_in import targets
from kam.intake.headers.matching import match
from kam.intake.lists.customers import check
from kam.intake.tables.files import read_table
from kam.model import Workshop
from kam.report.template import COLUMNS, template

WORKSHOP = Workshop(id="w", name="A test", currency="NOK")


def test_the_empty_file_is_matched_for_certain_in_every_column() -> None:
    table = read_table("customers.xlsx", template("NOK"))
    found = match(table.headers, targets(WORKSHOP), {h: table.column(h) for h in table.headers})
    assert table.headers == tuple(title for title, *_ in COLUMNS)
    assert all(one.certain for one in found.values())
    assert len({one.target for one in found.values()}) == len(COLUMNS)


def test_its_example_row_is_read_without_a_problem() -> None:
    table = read_table("customers.xlsx", template("NOK"))
    found = match(table.headers, targets(WORKSHOP))
    goes_to = {header: one.target for header, one in found.items() if one.target}
    checked = check(table, goes_to, targets(WORKSHOP))
    assert checked.problems == ()
    row = checked.rows[0]
    assert (row.name, row.id, row.numbers["revenue"]) == ("Example Ltd", "10012", 1_250_000)


def test_it_says_in_which_money_it_is_to_be_filled_in() -> None:
    table = read_table("customers.xlsx", template("NOK"))
    assert table.sheets == ("Customers", "How to fill it in")
