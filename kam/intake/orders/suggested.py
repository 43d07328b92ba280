"""Which column of a ledger holds what, as far as names tell; where two may, a person says."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kam.intake.headers.aliases import LEDGER_TARGETS
from kam.intake.headers.matching import folded, match
from kam.intake.headers.rivals import rivals
from kam.intake.tables.files import Table

# Names of columns (folded) that say who bought and not whether it is a number or a name.
WHO = frozenset(
    {
        *("customer", "client", "soldto", "soldtoparty", "billto", "invoiceaccount"),
        *("kunde", "debitor", "auftraggeber"),
    }
)

# Of the filled cells of a column of names at least this share has two letters in a row. Share; a
# number of a customer may have a letter or a short word in it.
MOSTLY = 0.9
_LETTERS = re.compile(r"[^\W\d_]{2}")

# Without these nothing can be counted: who bought, when, and what it is worth.
NEEDED = ("customer", "date", "amount")


class Suggested(NamedTuple):
    """Where the columns of a ledger go.

    Attributes:
        columns: our name -> header, where nobody needs to be asked.
        rivals: our name -> the headers of which a person has to choose one.
    """

    columns: dict[str, str]
    rivals: dict[str, tuple[str, ...]]


def suggested(table: Table) -> Suggested:
    """What the names of the columns say, and where two that differ say the same.

    Args:
        table: the first rows of the ledger; columns with the same cells there are no rivals.
    """
    cells = {header: table.column(header) for header in table.headers}
    found = match(table.headers, LEDGER_TARGETS)
    contested: dict[str, tuple[str, ...]] = {}
    for header, key in rivals(found, LEDGER_TARGETS, cells).items():
        contested[key] = (*contested.get(key, ()), header)
    columns = {m.target: header for header, m in found.items() if m.target and m.certain}
    contested |= _told_apart(columns, cells)
    contested |= _of_currencies(columns, cells)
    if "amount" in {*columns, *contested}:  # quantity and price are not needed, or not chosen
        contested = {key: one for key, one in contested.items() if key not in _INSTEAD}
    unasked = contested.keys() | (_INSTEAD if "amount" in contested else set())
    return Suggested({k: h for k, h in columns.items() if k not in unasked}, contested)


def may_name_currency(table: Table) -> tuple[str, ...]:
    """The columns that may name the currency of each line, by their names or by their cells."""
    cells = {header: table.column(header) for header in table.headers}
    found = match(table.headers, LEDGER_TARGETS, cells)
    return tuple(header for header, one in found.items() if one.target == "currency")


def _of_currencies(
    columns: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The rivals among columns that are called as a currency, where their cells differ.

    A line's own currency and that of the books are two: amounts are in one of them.
    """
    first = columns.get("currency")
    if first is None:
        return {}
    others = [
        header for header in cells
        if header != first and any(cells[header]) and cells[header] != cells[first]
        and match([header], LEDGER_TARGETS)[header] == (CURRENCY, True, "name")
    ]  # fmt: skip
    return {CURRENCY: (first, *others)} if others else {}


CURRENCY = "currency"
_INSTEAD = frozenset({"quantity", "unit_price"})  # instead of an amount


def _told_apart(
    columns: dict[str, str], cells: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The rivals among columns that say who bought; a number and a name are none.

    `columns` gets both: the number as the customer, the other as its name.
    """
    who = _called_customer(columns.get("customer"), cells)
    names = [header for header in who if _holds_names(header, cells[header])]
    numbers = [header for header in who if header not in names]
    ids = numbers or names
    if ids:
        columns["customer"] = ids[0]
    contested = {"customer": tuple(ids)} if ids[1:] else {}
    if numbers and names and "name" not in columns:
        columns["name"] = names[0]
        contested |= {"name": tuple(names)} if names[1:] else {}
    return contested


def _called_customer(winner: str | None, cells: Mapping[str, Sequence[str]]) -> list[str]:
    """Every column that is called as a customer's, the best first; one of those that are alike.

    A column without any cell says nothing where another has some.
    """
    called = [header for header in cells if match([header], LEDGER_TARGETS)[header].certain]
    who = [h for h in called if match([h], LEDGER_TARGETS)[h].target == "customer"]
    who.sort(key=lambda header: header != winner)
    filled = [header for header in who if any(cells[header])] or who
    kept: list[str] = []
    for header in filled:
        if not any(cells[header] and cells[header] == cells[other] for other in kept):
            kept.append(header)
    return kept


def _holds_names(header: str, cells: Sequence[str]) -> bool:
    """Whether a column that only says who bought holds names; without cells it is taken to."""
    filled = [cell for cell in cells if cell]
    lettered = sum(1 for cell in filled if _LETTERS.search(cell))
    return folded(header) in WHO and lettered >= MOSTLY * len(filled)
