"""The lists of plans: tabs, sentences, what is missing in orange."""

from datetime import date, timedelta

import pytest

from kam.charts.theme import Picture
from kam.edits import ChooseLongList, RemoveCriterion, SavePlans, ScoreCustomer
from kam.model import Action, Class, Extension, LongList, Outcome, Plan
from kam.ui import parts, rooms
from kam.ui.planning import lines, rows
from kam.ui.planning.lines import Line
from tests.apps import page, present, room, scored, shown, stored
from tests.planning.opened import LONG_AGO, LOW, PLAN, labels_of, over, planned, saved
from tests.workshops import TODAY, after, placed, places

NOW = date.today()  # noqa: DTZ011 - the room's own day
FAR = date(2099, 1, 1)


def line(plan: Plan, klass: Class | None = Class.LOW_PRIORITY, **more: object) -> Line:
    known: dict[str, object] = {"saved": True, "gaps": (), "wishes": (), "late": False,
                                "fits": True}  # fmt: skip
    return Line(plan.customer, klass, plan, **{**known, **more})  # type: ignore[arg-type]


def lacking(one: Line) -> list[str]:
    """What a row of Ash tells in orange."""
    return rows._lacking(room(placed(LOW)), one)


def test_every_class_has_its_kind_and_so_has_having_none() -> None:
    held = [klass for kind in rows.KINDS.values() for klass in kind]
    assert set(held) == {*Class, None}
    assert len(held) == len(set(held))


def test_the_facts_of_a_row_are_kind_owner_and_day() -> None:
    assert rows._facts(line(PLAN)) == "Serve at low cost · Ines · by 31 May 2026"
    moved = Extension(before=LONG_AGO, by="Otto", reason="A strike")
    longer = PLAN.model_copy(update={"extension": moved, "owner": ""})
    assert rows._facts(line(longer)) == "Serve at low cost · by 31 May 2026 · moved once by Otto"


def test_first_in_line_says_its_place_as_it_is_now() -> None:
    waits = line(PLAN.model_copy(update={"template": "N2", "owner": ""}), Class.STRATEGIC)
    assert rows._facts(waits, 3) == "Number 3 in line now · by 31 May 2026"
    assert rows._facts(waits) == "First in line · by 31 May 2026"
    assert "in line now" not in rows._facts(line(PLAN), 3)


def test_the_place_in_line_moves_on_when_one_before_leaves_it() -> None:
    three = [("Ash", (9.0, 9.0)), ("Bay", (6.0, 6.5)), ("Cob", (6.0, 6.0))]
    waiting = {
        key: PLAN.model_copy(update={"customer": key, "template": "N2", "deadline": FAR})
        for key in ("c1", "c2")
    }
    workshop = stored(*scored(three), places(1), SavePlans(plans=waiting))
    text = shown(page("plans", workshop))
    assert "Number 1 in line now" in text
    assert "Number 2 in line now" in text
    rooms.store().write(workshop, ScoreCustomer(customer="c1", criterion="s", value=2.0))
    text = shown(page("plans", workshop))
    assert "Number 1 in line now" in text
    assert "Number 2 in line now" not in text


def test_a_draft_says_that_it_is_not_saved() -> None:
    assert rows._facts(line(PLAN, saved=False)).startswith("not saved · Serve at low cost")


def test_a_plan_that_has_ended_says_how_by_whom_and_when() -> None:
    over_ = Outcome(what="exited", on=date(2028, 2, 29), by="Otto")
    ended = PLAN.model_copy(update={"outcome": over_})
    assert rows._facts(line(ended)) == "Serve at low cost · let go by Otto, 29 Feb 2028"


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("Ash grows", "Ash grows"),
        ("It grows", "Ash: It grows"),
        ("", "Ash"),
        ("Ash grows. It has to.", "Ash grows."),
        ("Ash grows by 3.5 points", "Ash grows by 3\\.5 points"),
        ("Ash " + "x" * 200, "Ash " + "x" * (rows.LONGEST - 5) + "…"),
    ],
)
def test_a_row_is_one_sentence_with_the_name_in_it(goal: str, told: str) -> None:
    one = line(PLAN.model_copy(update={"goal": goal}))
    found = rows._goal(room(placed(LOW)), one)
    assert found.replace("\\", "") == told.replace("\\", "")


def test_what_is_missing_is_told_the_most_urgent_first() -> None:
    found = line(PLAN, gaps=("overdue by 3 days", "no owner yet"), wishes=("no ceiling yet",),
                 late=True, fits=False)  # fmt: skip
    assert lacking(found) == [
        "overdue by 3 days",
        "no longer fits, the customer is “Low priority” now",
        "no owner yet",
        "no ceiling yet",
    ]
    assert lacking(line(PLAN)) == []
    assert lacking(line(PLAN, gaps=("due today", "no owner yet"), fits=False))[0] == "due today"
    assert lacking(line(PLAN, gaps=("no owner yet",), fits=False))[0].startswith("no longer fits")


