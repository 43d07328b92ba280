"""In what the money of a ledger is, as far as texts around the figures say.

These are the names of the columns, and what stands outside of them: a title above the table, or a
row of units below the names. A title may speak of something else, so a person says whether it
holds; what a column is called holds without a question, and is told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kam.errors import Refused
from kam.intake.figures import numbers
from kam.intake.headers.units import currency_in, currency_of_header, unit_of
from kam.intake.orders.cells import FACTORS, PRICED
from kam.intake.tables.files import Table
from kam.model import LedgerChoices

# What figures are multiplied by, in words.
SCALES = {1e3: "thousands", 1e6: "millions", 1e9: "billions"}

# Words that may stand beside a currency in a text that says nothing else: "All amounts in EUR".
_BESIDE = frozenset(
    {
        *("all", "amount", "amounts", "currency", "figures", "in", "value", "values"),
        *("alle", "angaben", "betrag", "beträge", "werte", "währung"),
    }
)
_WORDS = re.compile(r"[^\W\d_]+|[€$£¥₹]")


class Headers(NamedTuple):
    """What texts around the figures say of them.

    Attributes:
        currency: the one that they name; "" for none.
        factors: our name of a column (cost, serving; amount also for quantity and price) -> by
            what its figures are multiplied.
        notes: a sentence on each column that is multiplied, and on what is not used.
    """

    currency: str = ""
    factors: Mapping[str, int] = {}
    notes: tuple[str, ...] = ()


class Outside(NamedTuple):
    """A text above the column names, or in a row of units, that says in what figures are.

    Attributes:
        text: as it stands there.
        line: of the file, or row of the sheet.
        factor: by what figures would be multiplied; 1 if it names a currency only.
        currency: the one that it names; "" for none.
        keys: our names of the columns that it may hold for.
    """

    text: str
    line: int
    factor: int
    currency: str
    keys: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What it says, in words: "thousands of EUR"."""
        scale = SCALES.get(self.factor, "")
        return " of ".join(word for word in (scale, self.currency) if word)


class UnitAsked(Refused):
    """Nobody has said whether the thousands that stand outside of the table hold for its amounts.

    Attributes:
        outside: what stands there; None where files say different things, so that they cannot
            hold for all.
    """

    def __init__(self, message: str, outside: Outside | None = None) -> None:
        super().__init__(message)
        self.outside = outside


def told_units(
    columns: Mapping[str, str], choices: LedgerChoices, samples: Sequence[Table]
) -> Headers:
    """What column names and texts outside of the table say of the figures of a ledger.

    Args:
        columns: our name of a column in use -> its header.
        choices: what a person has said.
        samples: the first rows of each file.

    Raises:
        UnitAsked: thousands stand outside of the table, and nobody has said whether they hold; or
            the files say different things.
        Refused: headers name different currencies.
    """
    headers = said_by_headers(columns, choices)
    if choices.outside == "ignored":
        return headers
    found = [said_outside(sample, columns, choices) for sample in samples]
    first = found[0]
    for sample, other in zip(samples, found, strict=True):
        if (other and other[2:]) != (first and first[2:]):
            raise UnitAsked(_two_units((samples[0].name, first), (sample.name, other)))
    if first is None:
        return headers
    if not choices.outside and first.factor != 1:
        message = (
            f"{samples[0].name} says “{first.text}” in line {first.line}. Say whether its amounts "
            f"are in {first.unit}."
        )
        raise UnitAsked(message, first)
    return _with_outside(headers, first, choices)


def _two_units(*files: tuple[str, Outside | None]) -> str:
    told = [f"{name} says “{one.text}”" if one else f"{name} says nothing" for name, one in files]
    return (
        f"We cannot add amounts that may be in different units: {' and '.join(told)} outside of "
        "its table. Bring these files in apart, or say that such texts do not hold."
    )


