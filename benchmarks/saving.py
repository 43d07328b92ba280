"""Saving an edit, against one bare fsync of the same bytes."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.timing import Result, side_by_side
from kam.edits import RenameWorkshop
from kam.store import Store

SENDERS, EDITS = 8, 25


def results() -> list[Result]:
    """One sender, and eight at once (per edit)."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "kam") as store:
        key = store.create("Saving")
        with (Path(folder) / "bare").open("wb", buffering=0) as bare:

            def synced() -> None:
                bare.write(b"x" * 300)
                os.fsync(bare.fileno())

            def one() -> object:
                return store.write(key, RenameWorkshop(name="Saving"))

            def many() -> None:
                with ThreadPoolExecutor(SENDERS) as pool:
                    list(pool.map(lambda _: one(), range(SENDERS * EDITS)))

            single = side_by_side(one, synced, rounds=60)
            crowd = side_by_side(many, synced, rounds=5)
    per_edit = crowd[0] / (SENDERS * EDITS)
    return [
        Result("edit confirmed: committed, in the journal, synced", "one bare fsync", *single),
        Result("the same with eight senders at once, per edit", "one bare fsync", per_edit,
               crowd[1]),
    ]  # fmt: skip
