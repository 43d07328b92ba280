"""Order lines become measures to the cent, and nothing is left out silently."""

import csv
import gzip
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.errors import Refused, Unreadable
from kam.intake.orders.ledger import (
    MEASURES,
    Ledger,
    Measures,
    Windows,
    cents,
    chosen,
    read_ledger,
    suggest,
)
from kam.intake.tables.files import Table
from tests.ledgers import choices, ledger

COLUMNS = choices()

# Worked out by hand: the end is 2025-06-30, so the last twelve months begin on 2024-07-01 and the
# twelve before on 2023-07-01.
BY_HAND = """customer,date,amount,cost,order,name
A,2023-06-30,1000.00,1.00,O1,Ahorn
A,2023-07-01,100.00,50.00,O2,Ahorn
A,2024-06-30,100.00,50.00,O3,Ahorn
A,2024-07-01,150.00,100.00,O4,Ahorn
A,2025-06-30,150.00,125.00,O5,Ahorn
A,2025-06-30,0.01,0.00,O5,Ahorn
B,2025-01-01,-20.00,,O6,Birke
B,2024-06-30,70.00,10.00,O7,Birke
"""


def by_hand(end: date | None = None) -> Ledger:
    columns = choices(cost="cost", order="order", name="name", end=end)
    return ledger(BY_HAND, columns)


def kinds(found: Ledger) -> dict[str, tuple[int, Decimal | None]]:
    return {one.kind: (one.rows, one.amount) for one in found.left_out}


def test_a_customer_that_is_an_excel_error_is_none_and_its_lines_are_told() -> None:
    found = ledger("customer,date,amount\nA,2025-01-02,10\n#N/A,2025-01-03,7\n#NV,2025-01-03,1\n")
    assert (set(found.measures), found.totals.revenue) == ({"A"}, Decimal(10))
    assert kinds(found)["customer"] == (2, Decimal(8))
    assert any("an Excel error name no customer: #N/A, #NV." in note for note in found.notes)


def test_a_dated_line_that_adds_up_all_others_is_no_customer() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nB,2025-02-01,7\nTotal,2025-12-31,12\n")
    assert (set(found.measures), found.totals.revenue) == ({"A", "B"}, Decimal(12))
    assert kinds(found)["customer"] == (1, Decimal(12))
    assert "Lines that add up all others name no customer: Total." in found.notes


def test_a_customer_called_total_that_adds_up_nothing_stays_one() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nTotal,2025-12-31,12\n")
    assert set(found.measures) == {"A", "Total"}


def test_a_percentage_is_no_money() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,12.5%\nB,2025-02-01,100\n")
    assert found.totals.revenue == Decimal(100)
    assert kinds(found) == {"amount": (1, None)}


def test_flat_amounts_are_revenue_and_no_credit_notes() -> None:
    found = ledger("customer;date;amount\nA;2025-01-02;1.200,-\nB;2025-02-03;CHF 1'200.–\n")
    assert {key: one.revenue for key, one in found.measures.items()} == {"A": 1200, "B": 1200}


def test_the_measures_of_a_customer_are_those_worked_out_by_hand() -> None:
    quarters = [150.01, 0, 0, 150, 100, 0, 0, 100]
    assert by_hand().measures["A"] == Measures(
        name="Ahorn",
        revenue=Decimal("1500.01"),
        revenue_12m=Decimal("300.01"),
        revenue_prior_12m=Decimal("200.00"),
        growth_pct=50.005,
        cagr_3y_pct=None,
        gross_margin=Decimal("75.01"),
        margin_pct=100 * 75.01 / 300.01,
        cost_to_serve=None,
        volatility_pct=100 * stdev(quarters) / mean(quarters),
        yoy_quarter_pct=50.01,
        recency_days=0,
        orders_12m=2,
        tenure_days=731,
        active_months=2,
        first_order=date(2023, 6, 30),
        last_order=date(2025, 6, 30),
        lines=6,
        share_of_revenue_pct=100 * 1500.01 / 1550.01,
    )


def test_a_margin_is_unknown_where_a_cost_is_missing_and_where_nothing_came_in() -> None:
    birke = by_hand().measures["B"]
    assert (birke.revenue_12m, birke.margin_pct) == (Decimal("-20.00"), None)
    whole = ledger("customer,date,amount,c\nA,2025-01-01,5,2\nA,2025-01-02,5,\n",
                   choices(cost="c"))  # fmt: skip
    assert whole.measures["A"].margin_pct is None
    assert (whole.totals.cost, whole.totals.margin) == (None, None)
    assert [one.sentence for one in whole.noticed] == [
        "1 line without a readable cost; customers with such a line have no margin."
    ]


