"""What a spreadsheet shows and its reader does not tell: errors, missing results, number formats.

An error such as #N/A and a formula that was never computed both come back as empty cells, a number
that is shown as 0042 comes back as 42, 25 % as 0.25 and $5 as 5, and one of twenty digits is
rounded. This looks for them in the XML of one sheet of an XLSX workbook, with patterns instead of
an XML parser: patterns expand no entities.
"""

import re
import zipfile
from html import unescape
from typing import NamedTuple

from kam.intake.tables.formats import BUILT_IN, Format, format_of

# Digits that survive a binary number of 64 bits, whatever they are.
SURE_DIGITS = 15

# A cell with content, its value, its formula; some programs write every name with a prefix.
_CELL = re.compile(rb"<(?:\w+:)?c ([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")

# The part of a workbook with all number formats.
STYLES = "xl/styles.xml"

# Without any of these there is nothing to find, and no cell is looked at.
_HINTS = (re.compile(rb't="e"'), _FORMULA, re.compile(rb">\d{16}"))

# Cells that are merged over several rows; those of one row hide nothing below them.
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+(\d+):[A-Z]+(\d+))"')
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


class Unseen(NamedTuple):
    """Places such as "B7" in the order of the sheet.

    Attributes:
        errors: cells that hold an Excel error.
        uncomputed: formulas without a stored result.
        shown: place -> text as it is shown, for percentages, amounts of a currency and numbers
            with zeros in front; and digits as they stand in the file for those with more than a
            number of the reader has.
        merged: places such as "C2:C4" of cells that are merged over several rows.
    """

    errors: list[str]
    uncomputed: list[str]
    shown: dict[str, str]
    merged: tuple[str, ...] = ()


def unseen(archive: zipfile.ZipFile, sheet: str) -> Unseen:
    """What the reader does not tell of one sheet; nothing for a workbook of another kind."""
    part = _part_of(archive, sheet)
    if not part:
        return Unseen([], [], {})
    content = archive.read(part)
    found = Unseen([], [], {}, _merged(content))
    formats = _formats(archive)
    hints = any(one.search(content) for one in _HINTS)
    if not (formats or hints):
        return found
    cells = _CELL if hints else _styled(formats)
    for cell in cells.finditer(content):
        _look_at(cell, formats, found)
    return found


def _styled(formats: dict[str, Format]) -> re.Pattern[bytes]:
    """The pattern of cells in these styles alone; nothing else is looked at, to save time."""
    styles = "|".join(formats).encode()
    only = rb'(?=[^>]*\bs="(?:' + styles + rb')")'
    return re.compile(_CELL.pattern.replace(rb"([^>]*", b"(" + only + rb"[^>]*"), re.DOTALL)


def _merged(content: bytes) -> tuple[str, ...]:
    """The merged cells; a sheet lists them in one place, which is sooner found than each."""
    begin = content.find(b"mergeCells")
    found = _MERGED.findall(content, begin) if begin >= 0 else []
    return tuple(place.decode() for place, first, last in found if int(last) > int(first))


def _look_at(cell: re.Match[bytes], formats: dict[str, Format], found: Unseen) -> None:
    """Note what this cell hides."""
    attributes = dict(_ATTRIBUTE.findall(cell[1].decode("utf-8", "replace")))
    place, kind = attributes.get("r", ""), attributes.get("t", "n")
    value = _VALUE.search(cell[2])
    if kind == "e":
        found.errors.append(place)
    elif _FORMULA.search(cell[2]) and not value:
        found.uncomputed.append(place)
    elif value and kind == "n":
        stored = value[1].decode()
        own = formats.get(attributes.get("s", ""))
        many = stored if stored.isdigit() and len(stored) > SURE_DIGITS else ""
        if shown := (own.shown(stored) if own else "") or many:
            found.shown[place] = shown


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The archive's part that holds this sheet; "" where the usual places do not tell."""
    sheets = {
        unescape(one.get("name", "")): one.get("r:id", "")
        for one in _elements(archive, "xl/workbook.xml", "sheet")
    }
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    target = targets.get(sheets.get(sheet, ""), "")
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return part if target and part in archive.namelist() else ""


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    """The attributes of every element of this name in a part; none where it is missing."""
    if part not in archive.namelist():
        return []
    content = archive.read(part).decode("utf-8", "replace")
    found = re.findall(rf"<(?:\w+:)?{tag}\s([^>]*)>", content)
    return [dict(_ATTRIBUTE.findall(attributes)) for attributes in found]


def _formats(archive: zipfile.ZipFile) -> dict[str, Format]:
    """Number of a cell style -> its format, where that shows more than the number."""
    if STYLES not in archive.namelist():
        return {}
    own = {
        one.get("numFmtId", ""): unescape(one.get("formatCode", ""))
        for one in _elements(archive, STYLES, "numFmt")
    }
    telling = {
        number: found for number, code in {**BUILT_IN, **own}.items() if (found := format_of(code))
    }
    styles = archive.read(STYLES).decode("utf-8", "replace")
    formats = re.search(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    used = re.findall(r"<(?:\w+:)?xf\s([^>]*)>", formats[0]) if formats else []
    numbers = [dict(_ATTRIBUTE.findall(one)).get("numFmtId", "") for one in used]
    return {str(at): telling[number] for at, number in enumerate(numbers) if number in telling}
