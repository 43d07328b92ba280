"""Step 4: who stands out, and how sure is that?"""

import streamlit as st

from kam.ui import evidence, standout, sure
from kam.ui.frame import head, next_step, open_page

room = open_page("matrix")
view = standout.chosen_view()
with head(sure.title(room) if view == standout.SURE else standout.title(room)):
    view = standout.choose_view()
    if view != standout.SURE:
        standout.lines(room)
    next_step(room, "split", "Agree this picture", agreed="Matrix agreed")
if not standout.enough(room):
    standout.ghost(room)
elif view == "Table":
    standout.table(room)
elif view != "Picture" or standout.picked(room):
    left, right = st.columns([880, 330], gap="medium")
    with left:
        if view == standout.SURE:
            sure.views(room)
        else:
            standout.picture(room, standout.NARROW)
            standout.change_link(room)
    with right:
        if view == "Picture":
            standout.drawer(room, evidence.case)
        else:
            standout.weights(room)
else:
    standout.picture(room, standout.WIDE)
    standout.change_link(room)
