"""Text becomes records: the delimiter that most of it agrees on, quotes, honest line numbers."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.tables import records
from kam.intake.tables.records import (
    Record,
    delimiter_of,
    filled_width,
    listed_lines,
    records_in,
    split,
)

TEXT = st.text(st.sampled_from('ab ,;"\n\r\u2028é'), max_size=8)


def test_a_single_column_has_no_delimiter() -> None:
    assert delimiter_of("name\nMeier\nSchulz\n") == ""


def test_a_comma_in_one_name_of_many_separates_nothing() -> None:
    assert delimiter_of("name\nMeier, Söhne\n" + "Schulz\n" * 20) == ""
    assert [one.cells for one in records_in("f", "name\nA, B\n", "")] == [["name"], ["A, B"]]


def test_a_stray_quotation_mark_does_not_hide_the_delimiter() -> None:
    assert delimiter_of('id|name\n1|A\n2|"B"C\n3|D\n') == "|"


def test_a_text_of_delimiters_alone_is_separated_by_them() -> None:
    assert delimiter_of(",,\n,\n") == ","
    assert list(records_in("f", ",,\n,\n", ",")) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_begins_on_its_line_whatever_ends_the_lines(end: str) -> None:
    text = end.join(["", "id,name", '1,"A', 'B"', "", "2,C"])
    assert [one.line for one in records_in("f", text, ",")] == [2, 3, 6]


def test_a_unicode_line_separator_ends_no_record() -> None:
    assert list(records_in("f", "a,b\u2028c\x0bd\n", ",")) == [Record(1, ["a", "b\u2028c\x0bd"])]


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_what_the_csv_module_writes_is_what_we_read(rows: list[tuple[str, str]]) -> None:
    text = StringIO()
    csv.writer(text).writerows(rows)
    filled = [list(row) for row in rows if any(cell.strip() for cell in row)]
    assert [one.cells for one in records_in("f", text.getvalue(), ",")] == filled


def test_a_line_of_countless_delimiters_is_refused_before_it_is_split() -> None:
    with pytest.raises(Unreadable, match="it has a line with 100,001 columns"):
        list(records_in("f", "a" + "," * 100_000, ","))


def test_a_cell_longer_than_any_text_of_a_table_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"line 2 .* more than 131,072 characters"):
        list(records_in("f", "a,b\n1," + "x" * 131_073, ","))


def test_empty_cells_beyond_the_widest_table_are_dropped() -> None:
    (only,), notes = split("f", "a,b" + "," * 9_000, ",", 9)
    assert (len(only.cells), filled_width(only.cells), notes) == (250, 2, ())


def test_more_cells_than_the_largest_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_CELLS", 5)
    with pytest.raises(Unreadable, match="f: it has more than 5 cells"):
        split("f", "a,b\n1,2\n3,4\n", ",", 9)


def test_a_backslash_before_a_quotation_mark_is_understood_and_told() -> None:
    found, notes = split("f", 'id,name\n1,"the \\"Best\\""\n', ",", 9)
    assert [one.cells for one in found] == [["id", "name"], ["1", 'the "Best"']]
    assert notes == ("Quotation marks inside cells are written with a backslash.",)


def test_such_a_backslash_means_the_same_outside_of_quotes() -> None:
    found, _ = split("f", 'id,name\na\\"b,"c\\""\n', ",", 9)
    assert found[1].cells == ['a"b', 'c"']


@pytest.mark.parametrize(
    "text",
    [
        'id,name\n1,"a\\, \\"b\\""\n',  # what the other backslash stands for, nobody can tell
        'id,name\n1,"a" b \\"c\n',  # another reading that is broken, too
        'id,name\n1,"a \\"b\\"",c\n',  # another reading that gives uneven rows
        'id\tname\tcity\n1\t"a" b\n',  # the same without any quotes
    ],
)
def test_another_reading_counts_only_if_it_gives_an_even_table(text: str) -> None:
    with pytest.raises(Unreadable, match="the record that begins on line 2 has a quotation mark"):
        split("f", text, "\t" if "\t" in text else ",", 9)


def test_many_lines_are_named_by_the_first_five() -> None:
    assert listed_lines([4]) == "line 4"
    assert listed_lines([4, 7]) == "lines 4, 7"
    assert listed_lines([4, 7], 1_000) == "lines 4, 7 and 995 more"
    assert listed_lines(list(range(1, 1008))) == "lines 1, 2, 3, 4, 5 and 1,002 more"


@given(st.lists(st.sampled_from(["", " ", "x"])))
def test_the_filled_width_ends_with_a_text(cells: list[str]) -> None:
    width = filled_width(cells)
    assert not any(cell.strip() for cell in cells[width:])
    assert width == 0 or cells[width - 1].strip()
