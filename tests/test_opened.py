"""Of `kam.intake.orders.opened`: several files share the work, each in a folder of its own."""

from pathlib import Path

import pytest

from kam.intake.orders.opened import COPYING_SHARE, Wanted, Work
from kam.intake.orders.progress import Cancelled, Progress


def test_each_file_has_its_own_folder_and_share_of_the_copying(tmp_path: Path) -> None:
    progress = Progress()
    first, second = (Work(Wanted(), tmp_path, progress).of(at, 2) for at in (0, 1))
    assert [first.folder.is_dir(), second.folder.is_dir()] == [True, True]
    assert first.folder != second.folder
    assert (first.begin, first.end, second.end) == (0, COPYING_SHARE / 2, COPYING_SHARE)
    second.copied(0.5)
    assert progress.share == pytest.approx(0.75 * COPYING_SHARE)


def test_copying_stops_where_somebody_has_cancelled(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Work(Wanted(), tmp_path, progress).copied(0.1)
