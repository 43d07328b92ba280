"""A spreadsheet opened in a process of its own: bytes in, JSON out.

The command is `python -m kam.intake.tables.opening`.

The zip directory is checked first. Memory and processor time are bounded on Linux and macOS as far
as the system enforces it; the parent's clock and the check of the zip directory hold everywhere.
"""

import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kam.errors import Unreadable
from kam.intake.tables.formats import number_text, unmistakable
from kam.intake.tables.open_document import unseen_in_ods
from kam.intake.tables.records import MOST_COLUMNS, Record, filled_width, too_many_cells
from kam.intake.tables.sheets import (
    MEMORY_MARK,
    MEMORY_SHEET,
    OLE_MAGIC,
    ZIP_MAGIC,
    Wanted,
    Workbook,
    too_much,
)
from kam.intake.tables.unseen import Unseen, unseen

# Limits against files made to exhaust a server; origin: measured bombs (60 MB of XML is about
# ten times the largest honest workbook of 20,000 rows we met).
UNZIPPED_BYTES = 60_000_000
ZIP_ENTRIES = 200
ZIP_RATIO = 100
CHILD_BYTES = 1 << 30
CHILD_CPU_SECONDS = 10

# How far the child stands behind the server when both want the processor; 0 is level, 19 last.
CHILD_NICENESS = 10

# The longest text of a cell, as the csv module has it for text files; Excel itself allows 32,767.
CELL_CHARACTERS = 131_072

# All texts of a sheet together: a million order lines. A shared text can be repeated beyond any
# size of the file.
SHEET_CHARACTERS = 30_000_000

# What the hidden sheet of our own workbook may hold: a list of customers in which every row has a
# problem, and room for their sentences. Cells, and characters.
MEMORY_PIECES = 10_000
MEMORY_CHARACTERS = 20_000_000

# Cells named in one sentence; more would not be read.
NAMED_CELLS = 5

# The part of an ODS file that holds all its sheets.
ODS_CONTENT = "content.xml"

NO_FORMATS = (
    "This kind of workbook does not tell us how its numbers are shown: 25 % comes as 0.25, 00042 "
    "as 42, and no amount names its currency. Save it as XLSX if it has such cells."
)

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# What the reader makes of a cell.
Cell = int | float | str | bool | datetime | date | time | timedelta | None


def opened(data: bytes, wanted: Wanted) -> Workbook:
    """The wanted sheet, read in this very process.

    Raises:
        Unreadable: as in `sheets.workbook_in`.
    """
    _refuse_outside(wanted.name, data)
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    visible = [
        meta.name
        for meta in workbook.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]
    _refuse_missing(wanted, visible)
    asked = [wanted.sheet] if wanted.sheet else visible
    filled = [sheet for sheet in map(workbook.get_sheet_by_name, asked) if sheet.height]
    if not filled:
        return Workbook(visible, [], wanted.sheet, [], [])
    chosen = max(filled, key=lambda sheet: sheet.height)
    hidden = _unseen(data, chosen.name)
    memory = _memory(wanted, workbook)
    text_of = _repaired_text if memory else cell_text
    found = _records(wanted, chosen, hidden, text_of)
    records = _even(wanted, list(islice(found, wanted.most)))
    if hidden.errors and not records:
        message = (
            f'We could not read {wanted.name}: sheet "{chosen.name}" holds only Excel errors such '
            "as #N/A. Repair its formulas, or copy the values into a new workbook."
        )
        raise Unreadable(message)
    named = [sheet.name for sheet in filled]
    notes = _notes(hidden)
    if not _keeps_formats(data):
        notes.append(NO_FORMATS)
    return Workbook(visible, named, chosen.name, records, notes, hidden.merged, memory)


def _refuse_missing(wanted: Wanted, visible: list[str]) -> None:
    if wanted.sheet and wanted.sheet not in visible:
        listed = ", ".join(f'"{sheet}"' for sheet in visible)
        message = (
            f'We found no sheet "{wanted.sheet}" in {wanted.name}. '
            f"Its visible sheets are: {listed}."
        )
        raise Unreadable(message, asks="sheet")


def _memory(wanted: Wanted, workbook: CalamineWorkbook) -> str:
    """What the hidden sheet of our own workbook of rows to repair says; "" for any other."""
    if MEMORY_SHEET not in workbook.sheet_names:
        return ""
    rows = workbook.get_sheet_by_name(MEMORY_SHEET).iter_rows()
    pieces = [str(row[0]) for row in islice(rows, MEMORY_PIECES) if row]
    if not pieces or pieces[0] != MEMORY_MARK:
        return ""
    if sum(map(len, pieces)) > MEMORY_CHARACTERS:
        raise too_much(wanted.name)
    return "".join(pieces[1:])


def _repaired_text(cell: Cell) -> str:
    """A typed cell as text; a number in one way whatever the decimal mark of its column is."""
    return unmistakable(cell) if isinstance(cell, float) else cell_text(cell)


