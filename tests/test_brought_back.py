"""Rows to repair, brought back: only what was repaired counts, read as in its file."""

import zlib
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.headers.matching import CUSTOMER_TARGETS, REPAIR_COLUMNS, ROW_IN_FILE
from kam.intake.lists.brought_back import (
    MOST_BYTES,
    MOST_CONTAINERS,
    RESTS_ON_OTHERS,
    brought_back,
    remembered,
)
from kam.intake.lists.checked import Checked, Row
from kam.intake.lists.customers import check
from kam.intake.lists.fields import Written
from kam.intake.lists.repairs import Repair, repaired
from kam.intake.tables.artefacts import without_artefact
from kam.intake.tables.files import MOST_ROWS, Table, read_table, table_in
from kam.intake.tables.opening import opened
from kam.intake.tables.records import Record
from kam.intake.tables.sheets import Wanted
from kam.report.problems import problem_workbook

MATCHING = {
    "Nr": "id",
    "Kunde": "name",
    "Umsatz": "revenue",
    "Marge": "margin_pct",
    "Branche": "industry",
    "Bis": "contract_until",
}
HEADERS = (*MATCHING, "IsDeleted")

# What stands in each column: plain cells, and those of every kind of problem.
CELLS = {
    "Nr": ["", "1", "2", "3", "1001.0", "1.00E+03", "n/a"],
    "Kunde": ["Ash GmbH", "ASH", "Bay AG", "Cob KG", "Doe", "Total", "Summe", "", "-", "x" * 201],
    "Umsatz": [
        *("5", "1.234,50", "3.750,25", "12.500", "1,234", "99.5", "n/a", "", "$2000", "EUR 7"),
        *("EUR 1.000", "31 %", "1e15", "1,200.-", "12,50", "8,750.00", "USD 3"),
    ],
    "Marge": ["12", "31 %", "0.25", "0,31", "", "500", "x", "12,5 %"],
    "Bis": ["", "2028-03-31", "13/02/2027", "03/04/2027", "02/13/2027", "12/31/27", "soon"],
    "IsDeleted": ["", "", "false", "true"],
}
WRITTEN: dict[str, list[Written | None]] = {
    "Umsatz": [None, Written(factor=1_000.0), Written(","), Written(".", 1e6)],
    "Marge": [None, Written(factor=100.0)],
    "Bis": [None, Written(day_first=True), Written(day_first=False)],
}

texts = st.text(max_size=8).map(lambda text: without_artefact(text.strip()).strip())
rows = st.tuples(*(st.sampled_from(CELLS[h]) if h in CELLS else texts for h in HEADERS))
said = st.fixed_dictionaries({h: st.sampled_from(options) for h, options in WRITTEN.items()})


@st.composite
def files(draw: st.DrawFn) -> Table:
    """Files with problems of every kind, among them rows with too many cells."""
    body = tuple(row for row in draw(st.lists(rows, min_size=1, max_size=8)) if any(row))
    surplus = [
        Record(90 + at, [*row, "more"]) for at, row in enumerate(draw(st.lists(rows, max_size=1)))
    ]
    return table(*body, surplus=tuple(surplus))


def table(*body: tuple[str, ...], surplus: tuple[Record, ...] = ()) -> Table:
    lines = tuple(range(2, len(body) + 2))
    return Table("c.csv", HEADERS, body, lines, surplus=surplus)


def row(name: str, revenue: str = "", **more: str) -> tuple[str, ...]:
    """A row with these cells, by header; the others are empty."""
    cells = {"Kunde": name, "Umsatz": revenue, **more}
    return tuple(cells.get(header, "") for header in HEADERS)


def checked(one: Table, written: dict[str, Written | None] | None = None) -> Checked:
    known = {header: found for header, found in (written or {}).items() if found}
    return check(one, MATCHING, CUSTOMER_TARGETS, known)


def back(one: Table, written: dict[str, Written | None] | None = None) -> Table:
    """The workbook of the problems of a file, read as it is."""
    data = problem_workbook(one, checked(one, written))
    workbook = opened(data, Wanted("rows.xlsx", "", MOST_ROWS))
    return table_in("rows.xlsx", workbook, None, MOST_ROWS)


def packed(text: bytes) -> str:
    """What a hidden sheet might say."""
    return b64encode(zlib.compress(text)).decode()


