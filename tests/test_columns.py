"""The row of column names is found, or taken where a person points; every name is unique."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.tables.columns import Header, header_of
from kam.intake.tables.records import Record

BODY = ["1", "A", "Bonn"]


def header(*rows: list[str], line: int | None = None) -> Header:
    return header_of("f.csv", [Record(at, row) for at, row in enumerate(rows, 1)], line)


def test_titles_above_the_names_are_left_out_and_told() -> None:
    found = header(["Customers", "", ""], ["id", "name", "city"], BODY)
    assert (found.place, found.line) == (1, 2)
    assert found.notes == ('Left out above the column names: "Customers".',)


def test_a_second_column_of_the_same_name_in_any_case_is_numbered_and_told() -> None:
    found = header(["Name", "name", "Name (2)", "NAME"], ["a", "b", "c", "d"])
    assert found.names == ("Name", "name (3)", "Name (2)", "NAME (4)")
    assert found.notes[0] == (
        'A column name stands more than once: the later "name" is called "name (3)".'
    )


def test_a_nameless_column_never_takes_the_name_of_another() -> None:
    found = header(["Column 2", "", "city"], BODY)
    assert found.names == ("Column 2", "Column 2 (2)", "city")
    assert found.notes == ("A column without a name is called Column 2 (2).",)


def test_invisible_characters_and_spaces_do_not_belong_to_a_name() -> None:
    assert header(["\ufeffid", " the\n name ", "ci\u200bty"], BODY).names == (
        "id",
        "the name",
        "city",
    )


def test_a_nameless_column_at_the_end_is_kept_only_if_a_row_fills_it() -> None:
    assert header(["id", "name", ""], ["1", "A", ""]).names == ("id", "name")
    assert header(["id", "name", ""], BODY).names == ("id", "name", "Column 3")


@pytest.mark.parametrize("data", ["17", "-1.5", "1,000.00", "2025-01-31", "31.01.2025"])
def test_names_that_look_like_data_are_refused_unless_a_person_points_at_them(data: str) -> None:
    with pytest.raises(Unreadable, match=r"Say which row holds them or that there are none"):
        header(["id", data, "city"], BODY)
    assert header(["id", data, "city"], BODY, line=1).names == ("id", data, "city")


def test_years_may_be_names() -> None:
    assert header(["id", "2024", "2025"], BODY).names == ("id", "2024", "2025")


def test_a_person_may_say_that_there_are_no_names() -> None:
    found = header(["1", "A"], BODY, ["2", "B", "", ""], line=0)
    assert (found.place, found.line) == (-1, 0)
    assert found.names == ("Column 1", "Column 2", "Column 3")
    assert found.notes == ("The file has no column names; its columns are numbered.",)


def test_a_line_that_no_row_begins_on_is_refused_with_the_first_that_do() -> None:
    with pytest.raises(Unreadable, match=r"line 7 of f\.csv.* lines: 1, 2\."):
        header(["id", "name", "city"], BODY, line=7)


def test_too_many_names_are_refused_with_their_number() -> None:
    names = [f"c{at}" for at in range(251)]
    with pytest.raises(Unreadable, match=r"at most 250 columns, and f\.csv has 251"):
        header(names, names)
    assert len(header(names[:250], names[:250]).names) == 250


def test_nothing_has_no_names() -> None:
    with pytest.raises(Unreadable, match="the file is empty"):
        header()


NAMES = st.lists(st.sampled_from(["", "a", "A", "a (2)", "Column 1", "column 2", "b"]), min_size=1)


@given(NAMES)
def test_names_are_unique_in_any_case_and_none_is_empty(names: list[str]) -> None:
    found = header([*names, "end"], ["x"] * (len(names) + 1), line=1).names
    assert len({name.casefold() for name in found}) == len(found) == len(names) + 1
    assert all(found)
