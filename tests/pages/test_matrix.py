"""Step 4: the picture, its lines, the weights beside it, the table."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import MoveLine, OverrideClass, PutCustomer, ScoreCustomer
from kam.model import Class, CutOffs, Favours
from kam.report.sure import ASSUMED
from kam.ui import rooms
from kam.ui.sure import BELIEFS, CLASSES, ORDER, PLACES
from kam.ui.sure import VIEWS as SURE_VIEWS
from tests.apps import EXAMPLE, example, go, page, present, restart, scored, shown, stored
from tests.workshops import customer


def opened(workshop: str, view: str = "Picture") -> AppTest:
    """The matrix in one of its four views."""
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


# --- how sure -------------------------------------------------------------------------------------


def sure(workshop: str, view: str = CLASSES) -> AppTest:
    """One of the four views of how sure it is."""
    tab = opened(workshop, "How sure")
    return tab.segmented_control(key="sure_view").set_value(view).run()


def test_how_sure_it_is_stands_in_the_title_and_the_safe_ones_in_a_sentence() -> None:
    tab = sure(example())
    assert tab.title[0].value == "6 of 8 key customers hold firm; 10 customers are in play"
    assert "30 keep their class in at least 93 of 100 runs" in shown(tab)
    assert len(tab.get("vega_lite_chart")) == 1


def test_the_title_is_that_of_the_view_that_is_shown() -> None:
    tab = sure(example())
    tab = go(go(tab, "split"), "matrix")
    assert "hold firm" in tab.title[0].value
    tab.segmented_control(key="matrix_view").set_value("Table").run()
    assert "too close to call" in tab.title[0].value


def test_a_weight_moved_beside_it_moves_how_sure_it_is() -> None:
    workshop = example()
    tab = sure(workshop)
    before = tab.title[0].value
    tab.slider(key="slide.A02").set_value(100.0).run()
    assert tab.title[0].value != before
    assert "hold" in shown(tab)
    assert present(workshop).points["A02"] == 100.0


def test_places_are_drawn_for_the_first_customers() -> None:
    tab = sure(example(), PLACES)
    [chart] = tab.get("vega_lite_chart")
    assert "runs of 100" in shown(tab)
    assert "place of the order" in str(chart.proto)


@pytest.mark.parametrize("view", [ORDER, BELIEFS])
def test_what_extreme_tastes_would_do_is_labelled_so(view: str) -> None:
    tab = sure(example(), view)
    assert "what extreme tastes would do, not what this team thinks" in shown(tab)
    assert len(tab.dataframe[0].value) > 5


def test_a_change_of_view_computes_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = sure(example())

    def again(*_args: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr("kam.method.checks.robustness", again)
    tab.segmented_control(key="matrix_view").set_value("Picture").run()
    tab.segmented_control(key="matrix_view").set_value("How sure").run()
    assert "hold firm" in shown(tab)


def test_the_plain_picture_checks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(*_args: object) -> None:
        raise AssertionError("checked")

    monkeypatch.setattr("kam.ui.rooms.checked", checked)
    assert "customers are key" in shown(page("matrix", example()))


@pytest.mark.parametrize("view", SURE_VIEWS)
@pytest.mark.parametrize("count", [1, 2, 12])
def test_hardly_any_or_equal_customers_leave_every_view_standing(view: str, count: int) -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(count)]
    tab = sure(stored(*scored(rows)), view)
    shown(tab)
    assert "nobody is in play" in tab.title[0].value
    assert not tab.error


def test_without_scores_the_question_stays_whatever_the_view() -> None:
    tab = opened(stored(), "How sure")
    assert "Who stands out?" in shown(tab)
    assert not tab.error


def test_without_ballots_the_spread_is_said_to_be_assumed() -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(5)]
    assert ASSUMED in shown(sure(stored(*scored(rows))))


# --- the drawer -----------------------------------------------------------------------------------


def test_the_drawer_explains_in_sentences_and_leads_to_what_would_change_it() -> None:
    tab = clicked(page("matrix", example()), ["oakmarrow-brewing"])
    text = shown(tab)
    assert "Incremental profit potential is 1.77 % of our operating profit" in text
    assert "In 80 of 100 runs with other reasonable weights and scores it is key." in text
    assert "5 of 8 of you would pick it with your own weights." in text
    # in the list of views, under the picture, and in the drawer
    assert [link.label for link in tab.page_link].count("What would change it?") == 3


def test_the_drawer_shows_the_notes_of_the_scores() -> None:
    workshop = example()
    noted = ScoreCustomer(customer="orrin-steel", criterion="A03", value=2, note="Annual report")
    rooms.store().write(workshop, noted)
    assert "Annual report" in shown(clicked(page("matrix", workshop), ["orrin-steel"]))
