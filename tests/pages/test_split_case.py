"""`kam.ui.split_case`: borderline cases one at a time, decided as the rule says or otherwise."""

from streamlit.testing.v1 import AppTest

from kam.edits import Edit, OverrideClass
from kam.method.assessment import assess
from kam.model import Class, Favours
from kam.report import tables
from kam.ui import rooms, split_case
from tests.apps import example, go, page, present, restart, room, scored, shown, stored
from tests.workshops import after, placed, places

EASTVALE = "eastvale-health"  # decided by the team in the example
# Two that are asked for their view of us, one that is clear, and one near the cut-off.
ROWS = [("Ash", (9.0, 9.0)), ("Bay", (8.0, 8.0)), ("Cob", (2.0, 2.0)), ("Dew", (4.9, 2.0))]


def four(*more: Edit) -> str:
    return stored(*scored(ROWS), *more)


def open_case(workshop: str, customer: str) -> AppTest:
    """The split page with one customer's case open."""
    tab = page("split", workshop)
    return tab.selectbox(key="customer_choice").set_value(customer).run()


def otherwise(tab: AppTest, customer: str, klass: Class) -> AppTest:
    """The page with another class tapped than the rule has."""
    pills = next(one for one in tab.pills if str(one.key).startswith(f"decide_{customer}"))
    return pills.set_value(klass).run()


def decided(tab: AppTest, klass: Class, by: str, reason: str) -> AppTest:
    """The page after somebody decided the open case against the rule."""
    customer = opened(tab)
    otherwise(tab, customer, klass)
    tab.text_input(key=split_case.BY).set_value(by)
    tab.text_input(key=f"reason_{customer}").set_value(reason)
    return tab.button(key="decide").click().run()


def opened(tab: AppTest) -> str:
    """Whose case is open."""
    return str(tab.selectbox(key="customer_choice").value)


# --- one after another ----------------------------------------------------------------------------


def test_lanes_hold_a_class_in_the_one_order_and_only_those_who_wait_for_room() -> None:
    rows = {"bay": (8.0, 8.0), "ash": (9.0, 9.0), "cob": (7.5, 7.5), "dew": (9.0, 2.0)}
    open_room = room(after(placed(rows), places(2)))
    assert split_case.lane(open_room, Class.KEY_STRATEGIC) == ["ash", "bay"]
    assert split_case.lane(open_room, Class.STRATEGIC, waiting=True) == ["cob"]


def test_the_first_borderline_case_is_open_and_they_are_counted() -> None:
    tab = page("split", four())
    assert opened(tab) == "c0"
    assert "**3 left** of 3 borderline cases" in shown(tab)
    assert "We do not know whether it would favour us" in shown(tab)


def test_borderline_cases_come_first_in_the_box_then_everybody_else() -> None:
    assert page("split", four()).selectbox(key="customer_choice").options == [
        "Ash", "Bay", "Dew", "Cob"]  # fmt: skip


def test_agreeing_with_the_rule_is_kept_and_goes_on_to_the_end() -> None:
    workshop = four()
    tab, told = page("split", workshop), []
    for _ in range(3):
        told.append(opened(tab))
        tab.button(key="decide").click().run()
    assert told == ["c0", "c1", "c3"]
    assert "No case is left of 3 borderline." in shown(tab)
    assert list(present(workshop).confirmed) == ["c0", "c1", "c3"]
    assert present(workshop).confirmed["c0"].klass is Class.KEY_CORE


def test_what_was_confirmed_survives_a_reload_and_a_restart_and_is_seen_by_others() -> None:
    workshop = four()
    page("split", workshop).button(key="decide").click().run()
    assert "**2 left**" in shown(page("split", workshop))
    restart()
    tab = page("split", workshop)
    assert "**2 left** of 3 borderline cases" in shown(tab)
    tab.button(key="undo").click().run()
    assert "**3 left**" in shown(tab)


def test_a_name_and_a_reason_are_welcome_when_the_team_agrees_with_the_rule() -> None:
    workshop = four()
    tab = page("split", workshop)
    tab.pills(key="chips_c0").set_value(["They grow fast"])
    tab.text_input(key="reason_c0").set_value("Two plants are planned")
    tab.text_input(key=split_case.BY).set_value("Ines")
    tab.button(key="decide").click().run()
    told = "Confirmed by Ines: They grow fast. Two plants are planned"
    assert told in shown(open_case(workshop, "c0"))
    assert told in list(tables.customers(assess(present(workshop)))["Confirmed"])


