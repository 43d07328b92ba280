"""Of `kam.intake.job`: work in a thread of its own, its result, its error, its end."""

from threading import Event, current_thread, main_thread

import pytest

from kam.errors import Unreadable
from kam.intake.job import Job
from kam.intake.orders.progress import Progress

SOON = 30.0  # seconds; only a broken test waits so long


def test_the_work_runs_beside_the_room_and_its_result_is_kept() -> None:
    job = Job(lambda _: current_thread() is main_thread())
    assert job.done(SOON)
    assert job.result is False
    assert job.result is False


def test_a_job_is_not_done_while_its_work_goes_on() -> None:
    go_on = Event()
    job = Job(lambda _: go_on.wait(SOON))
    assert not job.done()
    go_on.set()
    assert job.done(SOON)
    assert job.result is True


def test_what_the_work_raises_is_raised_where_the_result_is_asked_for() -> None:
    def broken(_: Progress) -> int:
        raise Unreadable("The file is empty.")

    job = Job(broken)
    assert job.done(SOON)
    with pytest.raises(Unreadable, match="empty"):
        _ = job.result


def test_the_work_hears_that_somebody_has_cancelled() -> None:
    begun, heard = Event(), Event()

    def patient(progress: Progress) -> bool:
        begun.set()
        heard.wait(SOON)
        return progress.cancelled

    job = Job(patient)
    assert begun.wait(SOON)
    job.progress.cancel()
    heard.set()
    assert job.done(SOON)
    assert job.result is True
