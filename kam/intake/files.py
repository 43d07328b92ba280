"""A chosen file as a table of texts: every cell as it stands in the file, nothing interpreted.

Ids keep their leading zeros, "NA" stays "NA", an empty cell is "". What was detected (encoding,
delimiter, sheet, lines above the header) is told in `Table.notes`, so that a person can object.
What cannot be read for certain is refused with the line where it happens.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.encoding import decoded, unpacked
from kam.intake.sheets import Sheet, is_spreadsheet, visible_sheets

# A list of customers longer or wider than this is an export of something else. Rows, columns.
# The widest genuine export we know (all customer fields of Dynamics 365 Finance) has 212 columns.
MOST_ROWS = 20_000
MOST_COLUMNS = 250

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

# Records looked at to find the delimiter and the header: a page of the file.
LOOKED_AT = 60

# Cells that cannot be the name of a column: a number or a date, except for a year such as 2025.
_DATA = re.compile(r"[-+]?\d[\d.,]*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")

CUT_OFF = "The last line has no line break at its end; check that nothing is cut off."

# Line numbers named in one sentence; more would not be read.
NAMED_LINES = 5


class Record(NamedTuple):
    """One row of the file and the line on which it begins (1 is the first line)."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows below its header.

    Attributes:
        name: the file's name as given, only for messages.
        headers: unique column names, stripped; a column without one is called "Column 3".
        rows: one tuple per row, as long as the header; rows without any text are left out.
        line_numbers: for each row the line (or sheet row) on which it begins.
        encoding: of a text file; empty for a spreadsheet.
        delimiter: of a text file; empty for a spreadsheet or a single column.
        sheet: the sheet that was read; empty for a text file.
        sheets: all visible sheets of the workbook.
        notes: sentences about what was detected.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line_numbers: tuple[int, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def column(self, header: str) -> tuple[str, ...]:
        """The cells below a header, in the order of the rows."""
        place = self.headers.index(header)
        return tuple(row[place] for row in self.rows)


class Header(NamedTuple):
    """The row of column names: its place among the records, the names, and what to tell."""

    place: int
    names: tuple[str, ...]
    notes: tuple[str, ...]


def read_table(
    name: str, data: bytes, *, sheet: str | None = None, most_rows: int = MOST_ROWS
) -> Table:
    """The table in a CSV, TSV or TXT file (also gzipped), or in an XLSX, XLS or ODS workbook.

    The content decides, not the name. Without `sheet`, the visible sheet with the most rows is
    read.

    Raises:
        Unreadable: nothing to read, not a table, or a place that has more than one reading.
    """
    data = unpacked(name, data)
    refuse_foreign(name, data)
    if is_spreadsheet(data):
        return _from_workbook(name, data, sheet, most_rows)
    text, encoding, note = decoded(name, data)
    delimiter = delimiter_of(text)
    records = list(islice(records_in(name, text, delimiter), most_rows + LOOKED_AT + 1))
    notes = [note] if note else []
    if delimiter not in {"", ","}:
        notes.append(f"The columns are separated by a {DELIMITERS[delimiter]}.")
    if not text.endswith(("\n", "\r")):
        notes.append(CUT_OFF)
    table = _table(name, records, most_rows)
    return _told(table, notes, encoding=encoding, delimiter=delimiter)


def _told(table: Table, notes: list[str], **found: str | tuple[str, ...]) -> Table:
    parts = {field: getattr(table, field) for field in table.__slots__}
    return Table(**{**parts, **found, "notes": (*notes, *table.notes)})


def refuse_foreign(name: str, data: bytes) -> None:
    """Nothing comes back; an empty file or one that only wears a table's name is refused."""
    if not data.strip():
        raise Unreadable(f"We could not read {name}: the file is empty. Export it once more.")
    kinds = {
        "a DuckDB database": data[8:12] == b"DUCK",
        "a Python pickle": data[:1] == b"\x80" and data[1:2] in b"\x02\x03\x04\x05",
        "an SQLite database": data.startswith(b"SQLite format 3"),
        "a PDF": data.startswith(b"%PDF"),
        "a picture": data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
        "a program": data.startswith((b"MZ\x90", b"\x7fELF")),
        "a web page": data.lstrip()[:6].lower().startswith((b"<html", b"<!doct", b"<table")),
    }
    found = next((kind for kind, is_it in kinds.items() if is_it), None)
    if found:
        message = f"We could not read {name}: it is {found}. Save the table as XLSX or CSV."
        raise Unreadable(message)


def _from_workbook(name: str, data: bytes, wanted: str | None, most_rows: int) -> Table:
    sheets = visible_sheets(name, data)
    names = tuple(one.name for one in sheets)
    chosen = _chosen_sheet(name, sheets, wanted)
    records = [Record(chosen.first_row + at, cells) for at, cells in enumerate(chosen.rows)]
    table = _table(name, records, most_rows)
    others = [f'"{one.name}"' for one in sheets if one.rows and one.name != chosen.name]
    notes = [f'Read from sheet "{chosen.name}"; there is also {", ".join(others)}.']
    return _told(table, notes if others else [], sheet=chosen.name, sheets=names)


def _chosen_sheet(name: str, sheets: list[Sheet], wanted: str | None) -> Sheet:
    found = [sheet for sheet in sheets if wanted in {None, sheet.name}]
    if not found:
        names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
        message = f'We found no sheet "{wanted}" in {name}. Its visible sheets are: {names}.'
        raise Unreadable(message)
    return max(found, key=lambda sheet: len(sheet.rows))


def delimiter_of(text: str) -> str:
    """The delimiter with which most records get the same number of cells; "" for one column."""
    best, best_fit = "", (0.0, 0)
    for delimiter in DELIMITERS:
        fit = _fit(text, delimiter)
        if fit > best_fit:
            best, best_fit = delimiter, fit
    return best


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the first records that have the usual number of cells, and that number."""
    try:
        records = list(islice(records_in("", text, delimiter), LOOKED_AT))
    except Unreadable:
        return (0.0, 0)
    widths = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (times / len(records), width)


def records_in(name: str, text: str, delimiter: str) -> Iterator[Record]:
    """The records with any text in them; a record may span lines inside quotes.

    Raises:
        Unreadable: a quote is opened and never closed, or closed in the middle of a cell.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter or ",", strict=True)
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


