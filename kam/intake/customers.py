"""Rows of a matched table -> checked customers, with every problem named by line.

A cell that cannot be read never becomes zero: the value stays unknown, the row is kept and the
problem says what was found. Only a row without a name of its own, a customer met before, or a
line of totals is blocked. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kam.errors import Refused, Unreadable
from kam.intake.figures import LARGEST, Mark, exact, numbers
from kam.intake.files import Table
from kam.intake.matching import Target, folded

Answer = Literal["yes", "no", "unknown"]
Value = TypeVar("Value")

# A name longer than this is a text in the wrong column. Characters.
LONGEST_NAME = 200

# Target key under which any number of columns are kept as numbers, each by its own header.
FACT = "fact"

YES = frozenset({"yes", "y", "true", "1", "ja", "oui"})
NO = frozenset({"no", "n", "false", "0", "nein", "non"})
UNKNOWN = frozenset({"", "unknown", "unbekannt", "inconnu", "?"})

# First words of a line that adds up the lines above it.
TOTALS = frozenset({"total", "totals", "grandtotal", "sum", "summe", "gesamt", "gesamtsumme"})


@dataclass(frozen=True, slots=True)
class Row:
    """One customer as found in the file.

    Attributes:
        line: where the row begins in the file.
        name: as written; equal to `id` if the file has no names.
        id: as written; empty if the file has none.
        texts: target key -> text, only where there is one.
        numbers: target key (or the header of a fact) -> number, only where there is one.
        answers: target key -> yes, no or unknown.
    """

    line: int
    name: str
    id: str
    texts: Mapping[str, str]
    numbers: Mapping[str, float]
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to repair: where, what was found, what to do; `blocks` if the row stays out."""

    line: int
    column: str
    found: str
    message: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that can come in, the problems by line, and sentences about the whole."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cells:
    """One matched column: its header, its target, a text per row."""

    header: str
    target: Target
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read(Generic[Value]):
    """One column understood: a value per row (None if unknown), problems, perhaps a note."""

    key: str
    values: Sequence[Value | None]
    problems: tuple[Problem, ...] = ()
    note: str = ""


def check(
    table: Table,
    matching: Mapping[str, str],
    targets: Sequence[Target],
    decimals: Mapping[str, Mark] | None = None,
) -> Checked:
    """The customers of a table, once a person has agreed which column goes where.

    Args:
        table: as read.
        matching: header -> target key; headers that are not in it are left out.
        targets: all fields that a column may go to.
        decimals: header -> decimal mark, where a person has answered the question in a note.

    Raises:
        Unreadable: no column goes to the customer's name or id.
        Refused: two columns go to one field.
    """
    columns = _columns(table, matching, targets)
    by_key = {cells.target.key: cells for cells in columns}
    _require_identity(table, by_key)
    read = [_figures(cells, table, decimals or {}) for cells in columns if _is(cells, "number")]
    answers = [_answers(cells, table) for cells in columns if _is(cells, "yes_no")]
    rows = [
        Row(line, *_identity(by_key, at), _texts(columns, at), _at(read, at), _at(answers, at))
        for at, line in enumerate(table.line_numbers)
    ]
    blocked = _blocked(rows, by_key)
    stopped = {problem.line for problem in blocked}
    problems = [problem for one in read for problem in one.problems]
    problems += [problem for one in answers for problem in one.problems]
    kept = tuple(row for row in rows if row.line not in stopped)
    every = sorted([*problems, *blocked], key=lambda problem: problem.line)
    notes = [one.note for one in read if one.note] + _namesakes(kept)
    return Checked(kept, tuple(every), tuple(notes))


def _is(cells: _Cells, kind: str) -> bool:
    return cells.target.kind == kind


def _columns(
    table: Table, matching: Mapping[str, str], targets: Sequence[Target]
) -> tuple[_Cells, ...]:
    twice = [key for key, times in Counter(matching.values()).items() if times > 1 and key != FACT]
    by_key = {target.key: target for target in targets}
    if twice:
        headers = ", ".join(f'"{one}"' for one, key in matching.items() if key == twice[0])
        label = by_key[twice[0]].label
        message = f"We cannot fill {label} from two columns: {headers}. Choose one of them."
        raise Refused(message)
    return tuple(
        _Cells(header, by_key[key], table.column(header))
        for header, key in matching.items()
        if header in table.headers
    )


def _require_identity(table: Table, by_key: Mapping[str, _Cells]) -> None:
    if not by_key.keys() & {"name", "id"}:
        found = ", ".join(f'"{header}"' for header in table.headers)
        message = (
            f"We found no column with the customer's name in {table.name}. The columns are: "
            f"{found}. Choose the one that names the customer."
        )
        raise Unreadable(message)


def _identity(by_key: Mapping[str, _Cells], at: int) -> tuple[str, str]:
    """Name and id of one row; the id stands in where the file has no column of names."""
    id_ = by_key["id"].texts[at] if "id" in by_key else ""
    name = by_key["name"].texts[at] if "name" in by_key else id_
    return name, id_


