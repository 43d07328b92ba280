"""The text inside a file's bytes, and the encoding that made sense of them.

UTF-8 and the marked encodings are certain. Everything else is an 8-bit guess among the ones that
office programs write; a guess is always told, so that a person can look at the accents.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import NamedTuple

import charset_normalizer

from kam.errors import Unreadable

# A gzip file of this size when unpacked holds some ten million order lines; more is a trap or
# a job for a database. Bytes.
UNPACKED_LIMIT = 1_000_000_000

# Byte order marks; UTF-32 first, because its little-endian mark begins like the one of UTF-16.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)

# 8-bit encodings that office programs of Europe and the Americas still write. The first one is
# the default of Windows and is taken where the text is too short to tell.
EIGHT_BIT = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman")

# The encoding of DOS, which some programs still write on Windows, and its letters with accents:
# ü, é, ä and ö lie where all of the above but the Macintosh have quotation marks or nothing.
DOS = "cp850"
_TELLING = re.compile(rb"(?<=[A-Za-z])[\x81\x82\x84\x94]|[\x81\x82\x84\x94](?=[A-Za-z])")
_BETWEEN = re.compile(rb"(?<=[A-Za-z])[\x81\x82\x84\x94](?=[A-Za-z])")
_DOS_LETTERS = frozenset(
    b"\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x90"
    b"\x93\x94\x95\x96\x97\x99\x9a\xa0\xa1\xa2\xa3\xa4\xe1"
)

# Share of these four among the letters with accents of a text in German or French, at least. 0-1.
LEAST_TELLING = 0.5

# What a person may choose where the file cannot tell: encoding -> where it is used.
ENCODINGS = {
    "utf-8": "Unicode",
    "cp1252": "Western Europe, the Americas",
    "cp1250": "Central Europe",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "iso8859_7": "Greek, older",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "cp932": "Japanese",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "cp949": "Korean",
    "mac_roman": "old Macintosh",
    "cp850": "DOS, Western Europe",
    "utf-16": "Unicode text of Excel",
}

# What a program writes in place of a character that it could not read.
LOST = "\ufffd"

# Fewer bytes outside ASCII than this say nothing about an 8-bit encoding: a short name or two.
TELLING_BYTES = 12

# Bytes shown to the detector: enough for its statistics, little enough to answer at once.
SHOWN_BYTES = 32_768

# Lines of which the detector is shown the beginning, and lines that may be UTF-8 among others.
SHOWN_LINES = 1_000
MOST_LINES = 100_000

# Two encodings whose disorder (share, 0-1, as the detector measures it) differs by less than this
# are a tie, which the default wins. Origin: German, French, Polish, Greek, Russian and Turkish
# company names; the wrong encoding came 0.05 or more behind wherever it was wrong.
NEAR_CHAOS = 0.03

# Control characters that text has no use for; a NUL is looked for apart.
CONTROLS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\r\n\v\f"]

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# The signs of euro, pound and yen, and the space of Windows, where no letter stands beside them: in
# other encodings the same bytes are letters.
_MONEY_SIGNS = re.compile(rb"(?<![A-Za-z])[\x80\xa0\xa3\xa5]+(?![A-Za-z\x80-\xff])")

_LIKE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xf4][\x80-\xbf]{2}")

# Encodings in which a line feed is more than a byte, and bytes of their longest unit.
_WIDE = ("utf-16", "utf-32")
_WIDEST = 4

# Share of NUL bytes at every second place that only UTF-16 text has.
UTF16_NUL_SHARE = 0.4


class Decoded(NamedTuple):
    """A file's text, its encoding, and a sentence where the encoding is a guess (else empty)."""

    text: str
    encoding: str
    note: str


def unpacked(name: str, data: bytes, most: int | None = None) -> bytes:
    """The bytes themselves, or what a gzip file holds; no more of it is unpacked than is allowed.

    Args:
        name: the file's, for sentences.
        data: the file.
        most: bytes that a gzip file may hold; `UNPACKED_LIMIT` if not given.

    Raises:
        Unreadable: the gzip file is damaged, or holds more.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    limit = UNPACKED_LIMIT if most is None else most
    try:
        with gzip.open(BytesIO(data)) as packed:
            content = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = f"We could not unpack {name}: the gzip file is damaged. Compress it again."
        raise Unreadable(message) from error
    if len(content) > limit:
        message = (
            f"We did not unpack {name}: it holds more than {limit // 1_000_000:,} MB. "
            "Export fewer years or fewer columns."
        )
        raise Unreadable(message)
    return content


def decoded(name: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The file as text, in the encoding that a person chose or that makes sense of the bytes.

    Raises:
        Unreadable: no encoding fits, two encodings are mixed, or NUL characters remain.
    """
    result = _chosen(name, data, encoding) if encoding else _told_by(name, data)
    if "\x00" in result.text:
        line = result.text.count("\n", 0, result.text.index("\x00")) + 1
        message = (
            f"We could not read {name}: line {line} holds a NUL character, so the file is not "
            "plain text or its encoding is damaged. Save it as CSV UTF-8."
        )
        raise Unreadable(message)
    return _with_losses_told(name, result)


