"""Rows that are no customers stay out, each with its line and what to do."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.lists.blocked import LONGEST_NAME
from kam.intake.lists.customers import check
from kam.intake.lists.repairs import Repair, repaired
from tests.lists import TARGETS, checked, read_and_checked, table


def test_a_nameless_row_is_blocked() -> None:
    found = checked("name revenue", ["", "5"], ["B", "6"])
    assert [row.name for row in found.rows] == ["B"]
    assert found.problems[0].blocks
    assert found.problems[0].message.startswith("Row 2, column name: there is no name.")


def test_a_name_of_200_characters_comes_in_and_one_more_is_blocked() -> None:
    assert checked("name", ["x" * LONGEST_NAME]).problems == ()
    (problem,) = checked("name", ["x" * (LONGEST_NAME + 1)]).problems
    assert problem.blocks
    assert "That is 201 characters. Enter a name of at most 200." in problem.message


AMOUNTS = (["Ash", "1", "DE"], ["Bay", "2", "AT"], ["Cob", "4", "DE"])


@pytest.mark.parametrize("name", ["Gesamtergebnis", "Total EUR", "Zwischensumme"])
def test_a_line_of_totals_is_left_out(name: str) -> None:
    found = checked("name revenue country", *AMOUNTS, [name, "9", ""])
    assert [row.name for row in found.rows] == ["Ash", "Bay", "Cob"]
    assert [(one.kind, one.blocks) for one in found.problems] == [("totals", True)]


def test_a_text_beside_a_total_does_not_make_it_a_customer_if_it_adds_up() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Total", "7", "all"])
    assert [row.name for row in found.rows] == ["Ash", "Bay", "Cob"]


def test_a_company_called_total_comes_in_and_is_asked_about() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Total", "9", "FR"])
    assert found.rows[-1].name == "Total"
    assert [(one.kind, one.blocks) for one in found.problems] == [("sum", False)]


def test_a_last_row_without_id_that_is_the_sum_is_a_question() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Σ", "7", ""])
    assert found.rows[-1].name == "Σ"
    [problem] = found.problems
    assert (problem.kind, problem.line, problem.blocks) == ("sum", 5, False)
    assert "Its revenue is the sum of all rows above. Skip it" in problem.message


def test_a_last_row_with_an_id_is_a_customer_whatever_its_revenue() -> None:
    rows = [[str(at), *one[:2]] for at, one in enumerate(AMOUNTS)]
    assert checked("id name revenue", *rows, ["9", "Dew", "7"]).problems == ()


def test_one_id_twice_blocks_the_second_with_both_lines() -> None:
    found = checked("id name", ["7", "A"], ["8", "B"], ["7", "C"])
    assert [row.name for row in found.rows] == ["A", "B"]
    (problem,) = found.problems
    assert problem.blocks
    assert problem.line == 4
    assert 'Row 4, column id: we found "C (7)", which is already in row 2.' in problem.message


def test_one_name_twice_without_ids_blocks_the_second() -> None:
    found = checked("name", ["Meier AG"], [" MEIER  A.G."])
    assert [row.line for row in found.rows] == [2]
    assert "which is already in row 2" in found.problems[0].message


@pytest.mark.parametrize("ids", [("", "7"), ("7", "")])
def test_one_name_with_and_without_an_id_is_one_customer(ids: tuple[str, str]) -> None:
    found = checked("id name", [ids[0], "Meier"], [ids[1], "Meier"])
    assert [row.line for row in found.rows] == [2]


def test_names_that_hold_no_letters_are_told_apart() -> None:
    assert len(checked("name", ["+++"], ["***"]).rows) == 2


def test_a_line_of_totals_is_blocked() -> None:
    found = checked("name revenue", ["A", "5"], ["Total", "5"])
    assert [row.name for row in found.rows] == ["A"]
    assert "It looks like a line of totals" in found.problems[0].message


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "2"])), max_size=6))
def test_every_row_comes_in_or_is_blocked_by_one_problem(rows: list[tuple[str, str]]) -> None:
    found = checked("name id", *rows)
    blocked = [problem.line for problem in found.problems if problem.blocks]
    assert sorted([*blocked, *(row.line for row in found.rows)]) == list(range(2, len(rows) + 2))


def test_names_that_differ_in_spacing_case_and_invisible_signs_are_found_twice(
    shared: Path,
) -> None:
    found = read_and_checked(shared / "data/messy_ledgers/accounts_whitespace_duplicates.csv")
    # 20 disguised repetitions, and two pairs of real namesakes that have no ids here.
    assert len(found.rows) == 699
    assert sum(problem.blocks for problem in found.problems) == 22


def test_an_id_of_more_than_200_characters_keeps_the_row_out() -> None:
    found = checked("id name", ["x" * 201, "A"])
    assert (found.rows, found.problems[0].kind) == ((), "long")


def test_one_name_with_another_legal_form_is_met_twice_where_no_ids_tell() -> None:
    found = checked("name", ["Meier GmbH"], ["Meier AG"])
    assert [problem.kind for problem in found.problems] == ["twice"]


def test_a_subtotal_with_a_text_is_no_customer_if_its_block_adds_up() -> None:
    south = (["Elm", "5", "FR"], ["Fir", "6", "FR"], ["Gum", "9", "FR"])
    north = ["Subtotal", "7", "north"]
    found = checked("name revenue country", *AMOUNTS, north, *south, ["Total", "20", "south"])
    assert len(found.rows) == 6
    assert checked(
        "name revenue country", *AMOUNTS, north, *south, ["Total", "27", "all"]
    ).rows == (found.rows)


def test_a_total_every_few_rows_takes_no_longer_than_the_rows() -> None:
    size = 20_000  # rows, each fifth a total: adding up all above for each took 7 s
    rows = [["Summe", "1", "x"] if at % 5 == 4 else [f"C{at}", "1", "DE"] for at in range(size)]
    begun = perf_counter()
    found = checked("name revenue country", *rows)
    assert perf_counter() - begun < 5.0
    assert len(found.rows) == size * 4 // 5 + 1  # "Summe" once: nothing says that it adds up


def test_an_id_twice_is_repaired_at_the_id() -> None:
    one = table("id name", ["7", "Ash"], ["7", "Bay"])
    matching = {"id": "id", "name": "name"}
    [problem] = check(one, matching, TARGETS).problems
    assert (problem.column, problem.found) == ("id", "7")
    assert problem.message.endswith("Skip one of the two, or give this one its own id.")
    given = repaired(one, [Repair("fix", problem.line, problem.column, "8")])
    assert check(given, matching, TARGETS).problems == ()


def test_a_name_twice_is_repaired_at_the_name() -> None:
    one = table("name id", ["Ash", ""], ["ash", ""])
    matching = {"id": "id", "name": "name"}
    [problem] = check(one, matching, TARGETS).problems
    assert problem.column == "name"
    assert "write a name here that tells them apart" in problem.message
    given = repaired(one, [Repair("fix", problem.line, problem.column, "Ash North")])
    assert check(given, matching, TARGETS).problems == ()
