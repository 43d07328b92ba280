"""The lines of a ledger in the database, read with the layout that its cells really have.

How cells are written (decimal commas, currency signs, dates with slashes) is taken from the
beginning of each file. What the whole then leaves unread tells whether that was right; only where
a file shows something that its beginning did not are its cells looked at once more, and the files
read again if that changes anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.figures import sql_figure
from kam.intake.orders import cells, entries
from kam.intake.orders.cells import FACTORS, PRICED, Cell, Layout, is_typed
from kam.intake.orders.entries import READ_COLUMNS, Load, Rejected, ask
from kam.intake.orders.headings import Headers, told_units
from kam.intake.orders.layouts import Asked, layouts, notes
from kam.intake.orders.marks import Scan, Shown, shown
from kam.intake.orders.opened import Opened
from kam.intake.orders.places import lines_at
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile, ParquetFile
from kam.intake.orders.text_files import unwrapped_in
from kam.intake.tables.files import listed_lines
from kam.model import LedgerChoices

# Rows of each file from which the layout is taken at first.
BEGINNING = 20_000

# Share of the whole work that reading takes; counting takes the rest. 0-1.
READING_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Question:
    """What is known before the files are read.

    Attributes:
        chosen: our name of a column -> its header.
        choices: what a person has said.
        progress: whom to tell how far the reading is.
    """

    chosen: Mapping[str, str]
    choices: LedgerChoices
    progress: Progress

    @property
    def limit(self) -> date:
        """The last day on which a line may be."""
        return self.choices.end or datetime.now(UTC).date()


class Loaded(NamedTuple):
    """A file in table `lines`: its first record there, and what was no row of it."""

    opened: Opened
    first: int
    rejected: Rejected


class Read(NamedTuple):
    """The files of a ledger in table `lines`, and sentences about how they are written.

    `headers` is what the names of money columns say; `named` is whether the lines have a column of
    currencies only because figures stand beside them.
    """

    files: tuple[Loaded, ...]
    notes: tuple[str, ...]
    headers: Headers = Headers()
    named: bool = False


def loaded(
    connection: duckdb.DuckDBPyConnection, opened: Sequence[Opened], question: Question
) -> Read:
    """The files of one ledger; table `lines` holds their rows typed, without unread texts.

    Raises:
        Unreadable: another encoding begins on some line, or dates or figures have two readings.
        Refused: headers name different currencies, or thousands stand outside of the table.
    """
    samples = [one.sample for one in opened]
    headers = told_units(question.chosen, question.choices, samples)
    looks = [_look(connection, one, question, BEGINNING) for one in opened]
    asked = Asked(opened, looks, question.chosen, question.choices, headers.factors)
    first = _provisional(asked)
    found = first or tuple(Layout(factors=headers.factors) for _ in opened)
    files = _load(connection, opened, found, question.progress)
    bare = _unwrapped(connection, opened)
    if bare != opened:
        return loaded(connection, bare, question)
    odd = set(_odd_files(connection, files, asked, found)) if first else set(range(len(opened)))
    if odd:
        for at in odd:
            looks[at] = _look(connection, opened[at], question, None)
        better = layouts(asked)
        if better != found:
            found = better
            files = _load(connection, opened, found, question.progress)
    if "amount" not in question.chosen and _needs_room(connection, opened, found):
        found = tuple(replace(one, wide=True) for one in found)
        files = _load(connection, opened, found, question.progress)
    if _texts(opened):
        connection.execute("ALTER TABLE lines DROP COLUMN unread")
    told = (*_file_notes(opened), *notes(asked, found), *headers.notes)
    return Read(files, told, headers, found[0].named and "currency" not in question.chosen)


def _look(
    connection: duckdb.DuckDBPyConnection, one: Opened, question: Question, most: int | None
) -> Shown:
    keys = [key for key in READ_COLUMNS if key in question.chosen]
    return shown(connection, one.file, Scan(keys, question.limit, most))


def _provisional(asked: Asked) -> tuple[Layout, ...]:
    """The layouts that the beginnings tell; none where they leave a question open."""
    try:
        return layouts(asked)
    except Unreadable:
        return ()


def _texts(opened: Sequence[Opened]) -> tuple[str, ...]:
    """Our names of the columns with dates and figures that some file holds as texts."""
    files = [one.file for one in opened]
    return tuple(
        key
        for key in READ_COLUMNS
        if any(
            not is_typed(key, file.kinds[file.places[key]]) for file in files if key in file.places
        )
    )


def _load(
    connection: duckdb.DuckDBPyConnection,
    opened: Sequence[Opened],
    found: Sequence[Layout],
    progress: Progress,
) -> tuple[Loaded, ...]:
    files: list[Loaded] = []
    rows, texts = 0, _texts(opened)
    for at, one in enumerate(opened):
        begin, end = (READING_SHARE * place / len(opened) for place in (at, at + 1))
        progress.part(begin, end, read=rows, coming=one.rows)
        entries.load(connection, one.file, Load(at, found[at], texts=texts))
        rejected = entries.rejected(connection) if isinstance(one.file, CsvFile) else Rejected()
        _refuse_other_encoding(one, rejected)
        files.append(Loaded(one, rows, rejected))
        rows = int(ask(connection, "SELECT count(*) FROM lines")[0][0])
    progress.part(READING_SHARE, 1.0, read=rows)
    return tuple(files)


def _refuse_other_encoding(one: Opened, rejected: Rejected) -> None:
    if rejected.undecodable:
        lines = lines_at(one, rejected.undecodable)
        message = (
            f"We could not read {one.name}: it begins in UTF-8, and {listed_lines(lines)} "
            "cannot be read that way. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)


def _unwrapped(connection: duckdb.DuckDBPyConnection, opened: Sequence[Opened]) -> Sequence[Opened]:
    """The files with ="00123" read as 00123 where any line behind their beginning has such."""
    tests = ["""customer >= '="' AND customer < '=#'"""]
    if _texts(opened):
        tests.append("""unread IS NOT NULL AND contains(unread::VARCHAR, '="')""")
    if not any(ask(connection, f"SELECT 1 FROM lines WHERE {test} LIMIT 1") for test in tests):  # noqa: S608 -- our own conditions
        return opened
    return [
        one if _is_bare(one) else unwrapped_in(one, frozenset(one.file.places.values()))
        for one in opened
    ]


def _is_bare(one: Opened) -> bool:
    """Whether nothing is left to unwrap in the cells that are used."""
    file = one.file
    return isinstance(file, ParquetFile) or file.wrapped.issuperset(file.places.values())


def _odd_files(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Loaded],
    asked: Asked,
    found: Sequence[Layout],
) -> Iterator[int]:
    """The files that show something that their beginning did not.

    That is a text which would be a date or a figure in another layout, or a fraction where no cell
    has proved a decimal point: 1.234 may be a thousand.
    """
    texts = _texts(asked.opened)
    otherwise = [test for key in texts for test in _other_readings(key)]
    ends = [*(str(one.first) for one in files[1:]), "NULL"]
    for at, (one, end) in enumerate(zip(files, ends, strict=True)):
        tests = [
            _has_fraction(column, asked.factors.get(column, 1))
            for column in _unproven(asked, at, found[at])
        ]
        if otherwise:
            read = ", ".join(f"CASE WHEN {test} IS NOT NULL THEN true END" for test in otherwise)
            tests.append(f"(unread IS NOT NULL AND coalesce({read}, false))")
        part = f"rowid >= {one.first} AND coalesce(rowid < {end}, true)"
        sql = f"SELECT 1 FROM lines WHERE {part} AND ({' OR '.join(tests)}) LIMIT 1"  # noqa: S608 -- our own conditions
        if tests and ask(connection, sql):
            yield at


def _unproven(asked: Asked, at: int, layout: Layout) -> set[str]:
    """Columns of money in table `lines` that are plain here, and prove no decimal point."""
    return {
        "amount" if key in FACTORS else key
        for key, seen in asked.shown[at].figures.items()
        if key in PRICED and key not in layout.figures and not seen.points
    }


def _has_fraction(column: str, factor: int) -> str:
    """SQL for whether a figure, as it stands in the file, is not whole; `factor` multiplies it."""
    whole = f"trunc({column})" if factor == 1 else f"trunc({column} / {factor}) * {factor}"
    return f"{column} <> {whole}"


def _other_readings(key: str) -> list[str]:
    """SQL for what the unread text of a column holds in every layout that is not plain."""
    text = f"unread['{key}']"
    if key == "date":
        return [cells.other_day(Cell(text), order) for order in ("day", "month", "year")]
    return [sql_figure(text, mark) for mark in (".", ",")]


def _needs_room(
    connection: duckdb.DuckDBPyConnection, opened: Sequence[Opened], found: Sequence[Layout]
) -> bool:
    """Whether some line has no money only because quantity or price needs more room."""
    if not ask(connection, "SELECT 1 FROM lines WHERE amount IS NULL LIMIT 1"):
        return False
    for one, layout in zip(opened, found, strict=True):
        file = one.file
        known = {key: Cell(f"c{at}", file.kinds[at]) for key, at in file.places.items()}
        small, large = cells.amount(known, layout), cells.amount(known, replace(layout, wide=True))
        test = f"({small}) IS NULL AND ({large}) IS NOT NULL"
        if ask(connection, f"SELECT 1 FROM {file.rows_sql} WHERE {test} LIMIT 1"):  # noqa: S608 -- our own
            return True
    return False


def _file_notes(opened: Sequence[Opened]) -> list[str]:
    """What was detected about each file; with its name where there are several."""
    told = [(one.name, note) for one in opened for note in (*one.sample.notes, *_zones(one))]
    return [note if len(opened) == 1 else f"{name}: {note}" for name, note in told]


def _zones(one: Opened) -> list[str]:
    """A sentence on times with a zone, which a Parquet file may hold."""
    place = one.file.places["date"]
    if not isinstance(one.file, ParquetFile) or place not in one.file.zoned:
        return []
    return [f"Column {one.file.columns[place]} holds times with a zone; days are those of UTC."]
