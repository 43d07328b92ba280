"""`kam.ui.wizard.proposed`: names are compared once, and answers only leave fewer pairs."""

from collections.abc import Mapping

import pytest

from kam.edits import BringIn, PutCustomer
from kam.intake.lists.proposal import Proposal, proposed
from kam.model import Customer, Workshop
from kam.ui.wizard import draft
from kam.ui.wizard.proposed import Proposing
from tests.wizard.opened import Tab
from tests.workshops import made

NAMES = {"a": "Ashcombe Mill", "b": "Birchwood Farms", "c": "Cobden Foods"}
WORKSHOP = made(
    *(
        PutCustomer(customer=Customer(id=f"k{key}", name=f"{name} Ulm"))
        for key, name in NAMES.items()
    )
)


class Making:
    """A proposal of three new customers that counts how often it is made, and with what."""

    def __init__(self) -> None:
        self.made: list[tuple[str, ...]] = []
        self.compared: list[Proposal] = []

    def __call__(self, workshop: Workshop, same: Mapping[str, str]) -> Proposal:
        self.made.append(tuple(same))
        new = {key: Customer(id=key, name=name) for key, name in NAMES.items() if key not in same}
        found = proposed(workshop, BringIn(origin="a test", customers=new), [], same)
        self.compared.append(found)
        return found


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Making:
    Tab(monkeypatch)
    return Making()


def proposing(making: Making, rests_on: object = "rows") -> Proposing:
    return Proposing("customers", rests_on, making)


def lefts(making: Making) -> list[str]:
    return sorted(pair.left for pair in proposing(making).asked(WORKSHOP))


def test_an_answer_makes_the_edit_anew_and_compares_no_names_again(making: Making) -> None:
    assert lefts(making) == ["a", "b", "c"]
    draft.change("customers", same={"a": "ka"})
    assert lefts(making) == ["b", "c"]
    draft.change("customers", same={"a": "ka", "b": "kb"})
    assert lefts(making) == ["c"]
    assert making.made == [(), ("a",), ("a", "b")]
    assert ["alike" in vars(one) for one in making.compared] == [True, False, False]


def test_two_that_are_not_one_are_asked_no_more_and_nothing_is_made_anew(making: Making) -> None:
    assert lefts(making) == ["a", "b", "c"]
    draft.change("customers", apart=frozenset({("b", "kb")}))
    assert lefts(making) == ["a", "c"]
    assert making.made == [()]


def test_answers_that_are_taken_back_need_nothing_new(making: Making) -> None:
    lefts(making)
    draft.change("customers", same={"a": "ka"})
    lefts(making)
    draft.change("customers", same={})
    assert lefts(making) == ["a", "b", "c"]
    assert len(making.made) == 2


def test_the_last_click_makes_nothing_anew_unless_the_workshop_is_another(making: Making) -> None:
    first = proposing(making).at(WORKSHOP)
    assert proposing(making).at(WORKSHOP) is first
    other = made(PutCustomer(customer=Customer(id="a", name="Ashcombe Mill")))
    assert proposing(making).at(other).new == 2


def test_other_rows_make_everything_anew(making: Making) -> None:
    proposing(making).at(WORKSHOP)
    proposing(making, "other rows").at(WORKSHOP)
    assert len(making.made) == 2
