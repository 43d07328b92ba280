"""Step 6: what do we do with those who are not key?"""

import streamlit as st

from kam.ui.frame import head, open_page
from kam.ui.planning import bulk, editor, files, lines, rows

room = open_page("plans")
every = lines.lines(room)
with head(lines.title(every, lines.unclassed(room, every))):
    bulk.toggle(every)
    files.popover(room, every)
    rows.go_on(room, every)
if not every:
    rows.empty(room)
else:
    left, right = st.columns([7, 5], gap="large")
    with left:
        chosen = rows.choose(every)
        with st.container(gap=None):
            told = rows.without_class(room, every)
            rows.picture(room, every)
            rows.rows(room, chosen, shorter=told)
    with right:
        if bulk.opened():
            bulk.panel(room, every)
        else:
            editor.editor(room, chosen)
