"""Of `kam.report.names` and `kam.ui.names`."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.report.names import file_name
from kam.ui.names import new_id


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
