"""A ledger's files as the database reads them, and their lines found again by record.

A workbook, or a text in another encoding, is copied once as CSV in UTF-8, by a child or block by
block; a plain or gzipped UTF-8 file and a Parquet file are read where they are, of any length.
Encoding, delimiter and header come from the beginning of a text.
"""

import csv
import shutil
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.orders.order_sheet import Asked, sheet_in
from kam.intake.orders.parquet import is_parquet, parquet_in
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile, File, ParquetFile
from kam.intake.orders.utf8 import Text, copy_as_utf8, is_gzip, unpacking
from kam.intake.tables.encoding import Decoded, decoded, decoded_beginning
from kam.intake.tables.files import (
    CUT_OFF,
    LOOKED_AT,
    Reading,
    Record,
    Table,
    delimiter_of,
    header_of,
    records_in,
    refuse_foreign,
)
from kam.intake.tables.sheets import is_spreadsheet

# Beginning of a file from which delimiter and header are read. Bytes.
SAMPLE_BYTES = 262_144

# Beginning of a file from which its encoding is told where it is not UTF-8. Bytes; a few thousand
# names with accents, which settles it.
TELLING_BYTES = 2_000_000

# Share of the whole work that copying as UTF-8 takes, where there must be a copy. 0-1.
COPYING_SHARE = 0.3

# Bytes of a gzip file that are unpacked at a time to see how tightly it is packed.
PIECE = 4_096

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
        whole: whether all lines are wanted, or only the first ones; then nothing is copied.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    whole: bool = True


class Opened(NamedTuple):
    """A ledger that the database can read.

    `sample` holds its first rows; `sheet_lines` is the row of the sheet for each record, empty
    for a text file. `rows` is about how many rows it has, 0 if nobody can tell.
    """

    name: str
    file: File
    sample: Table
    sheet_lines: Sequence[int] = ()
    rows: int = 0


class Work(NamedTuple):
    """What is wanted of the files, where copies are made, and whom to tell how far that is.

    `begin` and `end` are the shares of the whole work at which copying begins and ends.
    """

    wanted: Wanted
    folder: Path
    progress: Progress
    begin: float = 0.0
    end: float = COPYING_SHARE

    def of(self, at: int, in_all: int) -> "Work":
        """The part of the work that one of several files is, in a folder of its own."""
        own = self.folder / str(at)
        own.mkdir()
        begin, end = (COPYING_SHARE * place / in_all for place in (at, at + 1))
        return self._replace(folder=own, begin=begin, end=end)

    def copied(self, share: float) -> None:
        """Nothing comes back; this share of the file is copied."""
        self.progress.ahead(self.begin + (self.end - self.begin) * share)


def opened_all(sources: Sequence[Source], names: Sequence[str], work: Work) -> tuple[Opened, ...]:
    """The files of one ledger; `names` are what a person calls them, as far as they go.

    Raises:
        Unreadable: as in `opened`, or a file does not have the first file's columns.
        Cancelled: a person has stopped it.
    """
    found: list[Opened] = []
    for at, source in enumerate(sources):
        name = names[at] if at < len(names) else _name(source, at, len(sources))
        one = _opened(name, source, work.of(at, len(sources)))
        if found:
            _refuse_other_columns(found[0].sample, one.sample)
        found.append(one)
    headers = found[0].sample.headers
    return tuple(_placed(one, headers, work.wanted) for one in found)


def _name(source: Source, at: int, in_all: int) -> str:
    if isinstance(source, Path):
        return source.name
    return "the ledger" if in_all == 1 else f"file {at + 1}"


def opened(source: Source, wanted: Wanted, folder: Path) -> Opened:
    """One source as the database reads it; a copy is made in `folder` where it must be.

    Raises:
        Unreadable: no such file, no table, or a chosen column is missing.
    """
    return opened_all([source], (), Work(wanted, folder, Progress()))[0]


def _opened(name: str, source: Source, work: Work) -> Opened:
    path = _path(name, source, work.folder)
    head = _head(name, path, SAMPLE_BYTES)
    refuse_foreign(name, head)
    if is_parquet(head):
        file, sample, rows = parquet_in(name, path, work.folder, SAMPLE_ROWS)
        return Opened(name, file, sample, rows=rows)
    if is_spreadsheet(head):
        return _from_workbook(name, path, work)
    return _from_text(name, path, head, work)


def _path(name: str, source: Source, folder: Path) -> Path:
    """Where the database reads the source: the file itself, or a copy with a plain name."""
    copy = folder / "ledger.csv"
    if isinstance(source, bytes):
        copy.write_bytes(source)
        return copy
    if not source.is_file():
        raise Unreadable(f"We found no file {name}. Choose it again.")
    if _is_plain(str(source)):
        return source
    shutil.copyfile(source, copy)
    return copy


def _is_plain(path: str) -> bool:
    """Whether the database reads this path as it stands: no pattern, and characters throughout."""
    with suppress(UnicodeEncodeError):
        return PATTERN_SIGNS.isdisjoint(path) and bool(path.encode("utf-8"))
    return False


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


def _head(name: str, path: Path, most: int) -> bytes:
    """The first bytes of what the file holds, unpacked."""
    with unpacking(name, path) as stream:
        return stream.read(most)


def _is_cut_off(path: Path) -> bool:
    """Whether a plain text ends without a line break; a gzip file carries its own check."""
    with path.open("rb") as stream:
        stream.seek(-min(4, path.stat().st_size), SEEK_END)
        return not is_gzip(path) and stream.read().rstrip(b"\x00")[-1:] not in b"\r\n"


