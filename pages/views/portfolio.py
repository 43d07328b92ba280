"""The whole portfolio: each class and its treatment, concentration, year three, what is at risk."""

from kam.ui import loss_risk, portfolio
from kam.ui.frame import head, open_page

room = open_page("portfolio")
with head(portfolio.title(room)):
    view = portfolio.choose_view()
if view == portfolio.HOLDINGS and room.workshop.customers:
    portfolio.concentration(room)
elif not room.assessment.scored_count:
    portfolio.empty(room)
elif view == portfolio.RISK:
    loss_risk.at_risk(room)
elif view == portfolio.YEARS:
    portfolio.years(room)
else:
    portfolio.treated(room)
