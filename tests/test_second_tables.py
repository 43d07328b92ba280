"""A second table below the first brings no customers in, and is told."""

import pytest

from kam.intake.lists.second_tables import without_second_table
from kam.intake.tables.files import Table, from_text

FIRST = "Customer,Revenue,Country\nAsh,1,DE\nBay,2,FR\n"


def cut(below: str, first: str = FIRST) -> tuple[list[str], list[int]]:
    """The names that stay, and the lines of the second table."""
    table, problems = without_second_table(from_text("c.csv", first + below))
    return [row[0] for row in table.rows], [one.line for one in problems]


def test_rows_below_other_column_names_are_left_out_with_a_problem_for_each() -> None:
    below = "\n\nRegion,Revenue,Share\nNorth,300,60\nSouth,200,40\n"
    assert cut(below) == (["Ash", "Bay"], [6, 7, 8])


def test_its_title_is_left_out_with_it() -> None:
    assert cut("\nBy region\nRegion,Revenue,\nNorth,300,\n") == (["Ash", "Bay"], [5, 6, 7])


@pytest.mark.parametrize(
    "below",
    [
        "\nCob,3,DE\n",
        "\nCob,n/a,DE\nDan,3,DE\n",
        "\nCob,,DE\nDan,3,DE\n",
        "\nCob,unknown,DE\n",
        "\nCob,unknown,DE\nDan,unknown,DE\n",
        "Cob,unknown,DE\nDan,3,DE\n",
    ],
)
def test_customers_below_an_empty_line_stay(below: str) -> None:
    names, lines = cut(below)
    assert names[:3] == ["Ash", "Bay", "Cob"]
    assert lines == []


def test_a_list_without_numbers_has_no_second_table() -> None:
    names, lines = cut("\nRegion,Share\nNorth,5\n", "Customer,Country\nAsh,DE\nBay,FR\n")
    assert (len(names), lines) == (4, [])


def test_the_problem_blocks_its_row_and_says_what_to_do() -> None:
    table: Table = from_text("c.csv", f"{FIRST}\nRegion,Revenue,\nNorth,300,\n")
    problem = without_second_table(table)[1][0]
    assert (problem.blocks, problem.kind, problem.found) == (True, "second", "Region")
    assert problem.message.startswith('Row 5, column Customer: we found "Region" in what looks')
    assert "Save it as a file of its own" in problem.message
