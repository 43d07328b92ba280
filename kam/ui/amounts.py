"""Amounts in tables: to the cent, with one kind of minus sign, and at the right."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype
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
    """The table with whole numbers in these columns, one minus sign, still sorted as numbers.

    Unknown is a dash. In a table of more than `MOST_DRESSED` rows the browser writes the numbers
    (`number_columns`) with its plain minus sign, so that words have the plain one there too.
    """
    if table.empty:
        return table
    if len(table) <= MOST_DRESSED:
        return table.style.format(_told, subset=list(columns))
    numbers = {name: table[name].astype(float).round() + 0.0 for name in columns}
    told = [
        one for one in map(str, table) if one not in numbers and not is_numeric_dtype(table[one])
    ]
    return table.assign(**numbers, **{name: table[name].map(_plain_minus) for name in told})


def number_columns(table: pd.DataFrame, columns: Iterable[str]) -> dict[str, Any]:
    """How columns of whole numbers stand in a table that comes from `signed`."""
    written = "localized" if len(table) > MOST_DRESSED else None
    return {name: st.column_config.NumberColumn(name, format=written) for name in columns}


def _plain_minus(cell: object) -> object:
    """A cell of words with the minus sign of the browser before its number."""
    starts = isinstance(cell, str) and cell[:1] == "−"
    return f"-{str(cell)[1:]}" if starts else cell


def _told(cell: object) -> str:
    """A cell of a column of numbers."""
    return whole(cell) if isinstance(cell, int | float) and not isnan(cell) else "–"


def right_aligned(columns: Iterable[str], width: int | None = None) -> dict[str, Any]:
    """How columns of numbers in words stand in a table; `width` in px, `None` as the table fits."""
    return {
        name: st.column_config.TextColumn(name, alignment="right", width=width) for name in columns
    }
