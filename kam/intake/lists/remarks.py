"""What is told of a list beside its values: rows marked as deleted, shared names."""

from collections.abc import Sequence

from kam.intake.headers.matching import folded
from kam.intake.lists.checked import Row
from kam.intake.lists.fields import YES, place_of
from kam.intake.lists.proposal import listed
from kam.intake.lists.repairs import Problem
from kam.intake.tables.files import Table
from kam.names.key import name_key

# Columns (folded) with which a file marks its own rows as deleted, and what it writes there.
# Salesforce, its warehouse copies, and SAP (LOEVM).
DELETED = frozenset({"isdeleted", "fivetrandeleted", "deleted", "loevm", "loschvormerkung"})
IS_DELETED = YES | {"x"}


def deleted(table: Table) -> list[Problem]:
    """A problem for every row that its own file marks as deleted; it comes in all the same."""
    what = "The row is marked as deleted in the file; skip it if it is no customer any more."
    return [
        Problem(
            line, header, text, f"{place_of(line, header, text)} {what}", kind="deleted", kept=True
        )
        for header in table.headers
        if folded(header) in DELETED
        for line, text in zip(table.line_numbers, table.column(header), strict=True)
        if text.casefold() in IS_DELETED
    ]


def namesakes(rows: Sequence[Row]) -> list[str]:
    """A sentence on the names that several customers with different ids share."""
    spelled: dict[str, list[str]] = {}
    for row in rows:
        if row.id and row.id != row.name:
            spelled.setdefault(name_key(row.name), []).append(row.name)
    shared = [names for names in spelled.values() if len(names) > 1]
    if len(shared) == 1:
        [names] = shared
        return [f"{len(names)} customers share the name {_once(names)}; their ids keep them apart."]
    told = listed(f"{_once(names)} ({len(names)})" for names in shared)
    several = f"{len(shared):,} names are shared by several customers, whom their ids keep apart"
    return [f"{several}: {told}."] if shared else []


def _once(names: Sequence[str]) -> str:
    """Every spelling of a name once: "Ash GmbH / Ash AG"."""
    return " / ".join(dict.fromkeys(names))
