"""What the example decides, and how: the story that the README promises."""

from collections import Counter
from itertools import combinations, pairwise
from math import dist
from statistics import mean, median, stdev

import pytest

from data.example_figures import SOURCE
from data.example_minutes import NAMES
from kam.acceptance import gaps
from kam.catalogue import GOOD_SET
from kam.edits import ScoreCustomer
from kam.history import History
from kam.method.assessment import Assessment, assess
from kam.method.selection import Reason
from kam.method.weights import member_weights
from kam.model import Class, Favours, Workshop
from kam.validated import changed


def revenue(workshop: Workshop, key: str) -> float:
    """What a customer bought in the last twelve months, EUR."""
    return workshop.customers[key].profile.revenue or 0


def test_there_are_40_customers_with_names_of_their_own(workshop: Workshop) -> None:
    names = [known.name for known in workshop.customers.values()]
    assert len(names) == len(set(names)) == 40


def test_eight_members_come_from_five_departments(workshop: Workshop) -> None:
    members = workshop.members.values()
    assert len(members) == len({member.name for member in members}) == 8
    assert len({member.department for member in members}) == 5


def test_four_objectives_can_be_checked_later(workshop: Workshop) -> None:
    assert len(workshop.objectives) == 4
    assert [aim.gaps for aim in workshop.objectives.values()] == [()] * 4


def test_the_criteria_are_the_good_set_and_complete(workshop: Workshop) -> None:
    assert tuple(workshop.criteria) == GOOD_SET
    assert [gaps(criterion) for criterion in workshop.criteria.values()] == [()] * 8


def test_every_objective_is_served_and_every_criterion_serves_one(workshop: Workshop) -> None:
    assert all(criterion.objectives for criterion in workshop.criteria.values())
    for aim in workshop.objectives:
        points = [
            workshop.points[key] for key, c in workshop.criteria.items() if aim in c.objectives
        ]
        assert sum(points) >= 5  # method.md section 13


def test_every_member_voted_twice_on_every_criterion(workshop: Workshop) -> None:
    assert set(workshop.ballots) == set(workshop.members)
    for cast in workshop.ballots.values():
        assert [ballot.round for ballot in cast] == [1, 2]
        assert all(tuple(ballot.swings) == GOOD_SET for ballot in cast)
        assert all(max(ballot.swings.values()) == 100 for ballot in cast)


def spread(workshop: Workshop, place: int) -> dict[str, float]:
    """Standard deviation of the members' points by criterion, in the ballots at `place`."""
    shares = []
    for cast in workshop.ballots.values():
        swings = cast[place].swings
        shares.append({k: 100 * v / sum(swings.values()) for k, v in swings.items()})
    return {key: stdev(share[key] for share in shares) for key in GOOD_SET}


def test_the_second_round_lies_closer_together_on_every_criterion(workshop: Workshop) -> None:
    first, second = spread(workshop, 0), spread(workshop, 1)
    assert all(second[key] < first[key] for key in GOOD_SET)


def test_after_two_rounds_they_still_disagree_on_growth_alone(workshop: Workshop) -> None:
    apart = [key for key, sd in spread(workshop, 1).items() if sd > 8]  # method.md 6.5
    assert apart == ["A03"]


def test_the_agreed_points_are_the_rounded_mean_of_the_ballots(workshop: Workshop) -> None:
    own = member_weights(workshop).values()
    assert sum(workshop.points.values()) == 100
    for key, points in workshop.points.items():
        assert points == int(points)
        assert points == pytest.approx(100 * mean(weights[key] for weights in own), abs=1)


def test_eight_customers_are_key_five_of_them_strategic(result: Assessment) -> None:
    assert result.counts == {
        Class.KEY_STRATEGIC: 5,
        Class.KEY_CORE: 3,
        Class.STRATEGIC: 13,
        Class.LOW_PRIORITY: 19,
    }
    assert result.obstacles == ()


def test_capacity_is_used_but_for_less_than_one_account(result: Assessment) -> None:
    available = result.selection.available or 0
    left = available - result.selection.used
    assert 0 <= left < (result.workshop.capacity.hours_core or 0)


def with_reason(result: Assessment, reason: Reason) -> list[str]:
    """Ids of the customers that have their class for one reason."""
    return [key for key, standing in result.standings.items() if standing.reason is reason]


def test_two_customers_wait_for_capacity(result: Assessment) -> None:
    assert with_reason(result, Reason.NO_CAPACITY) == ["redmarsh-packaging", "balder-freight"]


def test_one_attractive_customer_would_not_favour_us(result: Assessment) -> None:
    assert with_reason(result, Reason.WOULD_NOT_FAVOUR) == ["hallowmere-energy"]


def test_one_customer_in_the_key_zone_fails_the_gate(result: Assessment) -> None:
    assert with_reason(result, Reason.GATE) == ["marlowe-textiles"]
    assert (result.standings["marlowe-textiles"].distance or -1) >= 0


def test_too_little_is_known_of_one_customer_in_the_key_zone(result: Assessment) -> None:
    assert with_reason(result, Reason.TOO_LITTLE_KNOWN) == ["pellas-robotics"]
    assert [key for key, s in result.standings.items() if not s.known] == ["pellas-robotics"]


