"""Step 2 and `kam.ui.criteria`: weights, one criterion, and the ninth that is refused."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import Edit, MarkBest, PutCriterion, PutObjective, RemoveObjective, SetPoints
from kam.model import Criterion, Objective
from kam.ui import criteria, rooms, state
from tests.apps import example, go, page, present, restart, room, scored, shown, stored
from tests.pages.test_every_page import HOSTILE
from tests.voted import SPLIT, ballots, members
from tests.workshops import A, S, criterion, made

# --- anchors, typed into a small table ------------------------------------------------------------


class Typed:
    """The table of anchors of one criterion, and what is sent and told after typing into it."""

    def __init__(self, patch: pytest.MonkeyPatch, known: Criterion) -> None:
        self.room = room(made(PutCriterion(criterion=known)))
        self.known = known
        self.delta: dict[int, dict[str, float | None]] = {}
        self.sent: list[Edit] = []
        self.told: list[str] = []
        patch.setattr(criteria, "_known", lambda _room, criterion: criterion)
        patch.setattr(criteria, "write", lambda _workshop, edit: self.sent.append(edit))
        patch.setattr(state, "tell", self.told.append)
        patch.setattr(state, "widget", lambda _key: {"edited_rows": self.delta})

    def type(self, cells: dict[int, float | None]) -> None:
        """Type levels, by the place of their anchor from 0 to 4."""
        columns = criteria.ANCHOR_COLUMNS
        self.delta = {0: {columns[n]: level for n, level in cells.items()}} if cells else {}
        criteria._anchors_written(self.room, self.known, "anchors")


def test_one_anchor_is_moved_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Typed(monkeypatch, criterion("a", A))
    typed.type({2: 6.0})
    moved = criterion("a", A, (0, 2.5, 6, 7.5, 10))
    assert typed.sent == [PutCriterion(criterion=moved)]


def test_anchors_wait_until_all_five_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = Typed(monkeypatch, Criterion(id="a", name="Vans a year", axis=A))
    typed.type({0: 0.0, 1: 1.0})
    assert (typed.sent, typed.told) == ([], [])
    typed.type({0: 0.0, 1: 1.0, 2: 2.0, 3: 3.0, 4: 4.0})
    [edit] = typed.sent
    assert isinstance(edit, PutCriterion)
    assert edit.criterion.anchors == (0.0, 1.0, 2.0, 3.0, 4.0)


def test_an_emptied_anchor_and_an_empty_delta_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = Typed(monkeypatch, criterion("a", A))
    typed.type({2: None})
    typed.type({})
    assert (typed.sent, typed.told) == ([], [])


def test_anchors_that_do_not_run_one_way_are_told_with_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = Typed(monkeypatch, criterion("a", A))
    typed.type({4: 1.0})
    assert typed.sent == []
    assert "must run upwards without equal steps; we found 0, 2.5, 5, 7.5, 1" in typed.told[0]


# --- the page -------------------------------------------------------------------------------------


def one(workshop: str) -> AppTest:
    """The page with the editor of one criterion open."""
    tab = page("criteria", workshop)
    return tab.segmented_control(key="drawer").set_value("One criterion").run()


def test_renaming_to_what_cannot_be_measured_is_refused_and_the_name_stays() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)))
    tab = one(workshop)
    tab.text_input(key="a.name").set_value("Revenue").run()
    assert "cannot be measured" in shown(tab)
    assert tab.text_input(key="a.name").value == "Criterion a"


def test_points_set_here_move_the_matrix_and_survive_refresh_and_restart() -> None:
    workshop = example()
    tab = page("criteria", workshop)
    before = shown(go(tab, "matrix")).splitlines()[0]
    tab = go(tab, "criteria")
    tab.number_input(key="points.A02").set_value(0.0).run()
    tab.number_input(key="points.A13").set_value(400.0).run()
    after = shown(go(tab, "matrix")).splitlines()[0]
    assert after != before
    restart()
    assert page("matrix", workshop).title[0].value == after
    assert page("criteria", workshop).number_input(key="points.A13").value == 400.0


def test_points_that_are_given_cannot_be_emptied_but_may_be_nothing() -> None:
    workshop = stored(
        PutCriterion(criterion=criterion("a", A)), SetPoints(points={"a": 5}),
    )  # fmt: skip
    tab = page("criteria", workshop)
    tab.number_input(key="points.a").set_value(None).run()
    assert "Points cannot be empty once they are given. Enter a number, or 0." in shown(tab)
    assert present(workshop).points == {"a": 5.0}


def test_turning_the_direction_turns_the_anchors_with_it() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A, (0, 1, 2, 3, 4))))
    tab = one(workshop)
    tab.selectbox(key="a.direction").set_value("-").run()
    assert present(workshop).criteria["a"].anchors == (4.0, 3.0, 2.0, 1.0, 0.0)
    shown(tab)


def test_moving_a_criterion_to_the_other_axis_is_one_tap() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)))
    tab = one(workshop)
    tab.segmented_control(key="a.axis").set_value(S).run()
    assert present(workshop).criteria["a"].axis is S
    shown(tab)


def test_an_emptied_field_is_unknown_and_listed_as_missing() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)))
    tab = one(workshop)
    tab.text_area(key="a.definition").set_value("").run()
    assert "a definition" in shown(tab)
    assert present(workshop).criteria["a"].definition == ""


def test_a_text_that_is_too_long_is_told_and_the_old_one_stays() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)))
    tab = one(workshop)
    tab.text_area(key="a.definition").set_value("x" * 4_001).run()
    assert "definition: string should have at most 4000 characters" in shown(tab)
    assert present(workshop).criteria["a"].definition == criterion("a", A).definition


def test_removing_a_criterion_takes_its_points_along_and_undo_brings_them_back() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)), SetPoints(points={"a": 5}))
    tab = one(workshop)
    tab.button(key="remove_a").click().run()
    assert present(workshop).criteria == {}
    tab.button(key="undo").click().run()
    assert present(workshop).points == {"a": 5.0}
    shown(tab)


def test_an_orphan_and_an_objective_that_nothing_serves_are_listed() -> None:
    workshop = stored(
        PutObjective(objective=Objective(id="o", name="Grow profit")),
        PutCriterion(criterion=criterion("a", A)),
    )
    text = shown(page("criteria", workshop))
    assert "“Criterion a” serves no objective." in text
    assert "No criterion serves “Grow profit”." in text


def test_a_criterion_that_serves_an_objective_of_the_past_can_still_be_edited() -> None:
    """Two people: one removes an objective while the other ties a criterion to it."""
    workshop = stored(
        PutObjective(objective=Objective(id="o", name="Grow profit")),
        PutCriterion(criterion=criterion("a", A)),
        RemoveObjective(objective="o"),
        PutCriterion(criterion=criterion("a", A, objectives=("o",))),
    )
    tab = one(workshop)
    tab.text_input(key="a.source").set_value("ledger").run()
    shown(tab)
    assert present(workshop).criteria["a"].source == "ledger"


def test_an_edit_that_somebody_was_faster_with_shows_both() -> None:
    workshop = stored(PutCriterion(criterion=criterion("a", A)), SetPoints(points={"a": 5}))
    tab = page("criteria", workshop)
    rooms.store().write(workshop, SetPoints(points={"a": 8}))
    tab.number_input(key="points.a").set_value(3.0).run()
    text = shown(tab)
    assert "points of Criterion a: 5 → 8" in text
    assert "points of Criterion a: 8 → 3" in text
    assert present(workshop).points == {"a": 8.0}
    assert tab.number_input(key="points.a").value == 8.0


@pytest.mark.parametrize("view", ["Points", "Votes", "One criterion", "Review", "In common"])
def test_hostile_names_are_shown_in_every_view_and_break_none(view: str) -> None:
    workshop = stored(
        *scored([(name, (9.0 - n / 2, 8.0)) for n, name in enumerate(HOSTILE)]),
        *(PutCriterion(criterion=criterion(key, A, name=name, unit="$"))
          for key, name in zip("ab", HOSTILE[2:4], strict=True)),
        PutCriterion(criterion=criterion("s", S, name=HOSTILE[4])),
        MarkBest(customers=("c0", "c1", "c2")),
        *members(3),
        *ballots(SPLIT),
    )  # fmt: skip
    tab = page("criteria", workshop).segmented_control(key="drawer").set_value(view).run()
    shown(tab)
    assert not tab.error
    raw = "\n".join(element.value for element in (*tab.markdown, *tab.caption, *tab.title))
    raw += "\n".join(button.label for button in tab.button)
    assert not [part for part in ("<script>", "](", "$x$", ":red[x]") if part in raw]


@pytest.mark.parametrize("view", ["Points", "Votes", "One criterion", "Review", "In common"])
def test_one_bare_criterion_is_enough_for_every_view(view: str) -> None:
    workshop = stored(PutCriterion(criterion=Criterion(id="a", name="Vans a year", axis=A)))
    tab = page("criteria", workshop).segmented_control(key="drawer").set_value(view).run()
    shown(tab)
    assert not tab.error
    assert len(tab.title) == 1


def test_a_view_stays_open_while_the_tab_is_on_another_page() -> None:
    tab = page("criteria", example()).segmented_control(key="drawer").set_value("Review").run()
    assert go(go(tab, "matrix"), "criteria").segmented_control(key="drawer").value == "Review"
