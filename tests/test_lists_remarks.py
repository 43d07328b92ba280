"""What is told of a list beside its values."""

from pathlib import Path

import pytest

from kam.intake.lists.customers import check
from kam.intake.lists.remarks import deleted
from tests.lists import TARGETS, checked, read_and_checked, table


def test_one_name_with_two_ids_is_two_customers_and_told() -> None:
    found = checked("id name", ["1", "Friendly Bike Shop"], ["2", "friendly bike-shop"])
    assert [row.id for row in found.rows] == ["1", "2"]
    assert found.problems == ()
    assert found.notes == (
        (
            "2 customers share the name Friendly Bike Shop / friendly bike-shop; their ids keep "
            "them apart."
        ),
    )


def test_many_names_that_customers_share_are_one_sentence() -> None:
    rows = [[f"{n}{end}", f"Shop {n} {end}"] for n in range(9) for end in ("AG", "GmbH")]
    [note] = checked("id name", *rows).notes
    assert note.startswith(
        "9 names are shared by several customers, whom their ids keep apart: "
        "“Shop 0 AG / Shop 0 GmbH (2)”, "
    )
    assert note.endswith(" and 4 more.")


def test_all_adventureworks_resellers_come_in_and_both_pairs_of_namesakes_are_told(
    shared: Path,
) -> None:
    found = read_and_checked(shared / "data/adventureworks_resellers/accounts.csv")
    assert len(found.rows) == 701
    assert found.problems == ()
    assert found.notes == (
        (
            "2 names are shared by several customers, whom their ids keep apart: “Sports Products "
            "Store (2)”, “Friendly Bike Shop (2)”."
        ),
    )


def test_a_row_that_its_file_marks_as_deleted_comes_in_and_is_told() -> None:
    one = table("name IsDeleted", ["A", "false"], ["B", "true"])
    found = check(one, {"name": "name"}, TARGETS)
    assert len(found.rows) == 2
    assert [(one.kind, one.line, one.blocks) for one in found.problems] == [("deleted", 3, False)]


@pytest.mark.parametrize(("header", "mark"), [("LOEVM", "X"), ("Deleted", "ja")])
def test_every_mark_of_deletion_is_known(header: str, mark: str) -> None:
    [problem] = deleted(table(f"name {header}", ["A", mark], ["B", ""]))
    assert (problem.line, problem.column) == (2, header)
