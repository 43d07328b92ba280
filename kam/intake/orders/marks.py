"""What the cells of a file show about how it is written: decimal marks, currencies, dates.

Every cell is read in each way that there is. A cell that only one way explains is a proof of it;
one that several explain differently proves nothing, and is remembered.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from string import Template
from typing import NamedTuple

import duckdb

from kam.intake.figures import Mark, Seen, sql_figure
from kam.intake.orders import cells
from kam.intake.orders.cells import SHORT, Cell
from kam.intake.orders.entries import Cells as Row
from kam.intake.orders.entries import ask, following
from kam.intake.orders.months import month_alone
from kam.intake.orders.sources import File

SCAN = Template("SELECT $counts FROM (SELECT *, $readings FROM (SELECT $texts FROM $rows $most))")

FIGURE_COUNTS = """
    count(*) FILTER (p{at} IS NOT NULL AND c{at} IS NULL),
    count(*) FILTER (c{at} IS NOT NULL AND p{at} IS NULL),
    count(*) FILTER (p{at} > c{at} OR p{at} < c{at}),
    count(*) FILTER (x{at} IS NULL AND (p{at} IS NOT NULL OR c{at} IS NOT NULL)),
    coalesce(any_value(t{at}) FILTER (p{at} IS NOT NULL AND c{at} IS NULL), ''),
    coalesce(any_value(t{at}) FILTER (c{at} IS NOT NULL AND p{at} IS NULL), ''),
    coalesce(any_value(t{at}) FILTER (p{at} > c{at} OR p{at} < c{at}), ''),
    coalesce(list_sort(list(DISTINCT s{at}) FILTER (p{at} IS NOT NULL OR c{at} IS NOT NULL)), []),
    count(*) FILTER ((p{at} > c{at} OR p{at} < c{at}) AND contains(t{at}, ','))
"""

DATE_COUNTS = """
    count(*) FILTER (by_day IS NOT NULL AND by_month IS NULL),
    count(*) FILTER (by_month IS NOT NULL AND by_day IS NULL),
    count(*) FILTER (by_day <> by_month),
    count(*) FILTER (other IS NOT NULL),
    coalesce(any_value(odd) FILTER (by_day <> by_month), ''),
    count(*) FILTER (short),
    count(*) FILTER (short AND coalesce(by_year > DATE '{limit}', true)),
    count(*) FILTER (short AND coalesce(by_day > DATE '{limit}', true)),
    count(*) FILTER (short AND coalesce(by_month > DATE '{limit}', true)),
    coalesce(any_value(odd) FILTER (short), ''),
    count(*) FILTER (NOT short AND (by_day IS NOT NULL OR by_month IS NOT NULL)),
    coalesce(any_value(odd) FILTER (month_alone IS NOT NULL), '')
