"""Plans for many customers in one step, with exceptions."""

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from kam.edits import ChooseLongList, MoveLine, SetCapacity
from kam.method.plans import LOOK
from kam.model import Capacity, LongList
from kam.store import Store
from kam.ui import rooms
from kam.ui.planning import bulk, lines
from kam.validated import changed
from tests.apps import page, present, room, scored, shown, stored
from tests.planning.opened import LOW, PLAN, labels_of, over, saved
from tests.workshops import TODAY, after, placed

TEAM = [("Ash", (1.0, 1.0)), ("Bay", (3.0, 2.0)), ("Cob", (1.0, 8.0)), ("Dew", (8.0, 2.0))]


def opened(workshop: str) -> AppTest:
    """The page with the panel open."""
    return page("plans", workshop).button(key="bulk_open").click().run()


def choosing(workshop: str, what: str) -> AppTest:
    """The same with one choice made."""
    return opened(workshop).selectbox(key="bulk_whom").set_value(what).run()


def accepted(workshop: str) -> None:
    """Every draft is saved as it stands."""
    opened(workshop).button(key="bulk_save").click().run()


def entries(workshop: str) -> int:
    store: Store = rooms.store()
    return store.history(workshop).revision


def test_what_can_be_saved_at_once_are_the_drafts_of_who_is_not_key() -> None:
    assert bulk.choices(lines.lines(room(placed(LOW)))) == {
        bulk.ALL: ["bay", "ash"],
        bulk.LOW_COST: ["ash"],
        "N1": ["bay"],
        "L3": ["ash"],
    }
    assert bulk.choices(lines.lines(saved())) == {bulk.ALL: ["bay"], "N1": ["bay"]}


def test_all_low_priority_is_served_at_low_cost_in_one_step_that_undo_takes_back() -> None:
    workshop = stored(*scored(TEAM))
    before = entries(workshop)
    tab = choosing(workshop, bulk.LOW_COST)
    tab.button(key="bulk_save").click().run()
    plans = present(workshop).plans
    assert {key: plan.template for key, plan in plans.items()} == dict.fromkeys(
        ("c0", "c1", "c2"), "L2"
    )
    assert entries(workshop) == before + 1
    assert "bulk_save" not in labels_of(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).plans == {}


def test_exceptions_keep_their_own_drafts() -> None:
    workshop = stored(*scored(TEAM))
    tab = choosing(workshop, bulk.LOW_COST)
    tab.multiselect(key="bulk_except").set_value(["c1"]).run()
    assert tab.button(key="bulk_save").label == "Save 2 plans"
    tab.button(key="bulk_save").click().run()
    assert set(present(workshop).plans) == {"c0", "c2"}
    assert "2 drafts to accept" in shown(tab)


def test_owner_deadline_and_ceiling_hold_for_all_of_them() -> None:
    workshop = stored(*scored(TEAM))
    tab = opened(workshop)
    tab.text_input(key="bulk_owner").set_value("Otto")
    tab.date_input(key="bulk_deadline").set_value(date(2028, 2, 29))
    tab.number_input(key="bulk_cost").set_value(500.0)
    shown(tab.button(key="bulk_save").click().run())
    plans = present(workshop).plans.values()
    assert {(one.owner, one.deadline, one.ceiling_cost) for one in plans} == {
        ("Otto", date(2028, 2, 29), 500.0)
    }


def test_no_action_is_due_after_the_deadline_that_all_of_them_get() -> None:
    workshop = stored(*scored(TEAM))
    tab = opened(workshop)
    soon = date.today() + timedelta(days=20)  # noqa: DTZ011 - the room's own day
    tab.date_input(key="bulk_deadline").set_value(soon)
    shown(tab.button(key="bulk_save").click().run())
    plans = present(workshop).plans.values()
    assert len(plans) == 4
    assert all(one.due and one.due <= soon for plan in plans for one in plan.actions)


def test_the_deadline_of_many_lies_not_in_the_past() -> None:
    tab = opened(stored(*scored(TEAM)))
    assert tab.date_input(key="bulk_deadline").min == date.today()  # noqa: DTZ011 - the same


