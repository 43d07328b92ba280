"""Widgets that never own a value: seeded from the truth at every run, writing back an edit.

Measured on Streamlit 1.67: `value=truth` without a key, and the documented pattern for shared
state, both lose edits; seeding the key at every run keeps all of them through edits, page
changes, undo and loading.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from pydantic import ValidationError

from kam.edits import Edit
from kam.errors import KeyroomError
from kam.ui import frame, state
from kam.validated import complaint

# Without ends of its own, a date box takes ten years either way and shows other dates as empty.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)  # as an objective's year

ToEdit = Callable[[Any], Edit | None]
Write = Callable[[str, Edit], object]


@dataclass(frozen=True)
class Field:
    """One thing of a workshop that a widget shows and changes.

    Attributes:
        workshop: the workshop's id.
        key: the widget's key, unique on the page.
        value: what the truth holds.
        edit: from the widget's new value to an edit; `None` changes nothing.
        write: where the edit goes instead of into the store: a private copy.
    """

    workshop: str
    key: str
    value: Any
    edit: ToEdit
    write: Write | None = None

    def seeded(self) -> dict[str, Any]:
        """Key and callback for the widget, after giving it the truth."""
        state.seed(self.key, self.value)
        return {"key": self.key, "on_change": written, "args": (self,)}


def written(field: Field) -> None:
    """Write what a widget holds now."""
    try:
        edit = field.edit(state.widget(field.key))
    except KeyroomError as error:
        state.tell(str(error))
        return
    except ValidationError as error:  # a value that no edit can hold
        state.tell(complaint(error))
        return
    if edit is not None:
        (field.write or frame.write)(field.workshop, edit)


def text(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401 - Streamlit's own
    """A line of text; written when the person leaves it."""
    st.text_input(label, **field.seeded(), **options)


def paragraph(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401
    """Several lines of text; written when the person leaves them."""
    st.text_area(label, **field.seeded(), **{"height": 76, **options})


def number(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401
    """A number that may be unknown (empty)."""
    st.number_input(label, value=None, **field.seeded(), **options)


def choice(label: str, options: Sequence[Any], field: Field, **more: Any) -> None:  # noqa: ANN401
    """One of several options."""
    st.selectbox(label, options, **field.seeded(), **more)


def choices(label: str, options: Sequence[Any], field: Field, **more: Any) -> None:  # noqa: ANN401
    """Any of several options."""
    st.multiselect(label, options, **field.seeded(), **more)


def tick(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401
    """Yes or no."""
    st.checkbox(label, **field.seeded(), **options)


def segments(label: str, options: Sequence[Any], field: Field, **more: Any) -> None:  # noqa: ANN401
    """One of a few options, all visible."""
    st.segmented_control(label, options, **field.seeded(), **{"required": True, **more})


def day(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401
    """A date that may be open."""
    st.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        **field.seeded(),
        **options,
    )


def slider(label: str, field: Field, **options: Any) -> None:  # noqa: ANN401
    """A number within fixed ends; written when the person lets go."""
    st.slider(label, **field.seeded(), **options)
