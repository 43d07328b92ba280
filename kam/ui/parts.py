"""Parts that several pages use: pictures, gaps in orange, a customer's evidence."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from kam.charts.theme import Picture
from kam.ui import words


def picture(drawn: Picture, key: str, **options: Any) -> Any:  # noqa: ANN401 - Streamlit's own
    """A chart whose spec is constant and whose data changes, so that it never flashes.

    Measured on Streamlit 1.67: a changed `alt` draws a chart anew, like a changed spec; a picture
    that must glide is given constant words.
    """
    # Arrow tables go to the browser as they are; lists would become frames first
    tables = {name: pa.Table.from_pylist(rows) for name, rows in drawn.datasets.items()}
    with st.container(key=key):
        return st.vega_lite_chart(
            spec={**drawn.spec, "datasets": tables},
            theme=None,
            width="content",
            key=f"{key}_chart",
            **{"alt": drawn.alt, **options},
        )


def choose_view(views: Sequence[str], first: str, key: str) -> str:
    """Which view of a page this tab shows; kept while it moves between pages."""
    chosen = st.segmented_control(
        "Show",
        views,
        default=first,
        key=key,
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    return str(chosen or first)


def lacking(gaps: Sequence[str], key: str) -> None:
    """What is missing, as words in orange; nothing where nothing is."""
    if gaps:
        with st.container(key=key):
            st.markdown(words.plain(f"Missing: {', '.join(gaps)}"))
