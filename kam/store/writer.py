"""The one thread that writes: it takes what waits and has it saved as a group."""

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import TypeAlias

from kam.errors import StoreError
from kam.store.group import Command, Receipt

GROUP = 64  # commands in one transaction at most (reliability.md section 5)

Outcome: TypeAlias = Receipt | Exception


class Writer:
    """A queue and its thread. Senders wait until their command is saved or refused.

    With one writer there are no conflicts, and whoever waits while the disk is busy shares the
    next sync: no delay is added to make groups larger.
    """

    def __init__(self, save: Callable[[list[Command]], list[Outcome]]) -> None:
        """A running writer.

        Args:
            save: has a group on the disk when it returns; one outcome per command.
        """
        self._save = save
        self._queue: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._is_open = True
        self._thread = threading.Thread(target=self._work, name="keyroom-writer", daemon=True)
        self._thread.start()

    def send(self, command: Command, patience: float) -> Receipt:
        """The receipt of a command.

        Args:
            command: what to save.
            patience: seconds to wait for it.

        Raises:
            Refused: the command was not taken.
            StoreError: it is not confirmed; it may be saved or not.
        """
        with self._gate:
            if not self._is_open:
                raise StoreError("Keyroom's file is closed. Start Keyroom again, then try again.")
            self._queue.put(command)
        try:
            return command.answer.result(patience)
        except TimeoutError as error:
            raise StoreError(
                f"This change is not confirmed: the disk did not answer within {patience:g} "
                "seconds. Nothing is lost: try again."
            ) from error

    def close(self) -> bool:
        """Whether this call stopped the writer, after what waited was saved."""
        with self._gate:
            was_open, self._is_open = self._is_open, False
            if was_open:
                self._queue.put(None)
        self._thread.join()
        return was_open

    def _work(self) -> None:
        is_last = False
        while not is_last:
            group, is_last = self._next_group()
            if group:
                self._answer(group)

    def _next_group(self) -> tuple[list[Command], bool]:
        """The commands that wait (one is waited for), and whether they are the last ever."""
        group: list[Command] = []
        with contextlib.suppress(queue.Empty):
            while len(group) < GROUP:
                command = self._queue.get(block=not group)
                if command is None:
                    return group, True
                group.append(command)
        return group, False

    def _answer(self, group: list[Command]) -> None:
        """Save a group and tell every sender."""
        try:
            outcomes = self._save(group)
        except Exception as error:  # noqa: BLE001 - every sender gets it; the writer must live on
            outcomes = [error] * len(group)
        for command, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Receipt):
                command.answer.set_result(outcome)
            else:
                command.answer.set_exception(outcome)
