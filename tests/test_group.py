"""Commands that are saved together: taken whole, or refused alone."""

import pytest

from kam.edits import CastBallot, Edit, MoveLine, PutMember, Redo, RenameWorkshop, Undo
from kam.errors import Refused, Stale, StoreError
from kam.history import History, read
from kam.model import Ballot, Member
from kam.store.group import Command, Draft, Group, Receipt, renewed
from kam.store.log import Place
from tests.test_history import BASIS
from tests.workshops import entries

BEFORE = read("w", entries(*BASIS))


def known(workshop: str) -> History:
    if workshop != "w":
        raise StoreError("There is no such workshop.")
    return BEFORE


def group() -> Group:
    places = {entry.id: Place("w", entry.revision) for entry in BEFORE.entries}
    return Group(places, known)


def command(*edits: Edit, workshop: str = "w", base: int | None = None) -> Command:
    return Command(workshop, tuple(Draft(edit, "Ines", base) for edit in edits))


def test_each_command_stands_on_the_one_before() -> None:
    together = group()
    first = together.take(command(RenameWorkshop(name="a")))
    second = together.take(command(RenameWorkshop(name="b")))
    assert (first, second) == (Receipt(5), Receipt(6))
    assert [entry.revision for entry in together.entries] == [5, 6]
    assert together.histories["w"].workshop.name == "b"


def test_a_refused_command_is_refused_alone() -> None:
    together = group()
    together.take(command(RenameWorkshop(name="a")))
    with pytest.raises(Refused, match="nothing to do again"):
        together.take(command(RenameWorkshop(name="lost"), Redo(target="x")))
    together.take(command(MoveLine(line="strength", value=6)))
    assert together.histories["w"].workshop.name == "a"
    assert [entry.revision for entry in together.entries] == [5, 6]


def test_an_id_that_was_saved_gives_its_revision_again_and_adds_nothing() -> None:
    together = group()
    again = Command("w", (Draft(RenameWorkshop(name="a"), id="e3"),))
    assert together.take(again) == Receipt(3, duplicate=True)
    assert together.entries == []


def test_an_id_that_comes_twice_in_a_group_is_taken_once() -> None:
    together = group()
    one = Command("w", (Draft(RenameWorkshop(name="a"), id="new"),))
    assert [together.take(one), together.take(one)] == [Receipt(5), Receipt(5, duplicate=True)]
    assert len(together.entries) == 1


def test_an_id_of_another_workshop_is_refused() -> None:
    other = Command("v", (Draft(RenameWorkshop(name="a"), id="e3"),))
    with pytest.raises(Refused, match="'e3' was saved in another workshop"):
        group().take(other)


def test_an_edit_of_what_has_changed_since_is_stale() -> None:
    together = group()
    together.take(command(MoveLine(line="strength", value=6), base=4))
    with pytest.raises(Stale, match="Somebody changed this first"):
        together.take(command(MoveLine(line="strength", value=4), base=4))
    other = together.take(command(MoveLine(line="attractiveness", value=4), base=4))
    assert other == Receipt(6)


def test_ballots_and_undo_are_not_checked_against_a_revision() -> None:
    together = group()
    ballot = CastBallot(ballot=Ballot(member="ines", swings={"a": 100}))
    together.take(command(ballot, base=4))
    together.take(command(ballot, base=4))
    last = together.histories["w"].last
    assert last is not None
    assert together.take(command(Undo(target=last.entry.id), base=0)) == Receipt(7)


def test_an_unknown_workshop_is_an_error_unless_it_begins_now() -> None:
    with pytest.raises(StoreError, match="no such workshop"):
        group().take(command(RenameWorkshop(name="a"), workshop="v"))
    begins = Command("v", (Draft(RenameWorkshop(name="a")),), is_new=True)
    assert group().take(begins) == Receipt(1)


def test_what_could_not_be_read_again_is_not_taken() -> None:
    broken = Member(id="m", name="M").model_copy(update={"name": ""})
    with pytest.raises(Refused, match="at least 1 character"):
        group().take(command(PutMember(member=broken)))


def test_an_actor_that_is_no_text_is_refused_in_words() -> None:
    bad = Command("w", (Draft(RenameWorkshop(name="a"), actor="\ud800"),))
    with pytest.raises(Refused, match="actor"):
        group().take(bad)


def test_renewed_drafts_have_new_ids_and_undo_follows_them() -> None:
    first, second = Draft(RenameWorkshop(name="a")), Draft(RenameWorkshop(name="b"), "Ines")
    drafts = (first, second, Draft(Undo(target=second.id)), Draft(Redo(target=second.id)))
    again = renewed(drafts)
    assert not {draft.id for draft in drafts} & {draft.id for draft in again}
    assert [draft.when for draft in again] == [draft.when for draft in drafts]
    assert again[1].actor == "Ines"
    for draft in again[2:]:
        assert isinstance(draft.edit, Undo | Redo)
        assert draft.edit.target == again[1].id
