"""`kam.method.against_rule`: decisions that differ from the rule, and what the rule would say."""

from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, ChooseLongList, MoveLine, OverrideClass, WithdrawOverride
from kam.method.against_rule import against_rule, ruled
from kam.method.assessment import Assessment, assess
from kam.model import Class, LongList, Workshop
from tests.workshops import after, customer, placed, places, workshops

TWO = {"ash": (9.0, 9.0), "bay": (2.0, 2.0)}


def decided(workshop: Workshop, customer: str, klass: Class) -> Assessment:
    """The result once the team has decided a customer's class."""
    edit = OverrideClass(customer=customer, klass=klass, by="Ines", reason="We promised")
    return assess(after(workshop, edit))


def test_a_decision_for_another_class_than_the_rule_gives_is_against_it() -> None:
    result = decided(placed(TWO), "bay", Class.KEY_CORE)
    assert ruled(result, "bay") is Class.LOW_PRIORITY
    assert list(against_rule(result)) == ["bay"]


def test_a_decision_for_the_class_that_the_rule_gives_is_not_against_it() -> None:
    result = decided(placed(TWO), "bay", Class.LOW_PRIORITY)
    assert result.workshop.overrides.keys() == {"bay"}
    assert against_rule(result) == {}


def test_a_decision_is_no_longer_against_a_rule_that_has_moved_to_it() -> None:
    decision = decided(placed({"ash": (6.5, 9.0)}), "ash", Class.KEY_STRATEGIC)
    assert list(against_rule(decision)) == ["ash"]
    moved = after(decision.workshop, MoveLine(line="strategic", value=6.0))
    assert against_rule(assess(moved)) == {}


def test_the_rule_lets_those_wait_for_whom_others_have_taken_the_room() -> None:
    full = after(placed({"ash": (9.0, 9.0), "bay": (8.0, 8.0)}), places(1))
    assert ruled(decided(full, "bay", Class.KEY_STRATEGIC), "bay") is Class.STRATEGIC
    assert ruled(decided(full, "ash", Class.KEY_CORE), "ash") is Class.KEY_STRATEGIC


def test_without_scores_the_rule_has_no_class_and_any_decision_is_against_it() -> None:
    result = decided(placed({**TWO, "new": (None, None)}), "new", Class.LOW_PRIORITY)
    assert ruled(result, "new") is None
    assert list(against_rule(result)) == ["new"]


def test_who_is_not_on_the_long_list_has_a_class_by_its_figures() -> None:
    short = ChooseLongList(long_list=LongList(customers=("ash",), rule="by hand"))
    workshop = after(placed(TWO), BringIn(origin="x", customers={"cob": customer("cob")}), short)
    assert ruled(decided(workshop, "bay", Class.KEY_CORE), "bay") is Class.LOW_PRIORITY


@given(workshops(), st.sampled_from(Class), st.integers(0, 2))
def test_the_rule_says_what_it_says_once_the_decision_is_withdrawn(
    workshop: Workshop, klass: Class, seats: int
) -> None:
    workshop = after(workshop, places(seats))
    for key in workshop.customers:
        result = decided(workshop, key, klass)
        free = assess(after(result.workshop, WithdrawOverride(customer=key)))
        assert ruled(result, key) is free.standings[key].klass
        assert (key in against_rule(result)) is (klass is not free.standings[key].klass)