def test_a_sponsor_is_asked_for_where_somebody_is_built_up() -> None:
    workshop = stored(*scored(TEAM))
    tab = choosing(workshop, bulk.LOW_COST)
    assert "bulk_sponsor" not in {field.key for field in tab.text_input}
    tab = choosing(workshop, "N1")
    tab.text_input(key="bulk_sponsor").set_value("Elena")
    tab.button(key="bulk_save").click().run()
    assert {plan.sponsor for plan in present(workshop).plans.values()} == {"Elena"}


def test_who_was_let_go_gets_its_managed_exit_in_bulk_and_is_not_served_on() -> None:
    before = after(saved().workshop, over(PLAN, "exited", "ash"))
    found = bulk.choices(lines.lines(room(before)))
    assert found == {bulk.ALL: ["bay", "ash"], "N1": ["bay"], "L3": ["ash"]}


def test_drafts_of_one_kind_are_saved_as_they_stand() -> None:
    workshop = stored(*scored(TEAM))
    tab = opened(workshop)
    tab.selectbox(key="bulk_whom").set_value("L3").run()
    tab.button(key="bulk_save").click().run()
    saved_ones = present(workshop).plans
    assert {key: one.template for key, one in saved_ones.items()} == {"c0": "L3", "c1": "L3"}


def test_plans_that_no_longer_fit_give_way_to_new_drafts_at_once() -> None:
    workshop = stored(*scored(TEAM))
    accepted(workshop)
    rooms.store().write(workshop, MoveLine(line="attractiveness", value=0.5))
    assert present(workshop).plans["c0"].template == "L3"
    tab = opened(workshop)
    assert "3 plans no longer fit" in shown(tab)
    tab.button(key="bulk_save").click().run()
    assert {plan.template for plan in present(workshop).plans.values()} == {"N1", "K2"}
    assert "all have a plan" in shown(tab)


def test_a_late_plan_is_decided_by_itself_and_never_replaced_with_others() -> None:
    late = saved(template="N1", deadline=TODAY - timedelta(1))
    assert bulk.choices(lines.lines(late)) == {bulk.ALL: ["bay"], "N1": ["bay"]}
    assert bulk.choices(lines.lines(saved(template="N1")))[bulk.STRANGE] == ["ash"]


def test_exceptions_of_one_choice_mean_nothing_in_another() -> None:
    tab = opened(stored(*scored(TEAM)))
    tab.multiselect(key="bulk_except").set_value(["c1"]).run()
    tab.selectbox(key="bulk_whom").set_value("N1").run()
    shown(tab)
    assert tab.multiselect(key="bulk_except").value == []
    assert tab.button(key="bulk_save").label == "Save 1 plan"


def test_with_everybody_excepted_there_is_nothing_to_save() -> None:
    tab = opened(stored(*scored(TEAM[:1])))
    tab.multiselect(key="bulk_except").set_value(["c0"]).run()
    assert tab.button(key="bulk_save").disabled
    assert tab.button(key="bulk_save").label == "Save 0 plans"


def test_where_everybody_has_a_plan_the_panel_says_so() -> None:
    workshop = stored(*scored(TEAM))
    accepted(workshop)
    assert "Every customer that is not key has a plan that fits." in shown(opened(workshop))


def test_the_panel_closes_again_and_the_editor_is_back() -> None:
    tab = opened(stored(*scored(TEAM)))
    assert tab.button(key="bulk_open").label == "One at a time"
    assert "customer_choice" not in {box.key for box in tab.selectbox}
    tab.button(key="bulk_open").click().run()
    assert "customer_choice" in {box.key for box in tab.selectbox}


def test_an_owner_that_no_plan_can_hold_saves_nothing() -> None:
    workshop = stored(*scored(TEAM))
    tab = opened(workshop)
    tab.text_input(key="bulk_owner").set_value("x" * 4_001)
    assert "at most 4000 characters" in shown(tab.button(key="bulk_save").click().run())
    assert present(workshop).plans == {}


def hours_told(workshop: str, what: str = bulk.ALL) -> list[str]:
    """What the panel says of the hours that the plans may take."""
    tab = choosing(workshop, what)
    return [one.value for one in (*tab.caption, *tab.markdown) if "its ceiling:" in one.value]


