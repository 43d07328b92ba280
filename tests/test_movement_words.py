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
)
from kam.method.assessment import assess
from kam.method.mixtures import Cause
from kam.method.movement import Change, Movement, movements
from kam.method.movement_words import causes_words, message, shown_tenths, signed_tenths, told
from kam.model import Class, Favours, Profile, Workshop
from tests.workshops import A, S, after, by_hand, criterion, workshops

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


def test_nobody_who_stays_is_put_down_to_a_cause() -> None:
    assert causes_words([moved(None)]) == ""


# --- one customer ---------------------------------------------------------------------------------


def test_a_fall_by_one_fact_names_classes_points_and_levels() -> None:
    """Ash: strength from 6 to 3.5 with the line at 5; attractiveness 7 is not in its way."""
    words = sentence(ScoreCustomer(customer="ash", criterion="s", value=3.5), start=measured())
    assert words == (
        "Ash moved from Key · core to Strategic, not yet key, mostly by facts: −2.5 points; "
        "facts −2.5 (Share of wallet from 6 to 3.5 %). Attractive, but a rival is better placed "
        "than we are."
    )


def test_who_stays_is_told_with_its_points() -> None:
    words = sentence(ScoreCustomer(customer="ash", criterion="s", value=5.5))
    assert (
        words
        == "Ash stays Key · core: −0.5 points; judgment −0.5 (Criterion s from 6 to 5.5 points)."
    )


def test_who_did_not_move_at_all_is_told_so() -> None:
    words = sentence(ScoreCustomer(customer="bay", criterion="s", value=5.5))
    assert words == "Ash stays Key · core: 0.0 points."


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
    assert words.startswith(
        "Bay moved from Strategic, not yet key to Low priority, mostly by judgment: "
        "attractiveness −0.8 points; judgment −0.8 (Criterion a from 6 to 5 points)."
    )


def test_such_a_change_names_the_line_that_was_moved() -> None:
    words = sentence(MoveLine(line="attractiveness", value=5.5), customer="bay")
    assert (
        "mostly by lines: attractiveness 0.0 points; attractiveness cut-off from 5 to 5.5." in words
    )


def test_the_strategic_line_is_named_where_it_makes_the_difference() -> None:
    liked = ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.YES))
    higher = MoveLine(line="strategic", value=8.0)
    words = sentence(higher, start=after(by_hand(), liked))
    assert words.startswith("Ash moved from Key · strategic to Key · core, mostly by lines")
    assert "strategic line from 7 to 8" in words


def test_a_part_that_no_single_level_explains_names_none() -> None:
    """A weight has no level; and where a level was unknown there is none to compare with."""
    start = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="b", value=None),
        MoveLine(line="attractiveness", value=6.5),
    )
    words = sentence(ScoreCustomer(customer="ash", criterion="b", value=0.5), start=start)
    assert "−1.4 points; judgment −1.4. " in words
    assert "(" not in sentence(SetPoints(points={"a": 10, "b": 30, "s": 20}))


def test_a_class_that_the_team_decided_is_told_with_who_and_why() -> None:
    firm = OverrideClass(
        customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="It was sold to a rival"
    )
    words = sentence(firm)
    assert words.startswith("Ash moved from Key · core to Low priority, mostly by decisions: 0.0")
    assert words.endswith("Decided by Ines: It was sold to a rival.")


def test_what_the_customer_said_is_told_where_it_changed_the_class() -> None:
    words = sentence(ChangeProfile(customer="ash", profile=Profile(favours_us=Favours.NO)))
    assert "mostly by facts" in words
    assert words.endswith("Whether it would favour us: unknown then, no now.")


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
        total = re.search(r": (?:attractiveness )?([+−]?\d+\.\d) points", words)
        if not total:
            assert one.distance.by is None
            continue
        causes = "|".join(cause.value for cause in Cause)
        parts = re.findall(rf"[;,] (?:{causes}) ([+−]\d+\.\d)", words)
        figures = [round(10 * _number(part)) for part in parts]
        assert sum(figures) == round(10 * _number(total[1]))


def _number(words: str) -> float:
    return float(words.replace("−", "-"))


def test_a_criterion_on_the_other_axis_is_not_named_as_the_reason() -> None:
    """Strength holds Ash back; that it became less attractive as well is not what moved it."""
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=5.2),
        ScoreCustomer(customer="ash", criterion="b", value=3.0),
    )
    assert "Criterion s from 6 to 5.2 points" in words
    assert "Criterion b" not in words


def test_a_level_that_reads_the_same_is_named_without_numbers() -> None:
    start = after(by_hand(), ScoreCustomer(customer="ash", criterion="s", value=5.9996))
    words = sentence(
        ScoreCustomer(customer="ash", criterion="s", value=6.0),
        PutCriterion(criterion=criterion("s", S, (0.0, 2.5, 5.0, 5.9, 5.95))),
        start=start,
    )
    assert " from 6 to 6 " not in words


def test_names_stand_as_they_are() -> None:
    renamed = PutCriterion(criterion=criterion("s", S, name="Share *of* wallet", unit="$"))
    start = after(by_hand(), renamed)
    words = sentence(ScoreCustomer(customer="ash", criterion="s", value=5.5), start=start)
    assert "Share *of* wallet from 6 to 5.5 $" in words


def test_a_criterion_that_came_is_told_as_criteria() -> None:
    words = sentence(
        PutCriterion(criterion=criterion("n", S)),
        ScoreCustomer(customer="ash", criterion="n", value=2.0),
        SetPoints(points={"a": 30, "b": 10, "s": 20, "n": 20}),
    )
    assert words.startswith(
        "Ash moved from Key · core to Strategic, not yet key, mostly by criteria"
    )
    assert "criteria −2.0" in words


def test_where_nothing_holds_it_back_on_that_axis_no_level_is_named() -> None:
    words = sentence(
        ScoreCustomer(customer="ash", criterion="a", value=1.0),
        PutCriterion(criterion=criterion("a", A, column="x")),
    )
    assert "facts" in words
    assert "Criterion a from 8 to 1 points" in words
