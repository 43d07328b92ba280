"""Long reading in a thread of its own, so that nobody in the room waits for it.

The database releases the interpreter while it works, so other people's pages stay quick.
"""

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar, cast

from kam.intake.orders.progress import Progress

T = TypeVar("T")


class Job(Generic[T]):
    """One piece of work that has begun; `progress` tells how far it is and cancels it."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self.progress = Progress()
        self._done = Event()
        self._found: T | None = None
        self._error: Exception | None = None
        # a daemon: a program that is stopped does not wait for a ledger
        Thread(target=self._run, args=(work,), name="kam-job", daemon=True).start()

    def done(self, within: float = 0.0) -> bool:
        """Whether it has ended, after waiting for at most so many seconds."""
        return self._done.wait(within)

    @property
    def result(self) -> T:
        """What the work returned; only once it is done.

        Raises:
            Exception: what the work raised.
        """
        if self._error is not None:
            raise self._error
        return cast("T", self._found)

    def _run(self, work: Callable[[Progress], T]) -> None:
        try:
            self._found = work(self.progress)
        except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
            self._error = error
        finally:
            self._done.set()
