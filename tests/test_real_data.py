"""The main job on real input: two public data sets from their files to plans.

The same steps are told for people in docs/walkthrough.md.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kam import catalogue
from kam.agenda import agenda
from kam.edits import FillScores, PutCriterion, PutObjective, SavePlans, SetCapacity, SetPoints
from kam.intake.bring_in import from_ledger, from_rows, targets
from kam.intake.headers.matching import match
from kam.intake.lists.customers import check
from kam.intake.orders.ledger import Ledger, cents, read_ledger
from kam.intake.tables.files import read_table
from kam.method.assessment import Assessment, assess
from kam.method.evidence import scores_from_figures
from kam.method.plans import draft, plan_gaps
from kam.model import Axis, Capacity, Class, Criterion, LedgerChoices, Workshop
from kam.store import Store
from kam.validated import changed

TODAY = date(2026, 11, 22)

CRITERIA = (
    # id, name, axis, unit, direction, anchors, column: what two plain exports can tell
    ("C1", "Revenue growth", Axis.ATTRACTIVENESS, "% a year", "+", (-50, -20, 0, 25, 75),
     "ledger.growth_pct"),
    ("C2", "Purchasing power", Axis.ATTRACTIVENESS, "USD a year", "+",
     (30_000, 80_000, 100_000, 150_000, 300_000), "own_revenue"),
    ("C3", "Contribution margin", Axis.ATTRACTIVENESS, "% of revenue", "+", (-5, -1, 1, 4, 8),
     "ledger.margin_pct"),
    ("C4", "Days since the last order", Axis.STRENGTH, "days", "-", (365, 180, 90, 60, 30),
     "ledger.recency_days"),
    ("C5", "Orders in twelve months", Axis.STRENGTH, "orders", "+", (0, 1, 3, 4, 6),
     "ledger.orders_12m"),
)  # fmt: skip


def truth(folder: Path) -> dict[str, Any]:
    """The figures that a data set's own documentation states."""
    found: dict[str, Any] = json.loads((folder / "TRUTH.json").read_text("utf-8"))
    return found


def reseller_list(folder: Path, workshop: Workshop) -> Workshop:
    """The workshop with the 701 resellers, matched as a person would."""
    table = read_table("accounts.csv", (folder / "accounts.csv").read_bytes())
    wanted = targets(workshop)
    certain = {
        header: found.target
        for header, found in match(table.headers, wanted).items()
        if found.target and found.certain
    }
    checked = check(table, {**certain, "NumberEmployees": "fact"}, wanted)
    assert not checked.problems
    return from_rows(workshop, checked, "accounts.csv").edit.apply(workshop)


def reseller_ledger(folder: Path) -> Ledger:
    """The reseller orders, columns named as in the file."""
    columns = {
        "customer": "ResellerKey",
        "date": "OrderDate",
        "amount": "SalesAmount",
        "cost": "TotalProductCost",
        "order": "SalesOrderNumber",
    }
    return read_ledger(folder / "ledger_lines.csv.gz", LedgerChoices(columns=columns))


def judged(workshop: Workshop) -> Workshop:
    """The workshop with an objective, capacity, criteria and points, scored from its figures."""
    objective = changed(
        catalogue.objective("O1", "USD"), baseline=470_482.60, target=900_000.0, year=2029
    )
    workshop = PutObjective(objective=objective).apply(workshop)
    room = Capacity(people=6, hours_per_person=1_200, hours_strategic=600, hours_core=300)
    workshop = SetCapacity(capacity=room).apply(workshop)
    for key, name, axis, unit, direction, anchors, column in CRITERIA:
        criterion = Criterion(
            id=key, name=name, axis=axis, unit=unit, direction=direction, anchors=anchors,
            column=column, definition=f"{name}, from our order ledger and customer list",
            objectives=("O1",), same_number=True, data_at_hand=True,
            controllable=key in {"C3", "C4", "C5"},
        )  # fmt: skip
        workshop = PutCriterion(criterion=criterion).apply(workshop)
    points = {"C1": 25.0, "C2": 20.0, "C3": 15.0, "C4": 20.0, "C5": 20.0}
    workshop = SetPoints(points=points).apply(workshop)
    return FillScores(scores=scores_from_figures(workshop)).apply(workshop)


@pytest.fixture(scope="module")
def resellers(shared: Path) -> tuple[Workshop, Ledger, Mapping[str, Any]]:
    """AdventureWorks' resellers, brought in, judged; its ledger; its stated figures."""
    folder = shared / "data" / "adventureworks_resellers"
    workshop = reseller_list(folder, Workshop(id="w", name="Resellers", currency="USD"))
    ledger = reseller_ledger(folder)
    workshop = from_ledger(workshop, ledger, "ledger_lines.csv.gz").edit.apply(workshop)
    return judged(workshop), ledger, truth(folder)


