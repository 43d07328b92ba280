"""The folder that the files live in: fit for them, private, and where damaged files are kept."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from kam.errors import StoreError
from kam.store.journal import sync_folder

# File systems that do not keep a lock or a sync promise over the network (reliability.md T13).
_REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse", "9p", "afs", "ceph", "glusterfs"}


def prepared(folder: Path) -> Path:
    """The folder with its links resolved, made (mode 0700) where there is none.

    Raises:
        StoreError: it is on a network file system, or cannot be made.
    """
    folder = folder.expanduser().resolve()
    _refuse_remote(folder)
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise StoreError(
            f"We could not make the folder {folder} ({error.strerror}). "
            "Choose a folder that you may write to."
        ) from error
    return folder


def _refuse_remote(folder: Path) -> None:
    """Raise `StoreError` for a folder on a network file system; told on Linux only."""
    mounts = Path("/proc/mounts")
    if sys.platform != "linux" or not mounts.exists():
        return
    kind = remote_kind(folder, mounts.read_text(errors="replace"))
    if kind:
        raise StoreError(
            f"The folder {folder} is on a network drive ({kind}), where a power cut or a second "
            "computer can damage the file. Choose a folder on this machine's own disk."
        )


def remote_kind(folder: Path, mounts: str) -> str:
    """The network file system that a folder is on, "" for a local one.

    Args:
        folder: absolute, links resolved.
        mounts: text of /proc/mounts: device, place, kind, options; blanks in a place as octal.
    """
    best, found = -1, ""
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        place = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), place)
        if folder.is_relative_to(place) and len(place) >= best:
            best, found = len(place), kind
    return found if found in _REMOTE or found.startswith("fuse.") else ""


def quarantine(path: Path) -> Path | None:
    """Where a damaged file was put: renamed with the time beside its old place, never deleted.

    `None` when there was no such file.
    """
    if not path.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    kept = path.with_name(f"{path.name}.damaged-{stamp}")
    path.rename(kept)
    sync_folder(path.parent)
    return kept
