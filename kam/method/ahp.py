"""Judgments in pairs to weights, and which of them to ask again (method.md 3.4, AHP).

A matrix of judgments holds at row j, column k how many times as much criterion j counts as
criterion k: 1/9 to 9, ones on the diagonal, and at row k, column j the reciprocal. Eight criteria
take 28 judgments; beyond seven another way is easier on the team.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from kam.errors import Refused
from kam.method.values import Floats

MOST_TIMES = 9  # Saaty's scale ends here: "extremely more important"
MOST_CRITERIA = 8  # of a workshop (decisions.md 3)
SLACK = 1e-6  # relative; a third written as 0.33333333 is a third

ASK_AGAIN = 0.10  # consistency ratio above which a judgment is asked again (Saaty 1980)
CONTRADICTORY = 0.20  # consistency ratio above which weights say little (method.md 3.4)


@dataclass(frozen=True)
class RandomIndex:
    """The mean index of random judgments, to measure others by; named beside every ratio.

    Tables in use differ by up to 12 %, so a ratio without its table cannot be compared.

    Attributes:
        source: whose table it is.
        of: number of criteria, from three -> the index.
    """

    source: str
    of: Mapping[int, float]


ALONSO_LAMATA = RandomIndex(  # IJUFKS 14:445: 100,000 random matrices for each size
    "Alonso & Lamata (2006)", {3: 0.5247, 4: 0.8816, 5: 1.1086, 6: 1.2479, 7: 1.3417, 8: 1.4057}
)
SAATY = RandomIndex(  # The Analytic Hierarchy Process: what older texts and programs print
    "Saaty (1980)", {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41}
)


class Light(StrEnum):
    """How far judgments may be relied on."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Consistency:
    """How well one member's judgments fit each other.

    Attributes:
        largest: the matrix' largest eigenvalue, from n (no contradiction) upwards.
        index: `(largest - n) / (n - 1)`, from 0 upwards; 0 for fewer than three criteria.
        ratio: the index over that of random judgments; None for fewer than three criteria,
            which cannot contradict each other.
        table: whose table of random judgments it is, to be named beside the ratio.
    """

    largest: float
    index: float
    ratio: float | None
    table: str

    @property
    def light(self) -> Light:
        """Amber above 0.10: ask again; red above 0.20. Nothing is ever corrected by itself."""
        ratio = self.ratio or 0.0
        if ratio > CONTRADICTORY:
            return Light.RED
        return Light.AMBER if ratio > ASK_AGAIN else Light.GREEN


@dataclass(frozen=True)
class Judgment:
    """One judgment beside what all of them together say.

    Attributes:
        more: row of the criterion that was said to count more, or the same.
        less: row of the other.
        said: how many times as much, 1-9.
        implied: how many times as much by the weights; below 1 where they turn it round.
    """

    more: int
    less: int
    said: float
    implied: float

    def words(self, names: Sequence[str]) -> str:
        """The two figures in a sentence that blames nobody."""
        more, less = names[self.more], names[self.less]
        return (
            f"You said that {more} counts {self.said:.3g} times as much as {less}. "
            f"All your answers together say {self.implied:.2g} times. Compare these two again."
        )


