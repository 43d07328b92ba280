"""Several edits as one step: all or none, undone together, and stale together."""

import pytest
from pydantic import ValidationError

from kam.edits import ANY_EDIT, Line, MoveLine, SetPoints, StartWorkshop, Together, Undo
from kam.errors import Refused, Stale
from kam.history import History, blank
from tests.workshops import after, entries, entry, full

BOTH = Together(
    name="another look",
    edits=(MoveLine(line="strength", value=6), MoveLine(line="attractiveness", value=4)),
)


def _history() -> History:
    history = blank("w")
    for one in entries(StartWorkshop(name="W"), BOTH):
        history = history.add(one)
    return history


def test_all_parts_are_applied_in_order() -> None:
    lines = after(full(), BOTH).cut_offs
    assert (lines.strength, lines.attractiveness) == (6, 4)


def test_one_part_that_is_refused_refuses_the_whole() -> None:
    with pytest.raises(Refused, match="criterion"):
        Together(name="x", edits=(*BOTH.edits, SetPoints(points={"ghost": 1}))).apply(full())


def test_it_is_undone_as_one_step() -> None:
    undone = _history().add(entry(Undo(target="e2"), 3))
    assert undone.workshop.cut_offs.strength == undone.workshop.cut_offs.attractiveness == 5


@pytest.mark.parametrize("line", ["strength", "attractiveness"])
def test_it_collides_with_a_change_to_any_of_its_subjects(line: Line) -> None:
    with pytest.raises(Stale, match="another look"):
        _history().refuse_stale(MoveLine(line=line, value=7), base=1)
    _history().refuse_stale(MoveLine(line="strategic", value=8), base=1)


def test_a_part_that_is_stale_makes_the_whole_stale() -> None:
    history = blank("w")
    for one in entries(StartWorkshop(name="W"), MoveLine(line="strength", value=6.5)):
        history = history.add(one)
    with pytest.raises(Stale, match="strength cut-off"):
        history.refuse_stale(BOTH, base=1)


def test_what_stands_alone_cannot_be_a_part() -> None:
    for alone in (Undo(target="e1"), StartWorkshop(name="W"), BOTH):
        with pytest.raises(ValidationError, match="cannot be a part"):
            Together(name="x", edits=(alone,))


def test_the_parts_come_back_from_json_as_what_they_were() -> None:
    back = ANY_EDIT.validate_json(BOTH.model_dump_json())
    assert [type(part) for part in back.edits] == [MoveLine, MoveLine]
