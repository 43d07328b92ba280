"""Step 1: what should key accounts do for us, and how many can we serve?"""

import streamlit as st

from kam.ui import objectives
from kam.ui.frame import head, next_step, open_page

room = open_page("objectives")
with head("What should key accounts do for us?"):
    objectives.add(room)
    next_step(room, "criteria", "Agree the objectives", agreed="Objectives agreed")
left, right = st.columns([7, 5], gap="large")
with left:
    objectives.cards(room)
with right:
    objectives.capacity(room)
