"""Lines that add up the lines above them: by what they are called, and by their figures."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kam.intake.headers.units import CODES
from kam.names.legal_forms import words_of

# Words that such a line is called by, in the languages of the exports that we know.
TOTALS = frozenset(
    {
        *("total", "totals", "subtotal", "subtotals", "grandtotal", "sum", "sums", "summe"),
        *("summen", "zwischensumme", "gesamt", "gesamtsumme", "gesamtergebnis", "gesamtbetrag"),
        *("gesamtumsatz", "endsumme", "endergebnis", "teilergebnis", "ergebnis", "insgesamt"),
        *("totale", "totaux", "totales", "totaal", "somme", "soustotal", "subtotale", "subtotaal"),
    }
)

# Words that may stand beside them and name no customer.
_BESIDE = frozenset(
    {
        *("grand", "sub", "sous", "overall", "report", "general", "generale", "final", "all", "of"),
        *("the", "in", "all", "alle", "aller", "der", "die", "tous", "customers", "customer"),
        *("accounts", "account", "clients", "companies", "records", "rows", "kunden", "kunde"),
        *("revenue", "sales", "amount", "umsatz", "betrag", "bericht", "list", "liste"),
    }
)

# The same as `is_total` for a database, on a text in lower case without accents (RE2).
_GAP, _TOTAL = r"[^\p{L}\p{N}]", "|".join(sorted(TOTALS))
_WORD = "|".join(sorted({*TOTALS, *_BESIDE, *map(str.lower, CODES), r"\d+"}))
TOTAL_PATTERN = f"{_GAP}*((?:{_WORD}){_GAP}+)*(?:{_TOTAL})({_GAP}+(?:{_WORD}))*{_GAP}*"

# Fewer figures than this above a line may well add up to it by chance. Rows.
FEWEST_ABOVE = 3

# What rounding leaves between a sum and the amounts that it adds up: a cent, or this share.
CENT = 0.01
ROUNDING = 1e-6


def is_total(name: str) -> bool:
    """Whether a name says nothing but that the line adds up others: "Total EUR", "Summe Kunden"."""
    words = words_of(name)
    bare = {"".join(words), *words}
    beside = (w in _BESIDE or w in TOTALS or w.isdigit() or w.upper() in CODES for w in words)
    return bool(bare & TOTALS) and all(beside)


class Above:
    """The sums of the lines above one, kept up to date line by line.

    Lines of totals are not added: they end a block, whose lines the next of them may add up.
    """

    def __init__(self) -> None:
        self._all, self._block = Sums(), Sums()

    def add(self, figures: Mapping[str, float]) -> None:
        """Take in one more line, by key."""
        self._all.add(figures)
        self._block.add(figures)

    def end_block(self) -> None:
        """Begin a block below a line of totals."""
        self._block = Sums()

    def adds_up(self, last: Mapping[str, float]) -> str:
        """The first column in which a line is the sum of all above, or of its block; or ""."""
        return self._all.adds_up(last) or self._block.adds_up(last)


class Sums:
    """What some lines come to, by key; and how many of them have a figure there that is not 0."""

    def __init__(self, lines: Iterable[Mapping[str, float]] = ()) -> None:
        self._sums: defaultdict[str, float] = defaultdict(float)
        self._filled: Counter[str] = Counter()
        for figures in lines:
            self.add(figures)

    def add(self, figures: Mapping[str, float]) -> None:
        """Take in one more line, by key."""
        for key, value in figures.items():
            if value:
                self._sums[key] += value
                self._filled[key] += 1

    def adds_up(self, last: Mapping[str, float]) -> str:
        """The first column in which a line is the sum of these lines; "" for none."""
        return next((key for key, value in last.items() if value and self._is(key, value)), "")

    def _is(self, key: str, value: float) -> bool:
        near = math.isclose(self._sums[key], value, rel_tol=ROUNDING, abs_tol=CENT)
        return near and self._filled[key] >= FEWEST_ABOVE
