"""Step 5 and `kam.ui.split`: lanes, the rule, and decisions against it."""

from streamlit.testing.v1 import AppTest

from kam.edits import OverrideClass
from kam.model import Class, Favours
from kam.ui import rooms, split
from tests.apps import example, go, page, present, restart, room, scored, shown, stored
from tests.workshops import after, made, placed, places

EASTVALE = "eastvale-health"  # decided by the team in the example


def open_case(workshop: str, customer: str) -> AppTest:
    """The split page with one customer's case open."""
    tab = page("split", workshop)
    return tab.selectbox(key="customer_choice").set_value(customer).run()


def decided(tab: AppTest, klass: Class, by: str, reason: str) -> AppTest:
    """The page after somebody decided against the rule."""
    tab.selectbox(key="override_class").set_value(klass)
    tab.text_input(key="override_by").set_value(by)
    tab.text_input(key="override_reason").set_value(reason).run()
    return tab.button(key="override").click().run()


def test_the_title_counts_both_kinds_and_who_waits() -> None:
    rows = {"ash": (9.0, 9.0), "bay": (6.0, 6.0), "cob": (5.5, 5.5)}
    assert split.title(room(made())) == "Which key accounts are strategic?"
    assert split.title(room(placed(rows))) == "1 strategic and 2 core key accounts"
    assert split.title(room(after(placed(rows), places(2)))) == (
        "1 strategic and 1 core key accounts; 1 wait for room"
    )


def test_lanes_hold_a_class_in_the_one_order_and_only_those_who_wait_for_room() -> None:
    rows = {"bay": (8.0, 8.0), "ash": (9.0, 9.0), "cob": (7.5, 7.5), "dew": (9.0, 2.0)}
    open_room = room(after(placed(rows), places(2)))
    strategic = split._lane(open_room, Class.KEY_STRATEGIC)
    assert [standing.customer for standing in strategic] == ["ash", "bay"]
    waiting = split._lane(open_room, Class.STRATEGIC, waiting=True)
    assert [standing.customer for standing in waiting] == ["cob"]


def test_nothing_can_be_split_before_anybody_is_scored() -> None:
    assert "Score customers first" in shown(page("split", stored()))


def test_the_rule_is_one_sentence_with_its_line() -> None:
    text = shown(page("split", example()))
    assert "**Strategic** is a key account at or above 7 in attractiveness" in text


def test_a_moved_strategic_line_is_felt_at_once_and_survives_refresh_and_restart() -> None:
    workshop = example()
    tab = page("split", workshop)
    tab.number_input(key="line.strategic").set_value(9.9).run()
    title = tab.title[0].value
    assert title != "5 strategic and 3 core key accounts; 2 wait for room"
    assert go(tab, "matrix").number_input(key="line.strategic").value == 9.9
    restart()
    assert page("split", workshop).title[0].value == title


def test_a_tap_on_a_customer_opens_its_case() -> None:
    tab = page("split", example())
    case = next(button for button in tab.button if str(button.key).startswith("case_"))
    case.click().run()
    assert f"case_{tab.selectbox(key='customer_choice').value}" == case.key
    shown(tab)


def test_an_answer_to_would_it_favour_us_is_written_down_as_asked() -> None:
    workshop = stored(*scored([("Ash", (9.0, 9.0))]))
    tab = page("split", workshop)
    assert "Would **Ash** favour us as a key supplier? · Ines asks" in shown(tab)
    tab.button(key="yes_c0").click().run()
    profile = present(workshop).customers["c0"].profile
    assert (profile.favours_us, profile.favours_known_by) == (Favours.YES, "asked")
    assert "1 strategic" in tab.title[0].value
    assert "We know of every customer in the key zone" in shown(tab)
    tab.button(key="undo").click().run()
    assert "0 strategic and 1 core" in tab.title[0].value


def test_a_decision_against_the_rule_needs_a_name_and_a_reason() -> None:
    workshop = example()
    before = present(workshop).overrides
    for by, reason in (("", "We promised"), ("Ines", " "), ("", "")):
        tab = decided(page("split", workshop), Class.KEY_CORE, by, reason)
        assert "A decision against the rule needs a name and a reason." in shown(tab)
    assert present(workshop).overrides == before


def test_a_decision_is_shown_with_its_name_and_can_be_withdrawn() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = decided(page("split", workshop), Class.KEY_CORE, "Ines", "We promised")
    assert "◇ **Key · core**, decided by Ines: We promised" in shown(tab)
    assert "0 strategic and 1 core key accounts" in shown(tab)
    tab.button(key="withdraw").click().run()
    assert present(workshop).overrides == {}
    assert "0 strategic and 0 core key accounts" in shown(tab)


def test_long_and_hostile_reasons_are_cut_and_stay_text() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = decided(page("split", workshop), Class.KEY_CORE, "<b>Ines</b>", "](" + "x" * 300)
    shown(tab)
    assert len(present(workshop).overrides["c0"].reason) == 200
    raw = "\n".join(line.value for line in tab.markdown)
    assert "](" not in raw
    assert "<b>" not in raw


def test_a_decision_that_somebody_made_first_shows_both_and_stands() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = page("split", workshop)
    first = OverrideClass(customer="c0", klass=Class.STRATEGIC, by="Joris", reason="No")
    rooms.store().write(workshop, first)
    tab.selectbox(key="override_class").set_value(Class.KEY_CORE)
    tab.text_input(key="override_by").set_value("Ines")
    tab.text_input(key="override_reason").set_value("We promised")
    tab.button(key="override").click().run()
    text = shown(tab)
    assert "Somebody changed this first" in text
    assert "You wanted: " in text
    assert present(workshop).overrides["c0"].by == "Joris"


def test_more_decisions_than_one_in_ten_are_told() -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(4)]
    made_by = [
        OverrideClass(customer=f"c{n}", klass=Class.LOW_PRIORITY, by="Ines", reason="No")
        for n in range(3)
    ]
    assert "3 decisions against the rule: more than one in ten." in shown(
        page("split", stored(*scored(rows), *made_by))
    )


def test_the_example_shows_the_teams_own_decision() -> None:
    tab = open_case(example(), EASTVALE)
    assert "decided by Elena Markwell: Its five-year programme" in shown(tab)
