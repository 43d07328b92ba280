"""The lines of a ledger in the database, read with the layout that its cells really have.

How cells are written (decimal commas, currency signs, dates with slashes) is taken from the
beginning of the files. What the whole then leaves unread tells whether that was right; only if
another layout would read more of it are the files read again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import NamedTuple

import duckdb

from kam.errors import Unreadable
from kam.intake.figures import Decision, decision, sql_figure
from kam.intake.orders import cells, entries
from kam.intake.orders.cells import Cell, Layout, is_typed
from kam.intake.orders.entries import READ_COLUMNS, Load, Rejected, ask
from kam.intake.orders.lines import Opened, lines_at
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile
from kam.intake.tables.files import listed_lines

# SQL for the text of a date that the layout could not read.
UNREAD_DATE = "unread['date']"

# Rows of each file from which the layout is taken at first.
BEGINNING = 20_000

# Different texts that are looked at to settle a column's decimal mark.
TEXTS_LOOKED_AT = 20_000

MONEY_COLUMNS = ("amount", "quantity", "unit_price", "cost", "serving")

# Share of the whole work that reading takes; counting takes the rest. 0-1.
READING_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Question:
    """What is known before the files are read.

    Attributes:
        chosen: our name of a column -> its header.
        day_first: whether 01/02/2025 is in February, where a person has answered that.
        progress: whom to tell how far the reading is.
    """

    chosen: Mapping[str, str]
    day_first: bool | None
    progress: Progress

    @property
    def money(self) -> tuple[str, ...]:
        """Our names of the columns that hold figures."""
        return tuple(key for key in MONEY_COLUMNS if key in self.chosen)


class Loaded(NamedTuple):
    """A file in table `lines`: its first record there, and what was no row of it."""

    opened: Opened
    first: int
    rejected: Rejected


class Read(NamedTuple):
    """The files of a ledger in table `lines`, and sentences about how they are written."""

    files: tuple[Loaded, ...]
    notes: tuple[str, ...]


def loaded(
    connection: duckdb.DuckDBPyConnection, opened: Sequence[Opened], question: Question
) -> Read:
    """The files of one ledger; table `lines` holds their rows typed, without unread texts.

    Raises:
        Unreadable: another encoding begins on some line, or dates have two readings.
    """
    names = " and ".join(one.name for one in opened[:2]) if len(opened) < 3 else "the files"
    texts = _texts(opened)
    layout = _provisional(connection, opened, question)
    files = _load(connection, opened, layout, question.progress)
    if _may_be_written_otherwise(connection, texts):
        if layout != Layout():
            files = _load(connection, opened, Layout(), question.progress)
        layout = _layout(connection, names, question, texts)
        if layout != Layout():
            files = _load(connection, opened, layout, question.progress)
    if texts:
        connection.execute("ALTER TABLE lines DROP COLUMN unread")
    return Read(files, (*_file_notes(opened), *_figure_notes(opened[0], question, layout, texts)))


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


def _provisional(
    connection: duckdb.DuckDBPyConnection, opened: Sequence[Opened], question: Question
) -> Layout:
    """The layout of the first rows; plain where they leave the order of dates open."""
    texts = _texts(opened)
    if not texts:
        return Layout()
    for at, one in enumerate(opened):
        entries.load(connection, one.file, Load(at, Layout(), BEGINNING, texts))
    try:
        return _layout(connection, "", question, texts)
    except Unreadable:
        return Layout()


def _load(
    connection: duckdb.DuckDBPyConnection,
    opened: Sequence[Opened],
    layout: Layout,
    progress: Progress,
) -> tuple[Loaded, ...]:
    files: list[Loaded] = []
    rows, texts = 0, _texts(opened)
    for at, one in enumerate(opened):
        begin, end = (READING_SHARE * place / len(opened) for place in (at, at + 1))
        progress.part(begin, end, read=rows, coming=one.rows)
        entries.load(connection, one.file, Load(at, layout, texts=texts))
        rejected = entries.rejected(connection) if isinstance(one.file, CsvFile) else Rejected()
        _refuse_other_encoding(one, rejected)
        files.append(Loaded(one, rows, rejected))
        rows = int(ask(connection, "SELECT count(*) FROM lines")[0][0])
    progress.part(READING_SHARE, 1.0, read=rows)
    return tuple(files)


def _refuse_other_encoding(one: Opened, rejected: Rejected) -> None:
    if rejected.undecodable:
        lines = lines_at(one.file, rejected.undecodable)
        message = (
            f"We could not read {one.name}: it begins in UTF-8, and {listed_lines(lines)} "
            "cannot be read that way. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)


def _may_be_written_otherwise(
    connection: duckdb.DuckDBPyConnection, texts: Collection[str]
) -> bool:
    """Whether a text that this layout left unread would be a date or a figure in another one."""
    if not texts:
        return False
    tests = [test for key in texts for test in _other_readings(key)]
    sql = Template("SELECT 1 FROM lines WHERE unread IS NOT NULL AND coalesce($tests) LIMIT 1")
    found = ", ".join(f"CASE WHEN {test} IS NOT NULL THEN true END" for test in tests)
    return bool(ask(connection, sql.substitute(tests=found)))


def _other_readings(key: str) -> list[str]:
    """SQL for what the unread text of a column holds in every layout that is not plain."""
    if key == "date":
        return [cells.other_day(Cell(UNREAD_DATE), order) for order in ("day", "month")]
    return [sql_figure(f"unread['{key}']", mark) for mark in (".", ",")]


def _layout(
    connection: duckdb.DuckDBPyConnection, names: str, question: Question, texts: Collection[str]
) -> Layout:
    """The layout that the unread texts of a plain reading tell."""
    money = [key for key in texts if key != "date"]
    found = {key: _figures(connection, key, question.chosen[key]) for key in money}
    return Layout(
        _slashes(connection, names, question) if "date" in texts else "",
        {key: figures for key, figures in found.items() if figures},
    )


def _figures(connection: duckdb.DuckDBPyConnection, key: str, name: str) -> Decision | None:
    """What a money column that is not plain says about its decimal mark; None if it is plain."""
    sql = Template("""
    SELECT $text FROM lines WHERE $text IS NOT NULL
    GROUP BY $text ORDER BY min(rowid) LIMIT $most
    """).substitute(text=f"unread['{key}']", most=TEXTS_LOOKED_AT)
    texts = [str(row[0]) for row in ask(connection, sql)]
    return decision(name, texts) if texts else None


class SlashOrders(NamedTuple):
    """Dates that are not ISO: readable only day first, only month first, and either way."""

    only_day: int
    only_month: int
    either: int


def slash_orders(connection: duckdb.DuckDBPyConnection) -> SlashOrders:
    """How many of the unread dates in table `lines` tell which comes first."""
    day, month = (cells.slashed(UNREAD_DATE, order) for order in ("day", "month"))
    sql = Template("""
    SELECT
        count(*) FILTER ($day IS NOT NULL AND $month IS NULL),
        count(*) FILTER ($month IS NOT NULL AND $day IS NULL),
        count(*) FILTER ($day <> $month)
    FROM lines WHERE $unread IS NOT NULL
    """).substitute(day=day, month=month, unread=UNREAD_DATE)
    return SlashOrders(*(int(count) for count in ask(connection, sql)[0]))


def _slashes(connection: duckdb.DuckDBPyConnection, names: str, question: Question) -> str:
    """Which comes first in a date such as 01/02/2025: "day", "month", or "" if all are ISO."""
    if not ask(connection, f"SELECT 1 FROM lines WHERE {UNREAD_DATE} IS NOT NULL LIMIT 1"):  # noqa: S608 -- our own name of the column
        return ""
    only_day, only_month, either = slash_orders(connection)
    column = question.chosen["date"]
    if only_day and only_month:
        message = (
            f"We could not read {names}: column {column} has {only_day:,} dates with the day "
            f"first and {only_month:,} with the month first. Write them in one way."
        )
        raise Unreadable(message)
    if either and not only_day and not only_month and question.day_first is None:
        message = (
            f"We could not read {names}: the dates in column {column} fit two readings, day first "
            "and month first. Say which comes first."
        )
        raise Unreadable(message)
    if only_day or only_month:
        return "day" if only_day else "month"
    return "month" if question.day_first is False else "day"


def _file_notes(opened: Sequence[Opened]) -> list[str]:
    """What was detected about each file; with its name where there are several."""
    if len(opened) == 1:
        return list(opened[0].sample.notes)
    return [f"{one.name}: {note}" for one in opened for note in one.sample.notes]


def _figure_notes(
    first: Opened, question: Question, layout: Layout, texts: Collection[str]
) -> list[str]:
    """How figures in texts are read: columns that are not plain, points that may be thousands."""
    told = [found.note for found in layout.figures.values()]
    plain = [key for key in question.money if key in texts and key not in layout.figures]
    headers = [question.chosen[key] for key in plain if key != "quantity"]
    told += [decision(header, first.sample.column(header)).note for header in headers]
    return [note for note in told if note]
