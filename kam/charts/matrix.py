"""The selection matrix: who stands out (screens.md 5.1).

The spec is constant for a layout; lines, zones, names and counts are data, so that moving a
weight never rebuilds the chart: bubbles glide, names keep their place.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from kam.charts.labels import Bubbles, Ground, Offset, Placement, place, text_width
from kam.charts.theme import (
    AXIS,
    FILL,
    INK,
    INK_2,
    LEADER,
    PAPER,
    TINT,
    WORDS,
    Picture,
    Rows,
    Spec,
    finished,
    shortened,
)
from kam.model import Class, CutOffs

SMALLEST, LARGEST = 6.5, 26.0  # radius of a bubble, px
ALL_NAMES = 60  # customers up to which every name is placed; beyond, the names that matter
MOST_NAMES = 40
TITLE_SIZE, TAG_SIZE = 17, 12
NARROWEST_KEY, WIDE_KEY = 600, 1000  # width of the plot, px, from which the key has words
TOP = 10.2  # upper end of both axes
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
    layout: Layout = Layout()
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
    low_x, low_y = frame["strength"].min() - 0.5, frame["attractiveness"].min() - 0.5
    return (float(max(0, min(4, math.floor(low_x)))), float(max(0, min(4, math.floor(low_y)))))


def matrix(frame: pd.DataFrame, view: View) -> Drawn:
    """The matrix of scored customers.

    Args:
        frame: as `kam.report.tables.matrix` makes it, in the one order.
        view: lines and layout.
    """
    scale = _Scale(view)
    customers = _sized(frame)
    titles = _titles(customers, view, scale)
    placed, named = _named(customers, view, scale, titles)
    datasets = {
        "zones": _zones(view, scale),
        "titles": titles,
        "lines": _lines(view),
        "tags": _tags(view, scale),
        "bars": _bars(customers),
        "customers": _bubbles(customers, view),
        "names": _names(named, placed),
        "key": _key(customers, view),
    }
    return Drawn(
        Picture(_spec(view.layout, view.domain), datasets, _alt(customers)),
        placed.offsets,
        placed.hidden,
    )


class _Scale:
    """Scores to pixels and back."""

    def __init__(self, view: View) -> None:
        self.layout = view.layout
        self.low_x, self.low_y = view.domain

    def x(self, score: "np.typing.ArrayLike") -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        share = (np.asarray(score, dtype=float) - self.low_x) / (TOP - self.low_x)
        return np.asarray(share * self.layout.width)

    def y(self, score: "np.typing.ArrayLike") -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        share = (np.asarray(score, dtype=float) - self.low_y) / (TOP - self.low_y)
        return np.asarray(self.layout.height * (1 - share))


def _sized(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a radius for each bubble, largest first so that small ones lie on top."""
    most = frame["size"].max() if len(frame) else np.nan
    share = (frame["size"].clip(lower=0) / most).fillna(0) if most and most > 0 else 0.0
    radius = np.maximum(SMALLEST, LARGEST * np.sqrt(share))
    return frame.assign(radius=radius).sort_values("radius", ascending=False, kind="stable")


def _each(customers: pd.DataFrame) -> Iterator[Any]:
    """The rows one by one, each column an attribute."""
    yield from customers.itertuples()


def _zones(view: View, scale: _Scale) -> Rows:
    """The four tinted fields."""
    lines, left, low = view.lines, scale.low_x, scale.low_y
    cut_x, cut_y = max(left, lines.strength), max(low, lines.attractiveness)
    strategic = max(cut_y, lines.strategic)
    return [
        _zone(Class.KEY_STRATEGIC, (cut_x, TOP), (strategic, TOP)),
        _zone(Class.KEY_CORE, (cut_x, TOP), (cut_y, strategic)),
        _zone(Class.STRATEGIC, (left, cut_x), (cut_y, TOP)),
        _zone(Class.LOW_PRIORITY, (left, TOP), (low, cut_y)),
    ]


def _zone(klass: Class, x: tuple[float, float], y: tuple[float, float]) -> dict[str, object]:
    return {"fill": TINT[klass], "x": x[0], "x2": x[1], "y": y[0], "y2": y[1]}


