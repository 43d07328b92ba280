"""Every draw goes through the whole rule, exactly as one workshop after the other would."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.edits import (
    BringIn,
    CastBallot,
    ChooseLongList,
    JudgeGate,
    OverrideClass,
    PutCriterion,
    PutGate,
    PutMember,
    SetCapacity,
)
from kam.method.assessment import Assessment, assess
from kam.method.drawn_rule import SAME_SINGLE, Points, Rule, codes, outcome
from kam.method.draws import around
from kam.method.robustness import (
    KEY,
    Holds,
    blocks,
    drawn_classes,
    holds,
    in_runs,
    members_lists,
    robustness,
    rule_of,
    score_doubt,
    team_draws,
)
from kam.method.scores import AxisScores, axis_scores
from kam.method.selection import CLASSES, select
from kam.method.values import Flags, Floats
from kam.model import Ballot, Capacity, Class, CutOffs, Favours, Gate, LongList, Member, Workshop
from tests.workshops import (
    A,
    S,
    after,
    by_hand,
    criterion,
    customer,
    made,
    placed,
    places,
    scores,
    workshops,
    x01,
)

CAPACITIES = (
    Capacity(),
    *(Capacity(mode="places", places=count) for count in (0, 1, 2, 4)),
    *(
        Capacity(people=1, hours_per_person=hours, hours_strategic=strategic, hours_core=core)
        for hours, strategic, core in ((100, 60, 40), (250, 100, 40), (130, 40, 100), (30, 40, 50))
    ),
)
LINES = (CutOffs(), CutOffs(attractiveness=3, strength=4, strategic=3), CutOffs(strength=2))


@st.composite
def alike(draw: st.DrawFn) -> Workshop:
    """Workshops whose customers often have the same levels, so that they tie in every draw."""
    level = st.sampled_from([4.0, 5.0, 8.0, None])
    rows = draw(st.lists(st.tuples(level, level, level, level), min_size=2, max_size=8))
    keys = ("a0", "a1", "s0", "s1")
    people = {f"c{place}": row for place, row in enumerate(rows)}
    favours = draw(st.lists(st.sampled_from(Favours), min_size=8, max_size=8))
    return made(
        *(PutCriterion(criterion=criterion(key, A if key[0] == "a" else S)) for key in keys),
        BringIn(
            origin="a test",
            customers={
                who: customer(who, favours_us=own)
                for who, own in zip(people, favours, strict=False)
            },
        ),
        scores(keys, people),
    )


@st.composite
def complicated(draw: st.DrawFn) -> Workshop:
    """Workshops with everything that decides a class: gates, decisions, a long list, capacity."""
    workshop = draw(workshops(most=9) | alike())
    people = list(workshop.customers)
    some = st.lists(st.sampled_from(people), unique=True, max_size=3)
    decided = st.sampled_from(Class)
    return after(
        workshop,
        PutGate(gate=Gate(id="g", name="Sound credit")),
        *(JudgeGate(customer=who, gate="g", fails=True, why="Late") for who in draw(some)),
        *(
            OverrideClass(customer=who, klass=draw(decided), by="Ines", reason="We promised")
            for who in draw(some)
        ),
        *(
            [ChooseLongList(long_list=LongList(customers=tuple(draw(some) or people)))]
            if draw(st.booleans())
            else []
        ),
        SetCapacity(capacity=draw(st.sampled_from(CAPACITIES))),
    ).model_copy(update={"cut_offs": draw(st.sampled_from(LINES))})


def some_weights(result: Assessment, seed: int, *, zeros: bool = True) -> Floats:
    """Twenty weight vectors far apart, some of them with criteria that count for nothing."""
    size = len(result.valued.criteria)
    drawn = around(np.full(size, 1 / size), 10.0, seed, 20)
    if zeros:
        drawn[::4] = np.where(np.random.default_rng(seed).random(size) < 0.5, drawn[::4], 0)
        drawn[~drawn.any(axis=1)] = 1 / size
    return drawn


def one_by_one(result: Assessment, weights: Floats) -> list[list[int]]:
    """The classes that `select` gives with each weight vector in turn."""
    on_a = result.valued.attractive
    a, s = result.valued.by_axis
    return [
        select(
            axis_scores(a, own[on_a]),
            axis_scores(s, own[~on_a]),
            result.facts,
            result.workshop.cut_offs,
            result.workshop.capacity,
        ).klass.tolist()
        for own in weights
    ]


# --- the same rule --------------------------------------------------------------------------------


@settings(max_examples=300)
@given(complicated(), st.integers(0, 1000))
def test_every_single_draw_has_the_classes_that_select_gives_it(
    workshop: Workshop, seed: int
) -> None:
    result = assess(workshop)
    weights = some_weights(result, seed)
    assert drawn_classes(result, weights).tolist() == one_by_one(result, weights)


@settings(max_examples=100)
@given(complicated(), st.integers(0, 1000))
def test_every_single_draw_of_the_scores_has_the_classes_that_select_gives_it(
    workshop: Workshop, seed: int
) -> None:
    """Coverage stays that of what is really known; the axis scores are those drawn."""
    result = assess(workshop)
    weights, rule = some_weights(result, seed), rule_of(result)
    a, s = result.valued.by_axis
    for part, points in blocks(result, weights, score_doubt(result)):
        exact = Points(points.a.astype(float), points.s.astype(float), points.enough)
        found = codes(outcome(exact, rule), rule)
        for own, row, above_a, above_s in zip(weights[part], found, exact.a, exact.s, strict=True):
            on_a = result.valued.attractive
            drawn_a = drawn_axis(axis_scores(a, own[on_a]), above_a + rule.lines.attractiveness)
            drawn_s = drawn_axis(axis_scores(s, own[~on_a]), above_s + rule.lines.strength)
            chosen = select(drawn_a, drawn_s, result.facts, rule.lines, rule.room)
            assert row.tolist() == chosen.klass.tolist()


def drawn_axis(known: AxisScores, drawn: Floats) -> AxisScores:
    """An axis with drawn scores in place of the estimates."""
    return replace(known, estimate=drawn)


@settings(max_examples=100)
@given(complicated(), st.integers(0, 1000))
def test_single_precision_gives_other_classes_only_where_scores_nearly_meet(
    workshop: Workshop, seed: int
) -> None:
    """Nearly: a line or another customer within 0.00003 points, in double precision."""
    result = assess(workshop)
    weights, rule = some_weights(result, seed, zeros=False), rule_of(result)
    singles, doubles = (
        [points for _, points in blocks(result, weights, kind=kind)]
        for kind in (np.float32, np.float64)
    )
    for single, double in zip(singles, doubles, strict=True):
        found = [codes(outcome(points, rule), rule) for points in (single, double)]
        differ = (found[0] != found[1]).any(axis=1)
        assert (~differ | near_meeting(double, rule)).all()


def near_meeting(points: Points, rule: Rule) -> Flags:
    """Draws in which scores, or a score and a line, lie within 0.00003 but not on each other."""
    strategic = rule.lines.strategic - rule.lines.attractiveness
    distance = np.minimum(points.a, points.s)
    marks = np.concatenate(
        [points.a, points.s, points.a - strategic, np.diff(np.sort(distance, axis=1), axis=1)],
        axis=1,
    )
    near = (np.abs(marks) > 1e-9) & (np.abs(marks) < 3 * SAME_SINGLE)
    return np.asarray(near.any(axis=1))


# --- shares of the draws --------------------------------------------------------------------------


def shares_of(workshop: Workshop, weights: Floats | None = None) -> Mapping[str, Floats]:
    """Each customer's shares by class, from the team's draws."""
    result = assess(workshop)
    drawn = team_draws(result) if weights is None else weights
    found = robustness(result, drawn)
    return dict(zip(result.valued.customers, found.shares, strict=True))


@settings(max_examples=60)
@given(complicated(), st.integers(0, 1000))
def test_shares_are_counts_of_the_classes_of_single_draws(workshop: Workshop, seed: int) -> None:
    result = assess(workshop)
    weights = some_weights(result, seed)
    classes = drawn_classes(result, weights)
    counted = np.stack([(classes == place).mean(axis=0) for place in range(4)], axis=1)
    assert robustness(result, weights).shares == pytest.approx(counted, abs=1e-12)


@settings(max_examples=60)
@given(complicated(), st.integers(0, 1000))
def test_shares_in_doubtful_scores_are_counts_of_the_classes_of_single_draws(
    workshop: Workshop, seed: int
) -> None:
    result = assess(workshop)
    weights, could, rule = some_weights(result, seed), score_doubt(result), rule_of(result)
    drawn = [codes(outcome(points, rule), rule) for _, points in blocks(result, weights, could)]
    classes = np.concatenate(drawn)
    counted = np.stack([(classes == place).mean(axis=0) for place in range(4)], axis=1)
    assert robustness(result, weights, could).shares == pytest.approx(counted, abs=1e-12)


@settings(max_examples=60)
@given(complicated(), st.integers(0, 1000))
def test_chosen_are_the_key_accounts_of_each_draw_but_not_those_the_team_decided(
    workshop: Workshop, seed: int
) -> None:
    result = assess(workshop)
    weights = some_weights(result, seed)
    key = np.isin(drawn_classes(result, weights), KEY)
    key[:, result.facts.override >= 0] = False
    assert robustness(result, weights).chosen.tolist() == key.tolist()


@given(workshops())
def test_shares_add_to_1_for_all_who_have_scores_and_to_0_for_the_others(
    workshop: Workshop,
) -> None:
    result = assess(workshop)
    total = robustness(result, some_weights(result, 1, zeros=False)).shares.sum(axis=1)
    assert total == pytest.approx(~np.isnan(result.selection.distance) * 1.0)


def test_one_criterion_an_axis_leaves_nothing_to_the_weights() -> None:
    """Weights cannot move what only one criterion decides: all draws agree with the matrix."""
    found = shares_of(placed({"ash": (8, 6), "bay": (6, 6), "cob": (6, 4), "dew": (4, 8)}))
    assert {who: CLASSES[int(row.argmax())] for who, row in found.items()} == {
        "ash": Class.KEY_STRATEGIC,
        "bay": Class.KEY_CORE,
        "cob": Class.STRATEGIC,
        "dew": Class.LOW_PRIORITY,
    }
    assert all(row.max() == 1 for row in found.values())


def test_a_share_is_the_chance_of_the_weights_that_put_a_customer_in_the_zone() -> None:
    """Bay has 6 and 2 on attractiveness: it needs three quarters of the axis on the first."""
    result = assess(by_hand())
    uniform = around(np.full(3, 1 / 3), 3.0, count=20_000)
    found = robustness(result, uniform)
    bay = result.row["bay"]
    attractive = found.shares[bay, :3].sum()
    assert attractive == pytest.approx(0.25, abs=0.01)  # uniform share of a in a + b


def test_customers_in_excess_of_the_places_wait_in_every_draw() -> None:
    workshop = after(placed({"ash": (8, 8), "bay": (7.5, 7.5), "cob": (6, 6)}), places(2))
    assert [row[:2].sum() for row in shares_of(workshop).values()] == [1, 1, 0]


def test_twins_at_the_last_place_both_wait_in_every_draw() -> None:
    workshop = after(placed({"ash": (8, 8), "bay": (6, 6), "cob": (6, 6)}), places(2))
    assert [row[2] for row in shares_of(workshop).values()] == [0, 1, 1]


def test_a_decision_of_the_team_stands_in_all_draws_and_takes_its_place_first() -> None:
    workshop = after(
        placed({"ash": (8, 8), "bay": (2, 2)}),
        places(1),
        OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised"),
    )
    found = shares_of(workshop)
    assert found["bay"].tolist() == [0, 1, 0, 0]
    assert found["ash"].tolist() == [0, 0, 1, 0]


def test_who_is_too_little_known_is_in_no_draw_a_key_account_whatever_the_unknown_is() -> None:
    result = assess(
        made(
            *(PutCriterion(criterion=criterion(key, A)) for key in ("a", "b")),
            PutCriterion(criterion=criterion("s", S)),
            BringIn(origin="a test", customers={"ash": customer("ash", favours_us=Favours.YES)}),
            scores(("a", "b", "s"), {"ash": (10.0, None, 10.0)}),
        )
    )
    even = np.tile([0.3, 0.3, 0.4], (1_000, 1))
    with_doubt = robustness(result, even, score_doubt(result))
    assert with_doubt.key.tolist() == [0]
    assert with_doubt.shares[0, 2] > 0.9  # attractive in nearly all, but not key


def test_doubtful_scores_make_the_border_of_the_zone_a_matter_of_chance() -> None:
    """A judged 5 lies on either side of the cut-off as often; a judged 8 hardly ever below it."""
    result = assess(placed({"ash": (5, 9), "bay": (8, 9)}))
    found = robustness(result, team_draws(result), score_doubt(result))
    assert found.key[0] == pytest.approx(0.5, abs=0.02)
    assert found.key[1] > 0.99


@given(st.integers(0, 90), st.integers(1, 10))
def test_a_better_value_never_lowers_the_share_of_the_draws(level: int, more: int) -> None:
    """With the same seed; without capacity, so that nobody is in the way."""
    low, high = (assess(placed({"ash": (value / 10, 6)})) for value in (level, level + more))
    weights = team_draws(low)
    before, after_ = (robustness(r, weights, score_doubt(r)).key[0] for r in (low, high))
    assert after_ >= before


def test_weights_held_without_doubt_give_shares_of_0_and_1_only() -> None:
    result = assess(x01())
    centre = np.array([list(result.weights.values())])
    assert set(robustness(result, centre).shares.ravel()) == {0.0, 1.0}


def test_no_customers_and_no_draws_are_no_error() -> None:
    assert robustness(assess(placed({})), np.ones((3, 2)) / 2).shares.shape == (0, 4)
    assert drawn_classes(assess(by_hand()), np.empty((0, 3))).shape == (0, 3)


# --- members, belief, words -----------------------------------------------------------------------


def test_an_axis_without_a_criterion_leaves_all_without_a_class() -> None:
    people = {key: customer(key) for key in ("ash", "bay")}
    workshop = made(
        PutCriterion(criterion=criterion("a", A)),
        BringIn(origin="a test", customers=people),
        scores(("a",), {"ash": (6,), "bay": (4,)}),
    )
    result = assess(workshop)
    assert not robustness(result, team_draws(result)).shares.any()
    assert (drawn_classes(result, np.ones((1, 1))) == result.selection.klass).all()


def test_each_member_has_the_list_that_its_own_weights_give() -> None:
    """Bay is attractive only to those who look at the first criterion alone."""
    members = {"ines": {"a": 100, "s": 50}, "otto": {"a": 50, "b": 100, "s": 50}}
    workshop = after(
        by_hand(),
        *(PutMember(member=Member(id=who, name=who.title())) for who in members),
        *(CastBallot(ballot=Ballot(member=who, swings=own)) for who, own in members.items()),
    )
    found = members_lists(assess(workshop))
    assert {who: flags.tolist() for who, flags in found.items()} == {
        "ines": [True, False, False],
        "otto": [True, False, False],
    }


def test_without_ballots_there_are_no_lists_of_members() -> None:
    assert members_lists(assess(by_hand())) == {}


def test_what_one_would_have_to_believe_is_the_mean_of_the_weights_that_chose_a_customer() -> None:
    result = assess(x01())
    found = robustness(result, team_draws(result))
    alder = result.row["Alder"]
    expected = found.weights[found.chosen[:, alder]].mean(axis=0)
    assert found.central[alder] == pytest.approx(expected)
    assert np.isnan(found.central[result.row["Dogwood"]]).all()


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "in practically no run"),
        (0.0049, "in practically no run"),
        (0.006, "in 1 of 100 runs"),
        (0.64, "in 64 of 100 runs"),
        (0.994, "in 99 of 100 runs"),
        (0.9951, "in practically all runs"),
        (1.0, "in practically all runs"),
    ],
)
def test_a_share_is_told_as_a_frequency(share: float, words: str) -> None:
    assert in_runs(share) == words


@given(st.floats(0, 1))
def test_no_share_is_told_as_0_or_100(share: float) -> None:
    assert "100 of 100" not in in_runs(share)
    assert "in 0 of" not in in_runs(share)


@pytest.mark.parametrize(
    ("share", "word"),
    [(0.9, Holds.FIRM), (0.89, Holds.LIKELY), (0.5, Holds.LIKELY), (0.49, Holds.OPEN),
     (0.1, Holds.OPEN), (0.09, Holds.FIRM_NO)],
)  # fmt: skip
def test_shares_have_four_words(share: float, word: Holds) -> None:
    assert holds(share) is word