def test_growth_is_unknown_where_the_twelve_months_before_brought_nothing() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nB,2023-06-01,-5\nB,2025-01-01,5\n")
    assert [one.growth_pct for one in found.measures.values()] == [None, None]


def test_a_share_is_unknown_where_all_together_brought_nothing() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nB,2025-01-01,-5\n")
    assert [one.share_of_revenue_pct for one in found.measures.values()] == [None, None]


def test_without_order_numbers_days_with_lines_count_as_orders() -> None:
    text = "customer,date,amount\nA,2025-01-01,5\nA,2025-01-01,6\nA,2025-02-01,7\n"
    assert ledger(text).measures["A"].orders_12m == 2


def test_lines_without_an_order_number_count_by_day_beside_those_that_have_one() -> None:
    columns = choices(order="order")
    rows = ("A,2025-01-01,1,7", "A,2025-01-02,1,7", "A,2025-01-03,1,", "A,2025-01-03,1,")
    found = ledger("\n".join(["customer,date,amount,order", *rows, ""]), columns)
    assert (found.measures["A"].orders_12m, found.totals.orders) == (2, 2)


def test_the_totals_are_the_sum_of_the_customers() -> None:
    found = by_hand()
    totals = found.totals
    assert totals.revenue == sum(one.revenue for one in found.measures.values())
    assert totals.by_year == {
        2023: Decimal("1100.00"),
        2024: Decimal("320.00"),
        2025: Decimal("130.01"),
    }
    assert (totals.rows, totals.customers, totals.orders) == (8, 2, 7)
    assert (totals.first, totals.last) == (date(2023, 6, 30), date(2025, 6, 30))
    assert totals.windows == Windows(date(2023, 6, 30), date(2024, 6, 30), date(2025, 6, 30))


def test_a_given_end_moves_the_windows_and_leaves_later_lines_out() -> None:
    found = by_hand(end=date(2024, 6, 30))
    assert found.measures["A"].revenue_12m == Decimal("200.00")
    assert kinds(found) == {"future": (4, Decimal("280.01"))}
    assert "4 lines lie after 30 June 2024 and are left out (280.01 in all)." in [
        one.sentence for one in found.left_out
    ]


def test_a_year_before_a_leap_day_ends_on_the_28th() -> None:
    found = ledger("customer,date,amount\nA,2023-02-28,1\nA,2023-03-01,2\nA,2024-02-29,4\n")
    assert found.measures["A"].revenue_12m == 6


def test_lines_that_cannot_count_are_left_out_by_reason_with_their_money() -> None:
    found = ledger(
        "customer,date,amount\n"
        "A,2025-01-01,10.00\n"
        ",2025-01-02,3.00\n"
        "A,soon,4.00\n"
        "A,2025-01-04,much\n"
        "A,2025-01-05,\n"
        "A,9000-01-01,5.00\n"
        "Total,,22.00\n"
        ",,22.00\n"
        "A,2025-01-06\n"
    )
    assert found.totals.revenue == 10
    assert kinds(found) == {
        "customer": (2, Decimal("25.0000")),
        "date": (2, Decimal("26.0000")),
        "amount": (2, None),
        "future": (1, Decimal("5.0000")),
        "shape": (1, None),
    }
    assert [one.sentence for one in found.left_out][1:3] == [
        "2 lines have no readable date and are left out (26.00 in all): lines 4, 8.",
        "2 lines have no readable amount and are left out: lines 5, 6.",
    ]


def test_a_line_of_totals_is_not_counted_twice() -> None:
    columns = choices(order="order")
    found = ledger("order,customer,date,amount\n1,A,2025-01-01,7\nTotal,,,7\n", columns)
    assert found.totals.revenue == 7
    assert kinds(found) == {"total": (1, Decimal(7))}


def test_unusual_lines_count_and_are_told_with_their_money() -> None:
    columns = choices(order="order", currency="currency")
    found = ledger(
        "customer,date,amount,order,currency\n"
        "A,2025-01-01,10,1,EUR\n"
        "A,2025-01-01,10,1,EUR\n"
        "A,2025-01-02,-4,C2,EUR\n"
        "A,2025-01-03,0,3,EUR\n"
        "A,2025-01-04,5,4,EUR\n",
        columns,
    )
    assert found.totals.revenue == 21
    assert {one.kind: (one.rows, one.amount) for one in found.noticed} == {
        "negative": (1, Decimal(-4)),
        "cancellation": (1, Decimal(-4)),
        "zero": (1, Decimal(0)),
        "copy": (1, Decimal(10)),
    }


