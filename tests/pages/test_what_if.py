"""The what-if page: a private copy whose every move is felt at once, and only there."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import (
    Forecast,
    MoveLine,
    OverrideClass,
    PutCustomer,
    RemoveCriterion,
    ScoreCustomer,
    SetCapacity,
)
from kam.method.assessment import Assessment, assess
from kam.model import Capacity, Class, Workshop
from kam.ui import rooms, what_if
from kam.ui.frame import PAGES
from kam.ui.what_if_copy import folded
from kam.ui.what_if_tab import Trial
from tests.apps import (
    UNEXPECTED,
    example,
    go,
    labels,
    page,
    present,
    restart,
    scored,
    shown,
    start,
    stored,
)
from tests.pages.trying import PATH, copy_of, moves, opened, shown_section
from tests.workshops import after, customer, made, placed, places

THREE = {"ash": (8.0, 8.0), "bay": (8.0, 3.0), "cob": (2.0, 8.0)}


def trial(base: Workshop, *edits: MoveLine | SetCapacity | ScoreCustomer | OverrideClass) -> Trial:
    """A copy of `base` with its result, without a page."""
    made_on = folded(base, edits)
    return Trial(base, made_on, assess(made_on.workshop))


def told(base: Workshop, *edits: MoveLine | SetCapacity | ScoreCustomer | OverrideClass) -> str:
    return what_if.changes(trial(base, *edits), assess(base))


def with_revenue(**amounts: float) -> Workshop:
    people = (PutCustomer(customer=customer(key, revenue=v)) for key, v in amounts.items())
    return after(placed(THREE), *people)


def result(workshop: Workshop) -> Assessment:
    return assess(workshop)


# --- in words -------------------------------------------------------------------------------------


def test_without_a_move_it_is_said_that_nothing_is_touched() -> None:
    assert told(placed(THREE)) == (
        "Nothing here touches the workshop until you send it to the room."
    )


def test_who_changes_class_is_told_by_name_and_key_accounts_first() -> None:
    lower = MoveLine(line="strength", value=2.0)
    assert told(placed(THREE), lower) == "1 move: Bay becomes Key · strategic"
    higher = (MoveLine(line="strategic", value=9.0), MoveLine(line="attractiveness", value=8.5))
    assert told(placed(THREE), *higher) == ("2 moves: Ash leaves key; Bay becomes Low priority")


def test_a_move_that_changes_no_class_says_so() -> None:
    assert told(placed(THREE), MoveLine(line="strength", value=5.5)) == (
        "1 move: nobody changes class"
    )


def test_a_customer_that_loses_its_scores_has_no_class_any_more() -> None:
    unknown = ScoreCustomer(customer="cob", criterion="s", value=None)
    assert told(placed(THREE), unknown) == "1 move: Cob has no class any more"


@pytest.mark.parametrize(
    ("count", "ending"), [(5, "1 more changes class"), (7, "3 more change class")]
)
def test_at_most_four_are_named_and_the_others_counted(count: int, ending: str) -> None:
    base = placed({f"c{n}": (8.0, 8.0) for n in range(count)})
    sentence = told(base, MoveLine(line="strength", value=9.0))
    assert sentence.startswith(
        "1 move: C0 leaves key; C1 leaves key; C2 leaves key; C3 leaves key;"
    )
    assert sentence.endswith(ending)


def test_figures_show_before_and_after_with_their_common_words_once() -> None:
    base = after(with_revenue(ash=30.0, bay=50.0, cob=20.0), places(8))
    more = after(base, MoveLine(line="strength", value=2.0))
    assert what_if.figures(result(base), result(more)) == (
        "Key accounts: 1 → 2 · Room taken: 1 → 2 of 8 places · "
        "Their share of known revenue: 30 → 80 %"
    )


def test_figures_that_do_not_move_stand_once() -> None:
    base = after(with_revenue(ash=30.0, bay=70.0), places(8))
    assert what_if.figures(result(base), result(base)) == (
        "Key accounts: 1 · Room taken: 1 of 8 places · Their share of known revenue: 30 %"
    )


def test_another_way_to_count_room_and_what_is_not_known_are_told_in_full() -> None:
    base = after(placed(THREE), places(8))
    hours = Capacity(people=2, hours_per_person=1000, hours_strategic=300, hours_core=100)
    other = after(base, SetCapacity(capacity=hours))
    assert what_if.figures(result(base), result(other)) == (
        "Key accounts: 1 · Room taken: 1 of 8 places → 300 of 2,000 hours · "
        "Their share of known revenue: unknown"
    )
    assert what_if.taken(result(placed(THREE))) == "0 hours, capacity not known"


def test_a_small_matrix_has_everybody_with_a_place_and_names_only_some() -> None:
    grown = after(placed(THREE), PutCustomer(customer=customer("new")))
    points = what_if.small_points(result(grown), {"bay"}, {"bay": (7.0, 8.0)})
    assert [(p.name, p.label, p.to) for p in points if p.label] == [("Bay", True, (7.0, 8.0))]
    assert {p.name for p in points} == {"Ash", "Bay", "Cob"}
    assert {p.name: p.klass for p in points}["Ash"] is Class.KEY_STRATEGIC


def test_a_small_matrix_knows_whom_the_team_decided_on() -> None:
    firm = OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    points = what_if.small_points(result(after(placed(THREE), firm)), set())
    assert [p.name for p in points if p.override] == ["Bay"]


# --- on the page ----------------------------------------------------------------------------------


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(start().switch_page(PATH).run())


def test_an_address_with_an_unknown_workshop_is_told_in_a_sentence() -> None:
    tab = start()
    tab.query_params["w"] = "no-such"
    assert "There is no workshop 'no-such' here." in shown(tab.switch_page(PATH).run())


def test_weights_that_are_all_zero_leave_the_page_standing_and_can_be_taken_back() -> None:
    workshop = stored(*scored([(f"Customer {n}", (8.0, 8.0)) for n in range(5)]))
    tab = opened(workshop)
    for key in ("a", "s"):
        tab.slider(key=f"if.points.{key}").set_value(0.0).run()
    assert "All points are zero. Give at least one criterion points." in shown(tab)
    tab.slider(key="if.points.a").set_value(10.0).run()
    tab.slider(key="if.points.s").set_value(10.0).run()
    assert "nobody changes class" in shown(tab)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_anything_to_try_says_what_is_missing(count: int) -> None:
    workshop = stored(*scored([(f"Customer {n}", (8.0, None)) for n in range(count)]))
    tab = start()
    tab.query_params["w"] = workshop
    text = shown(tab.switch_page(PATH).run())
    assert "What if we decided differently?" in text
    assert f"Score at least 5 customers to see the picture. 0 of {count} scored." in text


def test_an_empty_workshop_leads_to_the_scores() -> None:
    tab = start()
    tab.query_params["w"] = stored()
    shown(tab.switch_page(PATH).run())
    assert "Score customers" in [link.label for link in tab.page_link]


def test_the_example_opens_with_its_picture_and_nothing_to_send() -> None:
    tab = opened(example())
    assert what_if.UNTOUCHED in shown(tab)
    assert len(tab.get("vega_lite_chart")) == 1
    assert tab.button(key="send").disabled
    assert tab.button(key="take_back").disabled


def test_a_move_is_seen_here_and_nowhere_else() -> None:
    workshop = example()
    before = present(workshop)
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    text = shown(tab)
    assert "1 move: " in text
    assert "leaves key" in text
    assert "Key accounts: 8 → " in text
    assert tab.number_input(key="if.line.strength").value == 7.5
    assert present(workshop) == before
    assert go(tab, "matrix").title[0].value == page("matrix", workshop).title[0].value


def test_the_copy_outlives_a_visit_to_another_page() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab = go(tab, "split").switch_page(PATH).run()
    assert "1 move: " in shown(tab)


def test_sending_is_one_step_that_other_pages_show_and_one_undo_takes_back() -> None:
    workshop = example()
    before = present(workshop)
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab.number_input(key="if.line.strategic").set_value(8.0).run()
    tab.button(key="send").click().run()
    assert "The room has it now." in shown(tab)
    assert what_if.UNTOUCHED in shown(tab)
    assert (present(workshop).cut_offs.strength, present(workshop).cut_offs.strategic) == (7.5, 8.0)
    matrix = page("matrix", workshop)
    assert matrix.number_input(key="line.strength").value == 7.5
    matrix.button(key="undo").click().run()
    assert present(workshop) == before
    assert moves(tab, workshop) == ()


def test_the_sent_step_is_named_for_its_moves_in_the_history() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab.button(key="send").click().run()
    last = rooms.store().history(workshop).last
    assert last is not None
    assert last.words == "what-if: strength cut-off 5 → 7.5"


def test_take_back_undoes_one_move_and_discard_all_of_them() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab.number_input(key="if.line.strategic").set_value(8.0).run()
    tab.button(key="take_back").click().run()
    assert moves(tab, workshop) == (MoveLine(line="strength", value=7.5),)
    assert tab.number_input(key="if.line.strategic").value == 7.0
    tab.button(key="discard").click().run()
    assert moves(tab, workshop) == ()
    tab.button(key="take_back").click().run()
    assert moves(tab, workshop) == (MoveLine(line="strength", value=7.5),)


def test_one_move_of_several_can_be_taken_out() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    tab.number_input(key="if.line.strategic").set_value(8.0).run()
    tab.button(key="take_out_0").click().run()
    assert moves(tab, workshop) == (MoveLine(line="strategic", value=8.0),)


def test_a_move_that_the_copy_does_not_allow_is_told_and_changes_nothing() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strategic").set_value(4.0).run()
    assert "The strategic line (4) lies inside the key zone" in shown(tab)
    assert tab.number_input(key="if.line.strategic").value == 7.0
    assert moves(tab, workshop) == ()


def moved_in_both() -> tuple[str, AppTest]:
    """A workshop and a tab whose copy moved the line that the room then moved, too."""
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(4.0).run()
    rooms.store().write(workshop, MoveLine(line="strength", value=6.0))
    return workshop, tab.run()


def test_what_the_room_moved_meanwhile_is_shown_with_both_values() -> None:
    _, tab = moved_in_both()
    text = shown(tab)
    assert "The room has changed this since you began: strength cut-off 5 → 6." in text
    assert "Your copy wants: strength cut-off 6 → 4." in text


def test_sending_over_a_change_of_the_room_is_refused_with_both_values() -> None:
    workshop, tab = moved_in_both()
    tab.button(key="send").click().run()
    text = shown(tab)
    assert "Somebody changed this first (strength cut-off 5 → 6)" in text
    assert "You wanted: what-if: strength cut-off 6 → 4" in text
    assert present(workshop).cut_offs.strength == 6.0
    assert len(moves(tab, workshop)) == 1


def test_a_person_may_keep_the_own_value_and_send_it() -> None:
    workshop, tab = moved_in_both()
    tab.button(key="keep_mine").click().run()
    assert "The room has changed this" not in shown(tab)
    tab.button(key="send").click().run()
    assert present(workshop).cut_offs.strength == 4.0


def test_a_person_may_take_the_rooms_value_instead() -> None:
    workshop, tab = moved_in_both()
    tab.button(key="take_theirs").click().run()
    assert "The room has changed this" not in shown(tab)
    assert moves(tab, workshop) == ()
    assert tab.number_input(key="if.line.strength").value == 6.0


def test_what_the_room_changed_elsewhere_is_felt_in_the_copy_at_once() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(4.0).run()
    rooms.store().write(workshop, MoveLine(line="attractiveness", value=6.0))
    tab.run()
    assert tab.number_input(key="if.line.attractiveness").value == 6.0
    assert "The room has changed this" not in shown(tab)
    tab.button(key="send").click().run()
    assert (present(workshop).cut_offs.strength, present(workshop).cut_offs.attractiveness) == (
        4.0,
        6.0,
    )


def test_a_move_on_something_that_is_gone_is_set_aside_by_name_and_can_be_forgotten() -> None:
    workshop = example()
    tab = opened(workshop)
    tab.slider(key="if.points.A13").set_value(90.0).run()
    name = present(workshop).criteria["A13"].name
    rooms.store().write(workshop, RemoveCriterion(criterion="A13"))
    tab.run()
    assert "Set aside: points of A13: unknown → 90. There is no criterion 'A13'" in shown(tab)
    assert name not in shown(tab)
    assert tab.button(key="send").disabled
    tab.button(key="forget_0").click().run()
    assert moves(tab, workshop) == ()
    assert "Set aside" not in shown(tab)


def test_a_restart_does_not_move_a_copy_that_a_tab_holds() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    restart()
    assert "1 move: " in shown(tab.run())
    tab.button(key="send").click().run()
    assert present(workshop).cut_offs.strength == 7.5


def test_two_tabs_have_a_copy_each() -> None:
    workshop = example()
    first, second = opened(workshop, "Lines"), opened(workshop, "Lines")
    first.number_input(key="if.line.strength").set_value(7.5).run()
    assert moves(second.run(), workshop) == ()


def test_years_draw_an_arrow_for_each_forecast_and_say_who_changes_class() -> None:
    rows = [(f"Customer {n}", (8.0, 3.0)) for n in range(6)]
    workshop = stored(*scored(rows))
    tab = opened(workshop, "Years")
    assert "No customer has a forecast yet." in shown(tab)
    tab.number_input(key="if.forecast.s.c0").set_value(9.0).run()
    assert "In three years: Customer 0 becomes Key · core." in shown(tab)
    assert moves(tab, workshop) == (Forecast(criterion="s", customer="c0", level=9.0),)
    assert "nobody changes class" in shown(tab)
    assert present(workshop).forecasts == {}


def test_scores_may_all_be_taken_away_in_the_copy_and_come_back() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    tab = opened(workshop, "Scores")
    tab.number_input(key="if.score.a.c0").set_value(None).run()
    assert "1 move: Ash has no class any more" in shown(tab)
    tab.number_input(key="if.score.a.c0").set_value(8.0).run()
    assert what_if.UNTOUCHED in shown(tab)


def test_hostile_names_are_shown_verbatim() -> None:
    name = "[a](javascript:alert(1)) $x$ <script>"
    workshop = stored(*scored([(name, (8.0, 8.0)) for _ in range(5)]))
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(9.0).run()
    text = "\n".join(element.value for element in (*tab.markdown, *tab.caption))
    assert "](" not in text
    assert "<script>" not in text
    assert UNEXPECTED not in shown(tab)


def test_the_page_is_in_the_menu_of_every_step_with_the_same_workshop() -> None:
    workshop = example()
    [link] = [one for one in page("matrix", workshop).page_link if one.label == "What if?"]
    assert f"w={workshop}" in str(link.proto)


def test_the_copy_begins_at_the_revision_that_it_was_made_on() -> None:
    workshop = example()
    tab = opened(workshop, "Lines")
    tab.number_input(key="if.line.strength").set_value(7.5).run()
    assert copy_of(tab, workshop).revision == rooms.store().history(workshop).revision
    assert "Send to the room" in labels(shown_section(tab, "Gates"))


def test_an_empty_workshop_has_no_picture_in_words_either() -> None:
    assert what_if.small_points(result(made()), set()) == []
    assert set(PAGES) & {"what-if"} == set()
