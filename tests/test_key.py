"""Two spellings of one company's name have one key, and two companies have two."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.names.key import core, name_key

NAMES = st.text(max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meier AG", " MEIER  A.G."),
        ("Müller & Söhne GmbH & Co. KG", "Muller und Sohne"),
        ("Friendly Bike Shop", "friendly bike-shop"),
        ("O'Keefe and Sons", "OKeefe & Sons, Inc."),
        ("ČEZ, a.s.", "CEZ"),
        ("Grupo Alfa, S.A. de C.V.", "GRUPO ALFA"),
        ("株式会社トヨタ", "トヨタ"),
        ("PT Telkom Tbk", "Telkom"),
        ("Ørsted A/S", "Orsted"),
        ("ООО Ромашка", "Ромашка"),
    ],
)
def test_names_of_one_customer_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant 1", "Plant 2"),
        ("Plant 1 2", "Plant 12"),
        ("+++", "---"),
        ("👨", "❤️"),
        ("Meier Holding AG", "Meier AG"),
        ("A B Smith", "Smith"),
        ("कमल", "कोमल"),
    ],
)
def test_names_of_two_customers_have_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_is_nothing_but_a_legal_form_keeps_it() -> None:
    assert [name_key(name) for name in ("AG", "Co & Co", "GmbH & Co. KG")] == ["ag", "co", "gmbh"]


@given(NAMES.filter(bool))
def test_no_name_has_an_empty_key(name: str) -> None:
    assert name_key(name)


@given(NAMES)
def test_case_and_spaces_around_never_matter(name: str) -> None:
    assert name_key(f"  {name} ").strip() == name_key(name).strip()


def test_only_listed_companies_of_one_name_share_a_key(shared: Path) -> None:
    """Of 1,320 real names four pairs differ in the legal form alone."""
    found = defaultdict(list)
    path = shared / "data/account_names/sec_foreign_companies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for name, _ in csv.reader(file, delimiter=";"):
            found[name_key(name)].append(name)
    assert sum(map(len, found.values())) == 1_320
    assert {key: len(names) for key, names in found.items() if len(names) > 1} == {
        "emco": 2,
        "riotinto": 2,
        "thomson": 2,
        "unilever": 2,
    }


def test_hostile_names_have_keys(shared: Path) -> None:
    names = json.loads((shared / "data/account_names/blns.json").read_text("utf-8"))
    assert all(name_key(name) for name in names if name)


def test_the_core_of_a_name_has_neither_legal_form_nor_joining_words() -> None:
    assert core("Müller & Söhne GmbH") == ["muller", "sohne"]
    assert core("+++") == []
