"""Zones, the one order and capacity agree with each other, whatever the numbers."""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.method.scores import AxisScores
from kam.method.selection import (
    CLASSES,
    SAME,
    UNSCORED,
    Facts,
    Reason,
    Selection,
    distances,
    select,
    too_close,
)
from kam.method.values import Floats
from kam.model import Capacity, Class, CutOffs

LINES = CutOffs()
KEY = [CLASSES.index(klass) for klass in Class if klass.is_key]


@dataclass(frozen=True)
class Field:
    """Customers as the rule sees them; every list has one entry for each."""

    a: list[float]
    s: list[float]
    favours: list[int]
    gate: list[bool]
    override: list[int]
    known: list[float]
    listed: tuple[bool, ...] = ()

    @property
    def facts(self) -> Facts:
        return Facts(
            np.array(self.favours, dtype=np.int64),
            np.array(self.gate, dtype=bool),
            np.array(self.override, dtype=np.int64),
            np.array(self.listed or [True] * len(self.a), dtype=bool),
        )

    def chosen(self, room: Capacity | None = None, lines: CutOffs = LINES) -> Selection:
        """The outcome of the rule."""
        return select(axis(self.a, self.known), axis(self.s), self.facts, lines, room or Capacity())


def axis(estimate: list[float], known: list[float] | None = None) -> AxisScores:
    """Scores of which a share is known; the interval is as wide as the rest."""
    scores = np.array(estimate, dtype=float)
    share = np.array(known if known is not None else [1.0] * len(estimate))
    low = np.nan_to_num(scores) * share
    return AxisScores(scores, low, low + 10 * (1 - share), share)


def field(*positions: tuple[float, float], favours: int = 1) -> Field:
    """Customers at these positions, all known, all passing, none overridden."""
    count = len(positions)
    return Field(
        [a for a, _ in positions],
        [s for _, s in positions],
        [favours] * count,
        [False] * count,
        [-1] * count,
        [1.0] * count,
    )


def places(count: int) -> Capacity:
    return Capacity(mode="places", places=count)


def hours(total: float, strategic: float = 100, core: float = 40) -> Capacity:
    return Capacity(people=1, hours_per_person=total, hours_strategic=strategic, hours_core=core)


def reasons(selection: Selection) -> list[Reason]:
    return [Reason(int(code)) for code in selection.reason]


def classes(selection: Selection) -> list[Class]:
    return [CLASSES[index] for index in selection.klass]


SCORE = st.just(float("nan")) | st.integers(0, 40).map(lambda n: n / 4) | st.floats(0, 10)


@st.composite
def fields(draw: st.DrawFn, *, overrides: bool = True) -> Field:
    """Up to eight customers anywhere, with every complication."""
    count = draw(st.integers(0, 8))

    def each(strategy: st.SearchStrategy[float]) -> list[float]:
        return draw(st.lists(strategy, min_size=count, max_size=count))

    return Field(
        a=each(SCORE),
        s=each(SCORE),
        favours=draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=count, max_size=count)),
        gate=draw(st.lists(st.booleans(), min_size=count, max_size=count)),
        override=draw(
            st.lists(
                st.sampled_from([-1, -1, 0, 1, 2, 3] if overrides else [-1]),
                min_size=count,
                max_size=count,
            )
        ),
        known=each(st.sampled_from([1.0, 1.0, 0.7, 0.69, 0.3])),
    )


ROOMS = (
    st.just(Capacity())
    | st.integers(0, 9).map(places)
    | st.builds(hours, st.integers(0, 900), st.sampled_from([40, 100]), st.sampled_from([30, 40]))
)
ANY_LINES = st.builds(
    lambda a, s, above: CutOffs(attractiveness=a, strength=s, strategic=min(10.0, a + above)),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 4),
)


def is_key(selection: Selection) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.isin(selection.klass, KEY)