def _with_outside(headers: Headers, outside: Outside, choices: LedgerChoices) -> Headers:
    factors = dict(headers.factors)
    for key in outside.keys if outside.factor != 1 else ():
        goes_to = "amount" if key in FACTORS else key
        factors[goes_to] = factors.get(goes_to, 1) * outside.factor
    currency = headers.currency or ("" if choices.one_currency else outside.currency)
    if factors == headers.factors and currency == headers.currency:
        return headers
    note = f"Line {outside.line} says “{outside.text}”; amounts are in {outside.unit}."
    return Headers(currency, factors, (*headers.notes, note))


def said_by_headers(columns: Mapping[str, str], choices: LedgerChoices) -> Headers:
    """What the names of the money columns say; `columns` are those in use, by our names.

    Raises:
        Refused: they name different currencies.
    """
    factors: dict[str, int] = {}
    notes = []
    for key in (*PRICED, "quantity"):
        unit = unit_of(columns.get(key, ""), ())
        if unit.factor != 1 and key not in choices.unscaled:
            goes_to = "amount" if key in FACTORS else key
            factors[goes_to] = factors.get(goes_to, 1) * int(unit.factor)
            notes.append(f"Column {columns[key]} {unit.why[0].lower()}{unit.why[1:]}")
    if choices.one_currency:
        unused = choices.columns.get("currency", "")
        told = [f"All amounts are in one currency, as was said; column {unused} is not used."]
        return Headers("", factors, (*notes, *(told if unused else ())))
    named = {columns[key]: _named_by(columns[key]) for key in PRICED if key in columns}
    every = {header: currency for header, currency in named.items() if currency}
    if len(set(every.values())) > 1:
        listed = " and ".join(f"column {header} is in {code}" for header, code in every.items())
        message = (
            f"We cannot count costs against amounts in another currency: {listed}. Leave out one "
            "of these columns, or say that all amounts are in one currency."
        )
        raise Refused(message, asks="one_currency")
    return Headers(next(iter(every.values()), ""), factors, tuple(notes))


def _named_by(header: str) -> str:
    return currency_of_header(header) or currency_in(header)


def said_outside(
    table: Table, columns: Mapping[str, str], choices: LedgerChoices
) -> Outside | None:
    """The first text above the column names, or below them, that gives amounts a unit; or None.

    A column whose own name says thousands needs no other text for it.
    """
    open_ = tuple(
        key for key in PRICED
        if columns.get(key, "") in table.headers and key not in choices.unscaled
        and unit_of(columns[key], ()).factor == 1
    )  # fmt: skip
    return next((one for one in (*_titles(table, open_), *_units(table, columns, open_))), None)


def _titles(table: Table, keys: tuple[str, ...]) -> Iterator[Outside]:
    above = (record for record in table.beginning if record.line < table.header_line)
    for record in above:
        for text in filter(None, (cell.strip() for cell in record.cells)):
            factor, currency = _said_by(text)
            if keys and (factor != 1 or currency):
                yield Outside(text, record.line, factor, currency, keys)


def _units(table: Table, columns: Mapping[str, str], keys: tuple[str, ...]) -> Iterator[Outside]:
    """The row of units below the column names: its cells are no figures and say nothing else."""
    if not table.rows:
        return
    texts = {key: table.rows[0][table.headers.index(columns[key])].strip() for key in keys}
    said = {key: _said_by(text) for key, text in texts.items() if _is_no_figure(text)}
    for key, (factor, currency) in said.items():
        if factor != 1 or currency:
            same = tuple(other for other, found in said.items() if found == said[key])
            yield Outside(texts[key], table.line_numbers[0], factor, currency, same)


def _is_no_figure(text: str) -> bool:
    return numbers("", [text]).values == (None,)


def _said_by(text: str) -> tuple[int, str]:
    """Factor and currency that a text names; a currency alone only where it says nothing else.

    "TOP" and "ALL" are codes of currencies, too.
    """
    unit = unit_of(text, ())
    if unit.factor != 1:
        return int(unit.factor), unit.currency
    words = [word for word in _WORDS.findall(text) if word.casefold() not in _BESIDE]
    return 1, currency_in(words[0]) if len(words) == 1 else ""
