"""The lists of names: what real exports call our fields is in them."""

import pytest
from pydantic import ValidationError

from kam.intake.headers.aliases import (
    CUSTOMER_TARGETS,
    ECONOMICS_TARGETS,
    LEDGER_TARGETS,
    Target,
)
from kam.intake.headers.matching import match
from kam.model import Economics, Profile

# Header rows as the products write them, and the fields that they must find without a question.
EXPORTS: dict[str, dict[str, str | None]] = {
    "Salesforce report": {
        "Account Owner": "owner",
        "Account Name": "name",
        "Parent Account": "parent",
        "Billing Country": "country",
        "Industry": "industry",
        "Annual Revenue": "own_revenue",
        "Account ID": "id",
        "Type": None,
        "Last Activity": None,
    },
    "Salesforce API": {
        "Id": "id",
        "Name": "name",
        "ParentId": "parent",
        "BillingCountry": "country",
        "Owner.Name": "owner",
        "AnnualRevenue": "own_revenue",
    },
    "HubSpot": {
        "Record ID": "id",
        "Company name": "name",
        "Company owner": "owner",
        "Country/Region": "country",
        "Industry": "industry",
        "Annual Revenue": "own_revenue",
        "Associated Parent Company": "parent",
        "Company Domain Name": None,
        "Lifecycle Stage": None,
    },
    "Dynamics 365 Sales": {
        "Account Name": "name",
        "Account Number": "id",
        "Parent Account": "parent",
        "Address 1: Country/Region": "country",
        "Industry": "industry",
        "Owner": "owner",
        "Annual Revenue": "own_revenue",
        "Main Phone": None,
        "Primary Contact": None,
    },
    "Dynamics 365 Finance": {
        "CUSTOMERACCOUNT": "id",
        "ORGANIZATIONNAME": "name",
        "COMPANYCHAIN": "parent",
        "ADDRESSCOUNTRYREGIONID": "country",
        "LINEOFBUSINESSID": "industry",
        "EMPLOYEERESPONSIBLENUMBER": "owner",
    },
    "Zoho CRM": {
        "Record Id": "id",
        "Account Owner": "owner",
        "Account Name": "name",
        "Parent Account": "parent",
        "Industry": "industry",
        "Annual Revenue": "own_revenue",
        "Billing Country": "country",
        "Account Owner.id": None,
        "Account Site": None,
    },
    "Pipedrive": {
        "Organization - ID": "id",
        "Organization - Name": "name",
        "Organization - Owner": "owner",
        "Organization - Industry": "industry",
        "Organization - Annual revenue": "own_revenue",
        "Organization - Country of Address": "country",
        "Organization - People": None,
    },
    "NetSuite": {
        "Internal ID": "id",
        "Company Name": "name",
        "Sales Rep": "owner",
        "Parent": "parent",
        "Billing Country": "country",
        "Subsidiary": None,
        "Terms": None,
    },
    "QuickBooks Online": {
        "Customer full name": "name",
        "Bill country": "country",
        "Sales rep": "owner",
        "Phone numbers": None,
        "Email": None,
    },
    "SAP tables": {
        "KUNNR": "id",
        "NAME1": "name",
        "LAND1": "country",
        "BRSCH": "industry",
        "KONZS": "parent",
        "UMSAT": "own_revenue",
    },
    "SAP S/4HANA": {
        "Business Partner Number": "id",
        "Customer Name": "name",
        "Country/Region Key": "country",
        "Industry Key": "industry",
        "Employee Responsible": "owner",
    },
    "SAP, German": {
        "Debitor": "id",
        "Name 1": "name",
        "Länderschlüssel": "country",
        "Branchenschlüssel": "industry",
        "Zuständiger Mitarbeiter": "owner",
        "Konzernschlüssel": "parent",
        "Jahresumsatz": "own_revenue",
    },
}

LEDGERS: dict[str, dict[str, str]] = {
    "SAP": {"KUNAG": "customer", "FKDAT": "date", "NETWR": "amount", "WAERK": "currency"},
    "QuickBooks": {
        "customer_id": "customer",
        "transaction_date": "date",
        "total_amount": "amount",
        "doc_number": "order",
        "currency_id": "currency",
    },
    "Pipedrive": {
        "Deal - ID": "order",
        "Deal - Organization": "name",
        "Deal - Value": "amount",
        "Deal - Won time": "date",
        "Deal - Currency of Value": "currency",
    },
    "Dynamics 365 Sales": {
        "Potential Customer": "name",
        "Actual Revenue": "amount",
        "Actual Close Date": "date",
    },
    "with cost to serve": {
        "Customer No": "customer",
        "Invoice Date": "date",
        "Net Amount": "amount",
        "Cost": "cost",
        "Cost to serve": "serving",
    },
}