# --- what the rule says, by hand ------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "s", "favours", "klass", "reason"),
    [
        (8, 6, 1, Class.KEY_STRATEGIC, Reason.ABOVE_STRATEGIC_LINE),
        (7, 5, 1, Class.KEY_STRATEGIC, Reason.ABOVE_STRATEGIC_LINE),
        (6.9, 9, 1, Class.KEY_CORE, Reason.BELOW_STRATEGIC_LINE),
        (5, 5, 1, Class.KEY_CORE, Reason.BELOW_STRATEGIC_LINE),
        (8, 6, 0, Class.KEY_CORE, Reason.NOT_YET_MUTUAL),
        (8, 6, -1, Class.STRATEGIC, Reason.WOULD_NOT_FAVOUR),
        (8, 4.9, 1, Class.STRATEGIC, Reason.STRENGTH_GAP),
        (4.9, 9, 1, Class.LOW_PRIORITY, Reason.STRONG_BUT_LITTLE_TO_GAIN),
        (4.9, 4.9, 1, Class.LOW_PRIORITY, Reason.NEITHER),
    ],
)
def test_the_zone_and_the_customers_view_give_the_class(
    a: float, s: float, favours: int, klass: Class, reason: Reason
) -> None:
    chosen = field((a, s), favours=favours).chosen()
    assert classes(chosen) == [klass]
    assert reasons(chosen) == [reason]


def test_the_distance_is_the_smaller_of_both_leads_over_the_cut_offs() -> None:
    found = distances(np.array([8.0, 6.0, np.nan]), np.array([5.5, 2.0, 9.0]), LINES)
    assert found.tolist()[:2] == [0.5, -3]
    assert np.isnan(found[2])


def test_a_failed_gate_makes_the_best_customer_low_priority() -> None:
    chosen = replace(field((9, 9)), gate=[True]).chosen()
    assert classes(chosen) == [Class.LOW_PRIORITY]
    assert reasons(chosen) == [Reason.GATE]


def test_a_failed_gate_gives_no_class_to_a_customer_without_scores() -> None:
    chosen = replace(field((float("nan"), 9)), gate=[True]).chosen()
    assert chosen.klass.tolist() == [UNSCORED]
    assert reasons(chosen) == [Reason.UNSCORED]


def test_less_than_70_percent_known_is_not_key_and_exactly_70_is() -> None:
    chosen = replace(field((9, 9), (9, 9)), known=[0.69, 0.7]).chosen()
    assert reasons(chosen) == [Reason.TOO_LITTLE_KNOWN, Reason.ABOVE_STRATEGIC_LINE]
    assert classes(chosen)[0] is Class.STRATEGIC


def test_a_customer_unknown_on_one_axis_has_no_class_no_distance_and_no_place_in_the_order() -> (
    None
):
    chosen = field((float("nan"), 9), (6, 6)).chosen()
    assert chosen.klass.tolist() == [UNSCORED, 1]
    assert np.isnan(chosen.distance[0])
    assert chosen.order.tolist() == [1]


def test_the_order_is_by_distance_then_attractiveness_then_strength_then_certainty() -> None:
    tied = replace(
        field((6, 6), (6, 7), (7, 6), (9, 6.5), (6, 6)), known=[0.8, 1, 1, 1, 1]
    ).chosen()
    assert tied.order.tolist() == [3, 2, 1, 4, 0]


def test_the_first_that_does_not_fit_and_all_after_it_wait() -> None:
    """90 hours hold the strategic account (50) and the core account (40); nobody is skipped."""
    crowd = field((9, 9), (6.5, 6.5), (8, 6), (5.5, 5.5))
    chosen = crowd.chosen(hours(120, strategic=50, core=40))
    assert chosen.order.tolist() == [0, 1, 2, 3]
    assert reasons(chosen)[2:] == [Reason.NO_CAPACITY, Reason.NO_CAPACITY]
    assert chosen.hours.tolist() == [50, 40, 0, 0]
    assert (chosen.used, chosen.available) == (90, 120)


