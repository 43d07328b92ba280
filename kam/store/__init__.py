"""Where workshops are kept: one append-only log of edits, in a DuckDB file and a journal."""

from kam.store.exchange import Imported, export_workshop, import_workshop
from kam.store.group import Receipt
from kam.store.listing import Listed
from kam.store.store import Store

__all__ = [
    "Imported",
    "Listed",
    "Receipt",
    "Store",
    "export_workshop",
    "import_workshop",
]
