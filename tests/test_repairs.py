"""Repairs change what they name and nothing else."""

from time import perf_counter

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
        (Repair("fix", 5, "size", " 7 "), (("A", "x"), ("B", "7"), ("C", "3"))),
        (Repair("empty", 2, "size"), (("A", ""), ("B", "x"), ("C", "3"))),
        (Repair("skip", 2), (("B", "x"), ("C", "3"))),
        (Repair("fix", 99, "size", "7"), TABLE.rows),
        (Repair("skip", 99), TABLE.rows),
    ],
)
def test_a_repair_changes_what_it_names(repair: Repair, rows: tuple[tuple[str, ...], ...]) -> None:
    assert repaired(TABLE, [repair]).rows == rows


def test_lines_stay_those_of_the_file() -> None:
    assert repaired(TABLE, [Repair("skip", 5)]).line_numbers == (2, 6)


def test_repairs_are_made_one_after_the_other() -> None:
    repairs = [Repair("fix", 2, "size", "y"), Repair("fix", 2, "size", "z"), Repair("skip", 5)]
    assert repaired(TABLE, repairs).rows == (("A", "z"), ("C", "3"))


def test_a_row_that_was_skipped_is_not_repaired_any_more() -> None:
    repairs = [Repair("skip", 2), Repair("fix", 2, "size", "7")]
    assert repaired(TABLE, repairs).line_numbers == (5, 6)


def test_as_many_repairs_as_rows_take_a_moment() -> None:
    count = 20_000  # as many customers as a workshop holds
    rows = tuple((f"C{at}", "x") for at in range(count))
    long = Table("c.csv", ("name", "size"), rows, tuple(range(2, count + 2)))
    begun = perf_counter()
    found = repaired(long, [Repair("fix", line, "size", "7") for line in long.line_numbers])
    assert perf_counter() - begun < 2.0  # seconds; a pass over all rows for each takes minutes
    assert set(found.column("size")) == {"7"}


def test_the_table_that_is_repaired_stays_as_it_was() -> None:
    before = TABLE.rows
    repaired(TABLE, [Repair("skip", 2), Repair("empty", 5, "size")])
    assert TABLE.rows == before


def test_a_repair_of_an_unknown_column_is_refused_in_words() -> None:
    with pytest.raises(Refused, match=r'We cannot repair the column "colour": c\.csv has no such'):
        repaired(TABLE, [Repair("fix", 2, "colour", "red")])


@given(st.lists(st.integers(2, 6), max_size=5))
def test_skipped_rows_leave_and_no_other(lines: list[int]) -> None:
    left = repaired(TABLE, [Repair("skip", line) for line in lines]).line_numbers
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


def test_a_group_whose_values_come_in_says_so() -> None:
    kept = [Problem(at, "Size", "x", "m", kind="outside", kept=True) for at in (2, 3)]
    lost = Problem(4, "Size", "x", "m", kind="number")
    assert [group.kept for group in grouped([*kept, lost])] == [True, False]


def test_without_problems_there_are_no_groups() -> None:
    assert grouped([]) == ()