"""


class Figures(NamedTuple):
    """What the cells of a money column show.

    Attributes:
        points, commas: cells that only a decimal point explains, or only a decimal comma.
        either: cells that are two numbers: 1.234 and 1,234.
        odd: figures that no program would read as they stand: 1.234,50 or EUR 5.
        point, comma, both: one of each of the first three; "" where there is none.
        currencies: the currencies that they name.
        either_commas: those of `either` that are written with a comma.
    """

    points: int = 0
    commas: int = 0
    either: int = 0
    odd: int = 0
    point: str = ""
    comma: str = ""
    both: str = ""
    currencies: tuple[str, ...] = ()
    either_commas: int = 0

    @property
    def seen(self) -> Seen:
        """The counts from which the decimal mark is told."""
        points = self.either - self.either_commas
        return Seen(self.points, self.commas, points, self.either_commas)

    @property
    def told(self) -> tuple[Mark, ...]:
        """The decimal marks that some cell proves."""
        points: tuple[Mark, ...] = (".",) if self.points else ()
        return (*points, ",") if self.commas else points


class Dates(NamedTuple):
    """What the cells of a column of dates show, apart from ISO dates.

    Attributes:
        only_day, only_month: dates that can be read only day first, or only month first.
        either: dates that are two days, 01/02/2025.
        other: cells that are a date in any way.
        day: one of `either`; "" where there is none.
        short: cells of two digits thrice, 24-12-05, where each may be the year.
        late_year, late_day, late_month: of these, how many are no day, or one in the future, with
            the year, the day or the month first.
        year: one of `short`; "" where there is none.
        long: dates that end in a year of four digits, or are dotted.
        month: a cell that names a month and no day, 2024-01; "" where there is none.
    """

    only_day: int = 0
    only_month: int = 0
    either: int = 0
    other: int = 0
    day: str = ""
    short: int = 0
    late_year: int = 0
    late_day: int = 0
    late_month: int = 0
    year: str = ""
    long: int = 0
    month: str = ""


class Shown(NamedTuple):
    """What the cells of a file show: our name of a money column -> figures; and its dates."""

    figures: Mapping[str, Figures] = {}
    dates: Dates = Dates()


class Scan(NamedTuple):
    """What is looked at: our names of columns, at most how many rows, and which day is today."""

    keys: Collection[str]
    limit: date
    most: int | None = None


def shown(connection: duckdb.DuckDBPyConnection, file: File, scan: Scan) -> Shown:
    """What those columns of a file show that it holds as texts."""
    known = {key: Cell(f"c{file.places[key]}", file.kinds[file.places[key]])
             for key in scan.keys if key in file.places}  # fmt: skip
    texts = {key: cell for key, cell in known.items() if not cells.is_typed(key, cell.kind)}
    if not texts:
        return Shown()
    money = [key for key in texts if key != "date"]
    counts = [FIGURE_COUNTS.format(at=at) for at, _ in enumerate(money)]
    if "date" in texts:
        counts.append(DATE_COUNTS.format(limit=scan.limit.isoformat()))
    sql = SCAN.substitute(
        counts=", ".join(counts),
        readings=", ".join(_readings(money, texts)),
        texts=", ".join(_texts(money, texts)),
        rows=file.rows_sql,
        most="" if scan.most is None else f"LIMIT {scan.most}",
    )
    with following(file):
        row = ask(connection, sql)[0]
    each = len(Figures._fields)
    figures = {key: _figures(row[each * at : each * (at + 1)]) for at, key in enumerate(money)}
    return Shown(figures, Dates(*row[each * len(money) :]))


def _figures(row: Row) -> Figures:
    found = Figures(*row)
    return found._replace(currencies=tuple(one for one in found.currencies if one))


def _texts(money: Collection[str], texts: Mapping[str, Cell]) -> Iterator[str]:
    """SQL for the texts that are looked at; of dates those that are not ISO."""
    for at, key in enumerate(money):
        yield f"{texts[key].text} AS t{at}"
    if "date" in texts:
        iso = cells.day(texts["date"], "")
        yield f"CASE WHEN {iso} IS NULL THEN {texts['date'].text} END AS odd"


def _readings(money: Collection[str], texts: Collection[str]) -> Iterator[str]:
    """SQL for what each text is in every way of reading it."""
    for at, key in enumerate(money):
        yield f"TRY_CAST(t{at} AS {cells.MONEY}) AS x{at}"
        yield f"{sql_figure(f't{at}', '.')} AS p{at}"
        yield f"{sql_figure(f't{at}', ',')} AS c{at}"
        yield f"{cells.sign_in(f't{at}') if key in cells.PRICED else 'NULL::VARCHAR'} AS s{at}"
    if "date" in texts:
        for order in ("day", "month", "year"):
            yield f"{cells.slashed('odd', order)} AS by_{order}"
        yield f"{cells.other_day(Cell('odd'), 'day')} AS other_day"
        yield "coalesce(other_day, by_month, by_year) AS other"
        yield f"{month_alone('odd')} AS month_alone"
        yield f"coalesce(regexp_matches(odd, '{SHORT}'), false) AS short"
