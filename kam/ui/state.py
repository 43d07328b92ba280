"""What belongs to one browser tab. The one module that touches `st.session_state`.

The workshop itself never lives here: a refresh, another tab or a restart finds it in the store.
"""

from typing import Any

import streamlit as st

_WORKSHOP = "w"  # the query parameter that names the open workshop


def workshop_id() -> str | None:
    """The id of the workshop that this tab has open, from the address."""
    return st.query_params.get(_WORKSHOP)


def address(workshop: str) -> dict[str, str]:
    """The query parameters that open a workshop."""
    return {_WORKSHOP: workshop}


def seed(key: str, value: Any) -> None:  # noqa: ANN401 - widgets take any type
    """Give a widget the value that the truth has; called before the widget at every run."""
    st.session_state[key] = value


def widget(key: str) -> Any:  # noqa: ANN401 - the same
    """What a widget holds now."""
    return st.session_state.get(key)


def forget(key: str) -> None:
    """Drop what the tab remembers under a key."""
    st.session_state.pop(key, None)


def remember(name: str, value: Any) -> None:  # noqa: ANN401 - a tab may remember anything
    """Keep something for this tab: which customer is open, where labels stood."""
    st.session_state[f"tab:{name}"] = value


def recall(name: str, default: Any = None) -> Any:  # noqa: ANN401 - the same
    """What the tab remembers under a name."""
    return st.session_state.get(f"tab:{name}", default)


def forget_all(beginning: str) -> None:
    """Drop everything that this tab remembers under names that begin so."""
    for key in [k for k in st.session_state if str(k).startswith(f"tab:{beginning}")]:
        forget(str(key))


def saw(workshop: str, revision: int) -> None:
    """Note the revision that this tab shows; edits are made against it."""
    remember(f"seen:{workshop}", revision)


def seen(workshop: str) -> int | None:
    """The revision that this tab showed last."""
    found = recall(f"seen:{workshop}")
    return None if found is None else int(found)


def tell(message: str, kind: str = "error") -> None:
    """Leave a message for the top of the next page that this tab shows."""
    remember("message", (kind, message))


def told() -> tuple[str, str] | None:
    """The message that was left, once: kind and text."""
    found: tuple[str, str] | None = recall("message")
    forget("tab:message")
    return found