def matrix_of(judgments: Sequence[float]) -> Floats:
    """The matrix of n(n-1)/2 judgments, given row by row above the diagonal.

    Raises:
        Refused: a judgment is missing, or lies outside 1/9 to 9, or there are more than 28.
    """
    size = next((n for n in range(2, MOST_CRITERIA + 1) if n * (n - 1) // 2 == len(judgments)), 0)
    if not size:
        raise Refused(
            f"The comparisons are not complete: we found {len(judgments)}. Three criteria take 3, "
            "four 6, five 10, six 15, seven 21 and eight, the most, 28."
        )
    matrix = np.ones((size, size))
    for (row, column), times in zip(combinations(range(size), 2), judgments, strict=True):
        _check_times(times, row, column)
        matrix[row, column], matrix[column, row] = times, 1 / times
    return matrix


def priorities(matrix: Sequence[Sequence[float]] | Floats) -> Floats:
    """Weights by row geometric mean, `w_j` in proportion to `(prod_k a_jk)^(1/n)`.

    They add to 1 and none is zero. Unlike the eigenvector they do not depend on whether one asks
    "how much more" or "how much less", and a group's weights are the members' own, multiplied.

    Args:
        matrix: (n, n) as the module says; one to eight criteria.

    Raises:
        Refused: the matrix is not square, too large, not reciprocal or off the scale.

    Source: Crawford & Williams (1985); Csato (2017) on why not the eigenvector.
    """
    means = np.exp(np.log(_checked(matrix)).mean(axis=1))
    return np.asarray(means / means.sum())


def principal(matrix: Sequence[Sequence[float]] | Floats) -> tuple[float, Floats]:
    """The largest eigenvalue, and Saaty's eigenvector weights, adding to 1, to compare with.

    The weights are what other programs print. They are not ours: on the judgments of a group
    they may put first what no member puts first (method.md 15.4).

    Source: Saaty (1980). Errors as in `priorities`.
    """
    found, vectors = np.linalg.eig(_checked(matrix))
    place = int(np.argmax(found.real))
    weights = np.abs(vectors[:, place].real)
    return float(found[place].real), np.asarray(weights / weights.sum())


def consistency(
    matrix: Sequence[Sequence[float]] | Floats, table: RandomIndex = ALONSO_LAMATA
) -> Consistency:
    """How well the judgments fit each other: `CI = (l - n)/(n - 1)`, `CR = CI / RI(n)`.

    From the eigenvalue, not from the shortcut over column means, which gives another figure. To
    be told of each member: a group's mean looks more consistent than its members are.

    Source: Saaty (1980). Errors as in `priorities`.
    """
    largest, weights = principal(matrix)
    size = len(weights)
    if size not in table.of:
        return Consistency(float(size), 0.0, None, table.source)
    index = max(largest - size, 0.0) / (size - 1)
    return Consistency(largest, index, index / table.of[size], table.source)


def to_reconsider(matrix: Sequence[Sequence[float]] | Floats) -> Judgment | None:
    """The judgment that departs most from what all say, by `|ln(a_jk w_k / w_j)|`.

    None where they all fit, as one or two criteria always do. Of several alike, the first asked.
    Errors as in `priorities`.
    """
    judged, weights = _checked(matrix), priorities(matrix)
    implied = weights[:, None] / weights[None, :]
    departure = np.round(np.abs(np.log(judged / implied)), 6)
    if not departure.any():
        return None
    row, column = divmod(int(np.argmax(departure)), len(weights))
    if judged[row, column] < 1:
        row, column = column, row
    return Judgment(row, column, float(judged[row, column]), float(implied[row, column]))


def circles(matrix: Sequence[Sequence[float]] | Floats) -> list[tuple[int, int, int]]:
    """Threes of criteria whose judgments run in a circle: a over b, b over c, but c over a.

    Each is told once, its lowest row first; "the same" belongs to no circle. Errors as in
    `priorities`.
    """
    over = _checked(matrix) > 1 + SLACK
    return [
        way
        for a, b, c in combinations(range(len(over)), 3)
        for way in ((a, b, c), (a, c, b))
        if over[way[0], way[1]] and over[way[1], way[2]] and over[way[2], way[0]]
    ]


def circle_words(circle: tuple[int, int, int], names: Sequence[str]) -> str:
    """A circle in a sentence."""
    a, b, c = (names[row] for row in circle)
    return f"Your comparisons run in a circle: {a} over {b}, {b} over {c}, but {c} over {a}."


def group_judgments(matrices: Sequence[Sequence[Sequence[float]] | Floats]) -> Floats:
    """The members' judgments as one matrix: the geometric mean, cell by cell.

    Its `priorities` are the members' own weights, multiplied and brought to 1 again: what every
    member puts first stays first (Perez & Mokotoff 2016). Its consistency flatters: tell the
    members' own.

    Raises:
        Refused: nobody has judged, or members compared different numbers of criteria, or as in
            `priorities`.
    """
    judged = [_checked(matrix) for matrix in matrices]
    sizes = sorted({len(matrix) for matrix in judged})
    if len(sizes) != 1:
        found = " and ".join(map(str, sizes)) if sizes else "none"
        raise Refused(
            "The members' comparisons cannot be put together: all must compare the same criteria; "
            f"we found {found}. Ask those again who answered before the criteria changed."
        )
    return np.asarray(np.exp(np.mean(np.log(judged), axis=0)))


def _checked(matrix: Sequence[Sequence[float]] | Floats) -> Floats:
    """The matrix, square, on the scale and reciprocal."""
    if not len(matrix) or {len(row) for row in matrix} != {len(matrix)}:
        raise Refused(
            f"The comparisons are not complete: we found {len(matrix)} rows that are not all "
            f"{len(matrix)} long. Compare every criterion with every other."
        )
    if len(matrix) > MOST_CRITERIA:
        raise Refused(
            f"At most {MOST_CRITERIA} criteria can be compared in pairs; we found {len(matrix)}. "
            "Merge or drop some."
        )
    judged = np.asarray(matrix, dtype=float)
    for row, column in np.ndindex(judged.shape):
        _check_times(float(judged[row, column]), row, column)
        _check_pair(judged, row, column)
    return judged


def _check_times(times: float, row: int, column: int) -> None:
    if not 1 / MOST_TIMES - SLACK <= times <= MOST_TIMES + SLACK:
        raise Refused(
            f"Row {row + 1}, column {column + 1}: we found {times:g}. One criterion counts from "
            "1/9 to 9 times as much as another; enter a number in between."
        )


def _check_pair(judged: Floats, row: int, column: int) -> None:
    there, back = judged[row, column], judged[column, row]
    if abs(there * back - 1) > SLACK:
        raise Refused(
            f"Row {row + 1}, column {column + 1} and row {column + 1}, column {row + 1} do not "
            f"fit: we found {there:g} and {back:g}. The second must be 1 over the first."
        )
