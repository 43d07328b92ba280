"""Numbers as people and programs write them, read the same way in Python and in SQL.

"1.234,50", "1,234.50", "1 234", "12 %", "(1,200)", "-5", "−5", "5-", "1.200,-" and "EUR 1,200"
are numbers.
"1.5k", "n/a" and "1,2,3" are not: guessing there would invent money. Whether a comma is a
decimal mark is a property of the whole column, never of one cell.
"""

import re
from collections import Counter
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

# Digits in groups of three, or without groups perhaps with a power of ten (6.0E7, as Salesforce and
# Excel write large amounts); then decimals. Nobody groups behind a zero: 0.123 has a decimal
# point, whatever the column says. Python and RE2 read both alike.
_TAIL = "([eE][-+]?[0-9]{1,3})?"
FIGURE: dict[Mark, str] = {
    ".": r"[-+]?([1-9][0-9]{0,2}([,' ][0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?"
    + _TAIL
    + r"|\.[0-9]+)",
    ",": r"[-+]?([1-9][0-9]{0,2}([.' ][0-9]{3})+(,[0-9]*)?|[0-9]+(,[0-9]*)?" + _TAIL + r"|,[0-9]+)",
}
GROUPING: dict[Mark, str] = {".": ",' ", ",": ".' "}

_WHOLE = {mark: re.compile(figure, re.ASCII) for mark, figure in FIGURE.items()}


# Why such figures are thousands, at the end of a sentence.
GROUPED = "because every marked figure has three digits behind its mark"

# Figures such as 37,035 from which on a column of money in which every marked figure has three
# digits behind one mark is in thousands: amounts with decimals would show other counts of digits,
# or none before the mark, by then. Figures; our judgement.
FEWEST_GROUPED = 5

# Figures such as 1.234 for each one such as 12,5 beyond which the latter is more likely a slip than
# the way in which the column is written. Our judgement: German amounts without decimals are rare.
SLIP = 10

# Currencies with a thousandth part: in them 12.345 is an amount like any other.
IN_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


class Seen(NamedTuple):
    """How many figures of a column show what.

    Attributes:
        points, commas: figures that only a decimal point explains, or only a decimal comma.
        either_point, either_comma: figures with two readings, by their mark: 1.234 and 1,234.
    """

    points: int = 0
    commas: int = 0
    either_point: int = 0
    either_comma: int = 0


# What the figures of a column tell together: nothing, one decimal mark, two that contradict, or
# thousands by their number.
Verdict = Literal["plain", "told", "mixed", "grouped", "open"]


def verdict(seen: Seen, *, money: bool) -> tuple[Verdict, Mark | None]:
    """What the figures of a column tell together, and the decimal mark if they tell one.

    "mixed" leaves figures such as 1.234 open; "open" says that nothing tells how they are read.
    Lists and ledgers ask here, so that one column has one reading.

    Args:
        seen: the counts of all figures that were looked at.
        money: whether the column holds amounts of a currency in hundredths, in single units.
    """
    either = seen.either_point + seen.either_comma
    if seen.points and seen.commas:
        return "mixed", None
    if seen.commas and seen.either_point > SLIP * seen.commas:
        return "mixed", None
    if seen.points or seen.commas:
        return "told", "." if seen.points else ","
    if not either:
        return "plain", None
    if money and either >= FEWEST_GROUPED and not (seen.either_point and seen.either_comma):
        return "grouped", "," if seen.either_point else "."
    return "open", None


