"""Long lists and their rules as they are kept: what is refused, and what old files hold."""

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from kam.errors import Refused
from kam.model import Among, Before, Condition, Level, LongList, Rule, Way, Workshop
from kam.validated import changed
from tests.workshops import by_hand

TOP_TWO = Level(measure="pool.revenue", way=Way.TOP, level=2)


@pytest.mark.parametrize(
    ("way", "level", "words"),
    [
        (Way.TOP, 0.0, "a top list has a whole number of customers; we found 0"),
        (Way.TOP, 2.5, "a top list has a whole number of customers; we found 2.5"),
        (Way.FIRST, 0.0, "a share lies above 0 and up to 100 %; we found 0"),
        (Way.FIRST, 101.0, "a share lies above 0 and up to 100 %; we found 101"),
    ],
)
def test_levels_that_mean_nothing_are_told(way: Way, level: float, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Level(measure="pool.revenue", way=way, level=level)


def test_nobody_is_both_put_in_and_left_out() -> None:
    with pytest.raises(ValidationError, match="'c1' is put in and left out by hand"):
        Rule(put_in=("c1",), left_out=("c1",))
    with pytest.raises(Refused, match="choose one of the two"):
        changed(Rule(put_in=("c1",)), left_out=("c1",))


def test_a_condition_is_known_again_by_its_kind() -> None:
    reader: TypeAdapter[Condition] = TypeAdapter(Condition)
    for one in (TOP_TWO, Among(attribute="owner"), Before(customers=("c0",))):
        assert reader.validate_json(one.model_dump_json()) == one


def test_a_list_keeps_its_rule_as_data_through_a_file() -> None:
    rule = Rule(
        conditions=(
            TOP_TWO,
            Among(attribute="country", one_of=("Peru",)),
            Before(customers=("x",)),
        ),
        needs="all",
        put_in=("ash",),
        left_out=("bay",),
    )
    kept = LongList(customers=("ash",), rule="top 2", by=rule)
    assert LongList.model_validate_json(kept.model_dump_json()) == kept


def test_a_workshop_stored_before_rules_were_kept_opens_with_its_words_and_no_rule() -> None:
    old = json.loads(by_hand().model_dump_json())
    old["long_list"] = {"customers": ["ash"], "rule": "top 1 by revenue in 12 months"}
    found = Workshop.model_validate_json(json.dumps(old)).long_list
    assert found == LongList(customers=("ash",), rule="top 1 by revenue in 12 months", by=None)


def test_a_rule_of_a_kind_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValidationError, match="near"):
        Rule.model_validate({"conditions": [{"kind": "near", "customers": ["ash"]}]})
