"""What a list changes of the customers that are here, and who is not in it, in sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kam.edits import BringIn
from kam.intake.headers.aliases import CUSTOMER_TARGETS
from kam.model import Customer, Economics, Profile, Score, Workshop

# Fields that are named in one sentence, those that change most often first; more are counted.
NAMED = 6

Scores = Mapping[str, Mapping[str, Score]]

_LABELS = {target.key: target.label for target in CUSTOMER_TARGETS}


def changing(workshop: Workshop, customers: Mapping[str, Customer]) -> dict[str, Customer]:
    """Those of these customers that are not in the workshop just so.

    A customer that was made for a group stays among them: a list that has it changes its group.
    """
    made = {key for key, group in workshop.groups.items() if group.made}
    here = workshop.customers
    return {
        key: one
        for key, one in customers.items()
        if key in made or (here.get(key) is not one and here.get(key) != one)
    }


def changing_scores(workshop: Workshop, scores: Scores) -> dict[str, dict[str, Score]]:
    """Criterion id -> customer id -> score, of those that are not in the workshop just so."""
    changed = {
        criterion: {key: one for key, one in given.items() if here.get(key) != one}
        for criterion, given in scores.items()
        for here in [workshop.scores.get(criterion, {})]
    }
    return {criterion: given for criterion, given in changed.items() if given}


def differences(
    workshop: Workshop, edit: BringIn, listed: Iterable[str], *, whole: bool = True
) -> list[str]:
    """Sentences on who changes and how, who stays as it is, and who is not in the list.

    None where nobody is here yet.

    Args:
        workshop: as it is now.
        edit: what the list changes.
        listed: the customers in the list, by id; those whom it leaves as they are, too.
        whole: whether it is a list of customers, not the rows of one that were to be repaired.
    """
    every = set(listed)
    here = every & workshop.customers.keys()
    same = len(here - edit.touched)
    fields = {key: workshop.customers[key] for key in edit.customers if key in here}
    told = _changes(fields, edit) if fields else []
    if here and same == len(here) == len(every):
        told = ["Nothing changes: the list says what is here already."]
    elif same:
        verb = "stays exactly as it is" if same == 1 else "stay exactly as they are"
        told += [f"{same:,} of the customers here {verb}."]
    absent = len(workshop.customers) - len(here)
    return [*told, *([_absent(absent)] if absent and whole else [])]


def _changes(changing: Mapping[str, Customer], edit: BringIn) -> list[str]:
    """How many of the customers here change in which field."""
    times = Counter(
        field for key, one in changing.items() for field in _changed(one, edit.customers[key])
    )
    shown = ", ".join(f"{field} ({count:,})" for field, count in times.most_common(NAMED))
    more = f" and {len(times) - NAMED:,} more fields" if len(times) > NAMED else ""
    return [f"Changes of customers that are here: {shown}{more}."]


def _changed(before: Customer, after: Customer) -> list[str]:
    """The fields, as the screen calls them, in which a customer changes."""
    parts = (
        ({"name": before.name}, {"name": after.name}, ("name",)),
        (before.profile.__dict__, after.profile.__dict__, Profile.model_fields),
        (before.economics.__dict__, after.economics.__dict__, Economics.model_fields),
        (before.facts, after.facts, {**before.facts, **after.facts}),
        ({"other ids": before.ids}, {"other ids": after.ids}, ("other ids",)),
    )
    return [
        _LABELS.get(field, field)
        for old, new, fields in parts
        for field in fields
        if old.get(field) != new.get(field)
    ]


def _absent(count: int) -> str:
    who = "1 of your customers is" if count == 1 else f"{count:,} of your customers are"
    return f"{who} not in this list; what we know of them stays as it is."
