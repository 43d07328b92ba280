"""A ledger's files as the database reads them, and their lines found again by record.

A workbook, or a text in another encoding, is copied once as CSV in UTF-8; a plain or gzipped
UTF-8 file and a Parquet file are read where they are, of any length. Delimiter and header come
from the beginning of a text.
"""

import csv
import gzip
import shutil
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.orders.parquet import is_parquet, parquet_in
from kam.intake.orders.sources import CsvFile, File, ParquetFile
from kam.intake.tables.encoding import decoded, unpacked
from kam.intake.tables.files import (
    CUT_OFF,
    LOOKED_AT,
    Reading,
    Record,
    Table,
    delimiter_of,
    header_of,
    read_table,
    records_in,
    refuse_foreign,
)
from kam.intake.tables.sheets import is_spreadsheet

# Rows of a workbook; Excel holds no more.
SHEET_ROWS = 1_048_576

# Beginning of a file from which delimiter and header are read. Bytes.
SAMPLE_BYTES = 262_144

# Rows kept as a sample of how cells are written.
SAMPLE_ROWS = LOOKED_AT * 20

# Records shown so that a person can point at the column names.
SHOWN_RECORDS = 12

# Characters in a path that the database would take for a pattern.
PATTERN_SIGNS = frozenset("*?[{")

Source = Path | bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the files.

    Attributes:
        chosen: our name of a column -> its header.
        only: header -> the texts with which a line counts.
        reading: what a person has said about how the files are read.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)


class Opened(NamedTuple):
    """A ledger that the database can read.

    `sample` holds its first rows; `sheet_lines` is the row of the sheet for each record, empty
    for a text file. `rows` is about how many rows it has, 0 if nobody can tell.
    """

    name: str
    file: File
    sample: Table
    sheet_lines: tuple[int, ...] = ()
    rows: int = 0


def opened_all(
    sources: Sequence[Source], names: Sequence[str], wanted: Wanted, folder: Path
) -> tuple[Opened, ...]:
    """The files of one ledger; `names` are what a person calls them, as far as they go.

    Raises:
        Unreadable: as in `opened`, or a file does not have the first file's columns.
    """
    found: list[Opened] = []
    for at, source in enumerate(sources):
        own = folder / str(at)
        own.mkdir()
        name = names[at] if at < len(names) else _name(source, at, len(sources))
        one = _opened(name, source, wanted.reading, own)
        if found:
            _refuse_other_columns(found[0].sample, one.sample)
        found.append(one)
    headers = found[0].sample.headers
    return tuple(_placed(one, headers, wanted) for one in found)


def _name(source: Source, at: int, in_all: int) -> str:
    if isinstance(source, Path):
        return source.name
    return "the ledger" if in_all == 1 else f"file {at + 1}"


def opened(source: Source, wanted: Wanted, folder: Path) -> Opened:
    """One source as the database reads it; a copy is made in `folder` where it must be.

    Raises:
        Unreadable: no such file, no table, or a chosen column is missing.
    """
    return opened_all([source], (), wanted, folder)[0]


def _opened(name: str, source: Source, reading: Reading, folder: Path) -> Opened:
    path = _path(name, source, folder)
    head = _head(name, path)
    refuse_foreign(name, head)
    if is_parquet(head):
        file, sample, rows = parquet_in(name, path, folder, SAMPLE_ROWS)
        return Opened(name, file, sample, rows=rows)
    if is_spreadsheet(head):
        return _from_workbook(name, path.read_bytes(), reading, folder)
    if reading.encoding not in {None, "utf-8"} or not _is_utf8(head):
        text = decoded(name, unpacked(name, path.read_bytes()), reading.encoding).text
        path = folder / "utf8.csv"
        path.write_text(text, encoding="utf-8", newline="")
        head = _head(name, path)
    return _from_csv(name, path, head, reading)


def _path(name: str, source: Source, folder: Path) -> Path:
    """Where the database reads the source: the file itself, or a copy with a plain name."""
    copy = folder / "ledger.csv"
    if isinstance(source, bytes):
        copy.write_bytes(source)
        return copy
    if not source.is_file():
        raise Unreadable(f"We found no file {name}. Choose it again.")
    if PATTERN_SIGNS.isdisjoint(str(source)):
        return source
    shutil.copyfile(source, copy)
    return copy


def _refuse_other_columns(first: Table, other: Table) -> None:
    """Nothing comes back; a file without the columns of the first one is refused."""
    lacks = [header for header in first.headers if header and header not in other.headers]
    adds = [header for header in other.headers if header and header not in first.headers]
    if not lacks and not adds:
        return
    differences = [("lacks", lacks), ("adds", adds)]
    told = " and ".join(f"{verb} {_quoted(found)}" for verb, found in differences if found)
    message = (
        f"{other.name} does not have the columns of {first.name}: it {told}. Files of one ledger "
        "need the same column names; choose it apart, or export it again."
    )
    raise Unreadable(message)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


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


