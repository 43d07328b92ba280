"""Of `kam.ui.answers.gut`: five by feeling, sealed until all are opened."""

from kam.edits import OpenGutLists, SealGutList
from kam.ui import rooms
from kam.ui.answers import gut
from tests.answers.opened import at, present, sat, seat, send, title
from tests.apps import shown


def test_a_list_is_sealed_and_can_be_changed_while_it_is_sealed() -> None:
    workshop, tab = at("gut")
    tab.multiselect(key="answer.gut").set_value(["bay", "ash"]).run()
    send(tab)
    assert present(workshop).answers.gut.of == {"ines": ("bay", "ash")}
    tab = sat(workshop, "ines", "gut")
    assert tab.multiselect(key="answer.gut").value == ["bay", "ash"]
    tab.multiselect(key="answer.gut").set_value(["cob"]).run()
    send(tab)
    assert present(workshop).answers.gut.of == {"ines": ("cob",)}


def test_an_empty_list_cannot_be_sent_but_skipped() -> None:
    workshop, tab = at("gut")
    assert tab.button(key="send").disabled
    tab.button(key="skip").click().run()
    assert title(tab) == "What matters how much to us?"
    assert present(workshop).answers.gut.of == {}


def test_opened_lists_are_not_asked_for_any_more() -> None:
    opened = (SealGutList(member="bo", customers=("ash",)), OpenGutLists())
    assert gut.question(seat(*opened)) is None
    _, tab = at("", *opened)
    assert "pick by feeling" not in shown(tab)


def test_a_list_that_was_opened_while_somebody_chose_is_refused_in_words() -> None:
    workshop, tab = at("gut", SealGutList(member="bo", customers=("ash",)))
    tab.multiselect(key="answer.gut").set_value(["bay"]).run()
    rooms.store().write(workshop, OpenGutLists())
    send(tab)
    assert "The gut-feeling lists are open" in shown(tab)
    assert set(present(workshop).answers.gut.of) == {"bo"}
