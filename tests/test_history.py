"""The log is the truth: a workshop is its fold, and undo takes the last step off."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import (
    CastBallot,
    Edit,
    MarkRevision,
    MoveLine,
    PutCriterion,
    PutCustomer,
    PutMember,
    Redo,
    RemoveCriterion,
    RenameWorkshop,
    ScoreCustomer,
    SetPoints,
    StartWorkshop,
    Undo,
)
from kam.errors import Refused, Stale
from kam.history import Entry, History, blank, fold, read
from kam.model import Ballot, Mark, Member
from tests.workshops import criterion, customer, entries, entry

START = StartWorkshop(name="Spring")
BASIS: list[Edit] = [
    START,
    PutCriterion(criterion=criterion("a")),
    PutCustomer(customer=customer("ash")),
    PutMember(member=Member(id="ines", name="Ines")),
]


def grown(history: History, edit: Edit) -> History:
    """`history` with one more edit, whose entry has the next number."""
    return history.add(entry(edit, history.revision + 1))


def undo(history: History) -> History:
    """`history` with its last step taken back."""
    assert history.last is not None
    return grown(history, Undo(target=history.last.entry.id))


def redo(history: History) -> History:
    """`history` with the step brought back that was taken back last."""
    assert history.next is not None
    return grown(history, Redo(target=history.next.entry.id))


def basis() -> History:
    """A history with a criterion, a customer and a member."""
    return read("w", entries(*BASIS))


def score(value: float | None) -> ScoreCustomer:
    return ScoreCustomer(customer="ash", criterion="a", value=value)


def test_a_new_history_is_empty_and_offers_nothing_to_undo() -> None:
    history = blank("w")
    assert (history.revision, history.last, history.next) == (0, None, None)
    assert history.workshop.id == "w"


def test_entries_make_the_workshop_that_their_edits_make() -> None:
    log = entries(*BASIS, score(4), score(6))
    assert read("w", log).workshop == fold("w", log)
    assert fold("w", log).scores["a"]["ash"].value == 6


def test_undo_and_redo_are_entries_too() -> None:
    history = redo(undo(grown(basis(), score(4))))
    assert history.revision == len(BASIS) + 3
    assert [type(e.edit).__name__ for e in history.entries[-2:]] == ["Undo", "Redo"]
    assert history.workshop.scores["a"]["ash"].value == 4


def test_the_first_entry_cannot_be_undone() -> None:
    history = read("w", entries(START))
    assert history.last is None
    with pytest.raises(Refused, match="There is nothing to undo"):
        grown(history, Undo(target="e1"))


def test_undo_of_a_step_that_is_not_the_last_is_refused() -> None:
    history = basis()
    with pytest.raises(Stale, match="Somebody changed something after that step"):
        grown(history, Undo(target="e2"))


def test_redo_of_anything_but_the_step_undone_last_is_refused() -> None:
    history = undo(basis())
    with pytest.raises(Refused, match="There is nothing to do again"):
        grown(history, Redo(target="e2"))
    with pytest.raises(Refused, match="There is nothing to do again"):
        grown(basis(), Redo(target="e4"))


def test_a_new_edit_forgets_what_was_undone() -> None:
    history = grown(undo(grown(basis(), score(4))), score(5))
    assert history.next is None
    assert history.undone == ()


def test_a_refused_edit_leaves_the_history_as_it_was() -> None:
    history = basis()
    with pytest.raises(Refused):
        grown(history, RemoveCriterion(criterion="ghost"))
    assert history == basis()


def test_every_past_state_can_be_seen_again() -> None:
    history = undo(grown(grown(basis(), score(4)), score(6)))
    values = [
        history.at(revision).scores.get("a", {}) for revision in range(4, history.revision + 1)
    ]
    assert [v["ash"].value if v else None for v in values] == [None, 4, 6, 4]
    assert history.at(0) == blank("w").workshop


def test_the_record_has_a_line_for_every_entry_with_what_it_did() -> None:
    history = undo(grown(grown(basis(), score(4)), score(6)))
    record = history.record()
    assert [entry for entry, _ in record] == list(history.entries)
    assert [words for _, words in record][:1] == ["started “Spring”"]
    assert [words for _, words in record][-3:] == [
        "Ash, Criterion a: unknown → 4",
        "Ash, Criterion a: 4 → 6",
        "undid: Ash, Criterion a: 4 → 6",
    ]


def test_the_record_says_which_step_was_done_again() -> None:
    record = redo(undo(grown(basis(), score(4)))).record()
    assert record[-1][1] == "did again: Ash, Criterion a: unknown → 4"


def test_the_step_to_undo_is_named_in_words() -> None:
    history = grown(basis(), MoveLine(line="strength", value=6))
    assert history.last is not None
    assert history.last.words == "strength cut-off 5 → 6"


# --- two people at once ------------------------------------------------------------------------


def test_a_stale_edit_is_refused_with_both_values_shown() -> None:
    history = grown(basis(), score(4))
    theirs_first = grown(history, score(6))
    with pytest.raises(Stale) as caught:
        theirs_first.refuse_stale(score(7), base=history.revision)
    assert caught.value.theirs == "Ash, Criterion a: 4 → 6"
    assert caught.value.ours == "Ash, Criterion a: 6 → 7"
    assert "4 → 6" in str(caught.value)
    assert "6 → 7" in str(caught.value)


def test_an_edit_of_something_else_does_not_collide() -> None:
    history = grown(basis(), score(4))
    history.refuse_stale(SetPoints(points={"a": 3}), base=history.revision - 1)
    history.refuse_stale(RenameWorkshop(name="Autumn"), base=history.revision - 1)


def test_an_edit_against_the_present_revision_is_never_stale() -> None:
    history = grown(basis(), score(4))
    history.refuse_stale(score(7), base=history.revision)


def test_an_edit_collides_with_an_undo_of_the_same_thing() -> None:
    """They took the 6 back; ours was made while it still stood."""
    seen = grown(grown(basis(), score(4)), score(6))
    with pytest.raises(Stale, match="You wanted: Ash, Criterion a: 4 → 7"):
        undo(seen).refuse_stale(score(7), base=seen.revision)


def test_an_edit_collides_with_a_redo_of_the_same_thing() -> None:
    seen = undo(grown(grown(basis(), score(4)), score(6)))
    with pytest.raises(Stale, match="You wanted: Ash, Criterion a: 6 → 7"):
        redo(seen).refuse_stale(score(7), base=seen.revision)


def test_two_members_never_collide_over_their_ballots() -> None:
    otto = PutMember(member=Member(id="otto", name="Otto"))
    history = grown(basis(), otto)
    cast = grown(history, CastBallot(ballot=Ballot(member="ines", swings={"a": 1})))
    cast.refuse_stale(CastBallot(ballot=Ballot(member="otto", swings={"a": 2})), history.revision)


# --- any sequence ------------------------------------------------------------------------------

STEPS = st.lists(
    st.sampled_from(["undo", "redo"])
    | st.builds(lambda n: SetPoints(points={"a": n}), st.integers(0, 99))
    | st.builds(lambda n: score(n / 4), st.integers(0, 40))
    | st.builds(score, st.none())
    | st.builds(lambda n: MoveLine(line="strength", value=n / 10), st.integers(0, 100))
    | st.builds(lambda n: RenameWorkshop(name=f"Try {n}"), st.integers(0, 9)),
    max_size=25,
)


def played(steps: list[str | Edit]) -> tuple[History, list[Entry]]:
    """A history after steps, and the entries that a plain list of them says should count."""
    history = basis()
    done: list[Entry] = list(history.entries)
    undone: list[Entry] = []
    for step in steps:
        if step == "undo" and history.last:
            history = undo(history)
            undone.append(done.pop())
        elif step == "redo" and history.next:
            history = redo(history)
            done.append(undone.pop())
        elif not isinstance(step, str):
            with suppress(Refused):  # what it names may be undone: then nothing happens
                history = grown(history, step)
                done.append(history.entries[-1])
                undone.clear()
    return history, done


@given(STEPS)
def test_undo_and_redo_to_any_depth_equal_the_fold_of_what_counts(steps: list[str | Edit]) -> None:
    history, done = played(steps)
    assert [step.entry for step in history.done] == done
    assert history.workshop == fold("w", done)


@given(STEPS)
def test_a_log_that_is_read_again_makes_the_same_history(steps: list[str | Edit]) -> None:
    history, _ = played(steps)
    assert read("w", history.entries) == history


@given(STEPS)
def test_undoing_everything_and_redoing_it_changes_nothing(steps: list[str | Edit]) -> None:
    history, _ = played(steps)
    back = history
    while back.last:
        back = undo(back)
    assert back.workshop == fold("w", entries(START))
    for _ in range(len(history.done) - 1):
        back = redo(back)
    assert back.workshop == history.workshop


@given(STEPS)
def test_the_record_is_as_long_as_the_log(steps: list[str | Edit]) -> None:
    history, _ = played(steps)
    record = history.record()
    assert len(record) == history.revision
    assert all(words for _, words in record)


@given(STEPS)
def test_an_entry_survives_the_way_through_json(steps: list[str | Edit]) -> None:
    history, _ = played(steps)
    back = [Entry.model_validate_json(e.model_dump_json()) for e in history.entries]
    assert back == list(history.entries)


# --- named states ---------------------------------------------------------------------------------


def named(history: History, name: str, revision: int = 0) -> History:
    """`history` with its present state named."""
    return grown(history, MarkRevision(name=name, on=date(2026, 3, 2), revision=revision))


def test_a_named_state_is_kept_as_it_was_and_not_folded_again() -> None:
    first = grown(basis(), score(4))
    later = grown(named(first, "Spring", first.revision), score(6))
    assert later.at(first.revision) is first.workshop
    assert later.workshop.scores["a"]["ash"].value == 6


def test_a_mark_names_the_state_that_its_sender_saw() -> None:
    """Somebody else's edit came in between."""
    seen = grown(basis(), score(4))
    history = named(grown(seen, score(6)), "Spring", seen.revision)
    revision = history.revision_of(history.workshop.marks[0])
    assert revision == seen.revision
    assert history.at(revision).scores["a"]["ash"].value == 4


def test_a_mark_without_a_revision_names_the_state_before_it() -> None:
    first = grown(basis(), score(4))
    history = grown(named(first, "Spring"), score(6))
    assert history.revision_of(history.workshop.marks[0]) == first.revision


def test_a_mark_that_this_log_does_not_hold_names_the_present_state() -> None:
    assert basis().revision_of(Mark(name="Elsewhere", on=date(2026, 3, 2))) == basis().revision


def test_a_mark_that_was_undone_leaves_every_state_as_it_was() -> None:
    first = grown(basis(), score(4))
    history = undo(named(first, "Spring", first.revision))
    assert history.workshop.marks == ()
    assert history.at(first.revision) == first.workshop
