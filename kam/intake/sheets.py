"""Spreadsheets as texts, read by a child process that may die without harm.

A spreadsheet of one kilobyte can ask for gigabytes, and the reader's answer to a broken one can
be a panic. So the zip directory is checked first, and the reading happens in
`python -m kam.intake.sheets`: bytes in, JSON out, with a limit on memory, processor and clock.
Memory and processor limits hold on Linux and macOS as far as the system enforces them; the clock
and the check of the zip directory hold everywhere.
"""

import json
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kam.errors import Unreadable

# Limits against files made to exhaust a server; origin: measured bombs (60 MB of XML is about
# ten times the largest honest workbook of 20,000 rows we met).
UNZIPPED_BYTES = 60_000_000
ZIP_ENTRIES = 200
ZIP_RATIO = 100
CHILD_BYTES = 1 << 30
CHILD_CPU_SECONDS = 10
CHILD_WALL_SECONDS = 15

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# What the reader makes of a cell.
Cell = int | float | str | bool | datetime | date | time | timedelta | None


class Sheet(NamedTuple):
    """A visible sheet: its name, and every row from the first used one, with its row number."""

    name: str
    first_row: int
    rows: list[list[str]]


def is_spreadsheet(data: bytes) -> bool:
    """Whether the bytes begin like XLSX, ODS or XLS, whatever the file is called."""
    return data.startswith((ZIP_MAGIC, OLE_MAGIC))


def visible_sheets(name: str, data: bytes) -> list[Sheet]:
    """The visible worksheets in their order; hidden ones and charts are left out.

    Raises:
        Unreadable: a password, a zip bomb, macros, or a workbook that the reader cannot open.
    """
    _check_outside(name, data)
    try:
        child = subprocess.run(
            [sys.executable, "-m", "kam.intake.sheets"],
            input=data,
            capture_output=True,
            timeout=CHILD_WALL_SECONDS,
            cwd=Path(__file__).resolve().parents[2],
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    if child.returncode != 0:
        raise _too_much(name)
    return [Sheet(*sheet) for sheet in json.loads(child.stdout)]


def _too_much(name: str) -> Unreadable:
    return Unreadable(
        f"We could not read {name}: the workbook is damaged or asks for more memory or time than "
        "we allow. Copy the table into a new workbook, or save it as CSV UTF-8."
    )


def _check_outside(name: str, data: bytes) -> None:
    if data.startswith(OLE_MAGIC) and ENCRYPTED in data:
        message = (
            f"We could not read {name}: it is protected by a password. Open it in Excel, remove "
            "the password, and save it again."
        )
        raise Unreadable(message)
    if data.startswith(ZIP_MAGIC):
        _check_zip(name, data)


def _check_zip(name: str, data: bytes) -> None:
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
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
        raise _too_much(name)


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
    """A typed cell as text: 3.0 is "3", midnight is a plain ISO date, an empty cell is ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def sheets_in(data: bytes) -> list[Sheet]:
    """The visible worksheets of a workbook, read in this very process: only for the child."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return [
        _sheet(workbook, meta.name)
        for meta in workbook.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(workbook: CalamineWorkbook, name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    first = sheet.start[0] + 1 if sheet.start else 1
    return Sheet(name, first, [[cell_text(cell) for cell in row] for row in rows])


def limit_this_process() -> None:
    """Nothing comes back; memory and processor time of this process are bounded from here on.

    Windows has no such limits; macOS refuses the one on memory. The parent's clock still holds.
    """
    try:
        import resource  # noqa: PLC0415 - Windows does not have it
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_SECONDS, CHILD_CPU_SECONDS))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (CHILD_BYTES, CHILD_BYTES))


if __name__ == "__main__":
    limit_this_process()
    sys.stdout.write(json.dumps(sheets_in(sys.stdin.buffer.read())))
