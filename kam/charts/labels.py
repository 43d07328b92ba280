"""Placing names beside bubbles so that no two touch: Vega-Lite has no label repulsion.

Every name may stand in 16 directions and 9 distances from its bubble. What a place costs by
itself is computed once, what two names cost each other is kept up to date while they move: always
the one that gains most, until none gains. Then the crowded ones are shaken and it is tried again.
What still touches is hidden and counted, never overlapped.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

from kam.charts import costs
from kam.charts.costs import Bubbles, Candidates, Flags, Floats, Ground, Offset, Places

_STATIC = Path(__file__).resolve().parents[2] / "static"
_CUTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_MEASURED_AT = 100  # px; widths grow in proportion

_SHAKES_COLD = 30  # rounds of shaking: ten hide twice as many names, 200 hardly fewer
_SHAKES_WARM = 8  # while a weight is dragged most names already stand well
_SHAKEN = 4  # names a round: a pair that blocks each other, and neighbours that must give way
_NEIGHBOURHOOD = 60.0  # px within which names are about equally likely to be shaken
_AMONG = 16  # of its cheapest places, to one of which a name is shaken
_SEED = 3  # the same data give the same picture


@dataclass(frozen=True)
class Placement:
    """Where each name stands; one entry a bubble.

    Attributes:
        x, y: centre of the name.
        start_x, start_y, end_x, end_y: the leader, from the bubble's edge to the name; of no
            length where none is needed.
        shown: false where the name would cover another name, bubble or title.
        offsets: of the shown names, for `Ground.previous` of the next placement.
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
def text_width(text: str, size: float, weight: int = 500) -> float:
    """The width of a text in Inter, in px.

    Our copy of Inter has no East Asian letters; the browser's own font gives those one em.
    """
    wide = [letter for letter in text if unicodedata.east_asian_width(letter) in "WF"]
    narrow = "".join(letter for letter in text if letter not in wide)
    return float(_font(weight).getlength(narrow)) * size / _MEASURED_AT + len(wide) * size


@lru_cache(maxsize=len(_CUTS))
def _font(weight: int) -> ImageFont.FreeTypeFont:
    # the basic layout measures every text, also one with control characters in it
    file = _STATIC / f"Inter-{_CUTS[weight]}.woff2"
    return ImageFont.truetype(file, _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


def place(bubbles: Bubbles, ground: Ground) -> Placement:
    """A place for every name, without overlap; warm where `ground.previous` knows the names.

    The earlier a bubble stands in `bubbles`, the sooner its name is kept. Deterministic.
    """
    if not len(bubbles.x):
        nowhere = np.array([])
        nobody = np.array([], dtype=bool)
        return Placement(nowhere, nowhere, nowhere, nowhere, nowhere, nowhere, nobody, {})
    widths = np.array([text_width(name, ground.font_size) for name in bubbles.names])
    places = costs.candidates(bubbles, widths, ground.font_size)
    alone = costs.alone(bubbles, ground, places)
    moves = costs.moves(bubbles, ground, places)
    new = np.isnan(moves[:, 0])
    start = np.where(new, alone.cost.argmin(1), np.where(np.isnan(moves), np.inf, moves).argmin(1))
    search = _Search(places, alone.cost, start)
    search.run(_SHAKES_COLD if new.all() else _SHAKES_WARM)
    allowed = ~alone.forbidden[search.rows, search.pick]
    return _placement(bubbles, places.chosen(search.pick), allowed)


class _Search:
    """The place that every name has taken, and what it would cost to take another.

    `by_name[j]` (n, k) is what all places cost because of where name j stands, `crowding` their
    sum. Moving one name changes one slice of it; nothing else is computed again.
    """

    def __init__(self, places: Candidates, alone: Floats, start: Places) -> None:
        self.places, self.alone, self.pick = places, alone, start.copy()
        self.rows = np.arange(len(start))
        by_name = [costs.between(places, name, int(pick)) for name, pick in enumerate(start)]
        self.by_name = np.stack(by_name)
        self.crowding = self.by_name.sum(0)

    def run(self, shakes: int) -> None:
        """Settle, then shake what is crowded; keep what lowers the cost."""
        random = np.random.default_rng(_SEED)
        self._settle()
        for _ in range(shakes):
            if not self._crowded():
                return
            before, cost = self.pick.copy(), self._cost()
            self._shake(random)
            self._settle()
            if self._cost() > cost:
                self._restore(before)

    def _own(self) -> Floats:
        return np.asarray(self.alone[self.rows, self.pick])

    def _pressure(self) -> Floats:
        return np.asarray(self.crowding[self.rows, self.pick])

    def _crowded(self) -> bool:
        """Whether any name disturbs another or stands where it may not."""
        return bool((self._pressure() > 0).any() or (self._own() >= costs.FORBIDDEN).any())

    def _cost(self) -> float:
        """What the whole arrangement costs; each pair counts once."""
        return float(self._own().sum() + self._pressure().sum() / 2)

    def _settle(self) -> None:
        """Move the name that gains most, until none gains; every move lowers the cost."""
        while True:
            total = self.alone + self.crowding
            gain = total[self.rows, self.pick] - total.min(1)
            name = int(gain.argmax())
            if gain[name] <= 1e-6:
                return
            self._move(name, int(total[name].argmin()))

    def _move(self, name: int, pick: int) -> None:
        fresh = costs.between(self.places, name, pick)
        self.crowding += fresh - self.by_name[name]
        self.by_name[name] = fresh
        self.pick[name] = pick

    def _shake(self, random: np.random.Generator) -> None:
        """A dear name and some of its neighbours go to any of their cheap places."""
        dear = self._own() + self._pressure()
        name = random.choice(self.rows, p=dear / dear.sum())
        x, y = self.places.chosen(self.pick).middle
        near = 1 / (np.hypot(x - x[name], y - y[name]) + _NEIGHBOURHOOD) ** 2
        near[name] = 1.0
        count = min(_SHAKEN, len(self.rows))
        for other in random.choice(self.rows, count, replace=False, p=near / near.sum()):
            cheap = np.argpartition(self.alone[other], _AMONG)[:_AMONG]
            self._move(int(other), int(random.choice(cheap)))

    def _restore(self, pick: Places) -> None:
        for name in np.flatnonzero(pick != self.pick):
            self._move(int(name), int(pick[name]))


def _kept(box: Floats, allowed: Flags) -> Flags:
    """Which names are drawn: of those that cover each other the most crowded, then latest, go."""
    kept, overlap = allowed.copy(), costs.overlaps(box)
    while (touching := (overlap & kept & kept[:, None]).sum(1)).any():
        kept[np.flatnonzero(touching == touching.max())[-1]] = False
    return kept


def _placement(bubbles: Bubbles, chosen: Candidates, allowed: Flags) -> Placement:
    """The arrangement as coordinates."""
    x, y = chosen.middle
    shown = _kept(chosen.box, allowed)
    led = shown & chosen.led
    start_x, start_y, end_x, end_y = (
        np.where(led, chosen.leader[:, part], centre) for part, centre in enumerate((x, y, x, y))
    )
    away = zip(bubbles.names, x - bubbles.x, y - bubbles.y, shown, strict=True)
    return Placement(
        x=x,
        y=y,
        start_x=start_x,
        start_y=start_y,
        end_x=end_x,
        end_y=end_y,
        shown=shown,
        offsets={name: (float(dx), float(dy)) for name, dx, dy, drawn in away if drawn},
    )
