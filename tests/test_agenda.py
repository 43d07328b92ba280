from datetime import date, timedelta

import pytest
from hypothesis import given

from kam.agenda import (
    ENOUGH_CUSTOMERS,
    STEPS,
    Progress,
    agenda,
    orphans,
    uncovered,
    unfitting,
)
from kam.edits import (
    ChangeProfile,
    ConfirmClass,
    JudgeGate,
    MarkRevision,
    PutCriterion,
    PutGate,
    PutObjective,
    PutQuestions,
    SavePlans,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
)
from kam.method.assessment import assess
from kam.method.plans import draft
from kam.method.questions import to_ask
from kam.model import Capacity, Class, Favours, Gate, Objective, Outcome, Plan, Profile, Workshop
from tests.workshops import (
    TODAY,
    A,
    after,
    by_hand,
    criterion,
    made,
    placed,
    places,
    workshops,
)

WHOLE = Objective(id="o", name="Grow profit", measure="Profit", baseline=1.0, target=2.0, year=2028)
FIVE = {f"c{n}": (6.0 + n / 10, 7.0) for n in range(ENOUGH_CUSTOMERS)}


def steps(workshop: Workshop, revision: int = 0) -> dict[str, Progress]:
    """The progress of every step by its slug."""
    return {p.step.slug: p for p in agenda(assess(workshop), TODAY, revision)}


def test_there_are_seven_steps_in_the_order_of_the_work() -> None:
    assert [step.slug for step in STEPS] == [
        "objectives", "criteria", "customers", "matrix", "split", "plans", "share"
    ]  # fmt: skip
    assert all(step.question.endswith("?") for step in STEPS)


def test_an_empty_workshop_is_open_everywhere_and_wrong_nowhere() -> None:
    found = agenda(assess(made()), TODAY)
    assert [p.step for p in found] == list(STEPS)
    assert {p.status for p in found} == {"open"}
    assert all(p.note.endswith(".") and p.open > 0 for p in found)


@given(workshops())
def test_a_step_is_done_exactly_when_nothing_is_missing(workshop: Workshop) -> None:
    for progress in agenda(assess(workshop), TODAY):
        assert (progress.status == "done") == (progress.open == 0) == (progress.note == "")


def test_objectives_name_what_an_objective_lacks_and_the_unknown_capacity() -> None:
    bare = made(PutObjective(objective=Objective(id="o", name="Grow profit")))
    assert steps(bare)["objectives"].note == (
        "“Grow profit” lacks a measure, a baseline, a target, a year."
    )
    assert steps(bare)["objectives"].open == 2
    assert steps(after(bare, PutObjective(objective=WHOLE), places(8)))["objectives"] == Progress(
        STEPS[0], "done"
    )


def test_a_capacity_of_hours_counts_only_when_all_of_it_is_known() -> None:
    half = SetCapacity(capacity=Capacity(people=5.0, hours_per_person=1500.0))
    workshop = made(PutObjective(objective=WHOLE), half)
    assert "not known" in steps(workshop)["objectives"].note


def test_criteria_name_the_axis_that_nobody_asks_about() -> None:
    workshop = made(PutCriterion(criterion=criterion("a", A)))
    found = steps(workshop)["criteria"]
    assert found.status == "problem"  # nothing on the strength axis counts
    assert "strength axis" in found.note


def test_a_criterion_without_objective_and_an_objective_without_criterion_are_listed() -> None:
    workshop = after(
        by_hand(),
        PutObjective(objective=WHOLE),
        PutObjective(objective=Objective(id="p", name="Learn")),
        PutCriterion(criterion=criterion("a", A, objectives=("o",))),
    )
    assert orphans(workshop) == [
        "“Criterion b” serves no objective.", "“Criterion s” serves no objective."
    ]  # fmt: skip
    assert uncovered(workshop) == ["No criterion serves “Learn”."]


