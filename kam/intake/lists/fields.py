"""One matched column understood: texts, numbers, or answers, and what is wrong with its cells."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from kam.intake.figures import (
    IN_THOUSANDTHS,
    LARGEST,
    Column,
    Decision,
    Mark,
    exact,
    in_full,
    may_be_either,
    numbers,
    read,
)
from kam.intake.headers.aliases import MONEY, Target
from kam.intake.headers.content import is_filler
from kam.intake.headers.units import (
    Unit,
    currency_in,
    currency_of_header,
    in_percent,
    may_be_one_currency,
    may_be_share,
    names_no_currency,
    unit_of,
)
from kam.intake.lists.repairs import Kind, Problem

Answer = Literal["yes", "no", "unknown"]
Percent = Literal["", "figures", "amounts"]
Value = TypeVar("Value")

# A text longer than this is more than a profile holds (`kam.model.Text`). Characters.
LONGEST_TEXT = 4_000

# A cell with one reading: whole, or with one or two decimals behind a point; or empty.
_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?|", re.ASCII)

# The factor of a column of shares: 0.25 is 25 %.
SHARES = 100.0

# How target keys of scores begin.
SCORED = "criterion:"

# Target key under which any number of columns are kept as numbers, each by its own header.
FACT = "fact"

YES = frozenset({"yes", "y", "true", "1", "ja", "wahr", "oui", "vrai"})
NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "non", "faux"})
UNKNOWN = frozenset({"unknown", "unbekannt", "inconnu", "?"})


@dataclass(frozen=True, slots=True)
class Written:
    """How a column of numbers or of days is written, as a person has confirmed.

    Attributes:
        mark: the decimal mark; `None` lets the cells tell.
        factor: by what its numbers are multiplied; 1,000 for a column in thousands, 100 for
            shares. A cell with a percent sign is what it says.
        day_first: whether 03/04/2028 is in April; `None` lets the cells tell.
        rates: other currency -> what one of it is worth in the workshop's; 1 where the amounts
            are in that already, whatever is written.
    """

    mark: Mark | None = None
    factor: float = 1.0
    day_first: bool | None = None
    rates: Mapping[str, float] = field(default_factory=dict)

    def factor_of(self, text: str) -> float:
        """By what the number in this cell is multiplied."""
        return 1.0 if "%" in text else self.factor


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole column of numbers or days tells of each of its cells.

    Some of its rows alone, as in a workbook of rows to repair, could not tell it again.

    Attributes:
        mark: the decimal mark with which its numbers are read.
        mixed: whether its cells prove different marks, so that 1,234 stays open.
        usual: the currency that its amounts usually name; "" where they name none.
        currency: the one currency of the column; "" for none, or for several.
        percent: "" where no cell has a percent sign; "figures" where percentages are expected,
            and "amounts" where they are not.
        day_first: whether 03/04/2028 is in April; `None` where nothing tells.
    """

    mark: Mark = "."
    mixed: bool = False
    usual: str = ""
    currency: str = ""
    percent: Percent = ""
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """One matched column: its header, its target, a text per row, the line of each row.

    `likely` is its decimal mark where no cell tells; `whole` is what is known of the whole column
    where these are only some of its cells.
    """

    header: str
    target: Target
    texts: tuple[str, ...]
    lines: tuple[int, ...]
    likely: Mark = "."
    whole: Whole | None = None

    @property
    def money(self) -> bool:
        """Whether these are amounts in single units of a currency that has hundredths."""
        if self.target.key not in MONEY or unit_of(self.header, ()).factor != 1:
            return False
        named = {currency_of_header(self.header), *map(currency_in, self.texts)}
        return named.isdisjoint(IN_THOUSANDTHS)

    def problem(
        self, at: int, kind: Kind, what: str, *, blocks: bool = False, kept: bool = False
    ) -> Problem:
        """A problem of the cell in row `at`; `what` is to be done.

        `blocks` keeps the row out, `kept` says that the value comes in as it is.
        """
        line, text = self.lines[at], self.texts[at]
        message = f"{place_of(line, self.header, text)} {what}"
        return Problem(line, self.header, text, message, blocks, kind, self.target.label, kept)


@dataclass(frozen=True, slots=True)
class Understood(Generic[Value]):
    """One column understood: a value per row (None if unknown), problems, and notes.

    `whole` is what the whole of a column of numbers or days tells.
    """

    key: str
    values: Sequence[Value | None]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    header: str = ""
    whole: Whole = Whole()


def place_of(line: int, column: str, text: str) -> str:
    """The beginning of a sentence on a cell: where it is, and what stands there."""
    return f'Row {line}, column {column}: we found "{text[:60]}".'


def texts_in(cells: Cells) -> Understood[str]:
    """A column of texts; one that is too long for a profile, or a mere filler, is told."""
    long = f"At most {LONGEST_TEXT:,} characters fit. Shorten it, or the field stays as it is."
    filler = "It only says that nothing is known. Enter what is, or leave it empty."
    problems = [
        cells.problem(at, "filler", filler) if is_filler(text) else cells.problem(at, "long", long)
        for at, text in enumerate(cells.texts)
        if is_filler(text) or len(text) > LONGEST_TEXT
    ]
    told = {problem.line for problem in problems}
    values = [
        text if text and line not in told else None
        for line, text in zip(cells.lines, cells.texts, strict=True)
    ]
    return Understood(cells.target.key, values, tuple(problems))


