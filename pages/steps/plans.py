"""Step 6: what do we do with those who are not key?"""

import streamlit as st

from kam.ui.frame import head, next_step, open_page
from kam.ui.planning import bulk, editor, files, lines, rows

room = open_page("plans")
every = lines.lines(room)
with head(lines.title(room, every)):
    rows.accept_all(room, every)
    bulk.toggle(every)
    next_step(room, "share", "Save the plans", agreed="Plans agreed")
if not room.assessment.scored_count:
    rows.empty(room)
else:
    left, right = st.columns([7, 5], gap="large")
    with left:
        rows.picture(room, every)
        rows.rows(room, every)
        with st.container(horizontal=True):
            files.deadlines_file(room)
            files.actions_file(room)
    with right:
        if bulk.opened():
            bulk.panel(room, every)
        else:
            editor.editor(room, every)