def ended(what: str, template: str = "N1") -> Plan:
    outcome = Outcome.model_validate({"what": what, "on": date(2026, 1, 1), "by": "Otto"})
    return PLAN.model_copy(update={"outcome": outcome, "template": template})


def test_a_promotion_that_the_class_does_not_show_is_told() -> None:
    stuck = line(PLAN, Class.STRATEGIC, saved=False, ended=ended("promoted"))
    assert lacking(stuck) == [
        "promoted, but “Strategic, not yet key” still: decide its class on the page Split"
    ]
    there = line(PLAN, Class.KEY_CORE, saved=False, ended=ended("promoted"))
    assert lacking(there) == ["needs its next plan"]
    gone = line(PLAN, saved=False, ended=ended("exited"))
    assert not gone.not_shown


def test_who_is_attractive_and_was_let_go_is_told_what_to_decide_and_has_nothing_to_accept() -> (
    None
):
    built = PLAN.model_copy(update={"customer": "c0", "template": "N1", "deadline": FAR})
    workshop = stored(*scored([("Ash", (8.0, 2.0))]), SavePlans(plans={"c0": built}), over(built))
    tab = page("plans", workshop)
    text = shown(tab)
    assert "let go, but “Strategic, not yet key” still: decide its class on the page Split" in text
    assert "until you change it; its class is to decide on the page Split first" in text
    assert not {"accept_c0", "accept_all"} & labels_of(tab)


def test_who_moved_up_from_low_priority_needs_only_its_next_plan() -> None:
    up = line(PLAN, Class.STRATEGIC, saved=False, ended=ended("promoted", "L1"))
    assert lacking(up) == ["needs its next plan"]


def test_the_kind_of_what_must_be_decided_is_open_and_else_the_first() -> None:
    names = list(rows.KINDS)
    assert rows._first([line(PLAN)]) == names[1]
    assert rows._first([line(PLAN), line(PLAN, Class.STRATEGIC)]) == names[0]
    late = line(PLAN, late=True)
    assert rows._first([late, line(PLAN, Class.STRATEGIC)]) == names[1]
    assert rows._first([line(PLAN, Class.KEY_CORE, fits=False), late]) == names[2]
    assert rows._first([line(PLAN, None), line(PLAN, Class.STRATEGIC)]) == rows.NO_CLASS


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"deadline": LONG_AGO}, "Decide"),
        ({"deadline": NOW}, "Decide"),
        ({"deadline": FAR}, "Edit"),
        ({"deadline": FAR, "template": "K1"}, "Compare"),
    ],
)
def test_a_row_is_opened_for_what_it_needs(changes: dict[str, object], label: str) -> None:
    tab = page("plans", planned(**changes))
    shown(tab)
    assert {key for key in labels_of(tab) if key.endswith("_c0")} == {"open_c0"}
    assert tab.button(key="open_c0").label == label


def test_due_today_is_said_in_the_row_and_in_the_title() -> None:
    text = shown(page("plans", planned(deadline=NOW)))
    assert "1 plan is due today" in text
    assert "orange[due today]" in text
    assert "**:orange[Due today]** What happens now?" in text


def test_a_plan_that_no_longer_fits_is_to_be_compared() -> None:
    tab = page("plans", planned(template="N1", deadline=FAR))
    assert "no longer fits, the customer is “Low priority” now" in shown(tab)


def test_two_missed_milestones_lead_to_the_end_of_the_plan() -> None:
    missed = tuple(Action(text=text, due=LONG_AGO, done=False) for text in ("Call", "Write"))
    built = {"template": "N1", "deadline": FAR, "actions": missed, "customer": "c0"}
    plan = PLAN.model_copy(update=built)
    workshop = stored(*scored([("Ash", (8.0, 2.0))]), SavePlans(plans={"c0": plan}))
    tab = page("plans", workshop)
    assert "two milestones missed" in shown(tab)
    assert tab.button(key="open_c0").label == "Decide"
    tab.button(key="open_c0").click().run()
    tab.text_input(key="way_by.c0").set_value("Otto")
    tab.text_input(key="way_why.c0").set_value("Two missed")
    tab.button(key="decide").click().run()
    outcome = present(workshop).plans["c0"].outcome
    assert outcome
    assert (outcome.what, outcome.reason) == ("dropped", "Two missed")
    assert "needs its next plan" in shown(tab)


# --- kinds ----------------------------------------------------------------------------------------


def test_the_plan_beside_a_list_is_one_of_the_list() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0)), ("Bay", (8.0, 2.0)), ("Cob", (9.0, 9.0))]))
    tab = page("plans", workshop)
    for name, customer in zip(rows.KINDS, ("c1", "c0", "c2"), strict=False):
        tab.segmented_control(key="plans_kind_choice").set_value(name).run()
        shown(tab)
        assert tab.selectbox(key="customer_choice").value == customer
        assert {key for key in labels_of(tab) if key.startswith("open_")} == {f"open_{customer}"}