def _titles(customers: pd.DataFrame, view: View, scale: _Scale) -> Rows:
    """The names of the zones with the number of customers of each class, in the corners."""
    counts = customers["klass"].value_counts()
    width, height, margin = view.layout.width, view.layout.height, 10.0
    below_line = float(scale.y(view.lines.strategic)) + 20
    corners = {
        Class.KEY_STRATEGIC: (width - margin, 20.0, "right"),
        Class.KEY_CORE: (width - margin, min(below_line, height - 20.0), "right"),
        Class.STRATEGIC: (margin, 20.0, "left"),
        Class.LOW_PRIORITY: (margin, height - 18.0, "left"),
    }
    return [
        {
            "text": f"{klass.label} · {int(counts.get(klass.value, 0))}",
            "color": WORDS[klass],
            "left": x,
            "top": y,
            "align": align,
        }
        for klass, (x, y, align) in corners.items()
    ]


def _title_boxes(titles: Rows) -> list[tuple[float, float, float, float]]:
    """Where names should not stand: the zones' titles."""
    boxes = []
    for title in titles:
        width = text_width(title["text"], TITLE_SIZE) * 1.06  # bold is wider than medium
        left = title["left"] - width if title["align"] == "right" else title["left"]
        boxes.append((left - 4, title["top"] - 12, left + width + 4, title["top"] + 12))
    return boxes


def _lines(view: View) -> Rows:
    """The two cut-offs and the strategic line, each from end to end."""
    lines, (left, low) = view.lines, view.domain
    return [
        {"x": lines.strength, "x2": lines.strength, "y": low, "y2": TOP, "dashed": False},
        {"x": left, "x2": TOP, "y": lines.attractiveness, "y2": lines.attractiveness,
         "dashed": False},
        {"x": lines.strength, "x2": TOP, "y": lines.strategic, "y2": lines.strategic,
         "dashed": True},
    ]  # fmt: skip


def _tags(view: View, scale: _Scale) -> Rows:
    """The value of each line at its end."""
    lines, right = view.lines, view.layout.width + 6.0
    cut_y, strategic_y = float(scale.y(lines.attractiveness)), float(scale.y(lines.strategic))
    if cut_y - strategic_y < TAG_SIZE + 2:  # two tags that would touch stand apart
        strategic_y = cut_y - TAG_SIZE - 2
    return [
        {"text": f"cut-off {lines.strength:g}", "left": float(scale.x(lines.strength)),
         "top": -8.0, "align": "center", "color": INK_2},
        {"text": f"cut-off {lines.attractiveness:g}", "left": right, "top": cut_y,
         "align": "left", "color": INK_2},
        {"text": f"strategic {lines.strategic:g}", "left": right, "top": strategic_y,
         "align": "left", "color": INK_2},
    ]  # fmt: skip


def _bars(customers: pd.DataFrame) -> Rows:
    """Bars through hollow bubbles, towards the line that they may cross."""
    rows: Rows = []
    for customer in _each(customers):
        fill, x, y = FILL[Class(customer.klass)], customer.strength, customer.attractiveness
        if not math.isnan(customer.strength_low):
            ends = {"x": customer.strength_low, "x2": customer.strength_high, "y": y, "y2": y}
            rows.append({"id": f"{customer.id}·x", "stroke": fill, "dashed": False, **ends})
        if not math.isnan(customer.attractiveness_low):
            ends = {"x": x, "x2": x, "y": customer.attractiveness_low,
                    "y2": customer.attractiveness_high}  # fmt: skip
            rows.append({"id": f"{customer.id}·y", "stroke": fill, "dashed": False, **ends})
    return rows


def _bubbles(customers: pd.DataFrame, view: View) -> Rows:
    """One mark a customer."""
    return [
        {
            "id": customer.id,
            "name": customer.name,
            "class": Class(customer.klass).label,
            "x": customer.strength,
            "y": customer.attractiveness,
            "distance": f"{customer.distance:+.1f}".replace("-", "−"),
            "amount": NO_SIZE if math.isnan(customer.size) else f"{customer.size:,.1f}",
            "why": customer.why,
            "area": math.pi * customer.radius**2,
            "shape": "diamond" if customer.override else "circle",
            "fill": PAPER if customer.hollow else FILL[Class(customer.klass)],
            "stroke": FILL[Class(customer.klass)] if customer.hollow else PAPER,
            "line": 3.0 if customer.hollow else 1.2,
            "ring": math.pi * (customer.radius + 5) ** 2 if customer.id == view.picked else 0.0,
        }
        for customer in _each(customers)
    ]


