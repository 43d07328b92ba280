"""Step 5 and `kam.ui.split`: the room we have, the rule, the lanes, what is usual."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, OverrideClass
from kam.model import Class
from kam.ui import split
from tests.apps import example, go, labels, page, present, restart, room, scored, shown, stored
from tests.workshops import after, customer, made, placed, places

EASTVALE = "eastvale-health"  # decided by the team in the example


def overrides(count: int, klass: Class = Class.LOW_PRIORITY) -> list[OverrideClass]:
    """Decisions against the rule for the first customers of a test."""
    return [
        OverrideClass(customer=f"c{n}", klass=klass, by="Ines", reason="No") for n in range(count)
    ]


def other_view(tab: AppTest) -> AppTest:
    """The page with what to ask before deciding."""
    return tab.segmented_control(key=split.VIEW).set_value(split.QUESTIONS).run()


def filled(tab: AppTest) -> list[str]:
    """The labels of the filled buttons."""
    return [button.label for button in tab.button if button.proto.type == "primary"]


# --- title, empty state, ways on ------------------------------------------------------------------


def test_the_title_counts_both_kinds_and_who_waits() -> None:
    rows = {"ash": (9.0, 9.0), "bay": (6.0, 6.0), "cob": (5.5, 5.5)}
    assert split.title(room(made())) == "Which key accounts are strategic?"
    assert split.title(room(placed(rows))) == "1 strategic and 2 core key accounts"
    assert split.title(room(after(placed(rows), places(2)))) == (
        "1 strategic and 1 core key accounts; 1 waits for room"
    )


@pytest.mark.parametrize(
    ("levels", "seats", "told"),
    [
        ((9.0, 9.0), 9, "2 key accounts, all strategic"),
        ((6.0, 6.0), 9, "2 key accounts, all core"),
        ((6.0, 2.0), 9, "No customer is a key account"),
        ((2.0, 2.0), 9, "No customer is a key account"),
        ((9.0, 9.0), 0, "No customer is a key account; 2 wait for room"),
    ],
)
def test_the_title_of_a_single_class_counts_no_class_that_is_empty(
    levels: tuple[float, float], seats: int, told: str
) -> None:
    same = placed({"ash": levels, "bay": (levels[0], levels[1] + 0.5)})
    assert split.title(room(after(same, places(seats)))) == told


@pytest.mark.parametrize("levels", [(9.0, 9.0), (6.0, 6.0), (6.0, 2.0), (2.0, 2.0)])
def test_a_single_class_has_a_page_with_its_lanes_and_its_case(levels: tuple[float, float]) -> None:
    rows = [("Ash", levels), ("Bay", (levels[0], levels[1] + 0.5))]
    workshop = stored(*scored(rows))
    tab = page("split", workshop)
    assert "nobody" in shown(tab)
    assert tab.selectbox(key="customer_choice").value == "c1"
    tab.button(key="decide").click().run()
    assert present(workshop).confirmed.keys() == {"c1"}


def test_one_key_account_is_told_as_one() -> None:
    assert split.title(room(placed({"ash": (9.0, 9.0)}))) == "1 key account, strategic"


def test_nothing_can_be_split_before_anybody_is_scored() -> None:
    workshop = stored()
    tab = page("split", workshop)
    assert "Score customers first" in shown(tab)
    assert not tab.segmented_control
    assert filled(tab) == ["Score customers"]
    customers = page("customers", workshop).title[0].value
    assert tab.button(key="next_step").click().run().title[0].value == customers


def test_the_filled_button_decides_cases_while_any_is_left_and_agrees_after() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    tab = page("split", workshop)
    assert filled(tab) == ["Decide and go to the next"]
    tab.button(key="decide").click().run()
    assert filled(tab) == ["Agree the split"]


def test_where_nobody_is_asked_yet_the_filled_button_makes_the_list() -> None:
    tab = other_view(page("split", stored(*scored([("Ash", (8.0, 8.0))]))))
    assert filled(tab) == ["Add 3 questions"]


def test_the_split_can_be_agreed_with_cases_left() -> None:
    workshop = stored(*scored([("Ash", (8.0, 8.0))]))
    tab = page("split", workshop).button(key="next_step").click().run()
    assert [mark.name for mark in present(workshop).marks] == ["Split agreed"]
    assert "plan" in tab.title[0].value


def test_both_views_bear_one_title_and_the_other_one_asks() -> None:
    tab = page("split", example())
    title = tab.title[0].value
    other_view(tab)
    assert tab.title[0].value == title
    assert "could settle 5 borderline cases" in shown(tab)


# --- the rule and its line ------------------------------------------------------------------------


def test_the_rule_is_one_sentence_with_its_line() -> None:
    text = shown(page("split", example()))
    assert "**Strategic** is a key account at or above 7 in attractiveness" in text
    assert "They take hours by their distance inside the key zone" in text


def test_a_moved_strategic_line_is_felt_at_once_and_survives_refresh_and_restart() -> None:
    workshop = example()
    tab = page("split", workshop)
    tab.number_input(key="line.strategic").set_value(9.9).run()
    title = tab.title[0].value
    assert title != "5 strategic and 3 core key accounts; 2 wait for room"
    assert go(tab, "matrix").number_input(key="line.strategic").value == 9.9
    restart()
    assert page("split", workshop).title[0].value == title


def test_the_two_on_either_side_of_the_capacity_line_are_named() -> None:
    text = shown(page("split", example()))
    assert "Kinlarrow Dairy (+0.8) has the last room, Redmarsh Packaging (+0.6) is the" in text
    assert "cannot separate these two: decide, and write why" in text


def test_hours_follow_a_moved_line_at_once() -> None:
    tab = page("split", example())
    tab.number_input(key="line.strategic").set_value(9.9).run()
    assert "hours left; nobody has to wait." in shown(tab)


def test_where_places_are_counted_the_rule_speaks_of_places() -> None:
    rows = [(f"Customer {n}", (9.0 - n, 9.0)) for n in range(3)]
    text = shown(page("split", stored(*scored(rows), places(2))))
    assert "They take places by their distance" in text


# --- the lanes ------------------------------------------------------------------------------------


def test_a_lane_is_headed_by_its_class_and_count() -> None:
    text = shown(page("split", example()))
    for heading in ("Key · strategic · 5", "Key · core · 3", "Waiting for room · 2"):
        assert f"**{heading}**" in text


def test_who_is_close_and_who_was_decided_by_the_team_is_marked() -> None:
    told = labels(page("split", example()))
    assert "Eastvale Health +1.6 ◇" in told
    assert "Kinlarrow Dairy +0.8" in told
    assert next(line for line in told if line.startswith("Tamar")) == "Tamar Logistics +1.4 ○ ✓"


def test_a_tap_on_a_customer_opens_its_case() -> None:
    tab = page("split", example())
    tab.button(key="case_oakmarrow-brewing").click().run()
    assert tab.selectbox(key="customer_choice").value == "oakmarrow-brewing"
    assert "The rule is clear here" in shown(tab)


def test_a_long_lane_is_cut_and_counted() -> None:
    rows = [(f"Customer {n}", (8.0, 9.0 - n / 100)) for n in range(40)]
    tab = page("split", stored(*scored(rows)))
    cases = [button for button in tab.button if str(button.key).startswith("case_")]
    assert len(cases) == split.MOST_ROWS
    assert "and 10 more, all in the box of the case" in shown(tab)
    assert len(tab.selectbox(key="customer_choice").options) == 40


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        ([40], [8]),
        ([0, 40], [1, 6]),  # nobody strategic: core has the rest of its column
        ([40, 40], [4, 3]),
        ([40, 0], [6, 1]),
        ([3, 2], [3, 4]),
        ([1, 40], [1, 6]),
    ],
)
def test_what_a_lane_leaves_free_another_one_takes(rows: list[int], fits: list[int]) -> None:
    assert split._fits(rows) == fits


def test_where_nobody_is_strategic_core_stands_in_its_column() -> None:
    core = [(f"Customer {n}", (6.0, 9.0 - n / 100)) for n in range(20)]
    tab = page("split", stored(*scored(core)))
    left, right = tab.columns[1:3]  # of the first of the page
    told = ["\n".join(line.value for line in column.markdown) for column in (left, right)]
    assert "Key · strategic · 0" in told[0]
    assert "Key · core · 20" in told[0]
    assert "Key · core" not in told[1]
    assert "Waiting for room" in told[1]


def test_who_was_confirmed_is_marked_in_its_lane() -> None:
    tab = page("split", stored(*scored([("Ash", (8.0, 8.0))])))
    assert "Ash +3.0" in labels(tab)
    assert "Ash +3.0 ✓" in labels(tab.button(key="decide").click().run())


# --- what is usual, and decisions against the rule ------------------------------------------------


def test_what_is_usual_for_so_many_accounts_is_told_with_its_source() -> None:
    text = shown(page("split", example()))
    assert "5 people for 5 strategic and 3 core accounts: one manager usually looks after" in text
    assert "Source: a starting value of this program, not a finding." in text


def test_too_many_key_accounts_are_told() -> None:
    rows = [(f"Customer {n}", (8.0, 9.0 - n / 100)) for n in range(51)]
    assert "51 key accounts: 15 to 35 are usual" in shown(page("split", stored(*scored(rows))))


def test_decisions_against_the_rule_are_counted_and_more_than_one_in_ten_are_told() -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(4)]
    assert "1 decision against the rule, of at most 1." in shown(page("split", example()))
    assert "3 decisions against the rule: more than one in ten." in shown(
        page("split", stored(*scored(rows), *overrides(3)))
    )


def test_a_decision_that_agrees_with_the_rule_is_not_counted_against_it() -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(4)]
    told = shown(page("split", stored(*scored(rows), *overrides(1, Class.KEY_CORE))))
    assert "against the rule" not in told


def test_one_decision_for_the_largest_customer_is_told_at_once() -> None:
    rows = [(f"Customer {n}", (9.0 if n < 3 else 2.0, 8.0)) for n in range(10)]
    grown = {f"c{n}": customer(f"c{n}", revenue=float(n + 1)) for n in range(10)}
    revenue = BringIn(origin="a ledger", customers=grown)
    decided = OverrideClass(customer="c9", klass=Class.KEY_CORE, by="Ines", reason="Promised")
    told = "The one decision for key against the rule, C9, is also the largest customer."
    assert told in shown(page("split", stored(*scored(rows), revenue, decided)))
    assert told not in shown(page("split", stored(*scored(rows), revenue)))


def test_without_decisions_against_the_rule_nothing_is_told_of_them() -> None:
    rows = [(f"Customer {n}", (8.0, 8.0)) for n in range(4)]
    assert "against the rule" not in shown(page("split", stored(*scored(rows))))
