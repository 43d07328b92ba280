"""What Excel leaves in texts is no value: errors, formulas of a text, repeated column names."""

import pytest

from kam.intake.tables.artefacts import below_header, cleaned, is_error, repeated
from kam.intake.tables.files import Record, read_table


@pytest.mark.parametrize(
    "word", ["#N/A", "#NV", "#REF!", "#BEZUG!", "#DIV/0!", "#NAME?", "#WERT!", "#######"]
)
def test_the_words_of_errors_are_known(word: str) -> None:
    assert is_error(word)


@pytest.mark.parametrize("text", ["NA", "N/A", "#1", "#", "##", "#N/A Ltd", "#hashtag", ""])
def test_a_text_that_only_looks_like_an_error_is_none(text: str) -> None:
    assert not is_error(text)


def test_errors_become_empty_and_a_kept_text_loses_its_formula() -> None:
    rows, notes = cleaned((("#N/A", "Ash"), ('="00123"', "#REF!"), ("NA", "x")), (2, 3, 4))
    assert rows == (("", "Ash"), ("00123", ""), ("NA", "x"))
    assert notes == [
        "Cells with an Excel error such as #N/A are read as empty: lines 2, 3.",
        'Cells such as ="00123" are read as the text in them: line 3.',
    ]


def test_rows_without_any_of_them_are_the_very_same() -> None:
    rows = (("#7", "=A1"), ("Ash", ""))
    found, notes = cleaned(rows, (2, 3))
    assert found is rows
    assert notes == []


def test_a_row_that_repeats_the_column_names_is_found_in_any_case() -> None:
    header = Record(1, ["Name", "Our  Revenue", ""])
    again, other = Record(7, [" name", "our revenue"]), Record(8, ["Name", "5"])
    assert repeated(header, [again, other]) == [again]
    assert repeated(Record(1, ["", ""]), [other]) == []


def test_repeated_column_names_are_left_out_and_told() -> None:
    table = read_table("c.csv", b"Name,Revenue\nAsh,5\nName,Revenue\nBay,6\n")
    assert table.rows == (("Ash", "5"), ("Bay", "6"))
    assert "Left out, because it repeats the column names: line 3." in table.notes


def test_only_merged_cells_below_the_column_names_are_told() -> None:
    told = below_header(["A1:A2", "B2:B3"], 1)
    assert ("B2:B3" in told, "A1:A2" in told) == (True, False)
    assert below_header(["A1:A3"], 1) == below_header([], 1) == ""
    assert "and 1 more" in below_header([f"C{row}:C{row + 1}" for row in range(2, 14, 2)], 1)
