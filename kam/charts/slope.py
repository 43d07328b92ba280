"""Who moved between two states: points inside or outside the key zone, then and now.

screens.md 5.5: who came in is navy, who went out orange, the others grey; names dodge with
leaders, the key zone is tinted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kam.charts.bars import fitted
from kam.charts.labels import text_width
from kam.charts.sheet import Align, Sheet, Span, Style
from kam.charts.theme import AXIS, FILL, INK, INK_2, INK_3, LEADER, TINT, WORDS, Picture
from kam.charts.weight_lines import spread
from kam.model import Class

MOST_LINES = 14  # names of 14 px that fit beside each other in the height, with room to dodge
NEAR = 0.66  # points from the edge within which a customer that hardly moved is drawn, 5.5
HEAD, FOOT = 66.0, 14.0  # px
NAME_SIZE, APART = 14, 20.0  # px: names, and from one to the next
LEADER_LENGTH, GAP, NAMES = 30.0, 6.0, 0.3  # px, px, and of the width the most that names take
LEAST_SPAN = 2.0  # points from top to bottom at least, so that trifles look like trifles
BOLDER = 0.95  # of the room for a bold name: `fitted` measures a lighter cut
ZONE_WORDS = "in the key zone"
SEEN = 0.05  # points: a smaller way is shown as none
NOBODY = "Nobody moved."


@dataclass(frozen=True)
class SlopeLine:
    """One customer in both states.

    Attributes:
        before: points inside (>= 0) or outside the key zone.
        after: likewise.
        told: it is drawn whatever it moved, such as one whose class changed.
    """

    name: str
    before: float
    after: float
    told: bool = False

    @property
    def came_in(self) -> bool:
        """Whether it came into the key zone."""
        return self.before < 0 <= self.after

    @property
    def went_out(self) -> bool:
        """Whether it went out of the key zone."""
        return self.after < 0 <= self.before

    @property
    def is_flat(self) -> bool:
        """Whether it stands where it stood, as far as a tenth of a point shows."""
        return abs(self.after - self.before) < SEEN

    @property
    def weighty(self) -> tuple[bool, bool, float]:
        """What is drawn first when not all can be: who crossed, who is told of, who moved most."""
        return (self.came_in or self.went_out, self.told, abs(self.after - self.before))

    @property
    def near(self) -> bool:
        """Whether it stands near the edge in one of the states."""
        return min(abs(self.before), abs(self.after)) <= NEAR


def slope(
    lines: Sequence[SlopeLine], ends: tuple[str, str], width: int, height: int = 480
) -> Picture:
    """A line a customer from the one state to the other; a sentence where nobody moved.

    Args:
        lines: those that crossed, are told of, or stand within 0.66 of the edge are drawn; of
            more than 14 the weightiest, and the others counted in words.
        ends: the names of both states.
        width: px, from about 560.
        height: px.
    """
    sheet = Sheet(width, height)
    wanted = [line for line in lines if line.near or any(line.weighty[:2])]
    drawn = sorted(wanted, key=lambda line: line.weighty, reverse=True)[:MOST_LINES]
    if lines and all(line.is_flat and not any(line.weighty[:2]) for line in lines):
        return _in_words(sheet, NOBODY)
    if not drawn:
        return _in_words(sheet, "Nobody is near the edge of the key zone in both states.")
    plot = _Plot.of(drawn, width, height)
    sheet.text((0, 12), colours(lines), Style(15, 500, INK_2))
    _ground(sheet, plot, ends)
    for line in reversed(drawn):  # the weightiest lie on top
        _line(sheet, plot, line)
    _names(sheet, plot, drawn, left=True)
    _names(sheet, plot, drawn, left=False)
    if left_out := len(lines) - len(drawn):
        words = f"{left_out:,} more moved less, or farther away from the edge"
        sheet.text((width / 2, height - 4), words, Style(13, 400, INK_3, "center"))
    return sheet.picture(_alt(drawn, ends))


def _in_words(sheet: Sheet, words: str) -> Picture:
    """A sentence instead of lines."""
    sheet.text((0, 40), words, Style(15, 500, INK))
    return sheet.picture(words)


def colours(lines: Sequence[SlopeLine]) -> str:
    """What the colours tell: who crossed the edge, whatever became of its class."""
    came, went = sum(line.came_in for line in lines), sum(line.went_out for line in lines)
    if not came and not went:
        return "Nobody crossed the edge of the key zone."
    return f"Crossed the edge of the key zone: {came:,} in (navy), {went:,} out (orange)."


@dataclass(frozen=True)
class _Plot:
    """Points as px, between the names at both sides."""

    left: float
    right: float
    points: Span
    bottom: float

    @classmethod
    def of(cls, lines: Sequence[SlopeLine], width: int, height: int) -> "_Plot":
        """A plot that holds all lines and the edge, with room for their names."""
        labels = (_label(line.name, end) for line in lines for end in (line.before, line.after))
        named = max(text_width(label, NAME_SIZE, 600) for label in labels)
        side = min(named, width * NAMES) + LEADER_LENGTH + GAP
        points = [0.0, *(end for line in lines for end in (line.before, line.after))]
        low, high = min(points), max(points)
        more = max(0.06 * (high - low), (LEAST_SPAN - (high - low)) / 2)
        return cls(side, width - side, (low - more, high + more), height - FOOT - 10)

    def y(self, point: float) -> float:
        """Px from the top edge of the sheet."""
        low, high = self.points
        return self.bottom - (point - low) / (high - low) * (self.bottom - HEAD)


def _ground(sheet: Sheet, plot: _Plot, ends: tuple[str, str]) -> None:
    """The key zone, its edge, and the name of each state above its side."""
    sheet.rect((plot.left, plot.right), (HEAD, plot.y(0)), TINT[Class.KEY_STRATEGIC])
    middle = (plot.left + plot.right) / 2
    words = Style(13, 600, WORDS[Class.KEY_STRATEGIC], "center")
    sheet.text((middle, HEAD + 14), ZONE_WORDS, words)
    sheet.line((plot.left, plot.y(0)), (plot.right, plot.y(0)), INK_2, 2)
    then, now = (fitted(name, sheet.width / 2 - 12, 15) for name in ends)
    wide = text_width(then, 15, 600), text_width(now, 15, 600)
    sheet.text((max(plot.left, wide[0]), HEAD - 22), then, Style(15, 600, INK, "right"))
    sheet.text((min(plot.right, sheet.width - wide[1]), HEAD - 22), now, Style(15, 600, INK))


def _line(sheet: Sheet, plot: _Plot, line: SlopeLine) -> None:
    """One customer: a line with a dot at both ends."""
    color, wide = _look(line)
    start, end = (plot.left, plot.y(line.before)), (plot.right, plot.y(line.after))
    sheet.line(start, end, color, wide)
    for at, point in ((start, line.before), (end, line.after)):
        sheet.dot(at, 5, color, tip=_label(line.name, point))


def _look(line: SlopeLine) -> tuple[str, float]:
    """Colour and width: navy who came in, orange who went out."""
    if line.came_in:
        return FILL[Class.KEY_STRATEGIC], 4.5
    if line.went_out:
        return FILL[Class.STRATEGIC], 4.5
    return AXIS, 2.2


def _names(sheet: Sheet, plot: _Plot, lines: Sequence[SlopeLine], *, left: bool) -> None:
    """The names at one side with their points, each with a leader, none on another."""
    ordered = sorted(lines, key=lambda line: -(line.before if left else line.after))
    points = [line.before if left else line.after for line in ordered]
    wanted = [plot.y(point) for point in points]
    edge, outward = (plot.left, -1) if left else (plot.right, 1)
    at = edge + outward * LEADER_LENGTH
    room = (at - GAP if left else sheet.width - at - GAP) + 1
    for line, point, start, y in zip(
        ordered, points, wanted, spread(wanted, (HEAD, plot.bottom), APART), strict=True
    ):
        sheet.line((edge + outward * 7, start), (at, y), LEADER)
        style = _name_style(line, "right" if left else "left")
        figure = f" {signed(point)}"
        name = _fitting(line.name, room - text_width(figure, NAME_SIZE, 600))
        text = f"{name}{figure}" if left else f"{figure.strip()} {name}"
        sheet.text((at + outward * GAP, y), text, style)


def _fitting(name: str, room: float) -> str:
    """A name that fits, also in bold."""
    if text_width(name, NAME_SIZE, 600) <= room:
        return name
    return fitted(name, BOLDER * room, NAME_SIZE)


def _name_style(line: SlopeLine, align: Align) -> Style:
    if line.came_in:
        return Style(NAME_SIZE, 600, WORDS[Class.KEY_STRATEGIC], align)
    if line.went_out:
        return Style(NAME_SIZE, 600, WORDS[Class.STRATEGIC], align)
    return Style(NAME_SIZE, 400, INK_2, align)


def signed(point: float) -> str:
    """Points with their sign."""
    return f"{point:+.1f}".replace("-", "−")


def _label(name: str, point: float) -> str:
    return f"{name} {signed(point)}"


def _alt(lines: Sequence[SlopeLine], ends: tuple[str, str]) -> str:
    """What is drawn, who came in, who went out."""
    came = ", ".join(line.name for line in lines if line.came_in) or "nobody"
    went = ", ".join(line.name for line in lines if line.went_out) or "nobody"
    return (
        f"Points inside or outside the key zone of {len(lines)} customers, {ends[0]} and "
        f"{ends[1]}. Came in: {came}. Went out: {went}."
    )
