"""The example can be made again byte for byte, and its log is one that people could have made."""

import json
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from data import make_example
from data.example_figures import ROWS
from data.example_minutes import NAMES
from kam.edits import Redo, Undo
from kam.history import Entry, History, read
from kam.model import Workshop
from kam.store.exchange import import_workshop
from tests.conftest import ROOT

FILE = ROOT / "data" / "example.json"
TODAY = date(2026, 11, 20)

# names of companies that exist and sell or buy what the example speaks of
# fmt: off
REAL_COMPANIES = (
    "Siemens", "Bosch", "Nestlé", "Unilever", "Danone", "Heineken", "Carlsberg", "Maersk",
    "Schenker", "Lidl", "Aldi", "Tesco", "Carrefour", "Pfizer", "Novartis", "Roche", "Bayer",
    "Sanofi", "Lonza", "Airbus", "Boeing", "Safran", "Volkswagen", "Toyota", "Renault",
    "Stellantis", "BASF", "Dow", "Vattenfall", "Ørsted", "Fortum", "Vodafone", "Telia", "Orange",
    "Equinix", "Helvar", "Fjord Line", "Hilton", "Marriott", "Accor", "Tarmac", "Holcim",
    "Heidelberg", "ArcelorMittal", "Thyssen", "Salzgitter", "Endress", "Krohne", "Emerson",
    "Honeywell", "Kamstrup",
)
# fmt: on


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return loaded


def test_the_script_reproduces_the_file_byte_for_byte() -> None:
    assert make_example.text().encode() == FILE.read_bytes()


def test_two_runs_make_the_same_history(history: History) -> None:
    assert make_example.example() == history


def test_the_log_folds_to_the_state_in_the_file(content: dict[str, Any]) -> None:
    entries = [Entry.model_validate_json(json.dumps(line)) for line in content["log"]]
    state = Workshop.model_validate(content["workshop"])
    assert read("example", entries).workshop == state


def test_the_file_can_be_brought_in_with_its_whole_log(content: dict[str, Any]) -> None:
    imported = import_workshop(FILE.read_bytes())
    assert len(imported.edits) == len(content["log"]) > 100
    assert imported.name == "Key accounts of Tessendal Controls"


def test_the_file_says_what_it_is(content: dict[str, Any]) -> None:
    assert (content["format"], content["schema"]) == ("keyroom-workshop", 1)
    assert content["exported"] == make_example.EXPORTED
    assert re.fullmatch("[0-9a-f]{64}", content["head"])
    assert content["workshop"]["example"] is True


def test_the_file_is_smaller_than_a_megabyte() -> None:
    assert FILE.stat().st_size < 1_000_000


def test_nobody_can_be_written_to() -> None:
    assert "@" not in FILE.read_text("utf-8")
    assert re.search(r"https?://|www\.", FILE.read_text("utf-8")) is None


def test_no_customer_is_a_company_that_exists(workshop: Workshop) -> None:
    names = " ".join(known.name for known in workshop.customers.values()).casefold()
    assert [real for real in REAL_COMPANIES if real.casefold() in names] == []


def test_the_log_starts_in_2024_and_runs_forward(history: History) -> None:
    times = [entry.when for entry in history.entries]
    assert times[0].date() == date(2024, 10, 7)
    assert all(before < after for before, after in pairwise(times))
    assert times[-1].date() < TODAY


def test_every_entry_has_an_id_of_its_own(history: History) -> None:
    ids = [entry.id for entry in history.entries]
    assert len(set(ids)) == len(ids)
    assert [entry.revision for entry in history.entries] == list(range(1, len(ids) + 1))


def test_everything_was_done_by_somebody_in_the_example(history: History) -> None:
    people = set(NAMES.values()) | {row.owner for row in ROWS}
    assert {entry.actor for entry in history.entries} <= people


def test_the_log_shows_undo_and_redo(history: History) -> None:
    kinds = [type(entry.edit) for entry in history.entries]
    assert kinds.count(Undo) == 3
    assert kinds.count(Redo) == 1


def test_a_line_that_was_only_tried_stands_where_it_stood(history: History) -> None:
    tried = [words for _, words in history.record() if words == "strategic line 7 → 7.5"]
    assert len(tried) == 1
    assert history.workshop.cut_offs.strategic == 7


def test_single_edits_are_left_to_undo(history: History) -> None:
    assert 20 <= len([s for s in history.done if s.entry.when.date() >= date(2026, 11, 1)]) <= 70


def test_the_record_says_every_step_in_words(history: History) -> None:
    words = [line for _, line in history.record()]
    assert len(words) == len(history.entries)
    assert "attractiveness cut-off 5.5 → 5" in words
    assert "customers from customers-2026.xlsx: 2 added, 38 updated" in words
