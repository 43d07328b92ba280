"""What the selection matrix is drawn with: sizes, layout, lines, and scores as pixels."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from kam.charts.costs import Offset
from kam.charts.theme import (
    Picture,
)
from kam.model import CutOffs

SMALLEST, LARGEST = 6.5, 26.0  # radius of a bubble, px
CROWDED = 0.55  # of the radius, beyond so many customers that names no longer all fit
ALL_NAMES = 60  # customers up to which every name is placed; beyond, the names that matter
MOST_NAMES = 40
TITLE_SIZE, TAG_SIZE, KEY_SIZE = 17, 12, 13  # px
TOP = 10.2  # upper end of both axes
TITLE_MARGIN = 10.0  # px from the edge of its zone
KEY_ROW, KEY_ROW_NARROW = -24.0, -58.0  # px above the plot; above the axis title if too long
AXIS_TITLE = "↑ How attractive the customer is"
KEY_LEFT = -34.0  # px; the left end of the axis title
KEY_WORDS = (  # from right to left; the first that fits
    (("diamond", "decided by the team"), ("circle", "too close, or unknown")),
    (("diamond", "by the team"), ("circle", "too close")),
    (),
)
NO_SIZE = "unknown"


@dataclass(frozen=True)
class Layout:
    """The size of the plot in px, and the size of names; three widths serve all pages."""

    width: int = 1128
    height: int = 452
    font_size: int = 15


@dataclass(frozen=True)
class View:
    """What the matrix is drawn with beside the customers.

    Attributes:
        lines: the two cut-offs and the strategic line.
        size_label: what a bubble's area means, with its unit.
        domain: left end of x and lower end of y; frozen while a room looks at it.
        picked: id of the customer whose detail is open.
        previous: where names stood last time (`Drawn.offsets`).
        all_names: name everybody if there are at most 60; else only the names that matter.
    """

    lines: CutOffs
    layout: Layout
    size_label: str = "Revenue"
    domain: tuple[float, float] = (0.0, 0.0)
    picked: str = ""
    previous: Mapping[str, Offset] = field(default_factory=dict)
    all_names: bool = True


@dataclass(frozen=True)
class Drawn:
    """A matrix, where its names stand, and how many could not be placed."""

    picture: Picture
    offsets: dict[str, Offset]
    hidden: int


def domain(frame: pd.DataFrame) -> tuple[float, float]:
    """Left end of x and lower end of y: whole numbers below the lowest scores, at most 4."""
    if frame.empty:
        return (0.0, 0.0)
    return (_low_end(frame["strength"]), _low_end(frame["attractiveness"]))


def _low_end(scores: pd.Series) -> float:
    return float(min(4, max(0, math.floor(scores.min() - 0.5))))


def widened(view: View, frame: pd.DataFrame) -> View:
    """The view with room for scores and cut-offs that lie outside its domain by now."""
    needed = domain(frame)
    ends = zip(view.domain, needed, (view.lines.strength, view.lines.attractiveness), strict=True)
    left, low = (min(end, need, max(0.0, math.floor(line - 0.5))) for end, need, line in ends)
    return replace(view, domain=(left, low))


class Scale:
    """Scores to pixels and back."""

    def __init__(self, view: View) -> None:
        self.layout = view.layout
        self.low_x, self.low_y = view.domain

    def x(self, score: ArrayLike) -> NDArray[np.float64]:
        """Px from the left edge of the plot."""
        share = (np.asarray(score, dtype=float) - self.low_x) / (TOP - self.low_x)
        return np.asarray(share * self.layout.width)

    def y(self, score: ArrayLike) -> NDArray[np.float64]:
        """Px from the top edge of the plot."""
        share = (np.asarray(score, dtype=float) - self.low_y) / (TOP - self.low_y)
        return np.asarray(self.layout.height * (1 - share))


def radius(share: ArrayLike, customers: int) -> NDArray[np.float64]:
    """The radius in px of bubbles with a share 0-1 of the largest amount, smaller in a crowd."""
    shrunk = 1.0 if customers <= ALL_NAMES else CROWDED
    return np.asarray(shrunk * np.maximum(SMALLEST, LARGEST * np.sqrt(share)))


def each(customers: pd.DataFrame) -> Iterator[Any]:
    """The rows one by one, each column an attribute; faster than pandas' own tuples."""
    names, columns = (
        [str(name) for name in customers],
        [customers[name].tolist() for name in customers],
    )
    for values in zip(*columns, strict=True):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))
