"""Step 2: what makes a customer attractive, and where are we strong in its eyes?"""

import streamlit as st

from kam.ui import criteria, in_common, new_criterion, review, votes
from kam.ui.frame import head, next_step, open_page

QUESTION = "What makes a customer attractive? Where are we strong?"
VIEWS = {
    "Points": criteria.weights,
    "Votes": votes.votes,
    new_criterion.ONE: criteria.one,
    "Review": review.remarks,
    "In common": in_common.in_common,
}
TITLES = {"Votes": votes.title, "Review": review.title, "In common": in_common.title}

room = open_page("criteria")
with st.container(gap="xsmall" if room.workshop.criteria else "small"):
    top = st.container()
    view = criteria.choose_view(list(VIEWS)) if room.workshop.criteria else ""
    with top, head(TITLES[view](room) if view in TITLES else QUESTION):
        if view != "Votes":  # its title is a whole sentence
            new_criterion.add(room)
        next_step(room, "customers", "Agree the criteria", agreed="Criteria and weights agreed")
    if view:
        VIEWS[view](room)
    else:
        new_criterion.empty(room)
