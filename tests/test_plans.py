"""Drafts for everybody, plans for many at once, and what a plan lacks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import ChooseLongList, MoveLine
from kam.method.assessment import assess
from kam.method.plans import (
    FITTING,
    LOOK,
    STOP,
    TEMPLATE_NAMES,
    Bulk,
    bulk_plans,
    draft,
    fits,
    is_ended,
    is_overdue,
    kind,
    kind_name,
    made_for,
    must_stop,
    needs_plan,
    overdue_words,
    places_in_line,
    plan_gaps,
    proposal,
    proposals,
    still_open,
)
from kam.model import Action, Class, LongList, Outcome, Plan, Workshop
from tests.drafts.drafted import plan
from tests.workshops import TODAY, after, by_hand, full, placed, places, workshops

PROMOTED = Outcome(what="promoted", on=TODAY, by="Ines")
GONE = Outcome(what="exited", on=TODAY, by="Ines")


# --- who gets a draft -----------------------------------------------------------------------------


def test_key_accounts_get_a_skeleton_and_no_draft() -> None:
    result = assess(placed({"ash": (9, 9), "bay": (6, 6)}))
    assert [draft(result, key, TODAY) for key in ("ash", "bay")] == [None, None]
    assert {key: one.template for key, one in proposals(result, TODAY).items()} == {
        "ash": "K1",
        "bay": "K2",
    }


def test_customers_that_are_not_scored_get_no_draft() -> None:
    assert draft(assess(full()), "dew", TODAY) is None
    assert proposal(assess(full()), "dew", TODAY) is None


@given(workshops(), st.integers(0, 3))
def test_everybody_else_gets_a_whole_plan_that_fits_the_class(
    workshop: Workshop, count: int
) -> None:
    result = assess(after(workshop, places(count)))
    fitting = {Class.STRATEGIC: ("N1", "N2"), Class.LOW_PRIORITY: ("L1", "L2", "L3")}
    for key, standing in result.standings.items():
        drafted = draft(result, key, TODAY)
        assert (drafted is None) == (standing.klass not in fitting)
        if drafted and standing.klass:
            assert drafted.template in fitting[standing.klass]
            assert drafted.customer == key
            assert plan_gaps(drafted, TODAY) == ("no owner yet",)


@given(workshops())
def test_no_action_of_a_draft_is_due_after_its_deadline(workshop: Workshop) -> None:
    result = assess(workshop)
    for key in result.standings:
        drafted = draft(result, key, TODAY)
        if drafted and drafted.deadline:
            assert all(a.due and TODAY < a.due <= drafted.deadline for a in drafted.actions)
            assert drafted.deadline <= TODAY + timedelta(days=18 * 31)


def test_the_owner_of_the_customer_owns_plan_and_actions() -> None:
    drafted = plan(placed({"ash": (6, 3)}, owner="Ines"))
    assert drafted.owner == "Ines"
    assert {a.owner for a in drafted.actions} == {"Ines"}
    assert plan_gaps(drafted, TODAY) == ()


def test_every_template_has_a_name_on_the_screen() -> None:
    assert list(TEMPLATE_NAMES) == ["K1", "K2", "N1", "N2", "L1", "L2", "L3"]
    assert len(set(TEMPLATE_NAMES.values())) == 7


# --- what a plan lacks ----------------------------------------------------------------------------


def whole(**changes: object) -> Plan:
    """A plan that lacks nothing, with changes."""
    given_: dict[str, object] = {
        "customer": "ash",
        "template": "L1",
        "goal": "Grow",
        "actions": (Action(text="Call"),),
        "owner": "Ines",
        "deadline": TODAY,
        "exit_trigger": "None",
    }
    return Plan.model_validate({**given_, **changes})


def test_a_plan_is_due_on_the_day_of_its_deadline_and_overdue_only_after_it() -> None:
    days = [TODAY + timedelta(days=step) for step in (-1, 0, 1)]
    assert [plan_gaps(whole(), day) for day in days] == [(), ("due today",), ("overdue by 1 day",)]
    assert not is_overdue(whole(), TODAY)


def test_a_leap_day_is_due_on_itself() -> None:
    leap = whole(deadline=date(2028, 2, 29))
    assert plan_gaps(leap, date(2028, 2, 29)) == ("due today",)
    assert plan_gaps(leap, date(2028, 3, 1)) == ("overdue by 1 day",)


@pytest.mark.parametrize(
    ("days", "done", "gaps"),
    [
        ([0], None, ()),
        ([1], None, ("1 action after the deadline",)),
        ([1, 30], None, ("2 actions after the deadline",)),
        ([1], True, ()),
    ],
)
def test_open_actions_after_the_deadline_are_named(
    days: list[int],
    done: bool | None,  # noqa: FBT001 - a value of the table
    gaps: tuple[str, ...],
) -> None:
    late = tuple(Action(text="Call", due=TODAY + timedelta(step), done=done) for step in days)
    assert plan_gaps(whole(actions=late), TODAY - timedelta(days=9)) == gaps


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"owner": ""}, "no owner yet"),
        ({"deadline": None}, "no deadline yet"),
        ({"goal": ""}, "no goal yet"),
        ({"actions": ()}, "no action yet"),
        ({"exit_trigger": ""}, "no exit trigger yet"),
    ],
)
def test_each_lack_of_a_plan_is_named(change: dict[str, object], gap: str) -> None:
    assert plan_gaps(whole(**change), TODAY - timedelta(days=1)) == (gap,)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "not overdue"), (-5, "not overdue"), (1, "overdue by 1 day"), (40, "overdue by 40 days")],
)
def test_how_long_a_plan_is_overdue(days: int, words: str) -> None:
    today = TODAY + timedelta(days=days)
    assert overdue_words(whole(), today) == words
    assert is_overdue(whole(), today) == (days > 0)


def test_an_overdue_plan_says_so_before_anything_else() -> None:
    late = whole(owner="", goal="")
    assert plan_gaps(late, TODAY + timedelta(days=3)) == (
        "overdue by 3 days",
        "no owner yet",
        "no goal yet",
    )


def test_a_plan_without_a_deadline_is_never_overdue() -> None:
    assert not is_overdue(whole(deadline=None), TODAY)
    assert overdue_words(whole(deadline=None), TODAY) == "not overdue"


def test_a_plan_that_has_ended_is_neither_late_nor_incomplete() -> None:
    ended = whole(owner="", outcome=PROMOTED)
    later = TODAY + timedelta(days=40)
    assert is_ended(ended)
    assert not is_overdue(ended, later)
    assert plan_gaps(ended, later) == still_open(ended, later) == ()


TOO_LONG = "more than 18 months to move up"


def past(*words: str) -> tuple[Action, ...]:
    """Milestones of yesterday that were met, missed, or not marked."""
    yesterday, done = TODAY - timedelta(days=1), {"met": True, "missed": False}
    return tuple(Action(text="Call", due=yesterday, done=done.get(word)) for word in words)


def test_a_plan_that_only_finds_out_whether_to_list_a_customer_is_a_kind_of_its_own() -> None:
    short = ChooseLongList(long_list=LongList(customers=("cob",)))
    looked_at = plan(after(placed({"bay": (8.0, 2.0), "cob": (9.0, 9.0)}), short), "bay")
    assert (looked_at.template, kind(looked_at)) == ("N1", LOOK)
    assert kind_name(looked_at) == "Find out whether to list it"


@pytest.mark.parametrize(("cost", "hours"), [(None, None), (0.0, 32.0), (5.0, None)])
def test_a_plan_on_which_something_may_be_spent_builds_up(
    cost: float | None, hours: float | None
) -> None:
    built = Plan(customer="bay", template="N1", ceiling_cost=cost, ceiling_hours=hours)
    assert kind_name(built) == "Build up to key"


BUILT = {"template": "N1", "sponsor": "Otto", "evidence": "An order", "ceiling_hours": 32.0}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (BUILT, ()),
        ({**BUILT, "sponsor": ""}, ("no sponsor yet",)),
        ({**BUILT, "sponsor": "", "ceiling_cost": 0.0}, ()),  # nothing is spent: nobody need stand
        ({**BUILT, "ceiling_hours": None}, ("no ceiling yet",)),
        ({**BUILT, "ceiling_hours": None, "ceiling_cost": 5.0}, ()),
        ({**BUILT, "evidence": ""}, ("nothing that must be shown yet",)),
        ({**BUILT, "actions": past("")}, ("1 milestone to mark as met or missed",)),
        ({**BUILT, "actions": past("", "")}, ("2 milestones to mark as met or missed",)),
        ({**BUILT, "actions": past("missed", "met")}, ()),
        ({**BUILT, "actions": past("missed", "missed")}, (STOP,)),
        ({"template": "L2"}, ("no ceiling yet",)),
        ({"deadline": date(2027, 9, 2)}, ()),  # 18 months from 2 March 2026
        ({"deadline": date(2027, 9, 3)}, ("more than 18 months to move up",)),
        ({"start": date(2026, 3, 3), "deadline": date(2027, 9, 3)}, ()),
        ({"start": date(2026, 2, 1), "deadline": date(2027, 9, 1)}, (TOO_LONG,)),
        ({"template": "L3", "deadline": TODAY + timedelta(900)}, ()),
        ({"template": "K1"}, ("no sponsor yet",)),
        ({"template": "K2"}, ()),
    ],
)
def test_what_would_make_a_plan_better_is_named(
    changes: dict[str, object], words: tuple[str, ...]
) -> None:
    assert still_open(whole(**changes), TODAY) == words


def test_a_milestone_of_today_is_not_late() -> None:
    today = (Action(text="Call", due=TODAY),)
    assert still_open(whole(actions=today), TODAY) == ()
    assert still_open(whole(actions=today), TODAY + timedelta(1)) != ()


# --- whether it still fits ------------------------------------------------------------------------


@pytest.mark.parametrize("klass", Class)
def test_a_plan_fits_the_class_that_it_was_made_for_and_no_other(klass: Class) -> None:
    fitting = {name for name in TEMPLATE_NAMES if fits(whole(template=name), klass)}
    assert fitting == set(FITTING[klass])
    assert sum(name in held for held in FITTING.values() for name in fitting) == len(fitting)


def test_a_customer_that_has_no_class_keeps_the_plan_that_it_had() -> None:
    assert fits(whole(), None)


@given(workshops(), st.integers(0, 10), st.integers(0, 10))
def test_whoever_changes_class_has_a_draft_that_fits(
    workshop: Workshop, attractiveness: int, strength: int
) -> None:
    moved = after(
        workshop,
        MoveLine(line="strategic", value=10),
        MoveLine(line="attractiveness", value=attractiveness),
        MoveLine(line="strength", value=strength),
    )
    result = assess(moved)
    for key, new in proposals(result, TODAY).items():
        assert fits(new, result.standings[key].klass)
        assert made_for(new) is result.standings[key].klass
        assert new.start == TODAY


# --- who needs one --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "klass", "needed"),
    [
        ({}, Class.LOW_PRIORITY, False),
        ({"outcome": PROMOTED}, Class.STRATEGIC, True),
        ({"template": "L3", "outcome": GONE}, Class.LOW_PRIORITY, False),
        ({"template": "L3", "outcome": GONE}, Class.STRATEGIC, True),
        ({"template": "L1", "outcome": GONE}, Class.LOW_PRIORITY, True),
        ({"template": "L3", "outcome": PROMOTED}, Class.LOW_PRIORITY, True),
    ],
)
def test_who_has_a_plan_that_runs_or_has_left_needs_none(
    changes: dict[str, object],
    klass: Class,
    needed: bool,  # noqa: FBT001 - a value of the table
) -> None:
    assert needs_plan(whole(**changes), klass) == needed
    assert needs_plan(None, klass)


@pytest.mark.parametrize("template", TEMPLATE_NAMES)
def test_a_plan_is_made_for_the_class_that_it_fits(template: str) -> None:
    one = whole(template=template)
    assert fits(one, made_for(one))


@pytest.mark.parametrize(
    ("template", "missed", "stop"),
    [("N1", 2, True), ("N1", 1, False), ("L1", 2, False), ("N1", 3, True)],
)
def test_two_missed_milestones_stop_a_build_up(
    template: str,
    missed: int,
    stop: bool,  # noqa: FBT001 - a value of the table
) -> None:
    one = whole(template=template, actions=past(*["missed"] * missed))
    assert must_stop(one) == stop
    assert not must_stop(whole(template=template, actions=one.actions, outcome=PROMOTED))


# --- many at once ---------------------------------------------------------------------------------

THREE = {"ash": (1, 1), "bay": (3, 2), "cob": (1, 8)}


def test_many_plans_as_drafted_are_the_drafts() -> None:
    result = assess(placed(THREE))
    assert bulk_plans(result, TODAY, Bulk(("ash", "cob"))) == proposals(
        result, TODAY, ("ash", "cob")
    )


def test_many_customers_are_served_at_low_cost_whatever_their_drafts_say() -> None:
    result = assess(placed(THREE))
    assert {one.template for one in proposals(result, TODAY).values()} == {"L1", "L2", "L3"}
    found = bulk_plans(result, TODAY, Bulk(("ash", "bay"), low_cost=True))
    assert {key: one.template for key, one in found.items()} == {"ash": "L2", "bay": "L2"}


def test_owner_deadline_and_ceiling_of_a_bulk_hold_for_each_of_its_plans() -> None:
    terms = Bulk(tuple(THREE), owner="Otto", deadline=date(2028, 2, 29), ceiling_cost=500.0)
    found = bulk_plans(assess(placed(THREE, owner="Ines")), TODAY, terms)
    assert {one.owner for one in found.values()} == {"Otto"}
    assert {action.owner for one in found.values() for action in one.actions} == {"Otto"}
    assert {(one.deadline, one.ceiling_cost) for one in found.values()} == {
        (date(2028, 2, 29), 500.0)
    }


def test_no_action_of_a_bulk_is_due_after_the_deadline_that_it_gives() -> None:
    soon = TODAY + timedelta(days=40)
    found = bulk_plans(assess(placed(THREE)), TODAY, Bulk(tuple(THREE), deadline=soon))
    assert len(found) == 3
    for one in found.values():
        assert one.deadline == soon
        assert one.actions
        assert all(action.due and action.due <= soon for action in one.actions)


def test_a_sponsor_stands_behind_what_is_built_up_and_behind_nothing_else() -> None:
    result = assess(placed({"ash": (6, 2), **{key: THREE[key] for key in ("bay", "cob")}}))
    found = bulk_plans(result, TODAY, Bulk(tuple(THREE), sponsor="Elena"))
    assert {key: (one.template, one.sponsor) for key, one in found.items()} == {
        "ash": ("N1", "Elena"),
        "bay": ("L1", ""),
        "cob": ("L2", ""),
    }


def test_a_bulk_takes_the_drafts_that_it_is_given() -> None:
    own = {"ash": whole(goal="As agreed")}
    found = bulk_plans(assess(placed(THREE)), TODAY, Bulk(("ash", "bay"), owner="Otto"), own)
    assert {key: (one.goal, one.owner) for key, one in found.items()} == {
        "ash": ("As agreed", "Otto")
    }


def test_customers_without_a_class_are_left_out_of_a_bulk() -> None:
    assert bulk_plans(assess(full()), TODAY, Bulk(("dew", "cob"))).keys() == {"cob"}


def test_everybody_who_waits_has_a_place_in_line_of_its_own() -> None:
    many = {f"c{n}": (6.0, 5.0 + n / 1000) for n in range(900)}
    found = places_in_line(assess(after(placed(many), places(0))))
    assert [found[f"c{n}"] for n in (899, 898, 0)] == [1, 2, 900]


def test_who_does_not_wait_has_no_place_in_line() -> None:
    two = {"ash": (9.0, 9.0), "bay": (6.0, 6.0), "cob": (2.0, 2.0)}
    assert places_in_line(assess(after(placed(two), places(1)))) == {"bay": 1}


def test_the_draft_of_a_customer_by_hand_is_the_one_to_be_expected() -> None:
    assert (plan(by_hand(), "bay").template, plan(by_hand(), "cob").template) == ("N1", "L2")
