"""What if we decided differently? A private copy that touches the workshop only when it is sent."""

import streamlit as st

from kam.ui import standout, what_if, what_if_drawer, what_if_scenarios, what_if_side
from kam.ui.frame import head, open_page

room = open_page("what-if")
copy = what_if.trial(room)
tried = what_if.as_room(room, copy)
with head("What if we decided differently?"):
    view = what_if.choose_view()
    what_if_scenarios.menu(room, [one.edit for one in copy.folded.taken])
    what_if.send_button(room, copy)
what_if.told(room, copy)
what_if.notices(room, copy)
if not standout.enough(room):
    standout.ghost(room)
elif view == "Side by side":
    sides = what_if_side.compared(room, what_if_side.choose(room), copy)
    what_if_side.pictures(sides)
    what_if_side.table(sides)
else:
    left, right = st.columns([820, 386], gap="small")
    with right:
        section = what_if_drawer.choose_section()
        with st.container(height=452, border=False):
            what_if_drawer.section(tried, section)
    with left:
        if section == "Years":
            what_if.years(tried)
        else:
            what_if.picture(tried)
