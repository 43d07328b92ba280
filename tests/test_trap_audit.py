"""The extra tests of each trap, each by a small case; and what is missing to look at a trap."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kam.edits import (
    AskForTies,
    BringIn,
    ChooseTrapFigures,
    Edit,
    OverrideClass,
    PutCriterion,
    PutCustomer,
    SetPoints,
)
from kam.method.asked import full_report
from kam.method.assessment import Assessment, assess
from kam.method.trap_audit import (
    GROWTH,
    drain_words,
    extras,
    gaps,
    growth_words,
    loud_words,
    margin_words,
    overrides_words,
    reference_words,
    thin_words,
)
from kam.method.traps import (
    Finding,
    Lure,
    best_known,
    finding,
    largest_revenue,
    managers_favourites,
)
from kam.model import Class, Criterion, Customer, FactKind, Profile, TrapFigures, Workshop
from kam.validated import changed
from tests.test_traps import by_hand
from tests.workshops import S, after, criterion, scores

# By hand c1, c2 and c3 are key; c4 to c8 are not.
KEYS = tuple(f"c{n}" for n in range(1, 9))
TICKETS = FactKind(key="tickets", label="Tickets")


def with_figures(rows: Mapping[str, Mapping[str, float]], *edits: Edit) -> Assessment:
    """The case by hand; a row holds facts by a name with a dot or `tickets`, else the profile."""
    workshop = by_hand()
    people = {key: _with(workshop.customers[key], row) for key, row in rows.items()}
    brought = BringIn(origin="a list", customers=people, fact_kinds={"tickets": TICKETS})
    return assess(after(workshop, brought, *edits))


def _with(known: Customer, row: Mapping[str, float]) -> Customer:
    facts = {name: figure for name, figure in row.items() if "." in name or name == "tickets"}
    profile = {name: figure for name, figure in row.items() if name not in facts}
    return changed(known, profile=changed(known.profile, **profile), facts=facts)


def of_size(result: Assessment) -> Finding:
    return finding(result, largest_revenue(result))


def told_of(result: Assessment, lure: Lure) -> Finding:
    [found] = [one for one in full_report(result) if one.trap.lure is lure]
    return found


# --- size --------------------------------------------------------------------------------------


def test_growth_is_that_of_the_middle_key_account_and_of_the_middle_other() -> None:
    growth = {"c1": 4.0, "c2": 10.0, "c3": -50.0, "c4": -6.0, "c5": -8.0, "c6": 30.0}
    result = with_figures({key: {GROWTH: one} for key, one in growth.items()})
    assert growth_words(result) == (
        "In the last 12 months the middle key account grew by 4 %, the middle of the others shrank "
        "by 6 %."
    )
    assert growth_words(result) in extras(result, of_size(result))


def test_growth_of_one_side_alone_says_nothing() -> None:
    assert growth_words(with_figures({"c1": {GROWTH: 4.0}})) == ""
    assert growth_words(assess(Workshop(id="w", name="Empty"))) == ""


def test_key_accounts_below_the_middle_margin_are_counted() -> None:
    """Margins 10, 20, ... 80 %: the middle is 45, and c1 to c3 are below it."""
    result = with_figures({key: {"margin_pct": 10.0 * n} for n, key in enumerate(KEYS, start=1)})
    assert margin_words(result) == (
        "3 of 3 key accounts bring less of each 100 of revenue than the middle customer does (45)."
    )


def test_a_margin_without_revenue_says_nothing() -> None:
    assert (
        margin_words(with_figures({key: {"revenue": 0, "margin_pct": 5.0} for key in KEYS})) == ""
    )


# --- fame --------------------------------------------------------------------------------------


def famous(*edits: Edit) -> tuple[Assessment, Finding]:
    """c1, c2 and c3 are the best known."""
    result = assess(after(by_hand(), *edits))
    trap = best_known({key: float(key in KEYS[:3]) for key in KEYS}, "recall")
    return result, finding(result, trap)


@pytest.mark.parametrize(
    "asks", [criterion("A08", S), criterion("refs", S, column="reference_wins_3y")]
)
def test_who_is_well_known_but_brought_no_win_is_named(asks: Criterion) -> None:
    light = SetPoints(points={asks.id: 1})
    wins = scores((asks.id,), {"c1": (0.0,), "c2": (7.5,), "c4": (0.0,)})
    result, found = famous(PutCriterion(criterion=asks), light, wins)
    assert set(found.both) == {"c1", "c2", "c3"}
    assert reference_words(result, found) == (
        "Well known, but never the reference that won us another: C1."
    )


def test_without_that_criterion_fame_is_set_against_nothing() -> None:
    assert reference_words(*famous()) == ""


def test_who_is_not_known_to_bring_references_is_not_accused() -> None:
    asks = PutCriterion(criterion=criterion("A08", S))
    assert reference_words(*famous(asks, scores(("A08",), {"c1": (7.5,)}))) == ""


# --- noise -------------------------------------------------------------------------------------

DEMANDS = ChooseTrapFigures(figures=TrapFigures(demands=("tickets",)))


def noisy() -> Assessment:
    """Everybody brings 10 of 100, but c8 brings nothing; tickets 1, 1, 1, 1, 1, 1, 9, 9."""
    rows = {
        key: {"revenue": 100.0, "margin_pct": 10.0, "tickets": 9.0 if key in ("c7", "c8") else 1.0}
        for key in KEYS
    }
    return with_figures({**rows, "c8": {**rows["c8"], "margin_pct": 0.0}}, DEMANDS)


def test_who_demands_twice_as_much_as_the_middle_is_named() -> None:
    assert loud_words(noisy()) == (
        "More than 2 times the demands of the middle customer, for what they bring: C7."
    )


def test_who_brings_nothing_is_named_apart() -> None:
    assert drain_words(noisy()) == "Bring nothing after their cost: C8."


def test_the_margin_of_the_most_demanding_is_set_against_the_middle() -> None:
    result = noisy()
    told = thin_words(result, replace(told_of(result, Lure.NOISE), top=("c7", "c8")))
    assert told == (
        "Of the 2 that demand most, 1 bring less of each 100 of revenue than the middle customer "
        "does (10)."
    )


def test_the_most_demanding_without_a_margin_are_not_counted() -> None:
    result = assess(by_hand())
    assert thin_words(result, of_size(result)) == ""
    assert loud_words(result) == drain_words(result) == ""


def test_all_that_is_known_of_noise_is_told() -> None:
    result = noisy()
    assert len(extras(result, told_of(result, Lure.NOISE))) == 3


# --- kindness and friendship -------------------------------------------------------------------


def test_customers_whose_managers_are_kind_are_named_the_kindest_first() -> None:
    result = assess(by_hand())
    trap = managers_favourites({"c1": 1.5, "c2": 3.0, "c4": 1.4}, "votes")
    assert extras(result, finding(result, trap)) == (
        "Scored at least 1.5 points higher by their own managers than by the others: C2 and C1.",
    )


# --- decisions against the rule ----------------------------------------------------------------


def decided(*keys: str, klass: Class = Class.KEY_CORE) -> str:
    """What the audit says of revenue, of which c1, c2, ... have most."""
    made = (OverrideClass(customer=key, klass=klass, by="Ines", reason="Ours") for key in keys)
    result = assess(after(by_hand(), *made))
    return overrides_words(result, of_size(result))


def test_decisions_for_key_that_fall_on_the_largest_more_often_are_told() -> None:
    """c1, c2 and c3 are core by the rule already and on top; so is one of the five others."""
    assert decided("c1", "c4", klass=Class.KEY_STRATEGIC) == (
        "Decisions for key against the rule fall here more often: 2 of 2, of the other customers "
        "2 of 6."
    )


def test_one_decision_is_no_habit_and_agreeing_with_the_rule_is_none() -> None:
    assert decided("c4") == ""
    assert decided("c1", "c4") == ""


def test_decisions_elsewhere_and_decisions_against_key_are_not_told() -> None:
    assert decided("c7", "c8") == ""
    assert decided("c1", "c2", klass=Class.LOW_PRIORITY) == ""


# --- what is missing ---------------------------------------------------------------------------


def test_an_empty_workshop_lacks_every_trap_and_says_where_to_begin() -> None:
    missing = gaps(assess(Workshop(id="w", name="Empty")), ())
    assert [gap.lure for gap in missing] == list(Lure)
    assert [gap.lure for gap in missing if gap.private] == [
        Lure.FAME,
        Lure.FRIENDSHIP,
        Lure.KINDNESS,
    ]
    assert "Bring in an order ledger" in missing[0].words
    assert missing[1].words.startswith("0 of at least 3 members have written down")
    assert "choose them under Figures" in missing[2].words
    assert missing[3].words.startswith("Nobody is asked.")


def test_a_trap_that_was_looked_at_is_not_missing() -> None:
    result = assess(by_hand())
    assert Lure.SIZE not in {gap.lure for gap in gaps(result, full_report(result))}


def test_what_lacks_is_told_by_how_far_it_has_come() -> None:
    workshop = after(
        by_hand(),
        AskForTies(asked=True),
        PutCustomer(customer=Customer(id="c1", name="C1", profile=Profile())),
        BringIn(origin="l", customers={}, fact_kinds={"tickets": TICKETS}),
        DEMANDS,
    )
    words = {gap.lure: gap.words for gap in gaps(assess(workshop), ())}
    assert words[Lure.FRIENDSHIP].startswith("0 of at least 3 people have said")
    assert "cannot be set against what customers bring" in words[Lure.NOISE]
