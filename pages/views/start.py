"""Start: open the example, start with your customers, continue a workshop."""

import streamlit as st

from kam.ui import welcome
from kam.ui.frame import message
from kam.ui.look import dress

dress()
message()
with st.container(key="welcome"):
    st.title("Which customers should be key accounts?", anchor=False)
    st.markdown(
        "Agree what matters, score the customers, and see who stands out. "
        "A first session takes about two hours."
    )
example, own, earlier = st.columns(3)
with example:
    welcome.example_card()
with own:
    welcome.new_card()
with earlier:
    welcome.earlier_card()
welcome.shelf()
