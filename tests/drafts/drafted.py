"""A customer's draft, and what is done in it."""

from datetime import date

from kam.method.assessment import assess
from kam.method.plans import proposal
from kam.model import Capacity, Plan, Workshop
from tests.workshops import TODAY

IN_A_YEAR = date(2027, 3, 2)
HOURS = Capacity(people=1, hours_per_person=1600, hours_strategic=400, hours_core=160)


def plan(workshop: Workshop, who: str = "ash", today: date = TODAY) -> Plan:
    """The draft for a customer that must have one."""
    drafted = proposal(assess(workshop), who, today)
    assert drafted is not None
    return drafted


def actions(drafted: Plan, today: date = TODAY) -> list[tuple[str, int]]:
    """What happens, and after how many days."""
    return [(a.text, ((a.due or today) - today).days) for a in drafted.actions]
