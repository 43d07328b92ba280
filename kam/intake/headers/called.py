"""What a column is called and what that rules out: a percent sign, a currency, a year, a plan."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kam.intake.headers import content
from kam.intake.headers.aliases import MONEY, Target
from kam.intake.headers.units import (
    are_signed,
    currencies,
    currency_of_header,
    in_percent,
    scale_of_header,
    without_unit,
)

# The word that a folded name ends with where the header has a percent sign.
PERCENT = "percent"

# Keys of fields whose numbers have a unit of their own, so that no percentage can be one.
_OWN_UNIT = MONEY | {"hours", "hours_needed", "quantity"}

# A percentage of a margin or of a share is seldom beyond this; where more than half of a column
# is, it holds amounts. In percent.
USUAL_PERCENT = 100.0

_SIGN = re.compile(r"(\bin )?(%|(?<![a-z])(pct|percent(age)?|prozent)(?![a-z]))", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PERCENT_AT_END = re.compile(r"(pct|prozent|percentage)$")

# Times in a column's name: which of several is meant is for a person to say.
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d([/-](\d\d){1,2})?(?!\d)")
_SHORT_YEAR = re.compile(r"\b(FY|GJ|WJ) ?'?\d\d\b|\b\d\d/\d\d\b")
_THIS_YEAR = re.compile(
    r"\b(this|current) (fiscal |business )?year('s)?\b|\byear[ -]to[ -]date\b|\bytd\b|"
    r"\b(dieses|laufendes|aktuelles|lfd\.?|akt\.?) (geschäfts)?jahr\b|\bkum(uliert|\.)|\bCY\b",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\b(last|previous|prior|prev\.?) (fiscal |business )?year('s)?\b|\b[lp]y\b|\bvj\b|"
    r"\bvorjahr(es)?|\b(letztes|voriges|vergangenes|vorheriges) (geschäfts)?jahr\b",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(
    r"\b(q[1-4]|h[12]|[1-4]\. ?(quartal|halbjahr)|[mq]td)\b|\b(last|this) (month|quarter)\b|"
    r"\b(jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|märz|apr(il)?|may|mai|june?|juni|july?|juli|"
    r"aug(ust)?|sept?(ember)?|o[ck]t(ober)?|nov(ember)?|de[cz](ember)?)\b",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r"\b(fy|gj|wj)\b", re.IGNORECASE)

# Words by which a number is none that was, but one that is meant to be, or one about it.
_NO_ACTUAL = re.compile(
    r"plan|budget|forecast|prognose|hochrechnung|erwart|expected|target|ziel|soll|potential|"
    r"potenzial|pipeline|weighted|growth|wachstum|abweichung|variance|diff|veränderung|vergleich|δ|"
    r"\b(fc|fcst|est|goal|open|lost|change|rank|rang|share|per|pro|count|at risk)\b",
    re.IGNORECASE,
)


def folded(name: str) -> str:
    """The name in lower-case letters and digits only: "Kunden-Nr." and "KUNDENNR" are equal."""
    spelled = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return re.sub(r"[\W_]", "", "".join(ch for ch in spelled if not unicodedata.combining(ch)))


def named(header: str) -> str:
    """The header folded, its signs as words: "% DB" is "DB percent", "Kunde #" is "Kunde no"."""
    bare = folded(_SIGN.sub(" ", header).replace("#", " no "))
    if _SIGN.search(header):
        return bare + PERCENT
    return _PERCENT_AT_END.sub(PERCENT, bare)


@dataclass(frozen=True)
class Called:
    """A column by its header, and what its first cells say of that."""

    header: str
    cells: Sequence[str] = ()

    @cached_property
    def full(self) -> str:
        """The whole name."""
        return named(self.header)

    @cached_property
    def bare(self) -> str:
        """The name without currency and scale; a percent sign stays."""
        return self.full if self.full.endswith(PERCENT) else named(without_unit(self.header))

    @cached_property
    def signed(self) -> str:
        """The bare name, with a percent sign where the cells have one."""
        return self.bare + PERCENT if self.in_percent and self.bare == self.full else self.bare

    @cached_property
    def undated(self) -> str:
        """The bare name without the time that it speaks of."""
        text = self.header if self.full.endswith(PERCENT) else without_unit(self.header)
        for time in (_SHORT_YEAR, _YEAR, _THIS_YEAR, _LAST_YEAR, _PART_OF_YEAR, _OF_YEAR):
            text = time.sub(" ", text)
        return named(text)

    @property
    def year(self) -> int:
        """The year that it speaks of; 1 for this year, -1 for the last one, 0 for none."""
        if year := _YEAR.search(self.header):
            return int(year[0][:4])
        this = bool(_THIS_YEAR.search(self.header))
        return int(this) - int(not this and bool(_LAST_YEAR.search(self.header)))

    @property
    def is_no_actual(self) -> bool:
        """Whether it speaks of what is planned, hoped for, or only about a number."""
        return bool(_NO_ACTUAL.search(self.header))

    @cached_property
    def in_percent(self) -> bool:
        """Whether the header, or most cells, have a percent sign."""
        return self.full.endswith(PERCENT) or are_signed(self.cells)

    @cached_property
    def is_money(self) -> bool:
        """Whether the header or a cell names a currency, or the header a scale."""
        of_header = scale_of_header(self.header) != 1 or currency_of_header(self.header)
        return bool(of_header or currencies([self.header, *self.cells[: content.LOOKED_AT]]))

    @cached_property
    def figures(self) -> Sequence[float]:
        """The numbers in its cells, where nearly all are; none for words."""
        return content.figures(self.header, self.cells)

    @cached_property
    def are_words(self) -> bool:
        """Whether cells say something, and none of them has a digit."""
        told = [cell for cell in self.cells if cell and not content.is_filler(cell)]
        return bool(told) and not any(map(_DIGIT.search, told))


def fits(called: Called, target: Target) -> bool:
    """Whether a column can be a field of that name by its unit; no question is worth asking else.

    Money and hours are no percentages, percentages no money, and words no figures.
    """
    if target.key in content.IN_WORDS:
        return not (called.full.endswith(PERCENT) or called.figures)
    if target.key in _OWN_UNIT:
        return not called.in_percent
    if not in_percent("", target) or called.in_percent:
        return True
    beyond = sum(abs(value) > USUAL_PERCENT for value in called.figures)
    return not called.is_money and beyond * 2 <= len(called.figures)


def looks_like(called: Called, target: Target) -> bool:
    """Whether the cells of a column look as those of a field do; else its name is a guess.

    Figures and days have digits, answers say yes or no, and no key or person is a company.
    """
    if target.kind in {"number", "date"}:
        return not called.are_words
    if target.kind == "yes_no":
        return content.may_answer(called.cells)
    return target.key not in {"id", "owner"} or not content.are_companies(called.cells)