def test_every_reseller_comes_in_and_namesakes_stay_apart(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    workshop, _, stated = resellers
    assert len(workshop.customers) == stated["accounts"]["rows"] == 701
    names = {customer.name for customer in workshop.customers.values()}
    assert len(names) == stated["accounts"]["distinct_names"] == 699


def test_totals_agree_to_the_cent_with_the_stated_figures(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    workshop, ledger, stated = resellers
    assert cents(ledger.totals.revenue) == Decimal(stated["ledger"]["total_revenue"])
    assert ledger.totals.margin is not None
    assert cents(ledger.totals.margin) == Decimal(stated["ledger"]["total_margin"])
    brought_in = sum(
        (
            Decimal(str(customer.facts.get("ledger.revenue", 0.0)))
            for customer in workshop.customers.values()
        ),
        Decimal(0),
    )
    assert cents(brought_in) == Decimal("80450596.98")


def test_each_of_the_ten_largest_agrees_in_the_workshop(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    workshop, _, stated = resellers
    for entry in stated["ledger"]["top10"]:
        customer = workshop.customers[entry["customer_id"]]
        assert customer.name == entry["customer_name"]
        last_year = cents(Decimal(str(customer.profile.revenue)))
        assert last_year == Decimal(entry["ttm"]["current"])


def test_resellers_without_orders_stay_unknown_and_are_not_zero(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    workshop, _, stated = resellers
    silent = [c for c in workshop.customers.values() if "ledger.revenue" not in c.facts]
    assert len(silent) == stated["accounts"]["accounts_without_orders"] == 66
    assert all(customer.profile.revenue is None for customer in silent)
    result = assess(workshop)
    assert not any(result.standings[customer.id].known for customer in silent)


def test_the_resellers_reach_classes_within_capacity(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    result = assess(resellers[0])
    assert result.selection.used <= 7_200
    assert result.counts[Class.KEY_CORE] == 24  # 7,200 hours at 300 each; nobody was asked yet
    assert result.counts[Class.KEY_STRATEGIC] == 0
    waiting = [s for s in result.standings.values() if s.why.startswith("In the key zone, but we")]
    nearest = min(s.distance or 0 for s in result.standings.values() if s.hours)
    assert waiting
    assert all((s.distance or 0) <= nearest for s in waiting)


def test_every_reseller_that_is_not_key_gets_a_plan_that_says_what_must_become_true(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    workshop = resellers[0]
    result = assess(workshop)
    plans = _drafts(result)
    others = [k for k, s in result.standings.items() if s.klass and not s.klass.is_key]
    assert set(plans) == set(others)
    assert all(plan.goal and plan.deadline and plan.actions for plan in plans.values())
    saved = SavePlans(plans=plans).apply(workshop)
    assert all(plan_gaps(plan, TODAY) == ("no owner yet",) for plan in saved.plans.values())
    templates = {plan.template for plan in plans.values()}
    assert {"N1", "N2", "L2"} <= templates


def _drafts(result: Assessment) -> dict[str, Any]:
    found = {key: draft(result, key, TODAY) for key in result.standings}
    return {key: plan for key, plan in found.items() if plan is not None}


def test_the_resellers_are_found_again_after_closing(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]], tmp_path: Path, shared: Path
) -> None:
    folder = shared / "data" / "adventureworks_resellers"
    with Store.open(tmp_path) as store:
        key = store.create("Resellers", currency="USD")
        empty = store.workshop(key)
        listed = reseller_list(folder, empty)
        proposal = from_ledger(listed, resellers[1], "ledger_lines.csv.gz")
        store.write(key, proposal.edit)
        before = store.workshop(key)
    with Store.open(tmp_path) as store:
        assert store.workshop(key) == before
        assert len(store.workshop(key).customers) == 635


def test_the_steps_of_the_resellers_say_what_is_open(
    resellers: tuple[Workshop, Ledger, Mapping[str, Any]],
) -> None:
    steps = {p.step.slug: p for p in agenda(assess(resellers[0]), TODAY)}
    assert steps["objectives"].status == "done"
    assert steps["criteria"].status == "done"
    assert steps["customers"].status == "open"
    assert steps["customers"].open >= 66


def test_a_retail_ledger_without_names_says_what_it_leaves_out(shared: Path) -> None:
    folder = shared / "data" / "online_retail_uci"
    columns = {
        "customer": "CustomerID",
        "date": "InvoiceDate",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
        "order": "InvoiceNo",
    }
    ledger = read_ledger(folder / "ledger.csv.gz", LedgerChoices(columns=columns))
    stated = truth(folder)["variants"]["B"]
    assert cents(ledger.totals.revenue) == Decimal(stated["total_revenue"])
    blank = next(left for left in ledger.left_out if left.kind == "customer")
    assert blank.rows == truth(folder)["quality_counts"]["rows_blank_customer"]
    workshop = Workshop(id="w", name="Retail", currency="GBP")
    proposal = from_ledger(workshop, ledger, "ledger.csv.gz")
    assert proposal.new == stated["distinct_customers"]
    grown = proposal.edit.apply(workshop)
    assert "14646" in grown.customers
    by_hand = cents(Decimal(str(grown.customers["14646"].facts["ledger.revenue"])))
    assert by_hand == Decimal(stated["top10"][0]["revenue"])
