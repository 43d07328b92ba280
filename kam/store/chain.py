"""Links: log entries as they are stored, each bound to the one before it by SHA-256.

A link's line is its canonical text: the same bytes are hashed, written to the journal and rebuilt
from the columns of the DuckDB file. The edit stays the text that was saved first, so that a hash
holds whatever later versions add to an edit.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from kam.edits import ANY_EDIT
from kam.history import Entry

START = "0" * 64  # stands where the first link names the hash before it

_text = json.encoder.encode_basestring  # JSON text without \\u escapes, three times as fast


class Link(NamedTuple):
    """One entry in the order of the whole file.

    Attributes:
        seq: 1, 2, 3 ... over all workshops.
        id, workshop, revision, actor: as in `kam.history.Entry`.
        ts: the entry's time, ISO 8601 in UTC.
        kind: the edit's kind, to be found by SQL.
        edit: the edit as JSON.
        prev: hash of the link before, `START` for the first.
        hash: SHA-256 of everything above, hexadecimal.
    """

    seq: int
    id: str
    workshop: str
    revision: int
    ts: str
    actor: str
    kind: str
    edit: str
    prev: str
    hash: str

    @property
    def line(self) -> str:
        """The link as one line of JSON, without the line's end."""
        return f'{self._body},"hash":"{self.hash}"}}'

    @property
    def is_genuine(self) -> bool:
        """Whether the hash fits what the link says."""
        return self.hash == self._digest

    @property
    def _body(self) -> str:
        return (
            f'{{"seq":{self.seq},"id":{_text(self.id)},"workshop":{_text(self.workshop)},'
            f'"revision":{self.revision},"ts":{_text(self.ts)},"actor":{_text(self.actor)},'
            f'"kind":{_text(self.kind)},"edit":{self.edit},"prev":"{self.prev}"'
        )

    @property
    def _digest(self) -> str:
        return hashlib.sha256(f"{self._body}}}".encode()).hexdigest()

    @property
    def entry(self) -> Entry:
        """The entry that the link holds.

        Raises:
            ValidationError: this version does not understand the edit.
        """
        return Entry(
            id=self.id,
            workshop=self.workshop,
            revision=self.revision,
            when=datetime.fromisoformat(self.ts),
            actor=self.actor,
            edit=ANY_EDIT.validate_json(self.edit),
        )


def parsed(line: str) -> Link:
    """The link that a line holds.

    Raises:
        ValueError: the line is not the canonical text of a genuine link.
    """
    body, _, end = line.rpartition(',"hash":"')
    head, _, rest = body.partition(',"edit":')
    edit, _, prev = rest.rpartition(',"prev":"')
    try:
        link = Link(**json.loads(f"{head}}}"), edit=edit, prev=prev[:-1], hash=end[:-2])
    except TypeError as error:
        raise ValueError("a line lacks fields of an entry") from error
    if link.line != line or not link.is_genuine:
        raise ValueError("a line does not fit its own hash")
    return link


def linked(entries: Iterable[Entry], after: Link | None = None) -> Iterator[Link]:
    """A link for each entry, continuing the chain after `after` (`None`: from the start)."""
    seq, prev = (after.seq, after.hash) if after else (0, START)
    for seq, entry in enumerate(entries, seq + 1):  # noqa: B020 - counting goes on from the last
        link = _link(entry, seq, prev)
        prev = link.hash
        yield link


def _link(entry: Entry, seq: int, prev: str) -> Link:
    """`entry` at place `seq`, bound to the hash before it."""
    when = entry.when if entry.when.tzinfo else entry.when.replace(tzinfo=UTC)
    loose = Link(
        seq=seq,
        id=entry.id,
        workshop=entry.workshop,
        revision=entry.revision,
        ts=when.astimezone(UTC).isoformat(timespec="microseconds"),
        actor=entry.actor,
        kind=entry.edit.kind,
        edit=entry.edit.model_dump_json(),
        prev=prev,
        hash="",
    )
    return loose._replace(hash=loose._digest)  # noqa: SLF001 - a link made here, by its own module


def longest_chain(links: Iterable[Link]) -> list[Link]:
    """The chain from the start that genuine links make, however they are ordered or repeated.

    Where two links follow the same one, the first given counts. Links that cannot be reached from
    the start are left out.
    """
    following: dict[str, Link] = {}
    for link in links:
        following.setdefault(link.prev, link)
    chain: list[Link] = []
    head = START
    while (link_after := following.get(head)) and link_after.seq == len(chain) + 1:
        chain.append(link_after)
        head = link_after.hash
    return chain


def is_whole(links: list[Link]) -> bool:
    """Whether the links are all genuine, in order and without gaps from the start."""
    head = START
    for seq, link in enumerate(links, 1):
        if link.seq != seq or link.prev != head or not link.is_genuine:
            return False
        head = link.hash
    return True
