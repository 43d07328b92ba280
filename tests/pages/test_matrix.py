"""Step 4: the picture, its lines, the weights beside it, the table."""

import json

from streamlit.testing.v1 import AppTest

from kam.edits import MoveLine, OverrideClass, PutCustomer
from kam.model import Class, CutOffs, Favours
from kam.ui import rooms
from tests.apps import EXAMPLE, example, go, page, present, restart, shown, stored
from tests.workshops import customer


def opened(workshop: str, view: str = "Picture") -> AppTest:
    """The matrix in one of its three views."""
    return page("matrix", workshop).segmented_control(key="matrix_view").set_value(view).run()


def clicked(tab: AppTest, customers: list[str]) -> AppTest:
    """The page after a click on bubbles; AppTest cannot click, so the tab remembers it."""
    tab.session_state["tab:picked"] = customers[0] if customers else None
    return tab.run()


def test_the_ghost_says_how_many_scores_are_missing() -> None:
    workshop = stored(PutCustomer(customer=customer("ash")))
    assert "Score at least 5 customers to see the picture. 0 of 1 scored." in shown(
        page("matrix", workshop)
    )


def test_the_example_opens_with_its_message_and_a_picture_in_words() -> None:
    tab = page("matrix", example())
    assert "8 of 40 customers are key" in shown(tab)
    [chart] = tab.get("vega_lite_chart")
    assert "40" in str(chart.proto)


def test_a_moved_line_is_in_the_store_in_the_title_and_on_the_split_page() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    before = shown(go(tab, "split")).splitlines()[0]
    tab = go(tab, "matrix")
    tab.number_input(key="line.strength").set_value(7.5).run()
    assert present(workshop).cut_offs.strength == 7.5
    assert tab.title[0].value != "8 of 40 customers are key; 6 are too close to call"
    assert shown(go(tab, "split")).splitlines()[0] != before


def test_undo_and_redo_move_the_line_back_and_forth() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    title = tab.title[0].value
    tab.number_input(key="line.attractiveness").set_value(6.5).run()
    moved = tab.title[0].value
    tab.button(key="undo").click().run()
    assert (tab.title[0].value, present(workshop).cut_offs) == (title, CutOffs())
    assert tab.number_input(key="line.attractiveness").value == 5.0
    tab.button(key="redo").click().run()
    assert tab.title[0].value == moved
    shown(tab)


def test_a_strategic_line_below_the_cut_off_is_refused_with_both_numbers() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    tab.number_input(key="line.strategic").set_value(4.0).run()
    assert "The strategic line (4) lies inside the key zone" in shown(tab)
    assert tab.number_input(key="line.strategic").value == 7.0
    assert present(workshop).cut_offs == CutOffs()


def test_an_emptied_line_changes_nothing() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    tab.number_input(key="line.strategic").set_value(None).run()
    shown(tab)
    assert tab.number_input(key="line.strategic").value == 7.0


def test_a_line_that_somebody_moved_first_shows_both_values() -> None:
    workshop = example()
    tab = page("matrix", workshop)
    rooms.store().write(workshop, MoveLine(line="strength", value=6.0))
    tab.number_input(key="line.strength").set_value(4.0).run()
    text = shown(tab)
    assert "strength cut-off 5 → 6" in text
    assert "strength cut-off 6 → 4" in text
    assert present(workshop).cut_offs.strength == 6.0


def test_a_slider_moves_a_weight_and_it_survives_refresh_and_restart() -> None:
    workshop = example()
    tab = opened(workshop, "Weights")
    tab.slider(key="slide.A13").set_value(90.0).run()
    assert present(workshop).points["A13"] == 90.0
    shown(tab)
    restart()
    assert opened(workshop, "Weights").slider(key="slide.A13").value == 90.0
    assert page("criteria", workshop).number_input(key="points.A13").value == 90.0


def test_the_table_has_every_customer_in_the_one_order() -> None:
    workshop = example()
    tab = opened(workshop, "Table")
    result = rooms.assessed(rooms.store().history(workshop))
    assert list(tab.dataframe[0].value["Id"]) == list(result.standings)


def test_a_click_opens_the_case_and_close_closes_it() -> None:
    tab = clicked(page("matrix", example()), ["eastvale-health"])
    text = shown(tab)
    assert "**Eastvale Health**" in text
    assert "Decided by Elena Markwell" in text
    tab.button(key="close_drawer").click().run()
    assert "**Eastvale Health**" not in shown(tab)


def test_a_click_on_a_customer_that_is_gone_shows_the_picture_alone() -> None:
    tab = clicked(page("matrix", example()), ["no such"])
    shown(tab)
    assert "close_drawer" not in [button.key for button in tab.button]


def test_what_a_bubbles_size_shows_can_be_chosen() -> None:
    tab = page("matrix", example())
    tab.selectbox(key="bubble_size").set_value("cost_to_serve").run()
    shown(tab)
    assert tab.selectbox(key="bubble_size").value == "cost_to_serve"


def test_customers_without_scores_are_counted_under_the_picture() -> None:
    workshop = example()
    rooms.store().write(workshop, PutCustomer(customer=customer("new")))
    assert "1 customer not scored yet, not drawn" in shown(page("matrix", workshop))


def test_an_override_changes_the_class_and_is_told_by_name() -> None:
    workshop = example()
    low = next(
        key
        for key, standing in rooms.assessed(rooms.store().history(workshop)).standings.items()
        if standing.klass is Class.LOW_PRIORITY
    )
    decided = OverrideClass(customer=low, klass=Class.KEY_CORE, by="Ines", reason="We promised")
    rooms.store().write(workshop, decided)
    assert "Decided by Ines: We promised" in shown(clicked(page("matrix", workshop), [low]))


def test_agreeing_names_the_picture_once_and_goes_to_the_split() -> None:
    workshop = example()
    tab = page("matrix", workshop).button(key="next_step").click().run()
    assert "key accounts" in tab.title[0].value
    marks = [mark.name for mark in present(workshop).marks]
    assert marks[-1] == "Matrix agreed"
    go(tab, "matrix").button(key="next_step").click().run()
    assert [mark.name for mark in present(workshop).marks] == marks


def test_the_example_in_the_file_is_the_example_on_the_screen() -> None:
    names = json.loads(EXAMPLE.read_bytes())["workshop"]["customers"]
    assert set(present(example()).customers) == set(names)
    assert {Favours(c["profile"]["favours_us"]) for c in names.values()} == set(Favours)
