"""Kill the process that writes, again and again, and count what was confirmed and then lost.

    python -m benchmarks.kill          200 rounds on one file, one table

Every round starts a process with several threads that write to one workshop and say what was
confirmed, kills it with SIGKILL at a random moment, opens the file again and compares.
"""

import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kam.edits import PutObjective
from kam.history import read
from kam.model import Objective
from kam.store import Store
from kam.store.chain import is_whole, parsed
from kam.store.recovery import JOURNAL

ROOT = Path(__file__).resolve().parent.parent
THREADS = 4
LONGEST = 0.4  # seconds of writing before a kill; commits take 2 to 8 ms
PER_WORKSHOP = 10  # rounds, so that reading a workshop does not become what is measured
ROUNDS = 200  # reliability.md R1 and R3


@dataclass(frozen=True)
class Said:
    """What the killed process had said about one edit: its id and who counted how far."""

    id: str
    thread: int
    count: int


@dataclass(frozen=True)
class Round:
    """What one kill did.

    Attributes:
        confirmed: edits that the process had confirmed.
        lost: confirmed edits that are not there afterwards.
        doubled: ids that are there more than once after sending the unconfirmed ones again.
        broken: other promises that do not hold, in words.
        reopened: seconds until the file was open again.
    """

    confirmed: int
    lost: int
    doubled: int
    broken: tuple[str, ...]
    reopened: float


def killed(folder: Path, workshop: str, seconds: float) -> Round:
    """One round: write, kill after `seconds` of writing, open again, compare."""
    tried, confirmed = _said(_output_until_killed(folder, workshop, seconds))
    start = time.perf_counter()
    with Store.open(folder) as store:
        reopened = time.perf_counter() - start
        lost = confirmed.keys() - _ids(store, workshop)
        behind = _behind(store, workshop, confirmed.values())
        for edit in (edit for key, edit in tried.items() if key not in confirmed):
            store.write(workshop, _edit(edit), id=edit.id)
            store.write(workshop, _edit(edit), id=edit.id)
        ids = [entry.id for entry in store.history(workshop).entries]
        broken = (*behind, *_broken(store, folder, workshop))
    return Round(len(confirmed), len(lost), len(ids) - len(set(ids)), broken, reopened)


def _output_until_killed(folder: Path, workshop: str, seconds: float) -> str:
    """Everything that a writing process says until it is killed."""
    command = [sys.executable, "-m", "benchmarks.kill", str(folder), workshop]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout
        if output is None:
            raise RuntimeError("the writing process has no output")
        first = output.readline()
        time.sleep(seconds)
        process.kill()
        return first + output.read()


def _said(output: str) -> tuple[dict[str, Said], dict[str, Said]]:
    """The edits that were tried, and those that were confirmed, by id."""
    tried: dict[str, Said] = {}
    confirmed: dict[str, Said] = {}
    for line in output.splitlines():
        word, key, thread, count = line.split()
        said = Said(key, int(thread), int(count))
        (confirmed if word == "saved" else tried)[key] = said
    return tried, confirmed


def _ids(store: Store, workshop: str) -> set[str]:
    return {entry.id for entry in store.history(workshop).entries}


def _behind(store: Store, workshop: str, confirmed: Iterable[Said]) -> list[str]:
    """Threads whose last confirmed count is not in the state, in words."""
    objectives = store.workshop(workshop).objectives
    return [
        f"thread {said.thread} had confirmed {said.count}"
        for said in confirmed
        if int(objectives[f"o{said.thread}"].statement) < said.count
    ]


def _broken(store: Store, folder: Path, workshop: str) -> list[str]:
    """Promises about the whole file that do not hold, in words."""
    history = store.history(workshop)
    links = store.links()
    lines = (folder / JOURNAL).read_text().splitlines()
    promises = {
        "revisions without gaps": [entry.revision for entry in history.entries]
        == list(range(1, history.revision + 1)),
        "the chain verifies": is_whole(links),
        "the journal says the same": [parsed(line) for line in lines] == links,
        "the state is the fold": read(
            workshop, (link.entry for link in links if link.workshop == workshop)
        ).workshop
        == history.workshop,
    }
    return [promise for promise, holds in promises.items() if not holds]


def _edit(said: Said) -> PutObjective:
    """The edit that a thread writes: its own objective, with how far it has counted."""
    return PutObjective(
        objective=Objective(id=f"o{said.thread}", name="A count", statement=str(said.count))
    )


def _write_for_ever(folder: Path, workshop: str) -> None:
    """What the process to be killed does."""
    store = Store.open(folder)
    for thread in range(THREADS):
        threading.Thread(target=_count, args=(store, workshop, thread)).start()


def _count(store: Store, workshop: str, thread: int) -> None:
    known = store.workshop(workshop).objectives.get(f"o{thread}")
    count = int(known.statement) if known else 0
    while True:
        count += 1
        said = Said(secrets.token_hex(8), thread, count)
        _say("tried", said)
        store.write(workshop, _edit(said), id=said.id)
        _say("saved", said)


def _say(word: str, said: Said) -> None:
    """One line in one system call, so that a kill cannot cut it."""
    os.write(1, f"{word} {said.id} {said.thread} {said.count}\n".encode())


def rounds(folder: Path, number: int, seed: int) -> list[Round]:
    """So many kills of processes that write to the files in `folder`."""
    chance = random.Random(seed)  # noqa: S311 - the moments of the kills, not a secret
    done: list[Round] = []
    for turn in range(number):
        if turn % PER_WORKSHOP == 0:
            with Store.open(folder) as store:
                workshop = store.create("Killed")
        done.append(killed(folder, workshop, chance.uniform(0.0, LONGEST)))
    return done


def _table() -> None:
    with tempfile.TemporaryDirectory() as folder:
        done = rounds(Path(folder), ROUNDS, seed=1)
    reopened = sorted(one.reopened for one in done)
    print(f"kills                    {len(done):>10,}")
    print(f"confirmed edits          {sum(one.confirmed for one in done):>10,}")
    print(f"lost                     {sum(one.lost for one in done):>10,}")
    print(f"saved twice              {sum(one.doubled for one in done):>10,}")
    print(f"other promises broken    {sum(len(one.broken) for one in done):>10,}")
    print(f"open again, median       {statistics.median(reopened):>10.2f} s")
    print(f"open again, longest      {reopened[-1]:>10.2f} s")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _write_for_ever(Path(sys.argv[1]), sys.argv[2])
    else:
        _table()
