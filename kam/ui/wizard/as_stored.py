"""The first rows of a list as they will be stored: what was read, not what stands in the file."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from kam.intake.figures import in_full
from kam.intake.headers.aliases import Target
from kam.intake.lists.checked import Checked, Row
from kam.ui import words

SHOWN = 3  # rows: enough to see a figure that is a thousand times too small


def first_rows(checked: Checked, wanted: Sequence[Target], strangers: Collection[str] = ()) -> None:
    """The first rows that come in, by our names of the fields; `strangers` stay out."""
    out = set(strangers)
    first = list(islice((row for row in checked.rows if row.name not in out), SHOWN))
    if first:
        alt = "The first rows as they will be stored"
        st.dataframe(as_stored(first, wanted), hide_index=True, alt=alt)


def as_stored(rows: Sequence[Row], wanted: Sequence[Target]) -> pd.DataFrame:
    """A row per customer and a column per field that any of them fills, in the order of ours.

    Figures are written in full; what is unknown is empty.
    """
    labels = {target.key: target.label for target in wanted}
    filled = [_cells(row) for row in rows]
    used = dict.fromkeys(key for row in filled for key in row)
    keys = [*(key for key in labels if key in used), *(key for key in used if key not in labels)]
    table = [[row.get(key, "") for key in keys] for row in filled]
    return pd.DataFrame(table, columns=[labels.get(key, key) for key in keys])


def _cells(row: Row) -> Mapping[str, str]:
    """Field key -> what will be stored there, in words."""
    return {
        **({"id": row.id} if row.id else {}),
        "name": row.name,
        **row.texts,
        **{key: in_full(value) for key, value in row.numbers.items()},
        **{key: words.day(day) for key, day in row.days.items()},
        **row.answers,
    }
