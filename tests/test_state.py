"""Of `kam.ui.state`: what belongs to one browser tab."""

from streamlit.testing.v1 import AppTest

from kam.ui import state


def tab(script: str) -> AppTest:
    """A page of one script, run once."""
    return AppTest.from_string(f"import streamlit as st\nfrom kam.ui import state\n{script}").run()


def test_the_open_workshop_is_named_by_the_address_and_by_nothing_else() -> None:
    page = AppTest.from_string("from kam.ui import state\nstate.st.text(state.workshop_id())")
    assert page.run().text[0].value == "None"
    page.query_params["w"] = "abc"
    assert page.run().text[0].value == "abc"


def test_an_address_opens_the_workshop_that_it_was_made_for() -> None:
    page = tab("st.query_params.update(state.address('abc'))\nst.text(state.workshop_id())")
    assert page.text[0].value == "abc"


def test_a_seeded_widget_shows_the_truth_at_every_run() -> None:
    page = tab("state.seed('n', 5)\nst.number_input('N', value=None, key='n')")
    assert page.number_input(key="n").value == 5
    page.number_input(key="n").set_value(9).run()
    assert page.number_input(key="n").value == 5


def test_what_a_widget_holds_can_be_read_and_an_absent_one_holds_nothing() -> None:
    page = tab("st.text_input('T', 'x', key='t')\nst.text(state.widget('t'))\n"
               "st.text(state.widget('no such'))")  # fmt: skip
    assert [text.value for text in page.text] == ["x", "None"]


def test_what_a_tab_remembers_is_apart_from_its_widgets() -> None:
    page = tab("state.remember('name', 1)\nst.text_input('T', 'x', key='name')\n"
               "st.text(state.recall('name'))")  # fmt: skip
    assert page.text[0].value == "1"
    assert page.text_input(key="name").value == "x"


def test_what_was_never_remembered_is_the_default() -> None:
    assert tab("st.text(state.recall('x', 7))").text[0].value == "7"


def test_a_forgotten_thing_is_gone_and_forgetting_twice_does_nothing() -> None:
    page = tab("state.remember('x', 1)\nstate.forget('tab:x')\nstate.forget('tab:x')\n"
               "st.text(state.recall('x'))")  # fmt: skip
    assert page.text[0].value == "None"


def test_each_workshop_has_the_revision_that_this_tab_saw_of_it() -> None:
    page = tab(
        "state.saw('a', 3)\nstate.saw('b', 8)\nfor key in 'abc':\n    st.text(state.seen(key))"
    )
    assert [text.value for text in page.text] == ["3", "8", "None"]


def test_a_message_is_told_once_with_its_kind() -> None:
    page = tab("state.tell('Saved.', 'done')\nst.text(state.told())\nst.text(state.told())")
    assert [text.value for text in page.text] == ["('done', 'Saved.')", "None"]


def test_the_last_message_wins() -> None:
    page = tab("state.tell('One.')\nstate.tell('Two.')\nst.text(state.told())")
    assert page.text[0].value == "('error', 'Two.')"


def test_the_address_names_the_workshop_under_one_letter() -> None:
    assert state.address("abc") == {"w": "abc"}