def test_order_numbers_with_a_c_are_no_cancellations_where_they_also_sell() -> None:
    columns = choices(order="order")
    found = ledger("customer,date,amount,order\nA,2025-01-01,10,C1\nA,2025-01-02,-4,C2\n", columns)
    assert [one.kind for one in found.noticed] == ["negative"]


def test_ids_lose_a_point_zero_only_where_all_of_them_have_it() -> None:
    found = ledger("customer,date,amount\n17850.0,2025-01-01,1\n12.0,2025-01-01,1\n")
    assert list(found.measures) == ["12", "17850"]
    assert found.notes == ("Customer ids end in .0 throughout; they are shown without it.",)
    mixed = ledger(
        "customer,date,amount\n17850.0,2025-01-01,1\nX9,2025-01-01,1\n0042,2025-01-01,1\n"
    )
    assert list(mixed.measures) == ["0042", "17850.0", "X9"]
    assert mixed.notes == ()


def test_no_line_that_counts_is_an_error_in_words() -> None:
    with pytest.raises(Unreadable, match="No line of the ledger counts"):
        ledger("customer,date,amount\n,2025-01-01,1\n")


def test_a_missing_column_is_named_with_those_found() -> None:
    with pytest.raises(Unreadable, match=r'no column "Kunde" .*"customer", "date", "amount"'):
        ledger("customer,date,amount\nA,2025-01-01,1\n", choices("Kunde", "date", "amount"))


def test_columns_must_say_what_a_line_is_worth() -> None:
    with pytest.raises(Refused, match="what a line is worth"):
        chosen(choices("customer", "date", None, quantity="quantity"))


def test_every_measure_is_a_field_of_the_measures_with_unit_and_period() -> None:
    names = set(Measures._fields)
    assert {measure.key for measure in MEASURES} == names - {"name", "first_order", "last_order"}
    assert all(measure.label and measure.unit and measure.period_words for measure in MEASURES)


def test_cents_are_rounded_half_up() -> None:
    assert [cents(Decimal(text)) for text in ("0.005", "-0.005", "2.675")] == [
        Decimal("0.01"),
        Decimal("-0.01"),
        Decimal("2.68"),
    ]


def test_columns_are_suggested_only_where_names_are_certain() -> None:
    headers = ("Invoice No", "Invoice Date", "Customer No", "Net Amount", "Cost")
    assert suggest(Table("", headers, (), ())) == choices(
        "Customer No", "Invoice Date", "Net Amount", cost="Cost", order="Invoice No"
    )
    assert suggest(Table("", ("Kunde", "Datum", "Menge", "Einzelpreis"), (), ())) == choices(
        "Kunde", "Datum", None, quantity="Menge", unit_price="Einzelpreis"
    )
    assert suggest(Table("", ("Company", "Order date", "Revenue"), (), ())) == choices(
        "Company", "Order date", "Revenue", name="Company"
    )
    assert suggest(Table("", ("Customer", "Amount"), (), ())) is None


LINES = st.tuples(
    st.sampled_from("ABC"),
    st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    st.decimals(-1000, 1000, places=2),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=30))
def test_sums_are_those_of_exact_addition(lines: list[tuple[str, date, Decimal]]) -> None:
    rows = "".join(f"{who},{day},{money}\n" for who, day, money in lines)
    found = ledger(f"customer,date,amount\n{rows}")
    for who, one in found.measures.items():
        assert one.revenue == sum(money for other, _, money in lines if other == who)
    assert found.totals.revenue == sum(money for *_, money in lines)
    start = found.totals.windows.start
    assert found.totals.revenue_12m == sum(money for _, day, money in lines if day > start)


# Real ledgers whose sums other programs have found.

RESELLERS = choices(
    "ResellerKey", "OrderDate", "SalesAmount", cost="TotalProductCost", order="SalesOrderNumber"
)
RETAIL = choices(
    "CustomerID",
    "InvoiceDate",
    None,
    quantity="Quantity",
    unit_price="UnitPrice",
    order="InvoiceNo",
)


