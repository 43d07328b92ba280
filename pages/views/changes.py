"""What would change it? The meeting's agenda, one customer at a time; and why A and not B."""

import streamlit as st

from kam.ui import changes
from kam.ui.frame import head, open_page

room = open_page("changes")
with head(changes.title(room)):
    view = changes.choose_view()
    changes.matrix_link(room)
if not room.assessment.scored_count:
    changes.empty(room)
elif view == changes.PAIR:
    changes.pair(room)
else:
    left, right = st.columns([390, 820], gap="medium")
    with left:
        changes.agenda(room)
    with right:
        changes.case(room)
