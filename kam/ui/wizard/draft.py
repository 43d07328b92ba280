"""What one tab has chosen and answered so far in the import wizard; the workshop knows nothing."""

import re
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from uuid import uuid4

from kam.errors import KeyroomError
from kam.intake.lists.fields import Written
from kam.intake.lists.repairs import Repair
from kam.intake.tables.files import Reading
from kam.ui import state

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Source:
    """A chosen file, as it was chosen: two sources are the same only if they are one object.

    Attributes:
        name: the file's name, or what was pasted.
        data: its bytes; empty where the text was pasted, or the file is read where it is.
        text: what was pasted.
        path: a file of this machine that is read where it is.
        token: what the browser, or the person, knows it by.
    """

    name: str
    data: bytes = b""
    text: str = ""
    path: Path | None = None
    token: str = ""


@dataclass(frozen=True)
class Draft:
    """The wizard behind one door, between the first click and the last.

    Attributes:
        step: 1 choose, 2 match, 3 check.
        sources: what was chosen; a ledger may come in several files.
        reading: what the person has said about how the file is read.
        goes_to: header -> target key, as matched or chosen; `None` until the columns were looked
            at.
        left_out: headers that the person has said are not to be imported.
        written: header -> how its numbers or days are written, where the person has said so.
        answered: headers of columns at whose scale, shares or rate the person has looked.
        repairs: in the order in which they were made.
        same: key of a row -> id of the customer that it is, or "" for one of its own.
        apart: pairs, of the key of a row and a customer or another row, that are not one.
    """

    step: int = 1
    sources: tuple[Source, ...] = ()
    reading: Reading = field(default_factory=Reading)
    goes_to: Mapping[str, str] | None = None
    left_out: tuple[str, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)
    answered: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()

    @property
    def name(self) -> str:
        """What was chosen, in words."""
        first = self.sources[0].name if self.sources else ""
        more = len(self.sources) - 1
        return f"{first} and {more} more" if more > 0 else first


_RECEIVED = TemporaryDirectory(prefix="keyroom-", ignore_cleanup_errors=True)


def received(name: str, data: bytes | memoryview, token: str) -> Source:
    """A large file that came through the browser, put on the disk; it goes when nobody holds it."""
    path = Path(_RECEIVED.name) / f"{uuid4().hex}{Path(name).suffix}"
    path.touch(mode=0o600)
    path.write_bytes(data)
    source = Source(name, path=path, token=token)
    weakref.finalize(source, path.unlink, missing_ok=True)
    return source


def draft(door: str) -> Draft:
    """What this tab has so far behind a door."""
    found: Draft = state.recall(f"wizard:{door}", Draft())
    return found


def keep(door: str, kept: Draft) -> None:
    """Remember the draft for the next run of this tab."""
    state.remember(f"wizard:{door}", kept)


def change(door: str, **updates: Any) -> None:  # noqa: ANN401 - any field of a draft
    """Change some fields of the draft."""
    keep(door, replace(draft(door), **updates))


def begin_anew(door: str) -> None:
    """Forget everything behind a door; the widget that chooses files is emptied, too."""
    number = round_of(door) + 1
    state.forget_all(f"wizard:{door}")
    state.remember(f"wizard:{door}:round", number)


def round_of(door: str) -> int:
    """How often this tab has begun anew: part of the key of the widget that chooses files."""
    return int(state.recall(f"wizard:{door}:round", 0))


def once(door: str, what: str, rests_on: tuple[object, ...], make: Callable[[], T]) -> T:
    """What `make` returns, made again only when one of the things that it rests on is another one.

    Mappings are compared by what they hold, sources by identity. Only the last result is kept; a
    complaint is one, too: what could not be read would not be read at the next click either.

    Raises:
        KeyroomError: as `make` does, or did.
    """
    name = f"wizard:{door}:{what}"
    kept: tuple[tuple[object, ...], T | KeyroomError] | None = state.recall(name)
    if kept is None or kept[0] != rests_on:
        kept = rests_on, _made(make)
        state.remember(name, kept)
    if isinstance(kept[1], KeyroomError):
        raise kept[1].with_traceback(None)
    return kept[1]


def _made(make: Callable[[], T]) -> T | KeyroomError:
    """What comes of making something, without the frames that a complaint would hold on to."""
    try:
        return make()
    except KeyroomError as error:
        error.__context__ = None
        return error.with_traceback(None)


def key(door: str, *parts: object) -> str:
    """A widget's key, safe to be part of a page's class names; other parts, another key.

    Columns called "Spend (€)" and "Spend ($)" must not share a widget.
    """
    return "_".join(re.sub(r"\W", _spelled, str(part)) for part in ("wizard", door, *parts))


def _spelled(sign: re.Match[str]) -> str:
    return f"-{ord(sign[0]):x}-"
