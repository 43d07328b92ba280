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


def next_time(found: Outcome, folder: Path, text: str, wish: Wish | None = None) -> Outcome:
    """What a file brings into the workshop that another one has changed."""
    path = folder / "next.csv"
    path.write_text(text, encoding="utf-8")
    return outcome(after(found), [path], wish or Wish(kind="customers"))


def test_what_was_agreed_for_the_last_list_holds_and_options_win(tmp_path: Path) -> None:
    said = Wish(goes_to={"Stars": "fact", "Revenue with us": "", "Account owner": "needs"})
    first = brought(tmp_path, LIST, said)
    again = next_time(first, tmp_path, LIST)
    assert again.report["matching"] == {
        "Customer": "name",
        "Account owner": "needs",
        "Stars": "fact",
    }
    assert (again.report["questions"], again.clean) == ([], True)
    other = next_time(first, tmp_path, LIST, Wish(goes_to={"Account owner": "owner"}))
    assert other.report["matching"]["Account owner"] == "owner"
    assert other.report["matching"]["Stars"] == "fact"


def test_a_matching_that_was_agreed_is_not_overwritten_by_an_open_question(tmp_path: Path) -> None:
    text = "Customer,Acount ownr\nAsh,Ines\n"
    agreed = brought(tmp_path, text, Wish(goes_to={"Acount ownr": "owner"}))
    again = next_time(agreed, tmp_path, text)
    assert again.clean
    kept = again.proposal.edit.matching
    assert kept is not None
    assert kept.goes_to == {"Customer": "name", "Acount ownr": "owner"}


def test_an_open_question_is_asked_again_and_a_no_is_not(tmp_path: Path) -> None:
    text = "Customer,Acount ownr\nAsh,Ines\n"
    again = next_time(brought(tmp_path, text), tmp_path, text)
    assert [one["kind"] for one in again.report["questions"]] == ["field"]
    denied = brought(tmp_path, text, Wish(goes_to={"Acount ownr": ""}))
    assert not denied.report["questions"]
    assert next_time(denied, tmp_path, text).clean


def test_a_scale_that_was_said_holds_for_the_next_list_and_is_told(tmp_path: Path) -> None:
    said = Wish(figures={"Revenue": "thousands"})
    again = next_time(
        brought(tmp_path, "Customer,Revenue\nAsh,120\n", said),
        tmp_path,
        "Customer,Revenue\nAsh,121\n",
    )
    assert after(again).customers["ash"].profile.revenue == 121_000
    assert "As the last time: Revenue in thousands." in again.report["notes"]
    assert again.clean


def test_a_scale_in_a_header_is_a_question_until_it_is_confirmed(tmp_path: Path) -> None:
    text = "Customer,Revenue (kEUR)\nAsh,120\n"
    asked = brought(tmp_path, text)
    assert '--figures "Revenue (kEUR)=thousands"' in asked.report["questions"][0]["question"]
    assert after(asked).customers["ash"].profile.revenue == 120_000
    assert brought(tmp_path, text, Wish(figures={"Revenue (kEUR)": "thousands"})).clean
    units = brought(tmp_path, text, Wish(figures={"Revenue (kEUR)": "units"}))
    assert after(units).customers["ash"].profile.revenue == 120


def test_amounts_of_a_list_in_another_currency_wait_for_their_rate(tmp_path: Path) -> None:
    other = "USD" if by_hand().currency != "USD" else "EUR"
    text = f"Customer,Revenue\nAsh,{other} 100\n"
    asked = brought(tmp_path, text)
    assert [one["kind"] for one in asked.report["questions"]] == ["currency"]
    assert not asked.clean
    rated = brought(tmp_path, text, Wish(choices=LedgerChoices(rates={other: 0.5})))
    assert (after(rated).customers["ash"].profile.revenue, rated.clean) == (50, True)
    assert brought(tmp_path, text, Wish(choices=LedgerChoices(one_currency=True))).clean
    kinds = [one["kind"] for one in next_time(rated, tmp_path, text).report["questions"]]
    assert kinds == ["rate"]


def test_a_rate_of_which_a_list_has_no_amounts_is_refused(tmp_path: Path) -> None:
    said = Wish(choices=LedgerChoices(rates={"CHF": 0.9}))
    with pytest.raises(Refused, match="no amounts in CHF"):
        brought(tmp_path, "Customer,Revenue\nAsh,100\n", said)