def _named(
    customers: pd.DataFrame, view: View, scale: _Scale, titles: Rows
) -> tuple[Placement, pd.DataFrame]:
    """Places for the names, and the customers that they belong to."""
    named = _names_that_matter(customers, view)
    unnamed = customers.drop(named.index)
    x, y, radius = (
        scale.x(unnamed["strength"]),
        scale.y(unnamed["attractiveness"]),
        unnamed["radius"].to_numpy(),
    )
    others = np.stack([x - radius, y - radius, x + radius, y + radius], 1)
    boxes = [tuple(box) for box in others]
    ground = Ground(
        width=view.layout.width,
        height=view.layout.height,
        font_size=view.layout.font_size,
        obstacles=[*_title_boxes(titles), *boxes, *_bar_boxes(customers, scale)],
        across=[float(scale.x(view.lines.strength))],
        along=[float(scale.y(view.lines.attractiveness))],
        previous=view.previous,
    )
    bubbles = Bubbles(
        scale.x(named["strength"]),
        scale.y(named["attractiveness"]),
        named["radius"].to_numpy(dtype=float),
        [shortened(name) for name in named["name"]],
    )
    return place(bubbles, ground), named


def _names_that_matter(customers: pd.DataFrame, view: View) -> pd.DataFrame:
    """All customers up to 60; else key, hollow and picked ones, then by distance, at most 40."""
    if view.all_names and len(customers) <= ALL_NAMES:
        return customers
    key = customers["klass"].isin([Class.KEY_STRATEGIC.value, Class.KEY_CORE.value])
    first = key * 4 + customers["hollow"] * 2 + (customers["id"] == view.picked) * 8
    ranked = customers.assign(first=first).sort_values(
        ["first", "distance"], ascending=False, kind="stable"
    )
    if not view.all_names:
        ranked = ranked[ranked["first"] > 0]
    return customers.loc[customers.index.isin(ranked.index[:MOST_NAMES])]


def _bar_boxes(customers: pd.DataFrame, scale: _Scale) -> list[tuple[float, float, float, float]]:
    """Where bars run."""
    return [
        (float(scale.x(bar["x"])) - 3, float(scale.y(bar["y2"])) - 3,
         float(scale.x(bar["x2"])) + 3, float(scale.y(bar["y"])) + 3)
        for bar in _bars(customers)
    ]  # fmt: skip


def _names(named: pd.DataFrame, placed: Placement) -> Rows:
    """The names that can be drawn, with their leaders, in px of the plot.

    Every layer always exists and every name keeps its row: a hidden one has no text.
    """
    return [
        {
            "id": customer.id,
            "text": shortened(customer.name) if placed.shown[row] else "",
            "left": float(placed.x[row]),
            "top": float(placed.y[row]),
            "x": float(placed.start_x[row]),
            "y": float(placed.start_y[row]),
            "x2": float(placed.end_x[row]),
            "y2": float(placed.end_y[row]),
        }
        for row, customer in enumerate(_each(named))
    ]


def _key(customers: pd.DataFrame, view: View) -> Rows:
    """The key above the plot, from right to left: diamond, hollow ring, three sizes, their unit."""
    at, top, rows = float(view.layout.width), -24.0, []
    for shape, words in _key_words(view):
        at -= text_width(words, 13)
        rows.append(_key_text(words, at, top))
        at -= 14
        hollow = shape == "circle"
        rows.append(_key_mark(at, top, 6.5, shape, hollow=hollow))
        at -= 26
    most = float(customers["size"].max()) if len(customers) else math.nan
    for amount in _round_sizes(most):
        words = f"{amount:g}"
        at -= text_width(words, 13)
        rows.append(_key_text(words, at, top))
        radius = max(SMALLEST, LARGEST * math.sqrt(amount / most))
        at -= radius + 5
        rows.append(_key_mark(at, top, radius, "circle", hollow=False))
        at -= radius + 12
    label = view.size_label if most > 0 else f"{view.size_label}: {NO_SIZE}"
    return [*rows, _key_text(label, at - text_width(label, 13), top)]