def test_without_objectives_or_criteria_nothing_can_be_without_the_other() -> None:
    assert orphans(by_hand()) == []
    assert uncovered(made(PutObjective(objective=WHOLE))) == []


def test_weights_that_are_all_zero_are_a_problem_told_in_words() -> None:
    workshop = after(by_hand(), SetPoints(points={"a": 0, "b": 0, "s": 0}))
    found = steps(workshop)
    assert found["criteria"].status == "problem"
    assert found["criteria"].note.endswith(".")


def test_a_customer_of_whom_too_little_is_known_is_named() -> None:
    # Cob is known to 75 % on one axis; with more weight on the unknown criterion to 25 %.
    assert steps(by_hand())["customers"].status == "done"
    heavier = after(by_hand(), SetPoints(points={"a": 10, "b": 30}))
    assert steps(heavier)["customers"].note == "Cob is known too little."


def test_the_matrix_waits_for_five_scored_customers() -> None:
    assert steps(by_hand())["matrix"].note == "3 of 5 customers are scored."
    assert steps(placed(FIVE))["matrix"].status == "done"


def test_the_split_names_whom_to_ask_before_it_is_decided() -> None:
    workshop = placed({"ash": (8.0, 8.0), "bay": (2.0, 8.0)}, favours=Favours.UNKNOWN)
    assert steps(workshop)["split"].note == "Ask Ash before deciding."
    assert steps(workshop)["split"].open == 1


def test_the_split_waits_for_borderline_cases_that_nobody_has_decided() -> None:
    workshop = placed({"ash": (5.1, 8.0), "bay": (2.0, 2.0)})
    answered = [one.model_copy(update={"answer": "Yes"}) for one in to_ask(assess(workshop), TODAY)]
    workshop = after(workshop, PutQuestions(questions=tuple(answered)))
    assert steps(workshop)["split"].note == "Ash is a borderline case that is not decided yet."
    confirmed = ConfirmClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="Growing")
    assert steps(after(workshop, confirmed))["split"].status == "done"


def test_a_customer_exactly_on_the_line_is_in_the_key_zone_and_asked() -> None:
    workshop = placed({"ash": (5.0, 8.0)}, favours=Favours.UNKNOWN)
    assert assess(workshop).standings["ash"].distance == 0.0
    assert steps(workshop)["split"].note == "Ask Ash before deciding."


def test_nobody_is_asked_whose_gate_has_failed_or_who_has_answered() -> None:
    workshop = placed({"ash": (8.0, 8.0), "bay": (9.0, 9.0)}, favours=Favours.UNKNOWN)
    answered = after(
        workshop,
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
        ChangeProfile(customer="bay", profile=Profile(favours_us=Favours.NO)),
    )
    assert steps(answered)["split"].status == "done"


def test_a_tie_at_the_end_of_the_capacity_is_a_problem_of_the_split() -> None:
    workshop = after(placed({"ash": (8.0, 8.0), "bay": (8.0, 8.0)}), places(1))
    found = steps(workshop)["split"]
    assert found.status == "problem"
    assert "ties exactly where our capacity ends" in found.note


def test_plans_are_missing_late_or_incomplete_by_name() -> None:
    workshop = placed({"ash": (2.0, 8.0)}, owner="Ines")
    assert steps(workshop)["plans"].note == "The plan for Ash is a draft."
    ready = draft(assess(workshop), "ash", TODAY)
    assert ready
    saved = after(workshop, SavePlans(plans={"ash": ready}))
    assert steps(saved)["plans"].status == "done"
    plain = Plan(customer="ash", template="L2", goal="Serve", deadline=TODAY + timedelta(9))
    assert steps(after(workshop, SavePlans(plans={"ash": plain})))["plans"].note == (
        "Ash: no owner yet."
    )
    late = plain.model_copy(update={"deadline": date(2026, 1, 1)})
    found = steps(after(workshop, SavePlans(plans={"ash": late})))["plans"]
    assert (found.status, found.note) == ("problem", "The plan for Ash is overdue.")


