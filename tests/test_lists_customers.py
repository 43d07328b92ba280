"""Customers come in as they are, and every doubt is named with its line."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import Refused, Unreadable
from kam.intake.figures import LARGEST, Mark
from kam.intake.headers.matching import CUSTOMER_TARGETS, Target, match
from kam.intake.lists.customers import (
    Checked,
    Problem,
    Repair,
    Row,
    Written,
    check,
    repaired,
)
from kam.intake.tables.files import Table, from_text, read_table

FACT = Target("fact", "A fact", "number")
TARGETS = (*CUSTOMER_TARGETS, FACT)


def table(headers: str, *rows: Sequence[str]) -> Table:
    lines = tuple(range(2, len(rows) + 2))
    return Table("c.csv", tuple(headers.split()), tuple(tuple(row) for row in rows), lines)


def checked(headers: str, *rows: Sequence[str]) -> Checked:
    """The check of a table whose headers are target keys."""
    names = headers.split()
    return check(table(headers, *rows), dict(zip(names, names, strict=True)), TARGETS)


def test_a_row_holds_texts_numbers_and_answers_under_their_fields() -> None:
    found = checked(
        "id name owner revenue favours_us", ["0042", "Meier AG", "Kim", "1,234.50", "ja"]
    )
    row = Row(2, "Meier AG", "0042", {"owner": "Kim"}, {"revenue": 1234.5}, {"favours_us": "yes"})
    assert found == Checked((row,), (), (), marks={"revenue": "."})


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


def test_a_nameless_row_is_blocked() -> None:
    found = checked("name revenue", ["", "5"], ["B", "6"])
    assert [row.name for row in found.rows] == ["B"]
    assert found.problems[0].blocks
    assert found.problems[0].message.startswith("Row 2, column name: there is no name.")


def test_a_name_of_200_characters_comes_in_and_one_more_is_blocked() -> None:
    assert checked("name", ["x" * 200]).problems == ()
    (problem,) = checked("name", ["x" * 201]).problems
    assert problem.blocks
    assert "That is 201 characters. Enter a name of at most 200." in problem.message


def test_one_name_with_two_ids_is_two_customers_and_told() -> None:
    found = checked("id name", ["1", "Friendly Bike Shop"], ["2", "friendly bike-shop"])
    assert [row.id for row in found.rows] == ["1", "2"]
    assert found.problems == ()
    assert found.notes == (
        (
            "2 customers share the name Friendly Bike Shop / friendly bike-shop; their ids keep "
            "them apart."
        ),
    )


def test_many_names_that_customers_share_are_one_sentence() -> None:
    rows = [[f"{n}{end}", f"Shop {n} {end}"] for n in range(9) for end in ("AG", "GmbH")]
    [note] = checked("id name", *rows).notes
    assert note.startswith(
        "9 names are shared by several customers, whom their ids keep apart: "
        "“Shop 0 AG / Shop 0 GmbH (2)”, "
    )
    assert note.endswith(" and 4 more.")


# --- lines of totals, damaged ids, percentages ----------------------------------------------------

AMOUNTS = (["Ash", "1", "DE"], ["Bay", "2", "AT"], ["Cob", "4", "DE"])


@pytest.mark.parametrize("name", ["Gesamtergebnis", "Total EUR", "Zwischensumme"])
def test_a_line_of_totals_is_left_out(name: str) -> None:
    found = checked("name revenue country", *AMOUNTS, [name, "9", ""])
    assert [row.name for row in found.rows] == ["Ash", "Bay", "Cob"]
    assert [(one.kind, one.blocks) for one in found.problems] == [("totals", True)]


def test_a_text_beside_a_total_does_not_make_it_a_customer_if_it_adds_up() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Total", "7", "all"])
    assert [row.name for row in found.rows] == ["Ash", "Bay", "Cob"]


def test_a_company_called_total_comes_in_and_is_asked_about() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Total", "9", "FR"])
    assert found.rows[-1].name == "Total"
    assert [(one.kind, one.blocks) for one in found.problems] == [("sum", False)]


def test_a_last_row_without_id_that_is_the_sum_is_a_question() -> None:
    found = checked("name revenue country", *AMOUNTS, ["Σ", "7", ""])
    assert found.rows[-1].name == "Σ"
    [problem] = found.problems
    assert (problem.kind, problem.line, problem.blocks) == ("sum", 5, False)
    assert "Its revenue is the sum of all rows above. Skip it" in problem.message


def test_a_last_row_with_an_id_is_a_customer_whatever_its_revenue() -> None:
    rows = [[str(at), *one[:2]] for at, one in enumerate(AMOUNTS)]
    assert checked("id name revenue", *rows, ["9", "Dew", "7"]).problems == ()


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


def test_one_id_twice_blocks_the_second_with_both_lines() -> None:
    found = checked("id name", ["7", "A"], ["8", "B"], ["7", "C"])
    assert [row.name for row in found.rows] == ["A", "B"]
    (problem,) = found.problems
    assert problem.blocks
    assert problem.line == 4
    assert 'Row 4, column name: we found "C (7)", which is already in row 2.' in problem.message


def test_one_name_twice_without_ids_blocks_the_second() -> None:
    found = checked("name", ["Meier AG"], [" MEIER  A.G."])
    assert [row.line for row in found.rows] == [2]
    assert "which is already in row 2" in found.problems[0].message


@pytest.mark.parametrize("ids", [("", "7"), ("7", "")])
def test_one_name_with_and_without_an_id_is_one_customer(ids: tuple[str, str]) -> None:
    found = checked("id name", [ids[0], "Meier"], [ids[1], "Meier"])
    assert [row.line for row in found.rows] == [2]


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


def test_names_that_hold_no_letters_are_told_apart() -> None:
    assert len(checked("name", ["+++"], ["***"]).rows) == 2


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


def test_a_line_of_totals_is_blocked() -> None:
    found = checked("name revenue", ["A", "5"], ["Total", "5"])
    assert [row.name for row in found.rows] == ["A"]
    assert "It looks like a line of totals" in found.problems[0].message


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


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "2"])), max_size=6))
def test_every_row_comes_in_or_is_blocked_by_one_problem(rows: list[tuple[str, str]]) -> None:
    found = checked("name id", *rows)
    blocked = [problem.line for problem in found.problems if problem.blocks]
    assert sorted([*blocked, *(row.line for row in found.rows)]) == list(range(2, len(rows) + 2))


def read_and_checked(path: Path) -> Checked:
    read = read_table(path.name, path.read_bytes())
    matches = match(read.headers, CUSTOMER_TARGETS).items()
    return check(read, {header: one.target for header, one in matches if one.target}, TARGETS)


def test_all_adventureworks_resellers_come_in_and_both_pairs_of_namesakes_are_told(
    shared: Path,
) -> None:
    found = read_and_checked(shared / "data/adventureworks_resellers/accounts.csv")
    assert len(found.rows) == 701
    assert found.problems == ()
    assert found.notes == (
        (
            "2 names are shared by several customers, whom their ids keep apart: “Sports Products "
            "Store (2)”, “Friendly Bike Shop (2)”."
        ),
    )


def test_names_that_differ_in_spacing_case_and_invisible_signs_are_found_twice(
    shared: Path,
) -> None:
    found = read_and_checked(shared / "data/messy_ledgers/accounts_whitespace_duplicates.csv")
    # 20 disguised repetitions, and two pairs of real namesakes that have no ids here.
    assert len(found.rows) == 699
    assert sum(problem.blocks for problem in found.problems) == 22


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


def test_problems_are_grouped_by_repair_with_what_keeps_rows_out_first() -> None:
    found = checked("name revenue", ["A", "n/a"], ["B", "?"], ["", "5"], ["C", "n/a"])
    assert [(group.title, group.blocks) for group in found.groups] == [
        ("There is no name (1 row)", True),
        ("“Revenue with us” is not a number (3 rows)", False),
    ]


def test_a_fact_is_called_by_its_own_header_in_a_title() -> None:
    found = check(table("n staff", ["A", "many"]), {"n": "name", "staff": "fact"}, TARGETS)
    assert found.groups[0].title == "“staff” is not a number (1 row)"


def test_a_column_in_thousands_is_multiplied_once_a_person_agrees() -> None:
    one = table("n Rev_(kEUR)", ["A", "1.5"])
    matching = {"n": "name", "Rev_(kEUR)": "revenue"}
    plain = check(one, matching, TARGETS)
    agreed = check(one, matching, TARGETS, {"Rev_(kEUR)": Written(factor=1_000)})
    assert [row.numbers["revenue"] for row in (*plain.rows, *agreed.rows)] == [1.5, 1_500.0]
    assert "its name gives a scale; we take the figures as they stand" in plain.notes[0]
    assert agreed.notes == ("Column Rev_(kEUR): the figures are multiplied by 1,000.",)
    assert agreed.currencies == {"Rev_(kEUR)": "EUR"}


def test_an_amount_in_another_currency_stays_unknown_and_asks() -> None:
    found = checked("name revenue", ["A", "EUR 5"], ["B", "USD 6"], ["C", "7"], ["D", "€ 8"])
    assert [row.numbers.get("revenue") for row in found.rows] == [5.0, None, 7.0, 8.0]
    (problem,) = found.problems
    assert problem.kind == "currency"
    assert problem.message.endswith("Enter this one in EUR, or leave it empty.")


def test_a_code_with_letters_is_no_number() -> None:
    found = checked("name revenue", ["A", "IMP-110140"])
    assert (found.rows[0].numbers, found.problems[0].kind) == ({}, "number")


def test_rows_with_different_currencies_are_told_by_their_column() -> None:
    one = table("name revenue Currency", ["A", "5", "USD"], ["B", "6", "EUR"])
    found = check(one, {"name": "name", "revenue": "revenue"}, TARGETS)
    assert found.notes[0].startswith("Column Currency gives the rows different currencies (EUR, ")


def test_a_margin_that_looks_like_money_is_a_warning() -> None:
    found = checked("name margin_pct", ["A", "12"], ["B", "250000"])
    assert [(one.kind, one.line, one.blocks) for one in found.problems] == [("outside", 3, False)]
    assert found.rows[1].numbers == {"margin_pct": 250_000.0}


def test_a_row_that_its_file_marks_as_deleted_comes_in_and_is_told() -> None:
    one = table("name IsDeleted", ["A", "false"], ["B", "true"])
    found = check(one, {"name": "name"}, TARGETS)
    assert len(found.rows) == 2
    assert [(one.kind, one.line, one.blocks) for one in found.problems] == [("deleted", 3, False)]


def test_a_text_that_no_profile_holds_is_left_out_and_the_row_stays() -> None:
    found = checked("name needs", ["A", "x" * 4_001], ["B", "y" * 4_000])
    assert [len(row.texts.get("needs", "")) for row in found.rows] == [0, 4_000]
    assert [(one.kind, one.blocks) for one in found.problems] == [("long", False)]


def test_an_id_of_more_than_200_characters_keeps_the_row_out() -> None:
    found = checked("id name", ["x" * 201, "A"])
    assert (found.rows, found.problems[0].kind) == ((), "long")


def test_one_name_with_another_legal_form_is_met_twice_where_no_ids_tell() -> None:
    found = checked("name", ["Meier GmbH"], ["Meier AG"])
    assert [problem.kind for problem in found.problems] == ["twice"]


def test_a_row_that_was_repaired_comes_in() -> None:
    one = table("name revenue", ["A", "n/a"], ["", "6"])
    repairs = (Repair("replace", "revenue", found="n/a", to="5"), Repair("fix", "name", 3, to="B"))
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
