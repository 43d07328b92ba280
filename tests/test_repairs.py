"""Repairs change what they name and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused
from kam.intake.lists.repairs import Problem, Repair, grouped, repaired
from kam.intake.tables.files import Table

TABLE = Table("c.csv", ("name", "size"), (("A", "x"), ("B", "x"), ("C", "3")), (2, 5, 6))


@pytest.mark.parametrize(
    ("repair", "rows"),
    [
        (Repair("fix", "size", 5, to=" 7 "), (("A", "x"), ("B", "7"), ("C", "3"))),
        (Repair("replace", "size", found="x", to="7"), (("A", "7"), ("B", "7"), ("C", "3"))),
        (Repair("empty", "size", 2), (("A", ""), ("B", "x"), ("C", "3"))),
        (Repair("empty", "size", found="x"), (("A", ""), ("B", ""), ("C", "3"))),
        (Repair("skip", line=2), (("B", "x"), ("C", "3"))),
        (Repair("skip", "size", found="x"), (("C", "3"),)),
        (Repair("fix", "size", 99, to="7"), TABLE.rows),
    ],
)
def test_a_repair_changes_what_it_names(repair: Repair, rows: tuple[tuple[str, ...], ...]) -> None:
    assert repaired(TABLE, [repair]).rows == rows


def test_lines_stay_those_of_the_file() -> None:
    assert repaired(TABLE, [Repair("skip", line=5)]).line_numbers == (2, 6)


def test_repairs_are_made_one_after_the_other() -> None:
    repairs = [Repair("replace", "size", found="x", to="y"), Repair("skip", "size", found="y")]
    assert repaired(TABLE, repairs).rows == (("C", "3"),)


def test_the_table_that_is_repaired_stays_as_it_was() -> None:
    before = TABLE.rows
    repaired(TABLE, [Repair("skip", "size", found="x")])
    assert TABLE.rows == before


def test_a_repair_of_an_unknown_column_is_refused_in_words() -> None:
    with pytest.raises(Refused, match=r'We cannot repair the column "colour": c\.csv has no such'):
        repaired(TABLE, [Repair("fix", "colour", 2, to="red")])


@given(st.lists(st.integers(2, 6), max_size=5))
def test_skipped_rows_leave_and_no_other(lines: list[int]) -> None:
    left = repaired(TABLE, [Repair("skip", line=line) for line in lines]).line_numbers
    assert left == tuple(line for line in TABLE.line_numbers if line not in lines)


def test_problems_of_one_kind_and_column_are_one_group() -> None:
    problems = [
        Problem(9, "Size", "x", "m", field="Revenue with us"),
        Problem(3, "Size", "y", "m", field="Revenue with us"),
        Problem(4, "Name", "", "m", blocks=True, kind="no_name"),
        Problem(5, "Name", "A", "m", blocks=True, kind="twice"),
        Problem(6, "Name", "B", "m", blocks=True, kind="twice"),
    ]
    groups = grouped(problems)
    assert [group.title for group in groups] == [
        "The same customer twice (2 rows)",
        "There is no name (1 row)",
        "“Revenue with us” is not a number (2 rows)",
    ]
    assert [problem.line for problem in groups[2].problems] == [3, 9]
    assert [group.blocks for group in groups] == [True, True, False]


def test_without_problems_there_are_no_groups() -> None:
    assert grouped([]) == ()
