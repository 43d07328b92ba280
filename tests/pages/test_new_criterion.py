"""Of `kam.ui.new_criterion`: the catalogue, the common set, one's own words, and the ninth."""

from kam import catalogue
from kam.edits import PutObjective
from kam.model import MAX_CRITERIA, Objective
from kam.ui import new_criterion
from kam.validated import NINTH_CRITERION
from tests.apps import example, labels, page, present, room, shown, stored
from tests.workshops import made


def test_a_criterion_of_the_catalogue_serves_the_objectives_that_it_is_made_for() -> None:
    key, entry = next((key, o.id) for o in catalogue.OBJECTIVES for key in catalogue.serves(o.id))
    tied = room(made(PutObjective(objective=catalogue.objective(entry, "EUR"))))
    assert new_criterion.serving(tied, catalogue.criterion(key)).objectives == (entry,)
    own = room(made(PutObjective(objective=Objective(id="own", name="Learn"))))
    assert new_criterion.serving(own, catalogue.criterion(key)).objectives == ()


def test_a_name_is_unfit_only_where_there_is_a_better_one() -> None:
    assert new_criterion.unfit_name("Prestige") == (
        "“Prestige” cannot be measured. Use instead: Measured reference value (A08)."
    )
    assert new_criterion.unfit_name("Vans ordered a year") == ""


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


def test_no_template_is_offered_that_is_there_already() -> None:
    workshop = stored()
    tab = page("criteria", workshop).button(key="common_set").click().run()
    keys = {str(button.key) for button in tab.button}
    assert not {f"add_{key}" for key in catalogue.GOOD_SET} & keys
    assert labels(tab)
