"""The workshop itself: what its edits allow and forget."""

import pytest

from kam.edits import (
    ArchiveWorkshop,
    MarkRevision,
    PutMember,
    PutObjective,
    RemoveObjective,
    RestoreWorkshop,
    SetCapacity,
    StartWorkshop,
)
from kam.errors import Refused
from kam.model import Capacity, Member, Objective
from tests.workshops import TODAY, after, by_hand, full, made

HOURS = Capacity(people=2, hours_per_person=1600, hours_strategic=400, hours_core=100)


def test_starting_keeps_what_is_there() -> None:
    started = after(full(), StartWorkshop(name="Spring"))
    assert started.customers == full().customers


def test_a_currency_that_is_too_long_is_refused_in_words() -> None:
    with pytest.raises(Refused, match=r"currency: .*at most 8.*“pieces of eight”"):
        StartWorkshop(name="Spring", currency="pieces of eight").apply(made())


def test_a_restored_state_keeps_the_id_of_this_workshop() -> None:
    foreign = full().model_copy(update={"id": "elsewhere"})
    restored = after(made(), RestoreWorkshop(state=foreign))
    assert restored.id == "w"
    assert restored.model_copy(update={"id": "elsewhere"}) == foreign


def test_a_state_of_unknown_origin_comes_from_a_file() -> None:
    words = RestoreWorkshop(state=by_hand()).words(made())
    assert words == "took over “By hand” from a file"


def test_a_workshop_that_was_put_away_can_be_brought_back() -> None:
    back = ArchiveWorkshop(archived=False)
    assert after(full(), ArchiveWorkshop(), back) == full()
    assert back.words(full()) == "brought the workshop back"


def test_a_removed_objective_leaves_its_criteria_as_orphans() -> None:
    orphaned = after(full(), RemoveObjective(objective="o"))
    assert list(orphaned.criteria) == list(full().criteria)
    assert all(not c.objectives for c in orphaned.criteria.values())


def test_a_new_objective_is_added_behind_the_others() -> None:
    edit = PutObjective(objective=Objective(id="p", name="Free cash"))
    assert list(after(full(), edit).objectives) == ["o", "p"]
    assert edit.words(full()) == "added the objective “Free cash”"


@pytest.mark.parametrize(
    ("capacity", "words"),
    [
        (HOURS, "3,200 hours a year"),
        (Capacity(mode="places", places=0), "0 places"),
        (Capacity(people=2, hours_per_person=1600), "not complete"),
    ],
)
def test_capacity_is_told_in_its_own_unit(capacity: Capacity, words: str) -> None:
    edit = SetCapacity(capacity=capacity)
    assert edit.words(by_hand()) == f"capacity: not complete → {words}"
    assert SetCapacity(capacity=HOURS).words(after(by_hand(), edit)) == (
        f"capacity: {words} → 3,200 hours a year"
    )


def test_a_member_who_changes_keeps_the_ballots() -> None:
    renamed = after(full(), PutMember(member=Member(id="ines", name="Ines B.")))
    assert renamed.members["ines"].name == "Ines B."
    assert renamed.ballots == full().ballots


def test_a_thirty_first_member_is_refused() -> None:
    crowd = [PutMember(member=Member(id=f"m{n}", name=f"M{n}")) for n in range(30)]
    with pytest.raises(Refused, match="members"):
        PutMember(member=Member(id="late", name="Late")).apply(after(made(), *crowd))


def test_two_named_revisions_cannot_bear_the_same_name() -> None:
    with pytest.raises(Refused, match="named “First round” exists already"):
        MarkRevision(name="First round", on=TODAY).apply(full())
