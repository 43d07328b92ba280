"""Records and bytes find their lines again, and whoever looks for them can be stopped."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from kam.intake.orders import places
from kam.intake.orders.opened import Opened, Wanted
from kam.intake.orders.places import lines_at, places_of
from kam.intake.orders.progress import Cancelled, Progress
from tests.ledgers import ledger, opened

CHOSEN = Wanted({"customer": "Kunde", "amount": "Betrag"})
TEXT = 'Kunde;Betrag\nMüller;1,5\n"A\nB";2\n\nC;3\n'


def test_records_find_their_lines_behind_breaks_blanks_and_short_rows(tmp_path: Path) -> None:
    text = 'Kunde;Betrag\n"A\nB";1\n\nshort\nC;2\nD;3\n'
    found = opened(text.encode(), CHOSEN, tmp_path)
    assert places_of(found, [0, 1, 2]) == (2, 6, 7)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_bytes_find_their_lines_also_in_a_packed_file(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    found = opened(pack(TEXT.encode()), CHOSEN, tmp_path)
    places = [TEXT.encode().index(sign) for sign in (b"M", b'B"', b"C")]
    assert lines_at(found, [0, *places]) == (1, 2, 4, 6)


@pytest.mark.parametrize("look", [places_of, lines_at])
def test_looking_for_lines_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Callable[..., object]
) -> None:
    monkeypatch.setattr(places, "WATCHED", 2)
    stopped = Progress()
    found = opened(TEXT.encode(), CHOSEN, tmp_path)._replace(progress=stopped)
    look(found, [2])
    stopped.cancel()
    with pytest.raises(Cancelled, match="nothing was stored"):
        look(found, [2])


def test_a_file_is_looked_through_once_for_all_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[int]] = []

    def looked_for(opened: Opened, records: list[int]) -> tuple[int, ...]:
        seen.append(records)
        return places_of(opened, records)

    monkeypatch.setattr("kam.intake.orders.remarks.places_of", looked_for)
    found = ledger("customer,date,amount\nA,2025-01-01,x\nA,2025-01-01,5\nA,never,5\n")
    assert {one.kind: one.lines for one in found.left_out} == {"date": (4,), "amount": (2,)}
    assert seen == [[0, 2]]
