"""One customer across all reviews: a small line of its distance, its classes as words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kam.charts.bars import fitted
from kam.charts.sheet import Sheet, Span, Style
from kam.charts.slope import signed
from kam.charts.theme import AXIS, FILL, INK, INK_2, INK_3, TINT, WORDS, Picture
from kam.model import Class

MOST_STEPS = 7  # reviews beside each other whose words can be read; the latest are drawn
HEIGHT, HEAD, FOOT = 250, 34.0, 58.0  # px
SIDE = 110.0  # px left of the first review and right of the last
LEAST_SPAN = 2.0  # points from top to bottom at least, so that trifles look like trifles
UNKNOWN = "not scored"


@dataclass(frozen=True)
class PastStep:
    """One customer at one review.

    Attributes:
        name: of the review.
        distance: points inside (>= 0) or outside the key zone; `None` where it was unknown.
        klass: its class; `None` where it had none.
    """

    name: str
    distance: float | None
    klass: Class | None


def past(steps: Sequence[PastStep], width: int) -> Picture:
    """A customer's distance at every review, with its class; a gap where it was not scored.

    Args:
        steps: oldest first; of more than 7 the latest are drawn.
        width: px, from about 150 a review.
    """
    drawn = steps[-MOST_STEPS:]
    sheet = Sheet(width, HEIGHT)
    points = [step.distance for step in drawn if step.distance is not None]
    if not points:
        words = "It was not scored at any review yet."
        sheet.text((0, 40), words, Style(15, 500, INK))
        return sheet.picture(words)
    plot = _Plot.of(points, len(drawn), width)
    _ground(sheet, plot)
    for one, other in pairwise(_known(drawn)):
        (first, start), (second, end) = one, other
        if second == first + 1:
            sheet.line((plot.x(first), plot.y(start)), (plot.x(second), plot.y(end)), AXIS, 3)
    for place, step in enumerate(drawn):
        _step(sheet, plot, place, step)
    return sheet.picture(_alt(drawn))


def _known(steps: Sequence[PastStep]) -> Iterator[tuple[int, float]]:
    for place, step in enumerate(steps):
        if step.distance is not None:
            yield place, step.distance


@dataclass(frozen=True)
class _Plot:
    """Reviews and points as px."""

    width: int
    count: int
    points: Span

    @classmethod
    def of(cls, points: Sequence[float], count: int, width: int) -> "_Plot":
        """A plot that holds all points and the edge of the key zone."""
        low, high = min(0.0, *points), max(0.0, *points)
        more = max(0.2 * (high - low), (LEAST_SPAN - (high - low)) / 2)
        return cls(width, count, (low - more, high + more))

    @property
    def gap(self) -> float:
        """Px from one review to the next."""
        return (self.width - 2 * SIDE) / max(1, self.count - 1)

    def x(self, place: int) -> float:
        """Px from the left edge; a review that is alone stands in the middle."""
        return SIDE + place * self.gap if self.count > 1 else self.width / 2

    def y(self, point: float) -> float:
        """Px from the top edge."""
        low, high = self.points
        return HEIGHT - FOOT - (point - low) / (high - low) * (HEIGHT - FOOT - HEAD)


def _ground(sheet: Sheet, plot: _Plot) -> None:
    """The key zone and its edge."""
    sheet.rect((0, plot.width), (4, plot.y(0)), TINT[Class.KEY_STRATEGIC])
    sheet.line((0, plot.y(0)), (plot.width, plot.y(0)), INK_2, 1.5)
    style = Style(13, 600, WORDS[Class.KEY_STRATEGIC])
    sheet.text((8, 16), "in the key zone", style)


def _step(sheet: Sheet, plot: _Plot, place: int, step: PastStep) -> None:
    """One review: a dot with its points, below it the review and the class."""
    x, room = plot.x(place), min(plot.gap, 2 * SIDE) - 8
    name = fitted(step.name, room, 13)
    sheet.text((x, HEIGHT - 14), name, Style(13, 400, INK_3, "center"))
    label = step.klass.label if step.klass else UNKNOWN
    color = WORDS[step.klass] if step.klass else INK_3
    sheet.text((x, HEIGHT - 36), fitted(label, room, 14), Style(14, 600, color, "center"))
    if step.distance is None:
        return
    fill = FILL[step.klass] if step.klass else AXIS
    y = plot.y(step.distance)
    sheet.dot((x, y), 7, fill, tip=f"{step.name}: {label}")
    away = 18 if step.distance < 0 else -18  # from the edge of the key zone, never on it
    sheet.text((x, y + away), signed(step.distance), Style(14, 600, INK, "center"))


def _alt(steps: Sequence[PastStep]) -> str:
    """Each review with its class and points."""
    told = (
        f"{step.name}: {step.klass.label if step.klass else UNKNOWN}"
        f"{'' if step.distance is None else f', {signed(step.distance)} points'}"
        for step in steps
    )
    return f"Class and points at each review. {'; '.join(told)}."
