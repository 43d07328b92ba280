"""Rows that stay out as they are, or may be no customers: nameless, totals, met before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kam.intake.headers.content import is_filler
from kam.intake.lists.checked import Row
from kam.intake.lists.fields import Cells
from kam.intake.lists.repairs import Problem
from kam.intake.lists.totals import Above, Sums, is_total
from kam.names.key import name_key

# A name or id longer than this is a text in the wrong column. Characters.
LONGEST_NAME = 200


def naming(by_key: Mapping[str, Cells]) -> Cells:
    """The column that names the customers."""
    return by_key["name" if "name" in by_key else "id"]


def blocked_rows(rows: Sequence[Row], by_key: Mapping[str, Cells]) -> list[Problem]:
    """A problem for every row that cannot come in, in the order of the file."""
    cells, above = naming(by_key), Above()
    result = []
    seen: dict[str, int] = {}
    for at, row in enumerate(rows):
        total = _total(row, at, cells, above)
        problem = _name_problem(row, at, cells, by_key) or total or _met(row, at, by_key, seen)
        if problem:
            result.append(problem)
        else:
            for mark in _left_behind(row):
                seen[mark] = row.line
        if total:
            above.end_block()
        else:
            above.add(row.numbers)
    return result


def _name_problem(row: Row, at: int, cells: Cells, by_key: Mapping[str, Cells]) -> Problem | None:
    if not row.name.strip():
        message = (
            f"Row {row.line}, column {cells.header}: there is no name. Enter one or skip the row."
        )
        return replace(cells.problem(at, "no_name", "", blocks=True), message=message)
    if is_filler(row.name):
        what = "It names nobody. Enter a name or skip the row."
        return cells.problem(at, "no_name", what, blocks=True)
    for key, text in (("name", row.name), ("id", row.id)):
        if len(text) > LONGEST_NAME and key in by_key:
            what = f"That is {len(text):,} characters. Enter a {key} of at most {LONGEST_NAME}."
            return by_key[key].problem(at, "long", what, blocks=True)
    return None


def _total(row: Row, at: int, cells: Cells, above: Above) -> Problem | None:
    """A problem for a line that is called a total and, if it says more, is the sum of the others.

    "Total" in France is a customer.
    """
    if not is_total(row.name) or (row.texts and not above.adds_up(row.numbers)):
        return None
    return cells.problem(at, "totals", "It looks like a line of totals; skip it.", blocks=True)


def perhaps_totals(kept: Sequence[Row], cells: Cells) -> list[Problem]:
    """A question for every row called a total, and for a last one without id that adds up."""
    found = {
        row.line: "It is called like a line of totals."
        for row in kept
        if row.texts and is_total(row.name)
    }
    if kept and not kept[-1].id:
        *above, last = kept
        if column := Sums(row.numbers for row in above).adds_up(last.numbers):
            found[last.line] = f"Its {column.replace('_', ' ')} is the sum of all rows above."
    places = {line: at for at, line in enumerate(cells.lines) if line in found}
    end = "Skip it if it is no customer."
    return [
        cells.problem(places[line], "sum", f"{why} {end}", kept=True) for line, why in found.items()
    ]


def _looked_for(row: Row) -> list[str]:
    """What no earlier row may have left: the id, and the name where one of the two has no id."""
    name = name_key(row.name)
    return [f"id {row.id}", f"name without id {name}"] if row.id else [f"name {name}"]


def _left_behind(row: Row) -> list[str]:
    name = name_key(row.name)
    return [f"name {name}", f"id {row.id}" if row.id else f"name without id {name}"]


def _met(row: Row, at: int, by_key: Mapping[str, Cells], seen: Mapping[str, int]) -> Problem | None:
    """A problem for a customer that an earlier row has; it is of the cell that tells so."""
    mark = next((mark for mark in _looked_for(row) if mark in seen), None)
    if mark is None:
        return None
    by_id = "id" in by_key and mark == f"id {row.id}"
    cells = by_key["id"] if by_id else naming(by_key)
    found = f"{row.name} ({row.id})" if row.id and row.id != row.name else row.name
    message = (
        f'Row {row.line}, column {cells.header}: we found "{found[:60]}", which is already in row '
        f"{seen[mark]}. Skip one of the two, or {_apart(by_key, by_id=by_id)}."
    )
    blocked = cells.problem(at, "twice", "", blocks=True)
    return replace(blocked, message=message)


def _apart(by_key: Mapping[str, Cells], *, by_id: bool) -> str:
    """What tells two customers apart that a file takes for one."""
    if by_id:
        return "give this one its own id"
    if "id" in by_key:
        return "write a name here that tells them apart, or give both an id in the file"
    return "write a name here that tells them apart"
