"""Numbers of a spreadsheet as it shows them, as far as that changes what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.figures import exact, numbers
from kam.intake.tables.formats import PERCENT, Format, format_of, in_currency, number_text


def shown(code: str, value: str) -> str:
    found = format_of(code)
    return found.shown(value) if found else "as it stands"


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", "0.25", "25 %"),
        ("0.00%", "0.255", "25.5 %"),
        ("0%;[Red]-0%", "-0.1", "-10 %"),
        ("#,##0.0 %", "1.5", "150 %"),
        ("0%", "1.1E-2", "1.1 %"),
        ("0.0%", "0.01234", "1.2340 %"),
        ("0%", "0", "0 %"),
    ],
)
def test_a_percentage_is_a_hundredfold_with_its_sign(code: str, value: str, text: str) -> None:
    assert shown(code, value) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("00000", "42", "00042"),
        ('"C-"0000', "42", "C-0042"),
        ("000-000", "123456", "123-456"),
        (r"000\-000", "42", "000-042"),
        ("(000) 000-0000", "5551234567", "(555) 123-4567"),
        ("00-00", "12345", "123-45"),
        ("0000", "12345", ""),
        ("0000", "4.5", ""),
        ("0000", "-42", ""),
    ],
)
def test_an_id_of_a_fixed_length_keeps_zeros_and_texts(code: str, value: str, text: str) -> None:
    assert shown(code, value) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("#,##0.00 [$€-407]", "€ 1200.5"),
        ('"€"#,##0', "€ 1200.5"),
        (r"#,##0.00\ \€", "€ 1200.5"),
        ("$#,##0", "$ 1200.5"),
        ('0.00 "CHF"', "CHF 1200.5"),
        ("_-[$USD] * #,##0.00_-;-[$USD] * #,##0.00_-", "USD 1200.5"),
    ],
)
def test_an_amount_names_the_currency_of_its_format(code: str, text: str) -> None:
    assert shown(code, "1200.5") == text


@pytest.mark.parametrize(
    "code",
    [
        *("General", "0", "0.00", "#,##0", "yyyy-mm-dd", "[$-409]d mmm yyyy", "@", "", '0" pcs"'),
        *('0" % of all"', "[>100]0", "_-* #,##0.00_-", '#,##0 "Stück"', "[$R$-416] #,##0"),
    ],
)
def test_a_format_that_adds_nothing_leaves_the_number_as_it_stands(code: str) -> None:
    assert format_of(code) is None


def test_an_amount_with_three_decimals_is_not_taken_for_thousands() -> None:
    assert in_currency("EUR").shown("1.234") == "EUR 1.2340"
    assert numbers("Revenue", [in_currency("EUR").shown("1.234")]).values == (1.234,)


def test_what_is_no_number_has_no_other_text() -> None:
    assert PERCENT.shown("nothing") == in_currency("EUR").shown("") == ""


@given(st.integers(-(10**9), 10**9))
def test_a_percentage_is_read_as_the_number_that_people_see(hundredths: int) -> None:
    text = PERCENT.shown(repr(hundredths / 10_000))
    assert float(exact(text, ".") or 0) == pytest.approx(hundredths / 100)


@given(st.text(max_size=12))
def test_any_code_is_understood_or_says_nothing(code: str) -> None:
    found = format_of(code)
    assert found is None or isinstance(found, Format)


def test_a_number_is_written_as_people_type_it() -> None:
    assert [number_text(one) for one in (3.0, 0.1 + 0.2, -2.5)] == ["3", "0.3", "-2.5"]