def test_customers_that_tie_across_the_line_all_wait_and_none_is_chosen() -> None:
    chosen = field((9, 9), (6, 8), (8, 6), (5.5, 5.5)).chosen(places(2))
    assert reasons(chosen) == [
        Reason.ABOVE_STRATEGIC_LINE,
        Reason.TIED_AT_CAPACITY,
        Reason.TIED_AT_CAPACITY,
        Reason.NO_CAPACITY,
    ]


def test_customers_that_tie_on_one_side_of_the_line_are_not_called_tied() -> None:
    chosen = field((9, 9), (6, 6), (6, 6)).chosen(places(1))
    assert reasons(chosen)[1:] == [Reason.NO_CAPACITY, Reason.NO_CAPACITY]


def test_unknown_capacity_limits_nobody() -> None:
    chosen = field((9, 9), (6, 6)).chosen(Capacity(people=1, hours_per_person=100))
    assert is_key(chosen).all()
    assert chosen.available is None


def test_zero_places_make_everybody_wait() -> None:
    assert reasons(field((9, 9)).chosen(places(0))) == [Reason.NO_CAPACITY]


def test_an_override_takes_its_place_before_the_others() -> None:
    decided = replace(field((9, 9), (2, 2)), override=[-1, CLASSES.index(Class.KEY_CORE)])
    chosen = decided.chosen(places(1))
    assert classes(chosen) == [Class.STRATEGIC, Class.KEY_CORE]
    assert reasons(chosen) == [Reason.NO_CAPACITY, Reason.OVERRIDE]
    assert chosen.queue.tolist() == [1, 0]


def test_an_override_stands_for_a_customer_without_scores() -> None:
    decided = replace(field((float("nan"), float("nan"))), override=[0])
    chosen = decided.chosen(places(1))
    assert classes(chosen) == [Class.KEY_STRATEGIC]
    assert chosen.used == 1
    assert chosen.order.tolist() == []


# --- the long list --------------------------------------------------------------------------------


def test_who_is_not_on_the_long_list_is_never_key_and_has_the_class_of_its_attractiveness() -> None:
    crowd = Field(
        a=[9.0, 9.0, 2.0, np.nan], s=[9.0, 9.0, 9.0, 9.0], favours=[1] * 4, gate=[False] * 4,
        override=[-1] * 4, known=[1.0] * 4, listed=(True, False, False, False),
    )  # fmt: skip
    chosen = crowd.chosen()
    assert [CLASSES[k].value if k >= 0 else "" for k in chosen.klass] == [
        "key_strategic", "strategic", "low_priority", "",
    ]  # fmt: skip
    assert [Reason(r) for r in chosen.reason[1:3]] == [Reason.UNLISTED_ATTRACTIVE, Reason.UNLISTED]
    assert list(chosen.order) == [0]


def test_who_is_not_on_the_long_list_needs_no_strength_to_have_a_class() -> None:
    crowd = Field(
        a=[6.0], s=[np.nan], favours=[0], gate=[False], override=[-1], known=[1.0], listed=(False,)
    )
    assert Reason(crowd.chosen().reason[0]) is Reason.UNLISTED_ATTRACTIVE


def test_who_is_not_on_the_long_list_takes_no_room_from_those_who_are() -> None:
    crowd = Field(
        a=[9.0, 6.0], s=[9.0, 6.0], favours=[1, 1], gate=[False] * 2, override=[-1] * 2,
        known=[1.0] * 2, listed=(False, True),
    )  # fmt: skip
    chosen = crowd.chosen(Capacity(mode="places", places=1))
    assert [bool(h) for h in chosen.hours] == [False, True]


def test_nobody_at_all_is_a_valid_field() -> None:
    chosen = field().chosen(places(3))
    assert (len(chosen.order), chosen.used) == (0, 0)


# --- what holds for every field --------------------------------------------------------------


@given(fields(), ROOMS, ANY_LINES)
def test_a_distance_of_zero_or_more_means_exactly_the_key_zone(
    crowd: Field, room: Capacity, lines: CutOffs
) -> None:
    distance = crowd.chosen(room, lines).distance
    for a, s, inside in zip(crowd.a, crowd.s, distance >= 0, strict=True):
        assert inside == (a >= lines.attractiveness and s >= lines.strength)