@pytest.fixture(scope="module")
def resellers(shared: Path) -> Ledger:
    return read_ledger(shared / "data/adventureworks_resellers/ledger_lines.csv.gz", RESELLERS)


@pytest.fixture(scope="module")
def retail(shared: Path) -> Ledger:
    return read_ledger(shared / "data/online_retail_uci/ledger.csv.gz", RETAIL)


def truth(shared: Path, folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (shared / "data" / folder / "TRUTH.json").read_text(encoding="utf-8")
    )
    return found


def percent(value: float | None) -> str | None:
    return None if value is None else str(cents(Decimal(repr(value))))


def check_totals(found: Ledger, expected: dict[str, Any]) -> None:
    totals = found.totals
    assert totals.revenue == Decimal(expected["total_revenue_exact"])
    assert {str(year): str(cents(money)) for year, money in totals.by_year.items()} == expected[
        "revenue_by_year"
    ]
    counts = (totals.rows, totals.customers)
    assert counts == (expected["rows"], expected["distinct_customers"])
    assert (str(totals.first), str(totals.last)) == (expected["date_min"], expected["date_max"])
    windows = expected["ttm_windows"]
    assert f"({totals.windows.start}, {totals.windows.end}]" == windows["current"]
    assert f"({totals.windows.before}, {totals.windows.start}]" == windows["previous"]


def check_customer(one: Measures, expected: dict[str, Any]) -> None:
    assert str(cents(one.revenue)) == expected["revenue"]
    assert str(cents(one.revenue_12m)) == expected["ttm"]["current"]
    assert str(cents(one.revenue_prior_12m)) == expected["ttm"]["previous"]
    assert percent(one.growth_pct) == expected["ttm"]["growth_pct"]
    assert (str(one.first_order), str(one.last_order), one.lines) == (
        expected["first_date"],
        expected["last_date"],
        expected["rows"],
    )


def test_adventureworks_totals_agree_to_the_cent(shared: Path, resellers: Ledger) -> None:
    expected = truth(shared, "adventureworks_resellers")["ledger"]
    check_totals(resellers, expected)
    assert resellers.totals.orders == expected["distinct_orders"]
    totals = resellers.totals
    assert totals.cost is not None
    assert totals.margin is not None
    assert str(cents(totals.cost)) == expected["total_cost"]
    assert str(cents(totals.margin)) == expected["total_margin"]
    assert (resellers.left_out, resellers.notes) == ((), ())


def test_adventureworks_top_customers_agree_to_the_cent(shared: Path, resellers: Ledger) -> None:
    expected = truth(shared, "adventureworks_resellers")["ledger"]["top10"]
    ordered = sorted(resellers.measures, key=lambda key: -resellers.measures[key].revenue)
    assert ordered[:10] == [one["customer_id"] for one in expected]
    for one in expected:
        check_customer(resellers.measures[one["customer_id"]], one)


def test_adventureworks_costs_and_margins_by_customer_agree_to_the_cent(shared: Path) -> None:
    # Costs over all dates are a total, so each customer's ledger is read alone.
    header, by_customer = rows_of_resellers(shared)
    for one in truth(shared, "adventureworks_resellers")["ledger"]["top10"]:
        text = StringIO()
        csv.writer(text).writerows([header, *by_customer[one["customer_id"]]])
        alone = read_ledger(text.getvalue().encode(), RESELLERS)
        assert alone.totals.cost is not None
        assert alone.totals.margin is not None
        assert str(cents(alone.totals.cost)) == one["cost"]
        assert str(cents(alone.totals.margin)) == one["margin"]
        share = 100 * alone.totals.margin / alone.totals.revenue
        assert str(cents(share)) == one["margin_pct"]
        assert alone.totals.orders == one["orders"]


def rows_of_resellers(shared: Path) -> tuple[list[str], dict[str, list[list[str]]]]:
    """The header of the AdventureWorks ledger, and its rows by reseller."""
    path = shared / "data/adventureworks_resellers/ledger_lines.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    place = header.index("ResellerKey")
    by_customer: dict[str, list[list[str]]] = {}
    for row in rows:
        by_customer.setdefault(row[place], []).append(row)
    return header, by_customer


def test_online_retail_agrees_to_the_cent(shared: Path, retail: Ledger) -> None:
    expected = truth(shared, "online_retail_uci")["variants"]["B"]
    check_totals(retail, expected)
    assert retail.totals.orders == expected["distinct_orders"]
    for one in expected["top10"]:
        check_customer(retail.measures[one["customer_id"]], one)


