"""Of `kam.ui.answers.door`: who answers, new members, and a bar that tells nothing."""

import pytest

from kam.edits import PutMember
from kam.model import Member
from kam.ui.answers.door import WHO
from tests.answers.opened import door, present, sat, team, title
from tests.apps import labels, shown, stored


def test_without_members_the_page_says_how_to_take_part() -> None:
    assert "Nobody takes part yet. Add yourself with your name." in shown(door(stored()))


def test_a_newcomer_is_added_with_a_department_and_sits_down() -> None:
    workshop = stored(*team())
    tab = door(workshop)
    tab.text_input(key="new_member").set_value("  Zoe  ").run()
    tab.text_input(key="new_department").set_value("Sales").run()
    tab.button(key="add_member").click().run()
    assert present(workshop).members["M-1"] == Member(id="M-1", name="Zoe", department="Sales")
    assert title(tab) == "Which customers come to your mind?"


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "Write your name first"), ("INES", "INES is on the list already")],
)
def test_no_name_or_one_that_is_there_is_told_and_changes_nothing(name: str, told: str) -> None:
    workshop = stored(*team())
    tab = door(workshop)
    tab.text_input(key="new_member").set_value(name).run()
    tab.button(key="add_member").click().run()
    assert told in shown(tab)
    assert set(present(workshop).members) == {"ines", "bo", "kit"}


def test_the_bar_has_neither_progress_nor_undo_that_would_tell_what_others_did() -> None:
    tab = sat(stored(*team()))
    links = [link.label for link in tab.page_link]
    assert links == ["", "Back to the workshop"]
    assert not {"undo", "redo"} & {button.key for button in tab.button}
    assert "Ines answers" in shown(tab)


def test_names_are_shown_as_they_are() -> None:
    tab = door(stored(*team()))
    assert {"Ines", "Bo", "Kit"} <= set(labels(tab))


def test_the_next_person_starts_at_the_names() -> None:
    tab = sat(stored(*team()), "bo")
    tab.checkbox(key="answer.nobody").set_value(True).run()
    tab.button(key="send").click().run()
    for _ in range(4):
        tab.button(key="skip").click().run()
    assert title(tab) == "Sent. Please look up."
    tab.button(key="next_person").click().run()
    assert title(tab) == WHO


def test_a_name_that_a_page_may_not_show_as_it_is_stays_as_it_was_typed() -> None:
    workshop = stored()
    tab = door(workshop)
    tab.text_input(key="new_member").set_value("**Zoe** :red[x]").run()
    tab.button(key="add_member").click().run()
    assert present(workshop).members["M-1"].name == "**Zoe** :red[x]"
    assert "**Zoe** :red[x] answers" in shown(tab)


def test_a_member_too_many_is_told_and_nobody_is_lost() -> None:
    crowd = [PutMember(member=Member(id=f"m{n}", name=f"Member {n}")) for n in range(30)]
    workshop = stored(*crowd)
    tab = door(workshop)
    tab.text_input(key="new_member").set_value("Zoe").run()
    tab.button(key="add_member").click().run()
    assert len(tab.error) == 1
    assert title(tab) == WHO
    assert len(present(workshop).members) == 30


def test_an_earlier_answer_opens_only_after_its_owner_was_chosen() -> None:
    workshop = stored(*team())
    assert not door(workshop).number_input
    assert not door(workshop).text_area
