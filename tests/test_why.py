"""Why one is in and the other out: the rule that did it, the parts, and what it would take."""

import re
from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChooseLongList,
    JudgeAsOne,
    MoveLine,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    ScoreCustomer,
    SetPoints,
)
from kam.errors import Refused
from kam.method.assessment import Assessment, assess
from kam.method.selection import Reason
from kam.method.switching import reweighted
from kam.method.why import differences, why
from kam.model import Axis, Class, Favours, LongList, Workshop
from tests.workshops import (
    A,
    S,
    after,
    by_hand,
    customer,
    full,
    placed,
    places,
    workshops,
    x01,
)

NOT_MUTUAL = (
    "Above the strategic line, but not yet mutual: we do not know whether it would favour us."
)
PARTS = "Profit potential +3.0, Spend growth +1.2 and Net margin −0.5"


def told(workshop: Workshop, first: str = "ash", second: str = "bay") -> tuple[str, ...]:
    return why(assess(workshop), first, second)


def pairs(result: Assessment) -> Iterator[tuple[str, str]]:
    return combinations(result.standings, 2)


@st.composite
def crowded(draw: st.DrawFn) -> Workshop:
    """A random workshop, often with room for few."""
    workshop = draw(workshops(most=4))
    if draw(st.booleans()):
        workshop = after(workshop, places(draw(st.integers(0, 2))))
    return workshop


# --- what holds for any two -----------------------------------------------------------------------


@given(crowded())
def test_any_two_can_be_compared_and_the_order_of_asking_plays_no_part(workshop: Workshop) -> None:
    result = assess(workshop)
    for first, second in pairs(result):
        sentences = why(result, first, second)
        assert sentences == why(result, second, first)
        assert len(sentences) >= 3
        assert all(sentence.endswith(".") for sentence in sentences)


@given(crowded())
def test_both_classes_and_both_reasons_are_told(workshop: Workshop) -> None:
    result = assess(workshop)
    for pair in pairs(result):
        outcome, *rest = why(result, *pair)
        for key in pair:
            standing = result.standings[key]
            name = workshop.customers[key].name
            assert (standing.klass.label if standing.klass else "not scored yet") in outcome
            assert any(line.startswith(f"{name}: {standing.why}") for line in rest)


@given(workshops(), st.sampled_from(Axis))
def test_differences_add_up_to_the_difference_of_the_scores(workshop: Workshop, axis: Axis) -> None:
    result = assess(workshop)
    scored = result.attractiveness if axis is A else result.strength
    for first, second in pairs(result):
        rows = [result.row[key] for key in (first, second)]
        own, other = scored.estimate[rows]
        if not np.isnan(own - other):
            parts = differences(result, first, second, axis)
            assert sum(parts.values()) == pytest.approx(own - other, abs=1e-9)
            sizes = [abs(part) for part in parts.values()]
            assert sizes == sorted(sizes, reverse=True)


@given(crowded())
def test_the_parts_that_are_shown_add_to_the_difference_that_is_shown(workshop: Workshop) -> None:
    result = assess(workshop)
    for pair in pairs(result):
        for sentence in why(result, *pair):
            if found := re.match(r"On \w+ \w+ is (\d+\.\d) points ahead of \w+: (.*)\.$", sentence):
                parts = re.findall(r" ([+−]\d+\.\d)", found[2])
                total = sum(float(part.replace("−", "-")) for part in parts)
                assert total == pytest.approx(float(found[1]))


@given(crowded())
def test_the_scores_that_are_shown_differ_by_what_is_shown(workshop: Workshop) -> None:
    result = assess(workshop)
    for pair in pairs(result):
        text = " ".join(why(result, *pair))
        scores = re.search(r"them: \w+ has (\d+\.\d) of 10, \w+ (\d+\.\d)", text)
        ahead = re.search(r"is (\d+\.\d) points ahead", text)
        if scores and ahead:
            assert float(scores[1]) - float(scores[2]) == pytest.approx(float(ahead[1]))


