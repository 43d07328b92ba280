"""The constant part of the selection matrix: layers, scales and encodings.

Scores are in data units, words in px of the plot. Nothing here changes while a workshop runs: a
spec that changes is rebuilt by the viewer, and the picture flashes.
"""

from functools import lru_cache

from kam.charts.matrix_view import AXIS_TITLE, KEY_SIZE, TAG_SIZE, TITLE_SIZE, TOP, Layout
from kam.charts.theme import INK, INK_2, LEADER, PAPER, Spec, finished


@lru_cache(maxsize=32)
def spec(layout: Layout, low: tuple[float, float]) -> Spec:
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
        _text_layer("key", KEY_SIZE, 400),
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
    y_axis = {**ticks, "title": AXIS_TITLE, "titleAngle": 0,
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
        "description": {"field": "spoken", "type": "nominal"},
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
