"""SQL for what a cell of a ledger holds: a date, a figure, a text, in the layout of the file.

A cell of a text file is text. A cell of a Parquet file may be typed already: a date or a number
is then taken as it is, and everything else goes the way of texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from kam.intake.figures import Mark, sql_figure
from kam.intake.headers.units import DOLLAR, DOLLARS, SIGNS
from kam.intake.orders.months import month_alone, named_day

# "other" is what no text, date or number is: a truth value, a time of day, a list.
CellKind = Literal["text", "date", "number", "other"]

# Earlier years in a ledger are typing errors or codes, later ones mean "for ever".
FIRST_YEAR, LAST_YEAR = 1900, 9998

# Every amount is kept with four decimals: prices of raw materials have three or four.
MONEY = "DECIMAL(18, 4)"

# Quantity and price are read with four decimals, and with ten where a ledger has more, or larger
# ones: the price of a screw, or of a machine in a weak currency. Wide decimals take six times as
# long to multiply, which few ledgers need.
FACTORS = ("quantity", "unit_price")
WIDE_FACTOR = "DECIMAL(38, 10)"
CLOSE_FACTOR = "DECIMAL(18, 8)"

# Quantity times price has eight decimals; up to 9,999,999,999.99 a line, or as large as any amount.
PRODUCT = "DECIMAL(18, 8)"
WIDE_PRODUCT = "DECIMAL(22, 8)"

# By what a figure that is in thousands, millions or billions is multiplied: wide enough for the
# product to have 38 digits.
MULTIPLIER = "DECIMAL(20, 0)"

# Digits of a `MONEY`, and those behind its decimal point.
DIGITS, DECIMALS = 18, 4

# Columns whose cells may name a currency.
PRICED = ("amount", "unit_price", "cost", "serving")

# What stands between the currencies of a line that names two.
AND = " / "


class Cell(NamedTuple):
    """A column of the file: its name in SQL, and what the file itself says that it holds."""

    column: str
    kind: CellKind = "text"

    @property
    def text(self) -> str:
        """SQL for the cell as text without spaces around it; NULL if nothing is left."""
        if self.kind == "text":
            return f"nullif(trim({self.column}), '')"
        text = f"nullif(trim(CAST({self.column} AS VARCHAR)), '')"
        return f"nullif({text}, 'nan')" if self.kind == "number" else text

    @property
    def own(self) -> str:
        """SQL for the cell as it is, or as text where its type is none that can be cast."""
        return self.text if self.kind == "other" else self.column

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


class Written(NamedTuple):
    """How the figures of a column are written: their decimal mark.

    `both` is whether a cell that only the other mark explains is read by that one.
    """

    mark: Mark
    both: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of a file are written; the default is ISO dates and plain decimals.

    Attributes:
        slashes: what comes first in 01/02/25, "day", "month" or "year"; "" if all dates are ISO.
        figures: our name of a money column that is not plain -> how it is written.
        signs: whether figures may stand beside the sign or code of a currency.
        named: whether these signs say in which currency a line is.
        wide: whether some quantity, price or product of both needs more room than usual.
        factors: our name of a money column that is not in units -> by what its figures are
            multiplied, a power of ten; "amount" also for quantity times price.
    """

    slashes: str = ""
    figures: Mapping[str, Written] = field(default_factory=dict)
    signs: bool = False
    named: bool = False
    wide: bool = False
    factors: Mapping[str, int] = field(default_factory=dict)


def day(cell: Cell, slashes: str) -> str:
    """SQL for the date: ISO, or also 20131129, Excel's day number, and one order of slashes."""
    iso = f"TRY_CAST({cell.text if cell.kind == 'number' else cell.own} AS DATE)"
    first, last = f"DATE '{FIRST_YEAR}-01-01'", f"DATE '{LAST_YEAR}-12-31'"
    iso = f"CASE WHEN {iso} BETWEEN {first} AND {last} THEN {iso} END"
    if cell.kind == "date" or not slashes:
        return iso
    return f"coalesce({iso}, {other_day(cell, slashes)})"


def other_day(cell: Cell, slashes: str) -> str:
    """SQL for a date that is not ISO."""
    plain = cell.text
    digits = f"{_compact(plain)}, {_serial(plain)}, {slashed(plain, slashes)}"
    return f"coalesce({digits}, {named_day(plain)}, {month_alone(plain)})"


# Two digits thrice: each of them may be the year.
SHORT = r"^\s*(\d{2}[/-]\d{2}[/-]\d{2})([T ,].*)?$"


def _compact(cell: str) -> str:
    return f"TRY_STRPTIME(nullif(regexp_extract({cell}, '^\\d{{8}}$'), ''), '%Y%m%d')::DATE"


def _serial(cell: str) -> str:
    """Excel counts days from 1899-12-30; five digits reach from 1927 to 2173."""
    return (
        f"DATE '1899-12-30' + TRY_CAST(regexp_extract({cell}, '^(\\d{{5}})(\\.\\d+)?$', 1) AS INT)"
    )


