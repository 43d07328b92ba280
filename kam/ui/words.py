"""Text from people and files, made safe for labels and markdown; numbers as managers read them."""

import re
import string
from datetime import date, datetime

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
_LINKS = re.compile(r"(https?|www|ftp)(?=[\\:.])", re.IGNORECASE)
_GLUE = "\u2060"  # word joiner: invisible, and stops automatic links and arrows
_ARROWS = re.compile(r"(?<=[-<>=~])(?=\\?[-<>=])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """`text` verbatim where Streamlit reads markdown: no links, images, LaTeX, colours or icons.

    Every ASCII punctuation mark is escaped; a word joiner breaks automatic links and arrows;
    control and direction marks go (reliability.md 3e: 34 of 34 hostile names verbatim).
    """
    escaped = _PUNCTUATION.sub(r"\\\1", _CONTROLS.sub(" ", text))
    joined = _ARROWS.sub(_GLUE, _LINKS.sub(rf"\1{_GLUE}", escaped))
    return joined.replace("\\@", f"{_GLUE}\\@{_GLUE}")


def short(text: str, longest: int = 40) -> str:
    """`text`, cut at `longest` characters with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def amount(value: float | None, currency: str = "") -> str:
    """Money in the unit that fits: 12.4 m, 860 k, 95; unknown as a word."""
    if value is None:
        return "unknown"
    for size, unit in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            digits = 1 if abs(value) < 100 * size else 0
            return f"{currency} {value / size:,.{digits}f}{unit}".strip().replace("-", "−")
    return f"{currency} {value:,.0f}".strip().replace("-", "−")


def score(value: float | None) -> str:
    """A score with one decimal; unknown as a word."""
    return "unknown" if value is None or value != value else f"{value:.1f}"  # noqa: PLR0124 - NaN


def signed(value: float | None) -> str:
    """Points inside (+) or outside (−) the key zone, with a real minus sign."""
    if value is None:
        return "not scored"
    return f"{value:+.1f}".replace("-", "−")


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 customer, 8 customers."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(when: date | None) -> str:
    """A date as people say it: 5 November 2026."""
    return "no date" if when is None else f"{when.day} {when:%B %Y}"


def clock(when: datetime) -> str:
    """The local time of a moment: 14:32, with the day when it was not today."""
    local = when.astimezone()
    today = datetime.now(tz=local.tzinfo).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.day} {local:%b, %H:%M}"
