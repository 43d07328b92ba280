"""Three doors to bring in what a team has: a list of customers, an order ledger, scores."""

from kam.ui import parts
from kam.ui.frame import Room
from kam.ui.wizard import doors, ledger, lists

DOORS = {
    doors.LIST: lists.customers,
    doors.LEDGER: ledger.ledger,
    "Scores": lists.scores,
}


def bring_in(room: Room) -> None:
    """The wizard behind the chosen door."""
    door = parts.choose_view(list(DOORS), next(iter(DOORS)), doors.CHOSEN)
    DOORS[door](room)
