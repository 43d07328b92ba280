"""A ledger file as a UTF-8 CSV that the database can read, and its lines found again by record.

A workbook, or a text in another encoding, is copied once; a plain or gzipped UTF-8 file is read
where it is, of any length. Delimiter and header come from its beginning.
"""

import csv
import gzip
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.encoding import decoded, unpacked
from kam.intake.entries import CsvFile
from kam.intake.files import (
    CUT_OFF,
    LOOKED_AT,
    Record,
    Table,
    delimiter_of,
    header_of,
    read_table,
    records_in,
    refuse_foreign,
)
from kam.intake.sheets import is_spreadsheet

# Rows of a workbook; Excel holds no more.
SHEET_ROWS = 1_048_576

# Beginning of a file from which delimiter and header are read. Bytes.
SAMPLE_BYTES = 262_144

# Rows kept as a sample of how cells are written.
SAMPLE_ROWS = LOOKED_AT * 20


class Opened(NamedTuple):
    """A ledger that the database can read.

    `sample` holds its first rows; `sheet_lines` is the row of the sheet for each record, empty
    for a text file.
    """

    name: str
    csv: CsvFile
    sample: Table
    sheet_lines: tuple[int, ...] = ()


def opened(source: Path | bytes, chosen: Mapping[str, str], folder: Path) -> Opened:
    """The source as UTF-8 CSV; a copy is made in `folder` where it is something else.

    Args:
        source: a file on this machine, or its bytes.
        chosen: our name of a column -> its header.
        folder: where copies may be written.

    Raises:
        Unreadable: no such file, no table, or a chosen column is missing.
    """
    name = source.name if isinstance(source, Path) else "the ledger"
    path = source if isinstance(source, Path) else folder / "ledger.csv"
    if isinstance(source, bytes):
        path.write_bytes(source)
    if not path.is_file():
        raise Unreadable(f"We found no file {name}. Choose it again.")
    head = _head(name, path)
    refuse_foreign(name, head)
    if is_spreadsheet(head):
        return _from_workbook(name, path.read_bytes(), chosen, folder)
    if not _is_utf8(head):
        text = decoded(name, unpacked(name, path.read_bytes())).text
        path = folder / "utf8.csv"
        path.write_text(text, encoding="utf-8", newline="")
        head = _head(name, path)
    return _from_csv(name, path, head.decode("utf-8-sig", errors="ignore"), chosen)


def _head(name: str, path: Path) -> bytes:
    """The first bytes of what the file holds, unpacked."""
    try:
        with gzip.open(path) if _is_gzip(path) else path.open("rb") as stream:
            return stream.read(SAMPLE_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        message = f"We could not unpack {name}: the gzip file is damaged. Compress it again."
        raise Unreadable(message) from error


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def _is_cut_off(path: Path) -> bool:
    """Whether a plain text ends without a line break; a gzip file carries its own check."""
    with path.open("rb") as stream:
        stream.seek(-1, SEEK_END)
        return not _is_gzip(path) and stream.read(1) not in b"\r\n"


def _is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8 up to a character that the end of the sample cut."""
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    for cut in range(4):
        with suppress(UnicodeDecodeError):
            head[: len(head) - cut].decode("utf-8")
            return True
    return False


def _from_csv(name: str, path: Path, text: str, chosen: Mapping[str, str]) -> Opened:
    whole = text if len(text.encode()) < SAMPLE_BYTES else text[: text.rfind("\n") + 1]
    delimiter = delimiter_of(whole)
    records = _beginning(name, whole, delimiter)
    header = header_of(name, records)
    body = records[header.place + 1 :]
    if not body:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)
    width = len(records[header.place].cells)
    places = _places(name, header.names, chosen)
    ledger = CsvFile(path, _is_gzip(path), delimiter or ",", body[0].line - 1, width, places)
    rows = tuple(tuple(one.cells) for one in body if len(one.cells) == width)
    names = header.names + ("",) * (width - len(header.names))
    notes = (*header.notes, CUT_OFF) if _is_cut_off(path) else header.notes
    return Opened(name, ledger, Table(name, names, rows, (), notes=notes))


def _beginning(name: str, text: str, delimiter: str) -> list[Record]:
    """The records at the beginning, up to one that the sample or a stray quote breaks."""
    found: list[Record] = []
    with suppress(Unreadable):
        found.extend(islice(records_in(name, text, delimiter), SAMPLE_ROWS))
    return found


def _from_workbook(name: str, data: bytes, chosen: Mapping[str, str], folder: Path) -> Opened:
    table = read_table(name, data, most_rows=SHEET_ROWS)
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table.rows)
    places = _places(name, table.headers, chosen)
    ledger = CsvFile(
        path, compressed=False, delimiter=",", skip=0, width=len(table.headers), places=places
    )
    sample = replace(table, rows=table.rows[:SAMPLE_ROWS])
    return Opened(name, ledger, sample, table.line_numbers)


def _places(name: str, headers: tuple[str, ...], chosen: Mapping[str, str]) -> dict[str, int]:
    missing = [header for header in chosen.values() if header not in headers]
    if missing:
        found = ", ".join(f'"{header}"' for header in headers)
        message = f'We found no column "{missing[0]}" in {name}. The columns are: {found}.'
        raise Unreadable(message)
    return {key: headers.index(header) for key, header in chosen.items()}


def places_of(opened: Opened, records: list[int]) -> tuple[int, ...]:
    """The lines (or sheet rows) on which these records begin, counted from record 0."""
    if opened.sheet_lines:
        return tuple(opened.sheet_lines[record] for record in records)
    return _csv_lines(opened.csv, records)


def _csv_lines(source: CsvFile, records: list[int]) -> tuple[int, ...]:
    """The lines on which records begin; the file is read again up to the last of them."""
    wanted, found, record = set(records), [], -1
    with gzip.open(source.path) if source.compressed else source.path.open("rb") as raw:
        lines = (line.decode("utf-8", errors="replace") for line in raw)
        reader = csv.reader(islice(lines, source.skip, None), delimiter=source.delimiter)
        begins = source.skip + 1
        for cells in reader:
            if len(cells) == source.width and any(cells):
                record += 1
                if record in wanted:
                    found.append(begins)
                if len(found) == len(wanted):
                    break
            begins = source.skip + reader.line_num + 1
    return tuple(found)


def lines_at(source: CsvFile, places: Sequence[int]) -> tuple[int, ...]:
    """The lines on which these bytes of the unpacked file lie; `places` ascend."""
    found, line, read = [], 1, 0
    with gzip.open(source.path) if source.compressed else source.path.open("rb") as raw:
        for place in places:
            while read < place:
                piece = raw.read(min(place - read, SAMPLE_BYTES))
                line += piece.count(b"\n")
                read += len(piece) or place
            found.append(line)
    return tuple(found)


def sample(source: Path | bytes) -> Table:
    """The first rows of a ledger, to choose its columns from.

    Raises:
        Unreadable: no such file, or no table.
    """
    with TemporaryDirectory(prefix="kam-ledger-", ignore_cleanup_errors=True) as folder:
        return opened(source, {}, Path(folder)).sample