def figures_in(cells: Cells, written: Written | None) -> Understood[float]:
    """A column of numbers, multiplied as confirmed; what is no number stays unknown and is told."""
    unit = unit_of(cells.header, cells.texts, cells.target)
    if cells.whole:
        unit = unit._replace(currency=cells.whole.currency, why="")
        written = written or Written()
    column = _read(cells, written)
    said = written or Written()
    whole = cells.whole or _whole(cells, column, unit)
    problems = {
        **_percent_problems(cells, column, whole.percent, said.factor),
        **_cell_problems(cells, column, whole.usual),
    }
    values = [
        None if value is None or at in problems else value * said.factor_of(text)
        for at, (text, value) in enumerate(zip(cells.texts, column.values, strict=True))
    ]
    key = cells.header if cells.target.key == FACT else cells.target.key
    notes = tuple(filter(None, (column.decision.note, _scale_note(cells.header, unit, written))))
    every = (*problems.values(), *_outside(cells, values))
    if cells.target.strict:
        values = [None if _is_outside(cells.target, value) else value for value in values]
    return Understood(key, values, every, notes, cells.header, whole)


def _read(cells: Cells, written: Written | None) -> Column:
    """The numbers, by the mark that a person has said, else as the whole column tells."""
    if plain := _plain(cells.texts, written):
        return plain
    mark = written.mark if written else None
    if cells.whole and not mark:
        return read(
            cells.texts, Decision(cells.whole.mark, sure=True, note="", mixed=cells.whole.mixed)
        )
    return numbers(cells.header, cells.texts, mark, cells.likely, money=cells.money)


def _whole(cells: Cells, column: Column, unit: Unit) -> Whole:
    """What the column tells of its cells."""
    usual = _usual_currency(cells, column)
    mark, mixed = column.decision.mark, column.decision.mixed
    return Whole(mark, mixed, usual, unit.currency, _percent_in(cells))


def _plain(texts: Sequence[str], written: Written | None) -> Column | None:
    """What `numbers` would read from cells as programs write them, in a tenth of its time.

    `None` if any cell needs a closer look, or a person has said what the decimal mark is.
    """
    if (written and written.mark) or not all(map(_PLAIN.fullmatch, texts)):
        return None
    values = tuple(float(text) if text else None for text in texts)
    return Column(values, Decision(".", any("." in text for text in texts), ""))


def _cell_problems(cells: Cells, column: Column, usual: str) -> dict[int, Problem]:
    """What keeps cells from being read as numbers, by the place of the row."""
    found = (
        (at, _cell_problem(cells, at, value, column.decision, usual))
        for at, value in enumerate(column.values)
        if cells.texts[at]
    )
    return {at: problem for at, problem in found if problem}


def _percent_in(cells: Cells) -> Percent:
    """Whether cells have a percent sign, and whether it is expected there."""
    signed = sum("%" in text for text in cells.texts)
    if not signed:
        return ""
    filled = sum(map(bool, cells.texts))
    plain = cells.target.key == FACT or cells.target.key.startswith(SCORED)
    expected = in_percent(cells.header, cells.target) or (plain and signed * 2 > filled)
    return "figures" if expected else "amounts"


def _percent_problems(
    cells: Cells, column: Column, percent: Percent, factor: float
) -> dict[int, Problem]:
    """Cells of which nobody can say whether they are percentages, by the place of the row.

    Where percentages are asked for, a small figure without a sign among those that have one may
    be a share, until a person has said that it is (`SHARES`). Elsewhere a percentage is no
    amount; a plain number or a score may be one where most of its column are.
    """
    percent = percent or _percent_in(cells)
    if percent != "amounts":
        asks = percent and factor != SHARES
        return _bare_shares(cells, column) if asks else {}
    what = "That is a percentage, not an amount. Enter the amount or leave it empty."
    signed = (at for at, text in enumerate(cells.texts) if "%" in text)
    return {at: cells.problem(at, "percent", what) for at in signed}


def _bare_shares(cells: Cells, column: Column) -> dict[int, Problem]:
    """A problem for every figure without a percent sign that may be a share."""
    found = {}
    for at, (text, value) in enumerate(zip(cells.texts, column.values, strict=True)):
        if value is not None and "%" not in text and may_be_share(value):
            what = (
                f"Other cells have a percent sign, so it may be {value:.6g} % or "
                f"{value * SHARES:.6g} %. Write it with its sign, or say at its column that such "
                "figures are shares."
            )
            found[at] = cells.problem(at, "percent", what)
    return found


def _usual_currency(cells: Cells, column: Column) -> str:
    """What most amounts name; the header's where they name none, "" where nothing does."""
    amounts = (
        t for t, v in zip(cells.texts, column.values, strict=True) if v
    )  # 0 needs no currency
    named = Counter(map(currency_in, amounts))
    usual = next((code for code, _ in named.most_common(1)), "")
    return usual or currency_of_header(cells.header)


def _cell_problem(
    cells: Cells, at: int, value: float | None, decided: Decision, usual: str
) -> Problem | None:
    """What is wrong with one filled cell of a column whose amounts usually are in `usual`."""
    text, mark = cells.texts[at], decided.mark
    number = exact(text, mark) if value is None else None
    if number is not None and decided.mixed and may_be_either(text):
        what = (
            f"The column mixes decimal commas and points, so it may be {number:f} or "
            f"{exact(text, '.' if mark == ',' else ','):f}. Say at its column which mark holds, or "
            "write it without thousands and with two decimals."
        )
        return cells.problem(at, "mark", what)
    if number is not None:
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
        return f"Column {header}: the figures are multiplied by {in_full(written.factor)}."
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
    what = f"We expect {in_full(low)} to {in_full(high)}; check whether it is right."
    if cells.target.strict:
        within = f"{in_full(low)} and {in_full(high)}"
        what = f"It must lie between {within}. Change it, or leave it empty."
    return [
        cells.problem(at, "outside", what, kept=not cells.target.strict)
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
