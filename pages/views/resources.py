"""Resources: hours in line with potential, return on capital, exits, and what hours win."""

from kam.ui import best_hours, exits, hours_policy, resources, returns, state
from kam.ui.frame import head, open_page

VIEWS = {
    resources.HOURS: (resources.title, resources.hours),
    resources.RETURN: (returns.title, returns.returns),
    resources.EXITS: (exits.title, exits.changes),
    resources.FRONTIER: (best_hours.title, best_hours.best),
}

room = open_page("resources")
title, _ = VIEWS[state.widget(resources.VIEW) or resources.HOURS]
with head(title(room)):
    view = resources.choose_view()
    hours_policy.policy(room)
if room.workshop.customers:
    VIEWS[view][1](room)
else:
    resources.empty(room)
