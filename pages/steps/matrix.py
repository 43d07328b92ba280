"""Step 4: who stands out?"""

import streamlit as st

from kam.ui import evidence, standout
from kam.ui.frame import head, next_step, open_page

room = open_page("matrix")
with head(standout.title(room)):
    view = standout.choose_view()
    standout.lines(room)
    next_step(room, "split", "Agree this picture", agreed="Matrix agreed")
if not standout.enough(room):
    standout.ghost(room)
elif view == "Table":
    standout.table(room)
elif view == "Weights" or standout.picked(room):
    left, right = st.columns([880, 330], gap="medium")
    with left:
        standout.picture(room, standout.NARROW)
    with right:
        if view == "Weights":
            standout.weights(room)
        else:
            standout.drawer(room, evidence.case)
else:
    standout.picture(room, standout.WIDE)
