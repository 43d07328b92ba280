"""The small parts that all edits are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits.edit import Change, held, plain, without
from kam.errors import Refused

THINGS = st.dictionaries(st.sampled_from("abcdef"), st.integers())


def test_a_thing_that_is_held_comes_back() -> None:
    assert held({"a": 1}, "a", "criterion") == 1


def test_a_thing_that_is_not_held_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refused) as caught:
        held({"a": 1}, "b", "criterion")
    assert str(caught.value) == (
        "There is no criterion 'b' in this workshop any more. Reload the page to see the "
        "present state."
    )


@given(THINGS, st.lists(st.sampled_from("abcdef")))
def test_without_leaves_everything_else_in_its_order(
    things: dict[str, int], gone: list[str]
) -> None:
    before = dict(things)
    left = without(things, *gone)
    assert list(left.items()) == [(k, v) for k, v in before.items() if k not in gone]
    assert things == before


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "unknown"), ("", "unknown"), (0.0, "0"), (2.50, "2.5"), (7, "7"), ("high", "high")],
)
def test_values_are_written_as_people_write_them(value: object, text: str) -> None:
    assert plain(value) == text


def test_a_change_must_say_subject_effect_and_words() -> None:
    assert Change.__abstractmethods__ == {"subject", "apply", "words"}
