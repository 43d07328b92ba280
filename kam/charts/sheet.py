"""A sheet of paper in pixels: rectangles, lines, dots and words as data on one constant spec.

The side charts of the pages place everything themselves, so that no word or size is ever part of
a spec; the spec depends on the sheet's size alone.
"""

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from kam.charts.theme import INK, INK_2, PAPER, Picture, Rows, Spec, finished

Align = Literal["left", "center", "right"]
Span = tuple[float, float]  # px: from and to, or x and y


@dataclass
class Sheet:
    """A sheet that is drawn on from the back to the front; y grows downwards."""

    width: int
    height: int
    rects: Rows = field(default_factory=list)
    lines: Rows = field(default_factory=list)
    dots: Rows = field(default_factory=list)
    words: Rows = field(default_factory=list)

    def rect(
        self,
        x: Span,
        y: Span,
        fill: str,
        *,
        edge: str = "",
        tip: str = "",
    ) -> None:
        """A filled rectangle; `tip` is told on pointing at it."""
        self.rects.append(
            {"x": x[0], "x2": x[1], "y": y[0], "y2": y[1], "fill": fill, "edge": edge or fill,
             "tip": tip}
        )  # fmt: skip

    def line(self, start: Span, end: Span, color: str, width: float = 1.0) -> None:
        """A straight line."""
        self.lines.append(
            {"x": start[0], "x2": end[0], "y": start[1], "y2": end[1], "color": color,
             "width": width}
        )  # fmt: skip

    def dot(self, at: Span, radius: float, fill: str, *, edge: str = PAPER, tip: str = "") -> None:
        """A round dot."""
        self.dots.append(
            {"x": at[0], "y": at[1], "area": math.pi * radius**2, "fill": fill, "edge": edge,
             "tip": tip}
        )  # fmt: skip

    def text(self, at: Span, text: str, style: "Style | None" = None) -> None:
        """Words, centred on the line at y."""
        look = style or Style()
        self.words.append(
            {"x": at[0], "y": at[1], "text": text, "size": look.size, "weight": look.weight,
             "color": look.color, "align": look.align}
        )  # fmt: skip

    def picture(self, alt: str) -> Picture:
        """The sheet as a picture, with words for those who cannot see it."""
        data = {"rects": self.rects, "lines": self.lines, "dots": self.dots, "words": self.words}
        return Picture(_spec(self.width, self.height), data, alt)


@dataclass(frozen=True)
class Style:
    """How words look: px, weight, colour, which end stands at x."""

    size: float = 14
    weight: int = 400
    color: str = INK_2
    align: Align = "left"


BOLD = Style(weight=600, color=INK)


@lru_cache(maxsize=64)
def _spec(width: int, height: int) -> Spec:
    """The constant part: four layers, everything in px."""
    layers = [_rects(), _lines(), _dots(), _words()]
    return finished({"layer": layers}, width, height)


def _px(name: str) -> Spec:
    """A position in px. Every layer asks for no axis, since there is no scale."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _plain(name: str) -> Spec:
    return {"field": name, "type": "nominal", "scale": None, "legend": None}


def _amount(name: str) -> Spec:
    return {"field": name, "type": "quantitative", "scale": None, "legend": None}


_TIP: Spec = {"field": "tip", "type": "nominal", "title": "About"}


def _rects() -> Spec:
    encoding = {
        "x": _px("x"), "x2": {"field": "x2"}, "y": _px("y"), "y2": {"field": "y2"},
        "fill": _plain("fill"), "stroke": _plain("edge"), "tooltip": _TIP,
    }  # fmt: skip
    return _layer("rects", {"type": "rect", "cornerRadius": 2, "aria": False}, encoding)


def _lines() -> Spec:
    encoding = {
        "x": _px("x"), "x2": {"field": "x2"}, "y": _px("y"), "y2": {"field": "y2"},
        "stroke": _plain("color"), "strokeWidth": _amount("width"),
    }  # fmt: skip
    return _layer("lines", {"type": "rule", "strokeCap": "round", "aria": False}, encoding)


def _dots() -> Spec:
    encoding = {
        "x": _px("x"), "y": _px("y"), "size": _amount("area"), "fill": _plain("fill"),
        "stroke": _plain("edge"), "tooltip": _TIP,
    }  # fmt: skip
    mark = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": 1.5, "aria": False}
    return _layer("dots", mark, encoding)


def _words() -> Spec:
    encoding = {
        "x": _px("x"), "y": _px("y"), "text": {"field": "text", "type": "nominal"},
        "size": _amount("size"), "color": _plain("color"),
    }  # fmt: skip
    mark = {"type": "text", "baseline": "middle", "align": {"expr": "datum.align"},
            "fontWeight": {"expr": "datum.weight"}}  # fmt: skip
    return _layer("words", mark, encoding)


def _layer(data: str, mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"name": data}, "mark": mark, "encoding": encoding}
