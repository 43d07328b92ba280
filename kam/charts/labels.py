"""Placing names beside bubbles so that no two touch: Vega-Lite has no label repulsion.

Every name may stand in 16 directions and 8 distances from its bubble. Costs that do not depend on
the other names are computed once; then each name in turn takes its cheapest place, until nobody
moves, from several starts. What still touches is hidden and counted, never overlapped. All
coordinates are pixels of the plot, from its top left corner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Offset = tuple[float, float]

_FONT = Path(__file__).resolve().parents[2] / "static" / "Inter-Medium.woff2"
_ANGLES = np.deg2rad([0, 180, -90, 90, -25, 25, -155, 155, -50, 50, -130, 130, -72, 72, -108, 108])
_GAPS = np.array([3.0, 8.0, 14.0, 22.0, 32.0, 46.0, 64.0, 86.0])
LINE_HEIGHT = 1.1  # of the font size
LEADER_FROM = 9.0  # px between bubble and name from which a line joins them
TOUCH = 8.0  # px^2 that two boxes may share before a reader sees it

# Costs of a place. Their ratios matter: what makes a name unreadable costs most, what makes it
# belong to the wrong bubble or zone next, what is only less pretty least (all [D], tuned on 30
# random sets of 40 names).
_ON_NAME, _NEAR_NAME = 14.0, 2.0  # per px^2 shared with another name, and with its margin
_ON_BUBBLE, _ON_OWN = 16.0, 6.0  # per px^2
_ON_OBSTACLE = 4.0  # per px^2: zone titles, bars
_OUTSIDE = 60.0  # per px beyond the plot
_AMBIGUOUS = 4.0  # per px by which another bubble is as near
_ACROSS_LINE, _OTHER_ZONE = 260.0, 500.0
_LEADER_ON_BUBBLE, _LEADER_ON_NAME = 220.0, 60.0
_PER_GAP, _LEFT, _ABOVE = 2.6, 5.0, 12.0  # farther; left of the bubble; above or below it
_STARTS = 4  # arrangements from which the best is taken
_MOVED = 2.2  # per px that a name moved since last time, at most 60


@dataclass(frozen=True)
class Bubbles:
    """What is to be named: centres and radii in px, and the names; one entry a bubble."""

    x: Floats
    y: Floats
    radius: Floats
    names: Sequence[str]


@dataclass(frozen=True)
class Ground:
    """What the names stand on.

    Attributes:
        obstacles: boxes (left, top, right, bottom) that names should leave free.
        across: x of vertical lines; `along`: y of horizontal lines.
        previous: name -> where its centre stood from its bubble's centre last time.
    """

    width: float
    height: float
    font_size: float = 15.0
    obstacles: Sequence[tuple[float, float, float, float]] = ()
    across: Sequence[float] = ()
    along: Sequence[float] = ()
    previous: Mapping[str, Offset] = field(default_factory=dict)


@dataclass(frozen=True)
class Placement:
    """Where each name stands; one entry a bubble.

    Attributes:
        x, y: centre of the name.
        start_x, start_y, end_x, end_y: the leader, from the bubble's edge to the name; of no
            length where none is needed.
        shown: false where the name would touch another name or bubble.
        offsets: for `Ground.previous` of the next placement.
    """

    x: Floats
    y: Floats
    start_x: Floats
    start_y: Floats
    end_x: Floats
    end_y: Floats
    shown: Flags
    offsets: dict[str, Offset]

    @property
    def hidden(self) -> int:
        """How many names could not be placed."""
        return int((~self.shown).sum())


@lru_cache(maxsize=8192)
def text_width(text: str, size: float) -> float:
    """The width of a text in Inter Medium, in px."""
    return float(_font().getlength(text)) * size / 100


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), 100)


def place(bubbles: Bubbles, ground: Ground) -> Placement:
    """A place for every name; cold from four starts, warm from where the names stood."""
    if not len(bubbles.x):
        nothing = np.array([])
        empty = np.array([], dtype=bool)
        return Placement(nothing, nothing, nothing, nothing, nothing, nothing, empty, {})
    board = _Board(bubbles, ground)
    placed = board.placement(board.settle(starts=1 if ground.previous else _STARTS))
    if ground.previous and placed.hidden:
        placed = min(placed, board.placement(board.settle(_STARTS)), key=lambda p: p.hidden)
    return placed


class _Board:
    """All candidate places of all names, with their costs; arrays are (n names, k places)."""

    def __init__(self, bubbles: Bubbles, ground: Ground) -> None:
        self.bubbles, self.ground = bubbles, ground
        self.count = len(bubbles.x)
        self.rows = np.arange(self.count)
        self.height = ground.font_size * LINE_HEIGHT
        self.width = np.array([text_width(name, ground.font_size) for name in bubbles.names])
        self.angle = np.tile(_ANGLES, len(_GAPS))
        self.gap = np.repeat(_GAPS, len(_ANGLES))
        self.box = self._boxes()

    def _boxes(self) -> Floats:
        """(n, k, 4): left, top, right, bottom of every candidate."""
        east, south = np.cos(self.angle), np.sin(self.angle)
        reach = self.bubbles.radius[:, None] + self.gap
        left = self.bubbles.x[:, None] + east * reach
        left = left - self.width[:, None] * (0.5 - 0.5 * np.clip(east * 1.25, -1, 1))
        middle = self.bubbles.y[:, None] + south * reach + south * self.height * 0.5
        half = self.height / 2
        return np.stack([left, middle - half, left + self.width[:, None], middle + half], -1)

    @cached_property
    def leader(self) -> tuple[Floats, Floats, Flags]:
        """Three points (n, k, 3) along each leader, and whether there is one (n, k)."""
        x, y = self.bubbles.x[:, None], self.bubbles.y[:, None]
        near_x, near_y = self._nearest()
        along = np.array([0.35, 0.6, 0.85])
        long = np.hypot(near_x - x, near_y - y) - self.bubbles.radius[:, None] > LEADER_FROM
        points_x = x[..., None] + (near_x - x)[..., None] * along
        points_y = y[..., None] + (near_y - y)[..., None] * along
        return points_x, points_y, long

    def _nearest(self) -> tuple[Floats, Floats]:
        """The point of each candidate's box that is nearest to its bubble."""
        inset = self.height * 0.2
        x = np.clip(self.bubbles.x[:, None], self.box[..., 0], self.box[..., 2])
        y = np.clip(self.bubbles.y[:, None], self.box[..., 1] + inset, self.box[..., 3] - inset)
        return x, y

    @cached_property
    def on_bubbles(self) -> Floats:
        """(n, k, n) px^2 that each candidate shares with each bubble's inner square."""
        half = self.bubbles.radius * 0.82  # a circle is smaller than its box
        x, y = self.bubbles.x, self.bubbles.y
        return _shared(self.box, np.stack([x - half, y - half, x + half, y + half], 1), 1.0)

    @cached_property
    def cost(self) -> Floats:
        """(n, k) what each place costs whatever the other names do."""
        own = self.on_bubbles[self.rows, :, self.rows]
        total = _ON_BUBBLE * (self.on_bubbles.sum(2) - own) + _ON_OWN * own
        total = total + self._ambiguity() + self._furniture()
        return np.asarray(total + self._reach() + self._restless())

    def _ambiguity(self) -> Floats:
        """A name must be clearly nearer to its own bubble than to any other; so must its line."""
        x, y, radius = self.bubbles.x, self.bubbles.y, self.bubbles.radius
        box = self.box[..., None, :]
        aside = np.maximum(np.maximum(box[..., 0] - x, x - box[..., 2]), 0)
        above = np.maximum(np.maximum(box[..., 1] - y, y - box[..., 3]), 0)
        away = np.maximum(np.hypot(aside, above) - radius, 0)
        mine = away[self.rows, :, self.rows].copy()
        away[self.rows, :, self.rows] = np.inf
        nearer = np.clip(mine[..., None] + 5 - away, 0, 20).sum(2) * _AMBIGUOUS
        points_x, points_y, long = self.leader
        crossed = np.hypot(points_x[..., None] - x, points_y[..., None] - y) < radius + 2
        crossed[self.rows, :, :, self.rows] = False
        return np.asarray(nearer + np.where(long, crossed.sum((2, 3)) * _LEADER_ON_BUBBLE, 0))

    def _furniture(self) -> Floats:
        """Zone titles and bars, the plot's edge, and the lines of the matrix."""
        ground, box = self.ground, self.box
        total = _OUTSIDE * (
            np.clip(2 - box[..., 0], 0, None)
            + np.clip(box[..., 2] - ground.width + 2, 0, None)
            + np.clip(2 - box[..., 1], 0, None)
            + np.clip(box[..., 3] - ground.height + 2, 0, None)
        )
        if len(ground.obstacles):
            obstacles = np.array(ground.obstacles, dtype=float)
            total = total + _ON_OBSTACLE * _shared(box, obstacles, 2.0).sum(2)
        middle_x, middle_y = (box[..., 0] + box[..., 2]) / 2, (box[..., 1] + box[..., 3]) / 2
        for line in ground.across:
            total = total + ((box[..., 0] < line + 3) & (box[..., 2] > line - 3)) * _ACROSS_LINE
            total = total + ((middle_x > line) != (self.bubbles.x[:, None] > line)) * _OTHER_ZONE
        for line in ground.along:
            total = total + ((box[..., 1] < line + 2) & (box[..., 3] > line - 2)) * _ACROSS_LINE
            total = total + ((middle_y > line) != (self.bubbles.y[:, None] > line)) * _OTHER_ZONE
        return np.asarray(total)

    def _reach(self) -> Floats:
        """Near is better than far, right better than left, beside better than above."""
        beside = np.abs(np.sin(self.angle)) < 0.01
        side = np.where(beside, np.where(np.cos(self.angle) > 0, 0.0, _LEFT), _ABOVE)
        return np.asarray(self.gap * _PER_GAP + side)

    def _restless(self) -> Floats:
        """A name that stood somewhere stays there if it can."""
        if not self.ground.previous:
            return np.zeros(self.box.shape[:2])
        unknown = (np.nan, np.nan)
        stood = np.array([self.ground.previous.get(n, unknown) for n in self.bubbles.names])
        x = (self.box[..., 0] + self.box[..., 2]) / 2 - self.bubbles.x[:, None]
        y = (self.box[..., 1] + self.box[..., 3]) / 2 - self.bubbles.y[:, None]
        moved = np.hypot(x - stood[:, [0]], y - stood[:, [1]])
        return np.where(np.isnan(moved), 0.0, np.minimum(moved, 60.0) * _MOVED)

    def settle(self, starts: int) -> NDArray[np.int64]:
        """The place of each name, the best of several descents."""
        random = np.random.default_rng(3)
        best, least = self.cost.argmin(1), np.inf
        for start in range(starts):
            if start == 0:
                order, chosen = np.argsort(-self.width), self.cost.argmin(1)
            else:
                order = random.permutation(self.count)
                cheap = np.argpartition(self.cost, 10, axis=1)[:, :10]
                chosen = cheap[self.rows, random.integers(0, 10, self.count)]
            chosen = self._descend(order, chosen)
            total = self._total(chosen)
            if total < least:
                best, least = chosen, total
        return np.asarray(best)

    def _descend(self, order: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """Each name in turn takes its cheapest place, until nobody moves (at most 12 rounds)."""
        chosen = chosen.copy()
        for _ in range(12):
            moved = False
            for name in order:
                cheapest = int(self._with_others(int(name), chosen).argmin())
                moved |= cheapest != chosen[name]
                chosen[name] = cheapest
            if not moved:
                break
        return chosen

    def _with_others(self, name: int, chosen: NDArray[np.int64]) -> Floats:
        """(k,) the cost of each place of one name, given where the others stand."""
        others = self.rows != name
        boxes = self.box[self.rows, chosen][others]
        mine = self.box[name]
        cost = self.cost[name] + _ON_NAME * _shared(mine, boxes, 1.0).sum(1)
        cost = cost + _NEAR_NAME * _shared(mine, boxes, 8.0, 1.0).sum(1)
        points_x, points_y, long = self.leader
        hits = _inside(points_x[name], points_y[name], boxes, 2.0).sum((1, 2))
        cost = cost + np.where(long[name], hits * _LEADER_ON_NAME, 0)
        lined = others & long[self.rows, chosen]
        if lined.any():
            x = points_x[lined, chosen[lined]].ravel()
            y = points_y[lined, chosen[lined]].ravel()
            cost = cost + _LEADER_ON_NAME * _inside(x, y, mine, 2.0).sum(0)
        return np.asarray(cost)

    def _total(self, chosen: NDArray[np.int64]) -> float:
        """What a whole arrangement costs."""
        boxes = self.box[self.rows, chosen]
        overlap = _shared(boxes, boxes, 0.0)
        np.fill_diagonal(overlap, 0)
        return float(self.cost[self.rows, chosen].sum() + _ON_NAME * overlap.sum())

    def _shown(self, chosen: NDArray[np.int64]) -> Flags:
        """Which names may be drawn: those that touch the most others go first."""
        boxes = self.box[self.rows, chosen]
        overlap = _shared(boxes, boxes, 0.0) > TOUCH
        np.fill_diagonal(overlap, val=False)
        bubbles = self.on_bubbles[self.rows, chosen].copy()
        bubbles[self.rows, self.rows] = 0
        outside = (boxes[:, 0] < -2) | (boxes[:, 2] > self.ground.width + 2)
        shown = (bubbles.max(1) <= TOUCH) & ~outside
        while (touching := (overlap & shown & shown[:, None]).sum(1)).any():
            shown[touching.argmax()] = False
        return np.asarray(shown)

    def placement(self, chosen: NDArray[np.int64]) -> Placement:
        """The arrangement as coordinates."""
        boxes = self.box[self.rows, chosen]
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        shown = self._shown(chosen)
        near_x, near_y = (side[self.rows, chosen] for side in self._nearest())
        away_x, away_y = near_x - self.bubbles.x, near_y - self.bubbles.y
        length = np.maximum(np.hypot(away_x, away_y), 1e-6)
        lined = shown & (length - self.bubbles.radius > LEADER_FROM)
        part = self.bubbles.radius / length
        offsets = zip(self.bubbles.names, x - self.bubbles.x, y - self.bubbles.y, strict=True)
        return Placement(
            x=x,
            y=y,
            start_x=np.where(lined, self.bubbles.x + away_x * part, x),
            start_y=np.where(lined, self.bubbles.y + away_y * part, y),
            end_x=np.where(lined, near_x, x),
            end_y=np.where(lined, near_y, y),
            shown=shown,
            offsets={name: (float(dx), float(dy)) for name, dx, dy in offsets},
        )


def _shared(
    boxes: Floats, others: Floats, margin_x: float, margin_y: float | None = None
) -> Floats:
    """(..., m) px^2 that boxes (..., 4) share with m others (m, 4) grown by a margin."""
    down = margin_x if margin_y is None else margin_y
    b = boxes[..., None, :]
    across = np.minimum(b[..., 2], others[:, 2] + margin_x) - np.maximum(
        b[..., 0], others[:, 0] - margin_x
    )
    along = np.minimum(b[..., 3], others[:, 3] + down) - np.maximum(b[..., 1], others[:, 1] - down)
    return np.asarray(np.clip(across, 0, None) * np.clip(along, 0, None))


def _inside(x: Floats, y: Floats, boxes: Floats, margin: float) -> Flags:
    """(..., m) whether points (...) lie in m boxes grown by a margin."""
    x, y = x[..., None], y[..., None]
    return np.asarray(
        (x > boxes[:, 0] - margin)
        & (x < boxes[:, 2] + margin)
        & (y > boxes[:, 1] - margin)
        & (y < boxes[:, 3] + margin)
    )
