"""One column understood: values, problems, notes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.figures import GROUPED, numbers
from kam.intake.headers.aliases import Target
from kam.intake.headers.content import is_filler
from kam.intake.lists.fields import (
    Cells,
    Understood,
    Whole,
    Written,
    answers_in,
    figures_in,
    texts_in,
)

SIZE = Target("size", "Size", "number", low=0, high=10)


def cells(*texts: str, target: Target = SIZE, header: str = "Size") -> Cells:
    return Cells(header, target, texts, tuple(range(2, len(texts) + 2)))


def test_each_text_has_one_value_and_each_trouble_one_problem() -> None:
    found = figures_in(cells("3", "", "x", "11", "9e99"), None)
    assert found.values == [3.0, None, None, 11.0, None]
    assert [(one.line, one.kind) for one in found.problems] == [
        (4, "number"),
        (6, "large"),
        (5, "outside"),
    ]


@given(
    st.lists(
        st.one_of(
            st.just(""),
            st.integers(-(10**12) + 1, 10**12 - 1).map(str),
            st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(str),
        ),
        max_size=8,
    )
)
def test_cells_as_programs_write_them_are_read_as_all_others(texts: list[str]) -> None:
    """The quick way for plain cells gives what the thorough way gives."""
    read = numbers("Size", texts)
    found = figures_in(cells(*texts, target=Target("size", "Size", "number")), None)
    assert tuple(found.values) == read.values
    assert "".join(found.notes) == read.decision.note


@pytest.mark.parametrize(
    ("written", "value"),
    [(None, 1_234.0), (Written(","), 1.234), (Written(".", 1_000), 1_234_000.0)],
)
def test_a_person_says_how_a_number_is_written(written: Written | None, value: float) -> None:
    assert figures_in(cells("1,234"), written).values == [value]


def test_shares_under_a_percent_sign_are_told() -> None:
    found = figures_in(cells("0.2", "0.35", header="Margin %"), None)
    assert found.notes == (
        "Column Margin %: all values lie between 0 and 1: we read 0.2 as 0.2 %, not as 20 %.",
    )


MARGIN = Target("margin_pct", "Margin in %", "number")
MONEY = Target("revenue", "Revenue with us", "number")


def test_shares_in_a_field_of_percentages_are_told_whatever_the_header_says() -> None:
    found = figures_in(cells("0.25", "-0.1", "1.2", target=MARGIN, header="Margin"), None)
    assert found.values == [0.25, -0.1, 1.2]
    assert "we read 0.2 as 0.2 %, not as 20 %" in found.notes[0]


def test_a_person_says_that_figures_are_shares_and_signs_stay_what_they_are() -> None:
    column = cells("0.25", "30 %", "", target=MARGIN, header="Margin")
    assert figures_in(column, Written(factor=100)).values == [25.0, 30.0, None]


def test_a_small_figure_among_percentages_is_asked_and_stays_unknown() -> None:
    found = figures_in(cells("12 %", "0.15", "20", target=MARGIN, header="Margin"), None)
    assert found.values == [12.0, None, 20.0]
    assert [(one.line, one.kind) for one in found.problems] == [(3, "percent")]
    assert "it may be 0.15 % or 15 %" in found.problems[0].message


def test_a_percentage_is_no_amount() -> None:
    found = figures_in(cells("100", "5%", target=MONEY, header="Revenue"), None)
    assert found.values == [100.0, None]
    assert [one.kind for one in found.problems] == ["percent"]


@pytest.mark.parametrize(
    ("texts", "values"),
    [(("5 %", "7 %", "0.5"), [5.0, 7.0, None]), (("5", "7", "5 %"), [5.0, 7.0, None])],
)
def test_in_a_column_of_plain_numbers_most_cells_tell_whether_they_are_percentages(
    texts: tuple[str, ...], values: list[float | None]
) -> None:
    target = Target("fact", "Growth", "number")
    assert figures_in(cells(*texts, target=target, header="Growth"), None).values == values


def test_a_number_with_two_readings_among_contradicting_marks_is_asked() -> None:
    column = cells("1.234,50", "1,234", "22.5", "12,5", target=MONEY, header="Revenue")
    found = figures_in(column, None)
    assert found.values == [1234.5, None, 22.5, 12.5]
    assert [(one.line, one.kind) for one in found.problems] == [(3, "mark")]
    assert "it may be" in found.problems[0].message
    assert figures_in(column, Written(",")).values == [1234.5, 1.234, 22.5, 12.5]


def test_amounts_in_groups_of_thousands_are_told_and_need_no_answer() -> None:
    column = cells("37,035", "80,000", "1,000", "9,500", "12,000", target=MONEY, header="Sum")
    found = figures_in(column, None)
    assert found.values == [37_035.0, 80_000.0, 1_000.0, 9_500.0, 12_000.0]
    assert found.notes == (f'Column Sum: "37,035" is read as 37035, {GROUPED}.',)


@pytest.mark.parametrize(
    ("key", "header", "money"),
    [
        ("revenue", "Revenue", True),
        ("revenue", "Revenue in millions", False),
        ("revenue", "Revenue KWD", False),
        ("margin_pct", "Margin", False),
        ("hours", "Hours", False),
        ("fact", "Weight", False),
    ],
)
def test_only_amounts_in_units_of_a_currency_with_hundredths_are_money(
    key: str, header: str, *, money: bool
) -> None:
    assert cells("1.234", target=Target(key, key, "number"), header=header).money is money


def test_amounts_in_a_currency_with_thousandths_are_asked_about() -> None:
    column = cells(*["KWD 12.345"] * 5, target=MONEY, header="Revenue")
    found = figures_in(column, None)
    assert found.values == [12.345] * 5
    assert "can be read in two ways" in found.notes[0]


def test_what_a_whole_column_told_holds_for_some_of_its_cells() -> None:
    """One row alone would tell neither its mark nor the currency of the others."""
    whole = Whole(",", usual="EUR", percent="figures")
    column = replace(cells("1.234", "$5", "0.2", target=MONEY, header="Revenue"), whole=whole)
    found = figures_in(column, None)
    assert found.values == [1234.0, None, None]
    assert {one.kind for one in found.problems} == {"currency", "percent"}
    assert found.whole == whole
    mixed = replace(column, whole=Whole(",", mixed=True))
    assert figures_in(mixed, None).values[0] is None


def test_what_a_column_tells_is_kept_for_its_repaired_rows() -> None:
    column = cells("EUR 1.234,50", "EUR 99.5", "5 %", target=MONEY, header="Revenue")
    found = figures_in(column, None).whole
    assert found == Whole(".", mixed=True, usual="EUR", currency="EUR", percent="amounts")


def test_a_file_with_semicolons_has_decimal_commas_as_long_as_no_cell_tells() -> None:
    column = replace(cells("1.234", "150.000", target=MONEY), likely=",")
    found = figures_in(column, None)
    assert (found.values, found.whole.mark) == ([1234.0, 150000.0], ",")
    assert "can be read in two ways" in found.notes[0]


@pytest.mark.parametrize("text", ["n/a", "N/A", "-", "--", "./.", "k.A.", "(blank)"])
def test_a_filler_is_no_text_and_is_told(text: str) -> None:
    found = texts_in(cells(text, "Ash", target=Target("owner", "Owner")))
    assert list(found.values) == [None, "Ash"]
    assert [(one.kind, one.blocks) for one in found.problems] == [("filler", False)]


@pytest.mark.parametrize("text", ["NA", "None", "Na", "x-y", "0", "AB"])
def test_a_short_name_is_no_filler(text: str) -> None:
    assert not is_filler(text)
    assert list(texts_in(cells(text, target=Target("owner", "Owner"))).values) == [text]


def test_answers_that_are_empty_are_not_known_and_no_problem() -> None:
    found = answers_in(cells("yes", "", "perhaps", "?", target=Target("f", "F", "yes_no")))
    assert found.values == ["yes", None, None, "unknown"]
    assert [one.line for one in found.problems] == [4]


def test_texts_are_kept_as_they_are_if_they_fit() -> None:
    found = texts_in(cells(" a ", "", "x" * 4_001, target=Target("needs", "Needs")))
    assert isinstance(found, Understood)
    assert list(found.values) == [" a ", None, None]
    assert [one.kind for one in found.problems] == ["long"]


STRICT = Target("chance", "Chance", "number", low=0, high=100, strict=True)


def test_a_number_beyond_a_strict_range_stays_unknown_and_is_told() -> None:
    found = figures_in(cells("50", "150", "-1", "", target=STRICT), None)
    assert list(found.values) == [50.0, None, None, None]
    assert [(one.line, one.kind) for one in found.problems] == [(3, "outside"), (4, "outside")]
    assert "must lie between 0 and 100" in found.problems[0].message


def test_a_number_beyond_a_range_that_is_not_strict_is_kept_and_told() -> None:
    found = figures_in(cells("11"), None)
    assert list(found.values) == [11.0]
    assert "check whether it is right" in found.problems[0].message


def test_a_strict_range_holds_for_the_number_as_a_person_says_it_is_written() -> None:
    found = figures_in(cells("1", target=STRICT), Written(factor=1_000))
    assert list(found.values) == [None]


# --- percentages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["revenue", "hours", "gain"])
def test_a_percentage_in_a_column_of_amounts_stays_unknown_and_is_told(key: str) -> None:
    found = figures_in(cells("5%", "7", target=Target(key, "Money", "number")), None)
    assert found.values == [None, 7.0]
    assert [(one.line, one.kind) for one in found.problems] == [(2, "percent")]


def test_percentages_are_at_home_in_a_column_of_percentages() -> None:
    margin = Target("margin_pct", "Margin in %", "number")
    assert figures_in(cells("5%", "7", target=margin), None).values == [5.0, 7.0]


@pytest.mark.parametrize("key", ["fact", "criterion:a"])
def test_of_other_columns_most_cells_tell(key: str) -> None:
    target = Target(key, "Share", "number")
    assert figures_in(cells("5%", "7%", "", target=target), None).values == [5.0, 7.0, None]
    mixed = figures_in(cells("5%", "7", "8", target=target), None)
    assert mixed.values == [None, 7.0, 8.0]
    named = figures_in(cells("5%", "7", "8", target=target, header="Share %"), None)
    assert named.values == [5.0, 7.0, 8.0]
