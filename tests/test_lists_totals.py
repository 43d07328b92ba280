"""Lines that add up the lines above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.lists.totals import FEWEST_ABOVE, adds_up, is_total


@pytest.mark.parametrize(
    "name",
    [
        *("Total", "TOTALS", "Summe:", "Gesamt", "Gesamtsumme", "Grand total", "Sum"),
        *("Gesamtergebnis", "Ergebnis", "Zwischensumme", "Subtotal", "Sub-total"),
        *("Total general", "Total général", "Overall total", "Report total", "Summe Kunden"),
        *("TOTAL EUR", "Totale", "Somme", "Totaal", "Insgesamt", "Total (EUR)", "Total 2025"),
    ],
)
def test_a_line_of_totals_is_told_by_its_name(name: str) -> None:
    assert is_total(name)


@pytest.mark.parametrize(
    "name",
    [
        *("TotalEnergies SE", "Total Energies", "Total AG", "Sum Up", "Gesamtverband Textil"),
        *("General Motors", "Customer One", "Sales", "2025", "EUR", "", "—"),
    ],
)
def test_a_customer_is_none(name: str) -> None:
    assert not is_total(name)


@given(st.lists(st.floats(1, 1e9), min_size=FEWEST_ABOVE, max_size=20))
def test_a_sum_is_found_whatever_the_rounding(amounts: list[float]) -> None:
    rows = [{"margin_pct": 3.0, "revenue": round(amount, 2)} for amount in amounts]
    assert adds_up(rows, {"margin_pct": 5.0, "revenue": round(sum(amounts), 2)}) == "revenue"


def test_another_amount_is_no_sum() -> None:
    rows = [{"revenue": 1.0}, {"revenue": 2.0}, {"revenue": 3.0}, {}]
    assert adds_up(rows, {"revenue": 6.02}) == ""
    assert adds_up(rows, {}) == ""


def test_few_amounts_or_nothing_prove_no_sum() -> None:
    assert adds_up([{"revenue": 1.0}, {"revenue": 2.0}], {"revenue": 3.0}) == ""
    assert adds_up([{"revenue": 0.0}] * 9, {"revenue": 0.0}) == ""
