"""The selection matrix: what it says, where it puts it, and that only its data change."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from kam.charts.labels import text_width
from kam.charts.matrix import Drawn, Layout, View, domain, matrix
from kam.charts.theme import FILL, PAPER
from kam.model import Class, CutOffs

COLUMNS = ["id", "name", "strength", "attractiveness", "klass", "size", "hollow", "override",
           "distance", "strength_low", "strength_high", "attractiveness_low",
           "attractiveness_high", "why"]  # fmt: skip
NAN = math.nan


def customer(
    key: str, strength: float, attractiveness: float, **changes: object
) -> dict[str, object]:
    """One row of the frame, classed by the default lines unless `klass` is given."""
    inside = min(strength - 5, attractiveness - 5)
    klass = Class.STRATEGIC if attractiveness >= 5 else Class.LOW_PRIORITY
    if inside >= 0:
        klass = Class.KEY_STRATEGIC if attractiveness >= 7 else Class.KEY_CORE
    row = dict.fromkeys(COLUMNS[9:13], NAN) | {
        "id": key,
        "name": f"Customer {key}",
        "strength": strength,
        "attractiveness": attractiveness,
        "klass": klass.value,
        "size": 4.0,
        "hollow": False,
        "override": False,
        "distance": inside,
        "why": "Grows fast.",
    }
    return row | changes


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


FOUR = frame(
    customer("a", 7.0, 8.0, size=16.0),
    customer("b", 6.0, 6.0),
    customer("c", 3.0, 7.0, size=NAN),
    customer("d", 2.5, 2.5),
)


def drawn(rows: pd.DataFrame = FOUR, **options: object) -> Drawn:
    options = {"lines": CutOffs(), "layout": Layout(), "domain": domain(rows), **options}
    return matrix(rows, View(**options))  # type: ignore[arg-type]


def rows_of(picture: Drawn, name: str) -> dict[str, dict[str, object]]:
    return {str(row["id"]): row for row in picture.picture.datasets[name]}


def titles(picture: Drawn) -> list[str]:
    return [row["text"] for row in picture.picture.datasets["titles"]]


def test_each_zone_title_counts_the_customers_of_its_class() -> None:
    assert sorted(titles(drawn())) == [
        "Key · core · 1",
        "Key · strategic · 1",
        "Low priority · 1",
        "Strategic, not yet key · 1",
    ]


def test_a_customer_without_room_is_orange_in_the_blue_zone() -> None:
    waiting = frame(customer("a", 8.0, 8.0, klass="strategic"))
    picture = drawn(waiting)
    assert rows_of(picture, "customers")["a"]["fill"] == FILL[Class.STRATEGIC]
    assert "Strategic, not yet key · 1" in titles(picture)
    assert "Key · strategic · 0" in titles(picture)


def test_area_is_proportional_to_size_between_the_limits() -> None:
    bubbles = rows_of(drawn(), "customers")
    assert bubbles["a"]["area"] == pytest.approx(math.pi * 26**2)
    assert bubbles["b"]["area"] == pytest.approx(math.pi * 13**2)


def test_an_unknown_size_is_the_smallest_bubble_and_told_as_unknown() -> None:
    bubble = rows_of(drawn(), "customers")["c"]
    assert bubble["area"] == pytest.approx(math.pi * 6.5**2)
    assert bubble["amount"] == "unknown"


def test_small_bubbles_are_drawn_after_large_ones() -> None:
    areas = [row["area"] for row in drawn().picture.datasets["customers"]]
    assert areas == sorted(areas, reverse=True)


def test_hollow_means_white_inside_and_a_ring_of_its_class() -> None:
    bubble = rows_of(drawn(frame(customer("a", 5.1, 6.0, hollow=True))), "customers")["a"]
    assert bubble["fill"] == PAPER
    assert bubble["stroke"] == FILL[Class.KEY_CORE]
    assert bubble["line"] == 3.0


def test_an_override_is_a_diamond() -> None:
    bubbles = rows_of(
        drawn(frame(customer("a", 8, 8, override=True), customer("b", 6, 6))), "customers"
    )
    assert bubbles["a"]["shape"] == "diamond"
    assert bubbles["b"]["shape"] == "circle"


def test_only_the_picked_customer_has_a_ring() -> None:
    rings = {key: row["ring"] for key, row in rows_of(drawn(picked="b"), "customers").items()}
    assert float(str(rings["b"])) > 0
    assert [key for key, ring in rings.items() if ring] == ["b"]


def test_a_bar_is_drawn_only_where_it_is_given() -> None:
    close = customer("a", 5.1, 8.0, hollow=True, strength_low=4.6, strength_high=5.6)
    bars = drawn(frame(close, customer("b", 6, 6))).picture.datasets["bars"]
    assert [(bar["x"], bar["x2"], bar["y"], bar["y2"]) for bar in bars] == [(4.6, 5.6, 8.0, 8.0)]


def test_lines_stand_where_the_cut_offs_are_and_say_so() -> None:
    picture = drawn(lines=CutOffs(strength=4, attractiveness=6, strategic=8))
    lines = picture.picture.datasets["lines"]
    assert [(line["x"], line["y"]) for line in lines[1:]] == [(domain(FOUR)[0], 6.0), (4.0, 8.0)]
    assert lines[0]["x"] == lines[0]["x2"] == 4.0
    assert [line["dashed"] for line in lines] == [False, False, True]
    tags = [tag["text"] for tag in picture.picture.datasets["tags"]]
    assert tags == ["cut-off 4", "cut-off 6", "from 8"]


def test_the_word_strategic_never_stands_alone() -> None:
    said = (
        json.dumps(drawn().picture.whole(), ensure_ascii=False).lower().replace("key_strategic", "")
    )
    alone = said.replace("key · strategic", "").replace("strategic, not yet key", "")
    assert "strategic" not in alone


def test_tags_of_equal_lines_do_not_touch() -> None:
    tags = drawn(lines=CutOffs(attractiveness=6, strategic=6)).picture.datasets["tags"]
    assert abs(tags[1]["top"] - tags[2]["top"]) >= 12


@pytest.mark.parametrize(
    "layout", [Layout(), Layout(880), Layout(590, font_size=14), Layout(500), Layout(360)]
)
def test_the_key_stays_clear_of_the_axis_title(layout: Layout) -> None:
    key = drawn(layout=layout, size_label="Revenue, EUR m").picture.datasets["key"]
    left = min(row["left"] for row in key if row["text"])
    beside = left > text_width("↑ How attractive the customer is", 14, 600) - 34
    assert beside or all(row["top"] < -50 for row in key)
    assert left > -40


def test_the_key_shows_round_sizes_that_the_data_reach() -> None:
    words = [row["text"] for row in drawn().picture.datasets["key"] if row["text"]]
    assert words[2:] == ["10", "2", "0.4", "Revenue"]


def test_without_any_size_the_key_says_that_it_is_unknown() -> None:
    words = [
        row["text"] for row in drawn(frame(customer("a", 6, 6, size=NAN))).picture.datasets["key"]
    ]
    assert "Revenue: unknown" in words


@pytest.mark.parametrize("place", [(9.3, 6.6), (9.0, 9.6), (5.6, 9.7), (1.2, 9.6)])
def test_a_zone_title_moves_away_from_a_bubble(place: tuple[float, float]) -> None:
    rows = frame(customer("a", *place, size=9.0), customer("b", 1, 1, size=0.1))
    picture = drawn(rows, domain=(0.0, 0.0))
    x, y = place[0] / 10.2 * 1128, (1 - place[1] / 10.2) * Layout().height
    for title in picture.picture.datasets["titles"]:
        width = text_width(title["text"], 17, 700)
        left = title["left"] - (width if title["align"] == "right" else 0)
        aside = max(left - x, x - left - width, 0)
        assert math.hypot(aside, max(abs(title["top"] - y) - 8, 0)) >= 26


@pytest.mark.parametrize("strategic", [6.0, 6.3, 10.0])
def test_titles_of_the_key_zone_never_cover_each_other_nor_leave_it(strategic: float) -> None:
    found = drawn(lines=CutOffs(attractiveness=6, strategic=strategic)).picture.datasets["titles"]
    tops = sorted(row["top"] for row in found if row["text"].startswith("Key"))
    low = domain(FOUR)[1]
    assert tops[1] - tops[0] >= 17
    assert tops[1] <= Layout().height * (1 - (6 - low) / (10.2 - low))


def test_the_domain_starts_at_a_whole_number_below_the_lowest_score() -> None:
    assert domain(FOUR) == (2.0, 2.0)
    assert domain(frame(customer("a", 9, 9))) == (4.0, 4.0)
    assert domain(frame(customer("a", 0, 0))) == (0.0, 0.0)
    assert domain(frame()) == (0.0, 0.0)


def test_a_score_or_a_line_below_a_frozen_domain_widens_it() -> None:
    zone = drawn(frame(customer("a", 1.2, 8)), domain=(4.0, 4.0)).picture.datasets["zones"][3]
    assert zone["x"] == 0.0
    zone = drawn(lines=CutOffs(strength=5, attractiveness=1)).picture.datasets["zones"][3]
    assert zone["y"] == 0.0


def test_other_data_leave_the_spec_untouched() -> None:
    one = drawn().picture.spec
    changed = FOUR.assign(name="Other", hollow=True, klass="key_core")
    other = drawn(changed, lines=CutOffs(strength=6), size_label="Margin", picked="a").picture
    assert other.spec is one
    assert other.datasets.keys() == drawn().picture.datasets.keys()


def test_every_data_set_of_the_spec_is_sent() -> None:
    picture = drawn().picture
    assert {layer["data"]["name"] for layer in picture.spec["layer"]} == picture.datasets.keys()


def test_customer_marks_keep_their_identity_and_decoration_is_silent() -> None:
    for layer in drawn().picture.spec["layer"]:
        if layer["data"]["name"] in ("customers", "names"):
            assert layer["encoding"]["key"]["field"] == "id"
        if "tooltip" not in layer["encoding"]:
            assert layer["mark"]["aria"] is False


def test_a_screen_reader_hears_words_and_every_tooltip_has_a_title() -> None:
    bubbles = next(la for la in drawn().picture.spec["layer"] if "tooltip" in la["encoding"])
    assert bubbles["encoding"]["description"]["field"] == "spoken"
    assert all(channel["title"] for channel in bubbles["encoding"]["tooltip"])
    spoken = rows_of(drawn(), "customers")["a"]["spoken"]
    assert spoken == "Customer a: Key · strategic, attractiveness 8.0, strength 7.0"


def test_a_click_selects_by_id_under_the_name_pick() -> None:
    params = [la["params"] for la in drawn().picture.spec["layer"] if "params" in la]
    assert params == [[{"name": "pick", "select": {"type": "point", "fields": ["id"]}}]]


def test_the_alt_text_has_the_message_and_the_names() -> None:
    assert drawn().picture.alt.startswith(
        "Selection matrix: 2 of 4 customers are key: Customer a, Customer b."
    )


def test_no_customer_draws_an_empty_matrix_with_four_titles() -> None:
    picture = drawn(frame())
    assert picture.picture.datasets["customers"] == []
    assert len(titles(picture)) == 4
    assert "0 of 0" in picture.picture.alt


def test_forty_equal_positions_stay_drawable() -> None:
    picture = drawn(frame(*(customer(f"{n}", 6, 6) for n in range(40))))
    assert len(picture.picture.datasets["customers"]) == 40
    shown = sum(bool(row["text"]) for row in picture.picture.datasets["names"])
    assert picture.hidden == 40 - shown


def test_a_long_name_is_shortened_on_the_picture_and_whole_in_the_tooltip() -> None:
    picture = drawn(frame(customer("a", 6, 6, name="A" * 150 + "Z" * 50)))
    assert len(str(rows_of(picture, "names")["a"]["text"])) <= 22
    assert rows_of(picture, "customers")["a"]["name"] == "A" * 150 + "Z" * 50


def test_markup_and_quotes_in_a_name_are_plain_data() -> None:
    name = """<b>"O'Neil" & Söhne"""
    picture = drawn(frame(customer("a", 6, 6, name=name)))
    assert rows_of(picture, "names")["a"]["text"] == name
    assert json.loads(json.dumps(picture.picture.datasets))["customers"][0]["name"] == name


def test_of_many_customers_key_close_and_picked_ones_are_named_first() -> None:
    random = np.random.default_rng(1)
    rows = [customer(f"{n}", *random.uniform(0.5, 4.9, 2)) for n in range(80)]
    rows += [customer("key", 8, 8), customer("close", 4.9, 2, hollow=True)]
    named = rows_of(drawn(frame(*rows), picked="7"), "names")
    assert {"key", "close", "7"} <= named.keys()
    assert len(named) == 40


def test_every_data_set_is_plain_json() -> None:
    for rows in drawn().picture.datasets.values():
        assert json.loads(json.dumps(rows, allow_nan=False)) == rows
