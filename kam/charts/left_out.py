"""All customers by revenue, the largest first: whether a long list is only the biggest."""

from typing import Any

import pandas as pd

from kam.charts.sheet import BOLD, Sheet, Style
from kam.charts.theme import AMOUNT, INK_3, NAVY, Picture

COLUMNS = 120  # customers drawn one by one: 4 px each; the smaller ones are counted in words
TOP, BOTTOM = 28.0, 104.0  # px: the bars
STRIP = (109.0, 118.0)  # px: the row that shows who is chosen where bars are too low to tell
SMALL = Style(13, 400, INK_3)


def by_revenue(frame: pd.DataFrame, currency: str, width: int = 480) -> Picture:
    """The customers as columns in the order of their revenue, those on the list filled.

    Args:
        frame: one row a customer: name, revenue (NaN unknown), chosen.
        currency: of the revenue.
        width: px.
    """
    sheet = Sheet(width, 140)
    known = frame[frame["revenue"].notna()]
    ranked = known.sort_values("revenue", ascending=False, kind="stable")
    if ranked.empty:
        sheet.text((0, 50), "No customer's revenue is known yet.", BOLD)
        return sheet.picture("No customer's revenue is known yet.")
    drawn, smaller = ranked[:COLUMNS], ranked[COLUMNS:]
    _head(sheet)
    step = min(24.0, width / len(drawn))
    most = max(float(drawn["revenue"].iloc[0]), 1e-9)
    for place, row in enumerate(drawn.itertuples()):
        _column(sheet, (place * step, (place + 1) * step), row, (most, currency))
    told = _told(drawn, smaller, frame[frame["revenue"].isna()])
    sheet.text((0, 131), told, SMALL)
    return sheet.picture(f"Customers by revenue, the largest first. {told}.")


def _head(sheet: Sheet) -> None:
    """What is drawn, and what the two fills mean."""
    sheet.text((0, 10), "By revenue, the largest first", BOLD)
    key = ((sheet.width - 140.0, NAVY, "judged"), (sheet.width - 68.0, AMOUNT, "left out"))
    for at, fill, word in key:
        sheet.rect((at, at + 11), (5, 16), fill)
        sheet.text((at + 16, 10), word, SMALL)


def _column(
    sheet: Sheet,
    x: tuple[float, float],
    row: Any,  # noqa: ANN401 - a row of pandas has no type
    scale: tuple[float, str],
) -> None:
    """One customer: a bar as high as its revenue, and its place in the strip below."""
    most, currency = scale
    fill, word = (NAVY, "judged") if row.chosen else (AMOUNT, "left out")
    tip = f"{row.name}: {currency} {row.revenue:,.0f}, {word}"
    tall = (BOTTOM - TOP) * max(row.revenue, 0.0) / most
    inside = (x[0] + 0.5, x[1] - 0.5)
    sheet.rect(inside, (BOTTOM - tall, BOTTOM), fill, tip=tip)
    sheet.rect(inside, STRIP, fill, tip=tip)


def _told(drawn: pd.DataFrame, smaller: pd.DataFrame, unknown: pd.DataFrame) -> str:
    """How many of the customers drawn, of the smaller and of the unknown ones are on the list."""
    parts = [f"{_chosen(drawn)} of the {len(drawn):,} largest judged"]
    if len(smaller):
        parts.append(f"{_chosen(smaller)} of {len(smaller):,} smaller")
    if len(unknown):
        parts.append(f"{_chosen(unknown)} of {len(unknown):,} without a figure")
    return ", ".join(parts)


def _chosen(frame: pd.DataFrame) -> str:
    return f"{int(frame['chosen'].sum()):,}"
