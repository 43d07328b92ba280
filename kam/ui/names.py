"""Ids for things that people add by hand."""

from collections.abc import Container


def new_id(prefix: str, taken: Container[str]) -> str:
    """The first free id of the kind X1, X2, X3 ...; never one that stands in `taken`."""
    number = 1
    while f"{prefix}-{number}" in taken:
        number += 1
    return f"{prefix}-{number}"
