"""Links: an entry, its canonical line and its hash."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.edits import RenameWorkshop
from kam.history import Entry
from kam.store.chain import START, Link, is_whole, linked, longest_chain, parsed

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def entries(*names: str, actor: str = "Anna") -> list[Entry]:
    return [
        Entry(
            id=f"e{place}",
            workshop="w",
            revision=place,
            when=NOON,
            actor=actor,
            edit=RenameWorkshop(name=name),
        )
        for place, name in enumerate(names, 1)
    ]


def chain(*names: str) -> list[Link]:
    return list(linked(entries(*names)))


def test_a_link_gives_back_the_entry_that_it_was_made_of() -> None:
    [entry] = entries("Spring")
    [link] = linked([entry])
    assert link.entry == entry


def test_the_first_link_follows_the_start_and_each_later_one_the_link_before() -> None:
    first, second, third = chain("a", "b", "c")
    assert (first.seq, first.prev) == (1, START)
    assert (second.seq, second.prev) == (2, first.hash)
    assert (third.seq, third.prev) == (3, second.hash)


def test_a_chain_goes_on_after_a_given_link() -> None:
    every = entries("a", "b", "c")
    first, second = linked(every[:2])
    assert list(linked(every[2:], after=second)) == list(linked(every))[2:]
    assert first.seq == 1


def test_times_are_stored_in_utc_whatever_their_zone_and_naive_ones_are_utc() -> None:
    berlin = NOON.astimezone(timezone(timedelta(hours=1)))
    [entry] = entries("a")
    zoned = next(linked([entry.model_copy(update={"when": berlin})]))
    naive = next(linked([entry.model_copy(update={"when": NOON.replace(tzinfo=None)})]))
    assert zoned.ts == naive.ts == "2026-11-22T12:00:00.000000+00:00"


@given(st.text(min_size=1, max_size=50).filter(str.strip), st.text(max_size=50))
def test_every_line_is_one_line_and_parses_to_the_same_link(name: str, actor: str) -> None:
    [link] = linked(entries(name, actor=actor))
    assert "\n" not in link.line
    assert parsed(link.line) == link


def test_a_name_that_looks_like_the_line_itself_does_not_confuse_the_parser() -> None:
    [link] = linked(entries('","edit":{},"prev":"0","hash":"0"}', actor=',"edit":'))
    assert parsed(link.line) == link


@pytest.mark.parametrize("place", [1, 9, 40, 100, 200, -70, -3])
def test_a_line_with_one_changed_character_is_refused(place: int) -> None:
    line = chain("Spring")[0].line
    place %= len(line)
    other = "x" if line[place] != "x" else "y"
    with pytest.raises(ValueError, match=r".+"):
        parsed(line[:place] + other + line[place + 1 :])


@pytest.mark.parametrize("line", ["", "{}", "null", '{"seq":1}', "x" * 300])
def test_a_line_that_is_no_link_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parsed(line)


def test_a_whole_chain_is_genuine_ordered_and_starts_at_the_start() -> None:
    links = chain("a", "b", "c")
    assert is_whole(links)
    assert is_whole([])
    assert not is_whole(links[1:])
    assert not is_whole([links[0], links[2]])
    assert not is_whole([links[0], links[1]._replace(actor="Mallory"), links[2]])


def test_the_longest_chain_is_found_whatever_the_order_and_repetition() -> None:
    links = chain("a", "b", "c", "d")
    assert longest_chain([*links[2:], *links[:3]]) == links


def test_a_hole_ends_the_chain() -> None:
    links = chain("a", "b", "c", "d")
    assert longest_chain([links[0], links[1], links[3]]) == links[:2]


def test_where_two_links_follow_the_same_one_the_first_given_counts() -> None:
    ours, theirs = chain("a", "b"), chain("a", "z")
    assert longest_chain([*ours, *theirs]) == ours
    assert longest_chain([*theirs, *ours]) == theirs
