"""Best relationships on workshops worked out by hand: what sets them apart, and who is not seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, ChooseLongList, JudgeAsOne, PutCriterion, SetPoints
from kam.method.assessment import assess
from kam.method.best_relationships import BestRelationships, ModelTest, best_relationships
from kam.method.separation import Separation
from kam.model import Axis, Customer, FactKind, Favours, LongList, Profile, Workshop
from tests.workshops import after, criterion, made, placed, places, scores, workshops

A, S = Axis.ATTRACTIVENESS, Axis.STRENGTH
BEST = tuple(f"best{n}" for n in range(6))
REST = tuple(f"rest{n:02}" for n in range(24))


def room() -> Workshop:
    """Six best and 24 other customers, planted so that it is known what separates them.

    Criteria: wallet, higher for all best; noise, the same mix for both; upside, lower for all
    best. Facts: visits, higher for all best; weather, the same mix for both. Revenue is higher
    for all best.
    """
    rows = {key: (5.0 + n % 3, 2.0 + n / 10, 8.0 + n / 10) for n, key in enumerate(BEST)}
    rows |= {key: (5.0 + n % 3, 6.0 + n / 10, 2.0 + n / 10) for n, key in enumerate(REST)}
    people = {
        key: Customer(
            id=key,
            name=key.capitalize(),
            profile=Profile(revenue=1e6 + n if key in BEST else 1e3 + n),
            facts={"visits": 20.0 + n if key in BEST else float(n % 10), "weather": float(n % 3)},
        )
        for n, key in enumerate((*BEST, *REST))
    }
    return made(
        PutCriterion(criterion=criterion("noise", A, name="Noise")),
        PutCriterion(criterion=criterion("upside", A, name="Upside")),
        PutCriterion(criterion=criterion("wallet", S, name="Share of wallet")),
        SetPoints(points={"noise": 40, "upside": 20, "wallet": 40}),
        BringIn(
            origin="a test",
            customers=people,
            fact_kinds={
                "visits": FactKind(key="visits", label="Visits"),
                "weather": FactKind(key="weather", label="Weather"),
            },
        ),
        scores(("noise", "upside", "wallet"), rows),
    )


@pytest.fixture(scope="module")
def found() -> BestRelationships:
    return best_relationships(assess(room()), BEST)


def by_label(found: BestRelationships) -> dict[str, Separation]:
    return {one.label: one for one in found.separations}


# --- what separates them --------------------------------------------------------------------------


def test_what_was_planted_is_clear_and_what_was_not_is_not(found: BestRelationships) -> None:
    clear = {label for label, one in by_label(found).items() if one.clear}
    assert clear == {"Share of wallet", "Upside", "Visits", "Revenue in 12 months"}
    assert by_label(found)["Noise"].area == pytest.approx(0.5)
    assert not by_label(found)["Weather"].maybe


def test_every_finding_has_its_number_of_cases_and_of_comparisons(found: BestRelationships) -> None:
    assert {(one.best, one.rest) for one in found.separations} == {(6, 24)}
    assert {one.compared for one in found.separations} == {len(found.separations)} == {6}


def test_the_clearest_come_first(found: BestRelationships) -> None:
    assert [one.rank for one in found.separations] == [2, 2, 2, 2, 0, 0]


def test_lower_is_told_as_lower(found: BestRelationships) -> None:
    assert by_label(found)["Upside"].area == 0
    assert "a best one is lower in all pairs" in by_label(found)["Upside"].words


def test_a_figure_that_no_criterion_asks_for_is_suggested(found: BestRelationships) -> None:
    assert (
        "Visits: higher for your best relationships, and no criterion asks for it. Consider one."
        in found.suggestions
    )
    assert not [one for one in found.suggestions if "Weather" in one]


def test_being_big_to_us_is_never_suggested_as_a_criterion(found: BestRelationships) -> None:
    [revenue] = [one for one in found.suggestions if "Revenue" in one]
    assert revenue.endswith("how big they are to us already, and makes no criterion.")


def test_criteria_that_point_the_other_way_or_nowhere_are_questioned(
    found: BestRelationships,
) -> None:
    assert (
        "Upside has 20 of 100 points, and your best relationships are lower on it: does it point "
        "the right way?"
    ) in found.suggestions
    assert (
        "Noise has 40 of 100 points and does not set your best relationships apart: keep it if it "
        "looks ahead."
    ) in found.suggestions


def test_a_criterion_that_works_needs_no_question(found: BestRelationships) -> None:
    assert not [one for one in found.suggestions if "wallet" in one]


def test_a_criterion_of_hardly_any_weight_needs_none_either() -> None:
    light = after(room(), SetPoints(points={"noise": 2, "upside": 58, "wallet": 40}))
    found = best_relationships(assess(light), BEST)
    assert not [one for one in found.suggestions if "Noise" in one]


def test_a_figure_that_a_criterion_asks_for_is_compared_once_as_the_criterion() -> None:
    asked = PutCriterion(criterion=criterion("noise", A, name="Noise", column="visits"))
    own = PutCriterion(criterion=criterion("upside", A, name="Upside", column="revenue"))
    labels = by_label(best_relationships(assess(after(room(), asked, own)), BEST))
    assert "Visits" not in labels
    assert "Revenue in 12 months" not in labels


def test_with_two_best_relationships_nothing_is_told_apart() -> None:
    found = best_relationships(assess(room()), BEST[:2])
    assert {one.area for one in found.separations} == {None}
    assert found.suggestions == ()


def test_with_few_cases_a_suggestion_admits_that_it_may_be_luck() -> None:
    few = ChooseLongList(long_list=LongList(customers=(*BEST[:3], *REST[:4])))
    found = best_relationships(assess(after(room(), few)), BEST[:3])
    assert not [one for one in found.separations if one.clear]
    assert (
        "Visits: higher for your best relationships, though it may be luck, and no criterion "
        "asks for it. Consider one."
    ) in found.suggestions


def test_only_the_long_list_is_compared_and_the_others_are_named() -> None:
    short = ChooseLongList(long_list=LongList(customers=(*BEST[:5], *REST[:10])))
    found = best_relationships(assess(after(room(), short)), BEST)
    assert (set(found.marked), found.outside) == (set(BEST[:5]), (BEST[5],))
    assert {(one.best, one.rest) for one in found.separations} == {(5, 10)}
    assert found.test.unseen[BEST[5]] == "it is not on the long list, so it is not judged."


def test_an_unknown_value_is_left_out_and_never_a_zero() -> None:
    positions: dict[str, tuple[float | None, float | None]] = {
        **{f"b{n}": (8.0, 6.0) for n in range(4)},
        "open": (None, 6.0),
        **{f"r{n}": (3.0, 6.0) for n in range(4)},
    }
    found = best_relationships(assess(placed(positions)), ["b0", "b1", "b2", "b3", "open"])
    assert by_label(found)["Criterion a"].best == 4
    assert by_label(found)["Criterion a"].area == 1.0


def test_strangers_are_passed_over_and_a_group_is_marked_as_one() -> None:
    joined = after(
        placed({"ash": (8.0, 8.0), "bay": (2.0, 2.0), "cob": (2.0, 2.0)}),
        JudgeAsOne(group="ash", name="Ash", members=("bay",)),
    )
    found = best_relationships(assess(joined), ["ash", "bay", "nobody"])
    assert (found.marked, found.outside) == (("ash",), ())


# --- whether the model sees them ------------------------------------------------------------------


def test_the_model_is_told_whom_it_does_not_see_and_why() -> None:
    """Two of three in the zone; bay is held back by strength. By luck: 3 x 3 / 6 = 1.5."""
    workshop = placed(
        {
            "ash": (8.0, 8.0),
            "bay": (8.0, 3.0),
            "cob": (6.0, 5.0),
            "dew": (9.0, 9.0),
            "elm": (1.0, 1.0),
            "fir": (4.0, 9.0),
        }
    )
    test = best_relationships(assess(workshop), ["ash", "bay", "cob"]).test
    assert (test.seen, test.expected) == (("ash", "cob"), 1.5)
    assert test.words({key: key.capitalize() for key in workshop.customers}) == (
        "Your model puts 2 of your 3 best relationships in the key zone; of as many customers "
        "marked at random it would be 1.5. It does not see Bay: its strength is 3.0, below the "
        "cut-off 5, and Criterion s (3.0 of 10) holds it back most."
    )


def test_the_two_heaviest_shortfalls_are_named_heaviest_first() -> None:
    """Points times distance to the line: b 10 x 4, c 30 x 2, d 60 x 0.5; a is above it."""
    keys = ("a", "b", "c", "d", "s")
    workshop = made(
        *(PutCriterion(criterion=criterion(key, A if key != "s" else S)) for key in keys),
        SetPoints(points={"a": 5, "b": 10, "c": 30, "d": 60, "s": 50}),
        BringIn(origin="a test", customers={"ash": Customer(id="ash", name="Ash")}),
        scores(keys, {"ash": (9.0, 1.0, 3.0, 4.5, 8.0)}),
    )
    [why] = best_relationships(assess(workshop), ["ash"]).test.unseen.values()
    assert why.endswith(
        "and Criterion c (3.0 of 10) and Criterion b (1.0 of 10) hold it back most."
    )


def test_both_axes_are_told_and_an_unknown_one_is_called_unknown() -> None:
    found = best_relationships(
        assess(placed({"ash": (2.0, 1.0), "bay": (4.0, None)})), ["ash", "bay"]
    )
    assert "its attractiveness is 2.0" in found.test.unseen["ash"]
    assert "; its strength is 1.0" in found.test.unseen["ash"]
    assert found.test.unseen["bay"].endswith("; nothing is known of its strength yet.")


def test_in_the_zone_but_not_key_is_told_with_the_reason_of_the_rule() -> None:
    workshop = after(placed({"ash": (9.0, 9.0), "bay": (6.0, 6.0)}), places(1))
    test = best_relationships(assess(workshop), ["ash", "bay"]).test
    assert test.seen == ("ash", "bay")
    assert test.not_key == {"bay": "In the key zone, but we have no capacity for it."}
    told = test.words({"ash": "Ash", "bay": "Bay"})
    assert told.endswith(
        "Bay is there, but not key. In the key zone, but we have no capacity for it."
    )


def test_who_would_not_favour_us_is_seen_but_not_key() -> None:
    workshop = placed({"ash": (9.0, 9.0)}, favours=Favours.NO)
    test = best_relationships(assess(workshop), ["ash"]).test
    assert (test.seen, list(test.not_key), test.unseen) == (("ash",), ["ash"], {})


def test_without_a_marked_customer_the_next_step_is_told() -> None:
    found = best_relationships(assess(room()), [])
    assert found.test == ModelTest(seen=(), not_key={}, unseen={}, expected=None)
    assert found.test.words({}).endswith("Mark at least three to test the model.")
    assert found.suggestions == ()


@given(workshop=workshops(), picked=st.sets(st.integers(0, 5)))
def test_every_marked_customer_is_seen_or_has_a_reason(
    workshop: Workshop, picked: set[int]
) -> None:
    marked = {f"c{n}" for n in picked} & workshop.customers.keys()
    result = assess(workshop)
    test = best_relationships(result, marked).test
    assert {*test.seen, *test.unseen} == marked
    assert not set(test.seen) & test.unseen.keys()
    for key in marked:
        distance = result.standings[key].distance
        assert (key in test.seen) == (distance is not None and distance >= -1e-9)
        assert "nan" not in test.unseen.get(key, "").split()
