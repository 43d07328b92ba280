"""Step 3: how does each customer score? Bring them in, describe them, score them."""

import streamlit as st

from kam.ui import bring_in, customers
from kam.ui.frame import head, next_step, open_page

VIEWS = {
    "Scores": customers.scores,
    "One customer": customers.one,
    "Bring in": bring_in.bring_in,
}

room = open_page("customers")
with head(customers.title(room)):
    view = customers.choose_view(list(VIEWS), room)
    next_step(room, "matrix", "See the matrix")
VIEWS[view](room)
if view != "One customer":
    customers.add(room)
st.space("small")
