"""Lists that CRM and ERP systems really export come in without a matching by hand."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from kam.intake.bring_in import from_rows, targets
from kam.intake.headers.matching import match
from kam.intake.headers.numeric import numeric_headers
from kam.intake.lists.checked import Checked
from kam.intake.lists.customers import check
from kam.intake.tables.files import Table, read_table
from tests.workshops import after, made

DERIVED = "crm_exports/derived"
GENUINE = "crm_exports/genuine"

# The total of ANNUALREVENUE over the 423 accounts, summed with a spreadsheet's own arithmetic.
RESELLERS = 111_090_000.0


@dataclass(frozen=True)
class Export:
    """A file and what must come out of it.

    Attributes:
        goes_to: our field -> their column, all of it found for certain.
        customers: rows that come in.
        own_revenue: the sum of it; `None` where the file has none.
        ownerless: customers without an owner.
        blocked, deleted: rows that stay out, and rows that their file marks as deleted.
        fillers: cells that say "n/a", and come in as unknown.
    """

    file: str
    goes_to: dict[str, str]
    customers: int
    own_revenue: float | None = None
    ownerless: int | None = None
    blocked: int = 0
    deleted: int = 0
    fillers: int = 0


EXPORTS = [
    Export(
        f"{DERIVED}/salesforce_report_accounts.csv",
        {
            "id": "Account ID",
            "name": "Account Name",
            "owner": "Account Owner",
            "industry": "Industry",
            "country": "Billing Country",
            "own_revenue": "Annual Revenue",
        },
        701,
        RESELLERS,
        66,
    ),
    Export(
        f"{DERIVED}/hubspot_companies.csv",
        {
            "id": "Record ID",
            "name": "Company name",
            "owner": "Company owner",
            "industry": "Industry",
            "country": "Country/Region",
            "own_revenue": "Annual Revenue",
        },
        701,
        RESELLERS,
        66,
    ),
    Export(
        f"{DERIVED}/dynamics365_active_accounts.xlsx",
        {
            "id": "Account Number",
            "name": "Account Name",
            "owner": "Owner",
            "country": "Address 1: Country/Region",
            "own_revenue": "Annual Revenue",
        },
        701,
        RESELLERS,
        66,
    ),
    Export(
        f"{GENUINE}/salesforce_dataloader_accounts.csv",
        {
            "id": "ID",
            "name": "NAME",
            "parent": "PARENTID",
            "owner": "OWNERID",
            "industry": "INDUSTRY",
            "country": "BILLINGCOUNTRY",
            "own_revenue": "ANNUALREVENUE",
        },
        423,
        84_860_000_000.0,
        0,
    ),
    *(
        Export(
            f"{GENUINE}/salesforce_loader_{name}.csv",
            {"id": "ACCOUNTNUMBER__C", "name": "NAME", "own_revenue": "ANNUALREVENUE"},
            100,
            4_950_000.0,
        )
        for name in ("insertAccountCsv", "upsertAccountCsvTemplate")
    ),
    Export(
        f"{GENUINE}/salesforce_loader_accountsForInsert.csv",
        {"name": "Name", "industry": "Industry"},
        4,
    ),
    Export(
        f"{GENUINE}/salesforce_warehouse_account.csv",
        {
            "id": "id",
            "name": "name",
            "parent": "parent_id",
            "owner": "owner_id",
            "industry": "industry",
            "country": "billing_country",
            "own_revenue": "annual_revenue",
        },
        10,
        0.0,
        0,
        deleted=9,
    ),
    Export(
        f"{GENUINE}/quickbooks_customer.csv",
        {"id": "id", "name": "display_name", "parent": "parent_customer_id"},
        5,
        deleted=1,
    ),
    Export(
        f"{GENUINE}/d365_finance_CustomersV3.csv",
        {
            "id": "CUSTOMERACCOUNT",
            "name": "ORGANIZATIONNAME",
            "parent": "COMPANYCHAIN",
            "owner": "EMPLOYEERESPONSIBLENUMBER",
            "industry": "LINEOFBUSINESSID",
            "country": "ADDRESSCOUNTRYREGIONID",
        },
        2,  # one account is there for two legal entities
        None,
        0,
        blocked=1,
    ),
    Export("sap_bikes_small/BusinessPartners.csv", {"id": "PARTNERID", "name": "COMPANYNAME"}, 40),
    Export(
        "d365_regional_sales/accounts.csv",
        {
            "id": "Account Number",
            "name": "Account Name",
            "owner": "Owner",
            "industry": "Industry",
            "country": "Country",
        },
        300,
        None,
        0,
        fillers=24,
    ),
    Export(
        "adventureworks_resellers/accounts.csv",
        {
            "id": "ResellerKey",
            "name": "ResellerName",
            "country": "EnglishCountryRegionName",
            "own_revenue": "AnnualRevenue",
        },
        701,
        RESELLERS,
    ),
]


def read(shared: Path, file: str) -> Table:
    path = shared / "data" / file
    return read_table(path.name, path.read_bytes())


def matched(table: Table) -> dict[str, str]:
    """Their column -> our field, of all that is certain."""
    columns = {header: table.column(header) for header in table.headers}
    found = match(table.headers, targets(made()), columns)
    return {header: one.target for header, one in found.items() if one.target and one.certain}


def checked(table: Table) -> Checked:
    return check(table, matched(table), targets(made()))


def each_export(export: Export) -> str:
    return Path(export.file).stem


@pytest.mark.parametrize("export", EXPORTS, ids=each_export)
def test_every_column_is_found_for_certain_and_no_other_is_taken(
    shared: Path, export: Export
) -> None:
    found = matched(read(shared, export.file))
    assert {target: header for header, target in found.items()} == export.goes_to


@pytest.mark.parametrize("export", EXPORTS, ids=each_export)
def test_every_customer_comes_in_with_what_the_file_says(shared: Path, export: Export) -> None:
    found = checked(read(shared, export.file))
    assert len(found.rows) == export.customers
    if export.own_revenue is not None:
        assert sum(row.numbers.get("own_revenue", 0) for row in found.rows) == export.own_revenue
    if export.ownerless is not None:
        assert sum("owner" not in row.texts for row in found.rows) == export.ownerless


@pytest.mark.parametrize("export", EXPORTS, ids=each_export)
def test_whatever_stays_out_or_deserves_a_look_is_told(shared: Path, export: Export) -> None:
    found = checked(read(shared, export.file))
    assert sum(problem.blocks for problem in found.problems) == export.blocked
    assert sum(problem.kind == "deleted" for problem in found.problems) == export.deleted
    fillers = sum(problem.kind == "filler" for problem in found.problems)
    assert fillers == export.fillers
    assert len(found.problems) == export.blocked + export.deleted + fillers


@pytest.mark.parametrize("export", EXPORTS, ids=each_export)
def test_every_text_arrives_as_it_stands_in_the_file(shared: Path, export: Export) -> None:
    """Ids keep their zeros, names their accents; compared cell by cell with the table.

    "n/a" says that nothing is known.
    """
    table = read(shared, export.file)
    found = {row.line: row for row in checked(table).rows}
    at = {target: table.headers.index(header) for target, header in export.goes_to.items()}
    for line, cells in zip(table.line_numbers, table.rows, strict=True):
        if line in found:
            row = found[line]
            assert row.name == cells[at["name"]]
            assert row.id == (cells[at["id"]] if "id" in at else "")
            for target in ("owner", "parent", "industry", "country"):
                text = cells[at[target]] if target in at else ""
                assert row.texts.get(target, "") == ("" if text == "n/a" else text)


@pytest.mark.parametrize("export", EXPORTS, ids=each_export)
def test_the_workshop_takes_it_as_one_edit(shared: Path, export: Export) -> None:
    workshop = made()
    proposal = from_rows(workshop, checked(read(shared, export.file)), export.file)
    grown = after(workshop, proposal.edit)
    assert (proposal.new, proposal.updated) == (export.customers, 0)
    assert len(grown.customers) == export.customers


def test_the_figures_are_those_of_the_truth(shared: Path) -> None:
    truth = json.loads((shared / "data/crm_exports/TRUTH.json").read_text("utf-8"))
    by_file = {export.file: export for export in EXPORTS}
    for one in truth["derived"]:
        export = by_file[f"crm_exports/{one['file']}"]
        assert export.customers == one["accounts"]
        assert export.own_revenue == float(one["annual_revenue_total"])
        assert export.ownerless == truth["owner_blank"]


def test_the_sum_of_salesforce_revenues_is_that_of_the_file(shared: Path) -> None:
    path = shared / "data" / GENUINE / "salesforce_dataloader_accounts.csv"
    with path.open(encoding="cp1252", newline="") as file:
        total = sum(float(row["ANNUALREVENUE"] or 0) for row in csv.DictReader(file))
    export = next(one for one in EXPORTS if one.file.endswith("dataloader_accounts.csv"))
    assert total == export.own_revenue


def test_the_footer_of_a_salesforce_report_is_told_and_no_customer(shared: Path) -> None:
    found = checked(read(shared, f"{DERIVED}/salesforce_report_accounts.csv"))
    assert found.notes[:2] == (
        'Left out below the rows: "AdventureWorks resellers".',
        'Left out below the rows: "Confidential Information - Do Not Distribute".',
    )


def test_hidden_columns_of_dynamics_are_not_brought_in(shared: Path) -> None:
    table = read(shared, f"{DERIVED}/dynamics365_active_accounts.xlsx")
    found = match(table.headers, targets(made()), {h: table.column(h) for h in table.headers})
    hidden = [one for header, one in found.items() if header.startswith("(Do Not Modify)")]
    assert all(one.target is None for one in hidden)


def test_a_list_of_opportunities_is_not_taken_for_customers_by_its_names(shared: Path) -> None:
    """Name and id of an opportunity are not those of a customer."""
    for name in ("dataloader_opportunities", "warehouse_opportunity"):
        found = matched(read(shared, f"{GENUINE}/salesforce_{name}.csv"))
        assert "name" not in found.values()
        assert {
            header.casefold().replace("_", "") for header, key in found.items() if key == "id"
        } == {"accountid"}


@pytest.mark.parametrize(
    ("file", "headers"),
    [
        (f"{DERIVED}/hubspot_companies.csv", ("Number of Employees",)),
        (f"{DERIVED}/salesforce_report_accounts.csv", ("Employees",)),
        ("d365_regional_sales/accounts.csv", ()),
        (f"{GENUINE}/d365_finance_CustomersV3.csv", ()),
        (
            "adventureworks_resellers/accounts.csv",
            ("NumberEmployees", "AnnualSales", "MinPaymentType", "MinPaymentAmount"),
        ),
    ],
)
def test_numbers_without_a_field_are_offered_to_be_kept(
    shared: Path, file: str, headers: tuple[str, ...]
) -> None:
    table = read(shared, file)
    matches = match(table.headers, targets(made()))
    assert numeric_headers(table, matches) == headers