def _texts(columns: Iterable[_Cells], at: int) -> dict[str, str]:
    return {
        cells.target.key: cells.texts[at]
        for cells in columns
        if cells.target.kind in {"text", "date"}
        and cells.target.key not in {"name", "id"}
        and cells.texts[at]
    }


def _at(read: Iterable[_Read[Value]], at: int) -> dict[str, Value]:
    found = {one.key: one.values[at] for one in read}
    return {key: value for key, value in found.items() if value is not None}


def _figures(cells: _Cells, table: Table, decimals: Mapping[str, Mark]) -> _Read[float]:
    read = numbers(cells.header, cells.texts, decimals.get(cells.header))
    mark = read.decision.mark
    problems = tuple(
        _no_number(line, cells.header, text, mark)
        for line, text, value in zip(table.line_numbers, cells.texts, read.values, strict=True)
        if text and value is None
    )
    key = cells.header if cells.target.key == FACT else cells.target.key
    return _Read(key, read.values, problems, read.decision.note)


def _no_number(line: int, column: str, text: str, mark: Mark) -> Problem:
    if exact(text, mark) is None:
        what = "Enter a number or leave it empty."
    else:
        what = f"Numbers up to {LARGEST:,.0f} can be read; check whether this is one."
    return Problem(line, column, text, f"{_place(line, column, text)} {what}")


def _place(line: int, column: str, text: str) -> str:
    return f'Row {line}, column {column}: we found "{text[:60]}".'


def _answers(cells: _Cells, table: Table) -> _Read[Answer]:
    values = [_answer(text) for text in cells.texts]
    problems = tuple(
        Problem(line, cells.header, text, f"{_place(line, cells.header, text)} Enter yes or no.")
        for line, text, value in zip(table.line_numbers, cells.texts, values, strict=True)
        if value is None
    )
    return _Read(cells.target.key, [value or "unknown" for value in values], problems)


def _answer(text: str) -> Answer | None:
    word = text.strip().casefold()
    if word in YES:
        return "yes"
    if word in NO:
        return "no"
    return "unknown" if word in UNKNOWN else None


def _blocked(rows: Sequence[Row], by_key: Mapping[str, _Cells]) -> list[Problem]:
    """A problem for every row that cannot come in, in the order of the file."""
    column = by_key["name" if "name" in by_key else "id"].header
    result = []
    seen: dict[str, int] = {}
    for row in rows:
        problem = _name_problem(row, column) or _met_before(row, column, seen)
        if problem:
            result.append(problem)
        else:
            seen |= dict.fromkeys(_left_behind(row), row.line)
    return result


def _name_problem(row: Row, column: str) -> Problem | None:
    if not folded(row.name) and not row.name.strip():
        message = f"Row {row.line}, column {column}: there is no name. Enter one or skip the row."
        return Problem(row.line, column, "", message, blocks=True)
    if len(row.name) > LONGEST_NAME:
        message = (
            f"{_place(row.line, column, row.name)} That is {len(row.name):,} characters. Enter a "
            f"name of at most {LONGEST_NAME}."
        )
        return Problem(row.line, column, row.name, message, blocks=True)
    if folded(row.name) in TOTALS and not row.texts:
        message = f"{_place(row.line, column, row.name)} It looks like a line of totals; skip it."
        return Problem(row.line, column, row.name, message, blocks=True)
    return None


def _looked_for(row: Row) -> list[str]:
    """What no earlier row may have left: the id, and the name where one of the two has no id."""
    name = _name_key(row.name)
    return [f"id {row.id}", f"name without id {name}"] if row.id else [f"name {name}"]


def _left_behind(row: Row) -> list[str]:
    name = _name_key(row.name)
    return [f"name {name}", f"id {row.id}" if row.id else f"name without id {name}"]


def _name_key(name: str) -> str:
    """The name without case, accents and punctuation; as it stands if nothing would be left."""
    return folded(name) or name.strip()


def _met_before(row: Row, column: str, seen: Mapping[str, int]) -> Problem | None:
    first = next((seen[mark] for mark in _looked_for(row) if mark in seen), None)
    if first is None:
        return None
    found = f"{row.name} ({row.id})" if row.id and row.id != row.name else row.name
    message = (
        f'Row {row.line}, column {column}: we found "{found}", which is already in row {first}. '
        "Skip one of the two, or give each its own id."
    )
    return Problem(row.line, column, row.name, message, blocks=True)


def _namesakes(rows: Sequence[Row]) -> list[str]:
    """A sentence for every name that several customers with different ids share."""
    counts = Counter(_name_key(row.name) for row in rows if row.id and row.id != row.name)
    first = {_name_key(row.name): row.name for row in reversed(rows)}
    return [
        f"{times} customers share the name {first[key]}; their ids keep them apart."
        for key, times in counts.items()
        if times > 1
    ]
