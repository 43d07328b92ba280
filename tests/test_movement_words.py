"""Of `kam.method.movement_words`: sentences whose figures add up as they are shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChangeProfile,
    Edit,
    MoveLine,
    OverrideClass,
    PutCriterion,
    ScoreCustomer,
    SetPoints,
    WithdrawOverride,
)
from kam.method.assessment import assess
from kam.method.causes import Cause
from kam.method.movement import Change, Movement, movements
from kam.method.movement_words import (
    SMALLER,
    causes_words,
    message,
    shown_tenths,
    signed_tenths,
    told,
)
from kam.model import Class, Favours, Profile, Workshop
from tests.workshops import S, after, by_hand, criterion, placed, places, workshops

STILL = Change(1.0, 1.0, {})
PARTS = st.dictionaries(st.sampled_from(Cause), st.floats(-10, 10), max_size=7)


def moved(main: Cause | None, *, customer: str = "ash") -> Movement:
    """A customer whose class one cause changed, or nobody did."""
    klass = (Class.KEY_CORE, Class.LOW_PRIORITY if main else Class.KEY_CORE)
    parts = {main: 1.0} if main else {}
    return Movement(customer, STILL, STILL, STILL, klass, parts)


def sentence(*edits: Edit, customer: str = "ash", start: Workshop | None = None) -> str:
    """What is told of one customer after some edits."""
    before = start or by_hand()
    then, now = assess(before), assess(after(before, *edits))
    one = next(one for one in movements(then, now) if one.customer == customer)
    return told(then, now, one)


def measured() -> Workshop:
    """The workshop by hand, with a column behind the criterion of strength."""
    share = criterion("s", S, name="Share of wallet", column="share", unit="%")
    return after(by_hand(), PutCriterion(criterion=share))


# --- how many -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        ((), "Nobody changed class since autumn"),
        ((None,), "Nobody changed class since autumn"),
        ((Cause.FACTS,), "1 customer changed class since autumn"),
        ((Cause.FACTS, None, Cause.LINES), "2 customers changed class since autumn"),
    ],
)
def test_the_message_counts_who_changed_class(causes: tuple[Cause | None, ...], words: str) -> None:
    assert message([moved(cause) for cause in causes], "since autumn") == words


def test_causes_are_counted_the_most_frequent_first() -> None:
    causes = (Cause.WEIGHTS, Cause.FACTS, Cause.FACTS, None, Cause.JUDGMENT, Cause.FACTS)
    words = causes_words([moved(cause) for cause in causes])
    assert words == "3 by facts, 1 by weights, 1 by judgment"


def test_a_class_that_several_causes_changed_alike_is_put_down_to_none_of_them() -> None:
    shares = {Cause.FACTS: 0.5, Cause.CAPACITY: 0.5}
    both = Movement("ash", STILL, STILL, STILL, (Class.KEY_CORE, Class.LOW_PRIORITY), shares)
    words = causes_words([both, both, moved(Cause.FACTS)])
    assert words == "2 by several causes alike, 1 by facts"


def test_nobody_who_stays_is_put_down_to_a_cause() -> None:
    assert causes_words([moved(None)]) == ""


# --- one customer ---------------------------------------------------------------------------------


def test_a_fall_by_one_fact_names_classes_the_level_and_then_the_points() -> None:
    """Ash: strength from 6 to 3.5 with the line at 5; attractiveness 7 is not in its way."""
    words = sentence(ScoreCustomer(customer="ash", criterion="s", value=3.5), start=measured())
    assert words == (
        "Ash moved from Key · core to Strategic, not yet key, by facts (Share of wallet from 6 to "
        "3.5 %). Attractive, but a rival is better placed than we are. It moved −2.5 points: "
        "facts −2.5."
    )


def test_who_stays_is_told_with_its_points() -> None:
    words = sentence(ScoreCustomer(customer="ash", criterion="s", value=5.5))
    assert (
        words
        == "Ash stays Key · core, −0.5 points: judgment −0.5 (Criterion s from 6 to 5.5 points)."
    )


def test_who_did_not_move_at_all_is_told_so() -> None:
    words = sentence(ScoreCustomer(customer="bay", criterion="s", value=5.5))
    assert words == "Ash stays Key · core, 0.0 points."


def test_moved_lines_are_named_with_where_they_stood() -> None:
    words = sentence(
        MoveLine(line="strength", value=4.5), MoveLine(line="attractiveness", value=6.8)
    )
    assert "(attractiveness cut-off from 5 to 6.8 and strength cut-off from 5 to 4.5)" in words


def test_causes_that_work_against_each_other_are_both_told() -> None:
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=8.0), MoveLine(line="strength", value=6)
    )
    assert "+1.0 points" in words
    assert "judgment +" in words
    assert "lines −" in words


def test_a_change_that_strength_has_no_part_in_is_told_by_attractiveness() -> None:
    """Bay was attractive enough with 5.0 and is not with 4.25, while our strength rose."""
    words = sentence(
        ScoreCustomer(customer="bay", criterion="a", value=5.0),
        ScoreCustomer(customer="bay", criterion="s", value=4.5),
        customer="bay",
    )
    assert words == (
        "Bay moved from Strategic, not yet key to Low priority, by judgment (Criterion a from 6 "
        "to 5 points). Neither attractive enough, nor are we well placed. Attractiveness moved "
        "−0.8 points: judgment −0.8."
    )


def test_a_class_that_only_a_line_changed_is_told_without_points_that_did_not_change_it() -> None:
    words = sentence(
        MoveLine(line="attractiveness", value=5.5),
        ScoreCustomer(customer="bay", criterion="b", value=2.4),
        customer="bay",
    )
    assert "by lines (attractiveness cut-off from 5 to 5.5)" in words
    assert "moved +" not in words
    assert "judgment" not in words


def test_the_strategic_line_is_named_where_it_makes_the_difference() -> None:
    liked = ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.YES))
    higher = MoveLine(line="strategic", value=8.0)
    words = sentence(higher, start=after(by_hand(), liked))
    assert words.startswith(
        "Ash moved from Key · strategic to Key · core, by lines (strategic line from 7 to 8)."
    )


def test_weights_are_named_with_their_points() -> None:
    """Ash on A is 8 on a and 4 on b: 30:10 gives 7, 10:30 gives 5."""
    assert sentence(SetPoints(points={"a": 10, "b": 30, "s": 20})) == (
        "Ash stays Key · core, −1.0 points: weights −1.0 (weight of Criterion a from 50 to 17 "
        "points)."
    )


def test_a_level_that_was_unknown_is_said_to_be_known_now() -> None:
    start = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="b", value=None),
        MoveLine(line="attractiveness", value=6.5),
    )
    words = sentence(ScoreCustomer(customer="ash", criterion="b", value=0.5), start=start)
    assert "moved −1.4 points: judgment −1.4." in words
    assert "(Criterion b is known now: 0.5 points)" in words


def test_a_class_that_the_team_decided_is_told_with_who_and_why_and_no_points() -> None:
    firm = OverrideClass(
        customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="It was sold to a rival"
    )
    small = ScoreCustomer(customer="ash", criterion="s", value=5.9)
    assert sentence(firm, small) == (
        "Ash moved from Key · core to Low priority, by decisions. "
        "Decided by Ines: It was sold to a rival."
    )


def test_a_decision_that_was_taken_back_is_told() -> None:
    firm = OverrideClass(customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="It was sold")
    words = sentence(WithdrawOverride(customer="ash"), start=after(by_hand(), firm))
    assert "by decisions (what was decided before no longer holds)." in words


def test_what_the_customer_said_is_told_where_it_changed_the_class() -> None:
    words = sentence(ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.NO)))
    assert "by facts (whether it would favour us: unknown then, no now)." in words


def test_what_the_customer_said_is_not_named_where_it_changed_nothing() -> None:
    words = sentence(
        ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.YES)),
        ScoreCustomer(customer="ash", criterion="s", value=3.0),
        start=measured(),
    )
    assert "by facts (Share of wallet from 6 to 3 %)." in words
    assert "favour us" not in words


def test_two_causes_that_did_the_same_are_said_to_be_alike_with_what_each_did() -> None:
    """One place, which Ash had no chance of: it takes its level and a second place together."""
    start = after(placed({"ash": (8.0, 4.0), "bay": (9.0, 9.0)}), places(1))
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=6.0), places(2), start=start
    )
    assert words.startswith(
        "Ash moved from Strategic, not yet key to Key · strategic, by judgment (Criterion s from 4 "
        "to 6 points) and capacity (from 1 to 2 places) alike."
    )


def shared(**parts: float) -> str:
    """What is told of a class that causes changed with these shares."""
    state = assess(by_hand())
    shares = {Cause[name.upper()]: part for name, part in parts.items()}
    klass = (Class.KEY_CORE, Class.LOW_PRIORITY)
    return told(state, state, Movement("ash", STILL, STILL, STILL, klass, shares)).split(". ")[0]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"weights": 1.0}, "by weights"),
        ({"weights": 0.95, "anchors": 0.05}, "by weights"),
        ({"weights": 0.6, "anchors": 0.4}, "mostly by weights, also by anchors"),
        (
            {"criteria": 0.2, "weights": 0.45, "anchors": 0.35},
            "most of all by weights, also by anchors and criteria",
        ),
        ({"weights": 0.5, "anchors": 0.5}, "by weights and anchors alike"),
        ({"weights": 1.3, "anchors": -0.3}, "by weights, against anchors"),
        (
            {"weights": 0.45, "anchors": 0.45, "criteria": 0.1},
            "by weights and anchors alike, also by criteria",
        ),
    ],
)
def test_the_words_follow_the_shares(parts: dict[str, float], words: str) -> None:
    assert shared(**parts) == f"Ash moved from Key · core to Low priority, {words}"


def test_what_others_did_for_the_same_place_is_told_so() -> None:
    start = after(placed({"ash": (8.0, 7.0), "bay": (6.0, 6.0)}), places(1))
    words = sentence(
        ScoreCustomer(customer="bay", criterion="s", value=9.0),
        ScoreCustomer(customer="bay", criterion="a", value=9.0),
        start=start,
    )
    assert "by judgment (of others, for the same capacity)." in words
    assert "points" not in words


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (None, 6.0, "Ash was not scored then; it is Key · core now."),
        (
            6.0,
            None,
            "Ash was Key · core then; too little of it is scored now to say where it is.",
        ),
        (None, None, "Ash was not scored then, and is not scored now."),
    ],
)
def test_unknown_is_told_in_words_and_never_as_points(
    then: float | None, now: float | None, words: str
) -> None:
    start = after(by_hand(), ScoreCustomer(customer="ash", criterion="s", value=then))
    assert sentence(ScoreCustomer(customer="ash", criterion="s", value=now), start=start) == words


# --- figures as they are shown --------------------------------------------------------------------


@given(PARTS)
def test_parts_as_shown_add_up_to_the_sum_as_shown(parts: dict[Cause, float]) -> None:
    total = round(10 * sum(parts.values()))
    shown = shown_tenths(parts, total)
    assert sum(shown.values()) == (total if parts else 0)
    assert all(abs(shown[cause] - 10 * part) <= 1 + 1e-6 for cause, part in parts.items())


def test_parts_too_small_to_see_are_not_listed_but_counted() -> None:
    """Two of 0.04 are 0.1 together with the rounding of the rest, and none is named."""
    state = assess(by_hand())
    parts = {Cause.FACTS: 0.5, Cause.WEIGHTS: 0.04, Cause.ANCHORS: 0.04}
    change = Change(0.0, 0.58, parts)
    one = Movement("ash", STILL, STILL, change, (Class.KEY_CORE, Class.KEY_CORE), {})
    assert told(state, state, one) == (
        "Ash stays Key · core, +0.6 points: facts +0.5, smaller ones +0.1."
    )


def test_of_a_tenth_beside_larger_parts_no_level_is_named() -> None:
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=5.9), MoveLine(line="strength", value=4)
    )
    assert words == (
        "Ash stays Key · core, +0.9 points: lines +1.0 (strength cut-off from 5 to 4), "
        "judgment −0.1."
    )


def test_the_largest_part_is_told_first() -> None:
    shown = shown_tenths({Cause.FACTS: 0.1, Cause.LINES: -0.9, Cause.WEIGHTS: 0.3}, -5)
    assert list(shown) == [Cause.LINES, Cause.WEIGHTS, Cause.FACTS]


@pytest.mark.parametrize(("tenths", "words"), [(0, "0.0"), (12, "+1.2"), (-3, "−0.3")])
def test_points_have_a_sign_unless_they_are_nothing(tenths: int, words: str) -> None:
    assert signed_tenths(tenths) == words


@given(workshops(), workshops())
def test_every_sentence_adds_up_for_who_reads_it(first: Workshop, second: Workshop) -> None:
    then, now = assess(first), assess(second)
    for one in movements(then, now):
        words = told(then, now, one)
        total = re.search(r"(?:moved|,) ([+−]?\d+\.\d) points", words)
        if not total:
            assert one.distance.by is None or one.changed_class
            continue
        causes = "|".join([*(cause.value for cause in Cause), SMALLER])
        parts = re.findall(rf"[:,] (?:{causes}) ([+−]\d+\.\d)", words)
        figures = [round(10 * _number(part)) for part in parts]
        assert sum(figures) == round(10 * _number(total[1]))


def _number(words: str) -> float:
    return float(words.replace("−", "-"))


def test_a_trifle_of_its_own_is_not_given_as_the_cause_where_others_made_way() -> None:
    """Bay falls out, and Ash, which rose by 0.01, gets the one place."""
    start = after(placed({"ash": (8.0, 6.0), "bay": (8.0, 7.0)}), places(1))
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=6.01),
        ScoreCustomer(customer="bay", criterion="s", value=3.0),
        start=start,
    )
    assert "by judgment (of others, for the same capacity)." in words
    assert "points" not in words
