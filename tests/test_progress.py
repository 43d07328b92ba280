"""Reading tells how far it is, and stops when somebody says so."""

from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest

from kam.intake.orders.ledger import read_ledger
from kam.intake.orders.progress import Cancelled, Progress
from tests.ledgers import choices

ROWS = 400_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("progress") / "ledger.csv"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'C' || i % 100 AS customer, DATE '2025-01-01' + (i % 300)::INT AS date, "  # noqa: S608 -- our own
            f"i AS amount FROM range({ROWS}) t(i)) TO '{found}'"
        )
    return found


def test_nothing_is_told_before_the_work_begins() -> None:
    progress = Progress()
    assert (progress.share, progress.rows, progress.seconds_left) == (None, 0, None)
    assert not progress.cancelled


def test_another_thread_sees_the_share_rise_to_the_end(path: Path) -> None:
    progress, done = Progress(), Event()
    shares: list[float] = []
    rows: list[int] = []

    def watch() -> None:
        while not done.wait(0.002):
            shares.append(progress.share or 0.0)
            rows.append(progress.rows)

    watcher = Thread(target=watch)
    watcher.start()
    read_ledger(path, choices(), progress=progress)
    done.set()
    watcher.join()
    assert all(0 <= before <= after <= 1 for before, after in pairwise(shares))
    assert len(set(shares)) > 2
    assert progress.rows == ROWS
    assert max(rows) == pytest.approx(ROWS, rel=0.05)  # an estimate while it is read


def test_time_left_falls_with_the_share() -> None:
    progress = Progress()
    progress.part(0.5, 1.0)
    left = progress.seconds_left
    assert left is not None
    assert 0 <= left < 5
    assert progress.share == 0.5


def test_a_reading_that_was_cancelled_before_stops_at_once(path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled, match="nothing was stored"):
        read_ledger(path, choices(), progress=progress)
    assert progress.rows == 0


def test_cancelling_interrupts_the_query_that_runs() -> None:
    progress = Progress()
    begun = Event()

    def stop() -> None:
        begun.wait()
        progress.cancel()

    def endless(connection: duckdb.DuckDBPyConnection) -> None:
        with progress.watching(connection):
            begun.set()
            while True:  # each query may begin before or after the interrupt
                progress.part(0.0, 1.0)
                connection.execute("SELECT sum(hash(range)) FROM range(1000000000)")

    stopper = Thread(target=stop)
    stopper.start()
    with duckdb.connect() as connection, pytest.raises(Cancelled, match="nothing was stored"):
        endless(connection)
    stopper.join()


@pytest.mark.parametrize("error", [OSError("INTERRUPT Error"), duckdb.Error("Interrupted")])
def test_whatever_an_interrupt_looks_like_the_reading_was_stopped(error: Exception) -> None:
    progress = Progress()

    def interrupted(connection: duckdb.DuckDBPyConnection) -> None:
        with progress.watching(connection):
            progress.cancel()
            raise error

    with duckdb.connect() as connection, pytest.raises(Cancelled) as raised:
        interrupted(connection)
    assert raised.value.__cause__ is error


def test_an_error_that_nobody_caused_by_stopping_stays_what_it_is() -> None:
    connection = duckdb.connect()
    with connection, pytest.raises(OSError, match="disk"), Progress().watching(connection):
        raise OSError("disk is full")


def test_somebody_who_only_watches_also_interrupts_a_late_query() -> None:
    class Connection:
        interrupted = 0

        def interrupt(self) -> None:
            self.interrupted += 1

        def query_progress(self) -> float:
            return 50.0

    progress = Progress()
    connection = Connection()
    with progress.watching(connection):  # type: ignore[arg-type]
        progress.part(0.0, 0.8, coming=10)
        assert (progress.share, progress.rows) == (0.4, 5)
        progress.cancel()
        assert progress.share == 0.4
    assert connection.interrupted == 2
