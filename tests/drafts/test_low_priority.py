"""Drafts for customers of low priority: who moves up, who is served at low cost, who goes."""

from datetime import date
from typing import Any

import pytest

from kam.edits import (
    ChooseLongList,
    JudgeGate,
    PutCustomer,
    PutGate,
)
from kam.method.drafts.low_priority import LADDER
from kam.model import Economics, Favours, Gate, LongList, Workshop
from kam.validated import changed
from tests.drafts.drafted import IN_A_YEAR, actions, plan
from tests.workshops import after, customer, placed

# --- L1: move up by a deadline --------------------------------------------------------------------


def test_l1_names_the_move_and_the_deadline() -> None:
    drafted = plan(placed({"ash": (3, 2)}))
    assert drafted.template == "L1"
    assert drafted.goal == "Ash moves up by 2 March 2027: Criterion a from 3 to 5 points."
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


@pytest.mark.parametrize(
    ("profile", "ceiling"),
    [
        ({"revenue": 1_000.0, "margin_pct": 20.0}, 100),  # half of what it earns
        ({"revenue": 1_000.0, "margin_pct": 20.0, "cost_to_serve": 60.0}, 60),  # not above today
        ({"revenue": 1_000.0, "margin_pct": -5.0}, 0),
        ({"revenue": 1_000.0}, None),
        ({"margin_pct": 20.0}, None),
    ],
)
def test_l2_costs_at_most_half_of_what_the_customer_earns(
    profile: dict[str, Any], ceiling: float | None
) -> None:
    assert plan(placed({"ash": (1, 8)}, **profile)).ceiling_cost == ceiling


def test_low_priority_outside_the_long_list_goes_to_the_low_cost_channel_not_out() -> None:
    workshop = placed({"ash": (2.0, 1.0), "bay": (6.0, 6.0)})
    outside = after(workshop, ChooseLongList(long_list=LongList(customers=("bay",))))
    assert plan(outside).template == "L2"


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
            (
                "It still earns EUR 1,500 a year after all that serving it costs: "
                "reprice before you end anything."
            ),
        ),
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
    last = "Then notice periods, stock and receivables."
    assert plan(workshop).note == " ".join(part for part in (note, unread, last) if part)


def bound(until: date) -> Workshop:
    """Ash at the bottom, with a contract."""
    ash = changed(customer("ash", revenue=9.0), economics=Economics(contract_until=until))
    return after(placed({"ash": (1, 1)}), PutCustomer(customer=ash))


def test_the_last_rung_waits_for_the_end_of_a_contract() -> None:
    until = date(2028, 2, 29)
    drafted = plan(bound(until))
    assert (drafted.actions[-1].due, drafted.deadline) == (until, until)
    assert [days for _, days in actions(drafted)][:-1] == [days for days, _ in LADDER][:-1]
    assert "bound" not in drafted.note


def test_a_contract_that_ends_before_moves_no_rung() -> None:
    assert plan(bound(date(2026, 4, 1))).deadline == IN_A_YEAR


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
