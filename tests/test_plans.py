"""Drafted plans: the right template, and sentences that name the numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChooseLongList,
    JudgeGate,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    ScoreCustomer,
    SetCapacity,
    SetPoints,
)
from kam.method.assessment import assess
from kam.method.paths import Move
from kam.method.plans import (
    LADDER,
    TEMPLATE_NAMES,
    draft,
    is_overdue,
    move_words,
    overdue_words,
    plan_gaps,
)
from kam.model import Action, Capacity, Class, Favours, Gate, LongList, Plan, Workshop
from kam.validated import changed
from tests.workshops import (
    TODAY,
    A,
    S,
    after,
    by_hand,
    criterion,
    customer,
    full,
    placed,
    places,
    workshops,
    x01,
)

IN_A_YEAR = date(2027, 3, 2)
HOURS = Capacity(people=1, hours_per_person=1600, hours_strategic=400, hours_core=160)


def plan(workshop: Workshop, who: str = "ash") -> Plan:
    """The draft for a customer that must have one."""
    drafted = draft(assess(workshop), who, TODAY)
    assert drafted is not None
    return drafted


def actions(drafted: Plan) -> list[tuple[str, int]]:
    """What happens, and after how many days."""
    return [(a.text, ((a.due or TODAY) - TODAY).days) for a in drafted.actions]


# --- who gets a draft -----------------------------------------------------------------------------


def test_key_accounts_get_no_draft() -> None:
    assert draft(assess(placed({"ash": (9, 9)})), "ash", TODAY) is None


def test_customers_that_are_not_scored_get_no_draft() -> None:
    assert draft(assess(full()), "dew", TODAY) is None


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


# --- N1: build up to key --------------------------------------------------------------------------


def test_n1_names_the_gap_in_plain_units_with_a_margin_above_the_line() -> None:
    drafted = plan(placed({"ash": (6, 3)}))
    assert drafted.template == "N1"
    assert drafted.goal == (
        "Ash becomes key if we raise Criterion s from 3 to 5.25 points by 2 March 2027."
    )
    assert actions(drafted) == [("Raise Criterion s from 3 to 5.25 points", 365)]
    assert drafted.deadline == IN_A_YEAR
    assert drafted.exit_trigger == "Stop after two missed milestones."


def test_n1_of_case_x01_names_every_criterion_that_must_move() -> None:
    drafted = plan(x01(), "Birch")
    assert drafted.template == "N1"
    [(step, _)] = actions(drafted)
    assert step == "Raise Share of wallet from 8 to 46.7 points"
    assert step.removeprefix("Raise ") in drafted.goal


def test_n1_has_at_most_three_actions_at_the_milestones() -> None:
    workshop = after(
        placed({"ash": (6, 1)}),
        *(PutCriterion(criterion=criterion(k, S, controllable=True)) for k in ("t", "u", "v")),
        *(ScoreCustomer(customer="ash", criterion=k, value=4) for k in ("t", "u", "v")),
        SetPoints(points={"a": 10, "s": 2, "t": 10, "u": 10, "v": 10}),
    )
    steps = actions(plan(workshop))
    assert [days for _, days in steps] == [365]
    higher = after(
        workshop, *(ScoreCustomer(customer="ash", criterion=k, value=1) for k in ("t", "u", "v"))
    )
    steps = actions(plan(higher))
    assert [days for _, days in steps] == [180, 365]


def test_n1_spends_at_most_a_fifth_of_a_core_account() -> None:
    with_hours = after(placed({"ash": (6, 3)}), SetCapacity(capacity=HOURS))
    assert plan(with_hours).ceiling_hours == 32
    assert plan(placed({"ash": (6, 3)})).ceiling_hours is None


def test_n1_without_a_controllable_path_asks_what_the_rival_does_better() -> None:
    drafted = plan(placed({"ash": (6, 3)}, controllable=False))
    assert drafted.goal == (
        "Ash becomes key if our strength with it rises above the cut-off by 2 March 2027."
    )
    assert [days for _, days in actions(drafted)] == [90, 180, 365]
    assert drafted.actions[0].text.startswith("Find out what the best rival does better")


def test_n1_for_a_customer_that_would_not_favour_us_is_about_the_customers_view() -> None:
    drafted = plan(placed({"ash": (8, 8)}, favours=Favours.NO))
    assert drafted.template == "N1"
    assert drafted.goal == (
        "Ash becomes key if it would favour us as a key supplier by 2 March 2027."
    )
    assert drafted.actions[-1].text == "Ask again whether it would favour us"


def test_n1_for_a_customer_of_whom_too_little_is_known_lists_what_to_find_out() -> None:
    workshop = after(
        placed({"ash": (8, 8)}),
        PutCriterion(criterion=criterion("margin", A, name="Net margin")),
    )
    drafted = plan(workshop)
    assert drafted.goal == "We know enough of Ash to decide by 2 March 2027: Net margin."
    assert drafted.actions[0].text == "Find out: Net margin"


def test_n1_after_an_override_looks_at_the_reason_again() -> None:
    workshop = after(
        placed({"ash": (8, 8)}),
        OverrideClass(customer="ash", klass=Class.STRATEGIC, by="Ines", reason="Merger pending"),
    )
    drafted = plan(workshop)
    assert drafted.goal == "We look again at what Ines decided on Ash by 2 March 2027."
    assert drafted.actions[0].text == "Check whether this still holds: Merger pending"


# --- N2: first in line ----------------------------------------------------------------------------


def test_n2_says_the_place_in_line() -> None:
    workshop = after(placed({"ash": (6, 6), "bay": (9, 9), "cob": (7, 7)}), places(1))
    assert plan(workshop, "cob").template == "N2"
    assert plan(workshop, "cob").goal.endswith("it is number 1 in line.")
    assert plan(workshop, "ash").goal == (
        "Ash becomes key when capacity is free; it is number 2 in line."
    )


def test_n2_also_for_customers_that_tie_where_capacity_ends() -> None:
    workshop = after(placed({"ash": (6, 6), "bay": (6, 6)}), places(1))
    assert [plan(workshop, key).template for key in ("ash", "bay")] == ["N2", "N2"]


# --- L1: move up by a deadline --------------------------------------------------------------------


def test_l1_names_the_move_and_the_deadline() -> None:
    drafted = plan(placed({"ash": (3, 2)}))
    assert drafted.template == "L1"
    assert drafted.goal == "Ash moves up by 2 March 2027: Criterion a from 3 to 5 points."
    assert drafted.deadline == IN_A_YEAR
    assert drafted.exit_trigger == "Not there at the deadline: managed exit, no second deadline."
    assert actions(drafted)[0] == ("List prices and standard terms", 30)


@pytest.mark.parametrize(("attractiveness", "template"), [(2.5, "L1"), (2.4, "L3")])
def test_l1_only_for_a_move_that_others_managed_within_a_year(
    attractiveness: float, template: str
) -> None:
    assert plan(placed({"ash": (attractiveness, 2)})).template == template


def test_l1_of_a_prospect_never_threatens_an_exit() -> None:
    drafted = plan(placed({"ash": (3, 2)}, revenue=0))
    assert drafted.template == "L1"
    assert drafted.exit_trigger == (
        "Not there at the deadline: service at low cost, no second deadline."
    )


# --- L2: serve at low cost ------------------------------------------------------------------------


@pytest.mark.parametrize("attractiveness", [1, 3, 4.9])
def test_l2_where_we_are_strong_and_there_is_little_to_gain(attractiveness: float) -> None:
    drafted = plan(placed({"ash": (attractiveness, 8)}))
    assert drafted.template == "L2"
    assert "served at low cost" in drafted.goal
    assert drafted.exit_trigger == "Margin below zero two quarters running: managed exit."
    assert drafted.note == ""


# --- L3: managed exit, and who never gets one -----------------------------------------------------


def test_l3_is_a_ladder_with_a_date_at_every_rung() -> None:
    drafted = plan(placed({"ash": (1, 1)}))
    assert drafted.template == "L3"
    assert drafted.goal == "We let Ash go step by step, and stop where it pays again."
    assert actions(drafted) == [(text, days) for days, text in LADDER]
    assert drafted.deadline == IN_A_YEAR


def test_l3_for_a_failed_gate_even_where_we_are_strong_or_a_path_exists() -> None:
    for position in ((3, 2), (3, 9), (9, 9)):
        workshop = after(
            placed({"ash": position}),
            PutGate(gate=Gate(id="g", name="Sound credit")),
            JudgeGate(customer="ash", gate="g", fails=True),
        )
        assert plan(workshop).template == "L3"


@pytest.mark.parametrize(
    ("profile", "note"),
    [
        (
            {"revenue": 20_000.0, "margin_pct": 10.0, "cost_to_serve": 500.0},
            "It still earns EUR 1,500 a year: reprice before you end anything.",
        ),
        (
            {"revenue": 20_000.0, "margin_pct": 10.0, "cost_to_serve": 2_500.0},
            "Before the first step: contracts, notice periods, stock and receivables.",
        ),
        (
            {"revenue": 20_000.0},
            "Before the first step: find out its margin; only avoidable costs count.",
        ),
    ],
)
def test_l3_says_what_to_check_first(profile: dict[str, float], note: str) -> None:
    workshop = after(placed({"ash": (1, 1)}), PutCustomer(customer=customer("ash", **profile)))
    assert plan(workshop).note == note


def test_a_prospect_without_sales_is_never_let_go() -> None:
    drafted = plan(placed({"ash": (1, 1)}, revenue=0))
    assert drafted.template == "L2"
    assert drafted.note == "It buys nothing yet: there is nothing to leave."
    assert "exit" not in drafted.exit_trigger


def test_unknown_sales_are_not_no_sales() -> None:
    assert plan(placed({"ash": (1, 1)})).template == "L3"


def related(ash: str, bay: str, cob: str = "") -> Workshop:
    """Ash at the bottom, Bay a key account, Cob low; each with the group it names."""
    edits = [
        PutCustomer(customer=customer(key, parent=group, favours_us=Favours.YES, revenue=9.0))
        for key, group in (("ash", ash), ("bay", bay), ("cob", cob))
    ]
    return after(placed({"ash": (1, 1), "bay": (9, 9), "cob": (1, 1)}), *edits)


@pytest.mark.parametrize(
    ("ash", "bay"),
    [
        ("bay", ""),  # Bay is the parent, named by id
        ("Bay", ""),  # by name
        ("", "ash"),  # Ash is the parent, named by id
        ("", "Ash"),  # by name
        ("Holding", "Holding"),  # sisters of a group that is no customer
        ("cob", "Cob"),  # sisters, one naming the parent by id and one by name
    ],
)
def test_parents_daughters_and_sisters_of_a_key_account_are_never_let_go(
    ash: str, bay: str
) -> None:
    drafted = plan(related(ash, bay))
    assert drafted.template == "L2"
    assert drafted.note == ("Bay, of the same group, is a key account: do not end the business.")
    assert "exit" not in drafted.exit_trigger


@pytest.mark.parametrize(("ash", "bay"), [("", ""), ("Holding", ""), ("Holding", "Other")])
def test_strangers_of_a_key_account_may_be_let_go(ash: str, bay: str) -> None:
    assert plan(related(ash, bay)).template == "L3"


def test_a_sister_that_is_not_key_protects_nobody() -> None:
    assert plan(related("Holding", "", "Holding")).template == "L3"


def test_a_gate_does_not_end_the_business_with_a_key_accounts_sister() -> None:
    workshop = after(
        related("Holding", "Holding"),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
    )
    assert plan(workshop).template == "L2"


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (8.0, 25.0, "Reach from 8 to 25 %"),
        (0.333333, 12.3456, "Reach from 0.333 to 12.3 %"),
        (-0.8, 0.0, "Reach from −0.8 to 0 %"),
        (99.96, 12_345.6, "Reach from 100 to 12,346 %"),
    ],
)
def test_a_move_is_said_in_plain_units(start: float, end: float, words: str) -> None:
    reach = criterion("r", name="Reach", unit="%")
    assert move_words(reach, Move("r", start, end)) == words


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


def test_a_whole_plan_has_no_gaps_on_the_day_of_its_deadline() -> None:
    assert plan_gaps(whole(), TODAY) == ()
    assert not is_overdue(whole(), TODAY)


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
    assert plan_gaps(whole(**change), TODAY) == (gap,)


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


def test_the_draft_of_a_customer_by_hand_is_the_one_to_be_expected() -> None:
    assert (plan(by_hand(), "bay").template, plan(by_hand(), "cob").template) == ("N1", "L2")


# --- outside the long list ------------------------------------------------------------------------


def outside(attractiveness: float) -> Plan:
    """The draft for a customer that nobody judges, with that attractiveness by its figures."""
    workshop = placed({"ash": (attractiveness, 1.0), "bay": (6.0, 6.0)})
    chosen = ChooseLongList(long_list=LongList(customers=("bay",)))
    found = draft(assess(after(workshop, chosen)), "ash", TODAY)
    assert found is not None
    return found


def test_low_priority_outside_the_long_list_goes_to_the_low_cost_channel_not_out() -> None:
    assert outside(2.0).template == "L2"


def test_who_looks_attractive_outside_the_long_list_is_looked_at_before_anything_is_spent() -> None:
    plan = outside(8.0)
    assert plan.template == "N1"
    assert "belongs on the long list" in plan.goal
    assert plan.ceiling_hours is None
    assert not plan_gaps(changed(plan, owner="Ines"), TODAY)
