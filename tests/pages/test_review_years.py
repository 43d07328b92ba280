"""The review: who moved and why, one customer's past, plans, and the next review begun."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import (
    ChangeEconomics,
    ClosePlan,
    MarkRevision,
    MoveLine,
    PutCustomer,
    RemoveCustomers,
    SavePlans,
    ScoreCustomer,
)
from kam.model import Action, Economics, Outcome, Plan
from kam.report.review_years import SHARE
from kam.ui import review_years, rooms
from kam.ui.frame import PAGES, VIEWS
from kam.ui.review_years import ONE, PLANS, SECTIONS, WHO
from tests.apps import example, go, labels, page, present, restart, scored, shown, start, stored
from tests.pages.test_every_page import HOSTILE
from tests.workshops import customer

PATH = VIEWS["review"][0]
LAST_YEAR = date.today() - timedelta(days=365)  # noqa: DTZ011 - the room's own day


def review(workshop: str, view: str = WHO) -> AppTest:
    """The page in a fresh tab, in one of its views."""
    tab = start()
    tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    return tab if view == WHO else tab.segmented_control(key="review_view").set_value(view).run()


def marked(name: str = "Last year", *, on: date = LAST_YEAR) -> MarkRevision:
    return MarkRevision(name=name, on=on)


def two(*strengths: float) -> str:
    """Ash and Bay, last year both strong, now as strong as given."""
    moved = (
        ScoreCustomer(customer=f"c{n}", criterion="s", value=value)
        for n, value in enumerate(strengths)
    )
    people = [("Ash", (8.0, 8.0)), ("Bay", (8.0, 8.0))]
    return stored(*scored(people), marked(), *moved)


# --- opened ---------------------------------------------------------------------------------------


def test_without_a_workshop_the_page_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(start().switch_page(PATH).run())


def test_without_a_named_state_it_says_how_to_begin() -> None:
    tab = review(stored(PutCustomer(customer=customer("ash"))))
    text = shown(tab)
    assert "Who moved, and why?" in text
    assert "No state has a name yet" in text
    assert "Keep it and begin" in labels(tab)


def test_the_example_is_alive_on_the_first_click() -> None:
    tab = review(example())
    assert tab.title[0].value == "8 customers changed class since Autumn 2025 selection"
    text = shown(tab)
    assert "2 by decisions, 2 by capacity" in text
    assert "Moved from Key · core to Low priority" in text
    assert "1 customer is under watch" in text
    assert "Balder Freight would stand in the key zone, but only by 0.2 points" in text.replace(
        "**", ""
    )
    assert "New: Clearwell Utilities and Rivermark Bank." in text
    assert len(tab.get("vega_lite_chart")) == 1


@pytest.mark.parametrize("view", SECTIONS)
def test_each_view_is_shown_without_a_complaint(view: str) -> None:
    tab = review(example(), view)
    shown(tab)
    assert not tab.error


def test_it_is_found_among_the_views_of_every_page() -> None:
    tab = page("matrix", example())
    assert "Who moved, and why?" in [link.label for link in tab.page_link]


# --- which states ---------------------------------------------------------------------------------


def test_an_older_review_can_be_compared_with_now() -> None:
    tab = review(example())
    tab.selectbox(key="review_before").set_value(14).run()
    assert "since Autumn 2024 selection" in tab.title[0].value


def test_two_past_reviews_can_be_compared_with_each_other() -> None:
    workshop = example()
    tab = review(workshop)
    first, second = (mark.revision for mark in present(workshop).marks)
    tab.selectbox(key="review_before").set_value(first).run()
    tab.selectbox(key="review_after").set_value(second).run()
    title = tab.title[0].value
    assert title.endswith("from Autumn 2024 selection to Autumn 2025 selection")
    assert not tab.error


def test_the_later_state_is_always_later() -> None:
    tab = review(example())
    assert tab.selectbox(key="review_after").options == [
        option for option in tab.selectbox(key="review_after").options if "Now" in option
    ]
    tab.selectbox(key="review_before").set_value(14).run()
    assert len(tab.selectbox(key="review_after").options) == 2


# --- who moved ------------------------------------------------------------------------------------


def test_a_level_that_is_changed_on_another_page_is_told_here() -> None:
    workshop = two()
    assert review(workshop).title[0].value == "Nobody changed class since Last year"
    tab = page("matrix", workshop).segmented_control(key="matrix_view").set_value("Weights").run()
    tab.number_input(key="line.strength").set_value(9.0).run()
    tab = review(workshop)
    assert tab.title[0].value == "2 customers changed class since Last year"
    assert "2 by lines" in shown(tab)


def test_who_is_under_watch_is_told_with_the_class_that_it_keeps() -> None:
    text = shown(review(two(4.9)))
    assert "Ash would fall to Strategic, not yet key, but only by 0.1 points" in text.replace(
        "**", ""
    )
    assert "stays Key · core under watch" in text
    assert "The class follows the rule until you decide otherwise." in text


def test_a_class_is_decided_one_click_from_the_watch_list() -> None:
    tab = review(two(4.9)).button(key="decide_c0").click().run()
    assert tab.selectbox(key="customer_choice").value == "c0"


def test_a_key_account_that_earned_too_little_twice_is_told_with_the_way_to_its_class() -> None:
    poor = Economics(gain=10.0, gain_probability_pct=100, added_capital=1000.0, one_off=0.0)
    workshop = stored(
        *scored([("Ash", (8.0, 8.0))]),
        ChangeEconomics(customer="c0", economics=poor),
        marked(),
        ScoreCustomer(customer="c0", criterion="s", value=7.0),
    )
    tab = review(workshop)
    assert "talk about a lower class" in shown(tab)
    assert "decide_c0" in [button.key for button in tab.button]


def test_an_edit_that_moves_nobody_is_told_once() -> None:
    workshop = two()
    rooms.store().write(workshop, ScoreCustomer(customer="c0", criterion="s", value=8.0))
    tab = review(workshop)
    assert not [button.key for button in tab.button if str(button.key).startswith("moved_")]
    assert "0.0 points" not in shown(tab)


def test_who_did_not_move_is_counted_below_those_who_did() -> None:
    tab = review(two(7.0))
    assert "moved_c1" not in [button.key for button in tab.button]
    assert "1 other did not move." in shown(tab)


def test_who_went_is_told() -> None:
    workshop = two()
    rooms.store().write(workshop, RemoveCustomers(customers=("c1",)))
    assert "No longer judged on their own: Bay." in shown(review(workshop))


def test_the_list_grows_at_a_tap_and_ends() -> None:
    tab = review(example())
    before = [button.key for button in tab.button if str(button.key).startswith("moved_")]
    tab.button(key="review_more").click().run()
    later = [button.key for button in tab.button if str(button.key).startswith("moved_")]
    assert (len(before), len(later)) == (8, 28)  # first all that changed class
    tab.button(key="review_more").click().run()
    assert len([b for b in tab.button if str(b.key).startswith("moved_")]) == 38
    assert "review_more" not in [button.key for button in tab.button]


# --- one customer ---------------------------------------------------------------------------------


def test_a_tap_on_a_name_opens_its_past_here_and_elsewhere() -> None:
    tab = review(example())
    tab.button(key="moved_orrin-steel").click().run()
    assert tab.segmented_control(key="review_view").value == ONE
    assert tab.selectbox(key="review_customer").value == "orrin-steel"
    text = shown(tab)
    assert "Autumn 2025 selection to Now" in text
    assert "Autumn 2024 selection to Autumn 2025 selection" in text
    assert go(tab, "split").selectbox(key="customer_choice").value == "orrin-steel"


def test_the_exact_parts_stand_beside_the_sentence_and_add_up() -> None:
    tab = review(example(), ONE)
    tab.selectbox(key="review_customer").set_value("kinlarrow-dairy").run()
    assert "by facts (Contact coverage from 33 to 67 %) and capacity" in shown(tab)
    frame = tab.dataframe[0].value.set_index("What changed")
    assert frame[SHARE].dropna().to_dict() == {"Facts": 50, "Capacity": 50, "Together": 100}


def test_every_number_of_the_parts_has_a_real_minus_sign() -> None:
    frame = pd.DataFrame([["Facts", -2.91, -50.0], ["Lines", -0.0, None]])
    frame.columns = pd.Index(["What changed", "Key zone", SHARE])
    told = review_years._dressed(frame).to_html()
    assert "-2.91" not in told
    for cell in ("−2.91", "−50", "0.00", "–"):
        assert f">{cell}<" in told


def test_another_customer_can_be_chosen() -> None:
    tab = review(example(), ONE)
    tab.selectbox(key="review_customer").set_value("hevlin-systems").run()
    assert tab.selectbox(key="review_customer").value == "hevlin-systems"
    assert "Hevlin Systems moved from" in shown(tab)


def test_a_customer_that_is_new_has_only_its_present() -> None:
    tab = review(example(), ONE)
    tab.selectbox(key="review_customer").set_value("rivermark-bank").run()
    assert " to Now" not in shown(tab)
    assert not tab.error


# --- plans ----------------------------------------------------------------------------------------


def test_milestones_of_the_example_are_met_missed_or_wait_for_a_word() -> None:
    tab = review(example(), PLANS)
    text = shown(tab)
    assert "milestones came due" in text
    assert "without a word yet" in text
    assert "Merrowby Airports" in text
    became = set(tab.dataframe[0].value["What became of it"])
    assert {"Met", "Missed", "No word yet"} <= became


def test_a_plan_that_worked_and_its_milestones_are_told() -> None:
    plan = Plan(
        customer="c0", template="N1", actions=(Action(text="Call", due=LAST_YEAR, done=True),)
    )
    workshop = stored(
        *scored([("Ash", (8.0, 4.0))]),
        SavePlans(plans={"c0": plan}),
        marked(),
        ScoreCustomer(customer="c0", criterion="s", value=8.0),
    )
    text = shown(review(workshop, PLANS)).replace("**", "")
    assert "1 milestone came due: 1 met" in text
    assert "Ash, worked. Build up to key: Strategic, not yet key, now Key · core" in text


def test_plans_that_moved_nobody_are_named_in_one_sentence() -> None:
    plans = {f"c{n}": Plan(customer=f"c{n}", template="N1") for n in range(2)}
    workshop = stored(
        *scored([("Ash", (8.0, 4.0)), ("Bay", (8.0, 4.0))]), SavePlans(plans=plans), marked()
    )
    text = shown(review(workshop, PLANS))
    assert "Ash and Bay have plans to move up, and stand where they stood." in text
    assert "not yet." not in text
    assert "+0.0 points" not in text


def test_a_plan_that_ended_is_told_with_who_says_so() -> None:
    outcome = Outcome(what="dropped", on=LAST_YEAR, by="Ines", reason="Sold to a rival")
    workshop = stored(
        *scored([("Ash", (8.0, 4.0))]),
        SavePlans(plans={"c0": Plan(customer="c0", template="N1")}),
        marked(),
        ClosePlan(customer="c0", outcome=outcome),
    )
    text = shown(review(workshop, PLANS))
    assert "says Ines: Sold to a rival." in text
    assert "No milestone has come due yet" in text


def test_a_workshop_without_plans_says_so() -> None:
    text = shown(review(two(), PLANS))
    assert "No plan of Last year was to move a customer up." in text


# --- the next review ------------------------------------------------------------------------------


def test_starting_the_next_review_names_the_state_and_loses_nothing() -> None:
    workshop = two(4.0)
    before = present(workshop)
    tab = review(workshop)
    tab.text_input(key="review_name").set_value("Spring round").run()
    tab.button(key="begin_review").click().run()
    later = present(workshop)
    assert [mark.name for mark in later.marks] == ["Last year", "Spring round"]
    assert (later.customers, later.scores) == (before.customers, before.scores)
    assert "This state is kept as “Spring round”" in shown(tab)
    assert "Keep it and begin" not in labels(tab)


def test_the_first_review_of_a_workshop_begins_here_too() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    tab = review(workshop)
    tab.button(key="begin_review").click().run()
    assert tab.title[0].value.startswith("Nobody changed class since")
    rooms.store().write(workshop, MoveLine(line="strength", value=9.0))
    assert review(workshop).title[0].value.startswith("1 customer changed class since")


def test_a_state_without_a_name_is_not_kept() -> None:
    workshop = two(4.0)
    tab = review(workshop)
    tab.text_input(key="review_name").set_value("  ").run()
    tab.button(key="begin_review").click().run()
    assert len(present(workshop).marks) == 1
    assert "The state has no name yet" in shown(tab)


def test_figures_that_come_after_the_beginning_are_not_mixed_with_last_year() -> None:
    workshop = two(4.0)
    tab = review(workshop)
    assert tab.title[0].value == "1 customer changed class since Last year"
    tab.text_input(key="review_name").set_value("Spring round").run()
    tab.button(key="begin_review").click().run()
    assert tab.title[0].value == "1 customer changed class since Last year"
    rooms.store().write(workshop, ScoreCustomer(customer="c1", criterion="a", value=7.5))
    later = review(workshop)
    assert later.title[0].value == "Nobody changed class since Spring round"
    assert "2 by" not in shown(later)


def test_what_became_of_milestones_is_among_the_steps() -> None:
    assert (PAGES["plans"], "Say what became of milestones") in review_years.STEPS


def test_what_to_do_next_stands_in_order_and_leads_there() -> None:
    workshop = example()
    found = [link for link in review(workshop).page_link if link.label in dict(_steps()).values()]
    assert [link.label for link in found] == [what for _, what in _steps()]
    assert all(f"w={workshop}" in str(link.proto) for link in found)


def _steps() -> tuple[tuple[str, str], ...]:
    return review_years.STEPS


def test_undo_takes_the_name_back() -> None:
    workshop = two(4.0)
    tab = review(workshop)
    tab.button(key="begin_review").click().run()
    tab.button(key="undo").click().run()
    assert [mark.name for mark in present(workshop).marks] == ["Last year"]
    assert "Keep it and begin" in labels(tab)


# --- odd ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", SECTIONS)
def test_hostile_names_break_nothing(view: str) -> None:
    rows = [(name, (9.0 - n / 2, 8.0)) for n, name in enumerate(HOSTILE)]
    moved = ScoreCustomer(customer="c0", criterion="s", value=4.9)
    workshop = stored(*scored(rows), marked(HOSTILE[0]), moved)
    tab = review(workshop, view)
    shown(tab)
    raw = "\n".join([m.value for m in tab.markdown] + [b.label for b in tab.button])
    assert not tab.error
    assert not [bad for bad in ("<script>", "](", "$x$") if bad in raw]


@pytest.mark.parametrize("view", SECTIONS)
@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_customers_break_nothing(view: str, count: int) -> None:
    rows = [(f"Customer {n}", (8.0, None)) for n in range(count)]
    tab = review(stored(*scored(rows), marked()), view)
    shown(tab)
    assert not tab.error


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    workshop = two(4.0)
    before = shown(review(workshop))
    restart()
    assert shown(review(workshop)) == before
    assert any(tmp_path.iterdir())
