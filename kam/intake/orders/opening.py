"""A ledger's files, made ready for the database.

A workbook, or a text in another encoding, is copied once as CSV in UTF-8, by a child or block by
block; a plain or gzipped UTF-8 file and a Parquet file are read where they are, of any length.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kam.errors import Unreadable
from kam.intake.orders.opened import SAMPLE_BYTES, SAMPLE_ROWS, Opened, Source, Wanted, Work
from kam.intake.orders.order_sheet import Asked, sheet_in
from kam.intake.orders.parquet import is_parquet, parquet_in
from kam.intake.orders.progress import Progress
from kam.intake.orders.sources import CsvFile
from kam.intake.orders.text_files import head_of, text_in
from kam.intake.tables.files import Reading, Table, refuse_foreign
from kam.intake.tables.sheets import is_spreadsheet

# Characters in a path that the database would take for a pattern.
PATTERN_SIGNS = frozenset("*?[{")


def opened_all(sources: Sequence[Source], names: Sequence[str], work: Work) -> tuple[Opened, ...]:
    """The files of one ledger; `names` are what a person calls them, as far as they go.

    Raises:
        Unreadable: no such file, no table, or a column in use is missing.
        Cancelled: a person has stopped it.
    """
    found: list[Opened] = []
    for at, source in enumerate(sources):
        name = names[at] if at < len(names) else _name(source, at, len(sources))
        found.append(_opened(name, source, work.of(at, len(sources))))
    return tuple(_placed(one, found[0], work) for one in found)


def _name(source: Source, at: int, in_all: int) -> str:
    if isinstance(source, Path):
        return source.name
    return "the ledger" if in_all == 1 else f"file {at + 1}"


def _opened(name: str, source: Source, work: Work) -> Opened:
    path = _path(name, source, work.folder)
    head = head_of(name, path, SAMPLE_BYTES)
    refuse_foreign(name, head)
    if is_parquet(head):
        file, sample, rows = parquet_in(name, path, work.folder, SAMPLE_ROWS)
        return Opened(name, file, sample, rows=rows)
    if is_spreadsheet(head):
        return _from_workbook(name, path, work)
    return text_in(name, path, head, work)


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


def _from_workbook(name: str, path: Path, work: Work) -> Opened:
    folder = str(work.folder) if work.wanted.whole else ""
    asked = Asked(name, work.wanted.reading, SAMPLE_ROWS, folder)
    found = sheet_in(path, asked, work.progress)
    width = len(found.sample.headers)
    file = CsvFile(found.csv, compressed=False, delimiter=",", skip=0, width=width, places={})
    return Opened(name, file, found.sample, found.lines, found.rows)


def _placed(one: Opened, first: Opened, work: Work) -> Opened:
    """The file with the places of the columns in use, and its cells in the order of the first's.

    Raises:
        Unreadable: a column in use is missing.
    """
    own, others, wanted = one.sample.headers, first.sample.headers, work.wanted
    lacks = [name for name in others if name and name not in own]
    adds = [name for name in own if name and name not in others]
    used = list(dict.fromkeys((*wanted.chosen.values(), *wanted.only)))
    if missing := [header for header in used if header not in own]:
        raise Unreadable(_without(one, first, missing, adds))
    places = {key: own.index(header) for key, header in wanted.chosen.items()}
    only = {own.index(header): texts for header, texts in wanted.only.items()}
    shared = [header for header in others if header and header in own]
    order = tuple(own.index(header) for header in (*shared, *adds))
    told = [_told_otherwise(first, lacks, adds)] if lacks or adds else []
    sample = replace(one.sample, notes=(*one.sample.notes, *told))
    file = one.file._replace(places=places, only=only, order=order)
    return one._replace(file=file, sample=sample, progress=work.progress)


def _without(one: Opened, first: Opened, missing: Sequence[str], adds: Sequence[str]) -> str:
    """Why a file without these columns is no part of the ledger."""
    if one is first:
        found = _quoted([header for header in one.sample.headers if header])
        return f'We found no column "{missing[0]}" in {one.name}. The columns are: {found}.'
    more = f" and adds {_quoted(adds)}" if adds else ""
    return (
        f"{one.name} does not have the columns of {first.name}: it lacks {_quoted(missing)}{more}. "
        "Files of one ledger need the same names for the columns in use; choose it apart, or "
        "export it again."
    )


def _told_otherwise(first: Opened, lacks: Sequence[str], adds: Sequence[str]) -> str:
    """A sentence on columns that only one of two files has, and that nobody uses."""
    differences = [("lacks", lacks), ("adds", adds)]
    told = " and ".join(f"{verb} {_quoted(found)}" for verb, found in differences if found)
    return (
        f"Compared with {first.name} it {told}, which is not in use; no line is a copy of one "
        "there, because not every cell can be compared."
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def sample(source: Source, name: str = "", reading: Reading | None = None) -> Table:
    """The first rows of a ledger, to choose its columns from.

    Raises:
        Unreadable: no such file, or no table.
    """
    with TemporaryDirectory(prefix="kam-ledger-", ignore_cleanup_errors=True) as folder:
        wanted = Wanted(reading=reading or Reading(), whole=False)
        work = Work(wanted, Path(folder), Progress())
        return opened_all([source], [name] if name else [], work)[0].sample
