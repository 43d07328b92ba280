"""Raw levels to values on the fixed 0-10 scale, and back (method.md 4.1)."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COUNTED = frozenset(
    ("orders", "lines", "days", "months", "tickets", "escalations", "agreements", "people")
)  # units of ledgers, of usual lists and of the catalogue that nobody says in parts
ANCHOR_VALUES = np.array([0.0, 2.5, 5.0, 7.5, 10.0])


def values(raw: ArrayLike, anchors: Sequence[float]) -> Floats:
    """The value of each raw level: linear between the five anchors, 0 below and 10 above.

    Anchors are fixed, not taken from the customers at hand: local min-max scaling lets a third
    customer reverse the order of two others (Belton & Gear-type reversal, method.md 4.1).

    Args:
        raw: levels in the criterion's unit, any shape; NaN means unknown.
        anchors: the five raw levels worth 0, 2.5, 5, 7.5 and 10; strictly rising, or strictly
            falling when less is better.

    Returns:
        Same shape, 0-10; NaN stays NaN.
    """
    levels = np.asarray(raw, dtype=float)
    steps = np.asarray(anchors, dtype=float)
    if steps[0] > steps[-1]:
        levels, steps = -levels, -steps
    return np.asarray(np.interp(levels, steps, ANCHOR_VALUES))


def spoken(raw: float) -> str:
    """A raw level with as many digits as a manager would say, and a real minus sign."""
    digits = f"{raw:,.0f}" if abs(raw) >= 100 else f"{raw:.3g}"
    return digits.replace("-", "−")


def in_unit(said: str, unit: str) -> str:
    """A level, or several in words, with its unit as people say it.

    "3" in "count of 5" is "3 of 5", in "level 0-4" "3 of 4", in "count/year" "3 a year".
    """
    return f"{said} {_SAID_UNITS.sub(_said_unit, unit)}".rstrip()


def is_counted(unit: str) -> bool:
    """Whether a level in this unit comes in whole steps: a count, or one of a few levels."""
    return unit in COUNTED or _SAID_UNITS.match(unit) is not None


_SAID_UNITS = re.compile(r"^(?:count(?: of (?P<of>\d+)|/(?P<per>\w+))?|level 0-(?P<top>\d+))$")


def _said_unit(unit: re.Match[str]) -> str:
    most = unit["of"] or unit["top"]
    return f"of {most}" if most else f"a {unit['per']}" if unit["per"] else ""


def clipped(raw: ArrayLike, anchors: Sequence[float]) -> Flags:
    """Which raw levels lie outside the anchors, so that their value was cut to 0 or 10.

    More than 20 % of a criterion's levels: the anchors are too narrow (method.md 4.5).
    """
    levels = np.asarray(raw, dtype=float)
    return (levels < min(anchors)) | (levels > max(anchors))


def level(value: ArrayLike, anchors: Sequence[float]) -> Floats:
    """The raw level that is worth `value`: the inverse of `values` inside the anchors."""
    steps = np.asarray(anchors, dtype=float)
    return np.asarray(np.interp(np.asarray(value, dtype=float), ANCHOR_VALUES, steps))


def listing(names: Sequence[str]) -> str:
    """Names as they stand in a sentence: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
