"""Rows of a matched table -> checked customers, with every problem named by line.

A cell that cannot be read never becomes zero: the value stays unknown, the row is kept and the
problem says what was found. Only a row without a name of its own, a customer met before, a line
of totals, one of a second table, or a name of endless length is blocked. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kam.errors import Refused, Unreadable
from kam.intake.figures import likely_mark
from kam.intake.headers.aliases import Target
from kam.intake.headers.content import is_filler
from kam.intake.lists.blocked import blocked_rows, naming, perhaps_totals
from kam.intake.lists.brought_back import Part, brought_back
from kam.intake.lists.checked import Checked, Row
from kam.intake.lists.currencies import converted
from kam.intake.lists.days import days_in
from kam.intake.lists.fields import (
    FACT,
    Answer,
    Cells,
    Understood,
    Value,
    Whole,
    Written,
    answers_in,
    figures_in,
    texts_in,
)
from kam.intake.lists.footers import without_footer
from kam.intake.lists.ids import damaged
from kam.intake.lists.remarks import deleted, namesakes
from kam.intake.lists.repairs import Problem
from kam.intake.lists.second_tables import without_second_table
from kam.intake.tables.files import Table

Column = Understood[str] | Understood[float] | Understood[Answer] | Understood[date]


def check(
    table: Table,
    matching: Mapping[str, str],
    targets: Sequence[Target],
    written: Mapping[str, Written] | None = None,
    currency: str = "",
) -> Checked:
    """The customers of a table, once a person has agreed which column goes where.

    Args:
        table: as read, or repaired.
        matching: header -> target key; headers that are not in it are left out.
        targets: all fields that a column may go to.
        written: header -> how its numbers are written, where a person has confirmed it.
        currency: that of the workshop, with which those of the amounts are compared.

    Raises:
        Unreadable: no column goes to the customer's name or id.
        Refused: two columns go to one field.
    """
    part = brought_back(table) or _above(table)
    table, written = part.table, {**part.written, **(written or {})}
    columns = _columns(table, matching, targets, part.wholes)
    by_key = {cells.target.key: cells for cells in columns}
    _require_identity(table, by_key)
    texts = [texts_in(cells) for cells in columns if _is_text(cells.target)]
    figures, lacking = _figures(table, _of(columns, "number"), written, currency)
    answers = [answers_in(cells) for cells in _of(columns, "yes_no")]
    days = [days_in(one, written.get(one.header)) for one in _of(columns, "date")]
    rows = _dated(_rows(table, by_key, texts, figures, answers), days)
    blocked = blocked_rows(rows, by_key)
    stopped = {problem.line for problem in blocked}
    kept = tuple(row for row in rows if row.line not in stopped)
    read: list[Column] = [*texts, *figures, *answers, *days]
    of_rows = (*part.problems, *blocked, *deleted(table), *perhaps_totals(kept, naming(by_key)))
    found = (*of_rows, *_id_problems(by_key), *(one for cells in read for one in cells.problems))
    problems = tuple(sorted(found, key=lambda problem: problem.line))
    notes = (*part.notes, *(note for one in read for note in one.notes), *namesakes(kept))
    wholes = {one.header: one.whole for one in read if one.header}
    return Checked(kept, problems, notes, lacking, wholes, dict(matching), written, part.some)


def _above(table: Table) -> Part:
    """The rows above a footer and a second table, and what is told of those below."""
    table, notes = without_footer(table)
    table, problems = without_second_table(table)
    return Part(table, problems, notes)


def _figures(
    table: Table, columns: Sequence[Cells], written: Mapping[str, Written], own: str
) -> tuple[list[Understood[float]], dict[str, tuple[str, ...]]]:
    """The columns of numbers in the workshop's currency, and the currencies without a rate."""
    read = [figures_in(cells, written.get(cells.header)) for cells in columns]
    if not own:
        return read, {}
    both = [
        converted(one, table, cells, written.get(cells.header), own)
        for one, cells in zip(read, columns, strict=True)
    ]
    lacking = {one.header: unknown for one, unknown in both if unknown}
    return [one for one, _ in both], lacking


def _is_text(target: Target) -> bool:
    return target.kind == "text" and target.key not in {"name", "id"}


def _of(columns: Iterable[Cells], kind: str) -> list[Cells]:
    return [cells for cells in columns if cells.target.kind == kind]


def _columns(
    table: Table,
    matching: Mapping[str, str],
    targets: Sequence[Target],
    wholes: Mapping[str, Whole],
) -> tuple[Cells, ...]:
    twice = [key for key, times in Counter(matching.values()).items() if times > 1 and key != FACT]
    by_key = {target.key: target for target in targets}
    if twice:
        headers = ", ".join(f'"{one}"' for one, key in matching.items() if key == twice[0])
        label = by_key[twice[0]].label
        message = f"We cannot fill {label} from two columns: {headers}. Choose one of them."
        raise Refused(message)
    places = {header: place for place, header in enumerate(table.headers)}
    turned = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.headers)
    return tuple(
        Cells(
            header,
            _named(by_key[key], header),
            turned[places[header]],
            table.line_numbers,
            likely_mark(table.delimiter),
            wholes.get(header),
        )
        for header, key in matching.items()
        if header in places
    )


def _named(target: Target, header: str) -> Target:
    """The target under the name that a person knows: a fact is called as its column."""
    return replace(target, label=header) if target.key == FACT else target


def _require_identity(table: Table, by_key: Mapping[str, Cells]) -> None:
    if not by_key.keys() & {"name", "id"}:
        found = ", ".join(f'"{header}"' for header in table.headers)
        message = (
            f"We found no column with the customer's name in {table.name}. The columns are: "
            f"{found}. Choose the one that names the customer."
        )
        raise Unreadable(message)


def _rows(
    table: Table,
    by_key: Mapping[str, Cells],
    texts: Sequence[Understood[str]],
    figures: Sequence[Understood[float]],
    answers: Sequence[Understood[Answer]],
) -> list[Row]:
    blank = ("",) * len(table.rows)
    ids = tuple(map(_known, by_key["id"].texts)) if "id" in by_key else blank
    names = by_key["name"].texts if "name" in by_key else ids
    found = (table.line_numbers, names, ids, _by_row(texts, blank), _by_row(figures, blank))
    return [Row(*parts) for parts in zip(*found, _by_row(answers, blank), strict=True)]


def _dated(rows: list[Row], days: Sequence[Understood[date]]) -> list[Row]:
    """The rows with the days of these columns."""
    if not days:
        return rows
    known = _by_row(days, rows)
    return [replace(row, days=found) for row, found in zip(rows, known, strict=True)]


def _by_row(read: Sequence[Understood[Value]], rows: Sequence[object]) -> list[dict[str, Value]]:
    """For each row what is known, by key."""
    result: list[dict[str, Value]] = [{} for _ in rows]
    for one in read:
        for known, value in zip(result, one.values, strict=True):
            if value is not None:
                known[one.key] = value
    return result


def _known(text: str) -> str:
    """The cell, or nothing where it only says that nothing is known."""
    return "" if is_filler(text) else text


def _id_problems(by_key: Mapping[str, Cells]) -> list[Problem]:
    """A problem for every id that was damaged, or says only that there is none beside a name."""
    if "id" not in by_key:
        return []
    fillers = texts_in(by_key["id"]).problems if "name" in by_key else ()
    return [*damaged(by_key["id"]), *(one for one in fillers if one.kind == "filler")]