def test_a_case_that_is_confirmed_is_not_written_down_twice() -> None:
    workshop = four()
    tab = page("split", workshop)
    tab.text_input(key=split_case.BY).set_value("Ines")
    tab.button(key="decide").click().run()
    before = rooms.store().history(workshop).revision
    tab.selectbox(key="customer_choice").set_value("c0").run()
    tab.button(key="decide").click().run()
    assert rooms.store().history(workshop).revision == before


def test_deciding_otherwise_replaces_what_was_confirmed() -> None:
    workshop = four()
    page("split", workshop).button(key="decide").click().run()
    decided(open_case(workshop, "c0"), Class.LOW_PRIORITY, "Ines", "We promised")
    assert present(workshop).confirmed == {}
    assert "Confirmed" not in shown(open_case(workshop, "c0"))


def test_from_a_case_in_the_middle_it_goes_round_to_the_first() -> None:
    tab = open_case(four(), "c3")
    assert opened(tab.button(key="decide").click().run()) == "c0"


def test_a_case_from_another_page_is_open_and_the_next_is_the_first_that_is_left() -> None:
    tab = open_case(four(), "c2")
    assert "The rule is clear here" in shown(tab)
    assert opened(tab.button(key="decide").click().run()) == "c0"


def test_a_confirmed_case_is_open_again_when_the_rule_changes_and_says_what_was_said() -> None:
    workshop = stored(*scored([("Ash", (6.9, 8.0))]))
    tab = page("split", workshop)
    tab.button(key="yes_c0").click().run()
    tab.text_input(key=split_case.BY).set_value("Ines")
    tab.button(key="decide").click().run()
    assert "No case is left" in shown(tab)
    tab.number_input(key="line.strategic").set_value(6.8).run()
    assert "**1 left** of 1 borderline case" in shown(tab)
    assert "The rule has changed: Key · core was confirmed by Ines" in shown(tab)


def test_a_customer_without_scores_cannot_be_decided_yet() -> None:
    tab = open_case(stored(*scored([*ROWS, ("Elm", (None, None))])), "c4")
    assert "decide" not in [button.key for button in tab.button]


# --- its view of us -------------------------------------------------------------------------------


def test_an_answer_to_would_it_favour_us_is_written_down_as_asked() -> None:
    workshop = stored(*scored([("Ash", (9.0, 9.0))]))
    tab = page("split", workshop)
    tab.button(key="yes_c0").click().run()
    profile = present(workshop).customers["c0"].profile
    assert (profile.favours_us, profile.favours_known_by) == (Favours.YES, "asked")
    assert tab.title[0].value == "1 key account, strategic"
    assert "No case is borderline." in shown(tab)
    tab.button(key="undo").click().run()
    assert tab.title[0].value == "1 key account, core"


def test_a_customer_whose_view_is_known_is_not_asked_again() -> None:
    tab = open_case(example(), "oakmarrow-brewing")
    assert not [b for b in tab.button if str(b.key) in ("yes_oakmarrow-brewing",)]


# --- against the rule -----------------------------------------------------------------------------


def test_name_and_reason_are_always_offered_and_the_limit_is_told_against_the_rule() -> None:
    tab = page("split", four())
    assert {split_case.BY, "reason_c0"} <= {box.key for box in tab.text_input}
    assert "against the rule, of at most" not in shown(tab)
    otherwise(tab, "c0", Class.LOW_PRIORITY)
    assert "0 decisions against the rule, of at most 1." in shown(tab)


def test_what_a_decision_lacks_is_said_once_and_beside_its_button() -> None:
    tab = decided(page("split", four()), Class.LOW_PRIORITY, "", "")
    assert not tab.error
    assert "A decision against the rule needs a name and a reason." in shown(tab)
    assert "needs a name and a reason" not in shown(tab.run())


def test_a_decision_against_the_rule_needs_a_name_and_a_reason() -> None:
    workshop = example()
    before = present(workshop).overrides
    for by, reason in (("", "We promised"), ("Ines", " "), ("", "")):
        tab = decided(page("split", workshop), Class.LOW_PRIORITY, by, reason)
        assert "A decision against the rule needs a name and a reason." in shown(tab)
    assert present(workshop).overrides == before


def test_a_decision_goes_on_to_the_next_case_and_is_felt_on_the_matrix_page() -> None:
    workshop = four()
    tab = decided(page("split", workshop), Class.LOW_PRIORITY, "Ines", "We promised")
    assert opened(tab) == "c1"
    assert present(workshop).overrides["c0"].klass is Class.LOW_PRIORITY
    assert "1 of 4 customers is key" in shown(go(tab, "matrix"))


