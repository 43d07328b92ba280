"""A chosen file as a table of texts: every cell as it stands in the file, nothing interpreted.

Ids keep their leading zeros, "NA" stays "NA", an empty cell is "". What was detected (encoding,
delimiter, sheet, lines above the header) is told in `Table.notes`, so that a person can object
and choose otherwise in a `Reading`. What cannot be read for certain is refused with the line
where it happens.
"""

from dataclasses import dataclass, replace

from kam.errors import Unreadable
from kam.intake.tables.artefacts import below_header, cleaned, repeated
from kam.intake.tables.columns import NO_HEADER, header_of
from kam.intake.tables.encoding import decoded, unpacked
from kam.intake.tables.records import (
    DELIMITERS,
    LOOKED_AT,
    Record,
    delimiter_of,
    filled_width,
    listed_lines,
    records_in,
    split,
)
from kam.intake.tables.sheets import Wanted, Workbook, is_spreadsheet, workbook_in

__all__ = [
    "CUT_OFF",
    "LOOKED_AT",
    "NO_HEADER",
    "Reading",
    "Record",
    "Table",
    "delimiter_of",
    "from_text",
    "header_of",
    "listed_lines",
    "read_table",
    "records_in",
    "refuse_foreign",
    "table_in",
]

# A list of customers longer than this is an export of something else. Rows.
MOST_ROWS = 20_000

# Text of a list of customers, unpacked: 20,000 rows of 60 columns are about 12 MB. More would be
# held in the server's memory for nothing. Bytes.
LIST_BYTES = 20_000_000

# Rows shown so that a person can point at the one with the column names.
BEGINNING = 12

CUT_OFF = "The last line has no line break at its end; check that nothing is cut off."

# Names of text files; a workbook that bears one says what it is.
_TEXT_NAMES = (".csv", ".tsv", ".tab", ".txt")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person has said about how a file is read; `None` lets the file tell.

    Attributes:
        encoding: of a text file, one of `encoding.ENCODINGS`.
        delimiter: of a text file, one of `DELIMITERS`; "" says that there is a single column.
        sheet: of a workbook.
        header: the line (or the row of the sheet) with the column names; 0 says that there are
            none, and the columns are called "Column 1", "Column 2" and so on.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: int | None = None


_AS_THE_FILE_TELLS = Reading()


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows below its header.

    Attributes:
        name: the file's name as given, only for messages.
        headers: column names with single spaces, unique in any case; a column without one is
            called "Column 3", and the second "Name" is "Name (2)".
        rows: one tuple per row, as long as the header; rows without any text are left out.
        line_numbers: for each row the line (or sheet row) on which it begins.
        encoding: of a text file; empty for a spreadsheet.
        delimiter: of a text file; empty for a spreadsheet or a single column.
        sheet: the sheet that was read; empty for a text file.
        sheets: all visible sheets of the workbook.
        notes: sentences about what was detected.
        header_line: the line (or sheet row) of the column names; 0 if there are none.
        beginning: the first rows of the file as they stand, to point at the column names.
        surplus: rows that are left out because they have more cells than there are columns, so
            that nobody can say which cell belongs to which column; they are told in `notes`.
        memory: what our own workbook of rows to repair knows of its file; "" for any other file.
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
    header_line: int = 1
    beginning: tuple[Record, ...] = ()
    surplus: tuple[Record, ...] = ()
    memory: str = ""

    def column(self, header: str) -> tuple[str, ...]:
        """The cells below a header, in the order of the rows."""
        place = self.headers.index(header)
        return tuple(row[place] for row in self.rows)


