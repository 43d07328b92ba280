"""Who does what by when, as a table."""

from datetime import date, timedelta
from typing import get_args

import pytest

from kam.edits import ClosePlan, JudgeAsOne, SavePlans
from kam.method.assessment import assess
from kam.model import Action, Outcome, Plan, Workshop
from kam.report.actions import (
    COLUMNS,
    DEADLINE,
    OUTCOMES,
    actions,
    agreed,
    plan_sentences,
)
from tests.workshops import TODAY, after, by_hand, made, placed

YESTERDAY = TODAY - timedelta(days=1)
PLAN = Plan(
    customer="ash",
    template="L1",
    owner="Ines",
    sponsor="Otto",
    deadline=date(2027, 3, 2),
    actions=(
        Action(text="Call", owner="Joris", due=TODAY),
        Action(text="Write", due=YESTERDAY),
        Action(text="Visit", due=YESTERDAY, done=False),
        Action(text="Ask", done=True, evidence="A letter"),
    ),
)
LOW = {"ash": (1.0, 1.0), "bay": (1.0, 9.0)}


def planned(**changes: object) -> Workshop:
    """Ash has a saved plan, Bay has not."""
    plan = PLAN.model_copy(update=changes)
    return after(placed(LOW), SavePlans(plans={"ash": plan}))


def test_every_action_and_the_deadline_have_a_row_and_the_earliest_is_first() -> None:
    found = agreed(assess(planned()), planned(), TODAY)
    assert list(found["What"]) == ["Write", "Visit", "Call", DEADLINE, "Ask"]
    assert list(found["By"])[:4] == [YESTERDAY, YESTERDAY, TODAY, date(2027, 3, 2)]
    assert set(found["Customer"]) == {"Ash"}


def test_an_action_without_an_owner_is_the_plans_owners() -> None:
    found = agreed(assess(planned()), planned(), TODAY).set_index("What")
    assert dict(found["Owner"])["Call"] == "Joris"
    assert set(found["Owner"].drop("Call")) == {"Ines"}
    assert set(found["Sponsor"]) == {"Otto"}


def test_a_row_says_whether_it_was_met_is_late_or_open() -> None:
    found = agreed(assess(planned()), planned(), TODAY).set_index("What")
    assert dict(found["State"]) == {
        "Call": "open", "Write": "late", "Visit": "missed", "Ask": "met", DEADLINE: "open",
    }  # fmt: skip
    assert found.loc["Ask", "Shown by"] == "A letter"


@pytest.mark.parametrize(
    ("deadline", "state"), [(TODAY, "open"), (YESTERDAY, "overdue"), (None, "open")]
)
def test_a_deadline_of_today_is_open_and_one_of_yesterday_overdue(
    deadline: date | None, state: str
) -> None:
    workshop = planned(deadline=deadline, actions=())
    assert list(agreed(assess(workshop), workshop, TODAY)["State"]) == [state]


def test_a_plan_that_has_ended_says_how_and_drops_what_was_open() -> None:
    gone = Outcome(what="exited", on=TODAY, by="Ines")
    workshop = after(planned(), ClosePlan(customer="ash", outcome=gone))
    found = agreed(assess(workshop), workshop, TODAY).set_index("What")
    assert found.loc[DEADLINE, "State"] == "let go"
    assert (found.loc["Call", "State"], found.loc["Visit", "State"]) == ("dropped", "missed")


def test_drafts_stand_beside_saved_plans_and_say_that_they_are_drafts() -> None:
    found = actions(assess(planned()), planned(), TODAY)
    kinds = found.groupby("Customer")["Plan is"].unique()
    assert {name: list(kind) for name, kind in kinds.items()} == {
        "Ash": ["saved"],
        "Bay": ["draft"],
    }
    assert "Plan is" not in agreed(assess(planned()), planned(), TODAY)


def followed_by_a_next_one() -> Workshop:
    """Ash was let go; its managed exit runs as the next plan."""
    gone = Outcome(what="exited", on=TODAY, by="Ines")
    exit_ = Plan(customer="ash", template="L3", owner="Joris", deadline=date(2027, 9, 1))
    return after(
        planned(), ClosePlan(customer="ash", outcome=gone), SavePlans(plans={"ash": exit_})
    )