def _is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8 up to a character that the end of the sample cut."""
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    for cut in range(4):
        with suppress(UnicodeDecodeError):
            head[: len(head) - cut].decode("utf-8")
            return True
    return False


def _from_text(name: str, path: Path, head: bytes, work: Work) -> Opened:
    """A text as the database reads it, with a copy in UTF-8 where it is in another encoding."""
    chosen = work.wanted.reading.encoding
    if chosen in {None, "utf-8"} and _is_utf8(head):
        whole = len(head) < SAMPLE_BYTES
        return _from_csv(Text(name, path, "utf-8", guessed=False), _utf8(head, whole), work)
    told = _told(name, path, chosen)
    if not work.wanted.whole:
        return _from_csv(Text(name, path, told.encoding, guessed=False), told, work)
    copy = work.folder / "utf8.csv"
    text = Text(name, path, told.encoding, guessed=chosen is None)
    copy_as_utf8(text, copy, work.copied)
    return _from_csv(text._replace(path=copy), told, work)


def _utf8(head: bytes, whole: bool) -> Decoded:  # noqa: FBT001 - a fact about the first argument
    """The whole lines at the beginning of a text in UTF-8."""
    text = head.decode("utf-8-sig", errors="ignore")
    return Decoded(text if whole else text[: text.rfind("\n") + 1], "utf-8", "")


def _told(name: str, path: Path, chosen: str | None) -> Decoded:
    """The beginning of a text that is not in UTF-8, and what its bytes tell of the encoding."""
    data = _head(name, path, TELLING_BYTES)
    told = (decoded if len(data) < TELLING_BYTES else decoded_beginning)(name, data, chosen)
    if len(told.text) <= SAMPLE_BYTES:
        return told
    end = told.text.rfind("\n", 0, SAMPLE_BYTES) + 1
    return told._replace(text=told.text[: end or SAMPLE_BYTES])


def _from_csv(source: Text, told: Decoded, work: Work) -> Opened:
    """A text in UTF-8, of which `told` is the beginning, as the database reads it."""
    name, path, reading = source.name, source.path, work.wanted.reading
    delimiter = delimiter_of(told.text) if reading.delimiter is None else reading.delimiter
    records = _beginning(name, told.text, delimiter)
    header = header_of(name, records, reading.header)
    body = records[header.place + 1 :]
    if not body:
        message = f"We found no rows below the column names in {name}. Export it with its rows."
        raise Unreadable(message)
    width = len(records[header.place].cells) if header.place >= 0 else len(header.names)
    file = CsvFile(path, is_gzip(path), delimiter or ",", body[0].line - 1, width, {})
    kept = [one for one in body if len(one.cells) == width]
    sample = Table(
        name,
        header.names + ("",) * (width - len(header.names)),
        tuple(tuple(one.cells) for one in kept),
        tuple(one.line for one in kept),
        encoding=told.encoding,
        delimiter=delimiter,
        notes=(*_notes(told, path), *header.notes),
        header_line=header.line,
        beginning=tuple(records[:SHOWN_RECORDS]),
    )
    return Opened(name, file, sample, rows=_rows(path, told.text))


def _notes(told: Decoded, path: Path) -> list[str]:
    """What is told of the encoding, and of an end that may not be the end."""
    return [note for note in (told.note, CUT_OFF if _is_cut_off(path) else "") if note]


def _rows(path: Path, beginning: str) -> int:
    """About how many rows a text has, from its length and that of its first lines."""
    length = len(beginning.encode())
    packed = _packed_length(path, length) if is_gzip(path) else length
    return int(path.stat().st_size / packed * beginning.count("\n"))


def _packed_length(path: Path, length: int) -> int:
    """About how many bytes of a gzip file hold its first bytes, at least one."""
    unpack, packed, unpacked = zlib.decompressobj(wbits=31), 0, 0
    with path.open("rb") as stream:
        while unpacked < length and not unpack.eof and (piece := stream.read(PIECE)):
            packed += len(piece)
            unpacked += len(unpack.decompress(piece, length - unpacked))
    return max(packed * length // max(unpacked, 1), 1)


def _beginning(name: str, text: str, delimiter: str) -> list[Record]:
    """The records at the beginning, up to one that the sample or a stray quote breaks."""
    found: list[Record] = []
    with suppress(Unreadable):
        found.extend(islice(records_in(name, text, delimiter), SAMPLE_ROWS))
    return found


def _from_workbook(name: str, path: Path, work: Work) -> Opened:
    folder = str(work.folder) if work.wanted.whole else ""
    asked = Asked(name, work.wanted.reading, SAMPLE_ROWS, folder)
    found = sheet_in(path, asked, work.progress)
    width = len(found.sample.headers)
    file = CsvFile(found.csv, compressed=False, delimiter=",", skip=0, width=width, places={})
    return Opened(name, file, found.sample, found.lines, found.rows)


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
    if len(opened.sheet_lines):
        return tuple(opened.sheet_lines[record] for record in records)
    if isinstance(opened.file, ParquetFile):
        return tuple(record + 1 for record in records)
    return _csv_lines(opened.file, records)


def _csv_lines(source: CsvFile, records: list[int]) -> tuple[int, ...]:
    """The lines on which records begin; the file is read again up to the last of them."""
    wanted, found, record = set(records), [], -1
    with unpacking(source.path.name, source.path) as raw:
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
    with unpacking(source.path.name, source.path) as raw:
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
        wanted = Wanted(reading=reading or Reading(), whole=False)
        work = Work(wanted, Path(folder), Progress())
        return opened_all([source], [name] if name else [], work)[0].sample
