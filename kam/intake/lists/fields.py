"""One matched column understood: texts, numbers, or answers, and what is wrong with its cells."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from kam.intake.figures import LARGEST, Column, Decision, Mark, exact, numbers
from kam.intake.headers.aliases import Target
from kam.intake.headers.units import (
    Unit,
    currency_in,
    currency_of_header,
    may_be_one_currency,
    names_no_currency,
    unit_of,
)
from kam.intake.lists.repairs import Kind, Problem

Answer = Literal["yes", "no", "unknown"]
Value = TypeVar("Value")

# A text longer than this is more than a profile holds (`kam.model.Text`). Characters.
LONGEST_TEXT = 4_000

# A cell with one reading: whole, or with one or two decimals behind a point; or empty.
_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?|", re.ASCII)

# Target key under which any number of columns are kept as numbers, each by its own header.
FACT = "fact"

YES = frozenset({"yes", "y", "true", "1", "ja", "oui"})
NO = frozenset({"no", "n", "false", "0", "nein", "non"})
UNKNOWN = frozenset({"unknown", "unbekannt", "inconnu", "?"})


@dataclass(frozen=True, slots=True)
class Written:
    """How a column of numbers is written, as a person has confirmed.

    Attributes:
        mark: the decimal mark; `None` lets the cells tell.
        factor: by what its numbers are multiplied; 1,000 for a column in thousands.
    """

    mark: Mark | None = None
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Cells:
    """One matched column: its header, its target, a text per row, the line of each row."""

    header: str
    target: Target
    texts: tuple[str, ...]
    lines: tuple[int, ...]

    def problem(self, at: int, kind: Kind, what: str, *, blocks: bool = False) -> Problem:
        """A problem of the cell in row `at`; `what` is to be done."""
        line, text = self.lines[at], self.texts[at]
        message = f"{place_of(line, self.header, text)} {what}"
        return Problem(line, self.header, text, message, blocks, kind, self.target.label)


@dataclass(frozen=True, slots=True)
class Understood(Generic[Value]):
    """One column understood: a value per row (None if unknown), problems, notes, its currency."""

    key: str
    values: Sequence[Value | None]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    header: str = ""
    currency: str = ""


def place_of(line: int, column: str, text: str) -> str:
    """The beginning of a sentence on a cell: where it is, and what stands there."""
    return f'Row {line}, column {column}: we found "{text[:60]}".'


def texts_in(cells: Cells) -> Understood[str]:
    """A column of texts; one that is too long for a profile is left out and told."""
    long = [at for at, text in enumerate(cells.texts) if len(text) > LONGEST_TEXT]
    what = f"At most {LONGEST_TEXT:,} characters fit. Shorten it, or the field stays as it is."
    problems = tuple(cells.problem(at, "long", what) for at in long)
    values = [text if 0 < len(text) <= LONGEST_TEXT else None for text in cells.texts]
    return Understood(cells.target.key, values, problems)


def figures_in(cells: Cells, written: Written | None) -> Understood[float]:
    """A column of numbers, multiplied as confirmed; what is no number stays unknown and is told."""
    unit = unit_of(cells.header, cells.texts)
    read = _plain(cells.texts, written) or numbers(
        cells.header, cells.texts, written.mark if written else None
    )
    problems = _cell_problems(cells, read)
    factor = written.factor if written else 1.0
    values = [
        None if value is None or at in problems else value * factor
        for at, value in enumerate(read.values)
    ]
    key = cells.header if cells.target.key == FACT else cells.target.key
    notes = tuple(filter(None, (read.decision.note, _scale_note(cells.header, unit, written))))
    every = (*problems.values(), *_outside(cells, values))
    if cells.target.strict:
        values = [None if _is_outside(cells.target, value) else value for value in values]
    currency = unit.currency if factor in {1.0, unit.factor} else ""  # any other is a rate
    return Understood(key, values, every, notes, cells.header, currency)


def _plain(texts: Sequence[str], written: Written | None) -> Column | None:
    """What `numbers` would read from cells as programs write them, in a tenth of its time.

    `None` if any cell needs a closer look, or a person has said what the decimal mark is.
    """
    if (written and written.mark) or not all(map(_PLAIN.fullmatch, texts)):
        return None
    values = tuple(float(text) if text else None for text in texts)
    return Column(values, Decision(".", any("." in text for text in texts), ""))


def _cell_problems(cells: Cells, read: Column) -> dict[int, Problem]:
    """What keeps cells from being read as numbers, by the place of the row."""
    usual = _usual_currency(cells, read)
    found = (
        (at, _cell_problem(cells, at, value, read.decision.mark, usual))
        for at, value in enumerate(read.values)
        if cells.texts[at]
    )
    return {at: problem for at, problem in found if problem}


def _usual_currency(cells: Cells, read: Column) -> str:
    """What most amounts name; the header's where they name none, "" where nothing does."""
    amounts = (t for t, v in zip(cells.texts, read.values, strict=True) if v)  # 0 needs no currency
    named = Counter(map(currency_in, amounts))
    usual = next((code for code, _ in named.most_common(1)), "")
    return usual or currency_of_header(cells.header)


