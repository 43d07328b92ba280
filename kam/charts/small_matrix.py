"""The selection matrix small: several side by side, or with arrows from today to later (5.5).

Zones, lines and colours are those of the large matrix; circles have one size, and only those
named that the caller picks. Everything is in px of the picture, so that size alone makes the spec.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from kam.charts.costs import Box, Bubbles, Ground
from kam.charts.labels import Placement, place, text_width
from kam.charts.matrix_furniture import line_rows, zones
from kam.charts.matrix_view import AXIS_TITLE, Layout, Scale, View
from kam.charts.sheet import Align, Sheet, Span, Style
from kam.charts.theme import FILL, INK, INK_2, LEADER, PAPER, WORDS, Picture, Rows, Spec, shortened
from kam.charts.tornado import dashes
from kam.model import Class, CutOffs

LEFT, RIGHT, HEAD, FOOT = 26, 70, 46, 46  # px around the plot: ticks, values of the lines, titles
RADIUS, DIAMOND = 6.0, 8.0  # px; a diamond of a circle's size would look smaller
SMALL = 500  # px of width below which names are smaller
NAME_SIZE, SMALL_NAME_SIZE, TITLE_SIZE, TAG_SIZE = 15, 13, 13, 12  # px
TITLE_STEP = 16.0  # px from one line of a title to the next
HEAD_AREA, HEAD_LENGTH = 110.0, math.sqrt(110.0 * 3) / 2  # of an arrow's head: px^2, px
SHORTEST = 5.0  # px: a shorter way is no arrow
LONGEST_LEADER = 60.0  # px from a circle to its name [D]
ACROSS_TITLE = "Our strength with the customer  →"


@dataclass(frozen=True)
class SmallPoint:
    """A customer in the matrix.

    Attributes:
        strength, attractiveness: 0-10.
        klass: its class; `None` where it is not decided, drawn hollow.
        label: whether its name is drawn.
        to: strength and attractiveness that an arrow leads to.
        override: whether the team decided its class against the rule, drawn as a diamond.
    """

    name: str
    strength: float
    attractiveness: float
    klass: Class | None
    label: bool
    to: tuple[float, float] | None = None
    override: bool = False

    @property
    def scores(self) -> tuple[float, float]:
        """Strength and attractiveness."""
        return self.strength, self.attractiveness


def small_matrix(
    points: Sequence[SmallPoint],
    lines: CutOffs,
    domain: tuple[float, float],
    size: tuple[int, int],
) -> Picture:
    """The matrix of these customers in a picture of this size, without a legend.

    Args:
        points: with a score on both axes; names of earlier ones are kept before later ones.
        lines: the two cut-offs and the strategic line.
        domain: left end of x and lower end of y, the same for all that stand side by side
            (`common_domain`); what lies beyond stands at the edge.
        size: width and height of the whole picture, px, from about 300 x 240.
    """
    return _drawn(tuple(points), lines, domain, size)


@lru_cache(maxsize=16)  # placing names takes longest, and of three matrices mostly one changes
def _drawn(
    points: tuple[SmallPoint, ...],
    lines: CutOffs,
    domain: tuple[float, float],
    size: tuple[int, int],
) -> Picture:
    sheet = Sheet(*size)
    plot = _Plot(lines, domain, size)
    _ground(sheet, plot)
    titles = _titles(plot)
    for point in points:
        _dot(sheet, plot, point)
    heads = [head for point in points for head in _arrow(sheet, plot, point)]
    named = [point for point in points if point.label]
    placed = _near(place(_bubbles(plot, named), _names_ground(plot, points, titles)))
    names = _names(sheet, plot, named, placed)
    if placed.hidden:
        words = "1 name hidden" if placed.hidden == 1 else f"{placed.hidden} names hidden"
        sheet.text((size[0], 10), words, Style(12, 400, INK_2, "right"))
    drawn = sheet.picture(_told(points))
    shapes = ["diamond" if point.override else "circle" for point in points]
    dots = [{**dot, "shape": shape} for dot, shape in zip(sheet.dots, shapes, strict=True)]
    data = {**drawn.datasets, "dots": dots, "titles": titles, "heads": heads, "names": names}
    return Picture(_spec(*size), data, drawn.alt)


def common_domain(points: Sequence[SmallPoint], lines: CutOffs) -> tuple[float, float]:
    """Left end of x and lower end of y that hold all points, arrows and cut-offs; at most 4.

    Args:
        points: of all matrices that stand side by side.
        lines: of the one whose cut-offs are lowest.
    """
    ends = [end for point in points for end in (point.scores, point.to) if end]
    across = min([lines.strength, *(x for x, _ in ends)])
    up = min([lines.attractiveness, *(y for _, y in ends)])
    left, low = (min(4, max(0, math.floor(score - 0.5))) for score in (across, up))
    return float(left), float(low)


# --- the ground -----------------------------------------------------------------------------------


class _Plot:
    """Scores as px of the picture, and where the plot ends."""

    def __init__(self, lines: CutOffs, domain: tuple[float, float], size: tuple[int, int]) -> None:
        self.size = size
        self.width, self.height = size[0] - LEFT - RIGHT, size[1] - HEAD - FOOT
        self.font = SMALL_NAME_SIZE if size[0] < SMALL else NAME_SIZE
        self.view = View(lines, Layout(self.width, self.height, self.font), domain=domain)
        self.scale = Scale(self.view)
        self.right, self.bottom = LEFT + self.width, HEAD + self.height

    def x(self, score: float) -> float:
        """Px from the left edge of the picture; beyond the plot at its edge."""
        return LEFT + float(np.clip(self.scale.x(score), 0, self.width))

    def y(self, score: float) -> float:
        """Px from the top edge of the picture; beyond the plot at its edge."""
        return HEAD + float(np.clip(self.scale.y(score), 0, self.height))

    def at(self, strength: float, attractiveness: float) -> Span:
        """Where these scores stand."""
        return self.x(strength), self.y(attractiveness)


def _ground(sheet: Sheet, plot: _Plot) -> None:
    """Zones, lines with their values, axes."""
    for zone in zones(plot.view, plot.scale):
        x, y = (plot.x(zone["x"]), plot.x(zone["x2"])), (plot.y(zone["y2"]), plot.y(zone["y"]))
        sheet.rect(x, y, zone["fill"])
    for line in line_rows(plot.view):
        start, end = plot.at(line["x"], line["y"]), plot.at(line["x2"], line["y2"])
        for stroke in dashes(start, end) if line["dashed"] else [(start, end)]:
            sheet.line(*stroke, INK_2, 1.5)
    _tags(sheet, plot)
    for score in (0, 2, 4, 6, 8, 10):
        if score >= plot.view.domain[0]:
            style = Style(12, 400, INK_2, "center")
            sheet.text((plot.x(score), plot.bottom + 12), str(score), style)
        if score >= plot.view.domain[1]:
            sheet.text((LEFT - 6, plot.y(score)), str(score), Style(12, 400, INK_2, "right"))
    sheet.text((LEFT, plot.bottom + 34), ACROSS_TITLE, Style(13, 600, INK_2))
    sheet.text((0, 10), AXIS_TITLE, Style(13, 600, INK_2))


def _tags(sheet: Sheet, plot: _Plot) -> None:
    """The value of each line at its end."""
    lines, right = plot.view.lines, plot.right + 5
    cut, strategic = plot.y(lines.attractiveness), plot.y(lines.strategic)
    strategic = min(strategic, cut - TAG_SIZE - 2)  # two tags that would touch stand apart
    style, centred = Style(TAG_SIZE, 600), Style(TAG_SIZE, 600, align="center")
    sheet.text((plot.x(lines.strength), HEAD - 9), f"cut-off {lines.strength:g}", centred)
    sheet.text((right, cut), f"cut-off {lines.attractiveness:g}", style)
    sheet.text((right, strategic), f"from {lines.strategic:g}", style)


def _titles(plot: _Plot) -> Rows:
    """The names of the zones in their corners; none where a zone has no room for it."""
    lines, far = plot.view.lines, plot.right - 6
    cut_x = plot.x(lines.strength)
    cut, line = plot.y(lines.attractiveness), plot.y(lines.strategic)
    spots: list[tuple[Class, Align, Span, Span]] = [
        (Class.KEY_STRATEGIC, "right", (cut_x, plot.right), (HEAD, line)),
        (Class.KEY_CORE, "right", (cut_x, plot.right), (line, cut)),
        (Class.STRATEGIC, "left", (LEFT, cut_x), (HEAD, cut)),
        (Class.LOW_PRIORITY, "left", (LEFT, plot.right), (cut, plot.bottom)),
    ]
    sheet = Sheet(*plot.size)
    for klass, align, x, y in spots:
        told = _broken(klass.label, x[1] - x[0] - 12)
        if told and y[1] - y[0] >= TITLE_STEP * len(told) + 4:
            low = y[1] - 12 - TITLE_STEP * (len(told) - 1)
            top = low if klass is Class.LOW_PRIORITY else y[0] + 12
            at = far if align == "right" else x[0] + 6
            style = Style(TITLE_SIZE, 700, WORDS[klass], align)
            for place, text in enumerate(told):
                sheet.text((at, top + place * TITLE_STEP), text, style)
    return sheet.words


def _broken(title: str, width: float) -> list[str]:
    """The title as it fits: in one line, in two after its comma, or not at all."""
    first, _, rest = title.partition(", ")
    for told in ([title], [f"{first},", rest]):
        if all(text_width(line, TITLE_SIZE, 700) <= width for line in told):
            return told
    return []


# --- customers ------------------------------------------------------------------------------------


def _dot(sheet: Sheet, plot: _Plot, point: SmallPoint) -> None:
    fill, edge = (FILL[point.klass], PAPER) if point.klass else (PAPER, INK_2)
    radius = DIAMOND if point.override else RADIUS
    sheet.dot(plot.at(*point.scores), radius, fill, edge=edge, tip=_spoken(point))


def _spoken(point: SmallPoint) -> str:
    """What is told on pointing at a customer."""
    klass = point.klass.label if point.klass else "not decided"
    decided = ", decided by the team" if point.override else ""
    told = f"{point.name}: {klass}{decided}, {_scores(*point.scores)}"
    return f"{told}; then {_scores(*point.to)}" if point.to else told


def _scores(strength: float, attractiveness: float) -> str:
    return f"attractiveness {attractiveness:.1f}, strength {strength:.1f}"


def _arrow(sheet: Sheet, plot: _Plot, point: SmallPoint) -> Iterator[dict[str, float]]:
    """The way of a customer as a line, and its head: a triangle turned to where it goes."""
    if point.to is None:
        return
    start, tip = plot.at(*point.scores), plot.at(*point.to)
    length = math.dist(start, tip)
    if length < SHORTEST:
        return
    east, south = (tip[0] - start[0]) / length, (tip[1] - start[1]) / length
    neck = max(0.0, length - HEAD_LENGTH)
    sheet.line(start, (start[0] + east * neck, start[1] + south * neck), INK_2, 1.8)
    yield {
        "x": tip[0] - east * HEAD_LENGTH / 2,
        "y": tip[1] - south * HEAD_LENGTH / 2,
        "angle": math.degrees(math.atan2(east, -south)),  # clockwise from straight up
    }


def _bubbles(plot: _Plot, named: Sequence[SmallPoint]) -> Bubbles:
    """The customers that get a name, in px of the plot."""
    spots = np.array([plot.at(*point.scores) for point in named]).reshape(-1, 2) - (LEFT, HEAD)
    names = [shortened(point.name) for point in named]
    return Bubbles(spots[:, 0], spots[:, 1], np.full(len(named), RADIUS), names)


def _names_ground(plot: _Plot, points: Sequence[SmallPoint], titles: Rows) -> Ground:
    """What the names stand on: titles stay free, and so do circles and arrows where they can."""
    lines = plot.view.lines
    return Ground(
        width=plot.width,
        height=plot.height,
        font_size=plot.font,
        obstacles=[_title_box(title) for title in titles],
        avoid=[box for point in points for box in _taken(plot, point)],
        across=[plot.x(lines.strength) - LEFT],
        along=[plot.y(lines.attractiveness) - HEAD],
    )


def _title_box(title: dict[str, Any]) -> Box:
    wide = text_width(title["text"], TITLE_SIZE, 700)
    left = title["x"] - LEFT - (wide if title["align"] == "right" else 0)
    middle = title["y"] - HEAD
    return (left - 3, middle - 9, left + wide + 3, middle + 9)


def _taken(plot: _Plot, point: SmallPoint) -> Iterator[Box]:
    """The boxes of a circle without a name, and along an arrow."""
    x, y = plot.at(*point.scores)
    spots = [] if point.label else [(x, y, RADIUS)]
    if point.to:
        end = plot.at(*point.to)
        count = int(math.dist((x, y), end) // 8)
        for step in range(1, count + 1):
            part = step / count
            spots.append((x + (end[0] - x) * part, y + (end[1] - y) * part, 4.0))
    for at_x, at_y, half in spots:
        left, top = at_x - LEFT - half, at_y - HEAD - half
        yield (left, top, left + 2 * half, top + 2 * half)


def _near(placed: Placement) -> Placement:
    """The names that stand near their circle; a far one in a crowd tells nobody whose it is."""
    far = np.hypot(placed.end_x - placed.start_x, placed.end_y - placed.start_y) > LONGEST_LEADER
    return replace(placed, shown=placed.shown & ~far)


def _names(sheet: Sheet, plot: _Plot, named: Sequence[SmallPoint], placed: Placement) -> Rows:
    """The names that have a place; their leaders go to the sheet."""
    names, style = Sheet(*plot.size), Style(plot.font, 500, INK, "center")
    for row in map(int, np.flatnonzero(placed.shown)):
        x, y = LEFT + placed.x[row], HEAD + placed.y[row]
        start = (LEFT + float(placed.start_x[row]), HEAD + float(placed.start_y[row]))
        end = (LEFT + float(placed.end_x[row]), HEAD + float(placed.end_y[row]))
        if start != end:
            sheet.line(start, end, LEADER)
        names.text((float(x), float(y)), shortened(named[row].name), style)
    return names.words


def _told(points: Sequence[SmallPoint]) -> str:
    """Who is key, how many there are, how many move."""
    key = [point.name for point in points if point.klass and point.klass.is_key]
    moving = sum(point.to is not None for point in points)
    who = f": {', '.join(key[:10])}" if key else ""
    told = f"Selection matrix: {len(key)} of {len(points)} customers are key{who}."
    verb = "has" if moving == 1 else "have"
    return f"{told} {moving} {verb} an arrow to a later time." if moving else told


# --- the constant part ----------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _spec(width: int, height: int) -> Spec:
    """The layers of a sheet, and zone titles, heads of arrows and names with a halo among them."""
    base = Sheet(width, height).picture("").spec
    rects, lines, dots, words = base["layer"]
    titles, names = ({**words, "data": {"name": name}} for name in ("titles", "names"))
    # titles over the circles: in a crowd they would be covered
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    dots = {**dots, "encoding": {**dots["encoding"], "shape": shape}}
    below = [rects, lines, dots, _heads()]
    return {**base, "layer": [*below, _haloed(titles, 6), titles, _haloed(names), names, words]}


def _haloed(words: Spec, width: float = 3.2) -> Spec:
    """The same words as a light edge so many px wide, to stand below them."""
    halo = {"stroke": PAPER, "strokeWidth": width, "strokeJoin": "round", "opacity": 0.85}
    return {**words, "mark": {**words["mark"], **halo, "aria": False}}


def _heads() -> Spec:
    px = {"type": "quantitative", "scale": None, "axis": None}
    mark = {"type": "point", "shape": "triangle-up", "filled": True, "fill": INK_2, "opacity": 1,
            "size": HEAD_AREA, "stroke": PAPER, "strokeWidth": 1, "aria": False}  # fmt: skip
    encoding = {
        "x": {"field": "x", **px},
        "y": {"field": "y", **px},
        "angle": {"field": "angle", "type": "quantitative", "scale": None},
    }
    return {"data": {"name": "heads"}, "mark": mark, "encoding": encoding}
