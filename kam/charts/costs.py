"""Places where a name may stand beside its bubble, and what each of them costs.

Coordinates are px of the plot from its top left corner. Arrays are (n names, k places). Costs are
in one unit, roughly a px of distance from the own bubble, so that they can be traded: a name
rather goes 30 px further than across a cut-off, but never onto another name. All of them are
judgements, tuned on 30 random sets of 40 names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
Offset = tuple[float, float]
Box = tuple[float, float, float, float]

# Right and left first, then below and above: of equal places the first is taken.
_DEGREES = [0, 180, -90, 90, -25, 25, -155, 155, -50, 50, -130, 130, -72, 72, -108, 108]
_GAPS = [3.0, 8, 14, 22, 32, 46, 64, 86, 112]  # px from the bubble's edge
ANGLE = np.tile(np.deg2rad(_DEGREES), len(_GAPS))
GAP = np.repeat(_GAPS, len(_DEGREES))
LINE_HEIGHT = 1.1  # of the font size
LEADER_FROM = 9.0  # px between bubble and name from which a line joins them

FORBIDDEN = 1500.0  # such a name would be hidden: dearer than any place that may be shown
_ON_NAME = 14.0  # per px^2, so that even a forbidden pair finds its way apart
_BETWEEN_NAMES = 1.0  # px kept free
_NEAR_BUBBLE, _ON_BUBBLE = 120.0, 30.0  # a name on another's bubble; and per px of depth
_MAY_COVER = 2.0  # px of a bubble's edge: the white halo of a name hides no more
_ON_OWN = 12.0  # per px of depth: the own bubble must show its size
_AMBIGUOUS, _CLEARLY = 4.0, 5.0  # per px by which the own bubble is not clearly (5 px) the nearest
_ON_OBSTACLE = 6.0  # per px^2 of what must, or should, stay free
_OUTSIDE, _MARGIN = 120.0, 2.0  # per px beyond the plot; px kept free at its edge
_ACROSS_LINE, _OTHER_ZONE = 260.0, 500.0  # the room looks at the cut-offs; a name tells a zone
_LEADER, _LEADER_ON_BUBBLE = 14.0, 220.0  # one mark more; into the wrong bubble
_LEADER_ON_NAME, _LEADERS_CROSS = 90.0, 150.0  # ugly; leads the eye to the wrong customer
_PER_GAP, _LEFT, _ABOVE = 2.6, 5.0, 12.0  # farther; left of the bubble; above or below it
_MOVED, _LOST = 2.2, 60.0  # per px away from last time; from 60 px on it has to be searched anyway


@dataclass(frozen=True)
class Bubbles:
    """What is to be named, the most important first; one entry a bubble.

    Attributes:
        x, y, radius: px.
        names: as they are drawn, already short enough; also the keys of `Ground.previous`.
    """

    x: Floats
    y: Floats
    radius: Floats
    names: Sequence[str]


@dataclass(frozen=True)
class Ground:
    """What the names stand on.

    Attributes:
        obstacles: boxes (left, top, right, bottom) that no name may cover: zone titles.
        across: x of vertical lines; `along`: y of horizontal lines.
        previous: name -> where its centre stood from its bubble's centre last time.
        avoid: boxes that names should leave free if they can: bars, bubbles without a name.
    """

    width: float
    height: float
    font_size: float = 15.0
    obstacles: Sequence[Box] = ()
    across: Sequence[float] = ()
    along: Sequence[float] = ()
    previous: Mapping[str, Offset] = field(default_factory=dict)
    avoid: Sequence[Box] = ()


@dataclass(frozen=True)
class Candidates:
    """Every place that each name may take.

    Attributes:
        box: left, top, right, bottom; (n, k, 4).
        leader: x, y at the bubble's edge, x, y at the name; (n, k, 4).
        led: whether the name stands so far away that the leader is drawn; (n, k).
    """

    box: Floats
    leader: Floats
    led: Flags

    @property
    def middle(self) -> tuple[Floats, Floats]:
        """Horizontal and vertical px of the centres of the names."""
        box = self.box
        return (box[..., 0] + box[..., 2]) / 2, (box[..., 1] + box[..., 3]) / 2

    def chosen(self, pick: Places) -> "Candidates":
        """The place that each name has taken; without the k of the arrays."""
        rows = np.arange(len(pick))
        return Candidates(self.box[rows, pick], self.leader[rows, pick], self.led[rows, pick])


def candidates(bubbles: Bubbles, widths: Floats, font_size: float) -> Candidates:
    """All directions at all distances, for names of these widths (px)."""
    east, south = np.cos(ANGLE), np.sin(ANGLE)
    x, y, radius = (part[:, None] for part in (bubbles.x, bubbles.y, bubbles.radius))
    width, height = widths[:, None], font_size * LINE_HEIGHT
    left = x + east * (radius + GAP) - width * (0.5 - 0.5 * np.clip(east * 1.25, -1, 1))
    top = y + south * (radius + GAP) + (south - 1) * height / 2
    box = np.stack([left, top, left + width, top + height], -1)
    return Candidates(box, *_leaders(bubbles, box, height))


def _leaders(bubbles: Bubbles, box: Floats, height: float) -> tuple[Floats, Flags]:
    """From the bubble's edge to the nearest letter, and whether that is far enough to draw."""
    x, y, radius = (part[:, None] for part in (bubbles.x, bubbles.y, bubbles.radius))
    inset = height * 0.2
    to_x = np.clip(x, box[..., 0], box[..., 2])
    to_y = np.clip(y, box[..., 1] + inset, box[..., 3] - inset)
    length = np.maximum(np.hypot(to_x - x, to_y - y), 1e-6)
    part = radius / length
    leader = np.stack([x + (to_x - x) * part, y + (to_y - y) * part, to_x, to_y], -1)
    return leader, length - radius > LEADER_FROM


