"""Rows of a matched table -> checked customers, with every problem named by line.

A cell that cannot be read never becomes zero: the value stays unknown, the row is kept and the
problem says what was found. Only a row without a name of its own, a customer met before, or a
line of totals is blocked. Nothing is stored here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kam.errors import Refused, Unreadable
from kam.intake.figures import Mark, likely_mark
from kam.intake.headers.content import is_filler
from kam.intake.headers.matching import Target, folded
from kam.intake.lists.days import days_in
from kam.intake.lists.fields import (
    FACT,
    YES,
    Answer,
    Cells,
    Understood,
    Value,
    Written,
    answers_in,
    figures_in,
    place_of,
    texts_in,
)
from kam.intake.lists.footers import without_footer
from kam.intake.lists.ids import damaged
from kam.intake.lists.proposal import listed
from kam.intake.lists.repairs import Problem, ProblemGroup, Repair, grouped, repaired
from kam.intake.lists.second_tables import without_second_table
from kam.intake.lists.totals import adds_up, is_total
from kam.intake.tables.files import Table
from kam.names.key import name_key

__all__ = [
    "FACT",
    "LONGEST_NAME",
    "Answer",
    "Checked",
    "Problem",
    "ProblemGroup",
    "Repair",
    "Row",
    "Written",
    "check",
    "repaired",
]

# A name or id longer than this is a text in the wrong column. Characters.
LONGEST_NAME = 200

# Columns (folded) with which a file marks its own rows as deleted, and what it writes there.
# Salesforce, its warehouse copies, and SAP (LOEVM).
DELETED = frozenset({"isdeleted", "fivetrandeleted", "deleted", "loevm", "loschvormerkung"})
IS_DELETED = YES | {"x"}

# Columns (folded) that name the currency of each row.
CURRENCY_OF_ROW = frozenset(
    {
        *("currency", "currencycode", "currencyid", "currencyisocode", "accountcurrency"),
        *("annualrevenuecurrency", "transactioncurrency", "transactioncurrencyid", "waers"),
        *("salescurrencycode", "wahrung", "wahrungscode", "uwaer"),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One customer as found in the file.

    Attributes:
        line: where the row begins in the file.
        name: as written; equal to `id` if the file has no names, or none in this row.
        id: as written; empty if the file has none.
        texts: target key -> text, only where there is one.
        numbers: target key (or the header of a fact) -> number, only where there is one.
        answers: target key -> yes, no or unknown.
        days: target key -> day, only where there is one.
    """

    line: int
    name: str
    id: str
    texts: Mapping[str, str]
    numbers: Mapping[str, float]
    answers: Mapping[str, Answer]
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows that can come in, the problems by line, and sentences about the whole.

    Attributes:
        currencies: header -> the one currency that its cells or its name give, where one is.
        marks: header of a column of numbers -> the decimal mark with which they were read.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    currencies: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[ProblemGroup, ...]:
        """The problems by how they are repaired; those that keep rows out come first."""
        return grouped(self.problems)


def check(
    table: Table,
    matching: Mapping[str, str],
    targets: Sequence[Target],
    written: Mapping[str, Written] | None = None,
) -> Checked:
    """The customers of a table, once a person has agreed which column goes where.

    Args:
        table: as read, or repaired.
        matching: header -> target key; headers that are not in it are left out.
        targets: all fields that a column may go to.
        written: header -> how its numbers are written, where a person has confirmed it.

    Raises:
        Unreadable: no column goes to the customer's name or id.
        Refused: two columns go to one field.
    """
    table, footer, second = _first_table(table)
    columns = _columns(table, matching, targets)
    by_key = {cells.target.key: cells for cells in columns}
    _require_identity(table, by_key)
    texts = [texts_in(cells) for cells in columns if _is_text(cells.target)]
    figures = [figures_in(one, (written or {}).get(one.header)) for one in _of(columns, "number")]
    answers = [answers_in(cells) for cells in _of(columns, "yes_no")]
    days = [days_in(one, (written or {}).get(one.header)) for one in _of(columns, "date")]
    rows = _dated(_rows(table, by_key, texts, figures, answers), days)
    blocked = _blocked(rows, by_key)
    stopped = {problem.line for problem in blocked}
    kept = tuple(row for row in rows if row.line not in stopped)
    read: list[Understood[str] | Understood[float] | Understood[Answer] | Understood[date]]
    read = [*texts, *figures, *answers, *days]
    problems = [*second, *blocked, *_deleted(table), *_perhaps_totals(kept, _naming(by_key))]
    problems += _id_problems(by_key)
    problems += [found for one in read for found in one.problems]
    problems.sort(key=lambda problem: problem.line)
    notes = [note for one in read for note in one.notes] + _row_currencies(table, columns)
    named = {one.header: one.currency for one in figures if one.currency}
    marks = {one.header: one.mark for one in figures}
    return Checked(kept, tuple(problems), (*footer, *notes, *_namesakes(kept)), named, marks)


def _first_table(table: Table) -> tuple[Table, tuple[str, ...], tuple[Problem, ...]]:
    """The table without what stands below it, and what is told of that."""
    table, footer = without_footer(table)
    table, second = without_second_table(table)
    return table, footer, second


