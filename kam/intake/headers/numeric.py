"""Columns without a place that hold numbers worth keeping, as a criterion's source."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kam.intake.figures import numbers
from kam.intake.headers.matching import Match, folded, is_machinery
from kam.intake.headers.units import names_no_currency
from kam.intake.tables.files import Table

# Cells of a column that are looked at to tell whether it holds numbers; evenly spread.
LOOKED_AT = 500

# Share of its filled cells that must be numbers. Origin: the brief for this screen.
MOSTLY = 0.9

# A column with fewer different numbers is a code of a few kinds.
FEWEST_VALUES = 3

# Words in a column's name that make its numbers no measure: keys, codes, places, times.
_NO_MEASURE = frozenset(
    {
        *("id", "key", "no", "nr", "num", "code", "sic", "naics", "duns", "index", "token"),
        *("version", "year", "jahr", "month", "monat", "day", "tag", "date", "datum", "time"),
        *("lat", "long", "latitude", "longitude", "checksum", "plz", "zip", "line", "row"),
    }
)
_NO_MEASURE_PARTS = ("phone", "telefon", "fax", "postal", "zipcode", "latitude", "longitude")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def numeric_headers(table: Table, matches: Mapping[str, Match]) -> tuple[str, ...]:
    """Columns without a place that hold numbers worth keeping as a criterion's source.

    At least nine in ten filled cells are numbers that differ from row to row; keys, codes, phone
    numbers, places and years are none.
    """
    return tuple(
        header
        for header in table.headers
        if matches[header].target is None and not is_machinery(header) and _may_measure(header)
        if _measures(header, table.column(header))
    )


def _may_measure(header: str) -> bool:
    words = {word.casefold() for word in _WORD.findall(header)}
    plain = folded(header)
    ends_as_key = plain.endswith(("number", "nummer"))
    ends_as_key |= header.isupper() and plain.endswith(("id", "key", "code"))
    named = not words & _NO_MEASURE or {"number", "of"} <= words
    return named and not ends_as_key and not any(part in plain for part in _NO_MEASURE_PARTS)


def _measures(header: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    seen = filled[:: max(1, len(filled) // LOOKED_AT)]
    if len(set(seen)) < min(FEWEST_VALUES, len(filled)) or any(map(_is_coded, seen)):
        return False
    read = [value for value in numbers(header, seen).values if value is not None]
    return len(read) >= max(1, MOSTLY * len(seen)) and not _are_years(read) and not _count_up(read)


def _is_coded(cell: str) -> bool:
    """Whether a cell is written as a code or a phone number: 00420, +49 30, IMP-110."""
    return bool(re.match(r"0\d|\+\d", cell)) or names_no_currency(cell)


def _are_years(values: Sequence[float]) -> bool:
    return all(value.is_integer() and 1900 <= value <= 2100 for value in values)


def _count_up(values: Sequence[float]) -> bool:
    """Whether the values number the rows: whole, and each one above the one before."""
    steps = {after - before for before, after in pairwise(values)}
    return len(values) > 2 and steps == {1.0}
