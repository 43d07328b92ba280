"""Of `kam.ui.loss_risk`: a row of the grid, and the edit of a contract's end."""

from datetime import date, timedelta
from pathlib import Path

from kam.edits import BringIn, ChangeEconomics, Edit, MarkRevision
from kam.method.loss_risk import risks
from kam.method.warning_signs import Sign
from kam.model import Class, Customer, Profile
from kam.ui import loss_risk, rooms
from kam.ui.frame import Room
from tests.apps import own_home, present, room, room_after, scored, stored
from tests.workshops import TODAY, placed

UNTIL = date(2027, 6, 30)


def test_a_row_tells_each_sign_with_what_was_found() -> None:
    open_room = room(placed({"ash": (9.0, 8.0)}, revenue=1_200_000, margin_pct=50))
    [found] = risks(open_room.assessment, TODAY)
    row = loss_risk._row(open_room, found)
    assert (row.name, row.klass, row.money) == ("Ash", Class.KEY_STRATEGIC, "EUR 600 k")
    assert len(row.signs) == len(row.tips) == len(Sign)
    assert row.tips[list(Sign).index(Sign.FAVOUR)] == "It would favour us as a key supplier."


def at_risk(**facts: float) -> Room:
    """One key account with a rival ahead of us."""
    ash = Customer(
        id="c0", name="Ash", profile=Profile(revenue=1e6, margin_pct=30), facts={**facts}
    )
    return room_after(*scored([("Ash", (9.0, 8.0))]), BringIn(origin="x", customers={"c0": ash}))


def test_the_title_is_the_contribution_that_shows_signs() -> None:
    found = loss_risk.title(at_risk(perf_gap_pts=-1.0))
    assert found == "EUR 300 k of contribution with key accounts shows signs of risk"
    calm = loss_risk.title(at_risk(perf_gap_pts=1.0))
    assert calm == "No warning sign; of 1 key account we know too little"


def test_where_no_contribution_is_known_accounts_are_counted() -> None:
    ash = Customer(id="c0", name="Ash", facts={"perf_gap_pts": -1.0})
    unknown = room_after(*scored([("Ash", (9.0, 8.0))]), BringIn(origin="x", customers={"c0": ash}))
    assert loss_risk.title(unknown) == "1 of 1 key accounts shows a warning sign"


def test_the_share_is_compared_with_the_last_review() -> None:
    def share(level: float) -> BringIn:
        ash = Customer(id="c0", name="Ash", facts={"share_of_wallet_pct": level})
        return BringIn(origin="x", customers={"c0": ash})

    last_year = MarkRevision(name="Last year", on=TODAY - timedelta(days=365))
    open_room = room_after(*scored([("Ash", (9.0, 8.0))]), share(30.0), last_year, share(20.0))
    [found] = loss_risk.found_in(open_room)
    assert found.checked[1].words.startswith("Our share of its spend fell by 10 percentage points")


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