def decoded_beginning(name: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The whole lines at the beginning of a file, cut off somewhere, as `decoded` reads them.

    Raises:
        Unreadable: as in `decoded`.
    """
    wide = b"\x00" in data[:SHOWN_BYTES] or encoding in _WIDE
    end = len(data) // _WIDEST * _WIDEST if wide else data.rfind(b"\n") + 1 or len(data)
    found = decoded(name, data[:end], encoding)
    return found._replace(text=found.text[: found.text.rfind("\n") + 1] or found.text)


def _with_losses_told(name: str, result: Decoded) -> Decoded:
    """The text with a note where an earlier program lost a character; a line of losses is refused.

    Raises:
        Unreadable: a line holds nothing else, so that the bytes are not what the file was.
    """
    damaged = result.text.find(LOST)
    if damaged < 0:
        return result
    number = result.text.count("\n", 0, damaged) + 1
    begin = result.text.rfind("\n", 0, damaged) + 1
    line = result.text[begin:].partition("\n")[0]
    if not line.strip(f'{LOST}"\t\r,;| '):
        message = (
            f"We could not read {name}: line {number} holds only characters that an earlier "
            "program already lost; its encoding is damaged. Export it once more as CSV UTF-8."
        )
        raise Unreadable(message)
    note = f'Line {number} holds a character that an earlier program already lost ("{LOST}").'
    return result._replace(note=f"{result.note} {note}".strip())


def _told_by(name: str, data: bytes) -> Decoded:
    """The text in the encoding that the file's own bytes tell."""
    return _marked(name, data) or _utf16_without_mark(data) or _utf8(data) or _guess(name, data)


def _chosen(name: str, data: bytes, encoding: str) -> Decoded:
    """The text in the encoding that a person chose; its byte order mark is not part of it."""
    try:
        text = data.decode(encoding)
    except (ValueError, LookupError) as error:
        message = (
            f"We could not read {name} as {encoding}: some of its bytes are no character there. "
            "Choose another encoding, or save the file as CSV UTF-8."
        )
        raise Unreadable(message, asks="encoding") from error
    return Decoded(text.removeprefix("\ufeff"), encoding, "")


def _marked(name: str, data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding, "")
            except UnicodeDecodeError as error:
                raise _undecodable(name, encoding) from error
    return None


def _utf16_without_mark(data: bytes) -> Decoded | None:
    shown = data[:SHOWN_BYTES]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = shown[start::2]
        if len(half) > 1 and half.count(0) / len(half) >= UTF16_NUL_SHARE and len(data) % 2 == 0:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return Decoded(text, encoding, "")
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "")
    except UnicodeDecodeError:
        return None


def _guess(name: str, data: bytes) -> Decoded:
    """The text in the most likely 8-bit encoding, told as a guess."""
    lines = _broken(data)
    utf8 = first_in_utf8(lines)
    if utf8:
        beyond = _lines_with(_BEYOND_ASCII, lines)
        other = next(number for number, line in beyond if not _utf8(line))
        message = (
            f"We could not read {name}: line {utf8} is written in UTF-8 and line {other} is "
            "not. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)
    telling = islice(_lines_with(_BEYOND_ASCII, lines), SHOWN_LINES)
    shown = b"\n".join(line[:SHOWN_BYTES] for _, line in telling)
    return _in_eight_bit(name, data, _eight_bit(shown[:SHOWN_BYTES]))


def first_in_utf8(data: bytes) -> int:
    """The first line that is written in UTF-8 and not in ASCII, from 1; 0 if none is."""
    likely = islice(_lines_with(_LIKE_UTF8, _broken(data)), MOST_LINES)
    return next((number for number, line in likely if _utf8(line)), 0)


def _broken(data: bytes) -> bytes:
    """The bytes with line feeds where they have none: an old Macintosh ends lines otherwise."""
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _lines_with(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line in which the pattern is found; no other line is copied."""
    at, number = 0, 1
    while found := pattern.search(data, at):
        begin = max(data.rfind(b"\n", at, found.start()) + 1, at)
        number += data.count(b"\n", at, begin)
        end = data.find(b"\n", begin)
        end = len(data) if end < 0 else end
        yield number, data[begin:end]
        at = end


def _eight_bit(shown: bytes) -> str:
    """The most likely 8-bit encoding of lines that are not ASCII."""
    if _is_dos(shown):
        return DOS
    if not _BEYOND_ASCII.search(_MONEY_SIGNS.sub(b"", shown)):
        return EIGHT_BIT[0]
    if sum(byte > 127 for byte in shown) < TELLING_BYTES:
        return EIGHT_BIT[0]
    found = charset_normalizer.from_bytes(shown, cp_isolation=list(EIGHT_BIT))
    best = found.best()
    if best is None:
        return EIGHT_BIT[0]
    near = [match for match in found if match.chaos <= best.chaos + NEAR_CHAOS]
    close = {one.encoding for match in near for one in (match, *match.submatch)}
    return EIGHT_BIT[0] if EIGHT_BIT[0] in close else best.encoding


def _is_dos(shown: bytes) -> bool:
    """Whether letters stand where only the encoding of DOS has letters, and nothing else does."""
    beyond = [byte for byte in shown if byte > 127]
    telling = len(_TELLING.findall(shown))
    return (
        bool(_BETWEEN.search(shown))
        and _DOS_LETTERS.issuperset(beyond)
        and telling >= LEAST_TELLING * len(beyond)
    )


def _in_eight_bit(name: str, data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, encoding) from error
    if _mostly_controls(text):
        raise _undecodable(name, encoding)
    words = (found.group() for found in re.finditer(r"\w+", text))
    sample = next((word for word in words if not word.isascii()), "")[:40]
    example = f', for example "{sample}"' if sample else ""
    note = f"The encoding looks like {encoding}. Check the accents{example}."
    return Decoded(text, encoding, note)


def _mostly_controls(text: str) -> bool:
    """Whether control characters show that these bytes never were text."""
    controls = sum(text.count(control) for control in CONTROLS)
    return controls > len(text) / 100


def _undecodable(name: str, encoding: str) -> Unreadable:
    return Unreadable(
        f"We could not read {name}: the encoding is not one we know (tried UTF-8, UTF-16 and "
        f"{encoding}). Choose its encoding, or save the file as CSV UTF-8.",
        asks="encoding",
    )
