"""What may move a customer between two states, and what of them can be compared."""

from collections.abc import Mapping
from enum import StrEnum

from kam.method.assessment import Assessment
from kam.model import Criterion


class Cause(StrEnum):
    """What may move a customer; the value is its word on the screen."""

    FACTS = "facts"  # levels of criteria that a column holds; the customer's own view of us
    JUDGMENT = "judgment"  # levels of criteria that people judge
    WEIGHTS = "weights"
    CRITERIA = "criteria"  # those that came, with their levels, or went, or changed their axis
    ANCHORS = "anchors"  # what 0 and 10 mean, and every step between: the value of each level
    LINES = "lines"
    DECISIONS = "decisions"  # gates, overrides, the long list
    CAPACITY = "capacity"  # how much there is, and who came or went who may need it
    TOGETHER = "several things at once"  # a score is unknown when they change one by one


OF_SCORES = (Cause.FACTS, Cause.JUDGMENT, Cause.WEIGHTS, Cause.CRITERIA, Cause.ANCHORS)
OF_DISTANCE = (*OF_SCORES, Cause.LINES)
OF_CLASS = (*OF_DISTANCE, Cause.DECISIONS, Cause.CAPACITY)

BEFORE, AFTER = 0, 1
Pick = Mapping[Cause, int]  # from which state each cause is taken; one that is absent, the later


def judged(after: Assessment, criterion: str) -> bool:
    """Whether a criterion's levels are people's judgment, as it stands in the later state."""
    return not after.workshop.criteria[criterion].column


def common_criteria(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """Ids of the criteria that could be scored in both states, in the order of the later one.

    One that is measured in another unit on other anchors is another criterion under an old id:
    levels in the one unit mean nothing on the anchors of the other.
    """
    return tuple(
        key
        for key in after.valued.criteria
        if key in before.valued.criteria
        and _comparable(before.workshop.criteria[key], after.workshop.criteria[key])
    )


def _comparable(before: Criterion, after: Criterion) -> bool:
    return before.unit == after.unit or before.anchors == after.anchors


def voted(state: Assessment, criterion: str) -> set[str]:
    """Customers whose level is the mean of votes.

    People vote on steps, so a voted level moves with the anchors and is worth what it was worth.
    """
    workshop = state.workshop
    scored = workshop.scores.get(criterion, {})
    return (workshop.votes.get(criterion, {}).keys() - scored.keys()) & state.row.keys()
