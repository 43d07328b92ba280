"""Scores to pixels, and the end of the axes."""

import pandas as pd
import pytest

from kam.charts.matrix_view import TOP, Layout, Scale, View, domain, widened
from kam.model import CutOffs


def view(domain: tuple[float, float] = (0.0, 0.0), **lines: float) -> View:
    return View(lines=CutOffs(**lines), layout=Layout(1_000, 500), domain=domain)


def frame(*positions: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(list(positions), columns=["strength", "attractiveness"])


def test_the_ends_of_the_axes_are_the_edges_of_the_plot() -> None:
    scale = Scale(view((2.0, 1.0)))
    assert float(scale.x(2)) == 0
    assert float(scale.x(TOP)) == 1_000
    assert float(scale.y(1)) == 500
    assert float(scale.y(TOP)) == 0


@pytest.mark.parametrize(("low", "end"), [(0.1, 0.0), (2.7, 2.0), (9.0, 4.0)])
def test_an_axis_begins_at_a_whole_number_below_the_scores(low: float, end: float) -> None:
    assert domain(frame((low, 9.0)))[0] == end


def test_a_frozen_axis_makes_room_for_a_score_that_fell_below_it() -> None:
    assert widened(view((4.0, 4.0)), frame((1.2, 6.0))).domain == (0.0, 4.0)


def test_a_frozen_axis_makes_room_for_a_line_that_was_moved_below_it() -> None:
    assert widened(view((4.0, 4.0), strength=2.0), frame((6.0, 6.0))).domain[0] <= 2.0
