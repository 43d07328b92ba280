"""One customer under two names is found, and two customers are never taken for one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.identity import by_key, by_list, halves, records, suggestions
from kam.intake.lists.identity import NEAR, near_pairs
from kam.names.key import name_key


def test_hostile_names_pair_without_a_crash(shared: Path) -> None:
    names = json.loads((shared / "data/account_names/blns.json").read_text("utf-8"))
    pairs = near_pairs({str(at): name for at, name in enumerate(names)})
    assert all(NEAR <= pair.likeness <= 100 for pair in pairs)


# --- names to ask about ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Bosch Rexroth", "Rexroth Bosch", "They have the same words in another order."),
        ("Siemens", "Simens AG", "They are spelled almost alike."),
        ("Bosch", "Bosch Rexroth", "One has all the words of the other."),
        (
            "Alpha Beta Gamma Delta X1",
            "Alpha Beta Gamma Delta Nord X1",
            "One has all the words of the other.",
        ),
        (
            "Erie Chicago Neighbour Learning House Ost",
            "Wicker Park Erie Chicago Neighbour Learning House",
            "Both have “neighbour learning chicago”.",
        ),
        ("Woodlawn Dev Ctr", "Woodlawn Development Ctr", "Both have “woodlawn ctr”."),
    ],
)
def test_names_that_are_alike_are_asked_about_with_a_reason(one: str, other: str, why: str) -> None:
    [pair] = near_pairs({"a": one, "b": other})
    assert (pair.left, pair.right, pair.why) == ("a", "b", why)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plant 1", "Plant 2"),
        ("Works II", "Works III"),
        ("Business Unit A", "Business Unit B"),
        ("Alpha Foods", "Omega Steel"),
        ("Meier GmbH", "MEIER"),
    ],
)
def test_names_that_need_no_question_are_not_asked_about(one: str, other: str) -> None:
    assert near_pairs({"a": one, "b": other}) == ()


def test_with_others_only_pairs_across_are_asked_about() -> None:
    pairs = near_pairs({"a": "Bosch Rexroth", "b": "Rexroth Bosch"}, {"c": "Bosch Rexroht"})
    assert {(pair.left, pair.right) for pair in pairs} == {("a", "c"), ("b", "c")}


def test_one_common_word_is_no_reason_to_ask() -> None:
    names = {str(at): f"Bank {chr(97 + at // 26)}{chr(97 + at % 26)}zq" for at in range(200)}
    assert all(pair.why == "They are spelled almost alike." for pair in near_pairs(names))


@given(st.dictionaries(st.text("abc12", max_size=3), st.text("ab 12", max_size=8), max_size=12))
def test_pairs_are_of_different_keys_come_once_and_the_most_alike_first(
    names: dict[str, str],
) -> None:
    pairs = near_pairs(names)
    assert all(name_key(names[pair.left]) != name_key(names[pair.right]) for pair in pairs)
    assert len({frozenset((pair.left, pair.right)) for pair in pairs}) == len(pairs)
    assert [pair.likeness for pair in pairs] == sorted((p.likeness for p in pairs), reverse=True)


def test_suggestions_keep_their_precision_and_recall_on_real_duplicates(shared: Path) -> None:
    """The half of the records on which the threshold was not chosen; see the benchmark."""
    _, second = halves(records(shared / "data/dedupe_chicago_sites"))
    key, both = by_key(second), by_list(second, suggestions(second))
    assert key.precision >= 0.94
    assert key.recall >= 0.33
    assert both.precision >= 0.68
    assert both.recall >= 0.70


def test_all_true_pairs_of_records_are_counted(shared: Path) -> None:
    sites = records(shared / "data/dedupe_chicago_sites")
    truth = json.loads((shared / "data/dedupe_chicago_sites/TRUTH.json").read_text("utf-8"))
    assert by_key(sites).true == truth["true_duplicate_pairs"] == 6_608
