"""Tokens of every chart, and what a picture is (screens.md 5.0)."""

from dataclasses import dataclass
from typing import Any

from kam.model import Class

Spec = dict[str, Any]
Rows = list[dict[str, Any]]

INK = "#111827"
INK_2 = "#374151"
INK_3 = "#5B6168"
GRID = "#E5E7EB"
AXIS = "#9CA3AF"
PAPER = "#FFFFFF"
LEADER = "#6B7280"
ATTENTION = "#9A3412"
ATTENTION_TINT = "#FFF4E0"
AMOUNT = "#B9CCE2"
NAVY = "#0B3A6B"
BLUES = ("#FFFFFF", "#DCE6F2", "#8FB0D4", "#2F6BA5", "#0B3A6B")

FILL = {
    Class.KEY_STRATEGIC: "#0B3A6B",
    Class.KEY_CORE: "#0A7558",
    Class.STRATEGIC: "#BF5016",
    Class.LOW_PRIORITY: "#83878C",
}
TINT = {
    Class.KEY_STRATEGIC: "#EAF1F9",
    Class.KEY_CORE: "#E9F5F0",
    Class.STRATEGIC: "#FDF2EA",
    Class.LOW_PRIORITY: "#F5F6F7",
}
WORDS = {
    Class.KEY_STRATEGIC: "#0B3A6B",
    Class.KEY_CORE: "#0A5F48",
    Class.STRATEGIC: "#9A3F0C",
    Class.LOW_PRIORITY: "#50565E",
}

FONT = "Inter"


@dataclass(frozen=True)
class Picture:
    """A chart: a spec that stays the same while the data change, the data, and words for it.

    Attributes:
        spec: Vega-Lite, cached; never change it.
        datasets: the rows of each named data set; "datasets" of the spec that is sent.
        alt: the message and three facts, for those who cannot see it.
    """

    spec: Spec
    datasets: dict[str, Rows]
    alt: str

    def whole(self) -> Spec:
        """Spec and data together, as a Vega-Lite viewer takes them."""
        return {**self.spec, "datasets": self.datasets}


def finished(spec: Spec, width: int, height: int) -> Spec:
    """A spec with size, fonts and colours; the plot keeps the size that labels were placed for."""
    return {
        **spec,
        "width": width,
        "height": height,
        "autosize": {"type": "pad", "contains": "content"},
        "config": _CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
    }


_CONFIG: Spec = {
    "background": PAPER,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 13,
        "titleFontSize": 14,
        "titleFontWeight": 600,
        "labelColor": INK_2,
        "titleColor": INK_2,
        "domainColor": AXIS,
        "tickColor": AXIS,
        "gridColor": GRID,
        "titlePadding": 10,
    },
    "text": {"font": FONT},
}


def shortened(name: str, longest: int = 22) -> str:
    """A name cut in the middle, so that its beginning and its end still tell it from others."""
    if len(name) <= longest:
        return name
    end = (longest - 1) // 3
    return f"{name[: longest - 1 - end].rstrip()}…{name[-end:].lstrip()}"