def _from_csv(name: str, path: Path, head: bytes, reading: Reading) -> Opened:
    text = head.decode("utf-8-sig", errors="ignore")
    whole = text if len(head) < SAMPLE_BYTES else text[: text.rfind("\n") + 1]
    delimiter = delimiter_of(whole) if reading.delimiter is None else reading.delimiter
    records = _beginning(name, whole, delimiter)
    header = header_of(name, records, reading.header)
    body = records[header.place + 1 :]
    if not body:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)
    width = len(records[header.place].cells) if header.place >= 0 else len(header.names)
    file = CsvFile(path, _is_gzip(path), delimiter or ",", body[0].line - 1, width, {})
    names = header.names + ("",) * (width - len(header.names))
    notes = (*header.notes, CUT_OFF) if _is_cut_off(path) else header.notes
    kept = [one for one in body if len(one.cells) == width]
    sample = Table(
        name,
        names,
        tuple(tuple(one.cells) for one in kept),
        tuple(one.line for one in kept),
        encoding=reading.encoding or "utf-8",
        delimiter=delimiter,
        notes=notes,
        header_line=header.line,
        beginning=tuple(records[:SHOWN_RECORDS]),
    )
    width_of_a_row = len(whole.encode()) / len(body)
    rows = 0 if file.compressed else int(path.stat().st_size / width_of_a_row)
    return Opened(name, file, sample, rows=rows)


def _beginning(name: str, text: str, delimiter: str) -> list[Record]:
    """The records at the beginning, up to one that the sample or a stray quote breaks."""
    found: list[Record] = []
    with suppress(Unreadable):
        found.extend(islice(records_in(name, text, delimiter), SAMPLE_ROWS))
    return found


def _from_workbook(name: str, data: bytes, reading: Reading, folder: Path) -> Opened:
    table = read_table(name, data, reading, most_rows=SHEET_ROWS)
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(table.rows)
    file = CsvFile(
        path, compressed=False, delimiter=",", skip=0, width=len(table.headers), places={}
    )
    sample = replace(
        table, rows=table.rows[:SAMPLE_ROWS], line_numbers=table.line_numbers[:SAMPLE_ROWS]
    )
    return Opened(name, file, sample, table.line_numbers, len(table.rows))


def _placed(one: Opened, headers: tuple[str, ...], wanted: Wanted) -> Opened:
    """The file with the places of the chosen columns, its cells in the order of `headers`."""
    own = one.sample.headers
    missing = [header for header in (*wanted.chosen.values(), *wanted.only) if header not in own]
    if missing:
        message = (
            f'We found no column "{missing[0]}" in {one.name}. The columns are: {_quoted(own)}.'
        )
        raise Unreadable(message)
    places = {key: own.index(header) for key, header in wanted.chosen.items()}
    only = {own.index(header): texts for header, texts in wanted.only.items()}
    order = tuple(own.index(header) for header in headers if header)
    return one._replace(file=one.file._replace(places=places, only=only, order=order))


def places_of(opened: Opened, records: list[int]) -> tuple[int, ...]:
    """The lines (or sheet rows) on which these records begin, counted from record 0."""
    if opened.sheet_lines:
        return tuple(opened.sheet_lines[record] for record in records)
    if isinstance(opened.file, ParquetFile):
        return tuple(record + 1 for record in records)
    return _csv_lines(opened.file, records)


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


def lines_at(source: File, places: Sequence[int]) -> tuple[int, ...]:
    """The lines on which these bytes of the unpacked file lie; `places` ascend."""
    if not places or isinstance(source, ParquetFile):
        return ()
    found, line, read = [], 1, 0
    with gzip.open(source.path) if source.compressed else source.path.open("rb") as raw:
        for place in places:
            while read < place:
                piece = raw.read(min(place - read, SAMPLE_BYTES))
                line += piece.count(b"\n")
                read += len(piece) or place
            found.append(line)
    return tuple(found)


def sample(source: Source, name: str = "", reading: Reading | None = None) -> Table:
    """The first rows of a ledger, to choose its columns from.

    Raises:
        Unreadable: no such file, or no table.
    """
    with TemporaryDirectory(prefix="kam-ledger-", ignore_cleanup_errors=True) as folder:
        wanted = Wanted(reading=reading or Reading())
        return opened_all([source], [name] if name else [], wanted, Path(folder))[0].sample
