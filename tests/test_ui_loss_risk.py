"""Of `kam.ui.loss_risk`: a row of the grid, and the edit of a contract's end."""

from datetime import date
from pathlib import Path

from kam.edits import ChangeEconomics, Edit
from kam.method.loss_risk import Sign, risks
from kam.model import Class
from kam.ui import loss_risk, rooms
from kam.ui.frame import Room
from tests.apps import own_home, present, room, scored, stored
from tests.workshops import TODAY, placed

UNTIL = date(2027, 6, 30)


def test_a_row_tells_each_sign_with_what_was_found() -> None:
    open_room = room(placed({"ash": (9.0, 8.0)}, revenue=1_200_000))
    [found] = risks(open_room.assessment, TODAY)
    row = loss_risk._row(open_room, found)
    assert (row.name, row.klass, row.revenue) == ("Ash", Class.KEY_STRATEGIC, "EUR 1.2 m")
    assert len(row.signs) == len(row.tips) == len(Sign)
    assert row.tips[list(Sign).index(Sign.FAVOUR)] == "It would favour us as a key supplier."


def test_a_new_end_of_the_contract_keeps_what_was_changed_meanwhile(tmp_path: Path) -> None:
    with own_home(tmp_path):
        edit = _edit_after_another()
    assert isinstance(edit, ChangeEconomics)
    assert (edit.economics.hours, edit.economics.contract_until) == (300, UNTIL)


def _edit_after_another() -> Edit | None:
    """A new end of the contract, after somebody else wrote down the hours."""
    workshop = stored(*scored([("Ash", (9.0, 8.0))]))
    history = rooms.store().history(workshop)
    shown = Room(history, rooms.assessed(history), TODAY)
    field = loss_risk._contract(shown, "c0")
    hours = present(workshop).customers["c0"].economics.model_copy(update={"hours": 300})
    rooms.store().write(workshop, ChangeEconomics(customer="c0", economics=hours))
    return field.edit(UNTIL)