def lines_of(one: Table) -> dict[int, int]:
    """Row in the file -> row in its workbook."""
    return dict(zip(map(int, one.column(ROW_IN_FILE)), one.line_numbers, strict=True))


def only(found: Checked) -> Row:
    [one] = found.rows
    return one


@settings(max_examples=150, deadline=None)
@given(files(), said)
def test_brought_back_untouched_it_changes_nothing(
    one: Table, written: dict[str, Written | None]
) -> None:
    """No row comes in, and every problem is there again, at its new place."""
    problems = checked(one, written).problems
    if not (problems or one.surplus):
        return
    workbook = back(one, written)
    found = checked(workbook)
    assert found.rows == ()
    assert found.some
    told = {problem.line for problem in problems} | {record.line for record in one.surplus}
    places = lines_of(workbook)
    assert set(places) == told
    assert {problem.line for problem in found.problems} == set(places.values())
    assert all(problem.blocks for problem in found.problems)
    again = sorted((problem.kind, problem.found) for problem in found.problems)
    assert again == sorted(
        [(problem.kind, problem.found) for problem in problems]
        + [("surplus", record.cells[0]) for record in one.surplus]
    )


@settings(max_examples=150, deadline=None)
@given(files(), said, st.data())
def test_a_repaired_row_has_the_repaired_value_and_all_others_as_in_its_file(
    one: Table, written: dict[str, Written | None], data: st.DataObject
) -> None:
    before = checked(one, written)
    if not before.problems:
        return
    workbook = back(one, written)
    line = data.draw(st.sampled_from([problem.line for problem in before.problems]))
    place = lines_of(workbook)[line]
    cells = {"Nr": "77", "Kunde": "Newly named GmbH", "Umsatz": "4711.25"}
    fixed = repaired(workbook, [Repair("fix", place, h, text) for h, text in cells.items()])
    came = only(checked(fixed))
    factor = (written["Umsatz"] or Written()).factor
    assert (came.name, came.id, came.line) == ("Newly named GmbH", "77", place)
    assert came.numbers["revenue"] == 4711.25 * factor
    if was := next((row for row in before.rows if row.line == line), None):
        assert came.texts == was.texts
        assert came.days == was.days
        assert {**came.numbers, "revenue": 0} == {**was.numbers, "revenue": 0}


def test_what_the_whole_column_told_holds_for_its_repaired_rows() -> None:
    """A decimal comma, the order of days, and a currency that one row alone could not tell."""
    one = table(
        row("Ash", "EUR 1.234,50", Bis="13/02/2027"),
        row("Bay", "EUR 2.500", Bis="03/04/2027", Branche="n/a"),
        row("Cob", "USD 3", Branche="Bau"),
    )
    workbook = back(one)
    fixed = repaired(workbook, [Repair("fix", 2, "Branche", "Bau"), Repair("fix", 3, "Nr", "7")])
    bay, cob = checked(fixed).rows
    assert (bay.numbers["revenue"], bay.days["contract_until"].isoformat()) == (2500, "2027-04-03")
    assert cob.numbers == {}
    assert [problem.kind for problem in checked(fixed).problems] == ["currency"]


def test_shares_and_thousands_that_a_person_confirmed_hold_again() -> None:
    one = table(row("Ash", "5", Marge="0.3"), row("Bay", "x", Marge="0.2"))
    said: dict[str, Written | None] = {
        "Umsatz": Written(factor=1_000.0),
        "Marge": Written(factor=100.0),
    }
    fixed = repaired(back(one, said), [Repair("fix", 2, "Umsatz", "7")])
    assert only(checked(fixed)).numbers == {"revenue": 7_000.0, "margin_pct": 20.0}


def test_what_a_person_says_at_its_columns_goes_before_what_the_file_told() -> None:
    one = table(row("Ash", "x"), row("Bay", "5"))
    fixed = repaired(back(one), [Repair("fix", 2, "Umsatz", "7")])
    found = checked(fixed, {"Umsatz": Written(factor=1_000.0)})
    assert only(found).numbers == {"revenue": 7_000.0}


