"""Names beside bubbles: none covers anything, few are hidden, and they keep their place."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.charts.costs import LINE_HEIGHT, Bubbles, Ground
from kam.charts.labels import Placement, place, text_width

WIDTH, HEIGHT = 1128.0, 440.0
TITLES = ((938.0, 4.0, 1122.0, 30.0), (6.0, 4.0, 250.0, 30.0), (6.0, 410.0, 150.0, 436.0))
TOUCH = 2.0  # px of a bubble's edge that the halo of a name may cover
SYLLABLES = (
    "al",
    "ber",
    "cor",
    "dan",
    "el",
    "fen",
    "gar",
    "hol",
    "in",
    "jun",
    "kes",
    "lor",
    "mar",
    "nor",
    "ost",
    "pel",
    "quar",
    "rud",
    "sol",
    "tam",
)


def crowd(seed: int, count: int = 40) -> Bubbles:
    """Customers as in a workshop: strength and attractiveness somewhat correlated."""
    random = np.random.default_rng(seed)
    both = random.multivariate_normal([0, 0], [[1, 0.32], [0.32, 1]], count)
    score = np.clip(5.9 + 1.35 * both, 0.5, 10)
    revenue = np.exp(random.normal(1.6 + 0.45 * both[:, 1], 0.75))
    words = [random.choice(SYLLABLES, 4) for _ in range(count)]
    return Bubbles(
        x=score[:, 1] / 10.2 * WIDTH,
        y=HEIGHT - score[:, 0] / 10.2 * HEIGHT,
        radius=np.maximum(6.5, 26 * np.sqrt(revenue / revenue.max())),
        names=[f"{''.join(w[:2])} {''.join(w[2:])} {n}".title() for n, w in enumerate(words)],
    )


def ground(previous: dict[str, tuple[float, float]] | None = None) -> Ground:
    cut = (5 / 10.2 * WIDTH,), (HEIGHT - 5 / 10.2 * HEIGHT,)
    return Ground(WIDTH, HEIGHT, 15.0, TITLES, *cut, previous or {})


def boxes(bubbles: Bubbles, placed: Placement) -> list[tuple[int, tuple[float, ...]]]:
    """Row and box of every shown name, measured apart from the code under test."""
    found: list[tuple[int, tuple[float, ...]]] = []
    for row in np.flatnonzero(placed.shown).tolist():
        half = text_width(bubbles.names[row], 15.0) / 2
        x, y, up = float(placed.x[row]), float(placed.y[row]), 15.0 * LINE_HEIGHT / 2
        found.append((row, (x - half, y - up, x + half, y + up)))
    return found


def meet(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    across = min(one[2], two[2]) - max(one[0], two[0])
    return across > 1e-6 and min(one[3], two[3]) - max(one[1], two[1]) > 1e-6


def depth(box: tuple[float, ...], x: float, y: float, radius: float) -> float:
    aside, above = max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0)
    return radius - math.hypot(aside, above)


def assert_clean(bubbles: Bubbles, placed: Placement) -> None:
    """No shown name covers another name, another bubble or a title, or leaves the plot."""
    shown = boxes(bubbles, placed)
    assert not [pair for pair in itertools.combinations(shown, 2) if meet(pair[0][1], pair[1][1])]
    discs = list(zip(bubbles.x, bubbles.y, bubbles.radius, strict=True))
    for row, box in shown:
        assert not [title for title in TITLES if meet(box, title)]
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= WIDTH
        assert box[3] <= HEIGHT
        others = (disc for other, disc in enumerate(discs) if other != row)
        assert max((depth(box, *disc) for disc in others), default=0) <= TOUCH + 1e-6


def test_in_25_crowds_of_40_no_name_covers_anything_and_at_most_one_is_hidden_as_a_rule() -> None:
    hidden = []
    for seed in range(25):
        bubbles = crowd(seed)
        placed = place(bubbles, ground())
        assert_clean(bubbles, placed)
        hidden.append(placed.hidden)
    assert np.median(hidden) <= 1
    assert max(hidden) <= 4


def test_after_a_small_change_names_stay_clean_and_most_keep_their_place() -> None:
    moved, cold_moved = [], []
    for seed in range(8):
        bubbles = crowd(seed)
        before = place(bubbles, ground())
        shift = np.random.default_rng(seed).normal(0, [[8], [5]], (2, 40))
        changed = Bubbles(bubbles.x + shift[0], bubbles.y + shift[1], bubbles.radius, bubbles.names)
        warm, cold = place(changed, ground(before.offsets)), place(changed, ground())
        discs = Bubbles(changed.x, changed.y, changed.radius, changed.names)
        assert_clean(discs, warm)
        moved.append(jumps(before, warm))
        cold_moved.append(jumps(before, cold))
    assert sum(moved) < sum(cold_moved)


def jumps(before: Placement, after: Placement) -> int:
    """How many names moved more than 20 px against their bubble."""
    shared = before.offsets.keys() & after.offsets.keys()
    return sum(math.dist(before.offsets[name], after.offsets[name]) > 20 for name in shared)


def test_nothing_changed_means_nothing_moves() -> None:
    bubbles = Bubbles(
        np.array([100.0, 500.0]), np.array([100.0, 300.0]), np.array([9.0, 9.0]), ["Alder", "Brook"]
    )
    before = place(bubbles, ground())
    assert place(bubbles, ground(before.offsets)).offsets == before.offsets


def test_the_same_data_give_the_same_picture() -> None:
    one, two = place(crowd(3), ground()), place(crowd(3), ground())
    assert (one.x == two.x).all()
    assert (one.y == two.y).all()


def test_without_customers_there_are_no_names() -> None:
    nothing = np.array([])
    placed = place(Bubbles(nothing, nothing, nothing, []), ground())
    assert placed.hidden == 0
    assert placed.offsets == {}


def test_a_single_name_stands_right_of_its_bubble_without_a_leader() -> None:
    bubbles = Bubbles(np.array([300.0]), np.array([300.0]), np.array([10.0]), ["Alder"])
    placed = place(bubbles, ground())
    assert placed.x[0] == pytest.approx(313 + text_width("Alder", 15.0) / 2)
    assert placed.y[0] == 300
    assert placed.start_x[0] == placed.end_x[0]
    assert placed.start_y[0] == placed.end_y[0]


def test_customers_on_one_spot_are_named_around_it_and_the_rest_is_counted() -> None:
    count = 40
    same = Bubbles(
        np.full(count, 700.0),
        np.full(count, 150.0),
        np.full(count, 10.0),
        [f"Customer {n}" for n in range(count)],
    )
    placed = place(same, ground())
    shown = boxes(same, placed)
    assert not [pair for pair in itertools.combinations(shown, 2) if meet(pair[0][1], pair[1][1])]
    assert placed.hidden == count - len(shown)
    assert len(shown) >= 5


def test_a_name_that_cannot_fit_is_hidden() -> None:
    bubbles = Bubbles(np.array([300.0]), np.array([300.0]), np.array([10.0]), ["m" * 200])
    assert place(bubbles, ground()).hidden == 1


def test_a_leader_joins_its_bubble_to_its_name() -> None:
    bubbles = crowd(4)
    placed = place(bubbles, ground())
    length = np.hypot(placed.end_x - placed.start_x, placed.end_y - placed.start_y)
    led = length > 0
    at_edge = np.hypot(placed.start_x - bubbles.x, placed.start_y - bubbles.y)
    assert led.any()
    assert at_edge[led] == pytest.approx(bubbles.radius[led])
    assert (np.abs(placed.end_y - placed.y)[led] <= 15 * LINE_HEIGHT / 2).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_whatever_the_customers_no_name_covers_anything(seed: int, count: int) -> None:
    bubbles = crowd(seed, count)
    assert_clean(bubbles, place(bubbles, ground()))


def test_text_widths_grow_with_size_and_weight() -> None:
    assert text_width("Key · core", 30) == pytest.approx(2 * text_width("Key · core", 15))
    assert text_width("Key · core", 15, 700) > text_width("Key · core", 15, 400)


def test_east_asian_letters_take_one_em_each() -> None:
    assert text_width("株式会社", 15) == pytest.approx(60)
