"""Columns that are called as one field and say different things, so that a person must choose."""

from collections.abc import Collection, Mapping, Sequence

from kam.intake.figures import numbers
from kam.intake.headers.aliases import Target
from kam.intake.headers.matching import HARDLY_FILLED, Match, match

# What cells may be read as without a doubt: a text may be the short or the long name of the same
# thing, and there the order of the aliases decides. Figures, days and answers that differ are
# different facts.
DECIDED = frozenset({"number", "date", "yes_no"})


def rivals(
    found: Mapping[str, Match], targets: Sequence[Target], columns: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Header -> key of the field that it and another column are called as, with other values.

    Both columns are in the result. A column that is hardly filled, or that repeats the other
    one, is no rival.

    Args:
        found: where the columns go by their names.
        targets: our fields.
        columns: header -> cells.
    """
    decided = [target for target in targets if target.kind in DECIDED]
    kinds = {target.key: target.kind for target in decided}
    sure = {h: m.target for h, m in found.items() if m.certain and m.target in kinds}
    winners = {key: header for header, key in sure.items() if key}
    wanted = [target for target in decided if target.key in winners]
    result: dict[str, str] = {}
    for header in (h for h, m in found.items() if m.target is None or not m.certain):
        own = match([header], wanted, columns)[header]
        if not own.certain or own.target is None:
            continue
        winner = winners[own.target]
        if _filled(columns[header]) and _differ((winner, header), columns, kinds[own.target]):
            result |= {winner: own.target, header: own.target}
    return result


def asking(
    found: Mapping[str, Match], rival: Mapping[str, str], said: Collection[str] = ()
) -> dict[str, Match]:
    """The matches, with every rival as a guess unless somebody has said what goes to its field."""
    guesses = {h: key for h, key in rival.items() if key not in said}
    return {h: Match(guesses[h], certain=False, by="name") if h in guesses else m
            for h, m in found.items()}  # fmt: skip


def _filled(cells: Sequence[str]) -> bool:
    return sum(map(bool, cells)) > HARDLY_FILLED * len(cells)


def _differ(pair: tuple[str, str], columns: Mapping[str, Sequence[str]], kind: str) -> bool:
    """Whether two columns give a row different values, where both give one."""
    one, other = (_read(header, columns[header], kind) for header in pair)
    return any(a != b for a, b in zip(one, other, strict=True) if a is not None and b is not None)


def _read(header: str, cells: Sequence[str], kind: str) -> Sequence[object]:
    if kind == "number":
        return numbers(header, cells).values
    return [cell.casefold() or None for cell in cells]
