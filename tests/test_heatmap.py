"""The profile heatmap: blue by value, a question mark where nothing is known."""

import pandas as pd
import pytest

from kam.charts.heatmap import PAGE, blue, heatmap
from tests.sheets import inside, tips, words

NAN = float("nan")


def cells(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    named = [(c, c, k, f"Criterion {k}", value, raw, "%") for c, k, value, raw in rows]
    columns = ["customer", "name", "criterion", "title", "value", "raw", "unit"]
    return pd.DataFrame(named, columns=columns)


TWO = cells(("Alder", "A", 10, 30), ("Alder", "B", NAN, NAN), ("Birch", "A", 0, 0))


def test_the_ends_of_the_scale_are_white_and_navy() -> None:
    assert blue(0) == "#FFFFFF"
    assert blue(10) == "#0B3A6B"
    assert blue(5) == "#8FB0D4"


def test_an_unknown_score_is_a_question_mark_never_a_zero() -> None:
    picture = heatmap(TWO)
    assert words(picture).count("?") == 1
    assert "Alder: unknown" in tips(picture)
    assert "1 are unknown" in picture.alt


def test_cells_carry_the_raw_level_and_tell_its_worth() -> None:
    picture = heatmap(TWO)
    assert {"30", "0"} <= set(words(picture))
    assert "Alder, Criterion A: 30 %, worth 10.0" in tips(picture)


def test_a_number_on_dark_blue_is_white() -> None:
    colors = {row["text"]: row["color"] for row in heatmap(TWO).datasets["words"]}
    assert colors["30"] == "#FFFFFF"
    assert colors["0"] == "#111827"


@pytest.mark.parametrize(("page", "expected"), [(0, PAGE), (1, 5)])
def test_twenty_customers_stand_on_a_page(page: int, expected: int) -> None:
    many = cells(*[(f"C{i}", "A", 5.0, 1.0) for i in range(PAGE + 5)])
    picture = heatmap(many, page=page)
    assert sum(text.startswith("C") and text[1:].isdigit() for text in words(picture)) == expected


def test_long_criteria_are_wrapped_into_their_column() -> None:
    frame = cells(("Alder", "A", 5, 5))
    frame["title"] = "Incremental profit potential over the next three years and beyond that"
    assert inside(heatmap(frame, width=400))


def test_nobody_gives_an_empty_sheet() -> None:
    assert heatmap(cells()).datasets["rects"] == []
