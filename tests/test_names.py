"""Of `kam.report.names` and `kam.ui.names`."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import BringIn
from kam.model import Customer, Profile
from kam.report.names import file_name
from kam.ui.names import new_id, told_apart
from tests.workshops import made


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Key accounts 2027", "Key-accounts-2027.json"),
        ("Żółw & Søn / Q3", "Żółw-Søn-Q3.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("<script>", "script.json"),
        ("C:\\autoexec", "C-autoexec.json"),
        ("...", "workshop.json"),
        ("", "workshop.json"),
    ],
)
def test_a_file_is_named_after_its_workshop(title: str, expected: str) -> None:
    assert file_name(title, "json") == expected


@given(st.text(max_size=300))
def test_a_file_name_is_short_and_has_no_folder_in_it(title: str) -> None:
    name = file_name(title, "csv")
    assert re.fullmatch(r"[\w-]{1,60}\.csv", name)
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert len(name.encode()) <= 255


def test_ids_count_up_from_one() -> None:
    taken: set[str] = set()
    for expected in ("K-1", "K-2", "K-3"):
        found = new_id("K", taken)
        assert found == expected
        taken.add(found)


def test_a_free_id_in_between_is_used_again() -> None:
    assert new_id("C", {"C-1", "C-3"}) == "C-2"


@given(st.sets(st.integers(1, 50)))
def test_an_id_is_never_one_that_is_taken(numbers: set[int]) -> None:
    taken = {f"O-{number}" for number in numbers}
    assert new_id("O", taken) not in taken


# --- names that tell customers apart --------------------------------------------------------------


def called(*people: Customer) -> list[str]:
    workshop = made(BringIn(origin="a test", customers={one.id: one for one in people}))
    return list(told_apart(workshop).values())


def test_who_shares_no_name_is_called_by_it() -> None:
    assert called(Customer(id="1", name="Ash"), Customer(id="2", name="Bay")) == ["Ash", "Bay"]


def test_namesakes_are_told_apart_by_what_is_known_of_them_and_by_their_id() -> None:
    north = Profile(country="DE", industry="Steel", owner="Ines", revenue=1.2e6)
    assert called(
        Customer(id="C5", name="Müller GmbH", profile=north),
        Customer(id="C6", name="müller gmbh"),
        Customer(id="C7", name="Müller AG"),
    ) == ["Müller GmbH · DE · Steel · Ines · EUR 1.2 m · C5", "müller gmbh · C6", "Müller AG"]


@given(st.lists(st.sampled_from(["Ash", "ash", "Bay", "A · 1"]), max_size=6))
def test_no_two_are_called_the_same(names: list[str]) -> None:
    people = [Customer(id=str(n), name=name) for n, name in enumerate(names)]
    found = called(*people)
    assert len(set(found)) == len(found)
