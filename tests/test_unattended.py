"""Of `kam.intake.unattended`: files brought in without anybody to ask."""

from pathlib import Path

import pytest

from kam.errors import Refused, Unreadable
from kam.intake.unattended import Outcome, outcome
from kam.intake.wish import Wish
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


def test_two_columns_for_one_field_of_a_list_are_questions_until_a_person_chooses(
    tmp_path: Path,
) -> None:
    text = "Customer,Revenue,Sales\nAsh,5,6\n"
    found = brought(tmp_path, text)
    assert [question["column"] for question in found.report["questions"]] == ["Revenue", "Sales"]
    assert "Revenue" in found.report["not_imported"]
    assert not found.clean
    chosen = brought(tmp_path, text, Wish(goes_to={"Sales": "revenue"}))
    assert chosen.clean
    assert after(chosen).customers["ash"].profile.revenue == 6.0


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


TWO_DAYS = "Customer,Order date,Invoice date,Amount\nAsh,2025-01-02,2025-03-04,100\n"


def test_two_columns_for_one_field_of_a_ledger_are_refused_until_a_person_chooses(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refused, match=r'may each hold the date.*match ".* date=date"'):
        brought(tmp_path, TWO_DAYS, Wish(kind="ledger"))
    for said, day in (({"Order date": "date"}, "2025-01-02"), ({"Order date": ""}, "2025-03-04")):
        found = brought(tmp_path, TWO_DAYS, Wish(kind="ledger", goes_to=said))
        assert found.report["totals"]["first"] == day


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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Customer;Revenue\nAsh;1.234\nElm;150.000\n", "we read it as 1234"),
        ("Customer,Margin\nAsh,0.25\nElm,0.31\n", "we read 0.2 as 0.2 %, not as 20 %"),
    ],
)
def test_figures_with_two_readings_are_a_question(tmp_path: Path, text: str, asked: str) -> None:
    found = brought(tmp_path, text)
    assert asked in found.report["questions"][0]["question"]
    assert not found.clean


def test_fillers_do_not_overwrite_what_is_known_and_are_told(tmp_path: Path) -> None:
    found = brought(tmp_path, "Customer,Account owner,Country\nAsh,n/a,-\n")
    before, now = by_hand().customers["ash"].profile, after(found).customers["ash"].profile
    assert (now.owner, now.country) == (before.owner, before.country)
    assert [one["kind"] for one in found.report["problems"]] == ["filler", "filler"]


def test_the_answer_lets_it_come_in(tmp_path: Path) -> None:
    text = "Customer,Created at,Amount\nAsh,2025-05-01,1\n"
    found = brought(tmp_path, text, Wish(goes_to={"Created at": "date"}))
    assert found.report["totals"]["revenue"] == "1.00"


def test_a_field_that_no_ledger_has_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r'no field "revenue"\. There are: amount, cost'):
        brought(tmp_path, LINES, Wish(kind="ledger", goes_to={"Status": "revenue"}))
    with pytest.raises(Refused, match='no column "Foo"'):
        brought(tmp_path, LINES, Wish(kind="ledger", goes_to={"Foo": ""}))


def test_a_list_with_a_date_of_its_own_is_no_ledger(tmp_path: Path) -> None:
    text = "Customer,Created Date,Revenue\nAsh,2025-03-01,100\nElm,2025-03-02,200\n"
    assert brought(tmp_path, text).report["kind"] == "customers"
    again = text + "Ash,2025-03-03,5\n"
    with pytest.raises(Refused, match="--as customers"):
        brought(tmp_path, again)


def test_a_guessed_decimal_mark_is_a_question_in_lists_and_ledgers(tmp_path: Path) -> None:
    lines = "Customer;Date;Amount\nAsh;2025-03-01;1.234\nElm;2025-03-02;2.500\n"
    customers = "Customer;Revenue with us\nAsh;1.234\nElm;2.500\n"
    for text in (lines, customers):
        open_ = brought(tmp_path, text)
        assert "--decimal" in open_.report["questions"][0]["question"]
        assert not open_.clean
        said = Wish(choices=LedgerChoices(decimal_mark="."))
        answered = brought(tmp_path, text, said)
        assert after(answered).customers["Elm"].profile.revenue == 2.5
        assert not answered.report["questions"]


def test_one_currency_that_is_not_ours_is_not_taken_as_it_stands(tmp_path: Path) -> None:
    other = "USD" if by_hand().currency != "USD" else "EUR"
    text = f"Customer,Date,Amount,Currency\nAsh,2025-03-01,100,{other}\n"
    with pytest.raises(Refused, match=f"--rate {other}="):
        brought(tmp_path, text)
    said = Wish(choices=LedgerChoices(rates={other: 0.5}))
    assert after(brought(tmp_path, text, said)).customers["ash"].profile.revenue == 50
    assert brought(tmp_path, text, Wish(choices=LedgerChoices(one_currency=True))).clean


def test_our_own_currency_needs_no_rate(tmp_path: Path) -> None:
    own = by_hand().currency
    other = "USD" if own != "USD" else "EUR"
    text = f"Customer,Date,Amount,Currency\nAsh,2025-03-01,9,{own}\nAsh,2025-03-02,2,{other}\n"
    with pytest.raises(Refused, match=f"--rate {other}=$"):
        brought(tmp_path, text)
    found = brought(tmp_path, text, Wish(choices=LedgerChoices(rates={other: 0.5})))
    assert after(found).customers["ash"].profile.revenue == 10


def test_what_the_workshop_would_refuse_is_refused_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kam.edits.customers.MAX_CUSTOMERS", 10)
    rows = "".join(f"C{at}\n" for at in range(11))
    with pytest.raises(Refused, match="at most 10"):
        brought(tmp_path, f"Customer\n{rows}")


def test_a_near_match_is_open_until_it_is_answered(tmp_path: Path) -> None:
    here = after(brought(tmp_path, "Customer\nHansen Maschinenbau GmbH\n"))
    path = tmp_path / "other.csv"
    path.write_text("Customer\nHanssen Maschinenbau GmbH\n", encoding="utf-8")
    found = outcome(here, [path], Wish())
    (pair,) = found.report["alike"]
    assert (pair["left"], pair["name"]) == ("Hanssen Maschinenbau GmbH", "Hansen Maschinenbau GmbH")
    assert not found.clean
    assert outcome(here, [path], Wish(same={pair["left"]: ""})).clean
    same = outcome(here, [path], Wish(same={pair["left"]: pair["name"]}))
    assert (same.report["new"], same.report["updated"], same.clean) == (0, 1, True)


def test_columns_of_a_ledger_that_stay_out_are_told(tmp_path: Path) -> None:
    assert brought(tmp_path, LINES).report["not_imported"] == ["Status"]
