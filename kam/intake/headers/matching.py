"""Their column names -> our fields, certain where the names agree and a guess where they resemble.

Names are compared without case, accents and punctuation, so "KUNDEN-NR." is "kundennr"; a percent
sign is a word of a name, so "Margin %" is not "Margin". Where no name helps, what stands in the
cells may (`kam.intake.headers.content`); that is a guess, unless the name hints at the same. A name
that fits is of no use where the column holds something else: money where percentages are asked
for, percentages where money is, figures where words are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from kam.intake.headers import content
from kam.intake.headers.aliases import CUSTOMER_TARGETS, LEDGER_TARGETS, Kind, Target
from kam.intake.headers.called import PERCENT, Called, fits, folded, looks_like, named

__all__ = [
    "CUSTOMER_TARGETS",
    "LEDGER_TARGETS",
    "REPAIR_COLUMNS",
    "Kind",
    "Match",
    "Target",
    "folded",
    "match",
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
ROW_IN_FILE = "Row in your file"
REPAIR_COLUMNS = (ROW_IN_FILE, "What to repair", "Cells without a column")

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

# Whom a column names is certain where its name hints at it and its cells say so, too.
_TOLD_BY_CELLS = frozenset({"name", "owner"})

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


@dataclass(frozen=True, slots=True)
class _Names:
    """What a target is called, folded: for certain (best first), perhaps, and its hints alone."""

    target: Target
    certain: Mapping[str, int]
    perhaps: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def key(self) -> str:
        """The target's."""
        return self.target.key

    def place(self, called: Called) -> int | None:
        """Which of the certain names a column has, with its unit or without; `None` for none."""
        names = (called.full, called.bare, called.signed)
        place = next((self.certain[name] for name in names if name in self.certain), None)
        return place if place is not None and fits(called, self.target) else None

    def looks_like(self, called: Called) -> bool:
        """Whether the cells of a column look as the target's do."""
        return looks_like(called, self.target)


class _Candidate(NamedTuple):
    """A column that may go to a target; the lowest rank wins."""

    rank: tuple[float, float]
    header: str
    key: str


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
    cells = columns or {}
    known = {h: Called(h, cells.get(h, ())) for h in headers if not is_machinery(h)}
    rows_are_customers = _OTHER_RECORDS.isdisjoint(called.full for called in known.values())
    names = [_names(target, rows_are_customers) for target in targets]
    result = {header: Match(None, certain=False) for header in headers}
    by_name = Match(None, certain=True, by="name")
    _settle(result, _called_as_ours(known, names, cells), by_name)
    fields = {one.key for one in names}
    seen = [guess for guess in _by_content(result, cells) if guess.key in fields]
    if rows_are_customers:
        _settle(result, _hinted(known, names, seen), by_name)
    _settle(result, _near(known, names), Match(None, certain=False, by="alike"))
    _settle(result, seen, Match(None, certain=False, by="content"))
    doubtful = _called_as_ours(known, names, cells, as_expected=False)
    _settle(result, doubtful, Match(None, certain=False, by="name"))
    return result


def _settle(result: dict[str, Match], candidates: list[_Candidate], like: Match) -> None:
    """`result` with the best candidates for what is still free, each as `like` says."""
    taken = {found.target for found in result.values()}
    for _, header, key in sorted(candidates, key=lambda candidate: candidate.rank):
        if result[header].target is None and key not in taken:
            result[header] = like._replace(target=key)
            taken.add(key)


def is_machinery(header: str) -> bool:
    return header.casefold().startswith(_NOT_THEIRS) or header in REPAIR_COLUMNS


@lru_cache(maxsize=256)
def _names(target: Target, rows_are_customers: bool) -> _Names:  # noqa: FBT001 - cached: positional
    hints = tuple(map(named, target.hints))
    broad = frozenset() if rows_are_customers else frozenset(map(named, target.broad))
    every = dict.fromkeys(map(named, (target.label, target.key, *target.aliases)))
    certain = {
        name: place for place, name in enumerate(every) if name not in broad and name not in hints
    }
    unsigned = (name.removesuffix(PERCENT) for name in every)
    return _Names(target, certain, tuple(dict.fromkeys((*every, *unsigned, *hints))), hints)


def _called_as_ours(
    known: Mapping[str, Called],
    names: Sequence[_Names],
    cells: Mapping[str, Sequence[str]],
    *,
    as_expected: bool = True,
) -> list[_Candidate]:
    """Columns that are called as one of ours, the fuller first, then by place among our names.

    Only those whose cells look as ours do, or (`as_expected` is false) those whose cells do not.
    """
    return [
        _Candidate((_weakness(cells.get(header, ()), one.key), place), header, one.key)
        for one in names
        for header, called in known.items()
        if (place := one.place(called)) is not None and one.looks_like(called) == as_expected
    ]


def _weakness(cells: Sequence[str], key: str) -> int:
    """How little a column helps: 0 well, 1 keys that no person knows, 2 hardly filled."""
    filled = [cell for cell in cells if cell]
    if cells and len(filled) < HARDLY_FILLED * len(cells):
        return 2
    unknown = _NO_LETTERS if key == "name" else _UUID
    return 1 if filled and all(map(unknown.fullmatch, filled[:FIRST_CELLS])) else 0


def _hinted(
    known: Mapping[str, Called], names: Sequence[_Names], seen: Sequence[_Candidate]
) -> list[_Candidate]:
    """Columns whose name hints at whom they name, and whose cells look like that."""
    hints = {one.key: one.hints for one in names if one.key in _TOLD_BY_CELLS}
    return [guess for guess in seen if known[guess.header].full in hints.get(guess.key, ())]


def _near(known: Mapping[str, Called], names: Sequence[_Names]) -> list[_Candidate]:
    """Columns called nearly as one of ours, the most alike first, before all of the latest year.

    A column that is called exactly as one field, and lost against a better one, is another field
    only where its name is a hint for it.
    """
    exact = {
        header for header, called in known.items() for one in names if one.place(called) is not None
    }
    scored = [
        (_likeness(called, one), called.year, header, one.key)
        for header, called in known.items()
        for one in names
        if header not in exact or called.full in one.hints
    ]
    return [
        _Candidate((-year, -likeness), header, key)
        for likeness, year, header, key in scored
        if likeness
    ]


def _likeness(called: Called, ours: _Names) -> float:
    """How alike a column's name is to the most similar of ours, 0-100; 0 below `NEAR`."""
    exact = called.undated in ours.perhaps
    number = ours.target.kind == "number"
    if not exact and (len(called.full) < SHORTEST_GUESS or (number and called.is_no_actual)):
        return 0.0
    score = max(fuzz.ratio(called.full, one, score_cutoff=NEAR) for one in ours.perhaps)
    likeness = 100.0 if exact else score
    fitting = likeness and fits(called, ours.target) and ours.looks_like(called)
    return likeness if fitting else 0.0


def _by_content(
    result: Mapping[str, Match], cells: Mapping[str, Sequence[str]]
) -> list[_Candidate]:
    """Columns without a place whose cells look like one of our fields."""
    free = {
        header: cells[header]
        for header, found in result.items()
        if found.target is None and header in cells and not is_machinery(header)
    }
    return [_Candidate((0, -sure), header, key) for sure, header, key in content.guesses(free)]
