"""The row of column names among a file's records: found, or pointed at by a person."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.tables.records import LOOKED_AT, MOST_COLUMNS, Record, filled_width

# `Header.place` and `Header.line` of a file without column names: its first record is data.
NO_HEADER_PLACE, NO_HEADER = -1, 0

# Cells that cannot be the name of a column: a number or a date, except for a year such as 2025.
_DATA = re.compile(r"[-+]?\d[\d.,]*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")

# Characters without width that exports leave in column names: zero-width space, byte order mark.
_WIDTHLESS = str.maketrans("", "", "\u200b\ufeff")


class Header(NamedTuple):
    """The row of column names: its place among the records, the names, and what to tell.

    `place` is -1 and `line` is 0 where the file has none.
    """

    place: int
    names: tuple[str, ...]
    notes: tuple[str, ...]
    line: int = NO_HEADER


def header_of(name: str, records: Sequence[Record], line: int | None = None) -> Header:
    """The names of the columns, unique whatever their case; titles above them are told.

    Without `line` it is the first record that fills more than half of the usual width. With it,
    the record on that line, even if its cells look like data; 0 says that the file has none, and
    the columns are called "Column 1", "Column 2" and so on.

    Raises:
        Unreadable: no record, none on that line, names that look like data, too many columns.
    """
    if not records:
        raise Unreadable(f"We could not read {name}: the file is empty. Export it once more.")
    place = _header_place(records[:LOOKED_AT]) if line is None else _place_of(name, records, line)
    body = records[place + 1 :]
    found = records[place] if place >= 0 else Record(NO_HEADER, [""] * _width(records))
    names = _names(found.cells, body)
    if line is None:
        _refuse_data(name, names)
    _refuse_too_many(name, names)
    unique = _unique(names)
    notes = [*_titles(records[: max(place, 0)]), *_renamed(names, unique, found.line)]
    return Header(place, unique, tuple(notes), found.line)


def _titles(above: Sequence[Record]) -> list[str]:
    texts = (" ".join(filter(None, record.cells)).strip() for record in above)
    return [f'Left out above the column names: "{text[:60]}".' for text in texts]


def _header_place(records: Sequence[Record]) -> int:
    usual = Counter(filled_width(record.cells) for record in records).most_common(1)[0][0]
    wide = (
        place
        for place, record in enumerate(records)
        if sum(bool(cell.strip()) for cell in record.cells) * 2 > usual
    )
    return next(wide, 0)


def _place_of(name: str, records: Sequence[Record], line: int) -> int:
    """The place of the record on this line; -1 for line 0."""
    if line == NO_HEADER:
        return NO_HEADER_PLACE
    found = next((place for place, record in enumerate(records) if record.line == line), None)
    if found is None:
        lines = ", ".join(str(record.line) for record in records[:5])
        message = (
            f"We found no row that begins on line {line} of {name}. Choose another line for the "
            f"column names; the first rows begin on these lines: {lines}."
        )
        raise Unreadable(message)
    return found


def _width(records: Sequence[Record]) -> int:
    return max(filled_width(record.cells) for record in records)


def _names(cells: Sequence[str], body: Sequence[Record]) -> list[str]:
    """Names with single spaces, "" for a nameless column; unused nameless ones are dropped."""
    names = [" ".join(cell.translate(_WIDTHLESS).split()) for cell in cells]
    if names[-1]:
        return names
    used = _width(body) if body else 0
    while names and not names[-1] and len(names) > used:
        names.pop()
    return names


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, numbered where they are empty or stand for a second time in any case."""
    taken = {name.casefold() for name in names}
    seen: set[str] = set()
    unique = []
    for at, name in enumerate(names, 1):
        own = name or f"Column {at}"
        if own.casefold() in (seen if name else taken):
            own = _numbered(own, taken | seen)
        seen.add(own.casefold())
        unique.append(own)
    return tuple(unique)


def _renamed(names: Sequence[str], unique: Sequence[str], line: int) -> list[str]:
    """What is told of the columns that got another name than the file gives them."""
    if line == NO_HEADER:
        return ["The file has no column names; its columns are numbered."]
    return [
        f'A column name stands more than once: the later "{name}" is called "{own}".'
        if name
        else f"A column without a name is called {own}."
        for name, own in zip(names, unique, strict=True)
        if name != own
    ]


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} ({number})".casefold() in taken:
        number += 1
    return f"{name} ({number})"


def _refuse_data(name: str, names: Sequence[str]) -> None:
    data = next((one for one in names if _DATA.fullmatch(one) and not _YEAR.fullmatch(one)), None)
    if data:
        message = (
            f'We expected column names in the first row of {name} and found "{data[:40]}". Say '
            "which row holds them or that there are none, or add a row with the names."
        )
        raise Unreadable(message, asks="header")


def _refuse_too_many(name: str, names: Sequence[str]) -> None:
    if len(names) > MOST_COLUMNS:
        message = (
            f"We read at most {MOST_COLUMNS} columns, and {name} has {len(names):,}. Leave out "
            "those that say nothing about customers."
        )
        raise Unreadable(message)