def test_a_cell_with_two_readings_stays_open_among_repaired_ones() -> None:
    one = table(row("Ash", "1.234,50"), row("Bay", "99.5"), row("Cob", "12.500", Branche="n/a"))
    fixed = repaired(back(one), [Repair("fix", 2, "Branche", "Bau")])
    found = checked(fixed)
    assert only(found).numbers == {}
    assert [problem.kind for problem in found.problems] == ["mark"]


@pytest.mark.parametrize("kind", sorted(RESTS_ON_OTHERS))
def test_a_row_that_stays_out_because_of_others_needs_more_than_another_figure(kind: str) -> None:
    files = {
        "twice": table(row("Hansa KG", "3.750,25"), row("HANSA", "1,50")),
        "totals": table(row("Ash", "1"), row("Total", "1")),
        "second": replace(
            table(row("Ash", "1"), row("Bay", "2"), row("Person", "Hours"), row("Eve", "7")),
            line_numbers=(2, 3, 6, 7),
        ),
    }
    one = files[kind]
    workbook = back(one)
    line = workbook.line_numbers[-1]
    figure = checked(repaired(workbook, [Repair("fix", line, "Umsatz", "8")]))
    assert kind in {problem.kind for problem in figure.problems if problem.line == line}
    assert figure.rows == ()
    name = checked(repaired(workbook, [Repair("fix", line, "Kunde", "Quite another AG")]))
    assert only(name).name == "Quite another AG"


def test_a_row_that_somebody_added_is_a_row_like_any_other() -> None:
    workbook = back(table(row("Ash", "1.234,50"), row("Bay", "x")))
    added = (*row("Cob", "2.500"), "", "")
    more = replace(workbook, rows=(*workbook.rows, added), line_numbers=(*workbook.line_numbers, 9))
    assert only(checked(more)).numbers == {"revenue": 2500.0}


def test_the_place_of_an_untouched_row_is_told_in_both_files() -> None:
    [problem] = checked(back(table(row("Ash", "5"), row("Bay", "x")))).problems
    assert problem.message == (
        'Row 2 (row 3 of your file), column Umsatz: we found "x". Enter a number or leave it empty.'
    )


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (1, "1 row is as it was in your file, and changes nothing until it is repaired."),
        (2, "2 rows are as they were in your file, and change nothing until repaired."),
    ],
)
def test_how_many_rows_nobody_touched_is_told(rows: int, note: str) -> None:
    one = table(*(row(f"Ash {at}", "x") for at in range(rows)), row("Bay", "y"))
    fixed = repaired(back(one), [Repair("fix", rows + 2, "Umsatz", "5")])
    assert checked(fixed).notes == (note,)


def test_a_workbook_of_a_workbook_remembers_the_same() -> None:
    once = back(table(row("Ash", "1.234,50"), row("Bay", "x"), row("Cob", "y")))
    again = back(repaired(once, [Repair("fix", 2, "Umsatz", "7.000")]))
    assert again.headers == (*HEADERS, *REPAIR_COLUMNS[:2])
    fixed = repaired(again, [Repair("fix", 2, "Umsatz", "8.000")])
    assert only(checked(fixed)).numbers == {"revenue": 8000.0}
    assert "(row 3 of your file)" in checked(again).problems[0].message


def test_a_file_of_somebody_else_is_none_of_ours() -> None:
    assert remembered(table(row("Ash"))) is None
    assert brought_back(table(row("Ash"))) is None


@pytest.mark.parametrize(
    "change",
    [
        {"memory": ""},
        {"memory": "{"},
        {"memory": packed(b'{"version": 9}')},
        {"memory": packed(b"x" * (MOST_BYTES + 1))},
        {"memory": packed(b"[" * (MOST_CONTAINERS + 1))},
        {"memory": packed(b"[" * 100_000)},
        {"memory": "AAAA"},
        {"headers": (*HEADERS, "Row", REPAIR_COLUMNS[1])},
    ],
)
def test_one_that_has_lost_what_it_knew_is_refused(change: dict[str, Any]) -> None:
    lost = replace(back(table(row("Ash", "x"))), **change)
    with pytest.raises(Unreadable, match="has lost the hidden sheet or the column"):
        checked(lost)


def test_the_child_that_opens_workbooks_brings_the_hidden_sheet() -> None:
    one = table(row("Ash", "x"))
    read = read_table("rows.xlsx", problem_workbook(one, checked(one)))
    assert remembered(read) == remembered(back(one))
    assert read.sheets == ("Rows to repair",)