def test_the_record_keeps_a_plan_that_the_next_one_followed() -> None:
    workshop = followed_by_a_next_one()
    found = agreed(assess(workshop), workshop, TODAY)
    kinds = found[found["What"] == DEADLINE].set_index("Plan")["State"]
    assert dict(kinds) == {"Move up by a deadline": "let go", "Managed exit": "open"}
    assert plan_sentences(workshop) == (
        "Managed exit (1): Ash first, 1 September 2027, Joris.",
        "1 plan has ended.",
    )


def test_whose_plan_has_ended_has_the_draft_of_the_next_one_in_the_list() -> None:
    gone = Outcome(what="exited", on=TODAY, by="Ines")
    workshop = after(planned(), ClosePlan(customer="ash", outcome=gone))
    found = actions(assess(workshop), workshop, TODAY)
    ash = found[found["Customer"] == "Ash"].groupby("Plan is")["Plan"].unique()
    assert {kind: list(plans) for kind, plans in ash.items()} == {
        "saved": ["Move up by a deadline"],
        "draft": ["Managed exit"],
    }


def test_without_customers_there_is_a_header_and_no_row() -> None:
    found = actions(assess(made()), made(), TODAY)
    assert found.empty
    assert list(found) == COLUMNS


def test_the_plan_of_a_company_that_is_judged_within_a_group_is_still_told() -> None:
    workshop = after(planned(), JudgeAsOne(group="bay", name="Bay", members=("ash",)))
    assert "ash" not in assess(workshop).standings
    found = agreed(assess(workshop), workshop, TODAY)
    assert set(found["Customer"]) == {"Ash"}
    assert set(found["Class"]) == {""}


def test_the_record_has_a_sentence_for_each_kind_of_plan_with_the_one_that_ends_first() -> None:
    later = PLAN.model_copy(update={"customer": "bay", "deadline": date(2028, 2, 29)})
    low_cost = Plan(customer="cob", template="L2")
    workshop = after(by_hand(), SavePlans(plans={"bay": later, "ash": PLAN, "cob": low_cost}))
    assert plan_sentences(workshop) == (
        "Move up by a deadline (2): Ash first, 2 March 2027, Ines.",
        "Serve at low cost (1): no deadline yet.",
    )
    over = ClosePlan(customer="ash", outcome=Outcome(what="promoted", on=TODAY, by="Ines"))
    assert plan_sentences(after(workshop, over)) == (
        "Move up by a deadline (1): Bay first, 29 February 2028, Ines.",
        "Serve at low cost (1): no deadline yet.",
        "1 plan has ended.",
    )


def test_a_plan_without_an_owner_is_told_without_one() -> None:
    [sentence] = plan_sentences(planned(owner=""))
    assert sentence.endswith("2 March 2027, no owner yet.")
    assert plan_sentences(made()) == ()


def test_a_plan_that_another_kind_replaced_stays_in_the_record() -> None:
    start = TODAY - timedelta(days=9)
    began = planned(start=start, template="L2")
    other = Plan(customer="ash", template="L3", start=TODAY, deadline=date(2027, 9, 1))
    workshop = after(began, SavePlans(plans={"ash": other}))
    found = agreed(assess(workshop), workshop, TODAY)
    kinds = found[found["What"] == DEADLINE].set_index("Plan")["State"]
    assert dict(kinds) == {"Serve at low cost": "replaced", "Managed exit": "open"}
    assert "Call" in set(found["What"])


def test_who_was_let_go_and_is_attractive_still_is_in_no_draft() -> None:
    gone = Outcome(what="exited", on=TODAY, by="Ines")
    built = Plan(customer="ash", template="N1", outcome=gone)
    workshop = after(placed({"ash": (8.0, 2.0)}), SavePlans(plans={"ash": built}))
    assert set(actions(assess(workshop), workshop, TODAY)["Plan is"]) == {"saved"}


def test_every_way_in_which_a_plan_ends_has_a_word() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome.model_fields["what"].annotation))
