"""Who moved, and why? Two states of the workshop beside each other, and the next review."""

import streamlit as st

from kam.ui import review_states
from kam.ui import review_years as review
from kam.ui.frame import head, open_page

room = open_page("review")
now = review_states.chosen(room)
with head(review.title(now)):
    review.begin(room)
if now is None:
    review.empty()
else:
    with st.container(horizontal=True, vertical_alignment="center"):
        view = review.choose_view()
        st.space("stretch")
        review_states.choose(room, now)
    if view == review.PLANS:
        review.plans(room, now)
    elif view == review.ONE:
        review.one_customer(room, now)
    else:
        left, right = st.columns([640, 560], gap="medium")
        with left:
            review.picture(now)
        with right:
            review.sentences(room, now)
