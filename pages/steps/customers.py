"""Step 3: how does each customer score? Bring them in, describe them, score them."""

import streamlit as st

from kam.ui import bring_in, customers, customers_head, groups, narrow, score_votes
from kam.ui.frame import head, next_step, open_page

VIEWS = {
    "Scores": customers.scores,
    "Votes": score_votes.votes,
    "One customer": customers.one,
    "Long list": narrow.narrow,
    "Bring in": bring_in.bring_in,
}

OWN_BUTTON = {"Long list", "Bring in"}  # views with a filled button of their own

room = open_page("customers")
with head(customers_head.title(room, customers_head.view(list(VIEWS), room))):
    view = customers_head.choose_view(list(VIEWS), room)
    if view not in OWN_BUTTON:
        next_step(room, "matrix", "See the matrix")
VIEWS[view](room)
if view in {"Scores", "Long list"}:
    with st.container(horizontal=True):
        customers.add(room)
        groups.groups(room)
st.space("small")