def test_online_retail_shows_what_is_left_out_and_what_is_unusual(
    shared: Path, retail: Ledger
) -> None:
    variants = truth(shared, "online_retail_uci")["variants"]
    net, sales = variants["B"], variants["C"]
    assert [one.sentence for one in retail.left_out] == [
        "135,080 lines name no customer and are left out (1,447,682.12 in all)."
    ]
    # Only lines with a customer count; 5,225 of the 5,268 copies of the whole file are theirs.
    seen = {one.kind: one.rows for one in retail.noticed}
    assert seen == {"negative": 8_905, "cancellation": 8_905, "zero": 40, "copy": 5_225}
    assert seen["negative"] + seen["zero"] == net["rows"] - sales["rows"]
    (below,) = (one.amount for one in retail.noticed if one.kind == "negative")
    assert below == Decimal(net["total_revenue_exact"]) - Decimal(sales["total_revenue_exact"])
    assert "Customer ids end in .0 throughout; they are shown without it." in retail.notes


PAYMENTS = choices("Vendor", "Date", "Amount", order="DocNo")
SALES_ORDERS = choices("PARTNERID", "CREATEDAT", "NETAMOUNT", order="SALESORDERID")


def test_five_years_of_public_payments_agree_to_the_cent(shared: Path) -> None:
    found = read_ledger(shared / "data/gla_supplier_spend/ledger.csv", PAYMENTS)
    expected = truth(shared, "gla_supplier_spend")["variants"]["exact"]
    check_totals(found, expected)
    for one in expected["top10"]:
        check_customer(found.measures[one["customer_id"]], one)
    assert {one.kind: one.rows for one in found.noticed}["negative"] == 1208


def test_sap_orders_with_compact_dates_keep_the_zeros_of_their_ids(shared: Path) -> None:
    found = read_ledger(shared / "data/sap_bikes_small/SalesOrders.csv", SALES_ORDERS)
    expected = truth(shared, "sap_bikes_small")["ledger"]
    check_totals(found, expected)
    for one in expected["top10"]:
        assert one["customer_id"].startswith("0100")
        check_customer(found.measures[one["customer_id"]], one)


def test_won_opportunities_are_a_ledger_as_well(shared: Path) -> None:
    path = shared / "data/d365_regional_sales/opportunities.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    text = StringIO()
    status = header.index("Status")
    csv.writer(text).writerows([header, *(row for row in rows if row[status] == "Won")])
    columns = choices("Account Number", "CloseDate", "Value", order="OpportunitySeq")
    found = read_ledger(text.getvalue().encode(), columns)
    expected = truth(shared, "d365_regional_sales")["won_ledger"]
    check_totals(found, expected)
    for one in expected["top10"]:
        check_customer(found.measures[one["customer_id"]], one)


def test_bytes_a_path_and_a_packed_file_give_the_same_ledger(tmp_path: Path) -> None:
    plain, packed = tmp_path / "ledger.csv", tmp_path / "ledger.csv.gz"
    plain.write_text(BY_HAND, encoding="utf-8")
    packed.write_bytes(gzip.compress(BY_HAND.encode()))
    assert read_ledger(plain, COLUMNS) == read_ledger(packed, COLUMNS) == ledger(BY_HAND)


def test_the_path_may_hold_a_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "O'Neill's orders.csv"
    path.write_text(BY_HAND, encoding="utf-8")
    assert read_ledger(path, COLUMNS).totals.rows == 8


def test_reading_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    ledger(BY_HAND)
    assert list(tmp_path.iterdir()) == []


def test_a_customer_with_markup_or_sql_in_its_name_is_a_customer() -> None:
    name = "Robert'); DROP TABLE lines; --<script>"
    found = ledger(f"customer,date,amount\n{name},2025-01-01,5\n")
    assert list(found.measures) == [name]


def test_a_quantity_times_a_price_is_exact() -> None:
    columns = choices("customer", "date", None, quantity="q", unit_price="p")
    found = ledger("customer,date,q,p\nA,2025-01-01,3,0.1\nA,2025-01-01,0.0001,0.0001\n", columns)
    assert found.totals.revenue == Decimal("0.30000001")


def test_an_amount_wins_over_quantity_and_price() -> None:
    columns = choices(quantity="q", unit_price="p")
    assert chosen(columns) == {"customer": "customer", "date": "date", "amount": "amount"}
