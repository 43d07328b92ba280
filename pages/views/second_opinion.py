"""Second opinion: would another method, or the order of the criteria alone, choose the same?"""

import streamlit as st

from kam.ui import second_opinion
from kam.ui.frame import head, open_page

VIEWS = {
    "Methods": second_opinion.methods,
    "Levels": second_opinion.levels,
    "Weights": second_opinion.weights,
}

room = open_page("second_opinion")
if not second_opinion.enough(room):
    head(second_opinion.QUESTION)
    second_opinion.empty(room)
else:
    with st.container(gap="xsmall"):
        top = st.container()
        view = second_opinion.choose_view(list(VIEWS))
        with top:
            head(second_opinion.title(room, view))
        second_opinion.stays()
    VIEWS[view](room)
