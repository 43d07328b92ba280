"""What a sheet of an ODS workbook shows and its reader does not tell: number formats, merged cells.

The reader gives the number that is stored; beside it stands the text that the sheet shows. As for
XLSX this is looked for with patterns, which expand no entities.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import product
from typing import NamedTuple

from kam.intake.headers.units import CODES
from kam.intake.tables.formats import PERCENT, in_currency
from kam.intake.tables.unseen import SURE_DIGITS, Unseen

# Places that are noted at most: one row of percentages, repeated, may stand for a million.
MOST_PLACES = 3_000_000

_ROW_OR_CELL = re.compile(
    r"<table:table-row\b([^>]*)>|"
    r"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([\w:-]+)\s*=\s*"([^"]*)"')
_ANNOTATION = re.compile(r"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_PARAGRAPH = re.compile(r"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")

# A number of a fixed length, perhaps with letters in front or dashes within: C-0042, 000-042.
_OF_FIXED_LENGTH = re.compile(r"([A-Za-z]*-?)(\d+(-\d+)*)", re.ASCII)


class Cell(NamedTuple):
    """A filled cell: its row and column from 1, how often it is repeated, and what it holds."""

    row: int
    column: int
    rows: int
    columns: int
    attributes: dict[str, str]
    content: str


def unseen_in_ods(content: bytes, sheet: str) -> Unseen:
    """What the reader does not tell of one sheet; `content` is the archive's part of that name."""
    found = Unseen([], [], {})
    merged = []
    for cell in _cells(_part_of(content.decode("utf-8", "replace"), sheet)):
        spanned = int(cell.attributes.get("table:number-rows-spanned", "1"))
        if spanned > 1:
            merged.append(_range(cell, spanned))
        shown = _shown(cell)
        if shown and len(found.shown) + cell.rows * cell.columns <= MOST_PLACES:
            places = product(range(cell.rows), range(cell.columns))
            found.shown.update(
                {_place(cell.row + down, cell.column + right): shown for down, right in places}
            )
    return found._replace(merged=tuple(merged))


def _part_of(content: str, sheet: str) -> str:
    """The text of one sheet; "" where it is not there."""
    begin = content.find(f'table:name="{escape(sheet)}"')
    return content[begin : content.find("</table:table>", begin)] if begin >= 0 else ""


def _cells(part: str) -> Iterator[Cell]:
    """The cells that hold something, with their places."""
    row, rows, column = 0, 1, 1  # the first row is one below none
    for found in _ROW_OR_CELL.finditer(part):
        if found[1] is not None:
            row, rows, column = row + rows, _repeated(found[1], "rows"), 1
            continue
        columns = _repeated(found[2], "columns")
        if found[3]:
            attributes = dict(_ATTRIBUTE.findall(found[2]))
            yield Cell(row, column, rows, columns, attributes, found[3])
        column += columns


def _repeated(attributes: str, what: str) -> int:
    found = re.search(rf'table:number-{what}-repeated="(\d+)"', attributes)
    return int(found[1]) if found else 1


def _shown(cell: Cell) -> str:
    """The number as the sheet shows it; "" where that means the same as the number itself."""
    kind, value = (cell.attributes.get(f"office:{key}", "") for key in ("value-type", "value"))
    if kind == "percentage":
        return PERCENT.shown(value)
    if kind == "currency":
        currency = cell.attributes.get("office:currency", "")
        return in_currency(currency).shown(value) if currency in CODES else ""
    return _of_fixed_length(value, _text(cell.content)) if kind == "float" else ""


def _of_fixed_length(value: str, text: str) -> str:
    """The text of a cell, if it is the whole number with zeros, letters or dashes of an id."""
    found = _OF_FIXED_LENGTH.fullmatch(text)
    if not found or text in {value, f"-{value.lstrip('-')}"} or not value.isdigit():
        return ""
    digits = found[2].replace("-", "")
    same = digits.lstrip("0") == value.lstrip("0")
    return text if same and len(digits) <= SURE_DIGITS else ""


def _text(content: str) -> str:
    """What a cell shows, without the comments on it."""
    paragraphs = _PARAGRAPH.findall(_ANNOTATION.sub("", content))
    return unescape(_TAG.sub("", "\n".join(paragraphs))).strip()


def _place(row: int, column: int) -> str:
    """The place of a cell as people write it: "B7"."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _range(cell: Cell, spanned: int) -> str:
    wide = int(cell.attributes.get("table:number-columns-spanned", "1"))
    last = _place(cell.row + spanned - 1, cell.column + wide - 1)
    return f"{_place(cell.row, cell.column)}:{last}"
