"""Step 6: what do we do with those who are not key?"""

import streamlit as st

from kam.ui import plans
from kam.ui.frame import head, next_step, open_page

room = open_page("plans")
every = plans.lines(room)
with head(plans.title(room, every)):
    plans.accept_all(room, every)
    next_step(room, "share", "Save the plans", agreed="Plans agreed")
if not room.assessment.scored_count:
    plans.empty(room)
else:
    plans.picture(room, every)
    rows, editor = st.columns([7, 5], gap="large")
    with rows:
        plans.rows(room, every)
    with editor:
        plans.editor(room, every)
