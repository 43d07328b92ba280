"""The selection matrix: who stands out (screens.md 5.1).

The spec is constant for a layout; lines, zones, names and counts are data, so that moving a
weight never rebuilds the chart: bubbles glide, names keep their place.
"""

import math
from typing import Any

import numpy as np
import pandas as pd

from kam.charts.costs import Box, Bubbles, Ground
from kam.charts.labels import Placement, place
from kam.charts.matrix_furniture import key, line_rows, tags, title_box, titles, zones
from kam.charts.matrix_spec import spec
from kam.charts.matrix_view import (
    ALL_NAMES,
    MOST_NAMES,
    NO_SIZE,
    Drawn,
    Layout,
    Scale,
    View,
    domain,
    each,
    radius,
    widened,
)
from kam.charts.theme import (
    FILL,
    PAPER,
    Picture,
    Rows,
    shortened,
)
from kam.model import Class

__all__ = ["Drawn", "Layout", "View", "domain", "matrix"]


def matrix(frame: pd.DataFrame, view: View) -> Drawn:
    """The matrix of scored customers.

    Args:
        frame: as `kam.report.tables.matrix` makes it, in the one order.
        view: lines and layout.
    """
    view = widened(view, frame)
    scale = Scale(view)
    customers = _sized(frame)
    titled = titles(customers, view, scale)
    named = _names_that_matter(customers, view)
    bars = _bars(customers if len(customers) <= ALL_NAMES else named)
    avoid = [*_bubble_boxes(customers.drop(named.index), scale), *_bar_boxes(bars, scale)]
    placed = place(_points(named, scale), _ground(view, scale, titled, avoid))
    datasets = {
        "zones": zones(view, scale),
        "titles": titled,
        "lines": line_rows(view),
        "tags": tags(view, scale),
        "bars": bars,
        "customers": _bubbles(customers, view),
        "names": _names(named, placed),
        "key": key(customers, view),
    }
    return Drawn(
        Picture(spec(view.layout, view.domain), datasets, _alt(customers)),
        placed.offsets,
        placed.hidden,
    )


def _sized(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a radius for each bubble, largest first so that small ones lie on top."""
    most = frame["size"].max() if len(frame) else np.nan
    share = (frame["size"].clip(lower=0) / most).fillna(0) if most and most > 0 else 0.0
    sized = frame.assign(radius=radius(share, len(frame)))
    return sized.sort_values("radius", ascending=False, kind="stable")


def _bars(customers: pd.DataFrame) -> Rows:
    """Bars through hollow bubbles, towards the line that they may cross."""
    rows: Rows = []
    for customer in each(customers):
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
            "spoken": _spoken(customer),
            "area": math.pi * customer.radius**2,
            "shape": "diamond" if customer.override else "circle",
            "fill": PAPER if customer.hollow else FILL[Class(customer.klass)],
            "stroke": FILL[Class(customer.klass)] if customer.hollow else PAPER,
            "line": 3.0 if customer.hollow else 1.2,
            "ring": math.pi * (customer.radius + 5) ** 2 if customer.id == view.picked else 0.0,
        }
        for customer in each(customers)
    ]


def _spoken(customer: Any) -> str:  # noqa: ANN401 - a row of pandas has no type
    """What a screen reader says at a bubble."""
    return (
        f"{customer.name}: {Class(customer.klass).label}, "
        f"attractiveness {customer.attractiveness:.1f}, strength {customer.strength:.1f}"
        f"{', too close to call or too little known' if customer.hollow else ''}"
        f"{', decided by the team' if customer.override else ''}"
    )


def _points(named: pd.DataFrame, scale: Scale) -> Bubbles:
    """The bubbles that get a name, in px."""
    return Bubbles(
        scale.x(named["strength"]),
        scale.y(named["attractiveness"]),
        named["radius"].to_numpy(dtype=float),
        [shortened(name) for name in named["name"]],
    )


def _ground(view: View, scale: Scale, titled: Rows, avoid: list[Box]) -> Ground:
    """What the names stand on: titles are never covered, boxes only where nothing else is free."""
    return Ground(
        width=view.layout.width,
        height=view.layout.height,
        font_size=view.layout.font_size,
        obstacles=[title_box(title) for title in titled],
        avoid=avoid,
        across=[float(scale.x(view.lines.strength))],
        along=[float(scale.y(view.lines.attractiveness))],
        previous=view.previous,
    )


def _bubble_boxes(unnamed: pd.DataFrame, scale: Scale) -> list[Box]:
    """Where bubbles without a name lie."""
    x, y = scale.x(unnamed["strength"]), scale.y(unnamed["attractiveness"])
    half = unnamed["radius"].to_numpy()
    sides = (x - half, y - half, x + half, y + half)
    return list(zip(*(side.tolist() for side in sides), strict=True))


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


def _bar_boxes(bars: Rows, scale: Scale) -> list[Box]:
    """Where bars run."""
    return [
        (float(scale.x(bar["x"])) - 3, float(scale.y(bar["y2"])) - 3,
         float(scale.x(bar["x2"])) + 3, float(scale.y(bar["y"])) + 3)
        for bar in bars
    ]  # fmt: skip


def _names(named: pd.DataFrame, placed: Placement) -> Rows:
    """The names that can be drawn, with their leaders, in px of the plot.

    Every layer always exists and every name keeps its row: a hidden one has no text.
    """
    return [
        {
            "id": customer.id,
            "text": shortened(customer.name) if placed.shown[row] else "",
            # a hidden name has no place; off the plot it would widen the picture
            "left": float(placed.x[row]) if placed.shown[row] else 0.0,
            "top": float(placed.y[row]) if placed.shown[row] else 0.0,
            "x": float(placed.start_x[row]) if placed.shown[row] else 0.0,
            "y": float(placed.start_y[row]) if placed.shown[row] else 0.0,
            "x2": float(placed.end_x[row]) if placed.shown[row] else 0.0,
            "y2": float(placed.end_y[row]) if placed.shown[row] else 0.0,
        }
        for row, customer in enumerate(each(named))
    ]


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
