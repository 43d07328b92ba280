"""Bytes become the text that somebody typed, or a sentence says why not."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Unreadable
from kam.intake.tables.encoding import ENCODINGS, decoded, unpacked

PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1)

NAMES = {
    "cp1252": "Müller Großhandel GmbH\nSociété Générale\nHôtel de la Forêt\nÖzdemir & Söhne",
    "cp1250": "Zażółć gęślą jaźń\nŁódź Spółka\nKraków Przedsiębiorstwo",
    "cp1251": "Общество с ограниченной ответственностью\nМосква завод",
    "cp850": "Müller Großhandel\nJäger Köln\nBären-Apotheke",
    "cp1253": "Ελληνική Εταιρεία\nΑθήνα\nΘεσσαλονίκη",
}


@given(PRINTABLE.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_comes_back_unchanged_without_a_guess(text: str) -> None:
    assert decoded("f", text.encode())[:2] == (text, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str) -> None:
    result = decoded("f", "Käufer,1\n".encode(encoding))
    assert (result.text, result.encoding, result.note) == ("Käufer,1\n", encoding, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised_by_its_nul_bytes(encoding: str) -> None:
    result = decoded("f", "Kunde,Umsatz\nMüller,5\n".encode(encoding))
    assert result[:2] == ("Kunde,Umsatz\nMüller,5\n", encoding)


@pytest.mark.parametrize("encoding", NAMES)
def test_an_8_bit_encoding_is_guessed_from_its_names_and_told(encoding: str) -> None:
    result = decoded("f", NAMES[encoding].encode(encoding))
    assert (result.text, result.encoding) == (NAMES[encoding], encoding)
    assert f"The encoding looks like {encoding}. Check the accents, for example" in result.note


def test_a_single_accent_is_taken_as_windows_1252() -> None:
    result = decoded("f", "Müller\nMeier\n".encode("cp1252"))
    assert (result.text, result.encoding) == ("Müller\nMeier\n", "cp1252")


@pytest.mark.parametrize("sign", ["€", "£", "¥"])
def test_signs_of_money_alone_are_no_letters_of_another_encoding(sign: str) -> None:
    text = "Customer,Revenue\n" + f'Smith Ltd,"{sign}1,200"\n' * 400
    assert decoded("a.csv", text.encode("cp1252"))[:2] == (text, "cp1252")


def test_letters_of_the_old_macintosh_are_not_taken_for_signs_of_money() -> None:
    text = "Kunde,Stadt\n" + "Ärzte & Söhne,Ägerten\nMüller,Überlingen\n" * 40
    assert decoded("a.csv", text.encode("mac_roman"))[:2] == (text, "mac_roman")


@pytest.mark.parametrize("text", ["Bär\n", "Müller;Köln\n", "Société Générale\nCafé Müller\n"])
def test_a_letter_where_others_have_quotation_marks_tells_the_encoding_of_dos(text: str) -> None:
    assert decoded("f", text.encode("cp850"))[:2] == (text, "cp850")


def test_quotation_marks_around_words_are_not_taken_for_letters_of_dos() -> None:
    text = "Hotel „Post” Köln\n„Bär” L’Oréal\n"
    assert decoded("f", text.encode("cp1252"))[:2] == (text, "cp1252")


def test_two_encodings_in_one_file_are_refused_with_both_lines() -> None:
    data = b"Name\n" + "Café\n".encode() + "Müller\n".encode("cp1252")
    with pytest.raises(Unreadable, match="line 2 is written in UTF-8 and line 3 is not"):
        decoded("f.csv", data)


def test_a_nul_character_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match=r"f\.csv: line 3 holds a NUL character"):
        decoded("f.csv", b"a,b\n1,2\n3,x\x00y\n4,5\n6,7\n8,9\n")


def test_a_character_lost_by_an_earlier_program_is_told_with_its_line() -> None:
    result = decoded("f", "a\nM\ufffdller\n".encode())
    assert "Line 2 holds a character that an earlier program already lost" in result.note


def test_bytes_that_never_were_text_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"is not one we know .*\. Choose its encoding, or save"):
        decoded("f", bytes(range(1, 32)) * 4 + b"\xfa\xf1")


def test_a_gzip_file_gives_its_content_and_other_bytes_themselves() -> None:
    assert unpacked("f", gzip.compress(b"a,b\n")) == b"a,b\n"
    assert unpacked("f", b"a,b\n") == b"a,b\n"


def test_a_damaged_gzip_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="the gzip file is damaged"):
        unpacked("f", gzip.compress(b"a,b\n" * 1000)[:-9])


def test_a_gzip_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam.intake.tables.encoding.UNPACKED_LIMIT", 1000)
    with pytest.raises(Unreadable, match="We did not unpack bomb"):
        unpacked("bomb", gzip.compress(b"\n" * 1001))


def test_no_more_of_a_gzip_file_is_unpacked_than_the_caller_takes() -> None:
    packed = gzip.compress(b"\n" * 2_000_001)
    with pytest.raises(Unreadable, match=r"bomb: it holds more than 2 MB\. Export fewer"):
        unpacked("bomb", packed, 2_000_000)
    assert unpacked("fine", packed, 2_000_001) == b"\n" * 2_000_001


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_person_may_choose_the_encoding_and_nothing_is_guessed(encoding: str) -> None:
    text = {"cp1255": "שלום", "cp932": "株式会社", "cp949": "주식회사"}.get(encoding, "Muster AG")
    assert decoded("f", text.encode(encoding), encoding) == (text, encoding, "")


def test_a_chosen_encoding_does_not_keep_the_byte_order_mark() -> None:
    assert decoded("f", "\ufeffid".encode(), "utf-8").text == "id"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1253", "no such one", "zip", "a\x00b"])
def test_a_chosen_encoding_that_does_not_fit_is_refused_with_a_way_out(encoding: str) -> None:
    with pytest.raises(Unreadable, match=r"could not read f\.csv as .* Choose another encoding"):
        decoded("f.csv", b"a\xff\xd2\n", encoding)


def test_two_encodings_are_found_between_old_macintosh_line_ends_as_well() -> None:
    data = b"Name\r" + "Müller\r".encode("cp1252") + "Café\r".encode()
    with pytest.raises(Unreadable, match="line 3 is written in UTF-8 and line 2 is not"):
        decoded("f.csv", data)


def test_two_encodings_are_found_however_far_apart_they_stand() -> None:
    data = "Müller\n".encode("cp1252") * 3_000 + "Café\n".encode() + b"\xe4"
    with pytest.raises(Unreadable, match="line 3001 is written in UTF-8 and line 1 is not"):
        decoded("f.csv", data)


def test_a_line_of_nothing_but_lost_characters_is_refused() -> None:
    with pytest.raises(Unreadable, match="line 2 holds only characters that an earlier program"):
        decoded("f.csv", "id,name\n\ufffd,\ufffd\ufffd\n1,A\n".encode())
