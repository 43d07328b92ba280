"""Step 5: which key accounts are strategic, and do we have the room?"""

import streamlit as st

from kam.ui import split
from kam.ui.frame import head, next_step, open_page

room = open_page("split")
with head(split.title(room)):
    next_step(room, "plans", "Agree the split", agreed="Split agreed")
if not room.assessment.scored_count:
    split.empty(room)
else:
    split.picture(room)
    split.rule(room)
    lists, case = st.columns([7, 5], gap="large")
    with lists:
        split.lanes(room)
        split.ask_first_list(room)
    with case:
        split.case(room)
