"""Step 6 with a group: a parent and two subsidiaries, of which one is a key account."""

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, PutCriterion, SavePlans
from kam.model import Customer, Favours, Plan, Profile
from kam.ui import rooms
from tests.apps import page, shown, stored
from tests.workshops import A, S, criterion, scores

LATER = date.today() + timedelta(days=300)  # noqa: DTZ011 - the pages read the room's own day
PARENTS = {"par": "", "key": "PAR Holding AG", "low": " par  holding"}
NAMES = {"par": "Par Holding AG", "key": "Kay", "low": "Lowe"}
EXIT = Plan(customer="low", template="L3", goal="Lowe goes", owner="Ines", deadline=LATER)


def group(key_account: float = 9.0) -> str:
    """The id of a workshop with Par at the bottom, Kay as placed, and Lowe at the bottom."""
    people = {
        key: Customer(
            id=key,
            name=NAMES[key],
            profile=Profile(parent=parent, revenue=1e6, favours_us=Favours.YES),
        )
        for key, parent in PARENTS.items()
    }
    return stored(
        PutCriterion(criterion=criterion("a", A)),
        PutCriterion(criterion=criterion("s", S)),
        BringIn(origin="a test", customers=people),
        scores(("a", "s"), {"par": (1, 1), "key": (key_account, key_account), "low": (1, 1)}),
    )


def opened(workshop: str, customer: str) -> AppTest:
    """The plans page with one customer's plan open."""
    return page("plans", workshop).selectbox(key="customer_choice").set_value(customer).run()


def test_neither_parent_nor_sister_of_a_key_account_is_let_go() -> None:
    workshop = group()
    text = shown(page("plans", workshop))
    assert "Lowe is served at low cost" in text
    assert "Par Holding AG is served at low cost" in text
    assert "We let" not in text
    for customer in ("par", "low"):
        told = shown(opened(workshop, customer))
        assert "Kay, of the same group, is a key account: do not end the business." in told


def test_without_a_key_account_in_the_group_both_may_go() -> None:
    workshop = group(key_account=1.0)
    text = shown(page("plans", workshop))
    assert "We let Lowe go step by step" in text
    assert "No other company of its group is a key account." in shown(opened(workshop, "low"))


def test_a_saved_exit_is_checked_again_once_its_sister_is_key() -> None:
    """Saved while nobody of the group was key; then Kay's scores rise."""
    workshop = group(key_account=1.0)
    rooms.store().write(workshop, SavePlans(plans={"low": EXIT}))
    rooms.store().write(workshop, scores(("a", "s"), {"key": (9, 9)}))
    tab = opened(workshop, "low")
    assert "Kay, of the same group, is a key account: do not end the business" in shown(tab)
    [row] = [line.value for line in tab.markdown if line.value.startswith("Lowe goes")]
    orange = row.replace("\\", "").partition(":orange[")[2]
    assert "Kay, of the same group, is a key account" in orange
