"""Every figure that the documentation of the public ledgers states is met to the cent."""

import json
from collections.abc import Callable, Sequence
from csv import DictReader
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kam.errors import Unreadable
from kam.intake.orders.ledger import Ledger, cents, read_ledger
from kam.intake.tables.files import read_table
from kam.model import LedgerChoices
from tests.ledgers import choices

RETAIL = {
    "quantity": "Quantity",
    "unit_price": "UnitPrice",
    "order": "InvoiceNo",
}


class Case(NamedTuple):
    """A ledger, how it is read, and where its figures stand in its TRUTH.json."""

    file: str
    choices: LedgerChoices
    figures: tuple[str, ...]


CASES = {
    "order lines": Case(
        "adventureworks_resellers/ledger_lines.csv.gz",
        choices(
            "ResellerKey",
            "OrderDate",
            "SalesAmount",
            cost="TotalProductCost",
            order="SalesOrderNumber",
        ),
        ("ledger",),
    ),
    "won opportunities": Case(
        "d365_regional_sales/opportunities.csv",
        choices(
            "Account Number",
            "CloseDate",
            "Value",
            order="OpportunitySeq",
            name="Account Name",
            only={"Status": ("Won",)},
        ),
        ("won_ledger",),
    ),
    "payments by name as written": Case(
        "gla_supplier_spend/ledger.csv",
        choices("Vendor", "Date", "Amount", order="DocNo", spellings="as_written"),
        ("variants", "exact"),
    ),
    "retail, blank customers are one": Case(
        "online_retail_uci/ledger.csv.gz",
        choices("CustomerID", "InvoiceDate", None, **RETAIL, blank_customers="one_customer"),
        ("variants", "A"),
    ),
    "retail, customers with an id": Case(
        "online_retail_uci/ledger.csv.gz",
        choices("CustomerID", "InvoiceDate", None, **RETAIL),
        ("variants", "B"),
    ),
    "retail, sales only": Case(
        "online_retail_uci/ledger.csv.gz",
        choices(
            "CustomerID",
            "InvoiceDate",
            None,
            **RETAIL,
            left_out=("cancellation", "negative", "zero"),
        ),
        ("variants", "C"),
    ),
    "retail, the first five days": Case(
        "online_retail_uci/sample_first5days.csv",
        choices("CustomerID", "InvoiceDate", None, **RETAIL),
        ("sample_first5days",),
    ),
    "orders of a small company": Case(
        "sap_bikes_small/SalesOrders.csv",
        choices("PARTNERID", "CREATEDAT", "NETAMOUNT", order="SALESORDERID", currency="CURRENCY"),
        ("ledger",),
    ),
}

Read = Callable[[str], Ledger]


