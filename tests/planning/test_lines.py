"""Which plans there are, in which order, and what the title says."""

from datetime import timedelta

import pytest

from kam.edits import ChangeProfile, ClosePlan, MoveLine, SavePlans, SetPoints
from kam.model import Class, Outcome, Profile
from kam.ui.frame import Room
from kam.ui.planning import lines
from tests.apps import room
from tests.planning.opened import LOW, PLAN, saved
from tests.workshops import TODAY, after, by_hand, full, made, placed

YESTERDAY = TODAY - timedelta(1)


def title(open_room: Room) -> str:
    return lines.title(open_room, lines.lines(open_room))


def order(open_room: Room) -> list[str]:
    return [line.customer for line in lines.lines(open_room)]


def test_everybody_with_a_class_has_a_line_and_key_accounts_come_last() -> None:
    found = lines.lines(room(placed(LOW)))
    assert {line.customer: line.klass for line in found} == {
        "ash": Class.LOW_PRIORITY,
        "bay": Class.STRATEGIC,
        "cob": Class.KEY_STRATEGIC,
    }
    assert found[-1].customer == "cob"
    assert not any(line.saved for line in found)
    assert {line.customer for line in lines.others(found)} == {"ash", "bay"}


def test_what_is_overdue_comes_first_then_what_no_longer_fits() -> None:
    assert order(saved(deadline=YESTERDAY))[0] == "ash"
    assert order(saved(template="N1"))[0] == "ash"
    assert order(saved())[0] == "bay"
    strange = PLAN.model_copy(update={"customer": "bay"})
    late = PLAN.model_copy(update={"deadline": YESTERDAY})
    both = after(placed(LOW), SavePlans(plans={"bay": strange, "ash": late}))
    assert order(room(both))[:2] == ["ash", "bay"]


def test_the_title_counts_what_is_to_do() -> None:
    assert title(room(made())) == "What do we do with those who are not key?"
    assert title(room(placed(LOW))) == "2 customers need a plan; 2 drafts to accept"
    assert title(saved()) == "2 customers need a plan; 1 draft to accept"
    assert title(saved(deadline=YESTERDAY)) == "2 customers need a plan; 1 is overdue"
    assert title(saved(template="N1")) == "2 customers need a plan; 1 no longer fits"
    lone = room(after(placed({"ash": LOW["ash"]}), SavePlans(plans={"ash": PLAN})))
    assert title(lone) == "1 customer needs a plan; all have one"


def test_drafts_that_can_be_accepted_at_once_are_those_of_who_is_not_key() -> None:
    assert set(lines.to_accept(lines.lines(room(placed(LOW))))) == {"ash", "bay"}
    assert set(lines.to_accept(lines.lines(saved()))) == {"bay"}


@pytest.mark.parametrize(("days", "late"), [(0, False), (-1, True), (1, False)])
def test_a_deadline_of_today_has_not_passed(days: int, late: bool) -> None:  # noqa: FBT001 - a value of the table
    [line] = [one for one in lines.lines(saved(deadline=TODAY + timedelta(days))) if one.saved]
    assert (line.late, line.urgent) == (late, late)


def test_a_plan_that_has_ended_is_not_urgent() -> None:
    over = ClosePlan(customer="ash", outcome=Outcome(what="promoted", on=TODAY, by="Ines"))
    late = saved(deadline=YESTERDAY, template="N1").workshop
    [line] = [one for one in lines.lines(room(after(late, over))) if one.saved]
    assert not line.urgent
    assert line.gaps == line.wishes == ()


def test_a_saved_plan_stays_when_the_class_changes() -> None:
    before = saved()
    down = room(after(before.workshop, MoveLine(line="attractiveness", value=1.0)))
    [line] = [one for one in lines.lines(down) if one.customer == "ash"]
    assert (line.plan, line.saved, line.klass) == (PLAN, True, Class.STRATEGIC)
    assert not line.fits
    assert lines.drafts(down)["ash"].plan.template == "N1"


def test_drafts_are_kept_while_plans_are_edited_and_made_anew_when_scores_may_change_them() -> None:
    start = placed(LOW).model_copy(update={"id": "kept"})
    first = lines.drafts(room(start))
    planned = after(start, SavePlans(plans={"ash": PLAN}))
    assert lines.drafts(room(planned)) is first
    weighed = after(planned, SetPoints(points={"a": 3, "s": 1}))
    assert lines.drafts(room(weighed)) is not first
    owned = after(weighed, ChangeProfile(customer="ash", profile=Profile(owner="Otto")))
    assert lines.drafts(room(owned))["ash"].plan.owner == "Otto"


def test_drafts_of_many_workshops_are_not_all_kept() -> None:
    for number in range(lines.MOST_KEPT + 3):
        lines.drafts(room(placed(LOW).model_copy(update={"id": f"w{number}"})))
    assert len(lines._latest) == lines.MOST_KEPT


def test_plans_of_a_full_workshop_are_saved_ones_and_drafts() -> None:
    states = {line.customer: line.saved for line in lines.lines(room(full()))}
    assert states["bay"]
    assert not states["cob"]
    assert "dew" not in states
    assert len(lines.lines(room(by_hand()))) == 3
