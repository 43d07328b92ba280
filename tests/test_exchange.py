"""A workshop as a file and back: whole, or refused in one sentence."""

import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kam.edits import MoveLine, Redo, RenameWorkshop, RestoreWorkshop, Undo
from kam.errors import Unreadable
from kam.history import History, read
from kam.model import Workshop
from kam.store import Store, exchange, export_workshop, import_workshop
from kam.store.chain import linked
from tests.test_history import BASIS
from tests.workshops import criterion, entries, full, workshops

Json = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


def history() -> History:
    """A log with a step taken back, one brought back, and one still undone."""
    return read(
        "w",
        entries(
            *BASIS,
            MoveLine(line="strength", value=6),
            MoveLine(line="attractiveness", value=4),
            Undo(target="e6"),
            Redo(target="e6"),
            RenameWorkshop(name="Autumn"),
            Undo(target="e9"),
        ),
    )


def restored(state: Workshop) -> History:
    return read(state.id, entries(RestoreWorkshop(state=state)))


def exported(past: History | None = None) -> Json:
    file: Json = json.loads(export_workshop(past or history()))
    return file


def without_log(state: Workshop | None = None) -> Json:
    """A file that holds a state alone, as a person would write it."""
    file = exported(restored(state or full()))
    return {key: file[key] for key in ("format", "schema", "workshop")}


def as_text(file: Json) -> str:
    return json.dumps(file)


def test_a_file_holds_the_state_the_log_and_the_hash_of_its_last_entry() -> None:
    file = exported()
    past = history()
    assert (file["format"], file["schema"]) == ("keyroom-workshop", 1)
    assert Workshop.model_validate(file["workshop"]) == past.workshop
    assert [entry["id"] for entry in file["log"]] == [f"e{n}" for n in range(1, 11)]
    assert file["head"] == list(linked(past.entries))[-1].hash
    assert file["exported"].endswith("Z")


def test_a_log_comes_back_with_its_times_actors_undo_and_redo(store: Store) -> None:
    past = history()
    key = store.bring_in(import_workshop(export_workshop(past)))
    there = store.history(key)
    assert there.workshop.model_dump() == {**past.workshop.model_dump(), "id": key}
    assert [entry.when for entry in there.entries] == [entry.when for entry in past.entries]
    assert [entry.actor for entry in there.entries] == [entry.actor for entry in past.entries]
    assert [step.words for step in there.done] == [step.words for step in past.done]
    assert [step.words for step in there.undone] == [step.words for step in past.undone]


def test_the_same_file_twice_makes_two_workshops(store: Store) -> None:
    imported = import_workshop(export_workshop(history()))
    first, second = store.bring_in(imported), store.bring_in(imported)
    assert first != second
    assert store.history(first).revision == store.history(second).revision == 10


def test_a_file_without_a_log_is_taken_over_as_one_step(store: Store) -> None:
    imported = import_workshop(as_text(without_log()))
    key = store.bring_in(imported)
    assert imported.name == full().name
    assert store.history(key).revision == 1
    assert store.workshop(key).model_dump() == {**full().model_dump(), "id": key}


@settings(max_examples=25, deadline=None)
@given(workshops())
def test_every_workshop_survives_the_way_out_and_back(state: Workshop) -> None:
    [draft] = import_workshop(export_workshop(restored(state))).edits
    assert isinstance(draft.edit, RestoreWorkshop)
    assert draft.edit.state == state


def test_bytes_and_text_are_read_alike() -> None:
    text = export_workshop(history())
    assert import_workshop(text) == import_workshop(text.encode())


def test_a_state_that_its_log_does_not_make_is_refused_with_the_way_out() -> None:
    file = exported()
    file["workshop"]["cut_offs"]["strength"] = 3
    with pytest.raises(Unreadable, match=r'history and its state disagree\. Remove the "log"'):
        import_workshop(as_text(file))
    del file["log"]
    assert import_workshop(as_text(file)).name == "Spring"


def _shortened(file: Json) -> None:
    del file["log"][4]


def _doubled_id(file: Json) -> None:
    file["log"][5]["id"] = "e5"


def _not_allowed(file: Json) -> None:
    file["log"][5]["edit"] = {"kind": "set_points", "points": {"nothing": 1}}


def _ninth_in_log(file: Json) -> None:
    for number in range(8):
        edit = {"kind": "put_criterion", "criterion": criterion(f"x{number}").model_dump()}
        file["log"].append({**file["log"][0], "id": f"x{number}", "edit": edit})
    for place, entry in enumerate(file["log"], 1):
        entry["revision"] = place


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_shortened, "its entry 5 is numbered 6"),
        (_doubled_id, "two of its entries have the same id"),
        (_not_allowed, "There is no criterion 'nothing'"),
        (_ninth_in_log, "at most 8 criteria"),
    ],
)
def test_a_log_that_cannot_be_followed_is_refused(
    damage: Callable[[Json], None], words: str
) -> None:
    file = exported()
    damage(file)
    with pytest.raises(Unreadable, match=rf'{words}.*Remove the "log"'):
        import_workshop(as_text(file))


