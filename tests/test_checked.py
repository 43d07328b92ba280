"""What a list holds can be looked at by repair."""

from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.lists.repairs import Problem
from tests.lists import TARGETS, checked, table


def test_problems_are_grouped_by_repair_with_what_keeps_rows_out_first() -> None:
    found = checked("name revenue", ["A", "n/a"], ["B", "?"], ["", "5"], ["C", "n/a"])
    assert [(group.title, group.blocks) for group in found.groups] == [
        ("There is no name (1 row)", True),
        ("“Revenue with us” is not a number (3 rows)", False),
    ]


def test_a_fact_is_called_by_its_own_header_in_a_title() -> None:
    found = check(table("n staff", ["A", "many"]), {"n": "name", "staff": "fact"}, TARGETS)
    assert found.groups[0].title == "“staff” is not a number (1 row)"


def test_problems_without_rows_have_groups_all_the_same() -> None:
    problem = Problem(2, "c", "", "There is no name.", blocks=True, kind="no_name")
    assert [group.problems for group in Checked((), (problem,), ()).groups] == [(problem,)]
