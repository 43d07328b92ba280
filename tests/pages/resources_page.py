"""The page on resources without a browser: opened in one of its views, with small workshops."""

from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, ChangeEconomics, Edit, SetCapacity, SetHoursPolicy, SetPoints
from kam.model import Capacity, Class, Economics, HoursPolicy, Profile
from kam.ui.frame import VIEWS
from kam.validated import changed
from tests.apps import scored, start
from tests.workshops import customer

PATH = VIEWS["resources"][0]
PROFILE = Profile(revenue=1000, margin_pct=40, cost_to_serve=100, capital_employed=500)
ECONOMICS = Economics(
    hours=80, gain=200, gain_probability_pct=50, added_capital=150, one_off=50,
    avoidable_pct=60, avoidable_overhead=100,
)  # fmt: skip
POLICY = HoursPolicy(
    hurdle_pct=20,
    floors={Class.KEY_CORE: 100},
    caps={Class.KEY_CORE: 900, Class.LOW_PRIORITY: 60},
)


def opened(workshop: str = "", view: str = "Hours") -> AppTest:
    """The page in a fresh tab, in one of its views."""
    tab = start()
    if workshop:
        tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    if workshop and view != "Hours":
        tab = tab.segmented_control(key="resources_view").set_value(view).run()
    return tab


def two(**bay: object) -> list[Edit]:
    """Ash is key and bay has low priority; 500 hours a year. Keywords change bay's economics."""
    edits = scored([("Ash", (8.0, 8.0)), ("Bay", (2.0, 2.0))])
    people = {
        "c0": changed(customer("c0"), name="Ash", profile=PROFILE, economics=ECONOMICS),
        "c1": changed(customer("c1"), name="Bay", profile=PROFILE),
    }
    hours = changed(ECONOMICS, **{"hours": 300, **bay})
    return [
        *edits,
        SetPoints(points={"a": 1, "s": 1}),
        BringIn(origin="a list", customers=people),
        ChangeEconomics(customer="c1", economics=hours),
        SetCapacity(capacity=Capacity(people=1, hours_per_person=500, hours_core=200)),
        SetHoursPolicy(policy=POLICY),
    ]
