"""Step 7: what did we decide?"""

import streamlit as st

from kam.ui import share
from kam.ui.frame import head, open_page

room = open_page("share")
found = share.found(room)
with head(share.title(found)):
    share.agree_button(room)
    share.downloads(room)
left, right = st.columns([590, 560], gap="large")
with left:
    share.picture(room)
with right:
    share.sentences(found)
share.record(room)
