"""Trap checks: worked out by hand, planted models that must be caught, balanced ones that not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    ChooseLongList,
    JudgeAsOne,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    SetPoints,
)
from kam.method.assessment import Assessment, assess
from kam.method.groups import LEDGER
from kam.method.overlap import Overlap
from kam.method.polls import mentions
from kam.method.traps import (
    TENURE,
    Finding,
    Lure,
    Trap,
    Verdict,
    _top,
    best_known,
    executives_friends,
    finding,
    largest_revenue,
    linked,
    longest_standing,
    managers_favourites,
    most_demanding,
    trap_report,
)
from kam.model import Axis, Class, Customer, FactKind, LongList, Profile, Workshop
from tests.workshops import A, S, after, criterion, customer, made, placed, places, scores, x01
from tests.workshops import workshops as any_workshop

UNKNOWN = float("nan")
COUNT = 16
RISING = [10 * n / (COUNT - 1) for n in range(COUNT)]
MIXED = [RISING[7 * n % COUNT] for n in range(COUNT)]  # rank correlation with RISING: -0.02
CROSSED = [RISING[(5 * n + 3) % COUNT] for n in range(COUNT)]  # -0.09
AXES: Mapping[str, Axis] = {"big": A, "growth": A, "bond": S, "fit": S}
ASKED: Mapping[str, Callable[[Mapping[str, float], str], Trap]] = {
    "best known": best_known,
    "most demanding": most_demanding,
    "executives' friends": executives_friends,
    "managers' favourites": managers_favourites,
}
EVERY_TRAP = pytest.mark.parametrize("name", ["revenue", "history", *ASKED])


def people(figures: Sequence[float]) -> dict[str, Customer]:
    """Customers c0, c1, ... whose revenue and days since the first order are these figures."""
    return {
        f"c{n}": Customer(
            id=f"c{n}", name=f"C{n}", profile=Profile(revenue=one), facts={TENURE: one}
        )
        for n, one in enumerate(figures)
    }


def judged(columns: Mapping[str, Sequence[float | None]], points: Mapping[str, float]) -> Workshop:
    """Customers by RISING figures, judged on some of the criteria of AXES."""
    keys = list(columns)
    rows = {f"c{n}": row for n, row in enumerate(zip(*columns.values(), strict=True))}
    return made(
        *(PutCriterion(criterion=criterion(key, AXES[key])) for key in keys),
        BringIn(origin="a test", customers=people(RISING)),
        SetPoints(points=dict(points)),
        scores(keys, rows),
    )


def planted(growth: Sequence[float] = MIXED, fit: Sequence[float] = CROSSED) -> Assessment:
    """A model that picks by one figure: it drives the heaviest criterion of both axes."""
    columns = {"big": RISING, "growth": growth, "bond": RISING, "fit": fit}
    return assess(judged(columns, {"big": 50, "growth": 10, "bond": 30, "fit": 10}))


def balanced() -> Assessment:
    """A model whose criteria have nothing to do with the figure."""
    return assess(judged({"growth": MIXED, "fit": CROSSED}, {"growth": 60, "fit": 40}))


def trap(result: Assessment, name: str, figures: Sequence[float] = RISING) -> Trap:
    """The trap of that name over these figures."""
    if name == "revenue":
        return largest_revenue(result)
    if name == "history":
        return longest_standing(result)
    return ASKED[name]({f"c{n}": one for n, one in enumerate(figures)}, "a poll")


# By hand: A = (3 size + growth) / 4, S = fit; weights 30, 10, 20. Revenue falls from c1 to c8.
#       c1   c2    c3    c4    c5    c6    c7    c8
# size  10   8.75  7.5   6.25  5     3.75  2.5   1.25
# A     8    8.56  7.63  5.19  5.75  3.31  4.13  1.44
# fit   8    8     8     2     2     2     5     2
# P     8    8.38  7.75  4.13  4.5   2.88  4.42  1.63   4 of 28 pairs oppose: tau-b 20/28
# Key are c1, c2, c3, the three largest. By growth alone, c1 goes (2) and c7 comes (9).
HAND_GROWTH = [2, 8, 8, 2, 8, 2, 9, 2]
HAND_FIT = [8, 8, 8, 2, 2, 2, 5, 2]


def by_hand() -> Workshop:
    rows = {f"c{n + 1}": (10 - 1.25 * n, HAND_GROWTH[n], HAND_FIT[n]) for n in range(8)}
    firms = {key: customer(key, revenue=float(9 - int(key[1]))) for key in rows}
    return made(
        PutCriterion(criterion=criterion("size", A, name="Potential")),
        PutCriterion(criterion=criterion("growth", A)),
        PutCriterion(criterion=criterion("fit", S)),
        BringIn(origin="a test", customers=firms),
        SetPoints(points={"size": 30, "growth": 10, "fit": 20}),
        scores(("size", "growth", "fit"), rows),
    )


def of_revenue(workshop: Workshop) -> Finding:
    result = assess(workshop)
    return finding(result, largest_revenue(result))


# --- by hand --------------------------------------------------------------------------------------


def test_the_case_by_hand_has_the_figures_of_its_comment() -> None:
    found = of_revenue(by_hand())
    assert found.overlap == Overlap(counted=8, key=3, top=3, both=3)
    assert found.overlap.expected == pytest.approx(9 / 8)
    assert found.overlap.adjusted == 1
    assert found.overlap.luck == pytest.approx(1 / 56)
    assert found.agreement == pytest.approx(20 / 28)


def test_the_case_by_hand_tells_who_is_in_and_who_is_out_because_of_size() -> None:
    found = of_revenue(by_hand())
    assert found.linked == ("size",)
    assert found.only_because == ("c1",)
    assert found.missed_because == ("c7",)
    assert found.verdict is Verdict.CAUGHT


def test_the_published_six_customers_have_their_rank_agreement_and_no_verdict() -> None:
    """Case x01: tau-b .0667; six customers are too few for a verdict."""
    found = of_revenue(x01())
    assert found.agreement == pytest.approx(0.0667, abs=1e-4)
    assert found.verdict is Verdict.UNTOLD


def by_family(key: str, revenue: float) -> Workshop:
    """The case by hand with another revenue of one customer; size is linked by its family."""
    return after(
        by_hand(),
        PutCriterion(criterion=criterion("size", A, family="size")),
        PutCustomer(customer=customer(key, revenue=revenue)),
    )


def test_who_is_key_by_size_without_being_among_the_largest_is_not_in_because_of_revenue() -> None:
    found = of_revenue(by_family("c1", 0.0))
    assert found.both == ("c2", "c3")
    assert found.only_because == ()
    assert found.missed_because == ("c7",)


def test_who_is_among_the_largest_is_not_left_out_because_of_revenue() -> None:
    found = of_revenue(by_family("c7", 100.0))
    assert found.only_because == ("c1",)
    assert found.missed_because == ()


@pytest.mark.parametrize(
    ("both", "agreement", "only_because", "verdict"),
    [
        (4, 0.7, ("c1",), Verdict.CAUGHT),
        (4, 0.69, ("c1",), Verdict.LOOK),
        (4, None, ("c1",), Verdict.LOOK),
        (4, 0.9, (), Verdict.LOOK),
        (3, 0.9, ("c1",), Verdict.LOOK),
        (2, 0.1, ("c1",), Verdict.LOOK),
        (2, 0.9, (), Verdict.CLEAR),
        (0, -0.9, (), Verdict.CLEAR),
    ],
)
def test_caught_takes_overlap_order_and_somebody_who_is_in_only_because_of_it(
    both: int, agreement: float | None, only_because: tuple[str, ...], verdict: Verdict
) -> None:
    """Of 20 customers 5 are key and 5 on top: 2, 3, 4 in both are .2, .47, .73 beyond chance."""
    found = replace(
        of_revenue(by_hand()),
        overlap=Overlap(counted=20, key=5, top=5, both=both),
        agreement=agreement,
        only_because=only_because,
    )
    assert found.verdict is verdict


def test_an_overlap_that_luck_gives_in_one_of_three_draws_is_no_finding() -> None:
    """Of 17 customers 3 are key and 2 on top; one in both is .39 beyond chance, by luck in 33 %."""
    few = Overlap(counted=17, key=3, top=2, both=1)
    found = replace(of_revenue(by_hand()), overlap=few, only_because=())
    assert few.adjusted == pytest.approx(0.39, abs=0.01)
    assert few.luck == pytest.approx(0.33, abs=0.01)
    assert found.verdict is Verdict.CLEAR


def test_who_is_on_top_is_told_in_the_one_order() -> None:
    found = of_revenue(by_hand())
    assert found.top == ("c2", "c1", "c3")


# --- planted and balanced models ------------------------------------------------------------------


@EVERY_TRAP
def test_a_planted_model_is_caught(name: str) -> None:
    result = planted()
    found = finding(result, trap(result, name))
    assert found.verdict is Verdict.CAUGHT
    assert found.linked == ("big", "bond")
    assert found.only_because
    assert found.missed_because


@EVERY_TRAP
def test_a_balanced_model_is_clear(name: str) -> None:
    result = balanced()
    found = finding(result, trap(result, name))
    assert result.key_count >= 3
    assert found.verdict is Verdict.CLEAR
    assert found.linked == found.only_because == found.missed_because == ()


@example(growth=list(range(COUNT)), fit=list(range(COUNT)))
@given(
    growth=st.permutations(range(COUNT)),
    fit=st.permutations(range(COUNT)),
)
def test_a_planted_model_is_noticed_whatever_its_light_criteria_say(
    growth: list[int], fit: list[int]
) -> None:
    result = planted([RISING[n] for n in growth], [RISING[n] for n in fit])
    found = finding(result, largest_revenue(result))
    assert {"big", "bond"} <= set(found.linked)
    assert found.overlap.adjusted is not None
    assert found.overlap.adjusted >= 0.5
    assert found.verdict in (Verdict.LOOK, Verdict.CAUGHT)


@given(growth=st.permutations(RISING), fit=st.permutations(RISING))
def test_a_model_that_avoids_the_figure_is_never_caught(
    growth: list[float], fit: list[float]
) -> None:
    """The same planted model against the reversed figures: the smallest are picked."""
    result = planted(growth, fit)
    found = finding(result, best_known({f"c{n}": -one for n, one in enumerate(RISING)}, "press"))
    assert found.verdict is not Verdict.CAUGHT
    assert not {"big", "bond"} & set(found.linked)


def test_a_model_with_one_criterion_an_axis_has_nothing_left_without_it() -> None:
    result = assess(judged({"big": RISING, "bond": RISING}, {"big": 50, "bond": 50}))
    found = finding(result, largest_revenue(result))
    assert not found.rest
    assert found.only_because == found.both == tuple(f"c{n}" for n in range(15, 7, -1))
    assert found.verdict is Verdict.CAUGHT


# --- what is linked -------------------------------------------------------------------------------


def test_a_criterion_that_runs_against_the_figure_is_not_linked() -> None:
    falling = RISING[::-1]
    result = assess(judged({"big": falling, "fit": MIXED}, {"big": 50, "fit": 50}))
    assert linked(result, largest_revenue(result)) == ()


def test_a_criterion_is_linked_by_its_family_and_by_its_column_however_few_customers() -> None:
    workshop = placed({"ash": (8, 8), "bay": (2, 2)}, revenue=5.0)
    by_family = after(workshop, PutCriterion(criterion=criterion("a", A, family="size")))
    by_column = after(workshop, PutCriterion(criterion=criterion("a", A, column="revenue")))
    own_column = after(workshop, PutCriterion(criterion=criterion("s", S, column="awareness")))
    assert of_revenue(workshop).linked == ()
    assert of_revenue(by_family).linked == of_revenue(by_column).linked == ("a",)
    assert linked(assess(own_column), best_known({"ash": 3.0}, "recall")) == ("s",)


def test_relationship_criteria_are_linked_to_executives_friends() -> None:
    workshop = after(
        placed({"ash": (8, 8)}), PutCriterion(criterion=criterion("s", S, family="Relationship"))
    )
    assert linked(assess(workshop), executives_friends({"ash": 3.0}, "a poll")) == ("s",)
    assert linked(assess(workshop), best_known({"ash": 3.0}, "a poll")) == ()


def test_a_criterion_without_weight_is_not_linked() -> None:
    light = after(by_hand(), SetPoints(points={"size": 0, "growth": 10, "fit": 20}))
    assert of_revenue(light).linked == ()


# --- who counts -----------------------------------------------------------------------------------


def test_who_has_no_figure_is_left_out_and_counted() -> None:
    unknown = PutCustomer(customer=customer("c1"))
    found = of_revenue(after(by_hand(), unknown))
    assert found.unknown == 1
    assert found.overlap == Overlap(counted=7, key=2, top=2, both=2)
    assert "c1" not in (*found.both, *found.only_because, *found.missed_because)
    assert found.verdict is Verdict.UNTOLD


def test_a_figure_of_zero_is_known() -> None:
    result = balanced()
    found = finding(result, best_known(mentions([["c1"]], people(RISING)), "recall"))
    assert (found.unknown, found.overlap.counted) == (0, COUNT)


def test_only_the_long_list_is_looked_at() -> None:
    listed = ChooseLongList(long_list=LongList(customers=("c2", "c3", "c4", "c7")))
    found = of_revenue(after(by_hand(), listed))
    assert found.overlap == Overlap(counted=4, key=2, top=2, both=2)
    assert found.unknown == 0


def test_a_group_counts_once_with_the_revenue_of_all_its_companies() -> None:
    result = assess(after(by_hand(), JudgeAsOne(group="c8", name="C8", members=("c1",))))
    assert largest_revenue(result).figures["c8"] == 9
    assert "c1" not in largest_revenue(result).figures


def test_capacity_and_the_teams_own_decisions_stand_in_the_rerun() -> None:
    kept = OverrideClass(customer="c1", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    found = of_revenue(after(by_hand(), kept, places(3)))
    assert found.decided == ("c1",)
    assert found.only_because == ()
    assert found.missed_because == ()
    assert "c7" in of_revenue(after(by_hand(), places(3))).missed_because


@pytest.mark.parametrize("level", [0.0, 10.0])
def test_when_nobody_or_everybody_is_key_there_are_numbers_without_verdict(level: float) -> None:
    same = [level] * COUNT
    result = assess(judged({"growth": same, "fit": same}, {"growth": 50, "fit": 50}))
    found = finding(result, largest_revenue(result))
    assert found.verdict is Verdict.UNTOLD
    assert found.overlap.counted == COUNT


def test_an_empty_workshop_has_nothing_to_report() -> None:
    assert trap_report(assess(Workshop(id="w", name="Empty"))) == ()


# --- the report and its sources -------------------------------------------------------------------


def test_the_report_holds_the_traps_of_the_workshop_and_those_that_were_asked() -> None:
    asked = [best_known({"c1": 2.0}, "Recall of 8 members"), most_demanding({}, "nobody answered")]
    report = trap_report(balanced(), asked)
    assert [found.trap.lure for found in report] == [Lure.SIZE, Lure.FAME, Lure.HISTORY]
    assert [found.trap.source for found in report] == [
        "Revenue of the last 12 months, from the customers’ profiles",
        "Recall of 8 members",
        "Days since the first order, from the order ledger",
    ]


def test_revenue_is_that_of_the_profiles_and_named_is_the_ledger_where_it_counted_it() -> None:
    key = f"{LEDGER}revenue_12m"
    workshop = made(
        BringIn(
            origin="orders.csv",
            customers={
                "ash": Customer(id="ash", name="Ash", profile=Profile(revenue=7), facts={key: 7}),
                "bay": customer("bay", revenue=2.0),
                "cob": customer("cob"),
            },
            fact_kinds={key: FactKind(key=key, label="Revenue", origin="orders.csv")},
        )
    )
    found = largest_revenue(assess(workshop))
    assert found.figures == {"ash": 7, "bay": 2}
    assert found.source == (
        "Revenue of the last 12 months, from orders.csv and the customers’ profiles"
    )


# --- who is on top -------------------------------------------------------------------------------


def test_the_top_is_as_long_as_the_key_list_where_nobody_ties() -> None:
    assert list(_top(np.array([3.0, 1.0, UNKNOWN, 2.0]), 2)) == [True, False, False, True]


def test_the_top_never_splits_a_tie() -> None:
    ties = np.array([3.0, 2.0, 2.0, 2.0, 0.0, 0.0])
    assert [int(_top(ties, size).sum()) for size in range(7)] == [0, 1, 1, 4, 4, 4, 4]


@given(st.lists(st.integers(0, 3).map(float) | st.just(UNKNOWN), max_size=20), st.integers(0, 20))
def test_the_top_is_above_the_rest_and_never_everybody(figures: list[float], size: int) -> None:
    column = np.array(figures, dtype=float)
    known, top = ~np.isnan(column), _top(column, size)
    assert not (top & ~known).any()
    assert top.sum() < known.sum() or not known.any()
    if top.any():
        assert column[top].min() > column[known & ~top].max()


# --- any workshop ---------------------------------------------------------------------------------


@given(workshop=any_workshop(most=10), data=st.data())
def test_what_is_found_hangs_together(workshop: Workshop, data: st.DataObject) -> None:
    some = st.dictionaries(st.sampled_from(list(workshop.customers)), st.integers(0, 4).map(float))
    result = assess(workshop)
    found = finding(result, best_known(data.draw(some), "recall"))
    key = {who for who, one in result.judged.items() if one.klass and one.klass.is_key}
    assert set(found.only_because) <= set(found.both) <= key
    assert not set(found.missed_because) & key
    assert len(found.both) == found.overlap.both
    assert found.linked or not (found.only_because or found.missed_because)


@given(workshop=any_workshop(most=10), data=st.data())
def test_only_the_order_of_the_figures_counts(workshop: Workshop, data: st.DataObject) -> None:
    some = st.dictionaries(st.sampled_from(list(workshop.customers)), st.integers(0, 4).map(float))
    figures, result = data.draw(some), assess(workshop)
    cubed = {key: 10 * one**3 - 5 for key, one in figures.items()}
    first, second = (finding(result, best_known(one, "recall")) for one in (figures, cubed))
    assert (first.overlap, first.agreement) == (second.overlap, second.agreement)
    assert (first.linked, first.only_because) == (second.linked, second.only_because)
