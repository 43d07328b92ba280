"""Their column names find our fields; what only resembles is a guess."""

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.matching import (
    CUSTOMER_TARGETS,
    LEDGER_TARGETS,
    Match,
    Target,
    folded,
    match,
)

PROFILE_KEYS = (
    *("id", "name", "owner", "parent", "market_position", "growth_potential", "needs"),
    *("strategic_objectives", "favours_us", "revenue", "available_spend", "margin_pct"),
    *("cost_to_serve", "capital_employed"),
)


def certain(headers: list[str], targets: tuple[Target, ...]) -> dict[str, str]:
    found = match(headers, targets).items()
    return {header: one.target for header, one in found if one.target and one.certain}


def test_the_customer_fields_are_those_of_a_profile() -> None:
    assert tuple(target.key for target in CUSTOMER_TARGETS) == PROFILE_KEYS


@pytest.mark.parametrize("targets", [CUSTOMER_TARGETS, LEDGER_TARGETS])
def test_no_name_means_two_fields_for_certain(targets: tuple[Target, ...]) -> None:
    owners: dict[str, str] = {}
    for target in targets:
        for name in (target.key, target.label, *target.aliases):
            assert owners.setdefault(folded(name), target.key) == target.key, name


def test_names_are_compared_without_case_accents_and_punctuation() -> None:
    assert folded("Kunden-Nr.") == folded("KUNDENNR") == "kundennr"
    assert folded("Größe (€)") == folded("GROSSE")


@pytest.mark.parametrize(
    ("headers", "targets"),
    [
        (
            ["Account ID", "Account Name", "Account Owner", "Parent Account"],
            ["id", "name", "owner", "parent"],
        ),
        (
            ["Record ID", "Company name", "Company owner", "Industry"],
            ["id", "name", "owner", None],
        ),
        (["CUSTOMERACCOUNT", "ORGANIZATIONNAME", "COMPANYCHAIN"], ["id", "name", "parent"]),
        (["KUNNR", "NAME1", "Umsatz", "Konzern"], ["id", "name", "revenue", "parent"]),
        (
            ["Kunden-Nr.", "Firma", "Betreuer", "Marge %", "Gebundenes Kapital"],
            ["id", "name", "owner", "margin_pct", "capital_employed"],
        ),
    ],
)
def test_the_wording_of_crm_systems_is_certain(
    headers: list[str], targets: list[str | None]
) -> None:
    found = match(headers, CUSTOMER_TARGETS)
    assert [found[header].target for header in headers] == targets
    assert all(found[header].certain == bool(found[header].target) for header in headers)


def test_a_customers_own_size_is_only_a_guess_for_revenue_with_us() -> None:
    assert match(["Annual Revenue"], CUSTOMER_TARGETS) == {
        "Annual Revenue": Match("revenue", certain=False)
    }


def test_a_typing_error_is_a_guess() -> None:
    assert match(["Custmer name"], CUSTOMER_TARGETS)["Custmer name"] == ("name", False)


def test_a_guess_never_takes_what_another_header_names() -> None:
    found = match(["Custmer name", "Customer name"], CUSTOMER_TARGETS)
    assert found["Customer name"] == ("name", True)
    assert found["Custmer name"].target is None


def test_the_label_wins_over_an_alias_and_an_earlier_alias_over_a_later() -> None:
    found = match(["Kunde", "Customer", "Name"], CUSTOMER_TARGETS)
    assert [found[header].target for header in found] == [None, "name", None]
    assert certain(["Gross amount", "Net amount"], LEDGER_TARGETS) == {"Net amount": "amount"}


def test_criteria_can_be_targets_as_well() -> None:
    criterion = Target("complaints", "Complaints a year", "number")
    found = match(["complaints a year", "x"], (*CUSTOMER_TARGETS, criterion))
    assert found == {"complaints a year": ("complaints", True), "x": (None, False)}


@given(st.lists(st.sampled_from(["Name", "Firma", "Kunde", "ID", "Revenue", "Umsatz", "x", "Nam"])))
def test_every_target_goes_to_one_header_at_most(headers: list[str]) -> None:
    targets = [one.target for one in match(headers, CUSTOMER_TARGETS).values() if one.target]
    assert len(targets) == len(set(targets))


@pytest.mark.parametrize(
    ("file", "targets", "expected"),
    [
        (
            "adventureworks_resellers/ledger_lines.csv.gz",
            LEDGER_TARGETS,
            {
                "SalesOrderNumber": "order",
                "OrderDate": "date",
                "ResellerKey": "customer",
                "CurrencyAlternateKey": "currency",
                "OrderQuantity": "quantity",
                "UnitPrice": "unit_price",
                "TotalProductCost": "cost",
                "SalesAmount": "amount",
            },
        ),
        (
            "online_retail_uci/ledger.csv.gz",
            LEDGER_TARGETS,
            {
                "InvoiceNo": "order",
                "Quantity": "quantity",
                "InvoiceDate": "date",
                "UnitPrice": "unit_price",
                "CustomerID": "customer",
            },
        ),
        (
            "crm_exports/genuine/salesforce_dataloader_accounts.csv",
            CUSTOMER_TARGETS,
            {"ID": "id", "NAME": "name", "PARENTID": "parent", "OWNERID": "owner"},
        ),
        (
            "crm_exports/genuine/quickbooks_customer.csv",
            CUSTOMER_TARGETS,
            {"id": "id", "company_name": "name", "parent_customer_id": "parent"},
        ),
    ],
)
def test_real_exports_match_for_certain(
    shared: Path, file: str, targets: tuple[Target, ...], expected: dict[str, str]
) -> None:
    path = shared / "data" / file
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    headers = next(csv.reader(data.decode("cp1252").splitlines()))
    assert certain(headers, targets) == expected
