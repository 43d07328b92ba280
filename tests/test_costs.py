"""What a place for a name costs, on a plot small enough to check by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.charts import costs
from kam.charts.costs import Box, Bubbles, Candidates, Ground

HEIGHT = 10 * costs.LINE_HEIGHT
RIGHT, LEFT = 0, 1  # the first two places: beside the bubble, nearest


def bubbles(*discs: tuple[float, float, float]) -> Bubbles:
    x, y, radius = np.array(discs, dtype=float).T
    return Bubbles(x, y, radius, [f"customer {row}" for row in range(len(discs))])


def places_of(found: Bubbles, width: float = 40.0) -> Candidates:
    return costs.candidates(found, np.full(len(found.x), width), 10.0)


def ground(**options: object) -> Ground:
    return Ground(300.0, 200.0, 10.0, **options)  # type: ignore[arg-type]


def test_the_first_place_is_right_of_the_bubble_at_its_height() -> None:
    box = places_of(bubbles((100, 50, 8))).box[0, RIGHT]
    assert box == pytest.approx([111, 50 - HEIGHT / 2, 151, 50 + HEIGHT / 2])


def test_the_second_place_mirrors_the_first() -> None:
    box = places_of(bubbles((100, 50, 8))).box[0, LEFT]
    assert box == pytest.approx([49, 50 - HEIGHT / 2, 89, 50 + HEIGHT / 2])


def test_no_place_covers_the_middle_of_its_own_bubble() -> None:
    box = places_of(bubbles((100, 50, 8))).box[0]
    inside = (box[:, 0] < 100) & (box[:, 2] > 100) & (box[:, 1] < 50) & (box[:, 3] > 50)
    assert not inside.any()


def test_a_leader_is_drawn_only_from_nine_px_on() -> None:
    places = places_of(bubbles((100, 50, 8)))
    gap = np.hypot(*(places.leader[0, :, :2] - places.leader[0, :, 2:]).T)
    assert ((gap > costs.LEADER_FROM) == places.led[0]).all()
    assert places.led.any()
    assert not places.led.all()


def test_a_leader_starts_at_the_edge_of_the_bubble() -> None:
    places = places_of(bubbles((100, 50, 8)))
    far = np.hypot(places.leader[0, :, 0] - 100, places.leader[0, :, 1] - 50)
    assert far == pytest.approx(np.full(len(far), 8.0))


def test_alone_the_place_at_the_right_is_cheapest() -> None:
    found = bubbles((100, 50, 8))
    assert costs.alone(found, ground(), places_of(found)).cost[0].argmin() == RIGHT


@pytest.mark.parametrize(
    ("other", "taken"),
    [((130, 50, 8), ()), ((10, 190, 3), ((115.0, 40.0, 160.0, 60.0),))],
    ids=["another bubble", "a zone title"],
)
def test_a_place_is_forbidden_where_it_covers(
    other: tuple[float, float, float], taken: tuple[Box, ...]
) -> None:
    found = bubbles((100, 50, 8), other)
    judged = costs.alone(found, ground(obstacles=taken), places_of(found))
    assert judged.forbidden[0, RIGHT]
    assert not judged.forbidden[0, LEFT]
    assert judged.cost[0, RIGHT] >= costs.FORBIDDEN


def test_a_place_beyond_the_edge_is_forbidden() -> None:
    found = bubbles((290, 50, 5))
    judged = costs.alone(found, ground(), places_of(found))
    assert judged.forbidden[0, RIGHT]
    assert not judged.forbidden[0, LEFT]


def test_what_should_be_avoided_costs_but_is_not_forbidden() -> None:
    found = bubbles((100, 50, 8))
    bar = ((115.0, 48.0, 160.0, 52.0),)
    judged = costs.alone(found, ground(avoid=bar), places_of(found))
    assert not judged.forbidden[0, RIGHT]
    assert judged.cost[0, RIGHT] > judged.cost[0, LEFT]


@pytest.mark.parametrize("line", [{"across": (120.0,)}, {"along": (48.0,)}])
def test_a_place_across_a_cut_off_costs_more(line: dict[str, tuple[float, ...]]) -> None:
    found = bubbles((100, 50, 8))
    places = places_of(found)
    with_line = costs.alone(found, ground(**line), places).cost
    assert with_line[0, RIGHT] >= costs.alone(found, ground(), places).cost[0, RIGHT] + 250


def test_a_name_between_two_bubbles_costs_for_being_ambiguous() -> None:
    near, far = bubbles((100, 50, 8), (163, 50, 8)), bubbles((100, 50, 8), (240, 50, 8))
    doubtful = costs.alone(near, ground(), places_of(near)).cost[0, RIGHT]
    assert doubtful > costs.alone(far, ground(), places_of(far)).cost[0, RIGHT]


def test_a_leader_through_another_bubble_costs_more_than_one_beside_it() -> None:
    found = bubbles((100, 50, 8), (125, 50, 4))
    places = places_of(found)
    through = (places.led[0]) & (np.abs(places.leader[0, :, 3] - 50) < 1)
    through &= places.leader[0, :, 2] > 130
    mirrored = places.led[0] & (np.abs(places.leader[0, :, 3] - 50) < 1)
    mirrored &= places.leader[0, :, 2] < 70
    judged = costs.alone(found, ground(), places).cost[0]
    assert judged[through].min() > judged[mirrored].min() + 200


def test_moving_away_from_last_time_costs_up_to_a_limit() -> None:
    found = bubbles((100, 50, 8))
    places = places_of(found)
    stood = {"customer 0": (-31.0, 0.0)}
    judged = costs.alone(found, ground(previous=stood), places).cost[0]
    assert judged[LEFT] < judged[RIGHT]
    assert judged[RIGHT] - costs.alone(found, ground(), places).cost[0, RIGHT] <= 2.2 * 60


def test_a_new_name_has_not_moved() -> None:
    found = bubbles((100, 50, 8))
    assert np.isnan(costs.moves(found, ground(), places_of(found))).all()


def test_two_names_on_one_place_are_forbidden_to_each_other() -> None:
    found = bubbles((100, 50, 8), (100, 55, 8))
    cost = costs.between(places_of(found), 0, RIGHT)
    assert cost[1, RIGHT] > costs.FORBIDDEN
    assert cost[1, LEFT] == 0
    assert (cost[0] == 0).all()


discs = st.tuples(st.floats(20, 280), st.floats(20, 180), st.floats(4, 26))


@given(discs, discs, st.integers(0, 143), st.integers(0, 143))
def test_two_places_cost_each_other_the_same(
    one: tuple[float, float, float], two: tuple[float, float, float], here: int, there: int
) -> None:
    places = places_of(bubbles(one, two))
    forth, back = costs.between(places, 0, here), costs.between(places, 1, there)
    assert forth[1, there] == pytest.approx(back[0, here])


@given(discs, discs)
def test_overlaps_are_mutual_and_never_with_itself(
    one: tuple[float, float, float], two: tuple[float, float, float]
) -> None:
    found = costs.overlaps(places_of(bubbles(one, two)).box[:, RIGHT])
    assert (found == found.T).all()
    assert not found.diagonal().any()
