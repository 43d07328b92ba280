"""Numbers as people and programs write them, read the same way in Python and in SQL.

"1.234,50", "1,234.50", "1 234", "12 %", "(1,200)", "-5", "−5", "5-" and "EUR 1,200" are numbers.
"1.5k", "n/a" and "1,2,3" are not: guessing there would invent money. Whether a comma is a
decimal mark is a property of the whole column, never of one cell.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

Mark = Literal[".", ","]

# Largest figure that a float still holds to the cent; beyond it a cell is a code or a mistake.
LARGEST = 1e13

# Typographic spaces and signs that mean a plain one.
LOOKALIKES = "\u00a0\u2007\u2009\u202f\u2212\u2013\u2019"
PLAIN = "    --'"

# Currency signs, a percent sign, or a three-letter code. Valid in Python and RE2.
CURRENCY = r"[€$£¥₹%]|\b[A-Z]{3}\b"
BRACKETS = r"^\((.+)\)$"
TRAILING_MINUS = r"^([^-]+)-$"

# Digits in groups of three or without groups, then decimals, perhaps a power of ten (6.0E7, as
# Salesforce and Excel write large amounts). Python and RE2 read both alike.
_TAIL = "([eE][-+]?[0-9]{1,3})?"
FIGURE: dict[Mark, str] = {
    ".": r"[-+]?([0-9]{1,3}([,' ][0-9]{3})+|[0-9]+)(\.[0-9]*)?" + _TAIL + r"|[-+]?\.[0-9]+",
    ",": r"[-+]?([0-9]{1,3}([.' ][0-9]{3})+|[0-9]+)(,[0-9]*)?" + _TAIL + r"|[-+]?,[0-9]+",
}
GROUPING: dict[Mark, str] = {".": ",' ", ",": ".' "}

# One mark with one to three digits before it and three behind: 1,234 may be either.
_EITHER = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")


class Decision(NamedTuple):
    """A column's decimal mark; `sure` is whether any cell tells; a sentence if one is due."""

    mark: Mark
    sure: bool
    note: str


class Column(NamedTuple):
    """One column read: a value per cell, None where it is empty or not a number; and a note."""

    values: tuple[float | None, ...]
    decision: Decision


def bare(text: str) -> str:
    """The cell without currency, percent sign and brackets: "(EUR 1,200)" is "-1,200"."""
    text = text.translate(str.maketrans(LOOKALIKES, PLAIN)).strip()
    text = re.sub(BRACKETS, r"-\1", text, count=1)
    text = re.sub(CURRENCY, "", text).strip().replace("- ", "-", 1)
    return re.sub(TRAILING_MINUS, r"-\1", text, count=1).strip()


def exact(text: str, mark: Mark) -> Decimal | None:
    """The number in a cell, exactly as written; None if it is none under this decimal mark."""
    figure = bare(text)
    if not re.fullmatch(FIGURE[mark], figure, re.ASCII):
        return None
    ungrouped = figure.translate(str.maketrans("", "", GROUPING[mark]))
    return Decimal(ungrouped.replace(mark, "."))


def sql_figure(column: str, mark: Mark) -> str:
    """The SQL expression for `exact`: a DECIMAL(18,4), or NULL where the cell is not a number."""
    text = f"trim(translate({column}, '{LOOKALIKES}', '{_quoted(PLAIN)}'))"
    text = rf"regexp_replace({text}, '{BRACKETS}', '-\1')"
    text = f"replace(trim(regexp_replace({text}, '{CURRENCY}', '', 'g')), '- ', '-')"
    text = rf"trim(regexp_replace({text}, '{TRAILING_MINUS}', '-\1'))"
    plain = f"replace(translate({text}, '{_quoted(GROUPING[mark])}', ''), '{mark}', '.')"
    figure = _quoted(FIGURE[mark])
    return (
        f"CASE WHEN regexp_full_match({text}, '{figure}') "
        f"THEN TRY_CAST({plain} AS DECIMAL(18, 4)) END"
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def decision(name: str, texts: Iterable[str]) -> Decision:
    """What the cells of a column together say about the decimal mark.

    A cell with both marks, with one mark twice, or with a mark that cannot separate thousands
    (12,5 or 0,123) tells. If cells tell different things, the majority is taken, and the cells
    that contradict it do not parse. If none tells, a mark as in 1,234 separates thousands with a
    comma and decimals with a point; the note asks for a look.
    """
    figures = [figure for text in texts if (figure := bare(text))]
    told = [found for figure in figures if (found := _told_mark(figure))]
    commas = told.count(",")
    mark: Mark = "," if commas * 2 > len(told) else "."
    either = next((figure for figure in figures if _EITHER.fullmatch(figure)), "")
    if told and 0 < commas < len(told):
        note = f'Column {name} mixes decimal commas and points; we read "{mark}" as decimal mark.'
    elif either and not told:
        read = f'"{either}" can be read in two ways; we read it as {_read(either, mark)}'
        note = f"Column {name}: {read}."
    elif mark == ",":
        example = f'; "{either}" is read as {_read(either, mark)}' if either else ""
        note = f"Column {name} has decimal commas{example}."
    else:
        note = ""
    return Decision(mark, bool(told), note)


def _read(figure: str, mark: Mark) -> str:
    number = exact(figure, mark)
    return figure if number is None else f"{number.normalize():f}"


def _told_mark(figure: str) -> Mark | None:
    """The decimal mark that this one cell proves, if it does."""
    if not any(letter.isdigit() for letter in figure):
        return None
    points, commas = figure.count("."), figure.count(",")
    if points and commas:
        return "," if figure.rfind(",") > figure.rfind(".") else "."
    if points + commas == 0 or _EITHER.fullmatch(figure):
        return None
    if points + commas > 1:
        return "," if points else "."
    return "," if commas else "."


def numbers(name: str, texts: Iterable[str], mark: Mark | None = None) -> Column:
    """One column's numbers; a cell that is empty, not a number or beyond `LARGEST` is None.

    `name` is for the note. `mark` decides the decimal mark where a person has answered.
    """
    cells = list(texts)
    decided = Decision(mark, sure=True, note="") if mark else decision(name, cells)
    return Column(tuple(_value(cell, decided.mark) for cell in cells), decided)


def _value(cell: str, mark: Mark) -> float | None:
    number = exact(cell, mark)
    return None if number is None or abs(number) > LARGEST else float(number)
