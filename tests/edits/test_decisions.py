"""Lines, gates, overrides and plans: what their edits allow and forget."""

import pytest
from pydantic import ValidationError

from kam.edits import (
    ANY_EDIT,
    ConfirmClass,
    JudgeGate,
    MoveLine,
    OverrideClass,
    PutGate,
    RemoveGate,
    RemovePlan,
    SavePlans,
    WithdrawOverride,
)
from kam.errors import Refused
from kam.model import MAX_GATES, Class, Gate, Plan
from tests.workshops import after, by_hand, full


def gate(key: str) -> PutGate:
    return PutGate(gate=Gate(id=key, name=f"Gate {key}"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("strength", "strength cut-off 5 → 6.5"),
        ("attractiveness", "attractiveness cut-off 5 → 6.5"),
        ("strategic", "strategic line 7 → 6.5"),
    ],
)
def test_each_line_moves_alone_and_is_named(line: str, words: str) -> None:
    edit = ANY_EDIT.validate_python({"kind": "move_line", "line": line, "value": 6.5})
    before, moved = by_hand().cut_offs.model_dump(), after(by_hand(), edit).cut_offs.model_dump()
    assert moved == {**before, line: 6.5}
    assert edit.words(by_hand()) == words


@pytest.mark.parametrize(
    "edit",
    [MoveLine(line="strategic", value=4.9), MoveLine(line="attractiveness", value=7.1)],
)
def test_the_strategic_line_stays_inside_the_key_zone(edit: MoveLine) -> None:
    with pytest.raises(Refused, match="cannot be below the attractiveness cut-off"):
        edit.apply(by_hand())


def test_a_line_outside_0_to_10_does_not_exist() -> None:
    with pytest.raises(ValidationError, match="less than or equal to 10"):
        MoveLine(line="strength", value=10.1)


def test_a_fourth_gate_is_refused_with_a_way_out() -> None:
    three = after(by_hand(), *(gate(str(n)) for n in range(MAX_GATES)))
    with pytest.raises(Refused, match=r"at most 3 gates\. Remove one first"):
        gate("x").apply(three)
    assert after(three, gate("1")) == three


def test_a_removed_gate_is_failed_by_nobody_but_others_still_are() -> None:
    workshop = after(
        full(),
        gate("h"),
        JudgeGate(customer="cob", gate="h", fails=True, why="Conflict"),
        JudgeGate(customer="ash", gate="g", fails=True),
        RemoveGate(gate="g"),
    )
    assert workshop.failed_gates == {"cob": {"h": "Conflict"}}


def test_a_customer_that_passes_after_all_leaves_no_empty_entry() -> None:
    passes = JudgeGate(customer="cob", gate="g", fails=False)
    assert after(full(), passes).failed_gates == {}
    assert passes.words(full()) == "Cob passes “Sound credit”"


def test_a_second_reason_replaces_the_first() -> None:
    again = after(full(), JudgeGate(customer="cob", gate="g", fails=True, why="Paid late"))
    assert again.failed_gates == {"cob": {"g": "Paid late"}}


def test_renaming_a_gate_keeps_who_fails_it() -> None:
    renamed = after(full(), PutGate(gate=Gate(id="g", name="Credit")))
    assert renamed.failed_gates == full().failed_gates
    assert PutGate(gate=Gate(id="g", name="Credit")).words(full()) == "changed the gate “Credit”"


@pytest.mark.parametrize("empty", ["by", "reason"])
def test_an_override_without_a_name_or_a_reason_does_not_exist(empty: str) -> None:
    given = {"customer": "ash", "klass": "key_core", "by": "Ines", "reason": "We promised"}
    with pytest.raises(ValidationError, match=empty):
        OverrideClass.model_validate({**given, empty: " "})


def test_a_second_override_of_a_customer_replaces_the_first() -> None:
    again = OverrideClass(customer="bay", klass=Class.LOW_PRIORITY, by="Otto", reason="Insolvent")
    assert [o.by for o in after(full(), again).overrides.values()] == ["Otto"]


def test_a_class_is_confirmed_with_or_without_a_name_and_a_reason() -> None:
    bare = ConfirmClass(customer="ash", klass=Class.KEY_CORE)
    said = ConfirmClass(customer="ash", klass=Class.KEY_CORE, by="Ines", reason="They grow fast")
    assert after(full(), bare).confirmed["ash"].told == "confirmed"
    assert after(full(), bare, said).confirmed["ash"].told == "confirmed by Ines: They grow fast"
    assert bare.words(full()) == "Ash: Key · core, confirmed"


def test_deciding_otherwise_replaces_what_was_confirmed_and_stands_before_it() -> None:
    cob = OverrideClass(customer="cob", klass=Class.KEY_CORE, by="Otto", reason="We promised")
    assert full().confirmed.keys() == {"cob"}
    decided = after(full(), cob)
    assert decided.confirmed == {}
    with pytest.raises(Refused, match="decided the class of Cob against the rule"):
        ConfirmClass(customer="cob", klass=Class.LOW_PRIORITY).apply(decided)


def test_one_customer_is_confirmed_or_decided_otherwise_by_one_person_at_a_time() -> None:
    otherwise = OverrideClass(customer="ash", klass=Class.KEY_CORE, by="Otto", reason="No")
    assert ConfirmClass(customer="ash", klass=Class.LOW_PRIORITY).subject == otherwise.subject


def test_an_override_can_be_withdrawn_only_once() -> None:
    withdrawn = after(full(), WithdrawOverride(customer="bay"))
    with pytest.raises(Refused, match="no override of 'bay'"):
        WithdrawOverride(customer="bay").apply(withdrawn)


def test_a_saved_plan_replaces_the_earlier_one_of_that_customer_only() -> None:
    plans = {key: Plan(customer=key, template="L2", goal="Serve") for key in ("ash", "bay")}
    saved = after(full(), SavePlans(plans=plans))
    assert {key: plan.template for key, plan in saved.plans.items()} == {"bay": "L2", "ash": "L2"}
    assert SavePlans(plans=plans).words(full()) == (
        "plans of 2 customers, 1 in place of another that ran"
    )
    assert SavePlans(plans=plans).words(saved) == "plans of 2 customers"


def test_one_unknown_customer_among_the_plans_saves_none() -> None:
    plans = {key: Plan(customer=key, template="L2") for key in ("ash", "ghost")}
    with pytest.raises(Refused, match="no customer 'ghost'"):
        SavePlans(plans=plans).apply(full())


def test_plans_of_the_same_customers_collide_whatever_their_order() -> None:
    ash, bay = Plan(customer="ash", template="L2"), Plan(customer="bay", template="L2")
    assert (
        SavePlans(plans={"ash": ash, "bay": bay}).subject
        == SavePlans(plans={"bay": bay, "ash": ash}).subject
        == "plan ash bay"
    )
    assert SavePlans(plans={"ash": ash}).subject == RemovePlan(customer="ash").subject
