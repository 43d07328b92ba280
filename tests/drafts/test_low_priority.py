"""Drafts for customers of low priority: who moves up, who is served at low cost, who goes."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    ChangeEconomics,
    ChooseLongList,
    JudgeAsOne,
    JudgeGate,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    PutGate,
    ScoreCustomer,
    SetPoints,
)
from kam.method.assessment import assess
from kam.method.drafts.low_priority import END, LADDER
from kam.method.drafts.pace import within
from kam.method.exit_checks import Finding, contract_check, exit_gaps, money_check
from kam.method.plans import proposals
from kam.method.selection import Reason
from kam.model import Class, Economics, Favours, Gate, LongList, Workshop
from kam.validated import changed
from tests.drafts.drafted import IN_A_YEAR, actions, plan
from tests.workshops import TODAY, A, after, criterion, customer, placed, places, scores

PAYING: dict[str, Any] = {"revenue": 1_000.0, "margin_pct": 30.0, "cost_to_serve": 50.0}

# --- L1: move up by a deadline --------------------------------------------------------------------


def test_l1_names_the_move_and_the_deadline() -> None:
    drafted = plan(placed({"ash": (3, 2)}))
    assert drafted.template == "L1"
    assert drafted.goal == "Ash moves up: Criterion a from 3 to 5 points."
    assert drafted.deadline == IN_A_YEAR
    assert drafted.exit_trigger == "Not there at the deadline: managed exit, no second deadline."
    assert actions(drafted)[0] == ("List prices and standard terms", 30)
    assert drafted.terms.startswith("List prices")
    assert drafted.evidence == "Criterion a at 5 points, in figures of the last twelve months."


@pytest.mark.parametrize(("attractiveness", "template"), [(2.5, "L1"), (2.4, "L3")])
def test_l1_only_for_a_move_that_others_managed_within_a_year(
    attractiveness: float, template: str
) -> None:
    assert plan(placed({"ash": (attractiveness, 2)})).template == template


@pytest.mark.parametrize(
    ("margin", "template"),
    [(-1.0, "L1"), (-5.0, "L1"), (-6.0, "L3"), (-60.0, "L3")],  # -6 is half a point too far
)
def test_who_is_far_below_the_worst_anchor_does_not_move_up_within_a_year(
    margin: float, template: str
) -> None:
    """Half of the weight is at 7.5: the margin needs 2.5 points, from its worst anchor of -5."""
    earned = criterion("m", A, (-5.0, 0.0, 5.0, 10.0, 15.0), unit="%", controllable=True)
    workshop = after(
        placed({"ash": (7.5, 2)}, controllable=False),
        PutCriterion(criterion=earned),
        ScoreCustomer(customer="ash", criterion="m", value=margin),
        SetPoints(points={"a": 1, "m": 1, "s": 1}),
    )
    assert plan(workshop).template == template


def test_l1_of_a_prospect_never_threatens_an_exit() -> None:
    drafted = plan(placed({"ash": (3, 2)}, revenue=0))
    assert drafted.template == "L1"
    assert drafted.exit_trigger == (
        "Not there at the deadline: service at low cost, no second deadline."
    )


def test_l1_of_a_way_too_short_to_be_read_says_so_and_not_from_5_to_5() -> None:
    drafted = plan(placed({"ash": (4.999, 2)}))
    assert drafted.goal == "Ash moves up: Criterion a from just below 5 to 5 points."


def test_l1_of_a_customer_that_pays_ends_with_a_better_price_and_not_with_an_exit() -> None:
    assert plan(placed({"ash": (3, 2)}, **PAYING)).exit_trigger == (
        "Not there at the deadline: reprice and keep it at low cost, no second deadline."
    )


@pytest.mark.parametrize(("position", "template"), [((3, 2), "L1"), ((1, 1), "L3")])
def test_moving_up_and_going_have_a_ceiling_as_well(
    position: tuple[float, float], template: str
) -> None:
    drafted = plan(placed({"ash": position}, revenue=1_000.0, margin_pct=20.0, cost_to_serve=250.0))
    assert (drafted.template, drafted.ceiling_cost) == (template, 100)


# --- L2: serve at low cost ------------------------------------------------------------------------


@pytest.mark.parametrize("attractiveness", [1, 3, 4.9])
def test_l2_where_we_are_strong_and_there_is_little_to_gain(attractiveness: float) -> None:
    drafted = plan(placed({"ash": (attractiveness, 8)}))
    assert drafted.template == "L2"
    assert "served at low cost" in drafted.goal
    assert drafted.exit_trigger == (
        "Profit after what serving it costs below zero two quarters running: managed exit."
    )
    assert drafted.note == ""


def test_l2_of_one_that_loses_money_says_how_much_and_what_an_exit_would_end() -> None:
    """1,000 x 20 % is 200; serving it costs 230, and all of it and 23 of overhead would end."""
    economics = Economics(avoidable_pct=100.0, avoidable_overhead=23.0)
    drafted = plan(
        after(
            placed({"ash": (1, 8)}, revenue=1_000.0, margin_pct=20.0, cost_to_serve=230.0),
            ChangeEconomics(customer="ash", economics=economics),
        )
    )
    assert drafted.template == "L2"
    assert drafted.goal.endswith(
        "no custom work. It loses EUR 30 a year after what serving it costs."
    )
    assert drafted.exit_trigger == (
        "Still below zero after what serving it costs at the deadline: managed exit."
    )
    assert drafted.note == (
        "EUR 200 of contribution a year would go, and EUR 253 of cost would end."
    )


def test_l2_at_a_loss_threatens_no_exit_that_would_cost_more() -> None:
    """200 would go, and of what serving it costs only 115 would end."""
    drafted = plan(
        after(
            placed({"ash": (1, 8)}, revenue=1_000.0, margin_pct=20.0, cost_to_serve=230.0),
            ChangeEconomics(
                customer="ash", economics=Economics(avoidable_pct=50.0, avoidable_overhead=0.0)
            ),
        )
    )
    assert drafted.exit_trigger.endswith("at the deadline: reprice.")
    assert drafted.note.endswith("reprice, do not end the business.")


@pytest.mark.parametrize("cost", [None, 50.0, 200.0])
def test_l2_of_one_that_loses_nothing_as_far_as_we_know_claims_no_loss(cost: float | None) -> None:
    drafted = plan(placed({"ash": (1, 8)}, revenue=1_000.0, margin_pct=20.0, cost_to_serve=cost))
    assert "loses" not in drafted.goal
    assert drafted.note == ""


@pytest.mark.parametrize(
    ("profile", "ceiling"),
    [
        ({"revenue": 1_000.0, "margin_pct": 20.0}, 100),  # half of what it earns
        ({"revenue": 1_000.0, "margin_pct": 20.0, "cost_to_serve": 60.0}, 60),  # not above today
        ({"revenue": 1_000.0, "margin_pct": -5.0}, None),
        ({"revenue": 1_000.0, "margin_pct": -5.0, "cost_to_serve": 60.0}, 60),  # not 0: it is there
        ({"revenue": 1_000.0}, None),
        ({"margin_pct": 20.0}, None),
    ],
)
def test_l2_costs_at_most_half_of_what_the_customer_earns(
    profile: dict[str, Any], ceiling: float | None
) -> None:
    assert plan(placed({"ash": (1, 8)}, **profile)).ceiling_cost == ceiling


def test_who_loses_money_before_what_serving_it_costs_is_repriced_or_goes() -> None:
    drafted = plan(placed({"ash": (1, 8)}, revenue=1_000.0, margin_pct=-5.0))
    assert drafted.template == "L2"
    assert drafted.goal == (
        "We reprice Ash and serve it at low cost: its margin is −5 % before what serving it costs."
    )
    assert actions(drafted)[0] == ("Reprice to list prices", 60)
    assert drafted.exit_trigger == "It earns no more by the deadline: managed exit."


@pytest.mark.parametrize("position", [(8, 3), (8, 8), (1, 1)])
def test_where_the_team_put_it_there_the_plan_says_who_and_why_and_looks_again(
    position: tuple[float, float],
) -> None:
    """No exit up to the end of the business because one person said "low priority"."""
    decided = OverrideClass(
        customer="ash", klass=Class.LOW_PRIORITY, by="Ines", reason="They buy on price only"
    )
    drafted = plan(after(placed({"ash": position}), decided))
    assert drafted.template == "L2"
    assert drafted.goal == (
        "Ash is served at low cost, as Ines decided; we look at that again by the deadline."
    )
    assert drafted.note == "Decided by Ines: They buy on price only"
    assert actions(drafted)[1:] == [
        ("Check whether this still holds: They buy on price only", 180),
        ("Score again and decide", 365),
    ]
    assert "Attractiveness" not in drafted.evidence  # it may be attractive already
    assert "exit" not in drafted.exit_trigger


def test_low_priority_outside_the_long_list_goes_to_the_low_cost_channel_not_out() -> None:
    workshop = placed({"ash": (2.0, 1.0), "bay": (6.0, 6.0)})
    outside = after(workshop, ChooseLongList(long_list=LongList(customers=("bay",))))
    assert plan(outside).template == "L2"


# --- L3: managed exit, and who never gets one -----------------------------------------------------


def test_l3_is_a_ladder_with_a_date_at_every_rung_and_notice_before_the_end() -> None:
    drafted = plan(placed({"ash": (1, 1)}))
    assert drafted.template == "L3"
    assert drafted.goal == "We let Ash go step by step, and stop where it pays again."
    assert actions(drafted) == [
        *((text, days) for days, text in LADDER),
        ("Give notice of 90 days, or as the contract says", 275),
        (END, 365),
    ]
    assert drafted.deadline == IN_A_YEAR


def test_the_rung_that_hands_over_says_that_nobody_has_named_a_partner() -> None:
    workshop = placed({"ash": (1, 1)})
    drafted = plan(workshop)
    assert "Offer it to a partner (partner not named)" in dict(actions(drafted))
    assert exit_gaps(assess(workshop), drafted) == ("partner not named",)


def test_who_earns_more_than_would_end_with_it_is_repriced_and_not_let_go() -> None:
    """1,000 x 30 % is 300 a year; 50 of it is what serving it costs."""
    drafted = plan(placed({"ash": (1, 1)}, **PAYING))
    assert drafted.template == "L2"
    assert drafted.goal == (
        "We reprice Ash and serve it at low cost: letting it go would cost at least EUR 250 a year."
    )
    assert drafted.note.startswith("It still earns EUR 250 a year after all that serving it costs")
    assert actions(drafted) == [
        ("Reprice to list prices", 60),
        ("Standard terms only: minimum order, no custom work", 120),
        ("Move to a cheaper channel", 180),
        ("Check what it earns, and decide", 365),
    ]
    assert drafted.exit_trigger == "It earns no more by the deadline: decide again."


def test_a_gate_does_not_let_go_of_who_earns_more_than_would_end_and_is_named() -> None:
    workshop = after(
        placed({"ash": (9, 9)}, **PAYING),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
    )
    drafted = plan(workshop)
    assert drafted.template == "L2"
    assert drafted.note.startswith("It fails the gate “Sound credit”. It still earns EUR 250")


AMOUNTS = st.integers(0, 2_000).map(float) | st.none()


@given(AMOUNTS, st.integers(-20, 50).map(float) | st.none(), AMOUNTS, AMOUNTS)
def test_no_exit_is_drafted_against_its_own_checks(
    revenue: float | None, margin: float | None, cost: float | None, capital: float | None
) -> None:
    workshop = placed({"ash": (1, 1)}, revenue=revenue, margin_pct=margin, cost_to_serve=cost,
                      capital_employed=capital)  # fmt: skip
    drafted, result = plan(workshop), assess(workshop)
    assert drafted.deadline is not None
    money, contract = (
        money_check(workshop, workshop.customers["ash"]),
        contract_check(workshop.customers["ash"], drafted.deadline),
    )
    against = [one for one in (money, contract) if one.finding is Finding.AGAINST]
    assert drafted.template in ("L2", "L3")
    assert drafted.template == "L2" or against == []
    assert drafted.template == "L2" or exit_gaps(result, drafted) == ("partner not named",)


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
            {"revenue": 20_000.0},
            "We do not know what it earns: find out its margin; only costs that end count.",
        ),
        ({"revenue": 20_000.0, "margin_pct": -3.0}, ""),
    ],
)
def test_l3_says_what_to_check_first(profile: dict[str, float], note: str) -> None:
    workshop = after(placed({"ash": (1, 1)}), PutCustomer(customer=customer("ash", **profile)))
    unread = "We do not know until when we are bound: read the contract."
    last = "Then stock and receivables."
    assert plan(workshop).note == " ".join(part for part in (note, unread, last) if part)


def bound(until: date) -> Workshop:
    """Ash at the bottom, with a contract."""
    ash = changed(customer("ash", revenue=9.0), economics=Economics(contract_until=until))
    return after(placed({"ash": (1, 1)}), PutCustomer(customer=ash))


def test_notice_and_the_last_rung_wait_for_the_end_of_a_contract() -> None:
    until = date(2028, 2, 29)
    drafted = plan(bound(until))
    *rungs, notice, last = drafted.actions
    assert (last.due, drafted.deadline) == (until, until)
    assert notice.text == "Give notice of 90 days, or as the contract says"
    assert notice.due == date(2027, 12, 1)
    assert [one.text for one in rungs] == [text for _, text in LADDER]
    assert "bound" not in drafted.note


def test_what_the_notice_says_holds_at_a_deadline_before_the_contracts_end_too() -> None:
    """Whoever moves the deadline is told that we are bound, and no date in a step is wrong."""
    workshop = bound(date(2028, 2, 29))
    earlier = within(plan(workshop), date(2027, 3, 31), TODAY)
    assert not any(year in text for text, _ in actions(earlier) for year in ("2027", "2028"))
    assert exit_gaps(assess(workshop), earlier)[0].startswith("We are bound until 29 February 2028")


def test_the_exit_of_a_group_judged_as_one_names_who_goes_with_it() -> None:
    workshop = after(
        placed({"ash": (1, 1), "bay": (1, 1)}),
        JudgeAsOne(group="ash", name="Ash", members=("bay",)),
    )
    drafted = plan(workshop)
    assert drafted.template == "L3"
    assert drafted.note.startswith("Bay, judged as one with it, would go too: check it as well.")


def test_a_contract_that_ends_before_moves_no_rung() -> None:
    assert plan(bound(date(2026, 4, 1))).deadline == IN_A_YEAR


def test_a_contract_that_ended_years_ago_binds_nobody() -> None:
    drafted = plan(bound(date(2020, 1, 1)))
    assert drafted.deadline == IN_A_YEAR
    assert "bound" not in drafted.note
    assert "2020" not in " ".join(text for text, _ in actions(drafted))


def test_an_exit_that_begins_on_a_leap_day_ends_on_the_day_before_a_year_later() -> None:
    assert plan(placed({"ash": (1, 1)}), today=date(2028, 2, 29)).deadline == date(2029, 2, 28)


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
        ("Holding AG", " holding  ag"),  # sisters, each with its spelling of the group
        ("BAY GmbH", ""),  # Bay is the parent, with its legal form
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


def test_the_exit_of_a_company_whose_parent_waits_for_capacity_says_so_first() -> None:
    workshop = after(
        related("bay", "", "Other"), scores(("a", "s"), {"bay": (9, 9), "cob": (8, 8)})
    )
    waiting = after(workshop, OverrideClass(customer="cob", klass=Class.KEY_CORE, by="Ines",
                                            reason="Promised"), places(1))  # fmt: skip
    assert assess(waiting).standings["bay"].reason is Reason.NO_CAPACITY
    drafted = plan(waiting)
    assert drafted.template == "L3"
    assert drafted.note.startswith("Bay, of the same group, may become key: decide on both")


def test_customers_that_are_all_low_priority_each_have_a_plan_with_a_deadline() -> None:
    rows = {f"c{n}": (n / 4, n % 3 * 4.0) for n in range(20)}  # attractiveness 0 to 4.75
    workshop = placed(rows, revenue=1_000.0, margin_pct=20.0, cost_to_serve=300.0)
    found = proposals(assess(workshop), TODAY)
    assert found.keys() == rows.keys()
    assert {one.template for one in found.values()} == {"L1", "L2", "L3"}
    assert all(one.deadline == IN_A_YEAR and one.ceiling_cost == 100 for one in found.values())


def test_a_gate_does_not_end_the_business_with_a_key_accounts_sister() -> None:
    workshop = after(
        related("Holding", "Holding"),
        PutGate(gate=Gate(id="g", name="Sound credit")),
        JudgeGate(customer="ash", gate="g", fails=True),
    )
    assert plan(workshop).template == "L2"
