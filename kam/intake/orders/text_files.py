"""A text as the database reads it: where it is, or as a copy in UTF-8.

Encoding, delimiter and header come from the beginning of the text, of whatever length it is.
"""

import zlib
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from os import SEEK_END
from pathlib import Path

from kam.errors import Unreadable
from kam.intake.orders.opened import SAMPLE_BYTES, SAMPLE_ROWS, Opened, Work
from kam.intake.orders.sources import CsvFile, ParquetFile
from kam.intake.orders.utf8 import Text, copy_as_utf8, is_gzip, unpacking
from kam.intake.tables.artefacts import unwrapped
from kam.intake.tables.encoding import Decoded, decoded, decoded_beginning
from kam.intake.tables.files import CUT_OFF, Record, Table, delimiter_of, header_of, records_in

# Beginning of a file from which its encoding is told where it is not UTF-8. Bytes; a few thousand
# names with accents, which settles it.
TELLING_BYTES = 2_000_000

# Bytes of a gzip file that are unpacked at a time to see how tightly it is packed.
PIECE = 4_096

# How a cell begins that Excel was to keep as a text.
FORMULA = '="'

# Records shown so that a person can point at the column names.
SHOWN_RECORDS = 12


def head_of(name: str, path: Path, most: int) -> bytes:
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


def text_in(name: str, path: Path, head: bytes, work: Work) -> Opened:
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
    data = head_of(name, path, TELLING_BYTES)
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
    found = Opened(name, file, sample, rows=_rows(path, told.text))
    return unwrapped_in(found, _wrapped(sample))


def _wrapped(sample: Table) -> frozenset[int]:
    """The numbers of the cells in which some row holds a text as a formula, ="00123"."""
    odd = [row for row in sample.rows if any(FORMULA in cell for cell in row)]
    return frozenset(at for row in odd for at, cell in enumerate(row) if unwrapped(cell) != cell)


def unwrapped_in(one: Opened, cells: frozenset[int]) -> Opened:
    """The file with ="00123" read as 00123 in these cells, and a sentence that says so."""
    if not cells or isinstance(one.file, ParquetFile):
        return one
    rows = tuple(
        tuple(unwrapped(cell) if at in cells else cell for at, cell in enumerate(row))
        for row in one.sample.rows
    )
    names = ", ".join(one.sample.headers[at] for at in sorted(cells))
    note = f'Cells such as ="00123" are read as the text in them: {names}.'
    sample = replace(one.sample, rows=rows, notes=(*one.sample.notes, note))
    return one._replace(file=one.file._replace(wrapped=cells), sample=sample)


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
