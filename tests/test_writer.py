"""The one writing thread: groups, answers, and an orderly end."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kam.edits import RenameWorkshop
from kam.errors import Refused, StoreError
from kam.store.group import Command, Draft, Receipt
from kam.store.writer import GROUP, Outcome, Writer


def command() -> Command:
    return Command("w", (Draft(RenameWorkshop(name="a")),))


def test_what_waits_while_the_disk_is_busy_is_saved_together() -> None:
    sizes: list[int] = []
    is_busy, may_go_on = threading.Event(), threading.Event()

    def save(group: list[Command]) -> list[Outcome]:
        sizes.append(len(group))
        is_busy.set()
        may_go_on.wait(10)
        return [Receipt(1)] * len(group)

    writer = Writer(save)
    with ThreadPoolExecutor(100) as senders:
        first = senders.submit(writer.send, command(), 10)
        is_busy.wait(10)
        others = [senders.submit(writer.send, command(), 10) for _ in range(99)]
        while writer._queue.qsize() < 99:
            threading.Event().wait(0.001)
        may_go_on.set()
        assert all(sent.result() == Receipt(1) for sent in [first, *others])
    writer.close()
    assert sizes == [1, GROUP, 99 - GROUP]


def test_every_sender_gets_its_own_outcome() -> None:
    writer = Writer(lambda group: [Refused("No.") for _ in group])
    with pytest.raises(Refused, match=r"^No\.$"):
        writer.send(command(), 5)
    writer.close()


def test_a_failure_goes_to_the_senders_and_the_writer_lives_on() -> None:
    answers: list[Exception | None] = [ZeroDivisionError("a mistake of ours"), None]

    def save(group: list[Command]) -> list[Outcome]:
        if failure := answers.pop(0):
            raise failure
        return [Receipt(2)] * len(group)

    writer = Writer(save)
    with pytest.raises(ZeroDivisionError, match="a mistake of ours"):
        writer.send(command(), 5)
    assert writer.send(command(), 5) == Receipt(2)
    writer.close()


def test_a_slow_disk_is_told_as_not_confirmed() -> None:
    may_go_on = threading.Event()

    def save(group: list[Command]) -> list[Outcome]:
        may_go_on.wait(10)
        return [Receipt(1)] * len(group)

    writer = Writer(save)
    with pytest.raises(StoreError, match=r"not confirmed.*within 0.01 seconds.*try again"):
        writer.send(command(), 0.01)
    may_go_on.set()
    writer.close()


def test_closing_saves_what_waits_and_refuses_what_comes_later() -> None:
    saved: list[Command] = []

    def save(group: list[Command]) -> list[Outcome]:
        saved.extend(group)
        return [Receipt(1)] * len(group)

    writer = Writer(save)
    waiting = [command() for _ in range(3)]
    for one in waiting:
        writer._queue.put(one)
    assert writer.close() is True
    assert saved == waiting
    assert writer.close() is False
    with pytest.raises(StoreError, match="file is closed"):
        writer.send(command(), 5)
