"""The page of the second opinion: cold, empty, too few, the example, and after an edit."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import PutCriterion, SetPoints
from kam.report.other_methods import RESULT
from kam.ui import second_opinion
from kam.ui.frame import VIEWS
from tests.apps import example, page, present, room, scored, shown, start, stored
from tests.test_second_opinion import TWO, two_criteria
from tests.workshops import A, criterion, placed, scores

VIEW = "second_opinion_view"
PATH = VIEWS["second_opinion"][0]


def opened(workshop: str, view: str = "Methods") -> AppTest:
    """The page in a fresh tab."""
    tab = start()
    tab.query_params["w"] = workshop
    tab = tab.switch_page(PATH).run()
    if view == "Methods":
        return tab
    [switch] = [one for one in tab.segmented_control if one.key == VIEW]
    return switch.set_value(view).run()


def named() -> str:
    """The workshop whose second criterion is bent by distance: Light leaves, Heavy enters."""
    rows = [(key.capitalize(), (None, None)) for key in TWO]
    edits = [
        *scored(rows)[:-1],
        PutCriterion(criterion=criterion("b", A, name="Growth")),
        SetPoints(points={"a": 60, "b": 40, "s": 50}),
        scores(("a", "b", "s"), {f"c{n}": row for n, row in enumerate(TWO.values())}),
    ]
    return stored(*edits)


def test_an_address_without_a_workshop_leads_to_the_start() -> None:
    assert "Which customers should be key accounts?" in shown(start().switch_page(PATH).run())


def test_an_empty_workshop_says_what_is_missing_and_where_to_go() -> None:
    tab = opened(stored())
    assert [title.value for title in tab.title] == [second_opinion.QUESTION]
    assert "Score at least 2 customers on both axes: 0 are." in shown(tab)
    assert "Score customers" in {link.label for link in tab.page_link}
    assert not tab.segmented_control


def test_one_scored_customer_has_nobody_to_compare_with() -> None:
    tab = opened(stored(*scored([("Ash", (8.0, 6.0)), ("Bay", (5.0, None))])))
    assert "Score at least 2 customers on both axes: 1 is." in shown(tab)


def test_an_axis_without_weight_is_told() -> None:
    workshop = stored(*scored([("Ash", (8.0, 6.0)), ("Bay", (5.0, 5.0))]),
                      SetPoints(points={"a": 10, "s": 0}))  # fmt: skip
    assert "No criterion on the strength axis counts yet." in shown(opened(workshop))


def test_the_example_is_chosen_alike_by_three_other_methods() -> None:
    tab = opened(example())
    text = shown(tab)
    assert [title.value for title in tab.title] == [
        "Three other methods choose the same 8 key accounts"
    ]
    assert RESULT in text
    assert text.count("8 of 8 key accounts would stay key") == 3
    assert "Westerby Farms** · Low priority → Strategic, not yet key" in text


def test_who_differs_is_told_with_the_reason_and_both_levels() -> None:
    text = shown(opened(named()))
    assert "1 of 2 key accounts would stay key when nearness" in text
    assert "Light** · Key · core → Low priority" in text
    assert "distances are squared" in text
    assert "Attractiveness 5.4 → 4.9, strength 8.0 → 8.0" in text


def test_the_levels_of_every_customer_follow_the_method_chosen() -> None:
    tab = opened(named(), "Levels")
    [table] = tab.dataframe
    nearness = table.value["Attractiveness otherwise"]
    assert list(table.value["Customer"]) == ["Light", "Heavy", "Even"]
    [choice] = [one for one in tab.segmented_control if one.key == "other_method"]
    tab = choice.set_value(choice.options[1]).run()
    [table] = tab.dataframe
    # by wins, only the one that is ahead of both others on the heavier criterion enters
    assert list(table.value["Customer"]) == ["Heavy", "Even", "Light"]
    assert (table.value["Class now"] != table.value["Class otherwise"]).tolist() == [
        True,
        False,
        False,
    ]
    assert not table.value["Attractiveness otherwise"].equals(nearness)


def test_the_order_alone_is_shown_with_its_points_and_the_ways_of_voting() -> None:
    tab = opened(example(), "Weights")
    text = shown(tab)
    assert "the first counts 21.7 times as much as the last" in text
    assert "the first counts 8 times as much as the last" in text
    assert "8 of 8 gave their weights, all by points for the way from worst to best." in text
    [table] = tab.dataframe
    assert list(table.value["Place"]) == [1, 2, 3, 5, 5, 5, 7, 8]


def test_points_typed_on_the_criteria_page_change_what_other_methods_say() -> None:
    workshop = named()
    assert "1 of 2 key accounts would stay key when nearness" in shown(opened(workshop))
    tab = page("criteria", workshop)
    [box] = [one for one in tab.number_input if one.key == "points.b"]
    box.set_value(0.0).run()
    assert present(workshop).points["b"] == 0
    text = shown(opened(workshop))
    assert "would stay key when nearness" in text
    assert "1 of 2 key accounts would stay key when nearness" not in text


def test_more_differences_than_fit_are_counted() -> None:
    heavy = {f"h{n}": (7.0, 1.0 + n / 100, 8.0) for n in range(6)}
    found = second_opinion._opinions(room(two_criteria(heavy)))
    count = max(len(one.differences) for one in found.values())
    assert count == 6
    edits = [
        *scored([(f"Heavy {n}", (None, None)) for n in range(6)])[:-1],
        PutCriterion(criterion=criterion("b", A, name="Growth")),
        SetPoints(points={"a": 60, "b": 40, "s": 50}),
        scores(("a", "b", "s"), {f"c{n}": row for n, row in enumerate(heavy.values())}),
    ]
    text = shown(opened(stored(*edits)))
    assert "2 more customers change class: see Levels." in text


@pytest.mark.parametrize("view", ["Methods", "Levels", "Weights"])
def test_names_of_people_are_shown_as_they_are_in_every_view(view: str) -> None:
    rows = [("![i](https://evil.example/p.png)", (5.1, 8.0)), ("<script>", (4.9, 8.0))]
    tab = opened(stored(*scored(rows)), view)
    shown(tab)
    raw = "\n".join(one.value for one in (*tab.markdown, *tab.caption, *tab.title))
    assert "](" not in raw
    assert "<script>" not in raw


def test_what_the_page_needs_is_computed_once_for_a_result() -> None:
    kept = room(placed({"ash": (8.0, 6.0), "bay": (5.0, 5.0)}))
    assert second_opinion._opinions(kept) is second_opinion._opinions(kept)
    assert second_opinion.enough(kept)