@given(fields(overrides=False), ROOMS, ANY_LINES)
def test_order_and_zone_never_contradict(crowd: Field, room: Capacity, lines: CutOffs) -> None:
    chosen = crowd.chosen(room, lines)
    inside = chosen.distance[chosen.order] >= -SAME
    assert list(inside) == sorted(inside, reverse=True)
    assert (chosen.distance[is_key(chosen)] >= -SAME).all()


@given(fields())
def test_the_order_holds_everybody_with_a_distance_once(crowd: Field) -> None:
    chosen = crowd.chosen()
    scored = np.flatnonzero(~np.isnan(chosen.distance))
    assert sorted(chosen.order.tolist()) == scored.tolist()
    assert (np.diff(chosen.distance[chosen.order]) <= SAME).all()


@given(fields())
def test_who_is_at_least_as_good_on_both_axes_never_comes_later(crowd: Field) -> None:
    chosen = crowd.chosen()
    for earlier, later in combinations(chosen.order, 2):
        lead = crowd.a[later] - crowd.a[earlier], crowd.s[later] - crowd.s[earlier]
        assert min(lead) < 0 or max(lead) <= 1e-6


@given(fields(overrides=False), ROOMS)
def test_capacity_is_never_exceeded_without_overrides(crowd: Field, room: Capacity) -> None:
    chosen = crowd.chosen(room)
    assert chosen.available is None or chosen.used <= chosen.available + SAME
    assert chosen.used == pytest.approx(chosen.hours.sum())


@given(fields(), ROOMS)
def test_after_the_first_that_waits_everybody_waits(crowd: Field, room: Capacity) -> None:
    chosen = crowd.chosen(room)
    by_rule = [row for row in chosen.queue if chosen.reason[row] != Reason.OVERRIDE]
    waits = [not is_key(chosen)[row] for row in by_rule]
    assert waits == sorted(waits)


@given(fields(), ROOMS)
def test_of_customers_at_the_same_distance_all_or_none_get_capacity(
    crowd: Field, room: Capacity
) -> None:
    chosen = crowd.chosen(room)
    by_rule = [row for row in chosen.queue if chosen.reason[row] != Reason.OVERRIDE]
    for row in by_rule:
        twins = [other for other in by_rule if chosen.distance[other] == chosen.distance[row]]
        assert len({bool(is_key(chosen)[twin]) for twin in twins}) == 1


@given(fields(), st.integers(0, 9), st.integers(0, 9))
def test_more_places_never_remove_a_key_account(crowd: Field, count: int, more: int) -> None:
    fewer, further = is_key(crowd.chosen(places(count))), is_key(crowd.chosen(places(count + more)))
    assert not (fewer & ~further).any()


@given(fields(), st.integers(0, 900), st.integers(0, 900))
def test_more_hours_never_remove_a_key_account(crowd: Field, total: int, more: int) -> None:
    fewer, further = is_key(crowd.chosen(hours(total))), is_key(crowd.chosen(hours(total + more)))
    assert not (fewer & ~further).any()


@given(fields(overrides=False), ROOMS, ANY_LINES)
def test_nobody_becomes_key_who_would_not_favour_us_fails_a_gate_or_is_unknown(
    crowd: Field, room: Capacity, lines: CutOffs
) -> None:
    key = is_key(crowd.chosen(room, lines))
    barred = (crowd.facts.favours < 0) | crowd.facts.gate_failed | (np.array(crowd.known) < 0.7)
    assert not (key & barred).any()


@given(fields(overrides=False), ROOMS, ANY_LINES)
def test_unknown_favour_may_be_core_but_never_strategic(
    crowd: Field, room: Capacity, lines: CutOffs
) -> None:
    strategic = crowd.chosen(room, lines).klass == CLASSES.index(Class.KEY_STRATEGIC)
    assert (crowd.facts.favours[strategic] == 1).all()


