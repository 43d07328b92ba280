"""Step 3: how does each customer score? Bring them in, describe them, score them."""

import streamlit as st

from kam.ui import bring_in, customers, customers_head, groups, narrow, score_votes
from kam.ui.frame import head, open_page

VIEWS = {
    "Scores": customers.scores,
    "Votes": score_votes.votes,
    "One customer": customers.one,
    "Long list": narrow.narrow,
    "Bring in": bring_in.bring_in,
}

ADDING = {"Scores", "One customer", "Long list"}  # views in which one may be added by hand

room = open_page("customers")
with head(customers_head.title(room, customers_head.view(list(VIEWS), room))):
    view = customers_head.choose_view(list(VIEWS), room)
    customers_head.go_on(room, view)
VIEWS[view](room)
if view in ADDING:
    with st.container(horizontal=True):
        customers.add(room)
        groups.groups(room)
st.space("small")