@given(crowded())
def test_who_is_told_to_stay_behind_does_so_whatever_one_weight_is(workshop: Workshop) -> None:
    result = assess(workshop)
    weights = np.array(list(result.weights.values()))
    for pair in pairs(result):
        found = re.match(r"No single weight lets (\w+) pass (\w+)\.", why(result, *pair)[-1])
        if found is None:
            continue
        for place, share in product(range(len(weights)), (0.05, 0.3, 0.6, 0.95)):
            points = (1000 * reweighted(weights, place, share)).tolist()
            edit = SetPoints(points=dict(zip(workshop.criteria, points, strict=True)))
            moved = assess(after(workshop, edit)).standings
            behind, ahead = (moved[name.lower()].distance for name in found.groups())
            assert behind is None or ahead is None or behind <= ahead + 1e-6


# --- a line between them --------------------------------------------------------------------------


def test_in_and_out_by_the_attractiveness_cut_off() -> None:
    assert told(x01(), "Cedar", "Alder") == (
        "Alder is Key · core, Cedar is Low priority.",
        f"Alder: {NOT_MUTUAL}",
        "Cedar: We are strong where there is little to gain.",
        "Attractiveness separates them: Alder has 8.0 of 10, Cedar 4.3; the cut-off is 5.",
        f"On attractiveness Alder is 3.7 points ahead of Cedar: {PARTS}.",
        "You would have to give Net margin 55 instead of 15 points before Cedar passes Alder.",
    )