@given(fields(), ROOMS, ANY_LINES)
def test_overrides_stand(crowd: Field, room: Capacity, lines: CutOffs) -> None:
    chosen = crowd.chosen(room, lines)
    decided = crowd.facts.override >= 0
    assert chosen.klass[decided].tolist() == crowd.facts.override[decided].tolist()
    assert set(chosen.reason[decided]) <= {Reason.OVERRIDE}


@given(fields(), ROOMS)
def test_hours_are_taken_by_key_accounts_alone(crowd: Field, room: Capacity) -> None:
    chosen = crowd.chosen(room)
    assert not chosen.hours[~is_key(chosen)].any()


@given(fields(), ROOMS)
def test_a_class_and_its_reason_agree(crowd: Field, room: Capacity) -> None:
    chosen = crowd.chosen(room)
    key_reasons = {
        Reason.ABOVE_STRATEGIC_LINE,
        Reason.BELOW_STRATEGIC_LINE,
        Reason.NOT_YET_MUTUAL,
    }
    for key, reason in zip(is_key(chosen), reasons(chosen), strict=True):
        assert reason is Reason.OVERRIDE or key == (reason in key_reasons)


# --- too close to call -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "s", "favours", "close"),
    [
        (5.1, 8, 1, True),  # just inside the key zone
        (4.9, 8, 1, True),  # just outside
        (8, 4.9, 1, True),  # just left of it
        (8, 6, 1, False),
        (7.1, 8, 1, True),  # just above the strategic line
        (7.1, 8, 0, False),  # which nobody crosses whose view is unknown
        (7.1, 4, 1, False),  # nor anybody outside the key zone
        (5.1, 2, 1, True),  # between strategic, not yet key, and low priority
        (2, 4.9, 1, False),  # between two corners of low priority
        (8, 5.1, -1, False),  # would not favour us: strength cannot make it key
        (5.1, 8, -1, True),  # but attractiveness can make it low priority
        (5.25, 8, 1, False),  # a quarter of a point is clear
    ],
)
def test_only_a_line_whose_crossing_would_change_the_class_is_close(
    a: float, s: float, favours: int, *, close: bool
) -> None:
    facts = field((a, s), favours=favours).facts
    assert too_close(np.array([a]), np.array([s]), facts, LINES).tolist() == [close]


def test_a_failed_gate_is_never_too_close_to_call() -> None:
    crowd = replace(field((5, 5)), gate=[True])
    assert not too_close(np.array(crowd.a), np.array(crowd.s), crowd.facts, LINES).any()


@given(fields(overrides=False), st.floats(-0.2, 0.2), st.sampled_from(["a", "s"]))
def test_who_changes_class_by_a_small_step_was_too_close_to_call(
    crowd: Field, step: float, moved: str
) -> None:
    crowd = replace(crowd, known=[1.0] * len(crowd.a))
    before = crowd.chosen()
    scores: list[float] = crowd.a if moved == "a" else crowd.s
    stepped = [score + step for score in scores]
    after = (replace(crowd, a=stepped) if moved == "a" else replace(crowd, s=stepped)).chosen()
    close: Floats = np.asarray(
        too_close(np.array(crowd.a), np.array(crowd.s), crowd.facts, LINES), dtype=float
    )
    assert (close[before.klass != after.klass] == 1).all()


def test_a_key_account_by_decision_takes_its_room_first_even_if_nobody_judges_it() -> None:
    crowd = Field(
        a=[9.0, 6.0], s=[9.0, 6.0], favours=[1, 1], gate=[False] * 2, override=[0, -1],
        known=[1.0] * 2, listed=(False, True),
    )  # fmt: skip
    chosen = crowd.chosen(Capacity(mode="places", places=1))
    assert list(chosen.queue) == [0, 1]
    assert Reason(chosen.reason[1]) is Reason.NO_CAPACITY
    assert chosen.used == 1