def test_chips_alone_are_a_reason_and_own_words_follow_them() -> None:
    workshop = four()
    tab = otherwise(page("split", workshop), "c0", Class.LOW_PRIORITY)
    tab.pills(key="chips_c0").set_value(["They grow fast", "No fit"])
    tab.text_input(key=split_case.BY).set_value("Ines")
    tab.button(key="decide").click().run()
    assert present(workshop).overrides["c0"].reason == "They grow fast; no fit"


def test_who_decides_is_remembered_for_the_next_case() -> None:
    tab = decided(page("split", four()), Class.LOW_PRIORITY, "Ines", "We promised")
    otherwise(tab, "c1", Class.LOW_PRIORITY)
    assert tab.text_input(key=split_case.BY).value == "Ines"


def test_a_decision_is_shown_with_its_name_and_can_be_withdrawn() -> None:
    workshop = stored(*scored([("Ash", (2.0, 2.0))]))
    tab = decided(page("split", workshop), Class.KEY_CORE, "Ines", "We promised")
    assert "◇ **Key · core**, decided by Ines: We promised" in shown(tab)
    assert "1 key account, core" in shown(tab)
    tab.button(key="withdraw").click().run()
    assert present(workshop).overrides == {}
    assert "No customer is a key account" in shown(tab)


def test_no_more_than_one_in_ten_is_decided_against_the_rule() -> None:
    workshop = four()
    tab = decided(page("split", workshop), Class.LOW_PRIORITY, "Ines", "We promised")
    tab = decided(tab, Class.LOW_PRIORITY, "Ines", "We promised")
    assert "At most 1 decision may go against the rule" in shown(tab)
    assert list(present(workshop).overrides) == ["c0"]


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
    tab = otherwise(page("split", workshop), "c0", Class.KEY_CORE)
    first = OverrideClass(customer="c0", klass=Class.STRATEGIC, by="Joris", reason="No")
    rooms.store().write(workshop, first)
    tab.text_input(key=split_case.BY).set_value("Ines")
    tab.text_input(key="reason_c0").set_value("We promised")
    tab.button(key="decide").click().run()
    text = shown(tab)
    assert "Somebody changed this first" in text
    assert "You wanted: " in text
    assert present(workshop).overrides["c0"].by == "Joris"


def test_the_example_shows_the_teams_own_decision() -> None:
    tab = open_case(example(), EASTVALE)
    assert "decided by Elena Markwell: Its five-year programme" in shown(tab)
    assert "The team has decided against the rule." in shown(tab)
    assert "The rule is clear here" not in shown(tab)


# --- back to what the rule says -------------------------------------------------------------------


def test_choosing_the_class_of_the_rule_ends_the_decision_against_it_as_one_step() -> None:
    workshop = example()
    tab = otherwise(open_case(workshop, EASTVALE), EASTVALE, Class.KEY_CORE)
    assert split_case.WITH_RULE in shown(tab)
    tab.button(key="decide").click().run()
    found = present(workshop)
    assert EASTVALE not in found.overrides
    assert found.confirmed[EASTVALE].klass is Class.KEY_CORE
    assert assess(found).standings[EASTVALE].klass is Class.KEY_CORE
    assert "against the rule" not in shown(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).overrides[EASTVALE].klass is Class.KEY_STRATEGIC
    assert EASTVALE not in present(workshop).confirmed


def test_the_class_of_the_rule_needs_neither_name_nor_reason_and_keeps_those_given() -> None:
    against = OverrideClass(customer="c0", klass=Class.LOW_PRIORITY, by="Ines", reason="No fit")
    workshop = four(against)
    tab = decided(open_case(workshop, "c0"), Class.KEY_CORE, "Joris", "They grow")
    assert present(workshop).overrides == {}
    assert present(workshop).confirmed["c0"].told == "confirmed by Joris: They grow"
    assert "needs a name" not in shown(tab)


def test_a_decision_that_the_rule_has_come_to_share_is_told_as_such() -> None:
    agreed = OverrideClass(customer="c0", klass=Class.KEY_CORE, by="Ines", reason="They grow")
    text = shown(open_case(four(agreed), "c0"))
    assert split_case.DECIDED_AS_RULED in text
    assert split_case.DECIDED not in text


def test_another_class_than_both_replaces_the_decision_within_the_limit() -> None:
    against = OverrideClass(customer="c0", klass=Class.LOW_PRIORITY, by="Ines", reason="No fit")
    workshop = four(against)
    decided(open_case(workshop, "c0"), Class.STRATEGIC, "Joris", "Build it up")
    assert present(workshop).overrides["c0"].klass is Class.STRATEGIC