def test_one_class_was_decided_by_name_and_with_a_reason(result: Assessment) -> None:
    assert with_reason(result, Reason.OVERRIDE) == ["eastvale-health"]
    override = result.workshop.overrides["eastvale-health"]
    assert override.by in NAMES.values()
    assert len(override.reason.split()) > 5
    without = assess(changed(result.workshop, overrides={}))
    assert without.standings["eastvale-health"].klass is Class.KEY_CORE


def test_the_biggest_customer_is_strong_offers_little_and_is_not_key(result: Assessment) -> None:
    biggest = max(result.workshop.customers, key=lambda key: revenue(result.workshop, key))
    assert biggest == "orrin-steel"
    assert with_reason(result, Reason.STRONG_BUT_LITTLE_TO_GAIN).count(biggest) == 1


def test_the_biggest_customer_was_key_in_2024(history: History) -> None:
    then = assess(history.at(history.workshop.marks[0].revision))
    klass = then.standings["orrin-steel"].klass
    assert klass is not None
    assert klass.is_key


def test_the_two_customers_most_in_the_press_are_low(result: Assessment) -> None:
    articles = {key: c.facts["awareness"] for key, c in result.workshop.customers.items()}
    most = {key for key, count in articles.items() if count == max(articles.values())}
    assert most == {"orrin-steel", "merrowby-airports"}
    assert {result.standings[key].klass for key in most} == {Class.LOW_PRIORITY}


def test_a_small_customer_is_among_the_key_accounts(result: Assessment) -> None:
    middle = median(revenue(result.workshop, key) for key in result.workshop.customers)
    small = [
        key
        for key, standing in result.standings.items()
        if standing.klass is Class.KEY_STRATEGIC and revenue(result.workshop, key) < middle
    ]
    assert small == ["junivale-labs"]


def test_at_least_three_near_the_key_zone_have_not_been_asked(result: Assessment) -> None:
    near = [key for key, s in result.standings.items() if (s.distance or 0) > -0.5]
    customers = result.workshop.customers
    unasked = [key for key in near if customers[key].profile.favours_us is Favours.UNKNOWN]
    assert len(unasked) >= 3


def test_we_say_how_we_know_exactly_where_we_know(workshop: Workshop) -> None:
    for known in workshop.customers.values():
        unknown = known.profile.favours_us is Favours.UNKNOWN
        assert (known.profile.favours_known_by is None) is unknown


def test_six_scores_are_unknown(workshop: Workshop) -> None:
    cells = {(c, k) for c in workshop.criteria for k in workshop.customers}
    voted = {(c, k) for c, cast in workshop.votes.items() for k in cast}
    unknown = {(c, k) for c, k in cells if k not in workshop.scores[c]} - voted
    assert unknown == {
        ("A02", "pellas-robotics"),
        ("A03", "pellas-robotics"),
        ("A04", "clearwell-utilities"),
        ("A04", "rivermark-bank"),
        ("A13", "nordhaven"),
        ("S03", "varden-telecom"),
    }


def test_most_scores_have_evidence_and_some_still_lack_it(workshop: Workshop) -> None:
    notes = [score.note for scored in workshop.scores.values() for score in scored.values()]
    assert 0.85 < sum(map(bool, notes)) / len(notes) < 1


def positions(result: Assessment) -> list[tuple[float, float]]:
    """Strength and attractiveness of every customer."""
    return [(s.strength[0], s.attractiveness[0]) for s in result.standings.values()]


def test_six_customers_are_too_close_to_call(result: Assessment) -> None:
    close = [key for key, standing in result.standings.items() if standing.close]
    assert len(close) == 6


def test_every_corner_of_the_matrix_is_used(result: Assessment) -> None:
    corners = Counter((x >= 5, y >= 5) for x, y in positions(result))
    assert min(corners.values()) >= 7
    xs, ys = zip(*positions(result), strict=True)
    assert min(xs) < 2.5
    assert max(xs) > 8.5
    assert min(ys) < 2.5
    assert max(ys) > 8.5


def test_no_two_bubbles_lie_on_top_of_each_other(result: Assessment) -> None:
    assert min(dist(one, other) for one, other in combinations(positions(result), 2)) > 0.3


def test_two_earlier_selections_can_be_compared(history: History) -> None:
    marks = history.workshop.marks
    assert [mark.name for mark in marks] == ["Autumn 2024 selection", "Autumn 2025 selection"]
    first, second = (history.at(mark.revision) for mark in marks)
    assert len(first.customers) == 36
    assert len(second.customers) == 38
    assert first.points != second.points != history.workshop.points
    assert (first.cut_offs.attractiveness, second.cut_offs.attractiveness) == (5, 5.5)


def test_the_key_accounts_change_from_year_to_year_but_not_altogether(history: History) -> None:
    states = [*(history.at(mark.revision) for mark in history.workshop.marks), history.workshop]
    keys = [
        {key for key, s in assess(state).standings.items() if s.klass and s.klass.is_key}
        for state in states
    ]
    for before, after in pairwise(keys):
        assert len(before & after) >= 3
        assert before - after
        assert after - before


def test_a_correction_moves_the_customer(history: History) -> None:
    moved = {
        entry.revision: entry.edit.customer
        for entry in history.entries
        if isinstance(entry.edit, ScoreCustomer) and entry.edit.value is not None
    }
    assert len(moved) == len(SOURCE["correction"]) == 8
    first, after = assess(history.at(min(moved) - 1)), assess(history.at(max(moved)))
    for key in moved.values():
        assert first.standings[key] != after.standings[key]
