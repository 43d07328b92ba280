"""When two names are one customer for certain: they have one key."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kam.names.legal_forms import JOINING, without_form, words_of


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The name without case, accents, punctuation, joining words and legal form.

    Two names with one key are one customer. A name that is nothing but a legal form keeps it,
    and one without letters or digits is its own key, so that no key of a name is empty.
    """
    return _joined(core(name)) or name.strip() or name


def core(name: str) -> list[str]:
    """The words that tell a name from others; none if it has neither letter nor digit."""
    words = words_of(name)
    without = without_form(words)
    spoken = [word for word in without if word not in JOINING] or without
    return spoken if any(word.isalnum() for word in spoken) else []


def _joined(words: Sequence[str]) -> str:
    """The words as one, but "1 2" apart from "12"."""
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(words))
