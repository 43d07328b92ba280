"""The folder of the files."""

from pathlib import Path

import pytest

from kam.errors import StoreError
from kam.store import place
from kam.store.place import prepared, quarantine, remote_kind

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "tmpfs /tmp tmpfs rw 0 0\n"
    "server:/x /mnt/team nfs4 rw 0 0\n"
    "//srv/s /mnt/my\\040share cifs rw 0 0\n"
    "sshfs /home/anna/far fuse.sshfs rw 0 0\n"
    "/dev/sdb1 /mnt/usb fuseblk rw 0 0\n"
    "/dev/sdc1 /mnt/team/local ext4 rw 0 0\n"
)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/keyroom", ""),
        ("/tmp/keyroom", ""),  # noqa: S108 - a name in a table of mounts, no file
        ("/mnt/team/keyroom", "nfs4"),
        ("/mnt/teamwork", ""),
        ("/mnt/team/local/keyroom", ""),
        ("/mnt/my share/keyroom", "cifs"),
        ("/home/anna/far", "fuse.sshfs"),
        ("/mnt/usb/keyroom", ""),
    ],
)
def test_network_drives_are_told_from_local_ones(folder: str, kind: str) -> None:
    assert remote_kind(Path(folder), MOUNTS) == kind


def test_a_folder_on_a_network_drive_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "remote_kind", lambda *_: "nfs4")
    with pytest.raises(StoreError, match=r"network drive \(nfs4\).*this machine's own disk"):
        prepared(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_new_folder_is_private_and_an_old_one_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert prepared(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    assert prepared(tmp_path).stat().st_mode & 0o777 == 0o755


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"could not make the folder .*Choose a folder"):
        prepared(tmp_path / "file" / "below")


def test_a_damaged_file_is_renamed_with_its_content(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("old")
    kept = quarantine(tmp_path / "x")
    assert kept is not None
    assert kept.read_text() == "old"
    assert kept.name.startswith("x.damaged-2")
    assert not (tmp_path / "x").exists()


def test_there_is_nothing_to_rename_where_there_is_no_file(tmp_path: Path) -> None:
    assert quarantine(tmp_path / "x") is None
