"""A criterion is used only when it can be measured."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.acceptance import VAGUE_NAMES, gaps, replacement, ticks
from kam.model import Axis, Criterion
from tests.workshops import criterion


def holds(accepted: Criterion, *customers: str, spread: bool | None = None) -> list[bool | None]:
    """The five ticks as they are set."""
    return [tick.holds for tick in ticks(accepted, customers, spread=spread)]


def test_a_good_criterion_has_four_ticks_before_scoring_and_five_after() -> None:
    assert holds(criterion("x")) == [True, True, True, True, None]
    assert holds(criterion("x"), spread=True) == [True] * 5


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"unit": ""}, 0),
        ({"same_number": False}, 1),
        ({"definition": ""}, 1),
        ({"data_at_hand": False}, 2),
        ({"name": "Prestige"}, 3),
    ],
)
def test_each_lack_takes_away_its_own_tick(change: dict[str, object], place: int) -> None:
    lacking = criterion("x").model_copy(update=change)
    assert [n for n, tick in enumerate(ticks(lacking)) if tick.holds is False] == [place]


def test_equal_scores_take_away_the_last_tick() -> None:
    assert holds(criterion("x"), spread=False)[4] is False


def test_a_criterion_may_not_name_a_customer() -> None:
    about = criterion("x", name="Sales of Alder AG in Ghana")
    assert holds(about, "Birch", "ALDER AG")[3] is False
    assert ticks(about, ["Alder AG"])[3].repair == "It names the customer Alder AG."
    assert holds(about, "Birch")[3] is True


def test_a_customer_with_a_very_short_name_is_not_found_inside_other_words() -> None:
    assert holds(criterion("x", name="Net margin"), "Arg", "Net")[3] is True


@pytest.mark.parametrize("name", VAGUE_NAMES)
def test_a_vague_name_is_refused_with_a_measurable_one_instead(name: str) -> None:
    vague = criterion("x", name=name.upper())
    assert holds(vague)[3] is False
    assert ticks(vague)[3].repair == f"Use instead: {VAGUE_NAMES[name]}."


@given(st.sampled_from(sorted(VAGUE_NAMES)), st.integers(1, 3))
def test_blanks_and_case_do_not_hide_a_vague_name(name: str, blanks: int) -> None:
    assert replacement(" " + name.title().replace(" ", " " * blanks)) == VAGUE_NAMES[name]


def test_a_measurable_name_needs_no_replacement() -> None:
    assert replacement("Revenue growth") is None


def test_a_bare_criterion_lacks_definition_unit_and_anchors_first() -> None:
    bare = Criterion(id="x", name="X", axis=Axis.STRENGTH)
    assert gaps(bare) == ("a definition", "a unit", "five anchors")


def test_a_complete_criterion_lacks_the_ticks_that_are_not_set() -> None:
    untested = criterion("x", same_number=False, data_at_hand=False)
    assert gaps(untested) == (
        "the tick “Two people reading the definition would write down the same number”",
        "the tick “The figures exist, or can be had within four weeks”",
    )


def test_a_criterion_with_four_ticks_may_be_scored() -> None:
    assert gaps(criterion("x")) == ()


@given(
    st.fixed_dictionaries(
        {
            "same_number": st.booleans(),
            "data_at_hand": st.booleans(),
            "unit": st.sampled_from(["", "points"]),
            "definition": st.sampled_from(["", "What the ledger says"]),
        }
    )
)
def test_a_criterion_may_be_scored_exactly_when_nothing_is_lacking(
    claims: dict[str, Any],
) -> None:
    assert (gaps(criterion("x", **claims)) == ()) == all(claims.values())


def test_every_tick_that_is_not_set_says_how_to_set_it() -> None:
    bare = Criterion(id="x", name="Prestige", axis=Axis.STRENGTH)
    for tick in ticks(bare):
        assert tick.repair.endswith(".")
