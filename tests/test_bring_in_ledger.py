"""A ledger becomes one edit: measures with their period, one customer of several spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn, PutCustomer
from kam.errors import Refused
from kam.intake.bring_in_ledger import from_ledger
from kam.intake.lists.proposal import Proposal
from kam.intake.orders.ledger import read_ledger
from kam.method.groups import LEDGER
from kam.model import Customer, LedgerChoices, Profile, Workshop
from kam.validated import changed
from tests.workshops import after, by_hand, customer, made

ORDERS = (
    "Customer,Customer name,Date,Amount,Cost\n"
    "ash,Ash,2026-01-10,1000,600\n"
    "ash,Ash,2026-02-10,500,300\n"
    "eel,Eel Ltd,2026-02-20,250,\n"
)
CHOICES = LedgerChoices(
    columns={
        "customer": "Customer",
        "name": "Customer name",
        "date": "Date",
        "amount": "Amount",
        "cost": "Cost",
    }
)


def ledger_proposal(workshop: Workshop, text: str = ORDERS) -> Proposal:
    """What an order ledger would bring in."""
    return from_ledger(workshop, read_ledger(text.encode(), CHOICES), "orders.csv", CHOICES)


def test_a_ledger_adds_who_is_new_and_updates_who_is_known() -> None:
    found = ledger_proposal(by_hand())
    assert (found.new, found.updated) == (1, 1)
    assert found.edit.customers["eel"].name == "Eel Ltd"


def test_its_measures_become_facts_with_unit_period_and_source() -> None:
    edit = ledger_proposal(by_hand()).edit
    assert edit.customers["ash"].facts[f"{LEDGER}revenue_12m"] == 1500.0
    assert edit.customers["ash"].facts[f"{LEDGER}orders_12m"] == 2.0
    kind = edit.fact_kinds[f"{LEDGER}revenue_12m"]
    assert kind.unit == "EUR"
    assert kind.origin == "orders.csv"
    assert "2026" in kind.period
    assert kind.coverage


def test_revenue_and_margin_go_into_the_profile() -> None:
    profile = ledger_proposal(by_hand()).edit.customers["ash"].profile
    assert profile.revenue == 1500.0
    assert profile.margin_pct == pytest.approx(40.0)


def test_a_margin_that_the_ledger_does_not_know_leaves_the_known_one() -> None:
    known = customer("eel", margin_pct=12.0)
    workshop = after(by_hand(), BringIn(origin="a test", customers={"eel": known}))
    assert ledger_proposal(workshop).edit.customers["eel"].profile.margin_pct == 12.0
    assert f"{LEDGER}margin_pct" not in ledger_proposal(workshop).edit.customers["eel"].facts


def test_customers_without_a_line_are_counted_and_left_alone() -> None:
    found = ledger_proposal(by_hand())
    assert set(found.edit.customers) == {"ash", "eel"}
    assert found.notes == (
        "2 of your customers have no line in this ledger; what we know of them stays as it is.",
    )
    assert found.emptied == ()


def test_the_choices_are_kept_with_the_edit() -> None:
    assert ledger_proposal(by_hand()).edit.ledger == CHOICES


def test_a_person_says_which_customer_a_ledger_means() -> None:
    ledger = read_ledger(ORDERS.encode(), CHOICES)
    found = from_ledger(by_hand(), ledger, "orders.csv", same={"eel": "bay"})
    assert (found.new, set(found.edit.customers)) == (0, {"ash", "bay"})
    assert found.edit.customers["bay"].name == "Bay"


def test_a_name_in_the_ledger_that_is_like_one_of_ours_is_asked_about() -> None:
    ours = made(PutCustomer(customer=Customer(id="1", name="Eel Fishing")))
    [pair] = ledger_proposal(ours, ORDERS.replace("Eel Ltd", "Eel Fishings Ltd")).alike
    assert (pair.left, pair.right) == ("eel", "1")


def test_figures_that_a_ledger_has_under_several_ids_of_one_customer_are_added_up() -> None:
    lines = "Client,Date,Amount\nBay,2025-01-02,40\nBAY Ltd,2025-01-03,2\n"
    ledger = read_ledger(
        lines.encode(),
        LedgerChoices(columns={"customer": "Client", "date": "Date", "amount": "Amount"}),
    )
    found = from_ledger(by_hand(), ledger, "orders.csv")
    assert found.edit.customers["bay"].facts[f"{LEDGER}revenue"] == 42
    assert found.edit.customers["bay"].profile.revenue == 42
    assert any("“Bay = BAY Ltd”" in note for note in found.notes)


def test_what_a_person_calls_one_customer_is_one_with_the_figures_of_both() -> None:
    ledger = read_ledger(ORDERS.encode(), CHOICES)
    found = from_ledger(by_hand(), ledger, "orders.csv", same={"eel": "ash"})
    both = [one.revenue for one in ledger.measures.values()]
    assert set(found.edit.customers) == {"ash"}
    assert found.edit.customers["ash"].facts[f"{LEDGER}revenue"] == float(sum(both))


def test_growth_is_unknown_where_the_ledger_lacks_the_year_before() -> None:
    lines = "Client,Date,Amount\nbay,2025-01-02,40\nbay,2025-03-03,2\n"
    choices = LedgerChoices(columns={"customer": "Client", "date": "Date", "amount": "Amount"})
    facts = (
        from_ledger(by_hand(), read_ledger(lines.encode(), choices), "q.csv")
        .edit.customers["bay"]
        .facts
    )
    assert f"{LEDGER}revenue_12m" in facts
    assert f"{LEDGER}revenue_prior_12m" not in facts
    assert f"{LEDGER}growth_pct" not in facts


def test_a_later_ledger_leaves_no_measure_of_an_earlier_one() -> None:
    known = changed(customer("ash"), facts={f"{LEDGER}volatility_pct": 9.0, "Employees": 4.0})
    workshop = after(by_hand(), BringIn(origin="a test", customers={"ash": known}))
    facts = ledger_proposal(workshop).edit.customers["ash"].facts
    assert f"{LEDGER}volatility_pct" not in facts
    assert facts["Employees"] == 4


# --- a ledger after a ledger ----------------------------------------------------------------------

LINES = "Customer,Date,Amount\n"
ONE = LedgerChoices(columns={"customer": "Customer", "date": "Date", "amount": "Amount"})


def brought(workshop: Workshop, lines: str, origin: str, choices: LedgerChoices = ONE) -> Proposal:
    """What lines of a ledger would bring in."""
    return from_ledger(workshop, read_ledger((LINES + lines).encode(), choices), origin, choices)


def two_years() -> Workshop:
    """K1 and K2 with the figures of 2023, and K2 with spend that somebody typed."""
    first = brought(made(), "K1,2023-05-31,100\nK2,2023-05-31,300\n", "2023.csv")
    workshop = after(made(), first.edit)
    known = workshop.customers["K2"]
    rich = changed(known, profile=changed(known.profile, available_spend=9.0))
    return after(workshop, PutCustomer(customer=changed(rich, facts={**rich.facts, "Staff": 4.0})))


def test_who_is_not_in_the_later_ledger_loses_the_figures_of_the_earlier_one() -> None:
    found = brought(two_years(), "K1,2025-05-31,50\n", "2025.csv")
    k2 = after(two_years(), found.edit).customers["K2"]
    assert k2.facts == {"Staff": 4.0}
    assert k2.profile == Profile(available_spend=9.0)


def test_that_figures_are_taken_out_is_told_with_names_and_the_file_they_came_from() -> None:
    found = brought(two_years(), "K1,2025-05-31,50\n", "2025.csv")
    assert found.emptied == ("K2",)
    [note] = found.notes
    assert note.startswith(
        "1 of your customers has figures from 2023.csv and no line in this ledger: “K2”."
    )
    assert "scores that were taken from them stay" in note


def test_every_figure_of_a_ledger_is_of_the_one_period_that_is_told() -> None:
    found = after(two_years(), brought(two_years(), "K1,2025-05-31,50\n", "2025.csv").edit)
    kinds = [kind for key, kind in found.fact_kinds.items() if key.startswith(LEDGER)]
    assert {kind.origin for kind in kinds} == {"2025.csv"}
    assert [key for key, one in found.customers.items() if f"{LEDGER}revenue_12m" in one.facts] == [
        "K1"
    ]


def test_revenue_that_a_list_told_stays_when_a_ledger_does_not_name_the_customer() -> None:
    workshop = two_years()
    known = workshop.customers["K2"]
    listed = changed(known, profile=changed(known.profile, revenue=310.0))
    workshop = after(workshop, PutCustomer(customer=listed))
    edit = brought(workshop, "K1,2025-05-31,50\n", "2025.csv").edit
    assert edit.customers["K2"].profile.revenue == 310.0


def test_a_margin_of_an_earlier_ledger_does_not_stand_beside_the_revenue_of_a_later_one() -> None:
    earlier = read_ledger(ORDERS.encode(), CHOICES)
    workshop = after(by_hand(), from_ledger(by_hand(), earlier, "orders.csv", CHOICES).edit)
    assert workshop.customers["ash"].profile.margin_pct == pytest.approx(40.0)
    found = brought(workshop, "ash,2026-05-31,50\n", "later.csv").edit.customers["ash"]
    assert (found.profile.revenue, found.profile.margin_pct) == (50.0, None)


# --- names where others have ids ------------------------------------------------------------------

NAMES = "Customer name,Date,Amount\nAcme GmbH,2025-01-02,100\nACME GmbH,2025-01-03,300\n"
NAMES += "Acme,2025-01-04,50\nAcme,2025-01-05,7\nBolt,2025-01-06,5\n"
BY_NAME = LedgerChoices(columns={"name": "Customer name", "date": "Date", "amount": "Amount"})


def named(
    lines: str, workshop: Workshop | None = None, same: dict[str, str] | None = None
) -> Proposal:
    """What a ledger with names and without ids would bring in."""
    ledger = read_ledger(lines.encode(), BY_NAME)
    return from_ledger(workshop or made(), ledger, "n.csv", BY_NAME, same=same)


def test_one_name_in_several_spellings_is_one_new_customer_called_as_most_lines_call_it() -> None:
    found = named(NAMES)
    ledger = read_ledger(NAMES.encode(), BY_NAME)
    assert {key: one.profile.revenue for key, one in found.edit.customers.items()} == {
        "Acme": 457.0,
        "Bolt": 5.0,
    }
    assert ledger.notes == (
        "Taken for one customer, and added up: “Acme = ACME GmbH = Acme GmbH”.",
    )


def test_names_under_a_plain_header_are_one_customer_too() -> None:
    lines = NAMES.removeprefix("Customer name,Date,Amount\n")
    assert set(brought(made(), lines, "n.csv").edit.customers) == {"Acme", "Bolt"}


def test_ids_that_fold_to_the_same_letters_stay_two_customers() -> None:
    lines = "K-1,2025-01-02,100\nK1,2025-01-02,5\n"
    assert set(brought(made(), lines, "n.csv").edit.customers) == {"K-1", "K1"}


def test_near_names_of_one_ledger_are_asked_about_and_the_answer_makes_them_one() -> None:
    near = NAMES + "Acme Rivets,2025-01-02,1000\nACME Rivetts,2025-01-03,1\n"
    [pair] = [one for one in named(near).alike if "Rivet" in one.left and "Rivet" in one.right]
    found = named(near, same={pair.left: pair.right}).edit.customers
    assert found[pair.right].profile.revenue == 1001.0
    assert (found[pair.right].name, pair.left in found) == (pair.right, False)


def test_an_answer_for_one_spelling_holds_for_the_others() -> None:
    found = named(NAMES, same={"Acme": "Bolt"}).edit.customers
    assert {key: (one.name, one.profile.revenue) for key, one in found.items()} == {
        "Bolt": ("Bolt", 462.0)
    }


def test_a_customer_that_is_here_is_known_by_its_name_in_every_spelling() -> None:
    ours = made(PutCustomer(customer=Customer(id="c7", name="ACME Ltd")))
    found = named(NAMES, ours)
    assert found.edit.customers["c7"].profile.revenue == 457.0
    assert (found.new, found.updated) == (1, 1)


def test_lines_without_a_customer_are_not_a_company_of_that_name() -> None:
    lines = "Customer name,Date,Amount\nBlank,2025-01-02,100\n,2025-01-03,300\n"
    choices = changed(BY_NAME, blank_customers="one_customer")
    ledger = read_ledger(lines.encode(), choices)
    found = from_ledger(made(), ledger, "n.csv", choices).edit.customers
    assert {key: one.profile.revenue for key, one in found.items()} == {
        "(blank)": 300.0,
        "Blank": 100.0,
    }


@given(st.lists(st.sampled_from(["Ash", "ASH", "Ash Ltd", "Bay", "bay."]), min_size=1))
def test_no_money_is_lost_or_counted_twice_by_spellings(names: list[str]) -> None:
    rows = "".join(f"{name},2025-01-02,{2**place}\n" for place, name in enumerate(names))
    found = named(f"Customer name,Date,Amount\n{rows}").edit.customers
    assert sum(one.profile.revenue or 0 for one in found.values()) == 2 ** len(names) - 1
    assert len(found) == len({name[0].upper() for name in names})


# --- ids in doubt ---------------------------------------------------------------------------------

DOUBT = "Customer,Customer name,Date,Amount\nash,Zeppelin Works,2026-01-10,70\n"
PLAIN = LedgerChoices(
    columns={key: CHOICES.columns[key] for key in ("customer", "name", "date", "amount")}
)


def test_an_id_with_a_name_of_somebody_else_waits_for_an_answer() -> None:
    ledger = read_ledger(DOUBT.encode(), PLAIN)
    found = from_ledger(by_hand(), ledger, "orders.csv", PLAIN)
    assert found.edit.customers == {}
    assert [(pair.left, pair.right) for pair in found.alike] == [("ash", "ash")]
    assert found.doubted["ash"].name == "Zeppelin Works"
    same = from_ledger(by_hand(), ledger, "orders.csv", PLAIN, same={"ash": "ash"})
    assert same.edit.customers["ash"].profile.revenue == 70.0
    two = from_ledger(by_hand(), ledger, "orders.csv", PLAIN, same={"ash": ""})
    assert [one.name for one in two.edit.customers.values()] == ["Zeppelin Works"]


def test_a_customer_keeps_the_id_under_which_a_ledger_knows_it() -> None:
    ledger = read_ledger(ORDERS.encode(), CHOICES)
    found = from_ledger(by_hand(), ledger, "orders.csv", same={"eel": "bay"})
    workshop = after(by_hand(), found.edit)
    assert workshop.customers["bay"].ids == {"eel": "Eel Ltd"}
    again = from_ledger(workshop, ledger, "orders.csv")
    assert (again.new, set(again.edit.customers)) == (0, {"ash", "bay"})


# --- who is who -----------------------------------------------------------------------------------


def test_an_id_that_is_learned_later_is_known_to_a_ledger_by_id_alone() -> None:
    known = Customer(id="Eel Ltd", name="Eel Ltd", ids={"eel": "Eel Ltd"})
    with_id = made(PutCustomer(customer=known))
    text = "Customer ID,Date,Amount\neel,2026-02-20,250\n"
    choices = LedgerChoices(columns={"customer": "Customer ID", "date": "Date", "amount": "Amount"})
    found = from_ledger(with_id, read_ledger(text.encode(), choices), "orders.csv")
    assert (found.new, set(found.edit.customers)) == (0, {"Eel Ltd"})
    assert found.edit.customers["Eel Ltd"].profile.revenue == 250.0


def test_a_ledger_gives_no_money_to_another_name_under_the_same_id() -> None:
    ours = made(PutCustomer(customer=Customer(id="eel", name="Alpha Motors")))
    found = ledger_proposal(ours)
    assert set(found.edit.customers) == {"ash"}
    assert found.doubted["eel"].profile.revenue == 250.0
    assert found.notes[0].endswith("“eel: Eel Ltd”. Their revenue is EUR 250.")
    assert not any("no line in this ledger" in note for note in found.notes)


def test_a_ledger_with_ids_and_names_teaches_the_ids() -> None:
    found = ledger_proposal(made(PutCustomer(customer=Customer(id="Eel Ltd", name="Eel Ltd"))))
    assert found.edit.customers["Eel Ltd"].ids == {"eel": "Eel Ltd"}


def test_two_ids_of_a_ledger_with_one_name_are_not_added_up_to_a_known_customer() -> None:
    named = made(PutCustomer(customer=Customer(id="Eel Ltd", name="Eel Ltd")))
    found = ledger_proposal(named, ORDERS + "eel2,Eel Ltd,2026-02-20,50,\n")
    assert {"eel", "eel2"} <= set(found.edit.customers)
    assert {(one.left, one.right) for one in found.alike if one.sort == "name"} == {
        ("eel", "Eel Ltd"),
        ("eel2", "Eel Ltd"),
    }


def test_ids_that_are_added_up_are_all_known_to_the_next_ledger() -> None:
    ledger = read_ledger(ORDERS.encode(), CHOICES)
    found = from_ledger(by_hand(), ledger, "orders.csv", same={"eel": "ash"})
    grown = after(by_hand(), found.edit)
    assert set(ledger_proposal(grown).edit.customers) == {"ash"}
    assert grown.customers["ash"].ids == {"eel": "Eel Ltd"}


def test_a_ledgers_other_name_may_be_a_customer_of_its_own() -> None:
    ours = made(PutCustomer(customer=Customer(id="eel", name="Alpha Motors")))
    ledger = read_ledger(ORDERS.encode(), CHOICES)
    found = from_ledger(ours, ledger, "orders.csv", same={"eel": ""})
    assert found.edit.customers["eel (2)"].name == "Eel Ltd"
    assert after(ours, found.edit).customers["eel"].profile == Profile()


def test_more_customers_than_a_workshop_holds_are_refused_before_figures_are_added_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kam.edits.customers.MAX_CUSTOMERS", 3)
    added_up: list[str] = []
    monkeypatch.setattr("kam.intake.bring_in_ledger._with_figures", added_up.append)
    with pytest.raises(Refused, match="holds at most 3 customers, and this would make 4"):
        ledger_proposal(by_hand())
    assert added_up == []
