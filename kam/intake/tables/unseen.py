"""What a spreadsheet shows and its reader does not tell: errors, missing results, zeros in front.

An error such as #N/A and a formula that was never computed both come back as empty cells, a number
that is shown as 0042 comes back as 42, and one of twenty digits is rounded. This looks for them in
the XML of one sheet of an XLSX workbook, with patterns instead of an XML parser: patterns expand no
entities.
"""

import re
import zipfile
from html import unescape
from typing import NamedTuple

# Digits that survive a binary number of 64 bits, whatever they are.
SURE_DIGITS = 15

# A number format of nothing but zeros, as for ids of a fixed length.
_ZEROS = re.compile(r"0{2,}")

# A cell with content, its value, its formula; some programs write every name with a prefix.
_CELL = re.compile(rb"<(?:\w+:)?c ([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")

# Without any of these there is nothing to find, and no cell is looked at.
_HINTS = (re.compile(rb't="e"'), _FORMULA, re.compile(rb">\d{16}"))
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


class Unseen(NamedTuple):
    """Places such as "B7" in the order of the sheet.

    Attributes:
        errors: cells that hold an Excel error.
        uncomputed: formulas without a stored result.
        shown: place -> digits as they stand in the file, for numbers with zeros in front, and for
            those with more digits than a number of the reader has.
    """

    errors: list[str]
    uncomputed: list[str]
    shown: dict[str, str]


def unseen(archive: zipfile.ZipFile, sheet: str) -> Unseen:
    """What the reader does not tell of one sheet; nothing for a workbook of another kind."""
    found = Unseen([], [], {})
    part = _part_of(archive, sheet)
    if not part:
        return found
    content = archive.read(part)
    lengths = _zero_formats(archive)
    if not (lengths or any(one.search(content) for one in _HINTS)):
        return found
    for cell in _CELL.finditer(content):
        _look_at(cell, lengths, found)
    return found


def _look_at(cell: re.Match[bytes], lengths: dict[str, int], found: Unseen) -> None:
    """Note what this cell hides."""
    attributes = dict(_ATTRIBUTE.findall(cell[1].decode("utf-8", "replace")))
    place, kind = attributes.get("r", ""), attributes.get("t", "n")
    value = _VALUE.search(cell[2])
    if kind == "e":
        found.errors.append(place)
    elif _FORMULA.search(cell[2]) and not value:
        found.uncomputed.append(place)
    elif value and kind == "n" and value[1].isdigit():
        length = lengths.get(attributes.get("s", ""), 0)
        if length > len(value[1]) or len(value[1]) > SURE_DIGITS:
            found.shown[place] = value[1].decode().zfill(length)


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


def _zero_formats(archive: zipfile.ZipFile) -> dict[str, int]:
    """Number of a cell style -> digits that it always shows, where its format is only zeros."""
    lengths = {
        one.get("numFmtId", ""): len(one.get("formatCode", ""))
        for one in _elements(archive, "xl/styles.xml", "numFmt")
        if _ZEROS.fullmatch(one.get("formatCode", ""))
    }
    if not lengths:
        return {}
    styles = archive.read("xl/styles.xml").decode("utf-8", "replace")
    formats = re.search(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    used = re.findall(r"<(?:\w+:)?xf\s([^>]*)>", formats[0]) if formats else []
    numbers = [dict(_ATTRIBUTE.findall(one)).get("numFmtId", "") for one in used]
    return {str(at): lengths[number] for at, number in enumerate(numbers) if number in lengths}
