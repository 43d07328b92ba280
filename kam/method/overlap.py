"""How far the key accounts are the top of another list, against what luck would give."""

from dataclasses import dataclass
from math import comb


@dataclass(frozen=True)
class Overlap:
    """How many key accounts stand on top of a naive list.

    Attributes:
        counted: customers whose class and figure are known.
        key: the key accounts among them.
        top: those on top of the naive list: as many as there are key accounts, or, where several
            tie for the last place, the number nearest to it that splits no tie.
        both: the key accounts on top.
    """

    counted: int
    key: int
    top: int
    both: int

    @property
    def tells(self) -> bool:
        """Whether both lists are a part of the customers, so that an overlap means something."""
        return 0 < self.key < self.counted and 0 < self.top < self.counted

    @property
    def expected(self) -> float:
        """How many would be on top if key accounts were drawn by lot."""
        return self.key * self.top / self.counted if self.counted else 0.0

    @property
    def adjusted(self) -> float | None:
        """Overlap beyond chance: 1 one list lies in the other, 0 as by lot, negative below.

        `(share - chance) / (1 - chance)`, share `both / min(key, top)`, chance
        `max(key, top) / counted`; method.md section 8 where both lists are as long.
        """
        if not self.tells:
            return None
        share = self.both / min(self.key, self.top)
        chance = max(self.key, self.top) / self.counted
        return (share - chance) / (1 - chance)

    @property
    def luck(self) -> float:
        """Probability, 0-1, of as many or more on top by lot: the hypergeometric tail, exact."""
        others = self.counted - self.key
        fewest, most = max(0, self.top - others), min(self.key, self.top)
        start = max(self.both, fewest)
        ways = comb(self.key, start) * comb(others, self.top - start)
        total = 0
        for hit in range(start, most + 1):
            total += ways
            ways *= (self.key - hit) * (self.top - hit)
            ways //= (hit + 1) * (others - self.top + hit + 1)
        return total / comb(self.counted, self.top)
