"""Their column names -> our fields, certain where the names agree and a guess where they resemble.

Names are compared without case, accents and punctuation, so "KUNDEN-NR." is "kundennr". Where no
name helps, what stands in the cells may (`kam.intake.headers.content`); that is always a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from kam.intake.figures import numbers
from kam.intake.headers import content
from kam.intake.headers.aliases import CUSTOMER_TARGETS, LEDGER_TARGETS, Kind, Target
from kam.intake.headers.units import names_no_currency, without_unit
from kam.intake.tables.files import Table

__all__ = [
    "CUSTOMER_TARGETS",
    "LEDGER_TARGETS",
    "REPAIR_COLUMNS",
    "Kind",
    "Match",
    "Target",
    "folded",
    "match",
    "numeric_headers",
]

By = Literal["name", "alike", "content", ""]

# Likeness (0-100, rapidfuzz ratio of folded names) from which a name is offered as a guess.
# Origin: "anual revenue" has 96 to "annual revenue", "order no" 75 to "owner no".
NEAR = 85.0

# A folded name shorter than this is like too many others to be guessed.
SHORTEST_GUESS = 4

# Share of cells below which a column is too empty to be preferred over another of the same
# meaning. Origin: "company_name" of QuickBooks and "ACCOUNTNUMBER" of Salesforce are nearly empty.
HARDLY_FILLED = 0.5

# Our own two columns in the workbook of rows to repair; when it comes back they are no data.
REPAIR_COLUMNS = ("Row in your file", "What to repair")

# Dynamics 365 needs these columns for itself: the record's key, a checksum, a time.
_NOT_THEIRS = ("(do not modify)", "(nicht ändern)")

# Names of columns (folded) that only rows of something else have: opportunities, people, orders,
# products. Then "Name" and "ID" are theirs and not a customer's.
_OTHER_RECORDS = frozenset(
    {
        *("stagename", "stage", "salesstage", "closedate", "estclosedate", "closingdate"),
        *("dealname", "dealstage", "dealtitle", "opportunityname", "opportunityid", "isclosed"),
        *("lastname", "nachname", "contactid", "leadid", "jobtitle", "leadstatus"),
        *("invoiceno", "invoicenumber", "invoicedate", "orderno", "ordernumber", "orderdate"),
        *("salesorderid", "salesordernumber", "docnumber", "postingdate", "transactiondate"),
        *("unitprice", "rechnungsdatum", "belegdatum", "belegnummer", "rechnungsnummer"),
        *("productid", "productname", "sku", "artikelnummer", "employeeid", "loginname"),
    }
)

# A year in a column's name: which year of several is meant is for a person to say.
_YEAR = re.compile(r"\b(19|20)\d\d\b")

# Cells that are looked at to tell a key of the machine or a number from a name.
FIRST_CELLS = 20

_NO_LETTERS = re.compile(r"[\W\d_]+")
_UUID = re.compile(r"\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)


class Match(NamedTuple):
    """Where a column goes.

    Attributes:
        target: a target's key, or `None`.
        certain: whether the names agree; a guess is for a person to confirm.
        by: what tells: the same name, a name that is alike, what stands in the cells.
    """

    target: str | None
    certain: bool
    by: By = ""


class _Called(NamedTuple):
    """What a column is called, folded: in full, without its unit, and without a year as well."""

    full: str
    bare: str
    undated: str
    year: int


@dataclass(frozen=True, slots=True)
class _Names:
    """What a target is called, folded: for certain (best first), perhaps, and its hints alone."""

    key: str
    certain: Mapping[str, int]
    perhaps: tuple[str, ...]
    hints: tuple[str, ...]

    def place(self, called: _Called) -> int | None:
        """Which of the certain names a column has, with its unit or without; `None` for none."""
        return self.certain.get(called.full, self.certain.get(called.bare))


class _Candidate(NamedTuple):
    """A column that may go to a target; the lowest rank wins."""

    rank: tuple[float, float]
    header: str
    key: str


def folded(name: str) -> str:
    """The name in lower-case letters and digits only: "Kunden-Nr." and "KUNDENNR" are equal."""
    spelled = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return re.sub(r"[\W_]", "", "".join(ch for ch in spelled if not unicodedata.combining(ch)))


def match(
    headers: Iterable[str],
    targets: Sequence[Target],
    columns: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Match]:
    """For every header where it goes; each target goes to one header at most.

    Label, key and the order of the aliases rank certain matches, after columns that hold enough
    to be of use; a guess is only made for targets that no header matches for certain. Of equal
    matches the first header wins.

    Args:
        headers: the names of their columns.
        targets: our fields.
        columns: header -> cells; without them only the names are compared.
    """
    known = {header: _called(header) for header in headers if not _is_machinery(header)}
    rows_are_customers = _OTHER_RECORDS.isdisjoint(called.full for called in known.values())
    names = [_names(target, rows_are_customers) for target in targets]
    cells = columns or {}
    result = {header: Match(None, certain=False) for header in headers}
    _settle(result, _certain(known, names, cells), Match(None, certain=True, by="name"))
    result |= {
        header: one._replace(certain=False)
        for header, one in result.items()
        if one.target in content.IN_WORDS and content.are_figures(header, cells.get(header, ()))
    }
    _settle(result, _near(known, names), Match(None, certain=False, by="alike"))
    seen = [guess for guess in _by_content(result, cells) if guess.key in {n.key for n in names}]
    _settle(result, seen, Match(None, certain=False, by="content"))
    return result


def _settle(result: dict[str, Match], candidates: list[_Candidate], like: Match) -> None:
    """`result` with the best candidates for what is still free, each as `like` says."""
    taken = {found.target for found in result.values()}
    for _, header, key in sorted(candidates, key=lambda candidate: candidate.rank):
        if result[header].target is None and key not in taken:
            result[header] = like._replace(target=key)
            taken.add(key)


def _is_machinery(header: str) -> bool:
    return header.casefold().startswith(_NOT_THEIRS) or header in REPAIR_COLUMNS


def _called(header: str) -> _Called:
    bare = without_unit(header)
    year = _YEAR.search(bare)
    undated = _YEAR.sub(" ", bare)
    return _Called(folded(header), folded(bare), folded(undated), int(year[0]) if year else 0)


@lru_cache(maxsize=256)
def _names(target: Target, rows_are_customers: bool) -> _Names:  # noqa: FBT001 - cached: positional
    broad = frozenset() if rows_are_customers else frozenset(map(folded, target.broad))
    every = dict.fromkeys(map(folded, (target.label, target.key, *target.aliases)))
    certain = {name: place for place, name in enumerate(every) if name not in broad}
    hints = tuple(folded(hint) for hint in target.hints)
    return _Names(target.key, certain, (*every, *hints), hints)


def _certain(
    known: Mapping[str, _Called], names: Sequence[_Names], cells: Mapping[str, Sequence[str]]
) -> list[_Candidate]:
    """Columns that are called as one of ours, the fuller first, then by place among our names."""
    return [
        _Candidate((_weakness(cells.get(header, ()), one.key), place), header, one.key)
        for one in names
        for header, called in known.items()
        if (place := one.place(called)) is not None
    ]


def _weakness(cells: Sequence[str], key: str) -> int:
    """How little a column helps: 0 well, 1 keys that no person knows, 2 hardly filled."""
    filled = [cell for cell in cells if cell]
    if cells and len(filled) < HARDLY_FILLED * len(cells):
        return 2
    unknown = _NO_LETTERS if key == "name" else _UUID
    return 1 if filled and all(map(unknown.fullmatch, filled[:FIRST_CELLS])) else 0


def _near(known: Mapping[str, _Called], names: Sequence[_Names]) -> list[_Candidate]:
    """Columns called nearly as one of ours, the most alike first, before all of the latest year.

    A column that is called exactly as one field, and lost against a better one, is another field
    only where its name is a hint for it.
    """
    exact = {
        header for header, called in known.items() for one in names if one.place(called) is not None
    }
    scored = [
        (_likeness(called, one.perhaps), called.year, header, one.key)
        for header, called in known.items()
        for one in names
        if header not in exact or called.full in one.hints
    ]
    return [
        _Candidate((-year, -likeness), header, key)
        for likeness, year, header, key in scored
        if likeness
    ]


def _likeness(called: _Called, ours: Sequence[str]) -> float:
    """How alike a column's name is to the most similar of ours, 0-100; 0 below `NEAR`."""
    if called.undated in ours:
        return 100.0
    if len(called.full) < SHORTEST_GUESS:
        return 0.0
    return max(fuzz.ratio(called.full, one, score_cutoff=NEAR) for one in ours)


def _by_content(
    result: Mapping[str, Match], cells: Mapping[str, Sequence[str]]
) -> list[_Candidate]:
    """Columns without a place whose cells look like one of our fields."""
    free = {
        header: cells[header]
        for header, found in result.items()
        if found.target is None and header in cells and not _is_machinery(header)
    }
    return [_Candidate((0, -sure), header, key) for sure, header, key in content.guesses(free)]


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
        if matches[header].target is None and not _is_machinery(header) and _may_measure(header)
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
