"""A copy of the whole log in one file, made while people work."""

import os
from pathlib import Path

import duckdb

from kam.errors import StoreError
from kam.store.chain import Link, is_whole
from kam.store.duck import Database
from kam.store.journal import sync_folder


def back_up(links: list[Link], target: Path) -> str:
    """Hash of the last entry in `target`, a new DuckDB file with the whole log.

    The live file is never copied: its tables would lack what is still in the write-ahead log. The
    copy is written beside `target`, read back, verified and then renamed, so that `target` is
    whole or as it was before.

    Raises:
        StoreError: the copy could not be written or does not verify; `target` is as before.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        _write(links, draft)
        if verified(draft) != links:
            raise StoreError(
                f"The backup {target.name} could not be verified and was not kept. Try another "
                "folder or disk."
            )
        draft.replace(target)
        sync_folder(target.parent)
    except (OSError, duckdb.Error) as error:
        raise StoreError(
            f"The backup {target} could not be written ({str(error).splitlines()[0]}). Make room "
            "on the disk, or choose another folder."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return links[-1].hash if links else ""


def _write(links: list[Link], path: Path) -> None:
    """Put links into a new file and wait until it is on the disk."""
    database = Database.open(path)
    try:
        if links:
            database.append(links)
    finally:
        database.close()
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def verified(path: Path) -> list[Link]:
    """The whole log that a backup holds.

    Raises:
        StoreError: there is no such file, or it is damaged; the message says which.
    """
    if not path.is_file():
        raise StoreError(f"There is no backup {path}. Check the name and the folder.")
    try:
        database = Database.open(path)
        try:
            links = database.links()
        finally:
            database.close()
    except duckdb.Error as error:
        raise StoreError(
            f"The backup {path.name} is damaged ({str(error).splitlines()[0][:120]}). "
            "Use an earlier one."
        ) from error
    if not is_whole(links):
        raise StoreError(
            f"The backup {path.name} does not agree with its own check sums. Use an earlier one."
        )
    return links