@dataclass(frozen=True)
class Alone:
    """What places are worth whatever the other names do; (n, k).

    Attributes:
        cost: in px.
        forbidden: a name here would cover a bubble or an obstacle, or leave the plot.
    """

    cost: Floats
    forbidden: Flags


def alone(bubbles: Bubbles, ground: Ground, places: Candidates) -> Alone:
    """What each place costs by itself, and which may not be used."""
    gaps = _gaps(bubbles, places.box)
    beyond = _beyond(ground, places.box)
    forbidden = (
        (_without_own(gaps).min(2) < -_MAY_COVER)
        | (_shared_with(places.box, ground.obstacles) > 0)
        | (beyond > _MARGIN)
    )
    cost = (
        forbidden * FORBIDDEN
        + _beside_bubbles(gaps)
        + _leaders_on_bubbles(bubbles, places)
        + _on_lines(bubbles, ground, places)
        + _shared_with(places.box, [*ground.obstacles, *ground.avoid]) * _ON_OBSTACLE
        + beyond * _OUTSIDE
        + _reach(places)
        + _restless(bubbles, ground, places)
    )
    return Alone(np.asarray(cost), np.asarray(forbidden))


def _without_own(gaps: Floats) -> Floats:
    others, rows = gaps.copy(), np.arange(len(gaps))
    others[rows, :, rows] = np.inf
    return others


def _gaps(bubbles: Bubbles, box: Floats) -> Floats:
    """(n, k, n) px between each place and the edge of each bubble; negative inside it."""
    left, top, right, bottom = (box[..., side, None] for side in range(4))
    aside = np.maximum(np.maximum(left - bubbles.x, bubbles.x - right), 0)
    above = np.maximum(np.maximum(top - bubbles.y, bubbles.y - bottom), 0)
    return np.asarray(np.sqrt(aside * aside + above * above) - bubbles.radius)


def _beside_bubbles(gaps: Floats) -> Floats:
    """A name must not lie on a bubble, and be clearly nearer to its own than to any other."""
    rows = np.arange(len(gaps))
    own, others = gaps[rows, :, rows], _without_own(gaps)
    depth = np.maximum(1 - others, 0)
    doubt = np.clip(np.maximum(own, 0)[..., None] + _CLEARLY - others, 0, 20).sum(2)
    on_others = (depth > 0).sum(2) * _NEAR_BUBBLE + depth.sum(2) * _ON_BUBBLE
    return np.asarray(on_others + doubt * _AMBIGUOUS + np.maximum(-own, 0) * _ON_OWN)


def _leaders_on_bubbles(bubbles: Bubbles, places: Candidates) -> Floats:
    """A line into or through another bubble names the wrong customer."""
    x, y, to_x, to_y = (places.leader[..., part, None] for part in range(4))
    east, south = to_x - x, to_y - y
    length = np.maximum(east * east + south * south, 1e-9)
    along = ((bubbles.x - x) * east + (bubbles.y - y) * south) / length
    along = np.clip(along, 0, 1)
    off_x, off_y = x + along * east - bubbles.x, y + along * south - bubbles.y
    hit = off_x * off_x + off_y * off_y < (bubbles.radius + 2) ** 2
    rows = np.arange(len(hit))
    hit[rows, :, rows] = False
    return np.asarray(hit.sum(2) * places.led * _LEADER_ON_BUBBLE)


def _on_lines(bubbles: Bubbles, ground: Ground, places: Candidates) -> Floats:
    """A name should not stand across a cut-off, nor in another zone than its bubble."""
    cost = np.zeros(places.led.shape)
    owns = (bubbles.x, bubbles.y)
    for side, lines in enumerate((ground.across, ground.along)):
        low, high = places.box[..., side] - 3, places.box[..., side + 2] + 3
        for line in lines:
            elsewhere = (places.middle[side] > line) != (owns[side][:, None] > line)
            cost += ((low < line) & (high > line)) * _ACROSS_LINE + elsewhere * _OTHER_ZONE
    return cost


