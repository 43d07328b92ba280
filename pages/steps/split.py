"""Step 5: which key accounts are strategic, and do we have the room?"""

import streamlit as st

from kam.ui import split, split_case, split_questions
from kam.ui.frame import head, next_step, open_page

room = open_page("split")
scored = bool(room.assessment.scored_count)
view = split.CASES
with head(split.title(room)):
    if scored:
        view = split.choose_view()
        split.onward(room, view)
    else:
        next_step(room, "customers", "Score customers")
if not scored:
    split.empty()
elif view == split.QUESTIONS:
    split_questions.questions(room)
else:
    lists, case = st.columns([440, 740], gap="medium")
    with lists, st.container(gap="xsmall"):
        split.picture(room)
        split.lanes(room)
        split.ends(room)
        split.rule(room)
        split.marks()
        split.sanity(room)
    with case:
        split_case.case(room)
