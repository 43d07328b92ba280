"""The words of a name, and the legal form among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.names.legal_forms import has_legal_form, without_form, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("A. P. Møller", ["ap", "moller"]),
        ("S.à r.l. & Fils", ["sarl", "fils"]),
        ("Straße 12b", ["strasse", "12b"]),
        ("D’Arcy", ["darcy"]),
        ("ＦＵＬＬ width", ["full", "width"]),
        ("", []),
    ],
)
def test_words_are_lower_case_letters_and_digits(name: str, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("meier gmbh co kg", "meier"),
        ("foo sp zoo", "foo"),
        ("foo s de rl de cv", "foo"),
        ("kg", "kg"),
        ("gmbh co kg", "gmbh"),
        ("bank of scotland", "bank of scotland"),
    ],
)
def test_legal_forms_at_the_end_are_left_off_and_one_word_stays(words: str, rest: str) -> None:
    assert without_form(words.split()) == rest.split()


@pytest.mark.parametrize(
    ("name", "has_one"),
    [
        ("Meier GmbH", True),
        ("トヨタ株式会社", True),
        ("Bike Shop", False),
        ("GmbH", False),
        ("", False),
    ],
)
def test_a_legal_form_is_seen_beside_a_name(name: str, has_one: bool) -> None:  # noqa: FBT001 - a case
    assert has_legal_form(name) is has_one


@given(st.text(max_size=60))
def test_words_hold_no_space_and_something_of_them_is_left(name: str) -> None:
    words = words_of(name)
    assert all(word and not any(letter.isspace() for letter in word) for word in words)
    assert bool(without_form(words)) == bool(words)