def _is_text(target: Target) -> bool:
    return target.kind == "text" and target.key not in {"name", "id"}


def _of(columns: Iterable[Cells], kind: str) -> list[Cells]:
    return [cells for cells in columns if cells.target.kind == kind]


def _columns(
    table: Table, matching: Mapping[str, str], targets: Sequence[Target]
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


def _naming(by_key: Mapping[str, Cells]) -> Cells:
    """The column that names the customers."""
    return by_key["name" if "name" in by_key else "id"]


def _blocked(rows: Sequence[Row], by_key: Mapping[str, Cells]) -> list[Problem]:
    """A problem for every row that cannot come in, in the order of the file."""
    cells = _naming(by_key)
    result = []
    seen: dict[str, int] = {}
    for at, row in enumerate(rows):
        problem = (
            _name_problem(row, at, cells, by_key)
            or _total(rows, at, cells)
            or _met_before(row, at, cells, seen)
        )
        if problem:
            result.append(problem)
        else:
            seen |= dict.fromkeys(_left_behind(row), row.line)
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


def _total(rows: Sequence[Row], at: int, cells: Cells) -> Problem | None:
    """A problem for a line that is called a total and, if it says more, is the sum of the others.

    "Total" in France is a customer.
    """
    row = rows[at]
    if not is_total(row.name):
        return None
    if row.texts and not adds_up([above.numbers for above in rows[:at]], row.numbers):
        return None
    return cells.problem(at, "totals", "It looks like a line of totals; skip it.", blocks=True)


def _perhaps_totals(kept: Sequence[Row], cells: Cells) -> list[Problem]:
    """A question for every row called a total, and for a last one without id that adds up."""
    found = {
        row.line: "It is called like a line of totals."
        for row in kept
        if row.texts and is_total(row.name)
    }
    if kept and not kept[-1].id:
        *above, last = kept
        if column := adds_up([row.numbers for row in above], last.numbers):
            found[last.line] = f"Its {column.replace('_', ' ')} is the sum of all rows above."
    return [
        cells.problem(cells.lines.index(line), "sum", f"{why} Skip it if it is no customer.")
        for line, why in found.items()
    ]


def _looked_for(row: Row) -> list[str]:
    """What no earlier row may have left: the id, and the name where one of the two has no id."""
    name = name_key(row.name)
    return [f"id {row.id}", f"name without id {name}"] if row.id else [f"name {name}"]


def _left_behind(row: Row) -> list[str]:
    name = name_key(row.name)
    return [f"name {name}", f"id {row.id}" if row.id else f"name without id {name}"]


def _met_before(row: Row, at: int, cells: Cells, seen: Mapping[str, int]) -> Problem | None:
    first = next((seen[mark] for mark in _looked_for(row) if mark in seen), None)
    if first is None:
        return None
    found = f"{row.name} ({row.id})" if row.id and row.id != row.name else row.name
    message = (
        f'Row {row.line}, column {cells.header}: we found "{found[:60]}", which is already in row '
        f"{first}. Skip one of the two, or give each its own id."
    )
    blocked = cells.problem(at, "twice", "", blocks=True)
    return replace(blocked, message=message)


def _deleted(table: Table) -> list[Problem]:
    """A problem for every row that its own file marks as deleted; it comes in all the same."""
    what = "The row is marked as deleted in the file; skip it if it is no customer any more."
    return [
        Problem(line, header, text, f"{place_of(line, header, text)} {what}", kind="deleted")
        for header in table.headers
        if folded(header) in DELETED
        for line, text in zip(table.line_numbers, table.column(header), strict=True)
        if text.casefold() in IS_DELETED
    ]


def _row_currencies(table: Table, columns: Iterable[Cells]) -> list[str]:
    """A sentence on every column that gives rows different currencies, if money comes in."""
    if not any(cells.target.kind == "number" for cells in columns):
        return []
    headers = [header for header in table.headers if folded(header) in CURRENCY_OF_ROW]
    named = {header: sorted(set(table.column(header)) - {""}) for header in headers}
    return [
        f"Column {header} gives the rows different currencies ({', '.join(codes[:5])}). Nothing is "
        "converted: bring in one currency, or amounts that your program has converted."
        for header, codes in named.items()
        if len(codes) > 1
    ]


def _namesakes(rows: Sequence[Row]) -> list[str]:
    """A sentence on the names that several customers with different ids share."""
    spelled: dict[str, list[str]] = {}
    for row in rows:
        if row.id and row.id != row.name:
            spelled.setdefault(name_key(row.name), []).append(row.name)
    shared = [names for names in spelled.values() if len(names) > 1]
    if len(shared) == 1:
        [names] = shared
        return [f"{len(names)} customers share the name {_once(names)}; their ids keep them apart."]
    told = listed(f"{_once(names)} ({len(names)})" for names in shared)
    several = f"{len(shared):,} names are shared by several customers, whom their ids keep apart"
    return [f"{several}: {told}."] if shared else []


def _once(names: Sequence[str]) -> str:
    """Every spelling of a name once: "Ash GmbH / Ash AG"."""
    return " / ".join(dict.fromkeys(names))
