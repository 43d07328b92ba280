"""Their column names find our fields; what only resembles is a guess."""

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.headers.matching import (
    CUSTOMER_TARGETS,
    LEDGER_TARGETS,
    REPAIR_COLUMNS,
    Match,
    Target,
    folded,
    match,
)

PROFILE_KEYS = (
    *("id", "name", "owner", "parent", "industry", "country", "market_position"),
    *("growth_potential", "needs", "strategic_objectives", "favours_us", "revenue"),
    *("own_revenue", "available_spend", "margin_pct", "cost_to_serve", "capital_employed"),
)
ECONOMICS_KEYS = (
    *(
        "hours",
        "hours_needed",
        "gain",
        "gain_probability_pct",
        "added_capital",
        "one_off",
        "avoidable_pct",
    ),
    *(
        "avoidable_overhead",
        "contract_until",
        "receivables",
        "stock",
        "assets",
        "contract_assets",
        "advances",
    ),
    "payables",
)


def certain(headers: list[str], targets: tuple[Target, ...]) -> dict[str, str]:
    found = match(headers, targets).items()
    return {header: one.target for header, one in found if one.target and one.certain}


def test_the_customer_fields_are_those_of_a_profile_and_of_what_it_takes_and_could_bring() -> None:
    assert tuple(target.key for target in CUSTOMER_TARGETS) == (*PROFILE_KEYS, *ECONOMICS_KEYS)


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
            ["id", "name", "owner", "industry"],
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


def test_annual_revenue_of_a_crm_is_the_customers_own_size() -> None:
    assert match(["Annual Revenue"], CUSTOMER_TARGETS) == {
        "Annual Revenue": Match("own_revenue", certain=True, by="name")
    }


def test_a_typing_error_is_a_guess() -> None:
    found = match(["Custmer name"], CUSTOMER_TARGETS)["Custmer name"]
    assert found == Match("name", certain=False, by="alike")


def test_a_guess_never_takes_what_another_header_names() -> None:
    found = match(["Custmer name", "Customer name"], CUSTOMER_TARGETS)
    assert found["Customer name"] == ("name", True, "name")
    assert found["Custmer name"].target is None


def test_the_label_wins_over_an_alias_and_an_earlier_alias_over_a_later() -> None:
    found = match(["Firma", "Customer", "Name"], CUSTOMER_TARGETS)
    assert [found[header].target for header in found] == [None, "name", None]
    assert certain(["Gross amount", "Net amount"], LEDGER_TARGETS) == {"Net amount": "amount"}


def test_criteria_can_be_targets_as_well() -> None:
    criterion = Target("complaints", "Complaints a year", "number")
    found = match(["complaints a year", "x"], (*CUSTOMER_TARGETS, criterion))
    assert found["complaints a year"] == ("complaints", True, "name")
    assert found["x"] == (None, False, "")


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
            {
                "ID": "id",
                "NAME": "name",
                "PARENTID": "parent",
                "OWNERID": "owner",
                "BILLINGCOUNTRY": "country",
                "INDUSTRY": "industry",
                "ANNUALREVENUE": "own_revenue",
            },
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


# --- what else tells ------------------------------------------------------------------------------


def test_name_and_id_of_opportunities_are_not_those_of_customers() -> None:
    headers = ["ID", "NAME", "ACCOUNTID", "STAGENAME", "CLOSEDATE", "OWNERID"]
    found = match(headers, CUSTOMER_TARGETS)
    assert found["ACCOUNTID"] == ("id", True, "name")
    assert found["ID"].target is None
    assert not found["NAME"].certain


@pytest.mark.parametrize("header", ["(Do Not Modify) Account", *REPAIR_COLUMNS])
def test_columns_that_a_program_keeps_for_itself_are_never_matched(header: str) -> None:
    wide = (*CUSTOMER_TARGETS, Target("x", header))
    assert match([header], wide, {header: ["Meier GmbH", "Bay AG", "Cob Ltd"]}) == {
        header: Match(None, certain=False)
    }


def test_a_unit_in_the_header_leaves_the_match_certain_and_a_year_makes_it_a_guess() -> None:
    found = match(["Revenue (kEUR)"], CUSTOMER_TARGETS)
    assert found["Revenue (kEUR)"] == ("revenue", True, "name")
    years = match(["Revenue 2024", "Revenue 2025 (kEUR)"], CUSTOMER_TARGETS)
    assert years["Revenue 2025 (kEUR)"] == ("revenue", False, "alike")
    assert years["Revenue 2024"].target is None


def test_of_two_columns_for_one_field_the_fuller_wins_and_the_other_stays() -> None:
    columns = {"Company name": ["", "", "Ash"], "Display name": ["Ash", "Bay", "Cob"]}
    found = match(columns, CUSTOMER_TARGETS, columns)
    assert [found[header].target for header in columns] == [None, "name"]


def test_a_number_that_people_know_wins_over_a_key_of_the_machine() -> None:
    key = "1c6090f3-8f1c-eb11-a813-000d3a9c7ffa"
    columns = {"AccountID": [key, key], "Account Number": ["AN-1", "AN-2"]}
    found = match(columns, CUSTOMER_TARGETS, columns)
    assert [found[header].target for header in columns] == [None, "id"]


def test_cells_are_only_asked_where_no_name_tells_and_only_guess() -> None:
    columns = {
        "Column 1": ["Meier GmbH", "Bay AG", "Cob Ltd", "Elm Inc."],
        "Column 2": ["Germany", "France", "Germany", "Italy"],
        "Owner": ["Kim", "Kim", "Lee", "Lee"],
    }
    found = match(columns, CUSTOMER_TARGETS, columns)
    assert found["Column 1"] == ("name", False, "content")
    assert found["Column 2"] == ("country", False, "content")
    assert found["Owner"] == ("owner", True, "name")


def test_without_cells_nothing_is_guessed_from_them() -> None:
    assert match(["Column 1"], CUSTOMER_TARGETS)["Column 1"].target is None


def test_a_guess_from_cells_goes_only_to_a_field_that_exists() -> None:
    columns = {"Column 1": ["Germany", "France", "Italy"]}
    assert match(columns, LEDGER_TARGETS, columns)["Column 1"].target is None


def test_a_customer_that_is_a_number_leaves_the_name_to_another_column() -> None:
    columns = {"Customer": ["0042", "0043"], "Customer Name": ["Ash", "Bay"]}
    found = match(columns, CUSTOMER_TARGETS, columns)
    assert found["Customer Name"] == ("name", True, "name")
    assert found["Customer"] == ("id", False, "alike")