def test_an_exit_lacks_what_its_page_says_that_it_lacks() -> None:
    workshop = placed({"ash": (2.0, 2.0)}, owner="Ines")
    exit_ = draft(assess(workshop), "ash", TODAY)
    assert exit_
    saved = after(workshop, SavePlans(plans={"ash": exit_}))
    assert steps(saved)["plans"].note == "Ash: partner not named."


@pytest.mark.parametrize(("a", "s"), [(9.0, 9.0), (2.0, 2.0), (8.0, 2.0)])
def test_an_overdue_plan_marks_the_step_whoever_has_it(a: float, s: float) -> None:
    late = Plan(customer="ash", template="K1", deadline=TODAY - timedelta(1))
    workshop = after(placed({"ash": (a, s)}), SavePlans(plans={"ash": late}))
    found = steps(workshop)["plans"]
    assert (found.status, found.open, found.note) == (
        "problem",
        1,
        "The plan for Ash is overdue.",
    )


@pytest.mark.parametrize(
    ("a", "s", "template"), [(9.0, 9.0, "N2"), (2.0, 2.0, "N1"), (8.0, 2.0, "L1")]
)
def test_a_plan_that_no_longer_fits_opens_the_step_whoever_has_it(
    a: float, s: float, template: str
) -> None:
    plan = Plan.model_validate({"customer": "ash", "template": template, "owner": "Ines"})
    workshop = after(placed({"ash": (a, s)}), SavePlans(plans={"ash": plan}))
    found = steps(workshop)["plans"]
    assert (found.status, found.open, found.note) == (
        "open",
        1,
        "The plan for Ash no longer fits.",
    )
    assert unfitting(assess(workshop)) == ["ash"]


def test_a_plan_that_runs_of_a_customer_without_a_class_does_not_fit() -> None:
    plan = Plan(customer="ash", template="L2", deadline=TODAY)
    workshop = after(placed({**FIVE, "ash": (2.0, 2.0)}), SavePlans(plans={"ash": plan}))
    lost = after(workshop, ScoreCustomer(customer="ash", criterion="a", value=None))
    assert unfitting(assess(workshop)) == []
    assert unfitting(assess(lost)) == ["ash"]
    over = Outcome(what="dropped", on=TODAY, by="Ines")
    ended = after(lost, SavePlans(plans={"ash": plan.model_copy(update={"outcome": over})}))
    assert unfitting(assess(ended)) == []


def test_whose_plan_has_ended_needs_the_next_one_until_it_has_left() -> None:
    workshop = placed({"ash": (1.0, 1.0)}, owner="Ines")
    over = Outcome(what="exited", on=TODAY, by="Ines")
    plan = Plan(customer="ash", template="L2", outcome=over)
    found = steps(after(workshop, SavePlans(plans={"ash": plan})))["plans"]
    assert (found.status, found.note) == ("open", "Ash needs its next plan.")
    left = plan.model_copy(update={"template": "L3"})
    assert steps(after(workshop, SavePlans(plans={"ash": left})))["plans"].status == "done"


@pytest.mark.parametrize(
    ("revision", "status"), [(8, "done"), (9, "done"), (10, "open"), (40, "open")]
)
def test_sharing_is_done_until_something_changes_after_the_agreement(
    revision: int, status: str
) -> None:
    # The agreement of revision 8 is itself entry 9.
    agreed = after(by_hand(), MarkRevision(name="Selection 2026", on=TODAY, revision=8))
    assert steps(agreed, revision)["share"].status == status


def test_what_has_changed_names_the_agreement_it_has_left() -> None:
    agreed = after(by_hand(), MarkRevision(name="Selection 2026", on=TODAY, revision=8))
    assert steps(agreed, 12)["share"].note == "Something has changed since “Selection 2026”."