def _key_words(view: View) -> tuple[tuple[str, str], ...]:
    """Shape and words of the key, from right to left; fewer where the axis title needs room."""
    if view.layout.width < NARROWEST_KEY:
        return ()
    if view.layout.width < WIDE_KEY:
        return (("diamond", "by the team"), ("circle", "too close"))
    return (("diamond", "decided by the team"), ("circle", "too close, or unknown"))


def _round_sizes(most: float) -> list[float]:
    """Up to three round amounts that the data reach, largest first: 1, 2 or 5 x 10^n."""
    if not most > 0:
        return []
    power = 10.0 ** math.floor(math.log10(most))
    largest = max(step * power for step in (1, 2, 5) if step * power <= most)
    return [largest, *(part for part in (largest / 5, largest / 25) if part > 0)][:3]


def _key_text(text: str, left: float, top: float) -> dict[str, object]:
    return {"text": text, "left": left, "top": top, "align": "left", "color": INK_2,
            "area": 0.0, "shape": "circle",
            "fill": PAPER, "stroke": PAPER}  # fmt: skip


def _key_mark(
    left: float, top: float, radius: float, shape: str, *, hollow: bool
) -> dict[str, object]:
    return {"text": "", "left": left, "top": top, "align": "left", "color": INK_2,
            "area": math.pi * radius**2, "shape": shape,
            "fill": PAPER if hollow else AXIS,
            "stroke": INK_2 if hollow else PAPER}  # fmt: skip


def _alt(customers: pd.DataFrame) -> str:
    """The message of the picture and three facts."""
    key = customers[customers["klass"].isin([Class.KEY_STRATEGIC.value, Class.KEY_CORE.value])]
    names = ", ".join(key["name"].head(10)) or "nobody yet"
    largest = customers["name"].iloc[0] if customers["size"].notna().any() else "not known"
    return (
        f"Selection matrix: {len(key)} of {len(customers)} customers are key: {names}. "
        f"{int(customers['hollow'].sum())} are too close to call or too little known. "
        f"The largest bubble is {largest}."
    )


@lru_cache(maxsize=32)
def _spec(layout: Layout, low: tuple[float, float]) -> Spec:
    """The constant part: layers, scales and encodings; scores in data units, words in px.

    Every layer always exists; what is not there has no length, no area or no text.
    """
    layers = [
        _zone_layer(low),
        _rule_layer("lines", {"value": INK_2}, 1.5),
        _text_layer("titles", TITLE_SIZE, 700),
        _text_layer("tags", TAG_SIZE, 600),
        _rule_layer("bars", {"field": "stroke", "scale": None}, 2.4),
        _leader_layer(),
        _ring_layer(),
        _bubble_layer(),
        _name_layer(layout, {"stroke": PAPER, "strokeWidth": 3.2, "strokeJoin": "round"}),
        _name_layer(layout, {"color": INK}),
        _key_layer(),
        _text_layer("key", 13, 400),
    ]
    return finished({"layer": layers}, layout.width, layout.height)


def _score(field: str, axis: Spec | None = None, low: float | None = None) -> Spec:
    """A position in data units."""
    channel: Spec = {"field": field, "type": "quantitative"}
    if low is None:
        return channel
    scale = {"domain": [low, TOP], "nice": False, "zero": False}
    return {**channel, "scale": scale, "axis": axis}


def _pixels(field: str) -> Spec:
    """A position in px of the plot."""
    return {"field": field, "type": "quantitative", "scale": None}


def _zone_layer(low: tuple[float, float]) -> Spec:
    ticks = {"values": [0, 2, 4, 6, 8, 10], "format": "d", "grid": False, "tickSize": 4}
    x_axis = {**ticks, "title": "Our strength with the customer  →", "titleAnchor": "start",
              "titleAlign": "left"}  # fmt: skip
    y_axis = {**ticks, "title": "↑ How attractive the customer is", "titleAngle": 0,
              "titleAlign": "left", "titleAnchor": "end", "titleX": -34, "titleY": -24,
              "titleBaseline": "middle"}  # fmt: skip
    encoding = {
        "x": _score("x", x_axis, low[0]),
        "x2": {"field": "x2"},
        "y": _score("y", y_axis, low[1]),
        "y2": {"field": "y2"},
        "color": {"field": "fill", "type": "nominal", "scale": None},
    }
    return _layer("zones", {"type": "rect", "aria": False}, encoding)