class Decision(NamedTuple):
    """A column's decimal mark, and a sentence if one is due.

    `sure` is whether nobody needs to be asked; `mixed` whether cells tell different marks, so that
    a cell such as 1,234 stays open.
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


def exact(text: str, mark: Mark) -> Decimal | None:
    """The number in a cell, exactly as written; None if it is none under this decimal mark."""
    figure = bare(text)
    if not _WHOLE[mark].fullmatch(figure):
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


def decision(
    name: str, texts: Iterable[str], likely: Mark = ".", *, money: bool = False
) -> Decision:
    """What the cells of a column together say about the decimal mark.

    A cell with both marks, with one mark twice, or with a mark that cannot separate thousands
    (12,5 or 0,123) tells its own. Where cells tell different marks, a cell such as 1,234 stays
    open. If none tells, many such amounts of `money` are thousands; else it is the likely mark: a
    point, or a comma where the file separates its columns with semicolons, and the note asks.
    """
    figures = [figure for text in texts if (figure := bare(text))]
    told = Counter(found for figure in figures if (found := told_mark(figure)))
    eithers = [figure for figure in figures if _is_either(figure)]
    commas = sum("," in figure for figure in eithers)
    seen = Seen(told["."], told[","], len(eithers) - commas, commas)
    why, found = verdict(seen, money=money)
    mark: Mark = found or _majority(seen, likely)
    note = _note(name, why, mark, eithers[0] if eithers else "")
    mixed = why == "mixed"
    sure = why in {"told", "grouped"} or (mixed and not eithers)
    return Decision(mark, sure, note, mixed)


def _majority(seen: Seen, likely: Mark) -> Mark:
    if seen.points == seen.commas:
        return likely
    return "," if seen.commas > seen.points else "."


def _note(name: str, why: Verdict, mark: Mark, either: str) -> str:
    """The sentence on how a column is read; "" where it needs none. `either` is a cell of it."""
    read = f'"{either}" is read as {read_as(either, mark)}' if either else ""
    if why == "mixed":
        open_ = f'; "{either}" can be read in two ways' if either else ""
        return f"Column {name} mixes decimal commas and points{open_}."
    if why == "open":
        doubt = f'"{either}" can be read in two ways; we read it as {read_as(either, mark)}'
        return f"Column {name}: {doubt}."
    if why == "grouped":
        return f"Column {name}: {read}, {GROUPED}."
    if why == "told" and mark == ",":
        return f"Column {name} has decimal commas{f'; {read}' if read else ''}."
    return ""


def read_as(figure: str, mark: Mark) -> str:
    """The number in a cell, written plainly for a sentence; the cell itself if it is none."""
    number = exact(figure, mark)
    return figure if number is None else f"{number.normalize():f}"


def told_mark(figure: str) -> Mark | None:
    """The decimal mark that this one `bare` cell proves: the only one with which it is a number."""
    point, comma = _fits(figure)
    return None if point == comma else "." if point else ","


def _is_either(figure: str) -> bool:
    """Whether a `bare` cell is two numbers: 1,234 and 1.234."""
    return all(_fits(figure)) if "." in figure or "," in figure else False


def _fits(figure: str) -> tuple[bool, bool]:
    """Whether a `bare` cell is a number with a decimal point, and with a decimal comma."""
    return bool(_WHOLE["."].fullmatch(figure)), bool(_WHOLE[","].fullmatch(figure))


def likely_mark(delimiter: str) -> Mark:
    """The decimal mark of a file with this delimiter, as long as its cells do not tell.

    Programs separate columns with semicolons where the comma is their decimal mark.
    """
    return "," if delimiter == ";" else "."


def may_be_either(text: str) -> bool:
    """Whether a cell may be read with both decimal marks: 1,234 and 1.234 may be many or few."""
    return _is_either(bare(text))


def numbers(
    name: str,
    texts: Iterable[str],
    mark: Mark | None = None,
    likely: Mark = ".",
    *,
    money: bool = False,
) -> Column:
    """One column's numbers; a cell that is empty, not a number or beyond `LARGEST` is None.

    So is one that fits both marks where the others contradict each other. `name` is for the note.
    `mark` decides the decimal mark where a person has answered, `likely` where no cell tells;
    `money` as in `decision`.
    """
    cells = list(texts)
    said = Decision(mark, sure=True, note="") if mark else None
    return read(cells, said or decision(name, cells, likely, money=money))


def read(texts: Iterable[str], decided: Decision) -> Column:
    """The numbers of cells once the decimal mark of their column is decided.

    A cell that proves its own mark is read by it: 12,50 among 3.75.
    """
    return Column(tuple(_value(text, decided) for text in texts), decided)


def _value(cell: str, decided: Decision) -> float | None:
    if decided.mixed and may_be_either(cell):
        return None
    number = exact(cell, decided.mark)
    if number is None:
        other: Mark = "." if decided.mark == "," else ","
        number = exact(cell, other)
    return None if number is None or abs(number) > LARGEST else float(number)


def in_full(value: float) -> str:
    """The number with all its digits, for people: 1,234,567 and 0.25; at most 15 of them count."""
    return f"{Decimal(f'{value:.15g}'):,f}"
