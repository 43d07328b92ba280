"""What Excel leaves in cells that are saved as text: words of errors, and formulas of a text."""

import re
from collections.abc import Sequence

from kam.intake.tables.records import Record, listed_lines

# Places named in one sentence; more would not be read.
NAMED = 5

Rows = tuple[tuple[str, ...], ...]

# Errors in English, German, French, Spanish, Italian and Portuguese; and the signs of a column
# that was too narrow for its number. A workbook keeps them as errors, and they come in as empty.
_ERROR = re.compile(
    r"#(N/A|NV|N/D|REF!|BEZUG!|¡REF!|RIF!|DIV/0!|¡DIV/0!|VALUE!|WERT!|VALEUR!|¡VALOR!|VALOR!|"
    r"VALORE!|NUM!|ZAHL!|NOMBRE!|¡NUM!|NÚM!|NAME\?|NOM\?|¿NOMBRE\?|NOME\?|NULL!|NUL!|¡NULO!|"
    r"NULO!|NULLO!|SPILL!|ÜBERLAUF!|PROPAGATION!|CALC!|KALK!|FIELD!|FELD!|BLOCKED!|CONNECT!|"
    r"UNKNOWN!|BUSY!|GETTING_DATA)|#{3,}"
)

# A text that was kept from becoming a number: ="00123". The database knows this pattern, too.
KEPT_TEXT = '="([^"]*)"'
_KEPT_TEXT = re.compile(KEPT_TEXT)


def is_error(cell: str) -> bool:
    """Whether a cell holds the word of an Excel error: "#N/A", "#NV", "#REF!"."""
    return cell.startswith("#") and bool(_ERROR.fullmatch(cell))


def cleaned(rows: Rows, lines: Sequence[int]) -> tuple[Rows, list[str]]:
    """The rows with errors as empty cells and ="00123" as 00123, and sentences on where."""
    odd = [at for at, row in enumerate(rows) if _may_be_odd("".join(row))]
    errors = [lines[at] for at in odd if any(map(is_error, rows[at]))]
    kept = [lines[at] for at in odd if any(map(_KEPT_TEXT.fullmatch, rows[at]))]
    if not (errors or kept):
        return rows, []
    clean = list(rows)
    for at in odd:
        clean[at] = tuple(map(without_artefact, rows[at]))
    notes = []
    if errors:
        where = listed_lines(errors)
        notes.append(f"Cells with an Excel error such as #N/A are read as empty: {where}.")
    if kept:
        notes.append(f'Cells such as ="00123" are read as the text in them: {listed_lines(kept)}.')
    return tuple(clean), notes


def _may_be_odd(text: str) -> bool:
    """Whether any cell of a row may be one of these, told by one look at the whole row."""
    return "#" in text or '="' in text


def without_artefact(cell: str) -> str:
    """The cell as it is read: nothing for an error, 00123 for ="00123"."""
    if is_error(cell):
        return ""
    return unwrapped(cell)


def unwrapped(cell: str) -> str:
    """The text in a cell such as ="00123"; any other cell as it is."""
    kept = _KEPT_TEXT.fullmatch(cell)
    return kept[1].strip() if kept else cell


def repeated(header: Record, body: Sequence[Record]) -> list[Record]:
    """The rows that repeat the column names, as a report prints them on every page."""
    names = _folded(header.cells)
    if not any(names):
        return []
    first = next(at for at, name in enumerate(names) if name)
    alike = (
        one for one in body if _folded(one.cells[first : first + 1]) == names[first : first + 1]
    )
    return [record for record in alike if _folded(record.cells) == names]


def _folded(cells: Sequence[str]) -> list[str]:
    """The cells without case and spaces around them, up to the last one with any text."""
    folded = [" ".join(cell.split()).casefold() for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return folded


def below_header(merged: Sequence[str], header: int) -> str:
    """A sentence on cells that are merged over several rows below the column names; or ""."""
    inside = [place for place in merged if _row(place) > header]
    if not inside:
        return ""
    more = f" and {len(inside) - NAMED:,} more" if len(inside) > NAMED else ""
    return (
        "Cells that are merged over several rows hold their value in the first of them; the others "
        f"are read as empty: {', '.join(inside[:NAMED])}{more}. Undo the merging and fill them if "
        "the value is meant for every row."
    )


def _row(place: str) -> int:
    """The first row of a place such as "C2:C4"."""
    return int(re.sub("[A-Z]", "", place.partition(":")[0]) or 0)
