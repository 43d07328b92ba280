"""Lines that add up the lines above them: by what they are called, and by their figures."""

import math
from collections.abc import Mapping, Sequence

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


def adds_up(figures: Sequence[Mapping[str, float]], last: Mapping[str, float]) -> str:
    """The first column in which the last line is the sum of the lines above it; "" for none.

    Args:
        figures: the numbers of each line above, by key.
        last: those of the line itself.
    """
    return next((key for key, value in last.items() if _is_sum(figures, key, value)), "")


def _is_sum(figures: Sequence[Mapping[str, float]], key: str, value: float) -> bool:
    above = [row[key] for row in figures if row.get(key)]
    if len(above) < FEWEST_ABOVE or not value:
        return False
    return math.isclose(math.fsum(above), value, rel_tol=ROUNDING, abs_tol=CENT)
