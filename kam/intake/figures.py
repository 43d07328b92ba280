"""Numbers as people and programs write them, read the same way in Python and in SQL.

"1.234,50", "1,234.50", "1 234", "12 %", "(1,200)", "-5", "−5", "5-", "1.200,-" and "EUR 1,200"
are numbers.
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

# A dash in place of the decimals, as in 1.200,- and CHF 1'200.–: the mark stays, and tells.
FLAT = r"([.,])[-—]+$"

# Digits in groups of three or without groups, then decimals, perhaps a power of ten (6.0E7, as
# Salesforce and Excel write large amounts). Nobody groups behind a zero: 0.123 has a decimal
# point, whatever the column says. Python and RE2 read both alike.
_TAIL = "([eE][-+]?[0-9]{1,3})?"
FIGURE: dict[Mark, str] = {
    ".": r"[-+]?([1-9][0-9]{0,2}([,' ][0-9]{3})+|[0-9]+)(\.[0-9]*)?" + _TAIL + r"|[-+]?\.[0-9]+",
    ",": r"[-+]?([1-9][0-9]{0,2}([.' ][0-9]{3})+|[0-9]+)(,[0-9]*)?" + _TAIL + r"|[-+]?,[0-9]+",
}
GROUPING: dict[Mark, str] = {".": ",' ", ",": ".' "}

# One mark with one to three digits before it and three behind: 1,234 may be either.
_EITHER = re.compile(r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}")


class Decision(NamedTuple):
    """A column's decimal mark, and a sentence if one is due.

    `sure` is whether its cells tell; `mixed` whether they tell different things, so that a cell
    such as 1,234 stays open.
    """

    mark: Mark
    sure: bool
    note: str
    mixed: bool = False


class Column(NamedTuple):
    """One column read: a value per cell, None where it is empty or not a number; and a note."""

    values: tuple[float | None, ...]
    decision: Decision


def bare(text: str) -> str:
    """The cell without currency, percent sign and brackets: "(EUR 1,200)" is "-1,200"."""
    text = re.sub(FLAT, r"\1", _unsigned(text), count=1)
    return re.sub(TRAILING_MINUS, r"-\1", text, count=1).strip()


def _unsigned(text: str) -> str:
    text = text.translate(str.maketrans(LOOKALIKES, PLAIN)).strip()
    text = re.sub(BRACKETS, r"-\1", text, count=1)
    return re.sub(CURRENCY, "", text).strip().replace("- ", "-", 1)


def _is_flat(text: str) -> bool:
    """Whether a dash stands for the decimals, so that the mark before it is the decimal mark."""
    return bool(re.search(FLAT, _unsigned(text)))


def exact(text: str, mark: Mark) -> Decimal | None:
    """The number in a cell, exactly as written; None if it is none under this decimal mark."""
    figure = bare(text)
    if not re.fullmatch(FIGURE[mark], figure, re.ASCII):
        return None
    ungrouped = figure.translate(str.maketrans("", "", GROUPING[mark]))
    return Decimal(ungrouped.replace(mark, "."))


def sql_figure(
    column: str, mark: Mark, number: str = "DECIMAL(18, 4)", *, signs: bool = True
) -> str:
    """The SQL expression for `exact`: a `number`, or NULL where the cell is not a number.

    Without `signs` a cell that names a currency is not one either.
    """
    text = f"trim(translate({column}, '{LOOKALIKES}', '{_quoted(PLAIN)}'))"
    text = rf"regexp_replace({text}, '{BRACKETS}', '-\1')"
    unsigned = (
        f"regexp_replace({text}, '{CURRENCY}', '', 'g')" if signs else f"replace({text}, '%', '')"
    )
    text = f"replace(trim({unsigned}), '- ', '-')"
    text = rf"regexp_replace({text}, '{FLAT}', '\1')"
    text = rf"trim(regexp_replace({text}, '{TRAILING_MINUS}', '-\1'))"
    plain = f"replace(translate({text}, '{_quoted(GROUPING[mark])}', ''), '{mark}', '.')"
    figure = _quoted(FIGURE[mark])
    return f"CASE WHEN regexp_full_match({text}, '{figure}') THEN TRY_CAST({plain} AS {number}) END"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def decision(name: str, texts: Iterable[str], likely: Mark = ".") -> Decision:
    """What the cells of a column together say about the decimal mark.

    A cell with both marks, with one mark twice, or with a mark that cannot separate thousands
    (12,5 or 0,123) tells. If cells tell different things, the majority is taken, and the cells
    that contradict it do not parse. If none tells, it is the likely mark: a point, or a comma where
    the file separates its columns with semicolons; the note asks for a look at 1,234.
    """
    figures = [figure for text in texts if (figure := bare(text))]
    told = [found for figure in figures if (found := _told_mark(figure))]
    commas = told.count(",")
    mark: Mark = likely
    if told:
        mark = likely if commas * 2 == len(told) else "," if commas * 2 > len(told) else "."
    mixed = 0 < commas < len(told)
    either = next((figure for figure in figures if _EITHER.fullmatch(figure)), "")
    if mixed:
        note = f'Column {name} mixes decimal commas and points; we read "{mark}" as decimal mark.'
    elif either and not told:
        read = f'"{either}" can be read in two ways; we read it as {read_as(either, mark)}'
        note = f"Column {name}: {read}."
    elif mark == "," and told:
        example = f'; "{either}" is read as {read_as(either, mark)}' if either else ""
        note = f"Column {name} has decimal commas{example}."
    else:
        note = ""
    return Decision(mark, bool(told) and not mixed, note, mixed)


def read_as(figure: str, mark: Mark) -> str:
    """The number in a cell, written plainly for a sentence; the cell itself if it is none."""
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


def likely_mark(delimiter: str) -> Mark:
    """The decimal mark of a file with this delimiter, as long as its cells do not tell.

    Programs separate columns with semicolons where the comma is their decimal mark.
    """
    return "," if delimiter == ";" else "."


def may_be_either(text: str) -> bool:
    """Whether a cell may be read with both decimal marks: 1,234 and 1.234 may be many or few."""
    return bool(_EITHER.fullmatch(bare(text)))


def numbers(
    name: str, texts: Iterable[str], mark: Mark | None = None, likely: Mark = "."
) -> Column:
    """One column's numbers; a cell that is empty, not a number or beyond `LARGEST` is None.

    So is one that fits both marks where the others contradict each other. `name` is for the note.
    `mark` decides the decimal mark where a person has answered, `likely` where no cell tells.
    """
    cells = list(texts)
    decided = Decision(mark, sure=True, note="") if mark else decision(name, cells, likely)
    return Column(tuple(_value(cell, decided) for cell in cells), decided)


def _value(cell: str, decided: Decision) -> float | None:
    if decided.mixed and may_be_either(cell):
        return None
    number = exact(cell, decided.mark)
    if number is None and _is_flat(cell):
        number = exact(cell, "." if decided.mark == "," else ",")
    return None if number is None or abs(number) > LARGEST else float(number)


def in_full(value: float) -> str:
    """The number with all its digits, for people: 1,234,567 and 0.25; at most 15 of them count."""
    return f"{Decimal(f'{value:.15g}'):,f}"