def _shared_with(box: Floats, others: Sequence[Box]) -> Floats:
    """(n, k) px^2 that each place shares with all of these boxes together."""
    if not others:
        return np.zeros(box.shape[:-1])
    return np.asarray(_shared(box[..., None, :], np.array(others, dtype=float), 0.0).sum(-1))


def _beyond(ground: Ground, box: Floats) -> Floats:
    """(n, k) px by which each place leaves the plot or its margin."""
    left, top, right, bottom = (box[..., side] for side in range(4))
    across = np.maximum(_MARGIN - left, 0) + np.maximum(right - ground.width + _MARGIN, 0)
    down = np.maximum(_MARGIN - top, 0) + np.maximum(bottom - ground.height + _MARGIN, 0)
    return np.asarray(across + down)


def _reach(places: Candidates) -> Floats:
    """Near is better than far, right than left, beside than above; no leader than one."""
    beside = np.abs(np.sin(ANGLE)) < 0.01
    side = np.where(beside, np.where(np.cos(ANGLE) > 0, 0.0, _LEFT), _ABOVE)
    return np.asarray(GAP * _PER_GAP + side + places.led * _LEADER)


def _restless(bubbles: Bubbles, ground: Ground, places: Candidates) -> Floats:
    """A name that stood somewhere stays there if it can."""
    away = moves(bubbles, ground, places)
    return np.where(np.isnan(away), 0.0, np.minimum(away, _LOST) * _MOVED)


def moves(bubbles: Bubbles, ground: Ground, places: Candidates) -> Floats:
    """(n, k) px between each place and where the name stood; NaN for names that are new."""
    unknown = (np.nan, np.nan)
    stood = np.array([ground.previous.get(name, unknown) for name in bubbles.names], dtype=float)
    x, y = places.middle
    away_x = x - bubbles.x[:, None] - stood[:, [0]]
    away_y = y - bubbles.y[:, None] - stood[:, [1]]
    return np.asarray(np.hypot(away_x, away_y))


def between(places: Candidates, name: int, pick: int) -> Floats:
    """(n, k) what each place of every other name costs because `name` stands at `pick`.

    Symmetric: a place of one name costs a place of the other as much as the other way round,
    so that every single move that pays lowers the cost of the whole.
    """
    box = places.box[name, pick]
    shared = _shared(places.box, box, _BETWEEN_NAMES)
    cost = (shared > 0) * FORBIDDEN + shared * _ON_NAME
    cost += _runs_over(places.leader, box) * places.led * _LEADER_ON_NAME
    if places.led[name, pick]:
        leader = places.leader[name, pick]
        cost += _runs_over(leader, places.box) * _LEADER_ON_NAME
        cost += _crosses(places.leader, leader) * places.led * _LEADERS_CROSS
    cost[name] = 0
    return np.asarray(cost)


def overlaps(box: Floats) -> Flags:
    """(n, n) which of n boxes share anything with which other; false on the diagonal."""
    shared = _shared(box[:, None], box, 0.0) > 0
    np.fill_diagonal(shared, val=False)
    return np.asarray(shared)


def _shared(box: Floats, others: Floats, gap: float) -> Floats:
    """px^2 that boxes share, each `gap` px larger; broadcast over all but the last axis."""
    across = np.minimum(box[..., 2], others[..., 2]) - np.maximum(box[..., 0], others[..., 0])
    down = np.minimum(box[..., 3], others[..., 3]) - np.maximum(box[..., 1], others[..., 1])
    return np.asarray(np.maximum(across + gap, 0) * np.maximum(down + gap, 0))


def _runs_over(leader: Floats, box: Floats) -> Flags:
    """Whether a leader runs through a box; broadcast. It does if it enters before it leaves."""
    enters, leaves = np.zeros(1), np.ones(1)
    for side in (0, 1):
        start, way = leader[..., side], leader[..., side + 2] - leader[..., side]
        way = np.where(way == 0, 1e-9, way)
        low, high = (box[..., side] - start) / way, (box[..., side + 2] - start) / way
        enters = np.maximum(enters, np.minimum(low, high))
        leaves = np.minimum(leaves, np.maximum(low, high))
    return np.asarray(enters < leaves)


def _crosses(leaders: Floats, other: Floats) -> Flags:
    """Whether leaders cross one other leader."""
    start, end, a, b = leaders[..., :2], leaders[..., 2:], other[:2], other[2:]
    apart = _turn(a, b, start) * _turn(a, b, end) < 0
    return np.asarray(apart & (_turn(start, end, a) * _turn(start, end, b) < 0))


def _turn(a: Floats, b: Floats, c: Floats) -> Floats:
    """Positive, zero or negative as the way from a over b to c turns."""
    x, y = b[..., 0] - a[..., 0], b[..., 1] - a[..., 1]
    return np.asarray(x * (c[..., 1] - a[..., 1]) - y * (c[..., 0] - a[..., 0]))
