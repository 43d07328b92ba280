"""The text inside a file's bytes, and the encoding that made sense of them.

UTF-8 and the marked encodings are certain. Everything else is an 8-bit guess among the ones that
office programs write; a guess is always told, so that a person can look at the accents.
"""

import gzip
import re
import zlib
from io import BytesIO
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

# Fewer bytes outside ASCII than this say nothing about an 8-bit encoding: a short name or two.
TELLING_BYTES = 12

# Bytes shown to the detector: enough for its statistics, little enough to answer at once.
SHOWN_BYTES = 32_768

# Two encodings whose disorder (share, 0-1, as the detector measures it) differs by less than this
# are a tie, which the default wins. Origin: German, French, Polish, Greek, Russian and Turkish
# company names; the wrong encoding came 0.05 or more behind wherever it was wrong.
NEAR_CHAOS = 0.03

# Share of NUL bytes at every second place that only UTF-16 text has.
UTF16_NUL_SHARE = 0.4


class Decoded(NamedTuple):
    """A file's text, its encoding, and a sentence where the encoding is a guess (else empty)."""

    text: str
    encoding: str
    note: str


def unpacked(name: str, data: bytes) -> bytes:
    """The bytes themselves, or what a gzip file holds.

    Raises:
        Unreadable: the gzip file is damaged, or holds more than `UNPACKED_LIMIT` bytes.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(BytesIO(data)) as packed:
            content = packed.read(UNPACKED_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = f"We could not unpack {name}: the gzip file is damaged. Compress it again."
        raise Unreadable(message) from error
    if len(content) > UNPACKED_LIMIT:
        message = (
            f"We did not unpack {name}: it holds more than {UNPACKED_LIMIT // 1_000_000:,} MB. "
            "Export fewer years or fewer columns."
        )
        raise Unreadable(message)
    return content


def decoded(name: str, data: bytes) -> Decoded:
    """The file as text.

    Raises:
        Unreadable: no encoding fits, two encodings are mixed, or NUL characters remain.
    """
    result = _marked(name, data) or _utf16_without_mark(data) or _utf8(data) or _guess(name, data)
    if "\x00" in result.text:
        line = result.text[: result.text.index("\x00")].count("\n") + 1
        message = (
            f"We could not read {name}: line {line} holds a NUL character, so the file is not "
            "plain text or its encoding is damaged. Save it as CSV UTF-8."
        )
        raise Unreadable(message)
    damaged = result.text.find("\ufffd")
    if damaged >= 0:
        line = result.text[:damaged].count("\n") + 1
        note = f'Line {line} holds a character that an earlier program already lost ("\ufffd").'
        return result._replace(note=f"{result.note} {note}".strip())
    return result


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
    lines = data.splitlines()
    foreign = [number for number, line in enumerate(lines, 1) if not line.isascii()]
    utf8 = [number for number in foreign if _utf8(lines[number - 1])]
    if utf8:
        other = next(number for number in foreign if number not in set(utf8))
        message = (
            f"We could not read {name}: line {utf8[0]} is written in UTF-8 and line {other} is "
            "not. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)
    encoding = _eight_bit(b"\n".join(lines[number - 1] for number in foreign)[:SHOWN_BYTES])
    return _in_eight_bit(name, data, encoding)


def _eight_bit(shown: bytes) -> str:
    """The most likely 8-bit encoding of lines that are not ASCII."""
    if sum(byte > 127 for byte in shown) < TELLING_BYTES:
        return EIGHT_BIT[0]
    found = charset_normalizer.from_bytes(shown, cp_isolation=list(EIGHT_BIT))
    best = found.best()
    if best is None:
        return EIGHT_BIT[0]
    near = [match for match in found if match.chaos <= best.chaos + NEAR_CHAOS]
    close = {one.encoding for match in near for one in (match, *match.submatch)}
    return EIGHT_BIT[0] if EIGHT_BIT[0] in close else best.encoding


def _in_eight_bit(name: str, data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, encoding) from error
    if _mostly_controls(text):
        raise _undecodable(name, encoding)
    sample = next((word for word in re.findall(r"\w+", text) if not word.isascii()), "")[:40]
    example = f', for example "{sample}"' if sample else ""
    note = f"The encoding looks like {encoding}. Check the accents{example}."
    return Decoded(text, encoding, note)


def _mostly_controls(text: str) -> bool:
    """Whether control characters show that these bytes never were text."""
    controls = sum(ord(letter) < 32 and letter not in "\t\r\n\v\f" for letter in text)
    return controls > len(text) / 100


def _undecodable(name: str, encoding: str) -> Unreadable:
    return Unreadable(
        f"We could not read {name}: the encoding is not one we know (tried UTF-8, UTF-16 and "
        f"{encoding}). Save the file as CSV UTF-8."
    )
