"""Records of a ledger, and bytes of its file, found again as the lines that a person sees."""

import csv
from collections.abc import Sequence
from itertools import islice

from kam.intake.orders.opened import SAMPLE_BYTES, Opened
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile, ParquetFile
from kam.intake.orders.utf8 import unpacking

# Records between two looks at whether somebody has cancelled; a twentieth of a second.
WATCHED = 50_000


def places_of(opened: Opened, records: Sequence[int]) -> tuple[int, ...]:
    """The lines (or sheet rows) on which these records begin; they ascend, counted from 0.

    Raises:
        Cancelled: a person has stopped the reading.
    """
    if len(opened.sheet_lines):
        return tuple(opened.sheet_lines[record] for record in records)
    if isinstance(opened.file, ParquetFile):
        return tuple(record + 1 for record in records)
    return _csv_lines(opened.file, records, opened.progress)


def _csv_lines(source: CsvFile, records: Sequence[int], progress: Progress) -> tuple[int, ...]:
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
                if record % WATCHED == 0:
                    progress.goes_on()
            begins = source.skip + reader.line_num + 1
    return tuple(found)


def lines_at(opened: Opened, places: Sequence[int]) -> tuple[int, ...]:
    """The lines on which these bytes of the unpacked file lie; `places` ascend.

    Raises:
        Cancelled: a person has stopped the reading.
    """
    source = opened.file
    if not places or isinstance(source, ParquetFile):
        return ()
    found, line, read = [], 1, 0
    with unpacking(source.path.name, source.path) as raw:
        for place in places:
            while read < place:
                opened.progress.goes_on()
                piece = raw.read(min(place - read, SAMPLE_BYTES))
                line += piece.count(b"\n")
                read += len(piece) or place
            found.append(line)
    return tuple(found)
