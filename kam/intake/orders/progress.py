"""How far the reading of a ledger is, for another thread to ask; and the way to stop it.

The thread that reads says which part of the work it is in; the database knows how far its query
is. Nothing is counted line by line, so watching costs the reader nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic

import duckdb

from kam.errors import KeyroomError

# A share below this says too little about the time that is left. 0-1.
TELLING_SHARE = 0.02


class Cancelled(KeyroomError):
    """A person has stopped the reading; nothing was stored."""


class Progress:
    """How far one reading is. Any thread may ask and cancel at any time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = Event()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._begun = monotonic()
        self._part = (0.0, 0.0)
        self._rows = (0, 0)
        self._share = 0.0
        self._ahead = 0.0

    @property
    def share(self) -> float | None:
        """The share of the work that is done, 0-1, never falling; None before it has begun."""
        with self._lock:
            self._share = max(self._share, self._reached())
            return self._share if self._part[1] or self._ahead else None

    @property
    def rows(self) -> int:
        """Rows read so far; an estimate while a file is being read."""
        with self._lock:
            before, coming = self._rows
            return before + int(coming * self._query_share())

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the end if the work goes on as fast; None while nobody can tell."""
        share = self.share
        if share is None or share < TELLING_SHARE:
            return None
        return (monotonic() - self._begun) * (1 - share) / share

    @property
    def cancelled(self) -> bool:
        """Whether somebody has cancelled."""
        return self._stopped.is_set()

    def cancel(self) -> None:
        """Nothing comes back; the reader soon raises `Cancelled`."""
        self._stopped.set()
        with self._lock:
            if self._connection is not None:
                self._connection.interrupt()

    @contextmanager
    def watching(self, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """The time in which the queries of this connection are the work.

        Raises:
            Cancelled: somebody has cancelled, before or within.
        """
        with self._lock:
            self._connection = connection
        try:
            self.part(0.0, 0.0)
            yield
        except Exception as error:
            # An interrupt has many faces: of a query, of an answer that is being fetched.
            if self.cancelled or isinstance(error, duckdb.InterruptException):
                raise self._cancelled() from error
            raise
        finally:
            with self._lock:
                self._connection = None

    def part(self, begin: float, end: float, *, read: int = 0, coming: int = 0) -> None:
        """Nothing comes back; the next query does this part of the work, from share to share.

        `read` rows are done; the query is expected to read `coming` more.

        Raises:
            Cancelled: somebody has cancelled.
        """
        self.goes_on()
        with self._lock:
            self._part, self._rows = (begin, end), (read, coming)

    def ahead(self, share: float) -> None:
        """Nothing comes back; work ahead of all queries has reached this share of the whole.

        The parts that follow share the rest.

        Raises:
            Cancelled: somebody has cancelled.
        """
        self.goes_on()
        with self._lock:
            self._ahead = max(self._ahead, share)

    def goes_on(self) -> None:
        """Nothing comes back; said from time to time in work that takes no share of its own.

        Raises:
            Cancelled: somebody has cancelled.
        """
        if self.cancelled:
            raise self._cancelled()

    def _reached(self) -> float:
        begin, end = self._part
        return self._ahead + (1 - self._ahead) * (begin + (end - begin) * self._query_share())

    def _query_share(self) -> float:
        """How far the query is that runs now, 0-1; 0 if none runs."""
        if self._connection is None:
            return 0.0
        if self.cancelled:
            self._connection.interrupt()  # a query that began after the first interrupt
        return min(max(self._connection.query_progress(), 0.0), 100.0) / 100

    @staticmethod
    def _cancelled() -> Cancelled:
        message = "Reading was stopped; nothing was stored. Read it again, or choose other files."
        return Cancelled(message)