@pytest.mark.parametrize("product", EXPORTS)
def test_the_headers_of_a_product_are_known(product: str) -> None:
    expected = EXPORTS[product]
    found = match(expected, CUSTOMER_TARGETS)
    certain = {header: one.target if one.certain else None for header, one in found.items()}
    assert certain == expected


@pytest.mark.parametrize("product", LEDGERS)
def test_the_headers_of_order_lines_are_known(product: str) -> None:
    expected = LEDGERS[product]
    found = match(expected, LEDGER_TARGETS)
    assert {header: one.target for header, one in found.items() if one.certain} == expected


def test_every_field_but_the_identity_is_one_of_a_profile_or_of_its_economics() -> None:
    known = set(Profile.model_fields) | set(Economics.model_fields)
    assert {target.key for target in CUSTOMER_TARGETS} - {"id", "name"} <= known


def test_a_field_of_economics_has_no_name_of_a_profile() -> None:
    assert not set(Profile.model_fields) & set(Economics.model_fields)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Hours a year", "hours"),
        ("Stunden pro Jahr", "hours"),
        ("Hours needed", "hours_needed"),
        ("Benötigte Stunden", "hours_needed"),
        ("Likely gain", "gain"),
        ("Gain probability %", "gain_probability_pct"),
        ("Additional capital", "added_capital"),
        ("One-time investment", "one_off"),
        ("Avoidable share %", "avoidable_pct"),
        ("Vermeidbare Gemeinkosten", "avoidable_overhead"),
        ("Contract end date", "contract_until"),
        ("Vertragsende", "contract_until"),
        ("Trade receivables", "receivables"),
        ("Customer-specific stock", "stock"),
        ("Dedicated assets", "assets"),
        ("Unbilled revenue", "contract_assets"),
        ("Erhaltene Anzahlungen", "advances"),
        ("Attributable payables", "payables"),
        ("Receivables and stock", "capital_employed"),
    ],
)
def test_the_names_of_what_a_customer_takes_and_could_bring_are_known(
    header: str, key: str
) -> None:
    found = match([header], CUSTOMER_TARGETS)[header]
    assert (found.target, found.certain) == (key, True)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Datensatz-ID", "id"),
        ("Name des Unternehmens", "name"),
        ("Name of Customer", "name"),
        ("Für Unternehmen zuständiger Mitarbeiter", "owner"),
        ("Jährlicher Umsatz", "own_revenue"),
        ("Übergeordnetes Unternehmen", "parent"),
        ("Child of", "parent"),
        ("Consolidating Business Partner", "parent"),
        ("Land (Rechnungsanschrift)", "country"),
        ("Adresse 1: Land/Region", "country"),
        ("Ländersch.", "country"),
        ("Billing Country (text only)", "country"),
    ],
)
def test_headers_of_exports_in_german_and_of_netsuite_are_known(header: str, key: str) -> None:
    found = match([header], CUSTOMER_TARGETS)[header]
    assert (found.target, found.certain) == (key, True)


def test_columns_that_dynamics_keeps_for_itself_have_no_place_in_german_either() -> None:
    header = "(Nicht ändern) Firma"
    assert match([header], CUSTOMER_TARGETS)[header].target is None


@pytest.mark.parametrize("header", ["Stunden", "Probability", "Contract date"])
def test_a_name_that_may_mean_something_else_is_asked_about(header: str) -> None:
    found = match([header], CUSTOMER_TARGETS)[header]
    assert found.target in {"hours", "gain_probability_pct", "contract_until"}
    assert not found.certain


@pytest.mark.parametrize("target", ECONOMICS_TARGETS, ids=lambda target: target.key)
def test_a_strict_range_is_what_a_customer_can_hold(target: Target) -> None:
    if not target.strict:
        assert (target.low, target.high) == (None, None)
        return
    for end in (target.low, target.high):
        assert getattr(Economics.model_validate({target.key: end}), target.key) == end
    for beyond in ((target.low or 0) - 1, (target.high or 0) + 1):
        with pytest.raises(ValidationError):
            Economics.model_validate({target.key: beyond})


def test_names_that_every_record_has_are_marked() -> None:
    broad = {target.key: set(target.broad) for target in CUSTOMER_TARGETS if target.broad}
    assert broad["name"] == {"name", "Name"}
    assert {"id", "Record ID"} <= broad["id"]


def test_a_margin_has_a_range() -> None:
    [margin] = [target for target in CUSTOMER_TARGETS if target.key == "margin_pct"]
    assert (margin.low, margin.high) == (-100.0, 100.0)