def read_table(name: str, data: bytes, reading: Reading = _AS_THE_FILE_TELLS) -> Table:
    """The table in a CSV, TSV or TXT file (also gzipped), or in an XLSX, XLS or ODS workbook.

    The content decides, not the name. If nobody chose a sheet, the visible one with the most rows
    is read. `Reading(header=0)` reads every table whose header is in doubt; its `beginning` is
    what a person then points at.

    Raises:
        Unreadable: nothing to read, not a table, or a place that has more than one reading.
    """
    data = unpacked(name, data, LIST_BYTES)
    refuse_foreign(name, data)
    if is_spreadsheet(data):
        return _from_workbook(name, data, reading)
    if data.startswith(b"PAR1"):
        message = f"We could not read {name}: it is a Parquet file. Choose it as an order ledger."
        raise Unreadable(message)
    _refuse_long(name, len(data))
    text, encoding, note = decoded(name, data, reading.encoding)
    notes = [note] if note else []
    if not text.endswith(("\n", "\r")):
        notes.append(CUT_OFF)
    table = _from_lines(name, text, reading)
    return replace(table, encoding=encoding, notes=(*notes, *table.notes))


def from_text(name: str, text: str, reading: Reading = _AS_THE_FILE_TELLS) -> Table:
    """The table in a text: cells copied from a spreadsheet, or a CSV that was pasted or typed.

    Raises:
        Unreadable: as in `read_table`.
    """
    if not text.strip():
        message = f"We found nothing in {name}. Copy the cells with their column names."
        raise Unreadable(message)
    _refuse_long(name, len(text))
    return _from_lines(name, text.removeprefix("\ufeff"), reading)


def _from_lines(name: str, text: str, reading: Reading) -> Table:
    delimiter = delimiter_of(text) if reading.delimiter is None else reading.delimiter
    if delimiter not in {"", *DELIMITERS}:
        listed = ", ".join(DELIMITERS.values())
        message = f'We cannot separate columns by "{delimiter}". Choose one of: {listed}.'
        raise Unreadable(message, asks="delimiter")
    records, notes = split(name, text, delimiter, MOST_ROWS + LOOKED_AT + 1)
    if delimiter not in {"", ","} and reading.delimiter is None:
        notes = (f"The columns are separated by a {DELIMITERS[delimiter]}.", *notes)
    table = _table(name, records, reading.header, MOST_ROWS)
    return replace(table, delimiter=delimiter, notes=(*notes, *table.notes))


def _refuse_long(name: str, length: int) -> None:
    if length > LIST_BYTES:
        message = (
            f"We read lists of customers of at most {LIST_BYTES // 1_000_000} MB, and {name} has "
            f"{length / 1_000_000:,.0f} MB. Leave out columns or rows; order lines have their own "
            "place."
        )
        raise Unreadable(message)


def refuse_foreign(name: str, data: bytes) -> None:
    """Nothing comes back; an empty file or one that only wears a table's name is refused."""
    if not data or data.isspace():
        raise Unreadable(f"We could not read {name}: the file is empty. Export it once more.")
    begins = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kinds = {
        "a DuckDB database": data[8:12] == b"DUCK",
        "a Python pickle": data[:1] == b"\x80" and data[1:2] in b"\x02\x03\x04\x05",
        "an SQLite database": data.startswith(b"SQLite format 3"),
        "a PDF": data.startswith(b"%PDF"),
        "a picture": data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
        "a program": data.startswith((b"MZ\x90", b"\x7fELF")),
        "a web page": begins.startswith((b"<html", b"<!doct", b"<table", b"<head", b"<meta")),
        "an XML file": begins.startswith(b"<?xml"),
        "a JSON file": begins.startswith((b'{"', b"[{", b"{\n", b"{\r")),
        "a text document": begins.startswith(b"{\\rtf"),
    }
    found = next((kind for kind, is_it in kinds.items() if is_it), None)
    if found:
        message = f"We could not read {name}: it is {found}. Save the table as XLSX or CSV."
        raise Unreadable(message)


def _from_workbook(name: str, data: bytes, reading: Reading) -> Table:
    wanted = Wanted(name, reading.sheet or "", MOST_ROWS + LOOKED_AT + 1)
    return table_in(name, workbook_in(data, wanted), reading.header, MOST_ROWS)