def _table(name: str, records: list[Record], most_rows: int) -> Table:
    filled = [record for record in records if any(cell.strip() for cell in record.cells)]
    header = header_of(name, filled)
    body = filled[header.place + 1 :]
    if not body:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)
    if len(body) > most_rows:
        message = f"We read at most {most_rows:,} rows, and {name} has more. Leave some out."
        raise Unreadable(message)
    width = len(header.names)
    rows = tuple(_fitted(name, record, width) for record in body)
    notes = (*header.notes, *_short_rows(body, width))
    return Table(name, header.names, rows, tuple(record.line for record in body), notes=notes)


def _fitted(name: str, record: Record, width: int) -> tuple[str, ...]:
    """The row's cells, filled up or freed from empty ones to the header's width."""
    if any(cell.strip() for cell in record.cells[width:]):
        surplus = next(cell for cell in record.cells[width:] if cell.strip())
        message = (
            f'We could not read {name}: line {record.line} has more cells than the header; "'
            f'{surplus[:40]}" has no column. Put cells that contain the delimiter in quotes.'
        )
        raise Unreadable(message)
    cells = [cell.strip() for cell in record.cells[:width]]
    return tuple(cells + [""] * (width - len(cells)))


def _short_rows(body: list[Record], width: int) -> tuple[str, ...]:
    lines = [record.line for record in body if len(record.cells) < width]
    if not lines:
        return ()
    return (f"Cells that are missing at the end are read as empty: {listed_lines(lines)}.",)


def listed_lines(lines: Sequence[int], in_all: int | None = None) -> str:
    """Where something is, to end a sentence: one line, or the first few and how many more.

    `in_all` is how many there are where `lines` holds only the first of them.
    """
    count = in_all or len(lines)
    shown = ", ".join(str(line) for line in lines[:NAMED_LINES])
    more = f" and {count - NAMED_LINES:,} more" if count > NAMED_LINES else ""
    return f"{'line' if count == 1 else 'lines'} {shown}{more}"


def header_of(name: str, records: list[Record]) -> Header:
    """The first record that fills more than half of the usual width; titles above it are told.

    Raises:
        Unreadable: no record, names that look like data, a name twice, or too many columns.
    """
    if not records:
        raise Unreadable(f"We could not read {name}: the file is empty. Export it once more.")
    place = _header_place(records[:LOOKED_AT])
    names = _names(records[place].cells, records[place + 1 :])
    _check_names(name, names)
    above = [" ".join(filter(None, record.cells)).strip() for record in records[:place]]
    notes = [f'Left out above the column names: "{text[:60]}".' for text in above]
    blank = [header for header, cell in zip(names, records[place].cells, strict=False) if not cell]
    notes += [f"A column without a name is called {header}." for header in blank]
    return Header(place, names, tuple(notes))


def _header_place(records: list[Record]) -> int:
    usual = Counter(_filled_width(record) for record in records).most_common(1)[0][0]
    wide = (
        place
        for place, record in enumerate(records)
        if sum(bool(cell.strip()) for cell in record.cells) * 2 > usual
    )
    return next(wide, 0)


def _filled_width(record: Record) -> int:
    return max(at for at, cell in enumerate(record.cells, 1) if cell.strip())


def _names(cells: list[str], body: list[Record]) -> tuple[str, ...]:
    """Column names with single spaces; nameless columns are numbered, unused ones dropped."""
    names = [" ".join(cell.replace("\u200b", "").replace("\ufeff", "").split()) for cell in cells]
    used = max((_filled_width(record) for record in body), default=0)
    while names and not names[-1] and len(names) > used:
        names.pop()
    return tuple(name or f"Column {at}" for at, name in enumerate(names, 1))


def _check_names(name: str, names: tuple[str, ...]) -> None:
    data = next((one for one in names if _DATA.fullmatch(one) and not _YEAR.fullmatch(one)), None)
    if data:
        message = (
            f'We expected column names in the first row of {name} and found "{data[:40]}". Add a '
            "row with the names of the columns."
        )
        raise Unreadable(message)
    counts = Counter(one.casefold() for one in names)
    twice = [one for one in dict.fromkeys(names) if counts[one.casefold()] > 1]
    if twice:
        listed = ", ".join(f'"{one}"' for one in twice)
        message = f"We found a column name more than once in {name}: {listed}. Rename one of them."
        raise Unreadable(message)
    if len(names) > MOST_COLUMNS:
        message = (
            f"We read at most {MOST_COLUMNS} columns, and {name} has {len(names):,}. Leave out "
            "those that say nothing about customers."
        )
        raise Unreadable(message)
