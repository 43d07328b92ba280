"""Zones, titles, lines and the key stand where the workshop put them."""

import pandas as pd

from kam.charts.matrix_furniture import key, line_rows, tags, titles, zones
from kam.charts.matrix_view import TOP, Layout, Scale, View
from kam.charts.theme import TINT
from kam.model import Class, CutOffs


def view(width: int = 1_112, **lines: float) -> View:
    return View(lines=CutOffs(**lines), layout=Layout(width, 440))


def customers(*classes: Class) -> pd.DataFrame:
    rows = [(f"c{i}", 5.0 + i / 10, 5.0, klass.value, 4.0, 12.0) for i, klass in enumerate(classes)]
    columns = ["id", "strength", "attractiveness", "klass", "size", "radius"]
    return pd.DataFrame(rows, columns=columns)


def test_the_four_zones_cover_the_plot_without_overlap() -> None:
    seen = view(strength=4, attractiveness=6, strategic=8)
    fields = zones(seen, Scale(seen))
    area = sum((z["x2"] - z["x"]) * (z["y2"] - z["y"]) for z in fields)
    assert area == TOP * TOP
    assert {z["fill"] for z in fields} == set(TINT.values())


def test_titles_count_the_classes() -> None:
    seen = view()
    found = titles(customers(Class.KEY_CORE, Class.KEY_CORE), seen, Scale(seen))
    assert "Key · core · 2" in {title["text"] for title in found}
    assert "Low priority · 0" in {title["text"] for title in found}


def test_lines_run_from_end_to_end_and_the_strategic_one_only_in_the_key_zone() -> None:
    upright, level, strategic = line_rows(view(strength=4))
    assert (upright["x"], upright["x2"]) == (4, 4)
    assert level["x2"] == TOP
    assert strategic["x"] == 4


def test_tags_that_would_touch_stand_apart() -> None:
    seen = view(strategic=5.0)
    right = [tag for tag in tags(seen, Scale(seen)) if tag["align"] == "left"]
    assert abs(right[0]["top"] - right[1]["top"]) >= 12


def test_the_key_never_runs_into_the_title_of_the_axis() -> None:
    for width in (1_112, 724, 500):
        left = min(row["left"] for row in key(customers(Class.KEY_CORE), view(width)))
        row_tops = {row["top"] for row in key(customers(Class.KEY_CORE), view(width))}
        assert left > 200 or row_tops == {-58.0}
