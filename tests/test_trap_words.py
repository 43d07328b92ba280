"""The words of the trap report: a case by hand, and each message by its cause."""

from dataclasses import replace

import pytest

from kam.edits import OverrideClass, PutCustomer
from kam.method.assessment import assess
from kam.method.overlap import Overlap
from kam.method.trap_words import (
    LONGEST_NAME,
    headline,
    names,
    overlap_words,
    sentences,
    unknown_words,
    verdict_words,
)
from kam.method.traps import Finding, Lure, Trap, Verdict, finding, largest_revenue
from kam.model import Class, Customer
from tests.test_traps import RISING, by_hand, judged, of_revenue
from tests.workshops import after, customer

HAND = assess(by_hand())
CAUGHT = of_revenue(by_hand())
OF_20 = Overlap(counted=20, key=3, top=5, both=0)


def found(lure: Lure, verdict: Verdict) -> Finding:
    """A finding of that verdict."""
    trap = Trap(lure, "a poll", {})
    if verdict is Verdict.CAUGHT:
        return replace(CAUGHT, trap=trap)
    overlap = replace(OF_20, counted=3) if verdict is Verdict.UNTOLD else OF_20
    only = ("c1",) if verdict is Verdict.LOOK else ()
    made = replace(CAUGHT, trap=trap, overlap=overlap, only_because=only)
    assert made.verdict is verdict
    return made


def test_the_case_by_hand_in_words_those_in_and_out_only_because_of_it_first() -> None:
    assert sentences(HAND, CAUGHT) == (
        "In only because of Potential: C1.",
        "Left out only because of Potential: C7.",
        "3 of your 3 key accounts are simply among the 3 largest; by luck it would be 1.1.",
    )


def test_the_title_asks_what_the_criteria_were_for() -> None:
    told = headline(HAND, [CAUGHT])
    assert told == "Mostly the largest customers: is that what the 3 criteria were for?"


def test_two_that_explain_the_list_are_both_in_the_title() -> None:
    told = headline(HAND, [CAUGHT, found(Lure.FRIENDSHIP, Verdict.CAUGHT)])
    assert told.startswith("Mostly the largest customers and friends of our executives:")


def test_what_explains_a_part_is_named_once() -> None:
    look = [found(Lure.FAME, Verdict.LOOK), found(Lure.FAME, Verdict.LOOK)]
    assert headline(HAND, look) == "Fame explains a part of this list: look at it"
    both = [found(Lure.SIZE, Verdict.LOOK), *look]
    assert headline(HAND, both) == "Size and fame explain a part of this list: look at them"


def test_four_clear_traps_explain_nothing_and_fewer_leave_a_rest() -> None:
    four = [found(lure, Verdict.CLEAR) for lure in list(Lure)[:4]]
    assert headline(HAND, four) == "None of the four traps explains this list"
    assert headline(HAND, four[:2]) == "It is not only size or fame; the rest cannot be told yet"


@pytest.mark.parametrize("told", [[], [found(Lure.SIZE, Verdict.UNTOLD)]])
def test_without_a_verdict_the_title_is_the_question(told: list[Finding]) -> None:
    assert headline(HAND, told) == "Is it only size, fame, noise or friendship?"


def test_a_cause_is_told_before_a_part_and_a_part_before_all_clear() -> None:
    mixed = [found(Lure.FAME, Verdict.CLEAR), found(Lure.NOISE, Verdict.LOOK)]
    assert headline(HAND, mixed).startswith("Noise explains a part")
    assert headline(HAND, [*mixed, CAUGHT]).startswith("Mostly the largest")


@pytest.mark.parametrize("lure", Lure)
def test_every_trap_has_words_of_its_own(lure: Lure) -> None:
    others = {overlap_words(HAND, found(one, Verdict.CLEAR)) for one in Lure if one is not lure}
    assert overlap_words(HAND, found(lure, Verdict.CLEAR)) not in others
    assert len(headline(HAND, [found(lure, Verdict.CAUGHT)])) <= 90


def test_each_verdict_is_told_after_the_name() -> None:
    assert {verdict_words(found(Lure.SIZE, one)) for one in Verdict} == {
        "explains this list",
        "explains a part: look at it",
        "does not explain this list",
        "cannot be told yet",
    }


def test_one_on_top_is_the_one() -> None:
    one = replace(found(Lure.FRIENDSHIP, Verdict.CLEAR), overlap=replace(OF_20, top=1))
    assert overlap_words(HAND, one).startswith(
        "0 of your 3 key accounts is the one closest to our executives; by luck"
    )


def test_key_accounts_without_a_figure_are_not_among_those_counted() -> None:
    fewer = replace(CAUGHT, overlap=Overlap(counted=8, key=2, top=2, both=1))
    assert overlap_words(HAND, fewer).startswith("1 of the 2 key accounts with such a figure is ")


def test_a_whole_number_by_luck_has_no_decimals() -> None:
    even = replace(CAUGHT, overlap=Overlap(counted=8, key=4, top=4, both=3))
    assert "by luck it would be 2." in overlap_words(HAND, even)


def test_too_few_customers_are_told_with_what_it_takes() -> None:
    told = overlap_words(HAND, found(Lure.SIZE, Verdict.UNTOLD))
    assert "This does not tell anything yet: it takes 8 customers" in told


def test_the_unknown_are_told_in_words() -> None:
    unknown = of_revenue(after(by_hand(), PutCustomer(customer=customer("c1"))))
    assert unknown_words(unknown) == "1 customer has no such figure and could not be looked at."
    assert unknown_words(CAUGHT) == ""


def test_the_teams_own_decisions_are_told_in_words() -> None:
    kept = OverrideClass(customer="c1", klass=Class.KEY_CORE, by="Ines", reason="We promised")
    result = assess(after(by_hand(), kept))
    told = sentences(result, finding(result, largest_revenue(result)))
    assert told[-1] == "Decided by the team, not by the rule: C1."


def test_many_names_are_counted_not_listed() -> None:
    result = assess(judged({"big": RISING, "bond": RISING}, {"big": 50, "bond": 50}))
    kept = [
        OverrideClass(customer=f"c{n}", klass=Class.KEY_CORE, by="Ines", reason="Ours")
        for n in range(8, 16)
    ]
    result = assess(after(result.workshop, *kept))
    told = sentences(result, finding(result, largest_revenue(result)))
    assert "Decided by the team, not by the rule: C15, C14, C13, C12, C11 and 3 more." in told


def test_a_long_name_is_cut_in_its_middle() -> None:
    long = Customer(id="c1", name="Company 17 of the Northern Association of Mills KG")
    result = assess(after(by_hand(), PutCustomer(customer=long)))
    told = names(result, ["c1", "c2"])
    assert told == "Company 17 of the…ation of Mills KG and C2"
    assert len(told) <= LONGEST_NAME + len(" and C2")


def test_a_model_of_one_measure_has_nothing_left_without_it() -> None:
    result = assess(judged({"big": RISING, "bond": RISING}, {"big": 50, "bond": 50}))
    told = sentences(result, finding(result, largest_revenue(result)))
    assert told[0] == (
        "Without Criterion big and Criterion bond nothing is left to choose by on one of the two "
        "axes."
    )