WAITING = [("Ash", (9.0, 9.0)), ("Bay", (8.0, 8.0)), ("Cob", (8.0, 2.0)), ("Dew", (1.0, 1.0))]
ROOM = Capacity(people=1, hours_per_person=180, hours_strategic=160, hours_core=160)


def test_ceilings_of_plans_that_build_up_are_added_up_beside_the_hours_that_are_free() -> None:
    """Ash takes 160 of 180 hours; Bay waits and Cob is built up, each with a fifth of 160."""
    workshop = stored(*scored(WAITING), SetCapacity(capacity=ROOM))
    [told] = hours_told(workshop)
    assert told == (
        ":orange[If each takes its ceiling: 64 hours a year; beside the key accounts 20 are free. "
        "Build up fewer.]"
    )
    tab = opened(workshop).multiselect(key="bulk_except").set_value(["c1"]).run()
    assert "If each takes its ceiling: 32 hours a year;" in shown(tab)
    assert hours_told(workshop, bulk.LOW_COST) == []
    assert hours_told(workshop, "L3") == []


def test_ceilings_of_plans_that_run_already_are_told_beside_those_to_be_saved() -> None:
    room_for_all = changed(ROOM, hours_per_person=1_600)
    built_up = [("Ash", (8.0, 2.0)), ("Bay", (8.0, 3.0))]
    workshop = stored(*scored(built_up), SetCapacity(capacity=room_for_all))
    tab = opened(workshop).multiselect(key="bulk_except").set_value(["c1"]).run()
    tab.button(key="bulk_save").click().run()
    [told] = hours_told(workshop)
    assert told == (
        "If each takes its ceiling: 32 hours a year, and 32 in plans that run; beside the key "
        "accounts 1,600 are free."
    )


def test_where_capacity_is_counted_in_places_no_free_hours_are_told() -> None:
    in_places = changed(ROOM, mode="places", places=1)
    workshop = stored(*scored(WAITING), SetCapacity(capacity=in_places))
    assert hours_told(workshop) == ["If each takes its ceiling: 64 hours a year."]


def test_plans_to_find_out_whether_to_list_somebody_are_not_called_built_up() -> None:
    short = ChooseLongList(long_list=LongList(customers=("bay",)))
    both = after(placed({**LOW, "dew": (8.0, 3.0)}), short)
    found = bulk.choices(lines.lines(room(both)))
    assert (found["N1"], set(found[LOOK])) == (["bay"], {"cob", "dew"})
    assert bulk.label(LOOK, found) == "As drafted: Find out whether to list it · 2 customers"


def test_drafts_of_the_judged_are_offered_beside_all_drafts_and_before_them() -> None:
    short = ChooseLongList(long_list=LongList(customers=("bay",)))
    both = after(placed({**LOW, "dew": (8.0, 3.0)}), short)
    found = bulk.choices(lines.lines(room(both)))
    assert list(found)[:2] == [bulk.JUDGED, bulk.ALL]
    assert found[bulk.JUDGED] == ["bay"]
    assert bulk.label(bulk.JUDGED, found) == "Drafts of judged customers · 1 customer"
    assert bulk.label(bulk.ALL, found).startswith("All drafts, also outside the long list · ")
    everybody = bulk.choices(lines.lines(room(placed(LOW))))
    assert bulk.label(bulk.ALL, everybody) == "All drafts as they stand · 2 customers"


def test_what_was_saved_at_once_is_told_when_the_panel_closes() -> None:
    tab = opened(stored(*scored(TEAM))).button(key="bulk_save").click().run()
    assert [one.value.replace("\\", "") for one in tab.success] == [
        "4 plans are saved. Undo takes them back as one step."
    ]
    assert tab.button(key="bulk_open").label == "Many at once"
    assert bulk.saved_words(1) == "1 plan is saved. Undo takes it back."


def test_no_sponsor_is_asked_for_where_nothing_is_spent() -> None:
    short = ChooseLongList(long_list=LongList(customers=("c0",)))
    tab = choosing(stored(*scored(TEAM), short), LOOK)
    assert "bulk_sponsor" not in {field.key for field in tab.text_input}


def test_an_empty_workshop_has_nothing_to_do_at_once() -> None:
    assert "bulk_open" not in labels_of(page("plans", stored()))