def test_how_a_list_is_written_is_refused_for_a_ledger_and_if_it_makes_no_sense(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refused, match="--figures says"):
        brought(tmp_path, LINES, Wish(kind="ledger", figures={"Amount": "thousands"}))
    with pytest.raises(Refused, match='"dozens" does not say in what Revenue is'):
        brought(tmp_path, "Customer,Revenue\nAsh,1\n", Wish(figures={"Revenue": "dozens"}))
    with pytest.raises(Refused, match='no column "Sales"'):
        brought(tmp_path, "Customer,Revenue\nAsh,1\n", Wish(figures={"Sales": "units"}))


def test_days_with_two_readings_are_a_question_with_its_option(tmp_path: Path) -> None:
    text = "Customer,Contract end\nAsh,03/04/2028\n"
    assert "--day-first" in brought(tmp_path, text).report["questions"][0]["question"]
    said = brought(tmp_path, text, Wish(choices=LedgerChoices(day_first=True)))
    assert str(after(said).customers["ash"].economics.contract_until) == "2028-04-03"
    assert said.clean


def test_a_question_on_a_column_called_as_the_field_makes_sense(tmp_path: Path) -> None:
    found = brought(tmp_path, "Customer,Revenue with us,Sales\nAsh,5,6\n")
    first = found.report["questions"][0]["question"]
    assert first.startswith("Column Revenue with us: is it Revenue with us, or is “Sales”?")


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
        ("Customer,Margin in %\nAsh,0.25\nElm,0.31\n", "we read 0.2 as 0.2 %, not as 20 %"),
    ],
)
def test_figures_with_two_readings_are_a_question(tmp_path: Path, text: str, asked: str) -> None:
    found = brought(tmp_path, text)
    assert asked in found.report["questions"][0]["question"]
    assert not any(asked in note for note in found.report["notes"])  # said once
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
    with pytest.raises(Refused, match=rf"--rate {other}=\."):
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


CURRENCIES = (
    "Customer,Date,Amount,{}\nAsh,2025-03-01,9,EUR\nAsh,2025-03-02,2,USD\nElm,2025-03-03,2,USD\n"
)


@pytest.mark.parametrize(
    "header",
    ["Curr.", "Crcy", "Cur", "Doc. Currency", "SD Document Currency", "Currency Key"],
)
def test_two_currencies_are_not_added_whatever_their_column_is_called(
    tmp_path: Path, header: str
) -> None:
    with pytest.raises(Refused, match=r"EUR \(1 line, 9\.00\)"):
        brought(tmp_path, CURRENCIES.format(header))


def test_a_column_that_may_name_the_currency_is_asked_about(tmp_path: Path) -> None:
    text = CURRENCIES.format("ISO")
    with pytest.raises(Refused, match=r'"ISO" may name the currency.*--match "ISO="'):
        brought(tmp_path, text)
    with pytest.raises(Refused, match=r"EUR \(1 line"):
        brought(tmp_path, text, Wish(goes_to={"ISO": "currency"}))
    denied = brought(tmp_path, text, Wish(goes_to={"ISO": ""}))
    assert denied.report["totals"]["revenue"] == "13.00"
    assert brought(tmp_path, text, Wish(choices=LedgerChoices(one_currency=True))).clean


def test_two_columns_of_currencies_that_differ_are_asked_about(tmp_path: Path) -> None:
    text = "Customer,Date,Amount,Currency,Document Currency\nAsh,2025-03-01,9,EUR,USD\n"
    with pytest.raises(Refused, match='"Currency" and "Document Currency" may each hold'):
        brought(tmp_path, text)


def test_one_currency_holds_beside_a_column_of_currencies(tmp_path: Path) -> None:
    text = CURRENCIES.format("Currency")
    found = brought(tmp_path, text, Wish(choices=LedgerChoices(one_currency=True)))
    assert found.report["totals"]["revenue"] == "13.00"


def test_questions_about_currencies_and_thousands_name_their_options(tmp_path: Path) -> None:
    own = by_hand().currency
    other = "USD" if own != "USD" else "EUR"
    few = f"Customer,Date,Amount\nAsh,2025-03-01,5 {other}\nAsh,2025-03-02,7\nElm,2025-03-02,8\n"
    with pytest.raises(Refused, match=f"2 lines .* --rate {other}= --unnamed {own}, or"):
        brought(tmp_path, few)
    said = LedgerChoices(rates={other: 0.5}, unnamed=own)
    assert brought(tmp_path, few, Wish(choices=said)).report["totals"]["revenue"] == "17.50"
    two = CURRENCIES.format("Currency").replace("Amount", "Amount (EUR)")
    with pytest.raises(Refused, match="--currency-from header or --currency-from lines"):
        brought(tmp_path, two)
    title = "In thousand,,\n\nCustomer,Date,Amount\nAsh,2025-03-01,5\nElm,2025-03-02,8\n"
    with pytest.raises(Refused, match="--outside holds or --outside ignored"):
        brought(tmp_path, title, Wish(kind="ledger"))
    held = Wish(kind="ledger", choices=LedgerChoices(outside="holds"))
    assert brought(tmp_path, title, held).report["totals"]["revenue"] == "13000.00"


