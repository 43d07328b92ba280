"""What was confirmed is there after the process is killed, every time."""

from pathlib import Path

from benchmarks.kill import rounds

KILLS = 20  # of the 200 that benchmarks/kill.py does


def test_twenty_kills_lose_nothing_that_was_confirmed(tmp_path: Path) -> None:
    done = rounds(tmp_path, KILLS, seed=7)
    assert len(done) == KILLS
    assert sum(one.confirmed for one in done) > KILLS * 10
    assert [one.lost for one in done] == [0] * KILLS
    assert [one.doubled for one in done] == [0] * KILLS
    assert [one.broken for one in done] == [()] * KILLS
    assert max(one.reopened for one in done) < 5
