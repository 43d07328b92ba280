"""The catalogue is complete, consistent, and ready to be scored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kam import catalogue
from kam.acceptance import gaps, replacement
from kam.catalogue import (
    CRITERIA,
    GOOD_SET,
    OBJECTIVES,
    CatalogueObjective,
    criterion,
    objective,
    serves,
)
from kam.model import MAX_CRITERIA, Axis

CRITERION_IDS = [entry.id for entry in CRITERIA]
OBJECTIVE_IDS = [entry.id for entry in OBJECTIVES]


def test_there_are_24_criteria_13_of_them_on_attractiveness() -> None:
    axes = [criterion(key).axis for key in CRITERION_IDS]
    assert len(axes) == 24
    assert axes.count(Axis.ATTRACTIVENESS) == 13


def test_there_are_ten_objectives() -> None:
    assert [entry.id for entry in OBJECTIVES] == [f"O{number}" for number in range(1, 11)]


def test_ids_names_and_columns_are_unique() -> None:
    for values in (
        CRITERION_IDS,
        [entry.name for entry in CRITERIA],
        [entry.column for entry in CRITERIA],
        [entry.name for entry in OBJECTIVES],
    ):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("key", CRITERION_IDS)
def test_a_catalogue_criterion_may_be_scored_as_it_is(key: str) -> None:
    assert gaps(criterion(key)) == ()


@pytest.mark.parametrize("key", CRITERION_IDS)
def test_no_catalogue_criterion_bears_a_refused_name(key: str) -> None:
    assert replacement(criterion(key).name) is None


@pytest.mark.parametrize("entry", CRITERIA, ids=CRITERION_IDS)
def test_the_letter_of_the_id_is_the_axis(entry: catalogue.CatalogueCriterion) -> None:
    assert entry.id[0] == entry.axis
    assert criterion(entry.id).axis.value[0].upper() == entry.axis


def test_a_criterion_carries_everything_the_catalogue_says() -> None:
    margin = criterion("A04")
    assert margin.name == "Net account margin"
    assert margin.unit == "% of revenue"
    assert margin.anchors == (0, 8, 15, 22, 30)
    assert margin.column == "net_margin_pct"
    assert margin.source == "finance, activity costing"
    assert margin.watch_out == "do not combine with A06"
    assert margin.family == "profit"
    assert margin.same_number
    assert margin.data_at_hand


def test_cost_criteria_run_downwards() -> None:
    downwards = [key for key in CRITERION_IDS if criterion(key).direction == "-"]
    assert downwards == ["A06", "A11"]


def test_forward_looking_are_those_that_speak_of_the_years_ahead() -> None:
    ahead = [key for key in CRITERION_IDS if criterion(key).forward_looking]
    assert ahead == ["A01", "A02", "A03", "A07", "A12", "S10"]


def test_we_can_move_our_wallet_share_but_not_their_growth_or_their_opinion_of_us() -> None:
    assert criterion("S01").controllable
    assert criterion("S03").controllable
    assert not criterion("A03").controllable
    assert not criterion("S08").controllable


def test_the_good_set_fits_a_workshop_and_uses_both_axes() -> None:
    axes = [criterion(key).axis for key in GOOD_SET]
    assert len(GOOD_SET) == MAX_CRITERIA
    assert axes.count(Axis.ATTRACTIVENESS) == axes.count(Axis.STRENGTH) == 4


def test_the_good_set_takes_only_one_criterion_of_the_size_family() -> None:
    families = [criterion(key).family for key in GOOD_SET]
    assert families.count("size") == 1


@pytest.mark.parametrize("key", OBJECTIVE_IDS)
def test_every_objective_is_served_by_criteria_that_exist(key: str) -> None:
    assert len(serves(key)) >= 3
    assert set(serves(key)) <= set(CRITERION_IDS)


def test_remarks_between_suggested_criteria_are_not_taken_for_criteria() -> None:
    assert serves("O5") == ("A02", "A03", "A10")


def test_suggested_criteria_keep_their_order() -> None:
    assert serves("O8") == ("A13", "A09", "S06", "S11")


@pytest.mark.parametrize("key", OBJECTIVE_IDS)
def test_an_objective_lacks_only_what_the_team_must_fill_in(key: str) -> None:
    assert objective(key).gaps == ("a baseline", "a target", "a year")


def test_every_measure_has_a_unit() -> None:
    bare = [(entry.id, m) for entry in OBJECTIVES for m, unit in entry.measures if not unit]
    assert bare == []


def test_the_unit_stands_behind_the_last_comma_of_the_metric() -> None:
    share = objective("O3")
    assert (share.measure, share.unit) == ("share of wallet", "%")


def test_only_the_usual_measure_is_taken_where_there_are_two() -> None:
    concentration = objective("O5")
    assert (concentration.measure, concentration.unit) == ("top-3 share of contribution", "%")


def test_money_is_measured_in_the_currency_of_the_workshop() -> None:
    assert objective("O1").unit == "EUR"
    assert objective("O1", currency="CHF").unit == "CHF"
    assert objective("O2", currency="CHF").unit == "%"


def test_an_unknown_key_is_not_answered_with_something_else() -> None:
    for answer in (criterion, objective, serves):
        with pytest.raises(KeyError, match="X99"):
            answer("X99")


def test_a_catalogue_entry_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        CRITERIA[0].name = "Something else"  # type: ignore[misc]  # the point of the test


def test_a_field_that_we_do_not_know_is_refused() -> None:
    known = OBJECTIVES[0].model_dump()
    with pytest.raises(ValidationError, match="color"):
        CatalogueObjective.model_validate({**known, "color": "red"})


words = st.text(st.characters(categories=["L", "N"], include_characters="-% "), min_size=1).filter(
    lambda text: bool(text.strip())
)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4))
def test_measures_and_units_come_back_as_they_were_written(pairs: list[tuple[str, str]]) -> None:
    metric = "; ".join(f"{measure.strip()}, {unit.strip()}" for measure, unit in pairs)
    written = OBJECTIVES[0].model_copy(update={"metric": metric})
    assert written.measures == tuple((m.strip(), u.strip()) for m, u in pairs)


def test_a_metric_without_a_comma_has_no_unit() -> None:
    assert OBJECTIVES[0].model_copy(update={"metric": "headcount"}).measures == (("headcount", ""),)
