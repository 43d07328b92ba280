"""The plans of the example: who has one, what became of last year's, what still lacks."""

from collections import Counter
from datetime import date

from kam.history import History
from kam.method.assessment import Assessment, assess
from kam.method.borderline import borderline, undecided
from kam.method.milestones import Met, Verdict, followed_up, milestones
from kam.method.movement import movements
from kam.method.plans import draft, is_overdue, plan_gaps
from kam.model import Class, Workshop

TODAY = date(2026, 11, 20)


def test_about_half_of_the_others_have_a_plan_and_the_rest_a_draft(result: Assessment) -> None:
    others = [k for k, s in result.standings.items() if s.klass and not s.klass.is_key]
    planned = [key for key in others if key in result.workshop.plans]
    assert 14 <= len(planned) <= 18
    drafts = [draft(result, key, TODAY) for key in others if key not in planned]
    assert len(drafts) == len(others) - len(planned)
    assert all(drafts)


def test_every_key_account_has_a_plan(result: Assessment) -> None:
    keys = [key for key, s in result.standings.items() if s.klass and s.klass.is_key]
    assert [key for key in keys if key not in result.workshop.plans] == []


def test_one_plan_is_overdue(workshop: Workshop) -> None:
    overdue = [key for key, plan in workshop.plans.items() if is_overdue(plan, TODAY)]
    assert overdue == ["merrowby-airports"]


def test_most_borderline_cases_are_confirmed_and_the_unknown_ones_wait(result: Assessment) -> None:
    cases = {case.customer for case in borderline(result)}
    waiting = set(undecided(result))
    assert len(result.workshop.confirmed) == 6
    assert result.workshop.confirmed.keys() == cases - waiting
    assert "pellas-robotics" in waiting


def test_two_plans_of_last_year_worked_and_two_have_not_yet(history: History) -> None:
    last = next(mark for mark in history.workshop.marks if mark.name == "Autumn 2025 selection")
    then, now = assess(history.at(history.revision_of(last))), assess(history.workshop)
    found = {one.customer: one.verdict for one in followed_up(then, now, movements(then, now))}
    assert {key for key, verdict in found.items() if verdict is Verdict.WORKED} == {
        "kinlarrow-dairy",
        "oakmarrow-brewing",
    }
    assert {"strandley-water", "glasson-chemicals"} <= found.keys()


def test_milestones_were_met_and_missed(workshop: Workshop) -> None:
    counts = Counter(one.met for one in milestones(workshop, TODAY))
    assert counts[Met.MET] == 3
    assert counts[Met.MISSED] == 1
    assert counts[Met.UNSAID] == 2  # of Merrowby Airports, past its deadline


def test_two_plans_have_no_owner(workshop: Workshop) -> None:
    without = [key for key, plan in workshop.plans.items() if not plan.owner]
    assert sorted(without) == ["granby-insurance", "varden-telecom"]


def test_the_plans_lack_nothing_else(workshop: Workshop) -> None:
    lacking = [gap for plan in workshop.plans.values() for gap in plan_gaps(plan, TODAY)]
    assert sorted(gap.split()[0] for gap in lacking) == ["no", "no", "overdue"]


def test_a_plan_fits_the_class_of_its_customer(result: Assessment) -> None:
    fits = {"K": {Class.KEY_STRATEGIC, Class.KEY_CORE}, "N": {Class.STRATEGIC}}
    for key, plan in result.workshop.plans.items():
        assert plan.customer == key
        assert result.standings[key].klass in fits.get(plan.template[0], {Class.LOW_PRIORITY})


def test_no_exit_is_planned_for_a_relative_of_a_key_account(result: Assessment) -> None:
    keys = {
        result.workshop.customers[key].name
        for key, s in result.standings.items()
        if s.klass and s.klass.is_key
    }
    exits = [key for key, plan in result.workshop.plans.items() if plan.template == "L3"]
    assert exits
    assert all(result.workshop.customers[key].profile.parent not in keys for key in exits)
