"""Scores on which the votes differ: every vote as a dot on the five steps (screens.md 3.4, 5.2)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kam.charts.sheet import Sheet, Style
from kam.charts.stakes import wrapped, write
from kam.charts.theme import ATTENTION, GRID, INK, INK_2, INK_3, NAVY, PAPER, Picture

NAME, CRITERION = Style(15, 600, INK), Style(14, 400, INK_2)
LOUD, QUIET = Style(14, 600, ATTENTION), Style(14, 400, INK_3)
TICK = Style(13, 600, INK_2, "center")

HEAD, LEAST, ROOM = 28.0, 58.0, 18.0  # px: above the rows; a row; around the text of a row
NAMES, DOTS = 0.30, 0.28  # of the width: the names; the five steps
GAP = 12.0  # px: between columns
RADIUS, EDGE = 5.5, 1.5  # px: of a dot, and its edge
STEPS = 5
NAME_LINES, WORD_LINES = 2, 4
LINE = 1.25  # of the font size: from one line of a text to the next
OWN = "its own account manager"


@dataclass(frozen=True)
class ScoreVotes:
    """One score and the votes on it.

    Attributes:
        customer, criterion: names.
        steps: the votes, 1 to 5.
        own: the vote of the customer's own account manager, drawn hollow; not among `steps`.
        words: what the votes can change.
        agreed: at which level the team agreed; "" while it did not, and the words are bold.
    """

    customer: str
    criterion: str
    steps: tuple[int, ...]
    own: int | None
    words: str
    agreed: str = ""


def score_votes(rows: Sequence[ScoreVotes], width: int) -> Picture:
    """Each score in a row: whose it is, the votes as dots, what they can change.

    Args:
        rows: in the order in which they are drawn.
        width: px, from about 600.
    """
    if not rows:
        empty = Sheet(width, int(LEAST))
        empty.text((0, LEAST / 2), "The votes on every score lie close together.", NAME)
        return empty.picture("The votes on every score lie close together.")
    drawn = [_Row.of(row, width) for row in rows]
    edges = list(accumulate((row.height for row in drawn), initial=HEAD))
    sheet = Sheet(width, math.ceil(edges[-1]))
    for step in range(1, STEPS + 1):
        x = _x(step, width)
        sheet.rect((x, x + 0.1), (HEAD, edges[-1]), GRID)
        sheet.text((x, HEAD / 2), str(step), TICK)
    for row, y in zip(drawn, pairwise(edges), strict=True):
        sheet.rect((0, width), (y[0], y[0] + 0.1), GRID)
        _draw(sheet, row, sum(y) / 2)
    return sheet.picture(_told(rows))


@dataclass(frozen=True)
class _Row:
    """A score with its texts broken for the columns."""

    row: ScoreVotes
    customer: list[str]
    criterion: list[str]
    words: list[str]

    @classmethod
    def of(cls, row: ScoreVotes, width: int) -> "_Row":
        """The row, measured for a sheet of this width."""
        names, words = width * NAMES - GAP, width * (1 - NAMES - DOTS) - 2 * GAP
        told = f"{row.words} ({row.agreed})" if row.agreed else row.words
        return cls(
            row,
            wrapped(row.customer, names, NAME, NAME_LINES),
            wrapped(row.criterion, names, CRITERION, NAME_LINES),
            wrapped(told, words, _look(row), WORD_LINES),
        )

    @property
    def height(self) -> float:
        """As tall as its longest text needs it, px."""
        named = LINE * (len(self.customer) * NAME.size + len(self.criterion) * CRITERION.size)
        return max(LEAST, ROOM + max(named, LINE * len(self.words) * LOUD.size))


def _look(row: ScoreVotes) -> Style:
    """What is agreed is said quietly."""
    return QUIET if row.agreed else LOUD


def _x(step: int, width: int) -> float:
    """Where the dots of a step stand, px."""
    return width * (NAMES + DOTS * (step - 0.5) / STEPS)


def _draw(sheet: Sheet, row: _Row, middle: float) -> None:
    """Names at the left, dots, and words at the right."""
    tall, low = (
        LINE * len(lines) * style.size
        for lines, style in ((row.customer, NAME), (row.criterion, CRITERION))
    )
    top = middle - (tall + low) / 2
    write(sheet, (0, top + tall / 2), row.customer, NAME)
    write(sheet, (0, top + tall + low / 2), row.criterion, CRITERION)
    for step in range(1, STEPS + 1):
        for dot in _crowd(row.row, step, sheet.width):
            tip = f"{dot.step} of {STEPS}" + (f": {OWN}" if dot.own else "")
            fill, edge = (PAPER, NAVY) if dot.own else (NAVY, PAPER)
            sheet.dot((dot.x, middle + dot.y), dot.radius, fill, edge=edge, tip=tip)
    write(sheet, (sheet.width * (NAMES + DOTS) + GAP, middle), row.words, _look(row.row))


@dataclass(frozen=True)
class _Dot:
    """A vote: where it stands, px from the left and from the middle of its row."""

    x: float
    y: float
    radius: float
    step: int
    own: bool


def _crowd(row: ScoreVotes, step: int, width: int) -> Iterator[_Dot]:
    """The dots of one step as a block around its line, smaller where they are many."""
    votes = [False] * row.steps.count(step) + [True] * (row.own == step)
    if not votes:
        return
    across = math.ceil(math.sqrt(len(votes)))
    apart = min(2 * RADIUS + EDGE, width * DOTS / STEPS / across)
    down = math.ceil(len(votes) / across)
    for place, own in enumerate(votes):
        line, column = divmod(place, across)
        here = min(across, len(votes) - line * across)
        x = _x(step, width) + (column - (here - 1) / 2) * apart
        y = (line - (down - 1) / 2) * apart
        yield _Dot(x, y, (apart - EDGE) / 2, step, own)


def _told(rows: Sequence[ScoreVotes]) -> str:
    """How many scores are disputed, and the first of them."""
    facts = "; ".join(f"{row.criterion} of {row.customer}: {_span(row)}" for row in rows[:3])
    return f"{len(rows)} score{'s' * (len(rows) > 1)} on which votes differ. {facts}."


def _span(row: ScoreVotes) -> str:
    votes = [*row.steps, *([] if row.own is None else [row.own])]
    return f"votes from {min(votes)} to {max(votes)} of {STEPS}" if votes else "no votes"
