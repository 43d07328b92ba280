"""A backup is whole and verified, or it is not there."""

from pathlib import Path

import duckdb
import pytest

from kam.edits import RenameWorkshop
from kam.errors import StoreError
from kam.store import Store
from kam.store.backup import back_up, verified
from kam.store.recovery import FILE
from tests.test_chain import chain

LINKS = chain(*(f"Name {number}" for number in range(300)))


def test_a_backup_holds_the_whole_log_and_names_its_head(tmp_path: Path) -> None:
    target = tmp_path / "backup.duckdb"
    assert back_up(LINKS, target) == LINKS[-1].hash
    assert verified(target) == LINKS
    assert [path.name for path in tmp_path.iterdir()] == ["backup.duckdb"]
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_second_backup_takes_the_place_of_the_first(tmp_path: Path) -> None:
    target = tmp_path / "backup.duckdb"
    back_up(LINKS[:10], target)
    back_up(LINKS, target)
    assert verified(target) == LINKS


def test_a_log_without_entries_can_be_backed_up(tmp_path: Path) -> None:
    assert back_up([], tmp_path / "backup.duckdb") == ""
    assert verified(tmp_path / "backup.duckdb") == []


def test_a_backup_that_does_not_verify_leaves_the_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "backup.duckdb"
    back_up(LINKS[:10], target)
    with pytest.raises(StoreError, match="does not agree with its own check sums"):
        back_up(LINKS[5:], target)
    assert verified(target) == LINKS[:10]
    assert [path.name for path in tmp_path.iterdir()] == ["backup.duckdb"]


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"could not be written.*choose another folder"):
        back_up(LINKS, tmp_path / "absent" / "backup.duckdb")


def test_a_damaged_or_changed_backup_is_told_in_words(tmp_path: Path) -> None:
    target = tmp_path / "backup.duckdb"
    back_up(LINKS, target)
    with duckdb.connect(target) as connection:
        connection.execute("DELETE FROM log WHERE seq = 7")
    with pytest.raises(StoreError, match=r"own check sums\. Use an earlier one"):
        verified(target)
    target.write_bytes(target.read_bytes()[:5000])
    with pytest.raises(StoreError, match=r"is damaged .*Use an earlier one"):
        verified(target)
    with pytest.raises(StoreError, match="There is no backup"):
        verified(tmp_path / "absent.duckdb")


def test_a_restored_backup_is_a_store_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "live") as store:
        key = store.create("Spring")
        store.write(key, RenameWorkshop(name="Autumn"))
        head = store.back_up(tmp_path / "backup.duckdb")
        assert head == store.links()[-1].hash
        store.write(key, RenameWorkshop(name="Winter"))
    (tmp_path / "again").mkdir()
    (tmp_path / "backup.duckdb").rename(tmp_path / "again" / FILE)
    with Store.open(tmp_path / "again") as store:
        assert store.workshop(key).name == "Autumn"
