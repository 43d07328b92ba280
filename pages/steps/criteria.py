"""Step 2: what makes a customer attractive, and where are we strong in its eyes?"""

import streamlit as st

from kam.ui import criteria
from kam.ui.frame import head, next_step, open_page

room = open_page("criteria")
with head("What makes a customer attractive? Where are we strong?"):
    criteria.add(room)
    next_step(room, "customers", "Agree the criteria", agreed="Criteria and weights agreed")
if room.workshop.criteria:
    left, right = st.columns([7, 5], gap="large")
    with right:
        view = criteria.choose_view()
    if view == "Points":
        with left:
            criteria.weights_picture(room)
            criteria.remarks(room)
        with right:
            criteria.points(room)
    else:
        with left:
            criterion = criteria.choose(room)
            criteria.definition(room, criterion)
        with right:
            criteria.measure(room, criterion)
else:
    criteria.empty(room)