@pytest.mark.parametrize(("points", "passes"), [(0.545, False), (0.555, True)])
def test_the_weight_that_is_told_is_where_one_passes_the_other(
    points: float,
    passes: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    weights = np.array(list(assess(x01()).weights.values()))
    moved = (1000 * reweighted(weights, 2, points)).tolist()
    edit = SetPoints(points=dict(zip(x01().criteria, moved, strict=True)))
    order = list(assess(after(x01(), edit)).standings)
    assert (order.index("Cedar") < order.index("Alder")) is passes


def test_in_and_out_by_the_strength_cut_off() -> None:
    sentences = told(x01(), "Alder", "Birch")
    assert "Birch: Attractive, but a rival is better placed than we are." in sentences
    assert "Strength separates them: Alder has 6.6 of 10, Birch 3.1; the cut-off is 5." in sentences
    assert sentences[-1] == "No single weight lets Birch pass Alder."


def test_both_out_by_the_attractiveness_cut_off() -> None:
    """Bay stands behind Ash in the one order, and yet it is attractive and Ash is not."""
    sentences = told(placed({"ash": (4.5, 9), "bay": (8, 2)}))
    assert sentences[0] == "Bay is Strategic, not yet key, Ash is Low priority."
    assert "Attractiveness separates them: Bay has 8.0 of 10, Ash 4.5; the cut-off is 5." in (
        sentences
    )
    assert sentences[-1] == "No single weight lets Ash reach the attractiveness cut-off."


def test_a_weight_that_lifts_the_less_attractive_one_over_the_line_is_told() -> None:
    """Ash has 4 and 7, so b needs half of what a has: x = 0.3 (1 - x), a : s staying 3 : 2."""
    workshop = after(
        by_hand(),
        ScoreCustomer(customer="ash", criterion="a", value=4),
        ScoreCustomer(customer="ash", criterion="b", value=7),
        ScoreCustomer(customer="bay", criterion="a", value=8),
        ScoreCustomer(customer="bay", criterion="s", value=1),
    )
    assert told(workshop)[-1] == (
        "You would have to give Criterion b 23 instead of 17 points before Ash reaches the "
        "attractiveness cut-off."
    )


def test_strategic_and_core_by_the_strategic_line() -> None:
    """Bay stands further inside the key zone than Ash, and yet below the strategic line."""
    sentences = told(placed({"ash": (9, 5.5), "bay": (6.5, 9)}))
    assert sentences[0] == "Ash is Key · strategic, Bay is Key · core."
    assert (
        "Attractiveness separates them: Ash has 9.0 of 10, Bay 6.5; the strategic line is 7."
        in (sentences)
    )
    assert sentences[-1] == "No single weight lets Bay reach the strategic line."


def test_strategic_and_core_by_what_the_customer_thinks_of_us() -> None:
    unsure = PutCustomer(customer=customer("bay", favours_us=Favours.UNKNOWN))
    sentences = told(after(placed({"ash": (9, 9), "bay": (8, 8)}), unsure))
    assert sentences[0] == "Ash is Key · strategic, Bay is Key · core."
    assert sentences[-1] == "Bay can be Key · strategic as well once we know: ask."


# --- the one order between them -------------------------------------------------------------------


def test_two_of_the_same_class_are_told_by_the_one_order() -> None:
    sentences = told(x01(), "Elm", "Fir")
    assert sentences[0] == "Elm and Fir are both Key · core."
    assert "Elm stands 1.8 points inside the key zone, Fir 0.2." in sentences
    assert "We do not know Net margin of Elm; there it counts like the rest of it." in sentences


def test_inside_and_outside_are_both_named_where_they_differ() -> None:
    sentences = told(placed({"ash": (9, 4.5), "bay": (9, 3)}))
    assert "Ash stands 0.5 points outside the key zone, Bay 2.0." in sentences
    waiting = after(placed({"ash": (9, 9), "bay": (6, 6), "cob": (9, 3)}), places(1))
    assert "Bay stands 1.0 points inside the key zone, Cob 2.0 points outside the key zone." in (
        told(waiting, "bay", "cob")
    )


def test_capacity_ends_between_them() -> None:
    sentences = told(after(placed({"ash": (9, 8), "bay": (9, 6)}), places(1)))
    assert sentences[0] == "Ash is Key · strategic, Bay is Strategic, not yet key."
    assert "Bay: In the key zone, but we have no capacity for it." in sentences
    assert (
        "Ash stands 3.0 points inside the key zone, Bay 1.0, and our capacity ends between them."
        in sentences
    )
    assert "Strength separates them: Ash has 8.0 of 10, Bay 6.0." in sentences
    assert "On strength Ash is 2.0 points ahead of Bay: Criterion s +2.0." in sentences


def test_a_difference_too_small_to_show_is_told_as_such() -> None:
    sentences = told(placed({"ash": (9, 6.02), "bay": (9, 6.0)}))
    assert (
        "Both stand 1.0 points inside the key zone, less than 0.1 points apart; Ash comes first."
        in (sentences)
    )
    assert not any("points ahead" in sentence for sentence in sentences)


def test_a_tie_is_told_and_no_weight_is_said_to_break_it() -> None:
    sentences = told(placed({"ash": (8, 6), "bay": (9, 6)}))
    assert sentences[-1] == (
        "Both stand 1.0 points inside the key zone, exactly level; their order follows "
        "attractiveness, then strength, then how much is known."
    )


def test_a_tie_across_the_capacity_line_keeps_both_out() -> None:
    sentences = told(after(placed({"ash": (6, 6), "bay": (6, 6)}), places(1)))
    assert sentences[0] == "Ash and Bay are both Strategic, not yet key."
    tied = "In the key zone, tied exactly where our capacity ends: decide, and write why."
    assert {f"Ash: {tied}", f"Bay: {tied}"} <= set(sentences)


# --- what settles it whatever the scores ----------------------------------------------------------


def test_a_gate_settles_it_and_no_weight_is_told() -> None:
    sentences = told(full(), "ash", "cob")
    assert sentences[2] == (
        "Cob: It fails the gate “Sound credit”. No weight or score changes its class while it "
        "fails the gate."
    )
    assert sentences[3:] == ("By their scores alone Ash stands before Cob.",)


def test_a_decision_of_the_team_settles_it() -> None:
    decided = OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    sentences = told(after(placed({"ash": (9, 4), "bay": (2, 2)}), decided))
    assert sentences[0] == "Bay is Key · core, Ash is Strategic, not yet key."
    assert sentences[1].startswith("Bay: Decided by Ines: We promised. No weight or score")
    assert sentences[-1] == "By their scores alone Ash stands before Bay."


def test_who_is_not_scored_is_told_what_to_score() -> None:
    sentences = told(placed({"ash": (6, 6), "bay": (6, None)}))
    assert sentences == (
        "Ash is Key · core, Bay is not scored yet.",
        "Ash: In the key zone, below the strategic line (7).",
        "Bay: Not scored yet. Score it first: Criterion s.",
    )


def test_two_that_are_not_scored_are_told_so() -> None:
    assert told(placed({"ash": (None, 6), "bay": (6, None)}))[0] == (
        "Ash and Bay are both not scored yet."
    )


def test_who_is_off_the_long_list_is_told_to_be_put_there() -> None:
    listed = ChooseLongList(long_list=LongList(customers=("ash",)))
    sentences = told(after(placed({"ash": (6, 6), "bay": (9, 9)}), listed))
    assert sentences[0] == "Ash is Key · core, Bay is Strategic, not yet key."
    assert sentences[2].endswith("Put it on the long list to have it judged.")
    assert len(sentences) == 3


def test_who_would_not_favour_us_is_out_whatever_its_scores() -> None:
    no = PutCustomer(customer=customer("bay", favours_us=Favours.NO))
    sentences = told(after(placed({"ash": (6, 6), "bay": (9, 9)}), no))
    assert sentences[2] == (
        "Bay: In the key zone, but it would not favour us as a key supplier. "
        "It can be key once it would favour us as a key supplier."
    )
    assert sentences[-1] == "By their scores alone Bay stands before Ash."


def test_what_holds_the_better_one_back_does_not_separate_it_from_a_worse_one() -> None:
    """Bay would not favour us, but what puts it before Ash is attractiveness."""
    no = PutCustomer(customer=customer("bay", favours_us=Favours.NO))
    sentences = told(after(placed({"ash": (3, 6), "bay": (9, 9)}), no))
    assert "Attractiveness separates them: Bay has 9.0 of 10, Ash 3.0; the cut-off is 5." in (
        sentences
    )


def test_too_little_known_is_told_with_what_to_find_out() -> None:
    workshop = after(
        by_hand(),
        SetPoints(points={"a": 10, "b": 10, "s": 20}),
        ScoreCustomer(customer="cob", criterion="a", value=9),
    )
    assert assess(workshop).standings["cob"].reason is Reason.TOO_LITTLE_KNOWN
    sentences = told(workshop, "ash", "cob")
    assert sentences[2].endswith("find out. Find out first: Criterion b.")
    assert sentences[-1] == "By their scores alone Cob stands before Ash."


def test_equal_scores_are_not_ranked_where_something_else_settles_it() -> None:
    decided = OverrideClass(customer="bay", klass=Class.LOW_PRIORITY, by="Ines", reason="No fit.")
    sentences = told(after(placed({"ash": (6, 6), "bay": (6, 6)}), decided))
    assert len(sentences) == 3
    assert "Decided by Ines: No fit. No weight" in sentences[2]


# --- differences, and who cannot be compared ------------------------------------------------------


def test_differences_by_hand() -> None:
    """Ash 8 and 4, Bay 6 and 2, weights 3 : 1: 1.5 and 0.5 of the 2 points."""
    found = differences(assess(by_hand()), "ash", "bay", A)
    assert found == pytest.approx({"a": 1.5, "b": 0.5})


def test_what_is_not_known_counts_like_the_rest_of_the_customer() -> None:
    """Cob's b is unknown and counts as its 2 on the axis: against Ash 3/4 x 6 and 1/4 x 2."""
    found = differences(assess(by_hand()), "ash", "cob", A)
    assert found == pytest.approx({"a": 4.5, "b": 0.5})


def test_a_criterion_without_weight_makes_no_difference() -> None:
    result = assess(after(by_hand(), SetPoints(points={"b": 0})))
    assert list(differences(result, "ash", "bay", A)) == ["a"]
    assert differences(result, "ash", "bay", S) == pytest.approx({"s": 2.0})


def test_a_criterion_that_makes_no_difference_is_not_named() -> None:
    level = after(by_hand(), ScoreCustomer(customer="bay", criterion="b", value=4))
    low = after(level, ScoreCustomer(customer="bay", criterion="a", value=2))
    text = " ".join(told(low))
    assert "4.5 points ahead of Bay: Criterion a +4.5." in text


def test_the_same_customer_twice_is_refused() -> None:
    with pytest.raises(Refused, match=r"both are Ash\. Choose two customers\."):
        told(by_hand(), "ash", "ash")


def test_who_is_judged_within_a_group_is_refused_with_the_reason() -> None:
    grouped = after(by_hand(), JudgeAsOne(group="ash", name="Ash", members=("bay",)))
    with pytest.raises(Refused, match=r"We cannot compare bay: .* within its group"):
        told(grouped)


def test_names_and_lines_stand_in_the_sentences_as_they_are() -> None:
    odd = by_hand().criteria["a"].model_copy(update={"name": "[Margin](x)"})
    moved = after(
        by_hand(),
        PutCriterion(criterion=odd),
        MoveLine(line="attractiveness", value=5.5),
        ScoreCustomer(customer="bay", criterion="s", value=9),
    )
    text = " ".join(told(moved))
    assert "Bay 5.0; the cut-off is 5.5." in text
    assert "[Margin](x) +1.5" in text
