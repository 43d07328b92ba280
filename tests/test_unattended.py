"""Of `kam.intake.unattended`: files brought in without anybody to ask."""

from pathlib import Path

import pytest

from kam.errors import Refused, Unreadable
from kam.intake.unattended import Outcome, Wish, outcome
from kam.model import LedgerChoices, Workshop
from tests.workshops import by_hand

LIST = "Customer;Account owner;Revenue with us;Stars\nAsh;Ines;1.200,50;3\nElm;Otto;oops;4\n"
LINES = "Customer,Date,Amount,Status\nAsh,2025-05-01,100,Won\nElm,2025-06-30,50,Lost\n"


def brought(folder: Path, text: str, wish: Wish | None = None, name: str = "crm.csv") -> Outcome:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return outcome(by_hand(), [path], wish or Wish())


def after(found: Outcome) -> Workshop:
    return found.proposal.edit.apply(by_hand())


def test_a_list_comes_in_as_far_as_it_is_certain_and_the_rest_is_told(tmp_path: Path) -> None:
    found = brought(tmp_path, LIST)
    workshop = after(found)
    assert workshop.customers["ash"].profile.revenue == 1200.5
    assert workshop.customers["Elm"].profile.revenue is None
    assert (found.report["kind"], found.report["new"], found.report["updated"]) == (
        "customers",
        1,
        1,
    )
    assert found.report["not_imported"] == ["Stars"]
    assert [(p["line"], p["found"]) for p in found.report["problems"]] == [(3, "oops")]
    assert not found.clean


def test_a_clean_file_is_called_clean(tmp_path: Path) -> None:
    assert brought(tmp_path, "Customer,Account owner\nAsh,Ines\nElm,Otto\n").clean


def test_a_person_may_say_where_a_column_goes_and_which_stays_out(tmp_path: Path) -> None:
    said = Wish(goes_to={"Stars": "fact", "Account owner": ""})
    workshop = after(brought(tmp_path, LIST, said))
    assert workshop.customers["ash"].facts == {"Stars": 3}
    assert workshop.customers["ash"].profile.owner == ""


def test_a_column_or_field_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r'no column "Star"\. There are: Customer, Account owner'):
        brought(tmp_path, LIST, Wish(goes_to={"Star": "fact"}))
    with pytest.raises(Refused, match=r'no field "stars"'):
        brought(tmp_path, LIST, Wish(goes_to={"Stars": "stars"}))


def test_a_guess_is_a_question_and_not_taken(tmp_path: Path) -> None:
    found = brought(tmp_path, "Customer,Acount ownr\nAsh,Ines\n")
    assert after(found).customers["ash"].profile.owner == ""
    assert [question["column"] for question in found.report["questions"]] == ["Acount ownr"]
    assert not found.clean


def test_scores_come_in_for_customers_that_are_here_and_strangers_are_told(tmp_path: Path) -> None:
    found = brought(tmp_path, "Customer,Criterion a\nAsh,4\nOak,5\n", Wish(kind="scores"))
    workshop = after(found)
    assert workshop.scores["a"]["ash"].value == 4
    assert "Oak" not in workshop.customers
    assert found.report["strangers"] == ["Oak"]
    assert not found.clean


def test_order_lines_are_known_by_their_columns(tmp_path: Path) -> None:
    found = brought(tmp_path, LINES)
    assert found.report["kind"] == "ledger"
    assert found.report["totals"]["revenue"] == "150.00"
    assert after(found).customers["ash"].facts["ledger.revenue"] == 100


def test_what_counts_in_a_ledger_is_part_of_the_edit(tmp_path: Path) -> None:
    wish = Wish(choices=LedgerChoices(only={"Status": ("Won",)}))
    found = brought(tmp_path, LINES, wish)
    assert found.report["totals"]["revenue"] == "100.00"
    kept = found.proposal.edit.ledger
    assert kept is not None
    assert kept.only == {"Status": ("Won",)}
    assert kept.columns["amount"] == "Amount"


def test_several_files_are_one_ledger(tmp_path: Path) -> None:
    paths = [tmp_path / "may.csv", tmp_path / "june.csv"]
    paths[0].write_text("Customer,Date,Amount\nAsh,2025-05-01,100\n")
    paths[1].write_text("Customer,Date,Amount\nAsh,2025-06-30,50\n")
    found = outcome(by_hand(), paths, Wish())
    assert found.report["totals"]["revenue"] == "150.00"
    assert found.proposal.edit.origin == "may.csv and 1 more"


def test_several_lists_are_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(LIST)
    with pytest.raises(Refused, match="one by one"):
        outcome(by_hand(), paths, Wish(kind="customers"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="There is no file"):
        outcome(by_hand(), [tmp_path / "gone.csv"], Wish())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Account;City\nAsh;Oslo\n", 'holds the name; it may be "Account"'),
        (
            "Customer,Created at,Amount\nAsh,2025-05-01,1\n",
            'holds the date; it may be "Created at"',
        ),
    ],
)
def test_without_an_answer_that_everything_rests_on_nothing_comes_in(
    tmp_path: Path, text: str, question: str
) -> None:
    with pytest.raises(Refused, match=question):
        brought(tmp_path, text)


def test_the_answer_lets_it_come_in(tmp_path: Path) -> None:
    text = "Customer,Created at,Amount\nAsh,2025-05-01,1\n"
    found = brought(tmp_path, text, Wish(goes_to={"Created at": "date"}))
    assert found.report["totals"]["revenue"] == "1.00"