def _ninth_criterion(state: Json) -> None:
    for number in range(9):
        state["criteria"][f"x{number}"] = criterion(f"x{number}").model_dump()


def _empty_ballot(state: Json) -> None:
    state["ballots"]["ines"][0]["swings"] = {"a": 0, "s": 0}


def _not_a_number(state: Json) -> None:
    state["scores"]["a"]["ash"]["value"] = float("nan")


def _endless(state: Json) -> None:
    state["customers"]["ash"]["facts"] = {"orders": float("inf")}


def _word_for_number(state: Json) -> None:
    state["points"]["a"] = "a lot"


def _out_of_range(state: Json) -> None:
    state["cut_offs"]["strength"] = 11


def _unknown_field(state: Json) -> None:
    state["customers"]["ash"]["password"] = "x"  # noqa: S105 - a field that nobody knows


def _unknown_customer(state: Json) -> None:
    state["scores"]["a"]["nobody"] = {"value": 1}


def _no_list(state: Json) -> None:
    state["customers"] = "ash, bay"


def _anchors_both_ways(state: Json) -> None:
    state["criteria"]["a"]["anchors"] = [0, 5, 2, 7, 10]


STATES = [
    (_ninth_criterion, r"at most 8 criteria"),
    (_empty_ballot, r"ballots › ines › 0\).*worth nothing cannot be counted"),
    (_not_a_number, r"scores › a › ash › value: .*finite number; we found “nan”"),
    (_endless, r"facts › orders: .*finite number"),
    (_word_for_number, r"points › a: .*valid number.*we found “a lot”"),
    (_out_of_range, r"cut_offs › strength: .*less than or equal to 10; we found “11"),
    (_unknown_field, r"We do not know the field “workshop › customers › ash › password”"),
    (_unknown_customer, r"unknown customer 'nobody'"),
    (_no_list, r"customers: .*we found “ash, bay”"),
    (_anchors_both_ways, r"criteria › a\).*must run upwards"),
]


@pytest.mark.parametrize(("damage", "words"), STATES)
def test_a_wrong_state_is_refused_in_one_sentence_with_place_and_repair(
    damage: Callable[[Json], None], words: str
) -> None:
    file = without_log()
    damage(file["workshop"])
    with pytest.raises(Unreadable, match=rf"{words}.*Correct it in the file.*nothing was stored"):
        import_workshop(as_text(file))


def test_an_unknown_field_of_the_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="We do not know the field “macro”"):
        import_workshop(as_text({**without_log(), "macro": "run"}))


def test_a_newer_version_is_refused_with_the_way_out() -> None:
    with pytest.raises(Unreadable, match=r"version 2 of the workshop format.*Update Keyroom"):
        import_workshop(as_text({**without_log(), "schema": 2, "new_thing": []}))


@pytest.mark.parametrize("found", ["another-tool", ""])
def test_another_format_is_refused_by_name(found: str) -> None:
    with pytest.raises(Unreadable, match=f"format is “{found or 'not named'}”"):
        import_workshop(as_text({"format": found, "schema": 1}))


@pytest.mark.parametrize("text", ["", "Name;Revenue\nAsh;3", "[1, 2]", "null", '{"format": 3}'])
def test_what_is_no_workshop_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"could not read this file as a workshop file.*again"):
        import_workshop(text)


def test_deeply_nested_json_is_refused_like_any_other_file() -> None:
    with pytest.raises(Unreadable, match="could not read this file"):
        import_workshop("[" * 100_000)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + b"\0" * 50, "a ZIP or Excel file"),
        (pickle.dumps({"format": "keyroom-workshop"}), "a Python pickle"),
        (b"\0" * 8 + b"DUCK" + b"\0" * 50, "a DuckDB database"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
)
def test_files_that_could_run_programs_are_refused_by_kind(data: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"This is {kind}; only the JSON file"):
        import_workshop(data)


def test_a_store_s_own_file_is_refused(store: Store, tmp_path: Path) -> None:
    store.create("Spring")
    with pytest.raises(Unreadable, match="a DuckDB database"):
        import_workshop((tmp_path / "keyroom.duckdb").read_bytes())


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange, "MAX_BYTES", 2_000_000)
    with pytest.raises(Unreadable, match="has 3 MB; a workshop file has at most 2 MB"):
        import_workshop(b" " * 3_000_000)


def test_text_that_is_no_unicode_is_refused() -> None:
    broken = as_text(without_log()).encode().replace(b"By hand", b"By \xff\xfe")
    with pytest.raises(Unreadable, match="could not read this file"):
        import_workshop(broken)