def test_a_kind_of_which_there_is_nobody_says_so_and_opens_nobody() -> None:
    tab = page("plans", stored(*scored([("Ash", (2.0, 2.0))])))
    tab.segmented_control(key="plans_kind_choice").set_value("Key accounts").run()
    assert "Nobody is of this kind." in shown(tab)
    assert "customer_choice" not in {box.key for box in tab.selectbox}


def test_a_plan_of_a_customer_without_a_class_is_there_can_be_opened_and_removed() -> None:
    workshop = planned(deadline=FAR)
    assert rows.NO_CLASS not in page("plans", workshop).segmented_control[0].options
    rooms.store().write(workshop, RemoveCriterion(criterion="a"))
    tab = page("plans", workshop)
    text = shown(tab)
    assert "1 plan of a customer without a class" in text
    assert "no class now" in text
    assert tab.text_area(key="plan.c0.goal").value == PLAN.goal
    tab.button(key="remove_plan").click().run()
    shown(tab)
    assert present(workshop).plans == {}


def test_a_late_plan_of_a_customer_without_a_class_is_ended_like_any_other() -> None:
    workshop = planned(deadline=LONG_AGO)
    rooms.store().write(workshop, RemoveCriterion(criterion="a"))
    tab = page("plans", workshop)
    assert "1 plan is overdue" in shown(tab)
    assert "remove_plan" not in labels_of(tab)
    tab.segmented_control(key="way.c0").set_value("Dropped").run()
    tab.text_input(key="way_by.c0").set_value("Otto")
    tab.text_input(key="way_why.c0").set_value("Nobody scores it")
    tab.button(key="decide").click().run()
    assert "overdue" not in shown(tab)
    assert present(workshop).plans["c0"].outcome


def test_more_rows_than_a_tab_holds_are_counted() -> None:
    many = [(f"C {n}", (2.0, 2.0)) for n in range(rows.ROWS + 7)]
    assert "and 7 more; the files have them all" in shown(page("plans", stored(*scored(many))))


def test_one_draft_of_a_key_account_is_accepted_by_itself() -> None:
    workshop = stored(*scored([("Ash", (9.0, 9.0)), ("Bay", (2.0, 2.0))]))
    tab = page("plans", workshop)
    tab.segmented_control(key="plans_kind_choice").set_value("Key accounts").run()
    tab.button(key="accept_c0").click().run()
    assert {key: one.template for key, one in present(workshop).plans.items()} == {"c0": "K2"}


# --- the line of time -----------------------------------------------------------------------------


def test_only_saved_plans_that_run_are_on_the_line_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[Picture] = []
    monkeypatch.setattr(parts, "picture", lambda one, _key: drawn.append(one))
    draft_only, running = room(placed(LOW)), saved(deadline=TODAY + timedelta(9))
    ended_ = room(after(saved().workshop, over(PLAN, "dropped", "ash")))
    for open_room in (draft_only, running, ended_):
        rows.picture(open_room, lines.lines(open_room))
    assert [one.alt for one in drawn] == ["1 plan with a deadline; 0 are overdue."]


# --- customers outside the long list, and without a class -----------------------------------------

FIELD = [("Ash", (1.0, 1.0)), ("Bay", (3.0, 2.0)), ("Cob", (8.0, 2.0)), ("Dew", (None, None))]


def listed(*keys: str) -> ChooseLongList:
    return ChooseLongList(long_list=LongList(customers=keys))


def test_the_filled_button_accepts_the_drafts_of_who_is_judged_and_leaves_the_others() -> None:
    workshop = stored(*scored(FIELD), listed("c0", "c1"))
    tab = page("plans", workshop)
    button = tab.button(key="accept_all")
    assert button.label == "Accept 2 drafts"
    assert "“Many at once” saves the 1 draft of a customer outside the long list." in button.help
    button.click().run()
    assert set(present(workshop).plans) == {"c0", "c1"}
    tab = page("plans", workshop)
    assert "accept_all" not in labels_of(tab)
    assert tab.title[0].value == "1 draft outside the long list"


def test_customers_without_a_class_are_counted_with_how_they_get_one() -> None:
    text = shown(page("plans", stored(*scored(FIELD), listed("c0", "c1"))))
    told = "1 customer has no class yet: a criterion with a column of figures gives them one."
    assert told in text
    text = shown(page("plans", stored(*scored([*FIELD, ("Elm", (None, 2.0))]))))
    told = "2 customers have no class yet: score them, or give criteria a column of figures."
    assert told in text


def test_where_all_have_a_class_nothing_is_said_of_it() -> None:
    assert "no class yet" not in shown(page("plans", stored(*scored(FIELD[:3]))))
