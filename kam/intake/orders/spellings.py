"""Ledgers that have names where others have ids: which of the names are one customer."""

import re
from collections.abc import Mapping

from kam.intake.orders.fates import BLANK
from kam.intake.orders.measures import Measures
from kam.names.key import name_key

# A column of which at most this share holds a digit is one of names. Share; a few companies have
# a number in their name, and keys without any digit are rare.
WITH_DIGITS = 0.5

_DIGIT = re.compile(r"\d")


def spellings(measures: Mapping[str, Measures], *, by_name: bool = False) -> dict[str, str]:
    """Key of the ledger -> the spelling of the same name that has most lines; empty for ids.

    Of spellings with as many lines the first counts. Lines without a customer, if they are one
    customer, are nobody else. `by_name` is whether the column of names is the one of customers.
    """
    if not (by_name or are_names(measures)):
        return {}
    names = {key: key if key == BLANK else name_key(key) for key in measures}
    most: dict[str, str] = {}
    for key, name in names.items():
        if name not in most or measures[key].lines > measures[most[name]].lines:
            most[name] = key
    return {key: most[name] for key, name in names.items()}


def are_names(measures: Mapping[str, Measures]) -> bool:
    """Whether the customers' keys are their names: the column of names is theirs, or looks so."""
    if any(one.name not in {"", key} for key, one in measures.items()):
        return False
    if any(one.name for one in measures.values()):
        return True
    with_digits = sum(bool(_DIGIT.search(key)) for key in measures)
    return with_digits <= WITH_DIGITS * len(measures)
