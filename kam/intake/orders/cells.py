"""SQL for what a cell of a ledger holds: a date, a figure, a text, in the layout of the file.

A cell of a text file is text. A cell of a Parquet file may be typed already: a date or a number
is then taken as it is, and everything else goes the way of texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kam.intake.figures import Decision, sql_figure

CellKind = Literal["text", "date", "number"]

# Earlier years in a ledger are typing errors or codes, later ones mean "for ever".
FIRST_YEAR, LAST_YEAR = 1900, 9998

# Every amount is kept with four decimals: prices of raw materials have three or four.
MONEY = "DECIMAL(18, 4)"

# Quantity times price has eight decimals; up to 9,999,999,999.99 a line.
PRODUCT = "DECIMAL(18, 8)"


class Cell(NamedTuple):
    """A column of the file: its name in SQL, and what the file itself says that it holds."""

    column: str
    kind: CellKind = "text"

    @property
    def text(self) -> str:
        """SQL for the cell as text without spaces around it; NULL if nothing is left."""
        plain = self.column if self.kind == "text" else f"CAST({self.column} AS VARCHAR)"
        return f"nullif(trim({plain}), '')"

    @property
    def varied_text(self) -> str:
        """SQL for the same as `text`, in half the time where hardly any two cells are equal.

        A text in ASCII without a space has nothing to trim.
        """
        if self.kind != "text":
            return self.text
        may_be_trimmed = (
            f"contains({self.column}, ' ') OR length({self.column}) <> strlen({self.column})"
        )
        return f"CASE WHEN {may_be_trimmed} THEN {self.text} ELSE nullif({self.column}, '') END"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of this ledger are written; the default is ISO dates and plain decimals.

    Attributes:
        slashes: what comes first in 01/02/2025, "day" or "month"; "" if all dates are ISO.
        figures: our name of a money column that is not plain -> its decimal mark.
    """

    slashes: str = ""
    figures: Mapping[str, Decision] = field(default_factory=dict)


def day(cell: Cell, slashes: str) -> str:
    """SQL for the date: ISO, or also 20131129, Excel's day number, and one order of slashes."""
    iso = f"TRY_CAST({cell.text if cell.kind == 'number' else cell.column} AS DATE)"
    first, last = f"DATE '{FIRST_YEAR}-01-01'", f"DATE '{LAST_YEAR}-12-31'"
    iso = f"CASE WHEN {iso} BETWEEN {first} AND {last} THEN {iso} END"
    if cell.kind == "date" or not slashes:
        return iso
    return f"coalesce({iso}, {other_day(cell, slashes)})"


def other_day(cell: Cell, slashes: str) -> str:
    """SQL for a date that is not ISO."""
    plain = cell.text
    return f"coalesce({_compact(plain)}, {_serial(plain)}, {slashed(plain, slashes)})"


def _compact(cell: str) -> str:
    return f"TRY_STRPTIME(nullif(regexp_extract({cell}, '^\\d{{8}}$'), ''), '%Y%m%d')::DATE"


def _serial(cell: str) -> str:
    """Excel counts days from 1899-12-30; five digits reach from 1927 to 2173."""
    return (
        f"DATE '1899-12-30' + TRY_CAST(regexp_extract({cell}, '^(\\d{{5}})(\\.\\d+)?$', 1) AS INT)"
    )


def slashed(cell: str, order: str) -> str:
    """SQL for the date in a cell such as 29.12.2010, 12/29/10 or 29-12-2010 08:26.

    `order` is "day" or "month": which of the two comes first. A dotted date begins with the day.
    """
    pattern = r"^\s*(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2}))([T ,].*)?$"
    head = f"regexp_extract({cell}, '{pattern}', 1)"
    plain = f"translate({head}, './', '--')"
    first = f"TRY_STRPTIME({plain}, ['%d-%m-%y', '%d-%m-%Y'])::DATE"
    month = f"TRY_STRPTIME({plain}, ['%m-%d-%y', '%m-%d-%Y'])::DATE"
    if order == "day":
        return first
    return f"CASE WHEN contains({head}, '.') THEN {first} ELSE {month} END"


def figure(key: str, cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for the money in a column; NULL where it has none or the ledger lacks the column."""
    if key not in cells:
        return f"NULL::{MONEY}"
    cell = cells[key]
    plain = f"TRY_CAST({cell.text if cell.kind == 'date' else cell.column} AS {MONEY})"
    found = layout.figures.get(key)
    if cell.kind == "number" or found is None:
        return plain
    written = sql_figure(cell.text, found.mark)
    return f"coalesce({plain}, {written})" if found.mark == "." else written


def amount(cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for a line's money: its amount, or quantity times price."""
    if "amount" in cells:
        return figure("amount", cells, layout)
    quantity, price = figure("quantity", cells, layout), figure("unit_price", cells, layout)
    return f"TRY_CAST({quantity} * {price} AS {PRODUCT})"


def is_typed(key: str, kind: CellKind) -> bool:
    """Whether the file itself holds this column as dates or numbers, so that no layout matters."""
    return kind == ("date" if key == "date" else "number")


def unread(key: str, cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for the text of a money or date column that this layout cannot read; else NULL."""
    if key not in cells:
        return "NULL::VARCHAR"
    value = day(cells[key], layout.slashes) if key == "date" else figure(key, cells, layout)
    return f"CASE WHEN {value} IS NULL THEN {cells[key].text} END"
