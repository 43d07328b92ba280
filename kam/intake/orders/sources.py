"""Files that the database can read as they are: how it is told to, and which cell holds what."""

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import NamedTuple

from kam.intake.orders.cells import CellKind
from kam.intake.tables.artefacts import KEPT_TEXT

# A line longer than this is no order line. Bytes.
LONGEST_LINE = 4_000_000

CSV_ROWS = Template("""read_csv(
    $path, delim = $delimiter, header = false, skip = $skip, quote = '"', escape = '"',
    auto_detect = false, compression = $compression, columns = $columns, store_rejects = true,
    rejects_limit = 0, max_line_size = $longest
)""")

UNWRAPPED_ROWS = Template("(SELECT * REPLACE ($cells) FROM $rows)")

_TEXT: CellKind = "text"

PARQUET_ROWS = Template("(SELECT $columns FROM read_parquet($path))")


class CsvFile(NamedTuple):
    """A CSV file in UTF-8 that the database can read.

    `skip` is the number of lines above the first row, `width` the number of cells in a row,
    `places` maps our columns (customer, date, amount ...) to cell numbers from 0, `only` maps
    cell numbers to the texts with which a line counts, and `order` holds the cell numbers in the
    order of the first file's columns; without it they stand in that order. `wrapped` are the
    numbers of cells in which a text stands as a formula, ="00123"; it is read without.
    """

    path: Path
    compressed: bool
    delimiter: str
    skip: int
    width: int
    places: Mapping[str, int]
    only: Mapping[int, tuple[str, ...]] = {}
    order: tuple[int, ...] = ()
    wrapped: frozenset[int] = frozenset()

    @property
    def kinds(self) -> tuple[CellKind, ...]:
        """What the cells hold: texts."""
        return tuple(_TEXT for _ in range(self.width))

    @property
    def rows_sql(self) -> str:
        """SQL for the rows, their cells called c0, c1 and so on."""
        given = {
            "path": quoted(str(self.path)),
            "delimiter": quoted(self.delimiter),
            "skip": self.skip,
            "compression": quoted("gzip" if self.compressed else "none"),
            "columns": "{" + ", ".join(f"c{at}: 'VARCHAR'" for at in range(self.width)) + "}",
            "longest": LONGEST_LINE,
        }
        rows = CSV_ROWS.substitute(given)
        return UNWRAPPED_ROWS.substitute(rows=rows, cells=self._bare) if self.wrapped else rows

    @property
    def _bare(self) -> str:
        """SQL for the texts within cells that are wrapped."""
        pattern = quoted(rf"^\s*{KEPT_TEXT}\s*$")
        return ", ".join(
            rf"regexp_replace(c{at}, {pattern}, '\1') AS c{at}" for at in sorted(self.wrapped)
        )


class ParquetFile(NamedTuple):
    """A Parquet file: its columns and what they hold; `places`, `only`, `order` as in a CSV.

    `binary` are the numbers of columns of bytes, which are texts where they are UTF-8. `zoned`
    are those of times with a zone.
    """

    path: Path
    columns: tuple[str, ...]
    kinds: tuple[CellKind, ...]
    places: Mapping[str, int]
    only: Mapping[int, tuple[str, ...]] = {}
    order: tuple[int, ...] = ()
    binary: frozenset[int] = frozenset()
    zoned: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.columns)

    @property
    def rows_sql(self) -> str:
        """SQL for the rows, their cells called c0, c1 and so on."""
        named = ", ".join(f"{self._sql(at)} AS c{at}" for at in range(self.width))
        return PARQUET_ROWS.substitute(columns=named, path=quoted(str(self.path)))

    def _sql(self, at: int) -> str:
        """SQL for the cells of one column."""
        column = '"' + self.columns[at].replace('"', '""') + '"'
        if at not in self.binary:
            return column
        return f"coalesce(TRY(decode({column})), CAST({column} AS VARCHAR))"


File = CsvFile | ParquetFile


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
