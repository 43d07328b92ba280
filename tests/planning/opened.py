"""The plans page without a browser, and plans to put on it."""

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from kam.edits import ClosePlan, SavePlans
from kam.model import Action, Extension, Outcome, Plan
from kam.ui.frame import Room
from tests.apps import page, present, room, scored, stored
from tests.workshops import TODAY, after, placed

LONG_AGO = date.today() - timedelta(days=40)  # noqa: DTZ011 - the pages read the room's own day
LOW = {"ash": (2.0, 2.0), "bay": (8.0, 2.0), "cob": (9.0, 9.0)}
PLAN = Plan(
    customer="ash",
    template="L2",
    goal="Serve at low cost",
    owner="Ines",
    start=TODAY,
    deadline=TODAY + timedelta(90),
    exit_trigger="Managed exit",
    ceiling_cost=50.0,
    actions=(Action(text="Call", owner="Ines"), Action(text="Write")),
)
MOVED = Extension(before=LONG_AGO - timedelta(days=9), by="Otto", reason="A strike.")


def saved(**changes: object) -> Room:
    """What the page reads when Ash has a plan with these changes."""
    plan = PLAN.model_copy(update=changes)
    return room(after(placed(LOW), SavePlans(plans={"ash": plan})))


def planned(**changes: object) -> str:
    """The id of a stored workshop in which Ash, of low priority, has a plan with these changes."""
    plan = PLAN.model_copy(update={"customer": "c0", **changes})
    return stored(*scored([("Ash", (2.0, 2.0))]), SavePlans(plans={"c0": plan}))


def plan_of(workshop: str, customer: str = "c0") -> Plan:
    """A customer's plan as the store has it now."""
    return present(workshop).plans[customer]


def edited(workshop: str, customer: str = "c0", kind: str = "") -> AppTest:
    """The page with one customer's plan open, of the kind that is shown first or another."""
    tab = page("plans", workshop)
    if kind:
        tab.segmented_control(key="plans_kind_choice").set_value(kind).run()
    return tab.selectbox(key="customer_choice").set_value(customer).run()


def over(plan: Plan, what: str = "exited", customer: str = "c0") -> ClosePlan:
    """The edit that ends a plan."""
    outcome = Outcome.model_validate({"what": what, "on": TODAY, "by": "Otto", "reason": plan.goal})
    return ClosePlan(customer=customer, outcome=outcome)


def labels_of(tab: AppTest) -> set[str]:
    """The keys of all buttons on the page."""
    return {str(button.key) for button in tab.button}
