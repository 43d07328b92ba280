"""One column understood: values, problems, notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.intake.figures import numbers
from kam.intake.headers.aliases import Target
from kam.intake.lists.fields import Cells, Understood, Written, answers_in, figures_in, texts_in

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


@pytest.mark.parametrize(("factor", "currency"), [(1.0, "USD"), (1_000.0, "USD"), (0.92, "")])
def test_amounts_that_were_converted_by_a_rate_have_no_foreign_currency_any_more(
    factor: float, currency: str
) -> None:
    column = cells("5", header="Revenue (kUSD)")
    assert figures_in(column, Written(factor=factor)).currency == currency


def test_shares_under_a_percent_sign_are_told() -> None:
    found = figures_in(cells("0.2", "0.35", header="Margin %"), None)
    assert found.notes == (
        "Column Margin %: all values lie between 0 and 1: we read 0.2 as 0.2 %, not as 20 %.",
    )


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
