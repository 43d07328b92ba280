"""Text as records of cells: the delimiter, the quotation marks, and the line of each record."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kam.errors import Unreadable

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

# Records looked at to find the delimiter and the header: a page of the file; and the characters
# in which they must lie to be looked at.
LOOKED_AT = 60
LOOKED_AT_CHARACTERS = 262_144

# The widest genuine export we know (all customer fields of Dynamics 365 Finance) has 212 columns.
MOST_COLUMNS = 250

# Cells held at once: 20,000 customers of 60 columns have 1.2 million. More costs the server more
# memory than one person's file may.
MOST_CELLS = 3_000_000

# Lines of a file, empty ones counted: ten for each of 100,000 customers.
MOST_LINES = 1_000_000

# A delimiter that splits fewer of the records looked at stands inside a few texts and separates
# nothing. Share, 0-1; origin: one name in twenty with a comma, ten lines of title above a table.
LEAST_SPLIT = 0.2

# Delimiters on one line beyond which nothing is a table; the line is not even split, because its
# list of cells would cost more memory than the file. Excel has 16,384 columns.
LINE_DELIMITERS = 20_000

# A character that no text file holds: with it as the delimiter a line stays one cell.
ONE_COLUMN = "\x1f"

# Stands for a quotation mark that encloses nothing while cells are split; no text file holds it.
QUOTATION = "\x1e"

# Line numbers named in one sentence; more would not be read.
NAMED_LINES = 5

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


# A backslash that does not stand for a quotation mark; what it stands for, nobody can tell.
_OTHER_BACKSLASH = re.compile(r"\\[^\"]")


class Record(NamedTuple):
    """One row of the file and the line on which it begins (1 is the first line)."""

    line: int
    cells: list[str]


class Split(NamedTuple):
    """The records of a text, and sentences about how it had to be split."""

    records: list[Record]
    notes: tuple[str, ...]


def delimiter_of(text: str) -> str:
    """The delimiter with which most records get the same number of cells; "" for one column."""
    best, best_fit = "", (LEAST_SPLIT, 0)
    for delimiter in DELIMITERS:
        fit = _fit(text[:LOOKED_AT_CHARACTERS], delimiter)
        if fit > best_fit:
            best, best_fit = delimiter, fit
    return best


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the first records that have the usual number of cells, and that number."""
    records: list[Record] = []
    broken = False
    try:
        records.extend(islice(records_in("", text, delimiter), LOOKED_AT))
    except Unreadable:
        broken = True
    if not records:
        return (0.0, 0) if broken else (1.0, 0)  # the text holds nothing but this delimiter
    widths = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (times / len(records), width)


def records_in(name: str, text: str, delimiter: str) -> Iterator[Record]:
    """The records with any text in them; a record may span lines inside quotes.

    Raises:
        Unreadable: a quote is opened and never closed, or closed in the middle of a cell; a cell
            or a line of a length that no table has.
    """
    lines = _lines(name, text)
    reader = csv.reader(lines, delimiter=delimiter or ONE_COLUMN, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            message = (
                f"We could not read {name}: the record that begins on line {line} has a quotation "
                "mark in a place where none can be, or a cell of more than 131,072 characters. "
                "Repair that line and choose the file again."
            )
            raise Unreadable(message) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)


def _lines(name: str, text: str) -> Iterator[str]:
    """The lines with their ends; a carriage return alone ends a line, too.

    Raises:
        Unreadable: a line with more delimiters, or a file with more lines, than a table has.
    """
    for number, found in enumerate(_LINE.finditer(text)):
        line = found.group()
        if len(line) > LINE_DELIMITERS:
            _refuse_countless(name, max(map(line.count, DELIMITERS)))
        if number == MOST_LINES:
            message = f"We could not read {name}: it has more than {MOST_LINES:,} lines."
            raise Unreadable(f"{message} Leave out the empty ones.")
        yield line


def _refuse_countless(name: str, delimiters: int) -> None:
    if delimiters > LINE_DELIMITERS:
        message = (
            f"We could not read {name}: it has a line with {delimiters + 1:,} columns. Leave out "
            "those that say nothing about customers."
        )
        raise Unreadable(message)


def split(name: str, text: str, delimiter: str, most: int) -> Split:
    r"""The first `most` records; other ways of writing quotation marks are tried and told.

    Some programs write \" for a quotation mark inside quotes, and Excel puts cells on the
    clipboard without quotes around those that begin with one. Such a reading counts only if it
    gives every record the same number of cells.

    Raises:
        Unreadable: as in `records_in`, if no other way gives an even table.
    """
    try:
        return Split(_first(name, records_in(name, text, delimiter), most), ())
    except Unreadable:
        for other, note in _OTHER_WAYS:
            records = _evenly(other(text, delimiter), most)
            if records:
                return Split(records, (note,))
        raise


def _first(name: str, records: Iterator[Record], most: int) -> list[Record]:
    """The first records, without the empty cells that only widen them beyond any table."""
    found, count = [], 0
    for record in islice(records, most):
        used = max(filled_width(record.cells), MOST_COLUMNS)
        found.append(
            record._replace(cells=record.cells[:used]) if len(record.cells) > used else record
        )
        count += min(len(record.cells), used)
        if count > MOST_CELLS:
            raise too_many_cells(name, MOST_CELLS)
    return found


def too_many_cells(name: str, most: int) -> Unreadable:
    """The sentence for a table that would cost the server more memory than one file may."""
    return Unreadable(
        f"We could not read {name}: it has more than {most:,} cells. Leave out the columns that "
        "say nothing about customers."
    )


def _evenly(records: Iterator[Record], most: int) -> list[Record]:
    """The records, if all have the same number of cells and more than one; else none."""
    try:
        found = _first("", records, most)
    except (Unreadable, csv.Error):
        return []
    widths = {len(record.cells) for record in found}
    return found if len(widths) == 1 and widths != {1} else []


def _backslashes(text: str, delimiter: str) -> Iterator[Record]:
    if '\\"' not in text or QUOTATION in text or _OTHER_BACKSLASH.search(text):
        return
    for record in records_in("", text.replace('\\"', QUOTATION), delimiter):
        yield Record(record.line, [cell.replace(QUOTATION, '"') for cell in record.cells])


def _unquoted(text: str, delimiter: str) -> Iterator[Record]:
    if delimiter != "\t":
        return
    reader = csv.reader(_lines("", text), delimiter="\t", quoting=csv.QUOTE_NONE)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Record(reader.line_num, cells)


_OTHER_WAYS: tuple[tuple[Callable[[str, str], Iterator[Record]], str], ...] = (
    (_backslashes, "Quotation marks inside cells are written with a backslash."),
    (_unquoted, "Quotation marks are read as they stand; none of them encloses a cell."),
)


def filled_width(cells: Sequence[str]) -> int:
    """The number of cells up to the last one with any text; 0 if none has."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def listed_lines(lines: Sequence[int], in_all: int | None = None) -> str:
    """Where something is, to end a sentence: one line, or the first few and how many more.

    `in_all` is how many there are where `lines` holds only the first of them.
    """
    count = in_all or len(lines)
    shown = ", ".join(str(line) for line in lines[:NAMED_LINES])
    more = f" and {count - NAMED_LINES:,} more" if count > NAMED_LINES else ""
    return f"{'line' if count == 1 else 'lines'} {shown}{more}"
