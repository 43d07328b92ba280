"""A text in any encoding is copied to UTF-8 as it stands, or refused with the line."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.orders import utf8
from kam.intake.orders.utf8 import Text, copy_as_utf8, unpacking

TEXT = "Kunde;Betrag\r\nMüller;1,5\nÅse;2\n"


def copied(folder: Path, data: bytes, encoding: str, *, guessed: bool = False) -> str:
    source, target = folder / "source", folder / "target"
    source.write_bytes(data)
    copy_as_utf8(Text("f.csv", source, encoding, guessed), target, lambda _: None)
    return target.read_bytes().decode("utf-8")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "mac_roman"])
def test_the_copy_holds_the_same_text(
    tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert copied(tmp_path, pack(TEXT.encode(encoding)), encoding) == TEXT


@given(text=st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_blocks_of_any_length_hold_the_same_text(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utf8, "BLOCK", 3)
        folder = tmp_path_factory.mktemp("utf8")
        assert copied(folder, text.encode("utf-16-le"), "utf-16-le") == text
        assert copied(folder, text.encode("gb18030"), "gb18030") == text


def test_how_far_the_copy_is_rises_to_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(utf8, "BLOCK", 10)
    source, told = tmp_path / "source", list[float]()
    source.write_bytes(TEXT.encode("cp1252") * 9_999)
    copy_as_utf8(Text("f.csv", source, "cp1252", guessed=True), tmp_path / "t", told.append)
    assert told == sorted(told)
    assert (told[0] < 0.1, told[-1]) == (True, 1.0)


def test_the_copy_is_stopped_by_who_watches_it(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(TEXT.encode("cp1252"))

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(Unreadable):
        copy_as_utf8(Text("f.csv", source, "cp1252", guessed=True), tmp_path / "t", stop)


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        (b"a\nb\nM\x81ller\n", "cp1252", "as cp1252: some bytes of line 3 are no character"),
        (b"a\nb\nc\x00d\n", "cp1252", "line 3 holds a NUL"),
        (b"a\xe4\nb\n" + "Ä;ü\n".encode(), "cp1252", "line 3 is written in UTF-8 and others"),
        (gzip.compress(b"a\xe4\n" * 99, mtime=0)[:-9], "cp1252", "the gzip file is damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, encoding: str, words: str
) -> None:
    monkeypatch.setattr(utf8, "BLOCK", 4)
    with pytest.raises(Unreadable, match=words):
        copied(tmp_path, data, encoding, guessed=True)


def test_what_a_person_takes_for_utf16_and_has_no_mark_of_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="as utf-16: some bytes of line 1 are no character"):
        copied(tmp_path, b":xx\xf6\xf6", "utf-16")


def test_an_encoding_that_a_person_chose_is_not_doubted(tmp_path: Path) -> None:
    assert copied(tmp_path, "Ä\n".encode(), "cp1252") == "Ã„\n"


def test_no_more_of_a_gzip_file_is_unpacked_than_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(utf8, "UNPACKED_LIMIT", 2 * utf8.BLOCK)
    with pytest.raises(Unreadable, match="it holds more than 2 MB"):
        copied(tmp_path, gzip.compress(b"\xe4\n" * 2 * utf8.BLOCK), "cp1252")
    assert (tmp_path / "target").stat().st_size <= 4 * utf8.BLOCK


def test_a_disk_without_room_is_said(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(TEXT.encode("cp1252"))
    target = Path("/dev/full")
    if not target.exists():
        pytest.skip("this system has no device that is always full")
    with pytest.raises(Unreadable, match=r"could not copy f\.csv as UTF-8: No space left"):
        copy_as_utf8(Text("f.csv", source, "cp1252", guessed=True), target, lambda _: None)


def test_a_file_that_may_not_be_read_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(utf8, "is_gzip", refuse)
    with (
        pytest.raises(Unreadable, match=r"We may not read f\.csv"),
        unpacking("f.csv", tmp_path / "f.csv"),
    ):
        pass
