"""Customers come in as they are, and every doubt is named with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused, Unreadable
from kam.intake.figures import LARGEST, Mark
from kam.intake.headers.matching import CUSTOMER_TARGETS
from kam.intake.lists.checked import Checked, Row
from kam.intake.lists.customers import check
from kam.intake.lists.fields import Whole, Written
from kam.intake.lists.repairs import Problem, Repair, repaired
from kam.intake.tables.files import from_text, read_table
from tests.lists import TARGETS, checked, read_and_checked, table


def test_a_row_holds_texts_numbers_and_answers_under_their_fields() -> None:
    found = checked(
        "id name owner revenue favours_us", ["0042", "Meier AG", "Kim", "1,234.50", "ja"]
    )
    row = Row(2, "Meier AG", "0042", {"owner": "Kim"}, {"revenue": 1234.5}, {"favours_us": "yes"})
    headers = ("id", "name", "owner", "revenue", "favours_us")
    goes_to = dict(zip(headers, headers, strict=True))
    assert found == Checked((row,), (), (), wholes={"revenue": Whole(".")}, goes_to=goes_to)


def test_a_text_in_a_number_column_leaves_the_value_unknown_and_keeps_the_row() -> None:
    found = checked("name revenue", ["A", "5"], ["B", "n/a"], ["C", ""])
    assert [dict(row.numbers) for row in found.rows] == [{"revenue": 5.0}, {}, {}]
    sentence = 'Row 3, column revenue: we found "n/a". Enter a number or leave it empty.'
    label = "Revenue with us"
    assert found.problems == (Problem(3, "revenue", "n/a", sentence, field=label),)


def test_zero_is_a_number_and_empty_is_not() -> None:
    found = checked("name revenue", ["A", "0"], ["B", ""])
    assert [row.numbers.get("revenue") for row in found.rows] == [0.0, None]


@pytest.mark.parametrize("text", ["1e999", "99999999999999999"])
def test_a_number_beyond_reason_is_a_problem(text: str) -> None:
    (problem,) = checked("name revenue", ["A", text]).problems
    assert f"Numbers up to {LARGEST:,.0f} can be read" in problem.message


# --- lines of totals, damaged ids, percentages ----------------------------------------------------


def test_ids_that_a_spreadsheet_has_changed_come_in_and_are_told() -> None:
    found = checked("id name", ["1.00E+05", "Ash"], ["1001.0", "Bay"])
    assert [row.id for row in found.rows] == ["1.00E+05", "1001.0"]
    [group] = found.groups
    assert group.title == "“Customer ID” was changed by a spreadsheet (2 rows)"


def test_a_percentage_is_no_revenue() -> None:
    found = checked("name revenue", ["Ash", "5%"], ["Bay", "7"])
    assert [row.numbers for row in found.rows] == [{}, {"revenue": 7.0}]
    [problem] = found.problems
    assert "That is a percentage, not an amount." in problem.message


def test_a_filler_names_nobody_and_is_no_id() -> None:
    found = checked("name id", ["n/a", "1"], ["Ash", "-"], ["Bay", "-"], ["NA", "2"])
    assert [(row.name, row.id) for row in found.rows] == [("Ash", ""), ("Bay", ""), ("NA", "2")]
    assert [(one.kind, one.blocks) for one in found.problems] == [
        ("no_name", True), ("filler", False), ("filler", False),
    ]  # fmt: skip


def test_a_second_table_brings_no_customers_and_each_row_is_told() -> None:
    table = from_text("c.csv", "name,revenue\nAsh,1\nBay,2\n\nRegion,Sales\nNorth,300\n")
    found = check(table, {"name": "name", "revenue": "revenue"}, CUSTOMER_TARGETS)
    assert [row.name for row in found.rows] == ["Ash", "Bay"]
    assert [(one.kind, one.blocks) for one in found.problems] == [("second", True)] * 2


def test_ids_stand_in_where_there_are_no_names() -> None:
    found = checked("id revenue", ["0042", "5"])
    assert (found.rows[0].name, found.rows[0].id) == ("0042", "0042")


def test_without_name_and_id_the_columns_found_are_listed() -> None:
    with pytest.raises(Unreadable, match=r'no column with the customer\'s name .*"city", "zip"'):
        check(table("city zip", ["Bonn", "1"]), {}, TARGETS)


def test_two_columns_for_one_field_are_refused() -> None:
    both = {"a": "revenue", "b": "revenue", "n": "name"}
    with pytest.raises(Refused, match='Revenue with us from two columns: "a", "b"'):
        check(table("a b n", ["1", "2", "A"]), both, TARGETS)


def test_any_number_of_facts_are_kept_under_their_headers() -> None:
    matching = {"n": "name", "stores": "fact", "staff": "fact"}
    found = check(table("n stores staff", ["A", "3", "40"]), matching, TARGETS)
    assert found.rows[0].numbers == {"stores": 3.0, "staff": 40.0}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((word, "yes") for word in ("yes", "Y", "TRUE", "1", "ja", "oui")),
        *((word, "no") for word in ("no", "N", "false", "0", "Nein", "non")),
        *((word, "unknown") for word in ("unknown", "unbekannt", "?")),
    ],
)
def test_answers_are_read_in_three_languages(text: str, answer: str) -> None:
    found = checked("name favours_us", ["A", text])
    assert (found.rows[0].answers["favours_us"], found.problems) == (answer, ())


def test_an_answer_that_is_none_stays_unknown_and_is_a_problem() -> None:
    found = checked("name favours_us", ["A", "perhaps"])
    assert found.rows[0].answers == {}
    assert found.problems[0].message.endswith('we found "perhaps". Enter yes or no.')


def test_a_column_with_decimal_commas_is_told_and_one_in_doubt_is_named() -> None:
    german = checked("name revenue", ["A", "1.234,50"], ["B", "1.234"])
    assert [row.numbers["revenue"] for row in german.rows] == [1234.5, 1234.0]
    assert "Column revenue has decimal commas" in german.notes[0]
    doubtful = checked("name revenue", ["A", "1,234"])
    assert "can be read in two ways; we read it as 1234" in doubtful.notes[0]


@pytest.mark.parametrize(("mark", "number"), [(".", 1234.0), (",", 1.234)])
def test_a_person_can_answer_the_doubt(mark: Mark, number: float) -> None:
    one = table("name revenue", ["A", "1,234"])
    matching = {"name": "name", "revenue": "revenue"}
    found = check(one, matching, TARGETS, {"revenue": Written(mark)})
    assert (found.rows[0].numbers["revenue"], found.notes) == (number, ())


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "=1+1", "@x", "[a](http://b)", "$x$ :red[y]"]
)


@given(HOSTILE)
def test_markup_in_a_name_is_kept_as_it_is(name: str) -> None:
    assert checked("name", [name]).rows[0].name == name


@pytest.mark.parametrize("name", ["accounts_formula_injection", "accounts_multiline_address"])
def test_revenue_of_messy_account_lists_adds_up(shared: Path, name: str) -> None:
    read = read_table(name, (shared / f"data/messy_ledgers/{name}.csv").read_bytes())
    matching = {"Account": "name", "Annual Revenue": "revenue"}
    found = check(read, {**matching}, TARGETS)
    blocked = {problem.line for problem in found.problems}
    texts = zip(read.line_numbers, read.column("Annual Revenue"), strict=True)
    left_out = sum(float(text) for line, text in texts if line in blocked)
    assert sum(row.numbers["revenue"] for row in found.rows) + left_out == 111_090_000


def test_a_salesforce_report_loses_only_its_footer(shared: Path) -> None:
    found = read_and_checked(shared / "data/crm_exports/derived/salesforce_report_accounts.csv")
    assert len(found.rows) == 701
    assert found.problems == ()
    assert found.notes[:2] == (
        'Left out below the rows: "AdventureWorks resellers".',
        'Left out below the rows: "Confidential Information - Do Not Distribute".',
    )
    assert found.rows[0].numbers == {"own_revenue": 30_000.0}


def test_nan_and_infinity_never_become_amounts(shared: Path) -> None:
    path = shared / "data/messy/frictionless__nan_and_inf.csv"
    read = read_table(path.name, path.read_bytes())
    found = check(read, {"number": "revenue", "unique": "name"}, TARGETS)
    words = {problem.found for problem in found.problems if problem.column == "number"}
    assert {"NaN", "INF", "-INF"} <= words


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("derived/hubspot_companies.csv", 701),
        ("derived/dynamics365_active_accounts.xlsx", 701),
        ("genuine/salesforce_dataloader_accounts.csv", 423),
        ("genuine/salesforce_loader_insertAccountCsv.csv", 100),
        ("genuine/salesforce_loader_accountsForInsert.csv", 4),
    ],
)
def test_exports_of_crm_systems_come_in_completely(shared: Path, file: str, rows: int) -> None:
    found = read_and_checked(shared / "data/crm_exports" / file)
    assert len(found.rows) == rows
    assert found.problems == ()


def test_an_account_number_twice_in_a_genuine_export_blocks_the_second(shared: Path) -> None:
    found = read_and_checked(shared / "data/crm_exports/genuine/d365_finance_CustomersV3.csv")
    assert [row.id for row in found.rows] == ["IMP-110143", "IMP-910140"]
    (problem,) = found.problems
    assert (problem.line, problem.blocks) == (3, True)
    assert "(IMP-110143)" in problem.message
    assert "already in row 2" in problem.message


def test_an_amount_with_a_power_of_ten_is_a_number(shared: Path) -> None:
    path = shared / "data/crm_exports/genuine/salesforce_dataloader_accounts.csv"
    found = read_and_checked(path)
    amounts = {row.line: row.numbers.get("own_revenue") for row in found.rows}
    assert (amounts[413], amounts[415]) == (6.0e7, 8.48e10)


# --- what is told beside the values ---------------------------------------------------------------


def test_a_column_in_thousands_is_multiplied_once_a_person_agrees() -> None:
    one = table("n Rev_(kEUR)", ["A", "1.5"])
    matching = {"n": "name", "Rev_(kEUR)": "revenue"}
    plain = check(one, matching, TARGETS)
    agreed = check(one, matching, TARGETS, {"Rev_(kEUR)": Written(factor=1_000)})
    assert [row.numbers["revenue"] for row in (*plain.rows, *agreed.rows)] == [1.5, 1_500.0]
    assert "its name gives a scale; we take the figures as they stand" in plain.notes[0]
    assert agreed.notes == ("Column Rev_(kEUR): the figures are multiplied by 1,000.",)
    assert agreed.currencies == {}


def test_amounts_in_another_currency_than_the_workshops_stay_out_until_rated() -> None:
    one = table("name revenue Currency", ["A", "5", "USD"], ["B", "6", "EUR"])
    matching = {"name": "name", "revenue": "revenue"}
    asked = check(one, matching, TARGETS, currency="EUR")
    assert [row.numbers.get("revenue") for row in asked.rows] == [None, 6.0]
    assert asked.currencies == {"revenue": ("USD",)}
    said = {"revenue": Written(rates={"USD": 0.9})}
    answered = check(one, matching, TARGETS, said, "EUR")
    assert [row.numbers["revenue"] for row in answered.rows] == [4.5, 6.0]
    assert answered.currencies == {}


def test_an_amount_in_another_currency_stays_unknown_and_asks() -> None:
    found = checked("name revenue", ["A", "EUR 5"], ["B", "USD 6"], ["C", "7"], ["D", "€ 8"])
    assert [row.numbers.get("revenue") for row in found.rows] == [5.0, None, 7.0, 8.0]
    (problem,) = found.problems
    assert problem.kind == "currency"
    assert problem.message.endswith("Enter this one in EUR, or leave it empty.")


def test_a_code_with_letters_is_no_number() -> None:
    found = checked("name revenue", ["A", "IMP-110140"])
    assert (found.rows[0].numbers, found.problems[0].kind) == ({}, "number")


def test_a_margin_that_looks_like_money_is_a_warning() -> None:
    found = checked("name margin_pct", ["A", "12"], ["B", "250000"])
    assert [(one.kind, one.line, one.blocks) for one in found.problems] == [("outside", 3, False)]
    assert found.rows[1].numbers == {"margin_pct": 250_000.0}
    assert found.groups[0].kept


def test_a_chance_beyond_all_chances_stays_unknown_and_is_told_so() -> None:
    [strict] = [t.key for t in CUSTOMER_TARGETS if t.strict and t.high == 100][:1]
    found = checked(f"name {strict}", ["A", "12"], ["B", "500"])
    [group] = found.groups
    assert (group.kind, group.kept, found.rows[1].numbers) == ("outside", False, {})


def test_a_text_that_no_profile_holds_is_left_out_and_the_row_stays() -> None:
    found = checked("name needs", ["A", "x" * 4_001], ["B", "y" * 4_000])
    assert [len(row.texts.get("needs", "")) for row in found.rows] == [0, 4_000]
    assert [(one.kind, one.blocks) for one in found.problems] == [("long", False)]


def test_a_row_that_was_repaired_comes_in() -> None:
    one = table("name revenue", ["A", "n/a"], ["", "6"])
    repairs = (Repair("fix", 2, "revenue", "5"), Repair("fix", 3, "name", "B"))
    found = check(repaired(one, repairs), {"name": "name", "revenue": "revenue"}, TARGETS)
    assert [(row.name, row.numbers["revenue"]) for row in found.rows] == [("A", 5.0), ("B", 6.0)]
    assert found.problems == ()


def test_a_few_amounts_that_name_a_currency_do_not_speak_for_the_others() -> None:
    rows = "".join(f"C{n},{n}000\n" for n in range(1, 9))
    found = check(
        read_table("f.csv", f"Customer,Revenue\n{rows}Ash,CAD 5000\n".encode()),
        {"Customer": "name", "Revenue": "revenue"},
        CUSTOMER_TARGETS,
    )
    assert found.currencies == {}
    assert [(p.found, p.kind) for p in found.problems] == [("CAD 5000", "currency")]
    assert "revenue" not in found.rows[-1].numbers


def test_zeros_without_a_currency_are_no_amounts_without_one() -> None:
    found = check(
        read_table("f.csv", b"Customer,Revenue\nA,0\nB,0\nC,0\nD,EUR 5\n"),
        {"Customer": "name", "Revenue": "revenue"},
        CUSTOMER_TARGETS,
    )
    assert found.problems == ()
