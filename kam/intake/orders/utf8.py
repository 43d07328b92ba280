"""A text in another encoding, copied to UTF-8 block by block: no more than a block is held."""

import codecs
import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from kam.errors import Unreadable
from kam.intake.tables.encoding import UNPACKED_LIMIT, first_in_utf8

# Bytes that are read at a time.
BLOCK = 1 << 20


Stream = gzip.GzipFile | BufferedReader


class Text(NamedTuple):
    """A file with text: what people call it, where it is, and its encoding.

    `guessed` is whether nobody chose the encoding; then no line may be written in UTF-8.
    """

    name: str
    path: Path
    encoding: str
    guessed: bool


def is_gzip(path: Path) -> bool:
    """Whether the file begins like a gzip file."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


@contextmanager
def unpacking(name: str, path: Path) -> Iterator[Stream]:
    """The bytes of a file, or of what a gzip file holds, as a stream.

    Raises:
        Unreadable: the file may not be opened, or the gzip file is damaged; also within.
    """
    try:
        with gzip.open(path) if is_gzip(path) else path.open("rb") as stream:
            yield stream
    except PermissionError as error:
        message = f"We may not read {name}. Allow it to the account that runs Keyroom."
        raise Unreadable(message) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        message = f"We could not unpack {name}: the gzip file is damaged. Compress it again."
        raise Unreadable(message) from error


def copy_as_utf8(text: Text, target: Path, advance: Callable[[float], None]) -> None:
    """Nothing comes back; `target` holds the text in UTF-8, without a byte order mark.

    `advance` is told which share of the file (0-1) is done, and may stop the copy by raising.

    Raises:
        Unreadable: some bytes are no character, two encodings are mixed, NUL characters, a gzip
            file that is damaged or holds too much, or no room for the copy.
    """
    try:
        size = max(text.path.stat().st_size, 1)
        with unpacking(text.name, text.path) as stream, target.open("wb") as copy:
            for block in _decoded(text, _blocks(text, stream)):
                copy.write(block.encode("utf-8"))
                advance(_on_disk(stream) / size)
    except OSError as error:
        message = (
            f"We could not copy {text.name} as UTF-8: {error.strerror or 'the disk refused'}. Make "
            "room in the folder for temporary files, or save the file as CSV UTF-8."
        )
        raise Unreadable(message) from error


def _blocks(text: Text, stream: Stream) -> Iterator[bytes]:
    """The bytes in blocks of whole lines; no more of a gzip file than is allowed."""
    packed, read, rest = isinstance(stream, gzip.GzipFile), 0, b""
    while piece := stream.read(BLOCK):
        read += len(piece)
        if packed and read > UNPACKED_LIMIT:
            message = (
                f"We did not unpack {text.name}: it holds more than "
                f"{UNPACKED_LIMIT // 1_000_000:,} MB. Export fewer years or fewer columns."
            )
            raise Unreadable(message)
        lines = rest + piece
        end = lines.rfind(b"\n") + 1 or len(lines)
        rest = lines[end:]
        yield lines[:end]
    if rest:
        yield rest


def _on_disk(stream: Stream) -> int:
    """Bytes of the file that have been read, packed as they are."""
    return os.lseek(stream.fileno(), 0, os.SEEK_CUR)


def _decoded(text: Text, blocks: Iterator[bytes]) -> Iterator[str]:
    """The blocks as text; what no text holds is refused with its line."""
    decoder = codecs.getincrementaldecoder(text.encoding)()
    line = 1
    for block in blocks:
        _refuse_mixed(text, block, line)
        found = _characters(text, decoder, block, line)
        if line == 1:
            found = found.removeprefix("\ufeff")
        if "\x00" in found:
            at = line + found.count("\n", 0, found.index("\x00"))
            raise _no_text(text.name, at)
        line += found.count("\n")
        yield found
    yield _characters(text, decoder, b"", line, final=True)


def _refuse_mixed(text: Text, block: bytes, line: int) -> None:
    """Nothing comes back; a line in UTF-8 among others is refused where nobody chose."""
    if text.guessed and "utf" not in text.encoding and (found := first_in_utf8(block)):
        message = (
            f"We could not read {text.name}: line {line + found - 1} is written in UTF-8 and "
            "others are not. Save the file once more as CSV UTF-8 and look at the accents."
        )
        raise Unreadable(message)


def _characters(
    text: Text, decoder: codecs.IncrementalDecoder, block: bytes, line: int, *, final: bool = False
) -> str:
    """The characters of a block that begins on `line`."""
    try:
        return decoder.decode(block, final)
    except UnicodeError as error:  # UTF-16 without its mark is no decoding error
        before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        at = line + before.count(b"\n")
        message = (
            f"We could not read {text.name} as {text.encoding}: some bytes of line {at} are no "
            "character there. Choose another encoding, or save the file as CSV UTF-8."
        )
        raise Unreadable(message, asks="encoding") from error


def _no_text(name: str, line: int) -> Unreadable:
    return Unreadable(
        f"We could not read {name}: line {line} holds a NUL character, so the file is not plain "
        "text or its encoding is damaged. Save it as CSV UTF-8."
    )
