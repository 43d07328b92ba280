"""How many key accounts stay key when something else counts, in a sentence."""

from collections.abc import Mapping, Sequence

from kam.method.criteria_review import NAMED
from kam.method.values import listing


def overlap_words(
    ours: Sequence[str], theirs: Sequence[str], about: str, names: Mapping[str, str]
) -> str:
    """How many key accounts stay key when something else counts, and who is key by one only.

    Args:
        ours: ids of the key accounts as things stand.
        theirs: ids of those when something else counts.
        about: the end of a sentence that begins with "when".
        names: of all customers.
    """
    out = [names[key] for key in ours if key not in theirs]
    new = [names[key] for key in theirs if key not in ours]
    told = [f"{_overlap(ours, theirs)} when {about}."]
    told += [f"No longer key: {_first_few(out)}."] if out else []
    told += [f"Key {'instead' if out else 'as well'}: {_first_few(new)}."] if new else []
    return " ".join(told)


def _first_few(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    return listing([*names[:NAMED], *more])


def _overlap(ours: Sequence[str], theirs: Sequence[str]) -> str:
    if not ours:
        return f"Nobody is key now, and {'others' if theirs else 'nobody'} would be"
    shared = len(set(ours) & set(theirs))
    return f"{shared:,} of {len(ours):,} key account{'s' * (len(ours) > 1)} would stay key"