def _records(
    wanted: Wanted, sheet: CalamineSheet, hidden: Unseen, text_of: Callable[[Cell], str]
) -> Iterator[Record]:
    """The rows with any text; no more characters than a sheet may hold."""
    first_row, first_column = sheet.start or (0, 0)
    shown = {_position(place): text for place, text in hidden.shown.items()}
    characters = 0
    below = islice(sheet.iter_rows(), first_row, None)  # it begins with the sheet's first row
    for row, cells in enumerate(below, first_row + 1):
        texts = [text_of(cell) for cell in cells]
        for at in range(len(texts)) if shown else ():
            texts[at] = shown.get((row, at + first_column + 1), texts[at])
        characters += sum(map(len, texts))
        if characters > SHEET_CHARACTERS or max(map(len, texts)) > CELL_CHARACTERS:
            raise too_much(wanted.name)
        if any(text.strip() for text in texts):
            yield Record(row, texts)


def _even(wanted: Wanted, records: list[Record]) -> list[Record]:
    """The records, all cut to the last column that any of them fills; no more cells than wanted."""
    name = wanted.name
    width = max((filled_width(record.cells) for record in records), default=0)
    if width > MOST_COLUMNS:
        message = (
            f"We read at most {MOST_COLUMNS} columns, and {name} has {width:,}. Leave out those "
            "that say nothing about customers."
        )
        raise Unreadable(message)
    if width * len(records) > wanted.cells:
        raise too_many_cells(name, wanted.cells)
    return [Record(record.line, record.cells[:width]) for record in records]


def _position(place: str) -> tuple[int, int]:
    """Row and column, from 1, of a place such as "B7"."""
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[len(letters) :] or 0), column


def _unseen(data: bytes, sheet: str) -> Unseen:
    """What the reader does not tell of a sheet; nothing for XLS and XLSB."""
    if not data.startswith(ZIP_MAGIC):
        return Unseen([], [], {})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if ODS_CONTENT in archive.namelist():
            return unseen_in_ods(archive.read(ODS_CONTENT), sheet)
        return unseen(archive, sheet)


def _keeps_formats(data: bytes) -> bool:
    """Whether the formats of numbers can be seen in this kind of workbook."""
    if not data.startswith(ZIP_MAGIC):
        return False
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "xl/workbook.bin" not in archive.namelist()


def _notes(hidden: Unseen) -> list[str]:
    notes = []
    if hidden.errors:
        cells = _listed_cells(hidden.errors)
        notes.append(f"Cells with an Excel error such as #N/A are read as empty: {cells}.")
    if hidden.uncomputed:
        cells = _listed_cells(hidden.uncomputed)
        notes.append(
            f"Formulas without a stored result are read as empty: {cells}. Open the workbook in "
            "Excel and save it, then they have one."
        )
    return notes


def _listed_cells(places: Sequence[str]) -> str:
    more = f" and {len(places) - NAMED_CELLS:,} more" if len(places) > NAMED_CELLS else ""
    return ", ".join(places[:NAMED_CELLS]) + more


def _refuse_outside(name: str, data: bytes) -> None:
    """Nothing comes back; what shows from outside that it is no plain workbook is refused."""
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED in data:
            message = (
                f"We could not read {name}: it is protected by a password. Open it in Excel, "
                "remove the password, and save it again."
            )
            raise Unreadable(message)
        if len(data) > UNZIPPED_BYTES:
            raise too_much(name)
    if data.startswith(ZIP_MAGIC):
        _refuse_archive(name, data)


def _refuse_archive(name: str, data: bytes) -> None:
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        message = f"We could not read {name}: the file is damaged. Save it again in Excel."
        raise Unreadable(message) from error
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        message = (
            f"We could not read {name}: it is a zip archive without a workbook. Unpack it and "
            "choose the file inside."
        )
        raise Unreadable(message)
    if "xl/vbaProject.bin" in names:
        message = f"We did not read {name}: it holds macros. Save it as a workbook without macros."
        raise Unreadable(message)
    if _is_bomb(entries):
        raise too_much(name)


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the directory announces more than an honest workbook holds."""
    unzipped = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return (
        len(entries) > ZIP_ENTRIES
        or unzipped > UNZIPPED_BYTES
        or unzipped > max(packed, 1) * ZIP_RATIO
    )


def cell_text(cell: Cell) -> str:
    """A typed cell as text: 3.0 is "3", midnight is a plain ISO date, an empty cell is "".

    A fraction has the fifteen digits that Excel keeps: 0.1 + 0.2 is "0.3".
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def limit_this_process() -> None:
    """Nothing comes back; memory and processor time of this process are bounded from here on.

    It also steps back behind those who serve people. Windows has no such limits; macOS refuses the
    one on memory. The parent's clock still holds.
    """
    try:
        import resource  # noqa: PLC0415 - Windows does not have it
    except ImportError:
        return
    os.nice(CHILD_NICENESS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_SECONDS, CHILD_CPU_SECONDS))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (CHILD_BYTES, CHILD_BYTES))


def answer(wanted: Wanted, data: bytes) -> str:
    """What the child says: the workbook, or the sentence that refuses it, as JSON."""
    try:
        return json.dumps(opened(data, wanted)._asdict())
    except Unreadable as error:
        return json.dumps({"refused": str(error), "asks": error.asks})


if __name__ == "__main__":
    limit_this_process()
    sys.stdout.write(answer(Wanted(*json.loads(sys.argv[1])), sys.stdin.buffer.read()))