def slashed(cell: str, order: str) -> str:
    """SQL for the date in a cell such as 29.12.2010, 12/29/10 or 29-12-2010 08:26.

    `order` is what comes first: "day", "month", or "year" as in 10-12-29. A dotted date begins
    with the day.
    """
    pattern = r"^\s*(\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2}))([T ,].*)?$"
    head = f"regexp_extract({cell}, '{pattern}', 1)"
    plain = f"translate({head}, './', '--')"
    first = f"TRY_STRPTIME({plain}, ['%d-%m-%y', '%d-%m-%Y'])::DATE"
    month = f"TRY_STRPTIME({plain}, ['%m-%d-%y', '%m-%d-%Y'])::DATE"
    if order == "day":
        return first
    if order == "year":
        return f"CASE WHEN contains({head}, '.') THEN {first} ELSE {_short(cell)} END"
    return f"CASE WHEN contains({head}, '.') THEN {first} ELSE {month} END"


def _short(cell: str) -> str:
    """SQL for the date in a cell such as 10-12-29, with the year first."""
    head = f"regexp_extract({cell}, '{SHORT}', 1)"
    return f"TRY_STRPTIME(translate({head}, '/', '-'), '%y-%m-%d')::DATE"


def figure(key: str, cells: Mapping[str, Cell], layout: Layout, number: str = MONEY) -> str:
    """SQL for the figure in a column; NULL where it has none or the ledger lacks the column.

    `number` is the type in which a figure comes that is in units. One that is in thousands is
    read with three decimals more, and multiplied then: 0.1234567 million is 123,456.7.
    """
    factor = layout.factors.get(key, 1)
    if factor != 1:
        close = f"DECIMAL({DIGITS}, {DECIMALS + len(str(factor)) - 1})"
        told = figure(key, cells, replace(layout, factors={}), close)
        return f"TRY_CAST({told} * {factor}::{MULTIPLIER} AS {number})"
    if key not in cells:
        return f"NULL::{MONEY}"
    cell = cells[key]
    plain = f"TRY_CAST({cell.text if cell.kind == 'date' else cell.own} AS {number})"
    found = layout.figures.get(key)
    if cell.kind == "number" or found is None:
        return plain
    signs = layout.signs or key == "quantity"  # a quantity may stand beside its unit: 5 PCS
    marks: tuple[Mark, ...] = (found.mark, "," if found.mark == "." else ".")
    bare = f"CASE WHEN NOT contains({cell.text}, '%') THEN {cell.text} END"  # a share is no money
    read = [sql_figure(bare, mark, number, signs=signs) for mark in marks]
    ways = [*([plain] if found.mark == "." else []), *(read if found.both else read[:1])]
    return f"coalesce({', '.join(ways)})" if ways[1:] else ways[0]


def amount(cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for a line's money: its amount, or quantity times price.

    It is NULL where a cell is no figure, and where the product is too large, or a quantity or
    price has more decimals than this layout has room for.
    """
    if "amount" in cells:
        return figure("amount", cells, layout)
    factor = layout.factors.get("amount", 1)
    times = "" if factor == 1 else f" * {factor}::{MULTIPLIER}"
    if layout.wide:
        quantity, price = (figure(key, cells, layout, WIDE_FACTOR) for key in FACTORS)
        return f"TRY_CAST(TRY({quantity} * {price}{times}) AS {WIDE_PRODUCT})"
    quantity, price = (figure(key, cells, layout) for key in FACTORS)
    cut = " OR ".join(
        f"{figure(key, cells, layout)} <> {figure(key, cells, layout, CLOSE_FACTOR)}"
        for key in FACTORS
    )
    product = f"TRY_CAST(TRY({quantity} * {price}{times}) AS {PRODUCT})"
    return f"CASE WHEN {cut} THEN NULL ELSE {product} END"


def currency(cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for the currency that a line names, in its column or beside its figures.

    A line that names several is in "EUR / USD", which nobody has a rate for; $ is any dollar.
    """
    own = [f"upper({cells['currency'].text})"] if "currency" in cells else []
    if not layout.named:
        return own[0] if own else "NULL::VARCHAR"
    texts = [cells[key].text for key in PRICED if key in cells and cells[key].kind == "text"]
    told = [f"coalesce({sign_in(one)}, {one})" for one in own] + [sign_in(one) for one in texts]
    if not told[1:]:
        return told[0] if told else "NULL::VARCHAR"
    every = f"list_sort(list_distinct([{', '.join(told)}]))"
    dollars = ", ".join(f"'{code}'" for code in sorted(DOLLARS))
    one = (
        f"CASE WHEN list_has_any({every}, [{dollars}]) "
        f"THEN list_filter({every}, lambda sign: sign <> '{DOLLAR}') ELSE {every} END"
    )
    return f"nullif(array_to_string({one}, '{AND}'), '')"


def sign_in(text: str) -> str:
    """SQL for the currency that a text names, by three capital letters or by its sign, or NULL."""
    signs = " ".join(
        f"WHEN contains({text}, '{sign}') THEN '{code}'"
        for sign, code in {**SIGNS, DOLLAR: DOLLAR}.items()
    )
    code = f"regexp_extract({text}, '\\b[A-Z]{{3}}\\b')"
    return f"CASE WHEN {code} <> '' THEN {code} {signs} END"


def is_typed(key: str, kind: CellKind) -> bool:
    """Whether the file itself holds this column as dates or numbers, so that no layout matters."""
    return kind == ("date" if key == "date" else "number")


def unread(key: str, cells: Mapping[str, Cell], layout: Layout) -> str:
    """SQL for the text of a money or date column that this layout cannot read; else NULL."""
    if key not in cells:
        return "NULL::VARCHAR"
    value = day(cells[key], layout.slashes) if key == "date" else figure(key, cells, layout)
    return f"CASE WHEN {value} IS NULL THEN {cells[key].text} END"