def table_in(name: str, found: Workbook, header_line: int | None, most_rows: int) -> Table:
    """The table in the sheet of a workbook that was read.

    Raises:
        Unreadable: no table, or more rows than wanted.
    """
    ours = found.memory and header_line is None and found.records
    table = _table(name, found.records, 1 if ours else header_line, most_rows)
    notes = list(found.notes)
    others = ", ".join(f'"{sheet}"' for sheet in found.filled if sheet != found.sheet)
    if others:
        notes.insert(0, f'Read from sheet "{found.sheet}"; there is also {others}.')
    if name.lower().removesuffix(".gz").endswith(_TEXT_NAMES):
        notes.insert(0, "The file is an Excel or ODS workbook, whatever its name says.")
    merged = below_header(found.merged, table.header_line)
    told = (*notes, *table.notes, *([merged] if merged else []))
    sheets = tuple(found.sheets)
    return replace(table, sheet=found.sheet, sheets=sheets, notes=told, memory=found.memory)


def _table(name: str, records: list[Record], header_line: int | None, most_rows: int) -> Table:
    """The records below the header as rows; those that fit no column are kept apart."""
    comments = _comments(records)
    told = _without(records, comments)
    header = header_of(name, told, header_line)
    width = len(header.names)
    below = told[header.place + 1 :]
    again = repeated(told[header.place], below) if header.place >= 0 else []
    surplus = [record for record in below if _is_surplus(record, width)]
    body = _without(below, [*surplus, *again])
    _refuse_body(name, body, surplus, most_rows)
    lines = tuple(record.line for record in body)
    rows, odd = cleaned(tuple(_fitted(record, width) for record in body), lines)
    notes = (*_left_out(comments, surplus, len(below)), *_again(again), *_short(body, width), *odd)
    return Table(
        name,
        header.names,
        rows,
        lines,
        notes=(*header.notes, *notes),
        header_line=header.line,
        beginning=tuple(records[:BEGINNING]),
        surplus=tuple(surplus),
    )


def _comments(records: list[Record]) -> list[Record]:
    """The lines without any delimiter that begin like comments, in a file of several columns."""
    single = [record for record in records if len(record.cells) == 1]
    if len(single) == len(records):
        return []
    return [record for record in single if record.cells[0].lstrip().startswith("#")]


def _without(records: list[Record], apart: list[Record]) -> list[Record]:
    lines = {record.line for record in apart}
    return [record for record in records if record.line not in lines] if lines else records


def _is_surplus(record: Record, width: int) -> bool:
    return len(record.cells) > width and filled_width(record.cells) > width


def _refuse_body(name: str, body: list[Record], surplus: list[Record], most_rows: int) -> None:
    """Nothing comes back; too many rows are refused, and a table of which none remains."""
    if len(body) > most_rows:
        message = f"We read at most {most_rows:,} rows, and {name} has more. Leave some out."
        raise Unreadable(message)
    if surplus and not body:
        cell = surplus[0].cells[filled_width(surplus[0].cells) - 1]
        message = (
            f"We could not read {name}: line {surplus[0].line} has more cells than the header; "
            f'"{cell[:40]}" has no column. Put cells that contain the delimiter in quotes, or '
            "choose another line for the column names."
        )
        raise Unreadable(message)
    if not body:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)


def _fitted(record: Record, width: int) -> tuple[str, ...]:
    """The row's cells, filled up or freed from empty ones to the header's width."""
    cells = [cell.strip() for cell in record.cells[:width]]
    return tuple(cells + [""] * (width - len(cells)))


def _left_out(comments: list[Record], surplus: list[Record], count: int) -> list[str]:
    """What is told of the rows that do not come in."""
    notes = []
    if comments:
        lines = listed_lines([record.line for record in comments])
        notes.append(f'Left out as a comment, because it begins with "#": {lines}.')
    if surplus:
        lines = listed_lines([record.line for record in surplus])
        notes.append(
            f"Left out {len(surplus):,} of {count:,} rows that have more cells than the header: "
            f"{lines}. Put cells that contain the delimiter in quotes."
        )
    return notes


def _again(repeated_names: list[Record]) -> list[str]:
    """What is told of rows that repeat the column names."""
    if not repeated_names:
        return []
    lines = listed_lines([record.line for record in repeated_names])
    return [f"Left out, because it repeats the column names: {lines}."]


def _short(body: list[Record], width: int) -> list[str]:
    lines = [record.line for record in body if len(record.cells) < width]
    if not lines:
        return []
    return [f"Cells that are missing at the end are read as empty: {listed_lines(lines)}."]
