"""Three doors to bring in what a team has: a list of customers, an order ledger, scores."""

from kam.ui import parts
from kam.ui.frame import Room
from kam.ui.wizard import ledger, lists

DOORS = {
    "A list of customers": lists.customers,
    "An order ledger": ledger.ledger,
    "Scores": lists.scores,
}


def bring_in(room: Room) -> None:
    """The wizard behind the chosen door."""
    door = parts.choose_view(list(DOORS), next(iter(DOORS)), "bring_in_door")
    DOORS[door](room)
