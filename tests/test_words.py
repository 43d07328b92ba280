"""Of `kam.ui.words`: names from strangers stay text, numbers read as managers say them."""

import re
import string
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.ui import words

HOSTILE = (
    # the kinds of reliability.md 3e
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "![i](https://evil.example/p.png)",
    "[a](javascript:alert(1))",
    "[a](https://evil.example)",
    "https://evil.example/x",
    "www.evil.example",
    "ftp://evil.example",
    "mail@evil.example",
    "$x$",
    "$$\\frac{1}{2}$$",
    ":red[x]",
    ":material/delete:",
    ":smile:",
    ":orange-background[x]",
    "# heading",
    "1. item",
    "- item",
    "~~gone~~",
    "**bold** _and_ `code`",
    "a -> b <- c <-> d -- e => f >= g <= h ~= i",
    "| a | b |",
    "> quote",
    "---",
    "&lt;b&gt; &amp;",
    "\\escaped\\",
    "{{ 7*7 }} ${x}",
)
# What Streamlit's markdown turns into signs, from its own front end (1.67).
ARROWS = re.compile(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)")


def as_text(markdown: str) -> str:
    """What a reader of markdown shows of escaped punctuation: the mark alone."""
    return re.sub(rf"\\([{re.escape(string.punctuation)}])", r"\1", markdown)


def visible(markdown: str) -> str:
    """What a person sees: the text without word joiners."""
    return as_text(markdown).replace("\u2060", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_verbatim(name: str) -> None:
    assert visible(words.plain(name)) == name


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mark_of_a_hostile_name_is_left_unescaped(name: str) -> None:
    rest = re.sub(rf"\\[{re.escape(string.punctuation)}]", "", words.plain(name))
    assert not set(rest) & set(string.punctuation)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_turns_into_a_link_or_an_arrow_by_itself(name: str) -> None:
    text = as_text(words.plain(name))
    assert not re.search(r"https?:|ftp:|www\.|\w@\w", text, re.IGNORECASE)
    assert not ARROWS.search(text)


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\u202e", "\u2066", "\u200f", "\n", "\x9b"])
def test_control_and_direction_marks_become_blanks(mark: str) -> None:
    assert words.plain(f"a{mark}b") == "a b"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf"])))
def test_every_text_without_control_marks_is_shown_verbatim(text: str) -> None:
    assert visible(words.plain(text)) == text


@given(st.text(max_size=80), st.integers(1, 50))
def test_a_shortened_text_is_never_longer_than_allowed(text: str, longest: int) -> None:
    cut = words.short(text, longest)
    assert len(cut) <= longest
    assert cut == text or cut.endswith("…")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "unknown"),
        (0.0, "EUR 0"),
        (95.0, "EUR 95"),
        (1_000.0, "EUR 1.0 k"),
        (860_000.0, "EUR 860 k"),
        (12_400_000.0, "EUR 12.4 m"),
        (3.2e9, "EUR 3.2 bn"),
        (-1_500.0, "EUR −1.5 k"),
    ],
)
def test_money_is_in_the_unit_that_fits(value: float | None, expected: str) -> None:
    assert words.amount(value, "EUR") == expected


def test_an_amount_without_a_currency_has_no_blank_in_front() -> None:
    assert words.amount(5.0) == "5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "unknown"), (float("nan"), "unknown"), (0.0, "0.0"), (7.25, "7.2")],
)
def test_an_unknown_score_is_a_word_and_zero_a_number(value: float | None, expected: str) -> None:
    assert words.score(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "not scored"), (1.25, "+1.2"), (0.0, "+0.0"), (-0.4, "−0.4")]
)
def test_a_distance_carries_its_sign(value: float | None, expected: str) -> None:
    assert words.signed(value) == expected


def test_a_count_agrees_with_its_noun() -> None:
    assert words.count(1, "customer") == "1 customer"
    assert words.count(0, "customer") == "0 customers"
    assert words.count(1_200, "criterion", "criteria") == "1,200 criteria"


def test_a_day_is_written_out() -> None:
    assert words.day(date(2026, 11, 5)) == "5 November 2026"
    assert words.day(None) == "no date"


def test_a_moment_of_today_has_no_date_and_an_earlier_one_has() -> None:
    now = datetime.now(tz=UTC)
    assert words.clock(now) == f"{now.astimezone():%H:%M}"
    before = now - timedelta(days=40)
    assert f"{before.astimezone():%b}" in words.clock(before)
