"""Lines that add up the lines above them."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.lists.totals import FEWEST_ABOVE, TOTAL_PATTERN, Above, Sums, is_total


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
    above = Sums({"margin_pct": 3.0, "revenue": round(amount, 2)} for amount in amounts)
    last = {"margin_pct": 5.0, "revenue": round(sum(amounts), 2)}
    assert above.adds_up(last) == "revenue"


def test_another_amount_is_no_sum() -> None:
    above = Sums([{"revenue": 1.0}, {"revenue": 2.0}, {"revenue": 3.0}, {}])
    assert above.adds_up({"revenue": 6.02}) == ""
    assert above.adds_up({}) == ""


def test_few_amounts_or_nothing_prove_no_sum() -> None:
    assert Sums([{"revenue": 1.0}, {"revenue": 2.0}]).adds_up({"revenue": 3.0}) == ""
    assert Sums([{"revenue": 0.0}] * 9).adds_up({"revenue": 0.0}) == ""


def test_a_block_adds_up_for_itself_and_all_lines_together() -> None:
    above = Above()
    for block in ((1.0, 2.0, 3.0), (4.0, 5.0, 7.0)):
        above.end_block()
        for amount in block:
            above.add({"revenue": amount})
    assert above.adds_up({"revenue": 16.0}) == "revenue"
    assert above.adds_up({"revenue": 22.0}) == "revenue"
    assert above.adds_up({"revenue": 6.0}) == ""


@pytest.mark.parametrize(
    "text",
    ["Total", "Summe:", "Sous-total", "Total général", "TOTAL (EUR)", "Total 2025", "Grand total",
     "Total Energies", "Summer", "Sumo", "Sum of parts", "12", "", "Grand", "Totalschaden GmbH"],
)  # fmt: skip
def test_a_database_tells_totals_by_the_same_names(text: str) -> None:
    sql = "SELECT regexp_full_match(lower(strip_accents($text)), $pattern)"
    given = {"text": text, "pattern": TOTAL_PATTERN}
    assert duckdb.execute(sql, given).fetchone() == (is_total(text),)
