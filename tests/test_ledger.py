"""Order lines become measures to the cent, and nothing is left out silently."""

from datetime import date
from decimal import Decimal
from statistics import mean, stdev

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
    assert any("an Excel error name no customer: “#N/A”, “#NV”." in note for note in found.notes)


def test_a_dated_line_that_adds_up_all_others_is_no_customer() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nB,2025-02-01,7\nTotal,2025-12-31,12\n")
    assert (set(found.measures), found.totals.revenue) == ({"A", "B"}, Decimal(12))
    assert kinds(found)["total"] == (1, Decimal(12))
    assert "These add up other lines, and are no customers: “Total”." in found.notes


def test_a_customer_called_total_that_adds_up_nothing_stays_one() -> None:
    found = ledger("customer,date,amount\nA,2025-01-01,5\nTotal,2025-12-31,12\n")
    assert set(found.measures) == {"A", "Total"}
    [told] = [one for one in found.noticed if one.kind == "called_total"]
    assert (told.rows, told.amount, told.asks) == (1, Decimal(12), True)
    assert found.called_totals == ("Total",)


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
        "total": (1, Decimal("22.0000")),
        "customer": (2, Decimal("25.0000")),
        "date": (1, Decimal("4.0000")),
        "amount": (2, None),
        "future": (1, Decimal("5.0000")),
        "shape": (1, None),
    }
    assert [one.sentence for one in found.left_out][2:4] == [
        "1 line has no readable date and is left out (4.00 in all): line 4.",
        "2 lines have no readable amount and are left out: lines 5, 6.",
    ]


@pytest.mark.parametrize(
    ("first", "kind"),
    [("Zwischensumme", "total"), ("Subtotal:", "total"), ("Sous-total EUR", "total"),
     ("Grand Total", "total"), ("Summer jackets", "customer"), ("Sumo Ltd", "customer"),
     ("Total Energies lubricant", "customer")],
)  # fmt: skip
@pytest.mark.parametrize("day", ["", "2025-01-02"])
@pytest.mark.parametrize("blank", ["left_out", "one_customer"])
def test_a_line_without_a_customer_is_a_total_if_its_first_cell_says_nothing_else(
    first: str, kind: str, day: str, blank: str
) -> None:
    text = f"order,customer,date,amount\n1,A,2025-01-01,7\n{first},,{day},7\n"
    found = kinds(ledger(text, choices(order="order", blank_customers=blank)))
    if kind == "total" or blank == "left_out":
        assert found == {kind: (1, Decimal(7))}
    else:
        assert "total" not in found


def test_a_cancellation_is_told_to_stand_among_the_lines_below_zero() -> None:
    text = "order,customer,date,amount\n1,A,2025-01-01,70\nC1,A,2025-01-02,-10\n"
    told = [one.sentence for one in ledger(text, choices(order="order")).noticed]
    assert told[0] == "1 line below zero: credit notes or returns (-10.00 in all)."
    assert told[1].endswith("; they are told among the lines below zero or worth nothing as well.")


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


@settings(max_examples=8, deadline=None)
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


def test_a_quantity_times_a_price_is_exact() -> None:
    columns = choices("customer", "date", None, quantity="q", unit_price="p")
    found = ledger("customer,date,q,p\nA,2025-01-01,3,0.1\nA,2025-01-01,0.0001,0.0001\n", columns)
    assert found.totals.revenue == Decimal("0.30000001")


def test_an_amount_wins_over_quantity_and_price() -> None:
    columns = choices(quantity="q", unit_price="p")
    assert chosen(columns) == {"customer": "customer", "date": "date", "amount": "amount"}
