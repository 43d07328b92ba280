from datetime import timedelta

import pytest

from kam.edits import (
    BringIn,
    ConfirmClass,
    MarkRevision,
    OverrideClass,
    PutQuestions,
    SavePlans,
    SetCapacity,
)
from kam.method.assessment import assess
from kam.method.questions import to_ask
from kam.model import Capacity, Class, Favours, Outcome, Plan, Workshop
from kam.report.summary import MOST_NAMES, Summary, _listed, summary
from tests.workshops import TODAY, after, by_hand, customer, made, placed, places

HOURS = SetCapacity(
    capacity=Capacity(people=1, hours_per_person=1_600, hours_strategic=1_000, hours_core=500)
)
TWO = {"ash": (9.0, 9.0), "bay": (2.0, 2.0)}


def told(workshop: Workshop, revision: int = 0) -> Summary:
    return summary(assess(workshop), TODAY, revision)


def test_without_scores_nothing_is_decided() -> None:
    assert told(made()).title == "Nothing is decided yet"
    assert told(made()).decided == ()


@pytest.mark.parametrize(
    ("capacity", "title"),
    [
        (SetCapacity(capacity=Capacity()), "We run 1 key account"),
        (places(3), "We run 1 key account with 1 of 3 places"),
        (HOURS, "We run 1 key account with 1,000 of 1,600 hours a year"),
    ],
)
def test_the_decision_is_the_title(capacity: SetCapacity, title: str) -> None:
    assert told(after(placed(TWO), capacity)).title == title


def test_a_draft_says_so() -> None:
    assert told(by_hand()).state == "DRAFT: nothing is agreed yet"


def test_an_agreement_is_named_with_its_day_and_who_made_it() -> None:
    mark = MarkRevision(name="Selection 2026", on=TODAY, by="Ines", revision=7)
    agreed = after(by_hand(), mark)
    assert told(agreed, 8).state == "Selection 2026, 2 March 2026 by Ines"
    assert told(agreed, 9).state.endswith("; changed since")


def test_every_class_has_a_sentence_with_its_names_and_an_empty_one_has_none() -> None:
    found = told(placed(TWO)).decided
    assert len(found) == 2
    assert found[0].startswith("Key · strategic (1)")
    assert found[0].endswith(": Ash.")
    assert found[1].startswith("Low priority (1)")
    assert found[1].endswith(": Bay.")


def test_names_beyond_a_dozen_are_counted() -> None:
    crowd = placed({f"c{n:02}": (1.0, 1.0 + n / 100) for n in range(MOST_NAMES + 3)})
    [sentence] = told(crowd).decided
    assert sentence.count(", ") - 2 == MOST_NAMES - 1  # two commas stand in the sentence itself
    assert sentence.endswith("and 3 more.")


def test_who_is_too_close_or_unknown_could_change_it() -> None:
    assert "Too close to call: Ash." in told(placed({"ash": (5.1, 8.0)})).could_change
    assert told(placed(TWO)).could_change == ("No customer stands close to a line.",)


def test_a_decision_against_the_rule_is_told_with_its_name_and_reason() -> None:
    decided = after(
        placed(TWO),
        OverrideClass(customer="bay", klass=Class.KEY_CORE, by="Ines", reason="We promised"),
    )
    [sentence] = [s for s in told(decided).could_change if "decision" in s]
    assert sentence == "Bay is Key · core by a decision of Ines: We promised"


def test_what_is_open_is_late_then_asked_then_without_owner_then_drafts() -> None:
    workshop = placed({**TWO, "cob": (1.0, 1.0)}, favours=Favours.UNKNOWN)
    late = Plan(customer="bay", template="L2", deadline=TODAY - timedelta(3))
    assert told(after(workshop, SavePlans(plans={"bay": late}))).open == (
        "Overdue: Bay.",
        "Ask before deciding: Ash.",
        "1 plan has no owner.",
        "1 plan is a draft.",
    )


def test_a_plan_that_no_longer_fits_is_open_and_an_overdue_one_is_told_once() -> None:
    plan = Plan(customer="ash", template="N2", owner="Ines", deadline=TODAY)
    late = Plan(customer="bay", template="N1", owner="Ines", deadline=TODAY - timedelta(3))
    found = told(after(placed(TWO), SavePlans(plans={"ash": plan, "bay": late}))).open
    assert found == ("Overdue: Bay.", "Plans that no longer fit: Ash.")


def test_borderline_cases_are_open_until_somebody_decides_them() -> None:
    workshop = placed({**TWO, "cob": (5.1, 8.0)})
    assert "Ask before deciding: Cob." in told(workshop).open
    asked = to_ask(assess(workshop), TODAY)
    answered = [one.model_copy(update={"answer": "Yes"}) for one in asked]
    workshop = after(workshop, PutQuestions(questions=tuple(answered)))
    assert told(workshop).open[0] == "1 borderline case is not decided."
    confirmed = ConfirmClass(customer="cob", klass=Class.KEY_CORE, by="Ines", reason="Growing")
    assert not [line for line in told(after(workshop, confirmed)).open if "borderline" in line]


def test_those_to_ask_are_those_of_the_list_of_questions_and_in_its_order() -> None:
    rows = {"key": (9.0, 9.0), "last": (7.5, 7.5), "next": (6.3, 6.3), "near": (5.1, 8.0)}
    workshop = after(placed(rows, favours=Favours.UNKNOWN), places(2))
    assert "Ask before deciding: Next, Last, Key, Near." in told(workshop).open
    listed = dict.fromkeys(one.customer for one in to_ask(assess(workshop), TODAY))
    assert list(listed) == ["next", "last", "key", "near"]


def test_a_plan_that_has_ended_lacks_no_owner_but_the_next_plan() -> None:
    over = Outcome(what="dropped", on=TODAY, by="Ines")
    plan = Plan(customer="ash", template="L2", outcome=over)
    workshop = after(placed({"ash": (1.0, 1.0)}), SavePlans(plans={"ash": plan}))
    assert told(workshop).open == ("1 plan is a draft.",)


def test_several_plans_are_told_in_the_plural() -> None:
    assert "2 plans are drafts." in told(placed({"ash": (1.0, 1.0), "bay": (2.0, 2.0)})).open


def test_when_everything_is_settled_nothing_is_open() -> None:
    plan = Plan(customer="bay", template="L2", owner="Ines", deadline=TODAY)
    assert told(after(placed(TWO), SavePlans(plans={"bay": plan}))).open == ()


def test_customers_without_scores_are_in_no_class() -> None:
    grown = after(placed(TWO), BringIn(origin="x.csv", customers={"dew": customer("dew")}))
    assert not [sentence for sentence in told(grown).decided if "Dew" in sentence]


def test_names_that_a_sentence_has_no_room_for_are_counted() -> None:
    names = [f"C{i}" for i in range(15)]
    assert _listed(names).endswith("C11 and 3 more")
    assert _listed(names[:2]) == "C0, C1"