def _cell_problem(
    cells: Cells, at: int, value: float | None, mark: Mark, usual: str
) -> Problem | None:
    """What is wrong with one filled cell of a column whose amounts usually are in `usual`."""
    text = cells.texts[at]
    if value is None and exact(text, mark) is not None:
        what = f"Numbers up to {LARGEST:,.0f} can be read; check whether this is one."
        return cells.problem(at, "large", what)
    if value is None or names_no_currency(text):
        return cells.problem(at, "number", "Enter a number or leave it empty.")
    if not usual and currency_in(text):
        what = "The other amounts name no currency. Enter this one as they are written."
        return cells.problem(at, "currency", what)
    if not may_be_one_currency(currency_in(text), usual):
        what = f"The other amounts are in {usual}. Enter this one in {usual}, or leave it empty."
        return cells.problem(at, "currency", what)
    return None


def _scale_note(header: str, unit: Unit, written: Written | None) -> str:
    """What to tell about thousands and percent; a factor that was confirmed is told as done."""
    if written and written.factor != 1:
        return f"Column {header}: the figures are multiplied by {written.factor:,g}."
    if unit.factor != 1 and written is None:
        return f"Column {header}: its name gives a scale; we take the figures as they stand."
    told = unit.why and unit.factor == 1
    return f"Column {header}: {unit.why[0].lower()}{unit.why[1:]}" if told else ""


def _outside(cells: Cells, values: Sequence[float | None]) -> list[Problem]:
    """A problem for every number beyond the range of its target.

    The number is kept unless the range is strict.
    """
    low, high = cells.target.low, cells.target.high
    if low is None or high is None:
        return []
    what = f"We expect {low:,g} to {high:,g}; check whether it is right."
    if cells.target.strict:
        what = f"It must lie between {low:,.9g} and {high:,.9g}. Change it, or leave it empty."
    return [
        cells.problem(at, "outside", what)
        for at, value in enumerate(values)
        if _is_outside(cells.target, value)
    ]


def _is_outside(target: Target, value: float | None) -> bool:
    """Whether a number lies beyond the range of its target, if that has one."""
    if value is None or target.low is None or target.high is None:
        return False
    return not target.low <= value <= target.high


def answers_in(cells: Cells) -> Understood[Answer]:
    """A column of yes and no in English, German or French; anything else is told."""
    values = [_answer(text) for text in cells.texts]
    problems = tuple(
        cells.problem(at, "answer", "Enter yes or no.")
        for at, value in enumerate(values)
        if value is None and cells.texts[at]
    )
    return Understood(cells.target.key, values, problems)


def _answer(text: str) -> Answer | None:
    word = text.strip().casefold()
    if word in YES:
        return "yes"
    if word in NO:
        return "no"
    return "unknown" if word in UNKNOWN else None
