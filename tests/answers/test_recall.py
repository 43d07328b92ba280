"""Of `kam.ui.answers.recall`: names first, before any list, matched only when certain."""

from hypothesis import given
from hypothesis import strategies as st

from kam.model import Recall
from kam.ui.answers import recall
from kam.ui.answers.recall import Line, read
from tests.answers.opened import NAMES, at, present, sat, seat, send, team, title
from tests.apps import labels, shown, stored


def test_names_that_differ_only_in_case_and_legal_form_are_certain() -> None:
    assert read("ash works\n\n  BAY FOODS inc. ", NAMES) == (
        Line("ash works", "ash"),
        Line("BAY FOODS inc.", "bay"),
    )


def test_near_names_are_only_asked_about_and_strange_ones_kept_as_written() -> None:
    near, strange = read("Bay Food\nAcme", NAMES)
    assert (near.certain, near.near) == (None, ("bay",))
    assert strange == Line("Acme", None)


def test_a_name_that_two_customers_bear_is_asked_about() -> None:
    [line] = read("Twin", {"one": "Twin Ltd", "two": "Twin GmbH"})
    assert (line.certain, set(line.near)) == (None, {"one", "two"})


def test_a_name_written_twice_counts_once_as_it_was_written_first() -> None:
    assert [line.written for line in read("Acme\nZeta\nACME Ltd", NAMES)] == ["Acme", "Zeta"]


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_no_customer_is_invented(text: str) -> None:
    for line in read(text, NAMES):
        assert line.written
        assert {line.certain, *line.near} - {None} <= NAMES.keys()


def test_names_are_asked_first_while_no_customer_is_on_the_screen() -> None:
    tab = sat(stored(*team()))
    assert title(tab) == "Which customers come to your mind?"
    everything = shown(tab) + " ".join(labels(tab))
    assert not [name for name in NAMES.values() if name in everything]
    assert not tab.multiselect
    assert not tab.selectbox


def test_what_is_certain_is_told_and_what_is_near_waits_for_an_answer() -> None:
    workshop = stored(*team())
    tab = sat(workshop)
    tab.text_area(key="answer.text").set_value("Ash Works\nBay Food\nAcme").run()
    text = shown(tab)
    assert "✓ Ash Works Ltd" in text
    assert "Acme · :gray[none of our customers; kept as you wrote it]" in text
    assert "Say whether “Bay Food” is one of the customers offered." in text
    assert tab.button(key="send").disabled
    tab.selectbox(key="answer.is.1").set_value("bay").run()
    send(tab)
    assert present(workshop).answers.recalled == {
        "ines": Recall(customers=("ash", "bay"), others=("Acme",))
    }


def test_none_of_the_near_ones_keeps_the_name_as_it_was_written() -> None:
    workshop = stored(*team())
    tab = sat(workshop)
    tab.text_area(key="answer.text").set_value("Bay Food").run()
    tab.selectbox(key="answer.is.0").set_value("").run()
    send(tab)
    assert present(workshop).answers.recalled["ines"] == Recall(others=("Bay Food",))


def test_nothing_is_sent_by_mistake_but_nobody_is_an_answer() -> None:
    workshop = stored(*team())
    tab = sat(workshop)
    assert tab.button(key="send").disabled
    tab.checkbox(key="answer.nobody").set_value(True).run()
    send(tab)
    assert present(workshop).answers.recalled == {"ines": Recall()}


def test_an_eleventh_name_is_told_not_cut_off() -> None:
    tab = sat(stored(*team()))
    tab.text_area(key="answer.text").set_value(
        "\n".join(f"Firm {n} x" for n in "abcdefghijk")
    ).run()
    assert "There is room for ten names; we found 11. Take some out." in shown(tab)
    assert tab.button(key="send").disabled


def test_once_the_list_was_seen_names_are_no_longer_asked_or_changed() -> None:
    _, tab = at("")
    assert title(tab) == "Which five would you pick by feeling?"
    assert recall.question(seat()).final
