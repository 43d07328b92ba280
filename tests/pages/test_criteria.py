"""Step 2 and `kam.ui.criteria`: weights, one criterion, and the ninth that is refused."""

import pytest
from streamlit.testing.v1 import AppTest

from kam import catalogue
from kam.edits import Edit, PutCriterion, PutObjective, RemoveObjective, SetPoints
from kam.model import MAX_CRITERIA, Criterion, Objective
from kam.ui import criteria, rooms, state
from kam.validated import NINTH_CRITERION
from tests.apps import example, go, labels, page, present, restart, room, shown, stored
from tests.workshops import A, S, criterion, made


def test_a_criterion_of_the_catalogue_serves_the_objectives_that_it_is_made_for() -> None:
    key, entry = next((key, o.id) for o in catalogue.OBJECTIVES for key in catalogue.serves(o.id))
    tied = room(made(PutObjective(objective=catalogue.objective(entry, "EUR"))))
    assert criteria.serving(tied, catalogue.criterion(key)).objectives == (entry,)
    own = room(made(PutObjective(objective=Objective(id="own", name="Learn"))))
    assert criteria.serving(own, catalogue.criterion(key)).objectives == ()


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


def test_a_common_set_is_one_tap_and_complete() -> None:
    workshop = stored()
    tab = page("criteria", workshop).button(key="common_set").click().run()
    shown(tab)
    assert tuple(present(workshop).criteria) == tuple(catalogue.GOOD_SET)
    assert len(present(workshop).criteria) <= MAX_CRITERIA


def test_a_ninth_criterion_is_refused_with_the_reason_and_nothing_is_lost() -> None:
    workshop = example()
    before = present(workshop).criteria
    tab = page("criteria", workshop)
    assert NINTH_CRITERION in shown(tab)
    offered = next(b for b in tab.button if str(b.key).startswith("add_"))
    offered.click().run()
    assert [error.value.replace("\\", "") for error in tab.error] == [NINTH_CRITERION]
    tab.text_input(key="own_criterion").set_value("Number of sites in km").run()
    assert NINTH_CRITERION in shown(tab)
    assert present(workshop).criteria == before


def test_a_criterion_in_ones_own_words_is_added_and_opened_with_what_it_lacks() -> None:
    workshop = stored()
    tab = page("criteria", workshop)
    tab.text_input(key="own_criterion").set_value("Vans ordered a year").run()
    [added] = present(workshop).criteria.values()
    assert added.name == "Vans ordered a year"
    tab.segmented_control(key="drawer").set_value("One criterion").run()
    assert "Missing: a definition, a unit, five anchors" in shown(tab)


def test_a_name_that_cannot_be_measured_gets_a_better_one_proposed() -> None:
    workshop = stored()
    tab = page("criteria", workshop)
    tab.text_input(key="own_criterion").set_value("Revenue").run()
    assert "“Revenue” cannot be measured. Use instead: " in shown(tab)
    assert present(workshop).criteria == {}


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


def test_no_template_is_offered_that_is_there_already() -> None:
    workshop = stored()
    tab = page("criteria", workshop).button(key="common_set").click().run()
    keys = {str(button.key) for button in tab.button}
    assert not {f"add_{key}" for key in catalogue.GOOD_SET} & keys
    assert labels(tab)
