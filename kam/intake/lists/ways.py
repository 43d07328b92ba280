"""How the figures and the days of one column are written: what it tells, and what it leaves open.

A whole column is looked at, never its beginning alone: the first cell in groups of thousands may
stand in its last row.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kam.intake.figures import Decision, Mark, decision, in_full, numbers
from kam.intake.headers.units import Unit, in_percent, may_be_share, unit_of
from kam.intake.lists.currencies import question, without_rate
from kam.intake.lists.days import day_first, either_day, slashed
from kam.intake.lists.fields import SHARES, Cells, Written
from kam.model import Writing

# How figures or days may be in doubt: their decimal mark, the order of day and month, thousands,
# shares or percent, a currency that is not ours, the rate of the last time.
Unclear = Literal["mark", "days", "scale", "shares", "currency", "rate"]

# Scales that a person may choose, in words; any other factor is a rate.
SCALES = {1.0: "as they stand", 1e3: "thousands", 1e6: "millions", 1e9: "billions"}

# A cell whose decimal mark cannot be in doubt: no mark, or a point with one or two digits behind.
_ONE_READING = re.compile(r"[^.,]*|-?[0-9]+\.[0-9]{1,2}", re.ASCII)

_NO_UNIT = Unit(1.0, "", "")
_POINT = Decision(".", sure=True, note="")


@dataclass(frozen=True, slots=True)
class Hand:
    """What name and cells of a column tell of how it is written.

    Attributes:
        cells: the whole column.
        unit: in what its figures are.
        decided: what the cells tell about the decimal mark.
        either: the first cell that is two days because no cell tells the order; "" for none.
        day_first: the order of days that the cells tell.
        slashed: its days have an order that is to be known.
        foreign: the currencies of its amounts that are not the workshop's.
    """

    cells: Cells
    unit: Unit = _NO_UNIT
    decided: Decision = _POINT
    either: str = ""
    day_first: bool | None = None
    slashed: bool = False
    foreign: tuple[str, ...] = ()

    @property
    def unsure(self) -> str:
        """A sentence where nothing tells the decimal mark, and a cell can be read both ways."""
        return "" if self.decided.sure else self.decided.note

    @property
    def percent(self) -> bool:
        """Whether its figures are percentages."""
        return in_percent(self.cells.header, self.cells.target)


def hand_of(cells: Cells, foreign: Collection[str] = ()) -> Hand:
    """How a column is written if it goes to its field, as it tells itself.

    `foreign` are the currencies of its amounts that are not the workshop's.
    """
    header, texts = cells.header, cells.texts
    if cells.target.kind == "date":
        order = day_first(texts)
        return Hand(cells, either=either_day(texts), day_first=order, slashed=slashed(texts))
    if cells.target.kind != "number":
        return Hand(cells)
    unit, codes = unit_of(header, texts, cells.target), tuple(foreign)
    if all(map(_ONE_READING.fullmatch, texts)):
        mark: Mark = "." if any("." in text for text in texts) else cells.likely
        return Hand(cells, unit, Decision(mark, sure=True, note=""), foreign=codes)
    decided = decision(header, texts, cells.likely, money=cells.money)
    return Hand(cells, unit, decided, foreign=codes)


def started(hand: Hand, plain: Written, before: Writing | None) -> Written:
    """How a column is read as long as nobody says anything: as the last time, where that fits.

    What the cells tell goes before what was said the last time. `plain` is what the header says.
    """
    if before is None:
        return plain
    factor = plain.factor if before.factor is None or _no_shares(hand, before) else before.factor
    mark: Mark | None = before.decimal_mark or None
    return replace(
        plain,
        mark=mark if hand.unsure else None,
        factor=factor,
        day_first=before.day_first if hand.either else None,
        rates={code: rate for code, rate in before.rates.items() if code in hand.foreign},
    )


def in_doubt(
    hand: Hand, written: Written, before: Writing | None, own: str
) -> Iterator[tuple[Unclear, str, str]]:
    """What is open about a column: in which way, a sentence beside it, and one that names it.

    `before` is what was said of it the last time, and `own` the currency of the workshop. A rate
    is true for its day only, so that the one of the last time is proposed and asked again.
    """
    header = hand.cells.header
    if hand.unsure and written.mark is None:
        sentence = hand.unsure.removeprefix(f"Column {header}").removeprefix(":").strip()
        yield "mark", f"{sentence[:1].upper()}{sentence[1:]}", hand.unsure
    if hand.either and written.day_first is None:
        sentence = f"{hand.either} can be two days. Which comes first?"
        yield "days", sentence, f"Column {header}: {sentence}"
    said = before or Writing()
    for way, sentence in (
        *_factors_in_doubt(hand, said.factor),
        *_rates_in_doubt(hand, written, said, own),
    ):
        yield way, sentence, f"Column {header}: {sentence[0].lower()}{sentence[1:]}"


def _factors_in_doubt(hand: Hand, said: float | None) -> Iterator[tuple[Unclear, str]]:
    unit = hand.unit
    if said is None and unit.shares:
        yield "shares", unit.why
    elif said is None and unit.why:
        yield "scale", unit.why
    elif said == SHARES and _beyond_shares(hand):
        yield "shares", "The last time these were shares; now they look like percentages."
    elif said is not None and said not in SCALES and not (hand.percent and said == SHARES):
        yield "rate", f"Multiplied by {in_full(said)}, as the last time. Is that still so?"


def _rates_in_doubt(
    hand: Hand, written: Written, before: Writing, own: str
) -> Iterator[tuple[Unclear, str]]:
    lacking = without_rate(hand.foreign, written)
    if lacking:
        yield "currency", question(lacking, own)
        return
    kept = before.rates.items() & written.rates.items()
    old = {code: rate for code, rate in sorted(kept) if code in hand.foreign and rate != 1}
    if told := [f"one {code} was worth {in_full(rate)} {own}" for code, rate in old.items()]:
        yield "rate", f"The last time {' and '.join(told)}. Is that still so?"


def _no_shares(hand: Hand, before: Writing) -> bool:
    """Whether the figures were shares the last time, and cannot be now."""
    return before.factor == SHARES and _beyond_shares(hand)


def _beyond_shares(hand: Hand) -> bool:
    """Whether a percent column without the look of shares has figures that can be none."""
    if not hand.percent or hand.unit.shares:
        return False
    bare = [text for text in hand.cells.texts if "%" not in text]
    values = numbers(hand.cells.header, bare, hand.decided.mark).values
    return any(value and not may_be_share(value) for value in values)


def as_the_last_time(now: Written | None, before: Writing | None) -> str:
    """How a column is read because it was the last time, in words; "" where nothing is.

    What is asked again is not told.
    """
    if now is None or before is None:
        return ""
    order = "with the day first" if now.day_first else "with the month first"
    mark = "a decimal comma" if now.mark == "," else "a decimal point"
    told = [
        _scale(now.factor) if now.factor == before.factor != 1 else "",
        f"with {mark}" if now.mark and now.mark == before.decimal_mark else "",
        order if now.day_first is not None and now.day_first == before.day_first else "",
    ]
    return ", ".join(filter(None, told))


def _scale(factor: float) -> str:
    if factor == SHARES:
        return "in shares"
    return f"in {SCALES[factor]}" if factor in SCALES else ""  # any other is asked again
