"""Amounts in tables: to the cent, with one kind of minus sign, and at the right."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

# Rows up to which a table of numbers is told with real minus signs: dressing 300 rows takes 0.06 s,
# and 5,000 take 1.5 s (2 cores); from there on the browser writes the numbers itself.
MOST_DRESSED = 300
TO_THE_CENT = 135  # px: a column of amounts up to 999,999,999.99


def cents(amount: float | None) -> str:
    """An amount to the cent; never minus nothing, and unknown as a word."""
    if amount is None:
        return "unknown"
    return f"{round(amount, 2) + 0.0:,.2f}".replace("-", "−")


def whole(amount: float | None) -> str:
    """An amount without cents; never minus nothing, and unknown as a word."""
    if amount is None:
        return "unknown"
    return f"{round(amount) + 0.0:,.0f}".replace("-", "−")


def signed(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame | Styler:
    """The table with whole numbers and real minus signs in these columns, still sorted as numbers.

    Unknown is a dash. A table of more than `MOST_DRESSED` rows comes back as it is.
    """
    if table.empty or len(table) > MOST_DRESSED:
        return table
    return table.style.format(_told, subset=list(columns))


def _told(cell: object) -> str:
    """A cell of a column of numbers."""
    return whole(cell) if isinstance(cell, int | float) and not isnan(cell) else "–"


def right_aligned(columns: Iterable[str], width: int | None = None) -> dict[str, Any]:
    """How columns of numbers in words stand in a table; `width` in px, `None` as the table fits."""
    return {
        name: st.column_config.TextColumn(name, alignment="right", width=width) for name in columns
    }