def truth(shared: Path, folder: str) -> Any:  # noqa: ANN401 -- JSON
    return json.loads((shared / "data" / folder / "TRUTH.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(shared: Path) -> Read:
    """The ledger of a case, read once."""
    kept: dict[str, Ledger] = {}

    def found(name: str) -> Ledger:
        if name not in kept:
            kept[name] = read_ledger(shared / "data" / CASES[name].file, CASES[name].choices)
        return kept[name]

    return found


def stated(shared: Path, name: str) -> dict[str, Any]:
    found = truth(shared, CASES[name].file.split("/")[0])
    for key in CASES[name].figures:
        found = found[key]
    return dict(found)


def told(value: float | Decimal | None) -> str | None:
    return None if value is None else str(cents(Decimal(repr(float(value)))))


def years(found: dict[int, Decimal], like: dict[str, str]) -> dict[str, str]:
    """Revenue by year; the documentation writes 0.00 where a year brought nothing."""
    return {year: str(cents(found.get(int(year), Decimal(0)))) for year in like}


def yearly_growth(found: dict[int, Decimal], like: dict[str, Any]) -> dict[str, str | None]:
    """Calendar years compared; null where the earlier one is not above zero."""
    result: dict[str, str | None] = {}
    for key in like:
        now, before = (found.get(int(year), Decimal(0)) for year in key.split("_vs_"))
        result[key] = str(cents(100 * (now - before) / before)) if before > 0 else None
    return result


@pytest.mark.parametrize("name", CASES)
def test_totals_windows_and_counts_are_those_stated(shared: Path, read: Read, name: str) -> None:
    expected, totals = stated(shared, name), read(name).totals
    assert totals.revenue == Decimal(expected["total_revenue_exact"])
    assert str(cents(totals.revenue)) == expected["total_revenue"]
    assert years(dict(totals.by_year), expected["revenue_by_year"]) == expected["revenue_by_year"]
    assert set(map(str, totals.by_year)) == set(expected["revenue_by_year"])
    assert (totals.rows, totals.customers) == (expected["rows"], expected["distinct_customers"])
    assert (str(totals.first), str(totals.last)) == (expected["date_min"], expected["date_max"])
    windows = expected["ttm_windows"]
    assert f"({totals.windows.start}, {totals.windows.end}]" == windows["current"]
    assert f"({totals.windows.before}, {totals.windows.start}]" == windows["previous"]


@pytest.mark.parametrize("name", CASES)
def test_orders_are_counted_as_stated(shared: Path, read: Read, name: str) -> None:
    expected, found = stated(shared, name), read(name)
    if name == "payments by name as written":
        # Stated are different document numbers; 6,231 payments have none, and what a vendor is
        # paid on one day without one is an order.
        days = payments_without_a_number(shared)
        assert found.totals.orders == expected["distinct_orders"] + len(days)
    else:
        assert found.totals.orders == expected["distinct_orders"]


def payments_without_a_number(shared: Path) -> set[tuple[str, str]]:
    """Vendor and day of the payments that have no document number and count."""
    path = shared / "data" / CASES["payments by name as written"].file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in DictReader(stream) if not row["DocNo"].strip()]
    assert len(rows) == 6_231
    return {(row["Vendor"].strip(), row["Date"]) for row in rows if row["Vendor"].strip()}


@pytest.mark.parametrize("name", CASES)
def test_the_ten_largest_customers_are_those_stated(shared: Path, read: Read, name: str) -> None:
    expected, found = stated(shared, name)["top10"], read(name)
    largest = sorted(found.measures, key=lambda key: (-found.measures[key].revenue, key))
    assert largest[:10] == [one["customer_id"] for one in expected]
    for one in expected:
        measures = found.measures[one["customer_id"]]
        by_year = dict(found.by_year[one["customer_id"]])
        assert str(cents(measures.revenue)) == one["revenue"]
        assert measures.lines == one["rows"]
        dates = (str(measures.first_order), str(measures.last_order))
        assert dates == (one["first_date"], one["last_date"])
        assert years(by_year, one["revenue_by_year"]) == one["revenue_by_year"]
        assert yearly_growth(by_year, one["yoy_pct_calendar"]) == one["yoy_pct_calendar"]
        assert str(cents(measures.revenue_12m)) == one["ttm"]["current"]
        assert str(cents(measures.revenue_prior_12m)) == one["ttm"]["previous"]
        assert told(measures.growth_pct) == one["ttm"]["growth_pct"]


@pytest.mark.parametrize("name", CASES)
def test_concentration_is_that_stated(shared: Path, read: Read, name: str) -> None:
    expected, found = stated(shared, name)["concentration"], read(name)
    largest = sorted((one.revenue for one in found.measures.values()), reverse=True)
    assert told(found.totals.top10_share_pct) == str(expected["top10_share_pct"])
    count = expected["top20pct_customers"]
    share = 100 * sum(largest[:count]) / found.totals.revenue
    assert str(cents(share)) == str(expected["top20pct_share_pct"])
    assert (
        reaching(largest, found.totals.revenue) == expected["customers_reaching_80pct_of_revenue"]
    )
    poor = sum(revenue <= 0 for revenue in largest)
    assert poor == expected["customers_with_nonpositive_revenue"]


def reaching(largest: Sequence[Decimal], whole: Decimal) -> int:
    """How many customers together bring 80 % of the revenue."""
    found, count = Decimal(0), 0
    while found < whole * 80 / 100:
        found, count = found + largest[count], count + 1
    return count


def test_names_are_those_stated_where_the_ledger_has_them(shared: Path, read: Read) -> None:
    found = read("won opportunities").measures
    for one in stated(shared, "won opportunities")["top10"]:
        assert found[one["customer_id"]].name == one["customer_name"]


def test_costs_and_margins_are_those_stated(shared: Path, read: Read) -> None:
    expected, totals = stated(shared, "order lines"), read("order lines").totals
    assert totals.cost is not None
    assert totals.margin is not None
    assert str(cents(totals.cost)) == expected["total_cost"]
    assert str(cents(totals.margin)) == expected["total_margin"]
    assert told(100 * totals.margin / totals.revenue) == expected["margin_pct"]


def test_costs_and_margins_of_the_ten_largest_are_those_stated(shared: Path) -> None:
    # Costs of all dates belong to the totals, so each customer's lines are read alone.
    path = shared / "data" / CASES["order lines"].file
    chosen = CASES["order lines"].choices
    for one in stated(shared, "order lines")["top10"]:
        only = {"ResellerKey": (one["customer_id"],)}
        alone = read_ledger(path, chosen.model_copy(update={"only": only})).totals
        assert alone.cost is not None
        assert alone.margin is not None
        assert str(cents(alone.cost)) == one["cost"]
        assert str(cents(alone.margin)) == one["margin"]
        assert told(100 * alone.margin / alone.revenue) == one["margin_pct"]
        assert alone.orders == one["orders"]


INVOICES = choices(
    "Customer No",
    "Invoice Date",
    "Net Amount",
    cost="Cost",
    name="Customer Name",
    order="Invoice No",
)


def test_invoices_tell_the_same_as_their_lines(shared: Path, read: Read) -> None:
    path = shared / "data/adventureworks_resellers/invoices.csv"
    lines, invoices = read("order lines"), read_ledger(path, INVOICES)
    assert invoices.totals.rows == stated(shared, "order lines")["invoice_level_rows"]
    assert invoices.totals.revenue == lines.totals.revenue
    assert invoices.totals.cost == lines.totals.cost
    assert invoices.by_year == lines.by_year
    for key, one in invoices.measures.items():
        other = lines.measures[key]
        assert (one.growth_pct, one.margin_pct) == (other.growth_pct, other.margin_pct)
        assert (one.orders_12m, one.volatility_pct) == (other.orders_12m, other.volatility_pct)


def test_payments_by_folded_name_are_those_stated(shared: Path, read: Read) -> None:
    """Names that are equal without case and spaces are one customer in the documentation.

    A ledger goes further unless a person says otherwise: legal forms and punctuation do not tell
    two customers apart. The figures agree when names as written are added up by folded name.
    """
    found = read("payments by name as written")
    expected = truth(shared, "gla_supplier_spend")["variants"]["folded"]
    joined: dict[str, Decimal] = {}
    for name, one in found.measures.items():
        key = " ".join(name.upper().split())
        joined[key] = joined.get(key, Decimal(0)) + one.revenue
    assert len(joined) == expected["distinct_customers"]
    assert found.totals.revenue == Decimal(expected["total_revenue_exact"])
    largest = sorted(joined, key=lambda key: (-joined[key], key))[:10]
    assert largest == [one["customer_id"] for one in expected["top10"]]
    assert [str(cents(joined[key])) for key in largest] == [
        one["revenue"] for one in expected["top10"]
    ]
    told_share = str(cents(100 * sum(joined[key] for key in largest) / found.totals.revenue))
    assert told_share == str(expected["concentration"]["top10_share_pct"])
    poor = sum(revenue <= 0 for revenue in joined.values())
    assert poor == expected["concentration"]["customers_with_nonpositive_revenue"]


def test_nothing_is_said_of_a_ledger_that_is_clean(read: Read) -> None:
    found = read("order lines")
    assert (found.left_out, found.notes) == ((), ())


def test_quality_is_counted_as_stated(shared: Path, read: Read) -> None:
    counts = truth(shared, "online_retail_uci")["quality_counts"]
    identified = read("retail, customers with an id")
    assert {one.kind: one.rows for one in identified.left_out} == {
        "customer": counts["rows_blank_customer"]
    }
    # Stated of all lines of the file; lines that do not count are not noticed.
    seen = {one.kind: one.rows for one in read("retail, blank customers are one").noticed}
    assert seen["cancellation"] == counts["rows_cancelled"]
    assert seen["zero"] == counts["rows_zero_price"]
    assert seen["copy"] == counts["exact_duplicate_rows"]
    assert seen["negative"] == counts["rows_cancelled"] + counts["rows_negative_price"]
    payments = {one.kind: one.rows for one in read("payments by name as written").noticed}
    stated_counts = truth(shared, "gla_supplier_spend")["quality_counts"]
    assert payments["negative"] == stated_counts["negative_amounts"]
    assert payments.get("zero", 0) == stated_counts["zero_amounts"]


def test_other_opportunities_are_left_out_with_their_money(shared: Path, read: Read) -> None:
    pipeline = truth(shared, "d365_regional_sales")["pipeline"]
    (other,) = read("won opportunities").left_out
    assert other.kind == "other"
    assert other.rows == pipeline["Lost"]["count"] + pipeline["Open"]["count"]
    assert other.amount == pipeline["Lost"]["value"] + pipeline["Open"]["value"]


def test_gross_amounts_are_those_stated(shared: Path) -> None:
    chosen = choices("PARTNERID", "CREATEDAT", "GROSSAMOUNT")
    found = read_ledger(shared / "data/sap_bikes_small/SalesOrders.csv", chosen)
    assert str(cents(found.totals.revenue)) == truth(shared, "sap_bikes_small")["gross_total"]


def expectations(shared: Path) -> dict[str, dict[str, Any]]:
    path = shared / "data/messy_ledgers/EXPECTED.json"
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    return {one["file"]: one for one in files}


WHOLE = (
    "plain_iso.csv",
    "semicolon_decimal_comma_cp1252.csv",
    "excel_unicode_text_utf16.txt",
    "us_currency_mdy.csv",
    "preamble_and_total_row.csv",
    "excel_serial_dates.csv",
    "block_imported_twice.csv",
    "invoices_title_total_text_numbers.xlsx",
)


@pytest.mark.parametrize("file", WHOLE)
def test_a_transformed_ledger_keeps_its_total(shared: Path, file: str) -> None:
    expected = expectations(shared)[file]
    found = read_ledger(shared / "data/messy_ledgers" / file, INVOICES)
    assert str(cents(found.totals.revenue)) == expected["amount_total"]
    assert found.totals.rows == expected["data_rows"]
    assert str(found.totals.first) == expected.get("date_min", "2010-12-29")
    assert str(found.totals.last) == expected.get("date_max", "2013-11-29")
    base = read_ledger(shared / "data/messy_ledgers/plain_iso.csv", INVOICES)
    assert found.measures.keys() == base.measures.keys()
    if file != "block_imported_twice.csv":
        assert found.by_year == base.by_year
        assert found.totals.cost == base.totals.cost == Decimal("79980115.01")


def test_a_row_of_totals_is_left_out_and_told(shared: Path) -> None:
    expected = expectations(shared)["preamble_and_total_row.csv"]
    path = shared / "data/messy_ledgers/preamble_and_total_row.csv"
    (total,) = read_ledger(path, INVOICES).left_out
    assert (total.kind, total.rows) == ("total", expected["total_rows_to_ignore"])
    assert total.amount is not None
    assert str(cents(total.amount)) == expected["amount_total"]


def test_a_block_that_came_in_twice_is_noticed_or_left_out(shared: Path) -> None:
    expected = expectations(shared)["block_imported_twice.csv"]
    path = shared / "data/messy_ledgers/block_imported_twice.csv"
    (copies,) = read_ledger(path, INVOICES).noticed
    assert (copies.kind, copies.rows) == ("copy", expected["duplicate_rows"])
    without = read_ledger(path, INVOICES.model_copy(update={"left_out": ("copy",)}))
    assert str(cents(without.totals.revenue)) == expected["amount_total_without_duplicates"]
    assert [(one.kind, one.rows) for one in without.left_out] == [("copy", 500)]


def test_cells_that_cannot_be_read_are_told_by_line(shared: Path) -> None:
    expected = expectations(shared)["bad_cells.csv"]
    found = read_ledger(shared / "data/messy_ledgers/bad_cells.csv", INVOICES)
    assert {one.kind: list(one.lines) for one in found.left_out} == {
        "date": expected["bad_date_lines"],
        "amount": expected["bad_amount_lines"],
    }
    assert str(cents(found.totals.revenue)) == expected["amount_total_of_fully_good_rows"]
    assert found.totals.rows == expected["fully_good_rows"]
    undated = next(one.amount for one in found.left_out if one.kind == "date")
    assert undated is not None
    readable = cents(found.totals.revenue + undated)
    assert str(readable) == expected["amount_total_of_readable_amounts"]


def test_a_file_that_was_cut_off_says_so(shared: Path) -> None:
    """The cut lies within the cost of the last line, whose amount is whole: the line counts."""
    expected = expectations(shared)["truncated_mid_line.csv"]
    found = read_ledger(shared / "data/messy_ledgers/truncated_mid_line.csv", INVOICES)
    assert any("check that nothing is cut off" in note for note in found.notes)
    assert found.totals.rows == expected["complete_records"] + 1


def test_a_renamed_workbook_is_read_and_a_web_page_is_refused(shared: Path) -> None:
    folder = shared / "data/messy_ledgers"
    renamed = read_ledger(folder / "zip_named.csv", INVOICES)
    assert str(cents(renamed.totals.revenue)) == "80450597.06"
    with pytest.raises(Unreadable, match="it is a web page"):
        read_ledger(folder / "html_table_named.xls", INVOICES)


def test_the_wholesale_table_is_no_ledger(shared: Path) -> None:
    """Its figures are sums by category: a list of customers without dates."""
    path = shared / "data/uci_wholesale_customers/wholesale_customers.csv"
    stated_figures = truth(shared, "uci_wholesale_customers")
    table = read_table(path.name, path.read_bytes())
    spend = {key: sum(map(int, table.column(key))) for key in stated_figures["by_category"]}
    assert spend == stated_figures["by_category"]
    with pytest.raises(Unreadable, match='no column "Date"'):
        read_ledger(path, choices("Channel", "Date", "Fresh"))
