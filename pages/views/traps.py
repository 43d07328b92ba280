"""Traps: are the key accounts chosen, or only large, famous, loud or friends?"""

from kam.ui import gut, standout, traps
from kam.ui.frame import head, open_page

room = open_page("traps")
found = traps.findings(room)
with head(traps.title(room, found)):
    view = traps.choose_view()
    traps.figures(room)
if view == "Gut lists":
    gut.lists(room)
elif not standout.enough(room):
    traps.empty(room)
elif view == "Interests":
    traps.conflicts(room)
else:
    traps.rows(room, found)
