"""What a column is called: percent signs, currencies and times count, and words that rule out."""

from collections.abc import Sequence

import pytest

from kam.intake.headers.aliases import CUSTOMER_TARGETS, Target
from kam.intake.headers.called import Called, fits, folded, looks_like, named
from kam.intake.headers.matching import match
from kam.intake.headers.rivals import rivals
from tests.headers_seen import BLOCKS

FIELDS = {target.key: target for target in CUSTOMER_TARGETS}
EVERY = [(header, cells, want) for cells, block in BLOCKS for header, want in block.items()]


@pytest.mark.parametrize(("header", "cells", "want"), EVERY)
def test_a_header_as_people_write_it_is_certain_asked_or_left_alone(
    header: str, cells: Sequence[str], want: str
) -> None:
    found = match([header], CUSTOMER_TARGETS, {header: cells})[header]
    asked = "?" if found.target and not found.certain else ""
    assert f"{found.target or ''}{asked}" == want


def test_a_percent_sign_is_a_word_of_the_name_wherever_it_stands() -> None:
    for header in ("DB %", "DB in %", "% DB", "DB (%)", "DB Prozent", "db_pct", "DB percentage"):
        assert named(header) == "dbpercent"
    assert named("Margin") == folded("Margin")


def test_the_times_of_a_name_are_told_the_latest_first() -> None:
    headers = ["Sales 2025", "Sales 2024", "Sales this year", "Sales", "Sales last year"]
    years = [Called(header).year for header in headers]
    assert years == sorted(years, reverse=True)
    assert {Called(header).undated for header in headers} == {"sales"}


@pytest.mark.parametrize("header", ["Plan", "Umsatzziel", "Est. value", "Revenue rank", "FC"])
def test_what_is_planned_or_only_about_a_number_is_no_actual(header: str) -> None:
    assert Called(header).is_no_actual


def test_money_is_told_by_the_header_or_by_a_cell() -> None:
    assert Called("DB (TEUR)").is_money
    assert Called("DB in Mio.").is_money
    assert Called("DB", ("5", "€ 6")).is_money
    assert not Called("DB", ("5", "6")).is_money


def test_percentages_are_told_by_the_header_or_by_most_cells() -> None:
    assert Called("DB %").in_percent
    assert Called("DB", ("5 %", "", "6%")).in_percent
    assert not Called("DB", ("5 %", "6", "7")).in_percent


def fit(key: str, header: str, *cells: str) -> bool:
    return fits(Called(header, cells), FIELDS[key])


def test_a_field_of_percentages_takes_no_money() -> None:
    assert fit("margin_pct", "Margin", "12", "8")
    assert not fit("margin_pct", "Margin", "12000", "8000", "5")
    assert not fit("margin_pct", "Margin (kEUR)", "12", "8")
    assert not fit("margin_pct", "Margin", "€ 12", "€ 8")


def test_money_and_hours_take_no_percentages() -> None:
    assert not fit("revenue", "Revenue %", "12", "8")
    assert not fit("hours", "Hours", "12 %", "8 %")


def test_fields_of_words_take_no_figures() -> None:
    assert not fit("growth_potential", "Growth", "3", "4")
    assert fit("growth_potential", "Growth", "high", "12 % a year")


def looks(key: str, *cells: str) -> bool:
    return looks_like(Called("Any", cells), FIELDS[key])


def test_figures_and_days_have_digits() -> None:
    assert not looks("revenue", "Kim", "Lee")
    assert not looks("contract_until", "soon", "never")
    assert looks("revenue", "Kim", "about 5")
    assert looks("revenue", "", "n/a")


def test_an_id_or_a_person_is_not_written_as_the_names_of_companies() -> None:
    assert not looks("id", "Ash GmbH", "Bay AG", "Elm Ltd")
    assert not looks("owner", "Ash GmbH", "Bay AG", "Elm Ltd")
    assert looks("id", "10001", "10002", "10003")


def test_answers_say_yes_or_no() -> None:
    assert looks("favours_us", "ja", "perhaps")
    assert looks("favours_us", "", "1")
    assert not looks("favours_us", "Bosch", "Siemens")
    assert looks("favours_us", "")


def test_a_column_that_is_only_called_as_a_field_is_asked_about_and_never_dropped() -> None:
    found = in_list(Customer=["A", "B"], Revenue_with_us=["much", "more"])
    assert found == {"Customer": "name", "Revenue with us": "revenue?"}
    found = in_list(Debitor=["Ash GmbH", "Bay AG", "Elm Ltd"], Sales=["Kim Lee"] * 3)
    assert found == {"Debitor": "name?", "Sales": "revenue?"}


def test_a_criterion_in_percent_is_met_by_its_own_name_with_the_sign() -> None:
    criterion = Target("criterion:c1", "Share of wallet in %", "number")
    assert match(["Share of wallet %"], [criterion])["Share of wallet %"].certain
    assert not match(["Share of wallet (kEUR)"], [criterion])["Share of wallet (kEUR)"].target


# --- the lists in which such columns were found ---------------------------------------------------


def in_list(**columns: Sequence[str]) -> dict[str, str]:
    """Header -> field, with a question mark where it is asked; blanks stand for underscores."""
    cells = {header.replace("_", " "): value for header, value in columns.items()}
    found = match(cells, CUSTOMER_TARGETS, cells)
    asked = {header for header, m in found.items() if not m.certain}
    asked |= set(rivals(found, CUSTOMER_TARGETS, cells))
    return {h: f"{m.target}{'?' * (h in asked)}" for h, m in found.items() if m.target}


def test_a_gross_margin_in_money_is_no_percentage_beside_revenue() -> None:
    found = in_list(Customer=["A"], Revenue=["36"], Gross_margin=["12"])
    assert found == {"Customer": "name", "Revenue": "revenue", "Gross margin": "margin_pct?"}


def test_last_year_is_not_taken_for_revenue_and_this_year_is_asked_about() -> None:
    found = in_list(Customer=["A"], Sales_last_year=["5"], Sales_current_year=["3"])
    assert found == {"Customer": "name", "Sales current year": "revenue?"}
    found = in_list(Kunde=["A"], Umsatz_Vorjahr=["5"], Umsatz_lfd_Jahr=["3"])
    assert found == {"Kunde": "name", "Umsatz lfd Jahr": "revenue?"}


def test_revenue_beside_that_of_last_year_is_certain() -> None:
    found = in_list(Kunde=["A", "B"], Umsatz=["5", "6"], Umsatz_Vorjahr=["3", "4"])
    assert found == {"Kunde": "name", "Umsatz": "revenue"}


def test_an_account_full_of_legal_forms_is_the_customer() -> None:
    found = in_list(
        Account=["Ash GmbH", "Bay AG", "Elm Ltd", "Fir Inc.", "Gum AG", "Hop KG"],
        Manager=["Kim Lee", "Anna Day", "Kim Lee", "Anna Day", "Kim Lee", "Anna Day"],
        Sales_2026=["5", "6", "7", "8", "9", "4"],
        Sales_2025=["4", "5", "7", "8", "9", "4"],
    )
    assert found == {"Account": "name", "Manager": "owner", "Sales 2026": "revenue?"}