def _layer(data: str, mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"name": data}, "mark": mark, "encoding": encoding}


def _ends() -> Spec:
    return {"x": _score("x"), "x2": {"field": "x2"}, "y": _score("y"), "y2": {"field": "y2"}}


def _rule_layer(data: str, color: Spec, width: float) -> Spec:
    dashed = {"condition": {"test": "datum.dashed", "value": [5, 4]}, "value": [1, 0]}
    encoding = {**_ends(), "color": color, "strokeDash": dashed}
    mark = {"type": "rule", "strokeWidth": width, "strokeCap": "butt", "aria": False}
    return _layer(data, mark, encoding)


def _text_layer(data: str, size: int, weight: int) -> Spec:
    encoding = {
        "x": _pixels("left"),
        "y": _pixels("top"),
        "text": {"field": "text", "type": "nominal"},
        "color": {"field": "color", "type": "nominal", "scale": None},
    }
    mark = {"type": "text", "fontSize": size, "fontWeight": weight, "baseline": "middle",
            "align": {"expr": "datum.align"}, "aria": False}  # fmt: skip
    return _layer(data, mark, encoding)


def _leader_layer() -> Spec:
    ends = {"x": _pixels("x"), "x2": {"field": "x2"}, "y": _pixels("y"), "y2": {"field": "y2"}}
    mark = {"type": "rule", "color": LEADER, "strokeWidth": 1, "aria": False}
    return _layer("names", mark, {**ends, "key": {"field": "id"}})


def _size(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": None, "legend": None}


def _ring_layer() -> Spec:
    """A ring around the customer whose detail is open."""
    mark = {"type": "point", "filled": False, "stroke": INK, "strokeWidth": 2, "opacity": 1,
            "aria": False}  # fmt: skip
    encoding = {"x": _score("x"), "y": _score("y"), "size": _size("ring")}
    return _layer("customers", mark, {**encoding, "key": {"field": "id"}})


_TOOLTIPS = {
    "name": "Customer",
    "class": "Class",
    "y": "Attractiveness",
    "x": "Our strength",
    "distance": "Inside (+) or outside (−) the key zone",
    "amount": "Size of the bubble",
    "why": "Why",
}


def _bubble_layer() -> Spec:
    tooltip = [
        {"field": name, "title": title, "type": "quantitative", "format": ".1f"}
        if name in ("x", "y")
        else {"field": name, "title": title, "type": "nominal"}
        for name, title in _TOOLTIPS.items()
    ]
    encoding = {
        "x": _score("x"),
        "y": _score("y"),
        "size": _size("area"),
        "shape": {"field": "shape", "type": "nominal", "scale": None},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
        "stroke": {"field": "stroke", "type": "nominal", "scale": None},
        "strokeWidth": _size("line"),
        "key": {"field": "id"},
        "tooltip": tooltip,
    }
    mark = {"type": "point", "filled": True, "opacity": 1, "cursor": "pointer"}
    pick = {"name": "pick", "select": {"type": "point", "fields": ["id"]}}
    return {**_layer("customers", mark, encoding), "params": [pick]}


def _name_layer(layout: Layout, paint: Spec) -> Spec:
    mark = {"type": "text", "fontSize": layout.font_size, "fontWeight": 500, "baseline": "middle",
            "aria": False, "opacity": 0.85 if "stroke" in paint else 1, **paint}  # fmt: skip
    encoding = {
        "x": _pixels("left"),
        "y": _pixels("top"),
        "text": {"field": "text", "type": "nominal"},
        "key": {"field": "id"},
    }
    return _layer("names", mark, encoding)


def _key_layer() -> Spec:
    encoding = {
        "x": _pixels("left"),
        "y": _pixels("top"),
        "size": _size("area"),
        "shape": {"field": "shape", "type": "nominal", "scale": None},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
        "stroke": {"field": "stroke", "type": "nominal", "scale": None},
    }
    mark = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 2.5, "aria": False}
    return _layer("key", mark, encoding)