# --- what kind of file it is ----------------------------------------------------------------------

MONTHLY = "Month,Customer ID,Customer Name,Revenue\n" + "".join(
    f"2024-{at // 3 + 1:02},C{at % 3},Company {at % 3},10\n" for at in range(12)
)
DEALS = "Account Name,Amount,Close Date,StageName,IsWon\nAsh,5,2024-01-05,Closed Won,true\n"


@pytest.mark.parametrize(("text", "told"), [(MONTHLY, "like an order ledger"),
                                            (DEALS, "like a list of opportunities")])  # fmt: skip
def test_what_is_neither_a_list_nor_a_ledger_for_certain_is_asked(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(Refused, match=rf"crm\.csv looks {told}.*--as ledger.*--as customers"):
        brought(tmp_path, text)


def test_a_person_may_say_what_kind_of_file_it_is(tmp_path: Path) -> None:
    lines = Wish(kind="ledger", goes_to={"Month": "date"})
    assert brought(tmp_path, MONTHLY, lines).report["totals"]["revenue"] == "120.00"
    won = Wish(kind="ledger", choices=LedgerChoices(only={"IsWon": ("true",)}))
    assert brought(tmp_path, DEALS, won).report["totals"]["revenue"] == "5.00"
    assert brought(tmp_path, DEALS, Wish(kind="customers")).report["kind"] == "customers"


# --- amounts of a list in other currencies --------------------------------------------------------

BY_ROW = "Customer,Revenue,Currency\nAsh,500,USD\nBay,70,EUR\nElm,30,CHF\n"


def revenues(found: Outcome) -> list[float | None]:
    return [one.profile.revenue for one in found.proposal.edit.customers.values()]


@pytest.mark.parametrize(
    "text",
    [BY_ROW, "Customer,Revenue (USD)\nElm,5\n", "Customer,Annual Revenue\nElm,$5\n"],
)
def test_amounts_of_a_list_in_other_currencies_are_a_question_and_stay_out(
    tmp_path: Path, text: str
) -> None:
    found = brought(tmp_path, text)
    assert not found.clean
    [question] = [one["question"] for one in found.report["questions"]]
    assert "and this workshop counts in EUR" in question
    assert "--rate" in question
    assert "--one-currency" in question
    assert set(revenues(found)) <= {None, 70.0}


def test_rates_answer_that_and_so_does_one_currency(tmp_path: Path) -> None:
    rated = brought(tmp_path, BY_ROW, Wish(choices=LedgerChoices(rates={"USD": 0.5, "CHF": 2.0})))
    assert (revenues(rated), rated.clean) == ([250.0, 70.0, 60.0], True)
    ours = brought(tmp_path, BY_ROW, Wish(choices=LedgerChoices(one_currency=True)))
    assert (revenues(ours), ours.clean) == ([500.0, 70.0, 30.0], True)


def test_last_year_and_a_gross_margin_are_questions_not_revenue_and_percent(tmp_path: Path) -> None:
    found = brought(tmp_path, "Customer,Sales last year,Sales this year\nElm,5,3\n")
    assert (found.report["matching"], found.clean) == ({"Customer": "name"}, False)
    found = brought(tmp_path, "Customer,Revenue,Gross margin\nElm,36,12\n")
    assert "Gross margin" not in found.report["matching"]
    assert not found.clean


def test_a_customer_that_may_be_none_is_a_question_until_a_person_says_so(tmp_path: Path) -> None:
    text = "Customer,Date,Amount\nAsh,2025-01-10,100\nBay,2025-01-11,10\nTotal,2025-06-10,50\n"
    asked = brought(tmp_path, text, Wish(kind="ledger"))
    assert (asked.clean, asked.proposal.new) == (False, 1)
    assert asked.report["noticed_lines"][0]["kind"] == "called_total"
    choices = LedgerChoices(no_customers=("Total",))
    assert brought(tmp_path, text, Wish(kind="ledger", choices=choices)).proposal.new == 0
