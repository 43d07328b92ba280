"""Of `kam.method.causes`: what of two states can be compared, and whose levels are votes."""

from kam.edits import (
    PutCriterion,
    PutMember,
    RemoveCriterion,
    RemoveCustomers,
    ScoreCustomer,
    VoteScores,
)
from kam.method.assessment import Assessment, assess
from kam.method.causes import (
    OF_CLASS,
    OF_DISTANCE,
    OF_SCORES,
    Cause,
    common_criteria,
    judged,
    voted,
)
from kam.model import Member, Workshop
from tests.workshops import A, S, after, by_hand, criterion


def measured() -> Workshop:
    """The workshop by hand with one more criterion, which a column holds."""
    return after(by_hand(), PutCriterion(criterion=criterion("m", A, column="margin")))


def states(*edits: PutCriterion | RemoveCriterion) -> tuple[Assessment, Assessment]:
    """That workshop before and after some edits."""
    return assess(measured()), assess(after(measured(), *edits))


def test_every_cause_but_what_cannot_be_told_apart_may_change_a_class() -> None:
    assert set(OF_CLASS) == set(Cause) - {Cause.TOGETHER}
    assert set(OF_SCORES) < set(OF_DISTANCE) < set(OF_CLASS)


def test_judged_is_what_no_column_holds_now() -> None:
    state = assess(measured())
    assert [judged(state, key) for key in ("a", "m", "s")] == [True, False, True]


def test_common_criteria_are_those_that_could_be_scored_in_both() -> None:
    before, later = states(
        RemoveCriterion(criterion="b"),
        PutCriterion(criterion=criterion("n", S)),
        PutCriterion(criterion=criterion("a", A, definition="")),
    )
    assert common_criteria(before, later) == ("s", "m")


def test_a_criterion_stays_the_same_under_another_name_unit_or_axis_and_on_other_anchors() -> None:
    wider = (0.0, 5.0, 10.0, 15.0, 20.0)
    before, later = states(
        PutCriterion(criterion=criterion("a", A, name="Another")),
        PutCriterion(criterion=criterion("b", S)),
        PutCriterion(criterion=criterion("s", S, wider)),
        PutCriterion(criterion=criterion("m", A, column="margin", unit="% of revenue")),
    )
    assert common_criteria(before, later) == ("a", "b", "s", "m")


def test_another_unit_on_other_anchors_is_another_criterion() -> None:
    thousands = criterion("s", S, (0.0, 5.0, 10.0, 15.0, 20.0), unit="thousands")
    assert common_criteria(*states(PutCriterion(criterion=thousands))) == ("a", "b", "m")


def test_voted_are_those_without_an_agreed_score_that_are_still_here() -> None:
    cast = after(
        by_hand(),
        PutMember(member=Member(id="ines", name="Ines")),
        ScoreCustomer(customer="ash", criterion="s", value=None),
        ScoreCustomer(customer="cob", criterion="s", value=None),
        VoteScores(member="ines", criterion="s", steps={"ash": 4, "bay": 2, "cob": 1}),
        RemoveCustomers(customers=("cob",)),
    )
    assert voted(assess(cast), "s") == {"ash"}
    assert voted(assess(cast), "a") == set()
