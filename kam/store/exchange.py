"""One workshop as a JSON file, and back.

The file holds the state, which people and programs can read, and the log that made it. On the way
back both are checked against each other. JSON is all that is taken in: opening somebody else's
DuckDB file or pickle would run what it says.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kam.edits import RestoreWorkshop
from kam.errors import Refused, Unreadable
from kam.history import Entry, History, read
from kam.model import Noun, Workshop
from kam.store.chain import linked
from kam.store.group import Draft, now
from kam.validated import complaint

FORMAT: Literal["keyroom-workshop"] = "keyroom-workshop"
SCHEMA = 1  # of the file; a newer one is refused, never guessed at
MAX_BYTES = 50_000_000  # 20,000 customers with a long log are about 30 MB
_NOT_JSON = {
    # first bytes of what people may take for a workshop file
    b"PK\x03\x04": "a ZIP or Excel file",
    b"\x80": "a Python pickle",
    b"SQLite": "an SQLite database",
    b"%PDF": "a PDF",
}
_DUCKDB_MARK = slice(8, 12), b"DUCK"


class _Cover(BaseModel):
    """Just enough of a file to tell whether we can read the rest."""

    model_config = ConfigDict(extra="ignore")

    format: str = ""
    version: int = Field(default=0, alias="schema")


class _File(Noun):
    """The whole file; unknown fields are refused.

    Attributes:
        head: hash of the last link of the log, to compare with a printed one. It is not checked
            on the way in: the log is folded and compared with the state instead.
    """

    format: Literal["keyroom-workshop"]
    version: int = Field(alias="schema")
    exported: datetime | None = None
    workshop: Workshop
    log: tuple[Entry, ...] = ()
    head: str = ""


@dataclass(frozen=True)
class Imported:
    """A checked file, ready for `Store.bring_in`.

    Attributes:
        name: of the workshop.
        edits: what makes it, with the original actors and times.
    """

    name: str
    edits: tuple[Draft, ...]


def export_workshop(history: History) -> str:
    """The workshop's state and log as JSON text."""
    links = list(linked(history.entries))
    file = _File(
        format=FORMAT,
        schema=SCHEMA,
        exported=now(),
        workshop=history.workshop,
        log=history.entries,
        head=links[-1].hash if links else "",
    )
    return file.model_dump_json(by_alias=True, indent=1)


def import_workshop(text: str | bytes) -> Imported:
    """What a workshop file holds, checked; nothing is stored yet.

    Raises:
        Unreadable: it is no workshop file of ours, or something in it does not hold together;
            the message names the place and the repair.
    """
    data = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    _refuse_foreign(data)
    _refuse_other_formats(data)
    try:
        file = _File.model_validate_json(data)
    except ValidationError as error:
        raise Unreadable(_sentence(error)) from error
    if not file.log:
        edit = RestoreWorkshop(state=file.workshop, origin="a workshop file")
        return Imported(file.workshop.name, (Draft(edit),))
    _refuse_disagreement(file)
    return Imported(
        file.workshop.name,
        tuple(Draft(entry.edit, entry.actor, None, entry.id, entry.when) for entry in file.log),
    )


def _refuse_foreign(data: bytes) -> None:
    """Refuse what is too large or not JSON at the first look."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"This file has {len(data) / 1e6:,.0f} MB; a workshop file has at most "
            f"{MAX_BYTES / 1e6:,.0f} MB. Bring in a smaller one."
        )
    where, mark = _DUCKDB_MARK
    kinds = [kind for start, kind in _NOT_JSON.items() if data.startswith(start)]
    kinds += ["a DuckDB database"] if data[where] == mark else []
    if kinds:
        raise Unreadable(
            f"This is {kinds[0]}; only the JSON file that Keyroom exports can be brought in, "
            "because other files can run programs. Export the workshop as JSON and bring that in."
        )


def _refuse_other_formats(data: bytes) -> None:
    """Refuse JSON that is not a workshop file of a version that we know."""
    try:
        cover = _Cover.model_validate_json(data)
    except ValidationError as error:
        raise Unreadable(
            "We could not read this file as a workshop file "
            f"({error.errors(include_url=False)[0]['msg']}). Export the workshop again, or bring "
            "in customers on the Customers page."
        ) from error
    if cover.format != FORMAT:
        raise Unreadable(
            f"This is not a workshop file: its format is “{cover.format or 'not named'}”, and we "
            f"need “{FORMAT}”. Lists of customers are brought in on the Customers page."
        )
    if not 1 <= cover.version <= SCHEMA:
        raise Unreadable(
            f"This file has version {cover.version} of the workshop format; this Keyroom reads "
            f"up to version {SCHEMA}. Update Keyroom and bring it in again."
        )


def _refuse_disagreement(file: _File) -> None:
    """Refuse a log that has gaps, cannot be followed, or does not make the state."""
    for place, entry in enumerate(file.log, 1):
        if entry.revision != place:
            raise _beyond_repair(f"its entry {place} is numbered {entry.revision}")
    if len({entry.id for entry in file.log}) < len(file.log):
        raise _beyond_repair("two of its entries have the same id")
    try:
        made = read(file.workshop.id, file.log).workshop
    except Refused as error:
        raise _beyond_repair(f"one of its changes is not allowed: {error}") from error
    if made != file.workshop:
        raise _beyond_repair("its history and its state disagree")


def _beyond_repair(found: str) -> Unreadable:
    """The error for a log that cannot be taken in."""
    return Unreadable(
        f"This file cannot be taken in with its history: {found.removesuffix('.')}. "
        'Remove the "log" from the file to take over the state alone.'
    )


def _sentence(error: ValidationError) -> str:
    """The first complaint about a file: place, what was found, repair."""
    place = " › ".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
    said = complaint(error)
    where = "" if place in said else f" (at {place})"
    return (
        f"This file cannot be taken in{where}. {said} "
        "Correct it in the file and bring it in again; nothing was stored."
    )
