"""How good the list of suggested pairs is, and how long it takes for 20,000 names.

    python -m benchmarks.identity FOLDER

FOLDER holds `sites_with_true_ids.csv`: 3,337 records of 1,162 real childcare sites from ten
sources, with the true identity of each; only the names are shown to us. A pair of records is
found by the key if both names have the same `name_key`, and by the list if `near_pairs` suggests
their two names. Names of these sites begin with the agency that runs them, so that by name alone
nobody can find all of them: the figures compare rules, they are no promise.

The records are split in two halves by their true identity. The threshold `NEAR` is the one with
the best F1 of key and list together on the first half; what counts are the figures of the second.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from kam.intake.lists.identity import NEAR, Alike, near_pairs
from kam.names.key import name_key

# Likenesses tried on the first half.
TRIED = range(60, 100)


@dataclass(frozen=True)
class Record:
    """One row: its name, and who it truly is."""

    name: str
    truth: str


@dataclass(frozen=True)
class Found:
    """Pairs of records: how many are right, suggested, and true in all."""

    right: int
    suggested: int
    true: int

    @property
    def precision(self) -> float:
        """Share of the suggested pairs that are right."""
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that are suggested."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.suggested + self.true)

    def __str__(self) -> str:
        """The figures as one cell of the table."""
        return f"{self.precision:9.3f} {self.recall:7.3f} {self.f1:6.3f} {self.suggested:10,}"


def records(folder: Path) -> list[Record]:
    """The sites, in the order of the file."""
    with (folder / "sites_with_true_ids.csv").open(encoding="utf-8", newline="") as file:
        return [Record(row["Site name"], row["True Id"]) for row in csv.DictReader(file)]


def halves(sites: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """The records in two halves; a true identity is in one of them."""
    truths = sorted({site.truth for site in sites})
    Random(1).shuffle(truths)  # noqa: S311 - a fixed split, no secret
    first = set(truths[: len(truths) // 2])
    return ([s for s in sites if s.truth in first], [s for s in sites if s.truth not in first])


def by_key(sites: Sequence[Record]) -> Found:
    """Pairs of records whose names have the same key."""
    return _counted(sites, [])


def by_list(sites: Sequence[Record], pairs: Iterable[Alike]) -> Found:
    """Pairs of records that the key or the list of suggestions brings together."""
    return _counted(sites, [(pair.left, pair.right) for pair in pairs])


def suggestions(sites: Sequence[Record], least: float = NEAR) -> tuple[Alike, ...]:
    """What a person is asked: pairs of keys of different names."""
    return near_pairs({name_key(site.name): site.name for site in sites}, least=least)


def _counted(sites: Sequence[Record], pairs: Iterable[tuple[str, str]]) -> Found:
    """Pairs of records, counted by the true identities behind each key."""
    truths: dict[str, Counter[str]] = {}
    for site in sites:
        truths.setdefault(name_key(site.name), Counter())[site.truth] += 1
    within = [(both.total() * (both.total() - 1) // 2, _pairs(both)) for both in truths.values()]
    across = [_across(truths, *pair) for pair in pairs]
    return Found(
        right=sum(right for _, right in (*within, *across)),
        suggested=sum(every for every, _ in (*within, *across)),
        true=_pairs(Counter(site.truth for site in sites)),
    )


def _pairs(times: Mapping[str, int]) -> int:
    return sum(count * (count - 1) // 2 for count in times.values())


def _across(truths: Mapping[str, Counter[str]], left: str, right: str) -> tuple[int, int]:
    """All pairs of records between two keys, and how many of them are right."""
    one, other = truths[left], truths[right]
    return one.total() * other.total(), sum(one[truth] * other[truth] for truth in one)


def best_threshold(sites: Sequence[Record]) -> int:
    """The likeness from which suggestions give the best F1."""
    pairs = suggestions(sites, min(TRIED))
    kept = {at: [pair for pair in pairs if pair.likeness >= at] for at in TRIED}
    return max(TRIED, key=lambda at: by_list(sites, kept[at]).f1)


def invented(count: int) -> dict[str, str]:
    """So many different names of companies, by a fixed seed."""
    words = "".join(f"{a}{b} " for a, b in product("badilomeru", ("kon", "tes", "vil", "mar")))
    random = Random(2)  # noqa: S311 - names, no secret
    stems = [a + b + c for a, b, c in product(words.split(), words.split(), ("", "ix", "ana"))]
    forms = ("GmbH", "Ltd", "Inc.", "S.A.", "AG")
    fields = ("Bau", "Foods", "Logistics", "Medical", "Textil", "Energy", "Bank", "Holding")
    return {
        str(at): f"{random.choice(stems).title()} {random.choice(stems)} {random.choice(fields)} "
        f"{random.choice(forms)}"
        for at in range(count)
    }


def main() -> None:
    """Print precision, recall and F1 of key and list, and the time for 20,000 names."""
    sites = records(Path(sys.argv[1]))
    first, second = halves(sites)
    print(f"{'':42} {'precision':>9} {'recall':>7} {'F1':>6} {'pairs':>10}")
    for name, part in (("first half", first), ("second half", second), ("all records", sites)):
        print(f"{name + ', same key':42} {by_key(part)}")
        print(f"{name + ', key or list':42} {by_list(part, suggestions(part))}")
    print(f"best threshold on the first half: {best_threshold(first)}; in use: {NEAR:g}")
    names = invented(20_000)
    start = time.perf_counter()
    pairs = near_pairs(names)
    seconds = time.perf_counter() - start
    print(f"20,000 names: {len(pairs):,} suggestions in {seconds:.1f} s")


if __name__ == "__main__":
    main()
