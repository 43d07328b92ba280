"""The head of the customers page: which view this tab shows, and a title that says what is next."""

from collections.abc import Sequence

import streamlit as st

from kam.method.left_out import FEWEST, MOST
from kam.ui import parts, state, words
from kam.ui.frame import PAGES, Room

BRING_IN = "Bring in"
WIDE, HIGH = 149, 40  # px: of the button that leads there, whose place stays free once it has


def title(room: Room, view: str = "Scores") -> str:
    """What comes next in a view, or how far it is; the page's question without customers."""
    total = len(room.assessment.standings)
    if not total:
        return "Which customers do we look at?"
    if view == BRING_IN:
        return f"{words.count(total, 'customer is', 'customers are')} here; bring in more"
    if view == "One customer":
        return "What do we know of each customer?"
    return _title_of_list(room, total) if view == "Long list" else _title_of_scores(room)


def _title_of_list(room: Room, total: int) -> str:
    judged = len(room.assessment.judged)
    if judged < total:
        return f"{judged:,} of {total:,} customers {'is' if judged == 1 else 'are'} judged"
    if total > MOST:
        return f"Whom of {total:,} customers do we judge?"
    return f"All {total:,} customers are judged" if total > 1 else "One customer is judged"


def _title_of_scores(room: Room) -> str:
    """What must come first, then how many still need scores."""
    judged = room.assessment.judged
    unknown = sum(not standing.known for standing in judged.values())
    if not unknown:
        return f"All {len(judged):,} customers are scored"
    if not room.assessment.valued.criteria:
        return "Complete the criteria, then score"
    if len(judged) > MOST and room.workshop.long_list is None:
        return f"Choose a long list out of {len(judged):,} customers"
    verb = "needs" if unknown == 1 else "need"
    return f"{unknown:,} of {len(judged):,} customers still {verb} scores"


def go_on(room: Room, shown: str) -> None:
    """The button for what comes next; filled unless the view has a filled button of its own.

    Args:
        room: the open workshop.
        shown: the view that this tab shows.
    """
    following, label = _following(room)
    if following == BRING_IN == shown:
        with st.container(width=WIDE):
            st.space(HIGH)
        return
    pressed = st.button(
        label,
        type="secondary" if _has_its_own(room, shown) else "primary",
        key="next_step",
        on_click=_bring_in if following == BRING_IN else None,
    )
    if pressed and following != BRING_IN:
        st.switch_page(PAGES[following], query_params=room.address)


def _has_its_own(room: Room, shown: str) -> bool:
    """Whether a view has a filled button of its own, for what it is there for."""
    if shown == "Long list":
        return len(room.assessment.standings) > FEWEST
    return shown == BRING_IN


def _following(room: Room) -> tuple[str, str]:
    """The view or step that comes next, and what its button says."""
    if not room.workshop.customers:
        return BRING_IN, "Bring in customers"
    if not room.assessment.valued.criteria:
        return "criteria", "Complete the criteria"
    return "matrix", "See the matrix"


def _bring_in() -> None:
    """Show the view that brings customers in; without customers it is the first one."""
    state.seed(_view_key(BRING_IN), BRING_IN)


def choose_view(views: Sequence[str], room: Room) -> str:
    """Scores, one customer, or bring in; begins with the last until there is what to score."""
    first = _first_view(views, room)
    return parts.choose_view(views, first, _view_key(first))


def view(views: Sequence[str], room: Room) -> str:
    """The view that `choose_view` is going to show, for the title above it."""
    first = _first_view(views, room)
    return str(state.widget(_view_key(first)) or first)


def _first_view(views: Sequence[str], room: Room) -> str:
    ready = room.workshop.customers and room.assessment.valued.criteria
    return views[0] if ready else views[-1]


def _view_key(first: str) -> str:
    return f"customers_view_{first}"
