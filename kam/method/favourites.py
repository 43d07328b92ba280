"""The gut-feeling lists beside the key accounts: what do people know that the scores do not?"""

from collections import Counter
from dataclasses import dataclass

from kam.method.assessment import Assessment
from kam.method.trap_words import names

SHARED = 2  # members who must name a customer before it is a favourite, screens.md 3.6


@dataclass(frozen=True)
class Favourites:
    """Whom people would pick by feeling, and who of them is key.

    Attributes:
        lists: how many lists were compared.
        named: customer -> by how many members; the most named first, then in the one order.
        liked: the favourites: named by at least two; where nobody is, all that were named.
        key: favourites that are key accounts.
        others: favourites that are not.
        overlooked: key accounts that nobody named.
    """

    lists: int
    named: dict[str, int]
    liked: tuple[str, ...]
    key: tuple[str, ...]
    others: tuple[str, ...]
    overlooked: tuple[str, ...]


def favourites(result: Assessment) -> Favourites:
    """The favourites of the opened lists; nobody while they are sealed."""
    gut = result.workshop.answers.gut
    lists = gut.of.values() if gut.opened else ()
    counts = Counter(key for picked in lists for key in picked)
    order = {key: place for place, key in enumerate(result.standings)}
    named = sorted(counts, key=lambda key: (-counts[key], order[key]))
    liked = tuple(key for key in named if counts[key] >= SHARED) or tuple(named)
    chosen = [key for key, one in result.judged.items() if one.klass and one.klass.is_key]
    return Favourites(
        lists=len(lists),
        named={key: counts[key] for key in named},
        liked=liked,
        key=tuple(key for key in liked if key in chosen),
        others=tuple(key for key in liked if key not in chosen),
        overlooked=tuple(key for key in chosen if key not in counts),
    )


def liked_words(found: Favourites) -> str:
    """How many favourites are key: “5 of your 7 favourites are key”."""
    liked, key = len(found.liked), len(found.key)
    verb = "is" if key == 1 else "are"
    return f"{key} of your {liked} favourite{'s' * (liked != 1)} {verb} key"


def others_words(result: Assessment, found: Favourites) -> str:
    """Which favourites are not key, and the question that follows."""
    if not found.others:
        return "Feeling and scores agree on them."
    left = len(found.others)
    return (
        f"{left} {'is' if left == 1 else 'are'} not: {names(result, found.others)}. "
        "What do we know that the scores do not?"
    )


def overlooked_words(result: Assessment, found: Favourites) -> str:
    """Which key accounts came to nobody's mind; empty where none did."""
    if not found.overlooked:
        return ""
    count = len(found.overlooked)
    verb = "account was" if count == 1 else "accounts were"
    return (
        f"{count} key {verb} on nobody’s list: {names(result, found.overlooked)}. "
        "What do the scores know that we do not?"
    )
