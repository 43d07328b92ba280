"""`kam.intake.lists.doubts`: certain, guessed or open, for both doors, from whole columns."""

from typing import Literal

import pytest

from kam.edits import BringIn, PutCriterion
from kam.intake.bring_in import targets
from kam.intake.headers.matching import REPAIR_COLUMNS, Match
from kam.intake.lists.doubts import LOOKED_AT, Agreed, Columns, columns_of
from kam.intake.lists.fields import Written
from kam.intake.tables.files import Table, from_text
from kam.model import Matching, Workshop, Writing
from tests.workshops import A, after, criterion, made

Door = Literal["", "customers", "scores", "ledger"]
MANY = LOOKED_AT * 2  # more rows than a column is matched by


def table(text: str) -> Table:
    return from_text("list.csv", text)


def known(text: str, workshop: Workshop | None = None, door: str = "customers") -> Columns:
    """What is known of a file's columns in a workshop."""
    workshop = workshop or made()
    return columns_of(door, table(text), targets(workshop), workshop)


def remembering(
    headers: tuple[str, ...], goes_to: dict[str, str], door: Door = "customers"
) -> BringIn:
    """An import that is remembered."""
    return next_time(Matching(headers=headers, goes_to=goes_to, door=door))


def next_time(matching: Matching) -> BringIn:
    return BringIn(origin="last year", customers={}, matching=matching)


def kinds(found: Columns, agreed: Agreed | None = None) -> list[tuple[str, str]]:
    """Columns and kinds of what is open."""
    return [(one.column, one.kind) for one in found.doubts(agreed or found.start)]


def said(found: Columns, **written: Written) -> Agreed:
    """What holds once a person has said how columns are written."""
    start = found.start
    now = {header.replace("_", " "): one for header, one in written.items()}
    return Agreed(start.goes_to, start.left_out, {**start.written, **now}, tuple(now))


def again(text: str, agreed: Agreed, first: str | None = None) -> Columns:
    """What is known of a file, after one with the same headers for which this was agreed."""
    matching = known(first or text).to_remember("customers", agreed)
    return known(text, made(next_time(matching)))


# --- where columns go -----------------------------------------------------------------------------


def test_only_what_is_certain_is_agreed() -> None:
    found = known("Customer,Rev.,Colour\nAsh,5,red\n")
    assert found.agreed == {"Customer": "name"}
    assert kinds(found) == [("Rev.", "field")]
    assert found.doubts(found.start)[0].field == "revenue"


def test_a_file_is_perfect_if_every_column_has_its_place_without_a_question() -> None:
    assert known("Customer,Revenue\nAsh,1234\n").perfect
    assert not known("Customer,Colour\nAsh,red\n").perfect
    assert not known("Customer,Revenue (kEUR)\nAsh,5\n").perfect
    assert not known('Customer,Revenue\nAsh,"1,234"\n').perfect


def test_two_columns_for_one_field_are_both_asked_about_until_one_is_chosen() -> None:
    found = known("Customer,Revenue,Sales\nAsh,5,6\n")
    assert found.agreed == {"Customer": "name"}
    assert kinds(found) == [("Revenue", "rival"), ("Sales", "rival")]
    assert not kinds(found, Agreed({"Customer": "name", "Sales": "revenue"}))


def test_two_columns_that_differ_only_far_below_are_both_asked_about() -> None:
    rows = "".join(f"C{at},{at},{at + (at > MANY - 5)}\n" for at in range(1, MANY))
    assert kinds(known(f"Customer,Revenue with us,Sales\n{rows}")) == [
        ("Revenue with us", "rival"),
        ("Sales", "rival"),
    ]


def test_the_question_names_the_field_and_the_other_column() -> None:
    found = known("Customer,Revenue with us,Sales\nAsh,5,6\n")
    first = found.doubts(found.start)[0]
    assert first.sentence == "Is it Revenue with us, or is “Sales”?"
    assert first.note == "Column Revenue with us: is it Revenue with us, or is “Sales”?"


def test_what_a_person_leaves_out_is_not_asked_about() -> None:
    found = known("Customer,Rev.\nAsh,5\n")
    assert not kinds(found, Agreed(found.agreed, ("Rev.",)))


# --- how figures and days are written -------------------------------------------------------------


def test_figures_and_days_with_two_readings_are_doubted_until_a_cell_tells() -> None:
    either = 'Customer,Revenue\nAsh,"1,234"\nBay,"5,678"\n'
    assert kinds(known(either)) == [("Revenue", "mark")]
    assert known(either + 'Elm,"1,234.50"\n').perfect
    days = "Customer,Contract end\nAsh,03/04/2028\n"
    assert kinds(known(days)) == [("Contract end", "days")]
    assert known(days + "Bay,31/03/2028\n").perfect


def test_a_figure_with_two_readings_far_below_is_doubted() -> None:
    plain = "".join(f"C{at},{100 + at}\n" for at in range(MANY))
    assert known(f"Customer,Revenue\n{plain}").perfect
    assert kinds(known(f"Customer,Revenue\n{plain}Z,8.179\n")) == [("Revenue", "mark")]


def test_a_column_is_doubted_for_the_field_to_which_a_person_sends_it() -> None:
    found = known('Customer,Bulk\nAsh,"1,234"\n')
    assert kinds(found) == []
    assert kinds(found, Agreed({"Customer": "name", "Bulk": "revenue"})) == [("Bulk", "mark")]


def test_shares_and_scales_are_asked_and_closed_by_an_answer() -> None:
    shares = known("Customer,Margin in %\nAsh,0.25\nBay,0.5\n")
    assert kinds(shares) == [("Margin in %", "shares")]
    scaled = known("Customer,Revenue (kEUR)\nAsh,5\n")
    assert kinds(scaled) == [("Revenue (kEUR)", "scale")]
    assert scaled.start.written == {"Revenue (kEUR)": Written(factor=1000.0)}
    start = scaled.start
    assert not kinds(scaled, Agreed(start.goes_to, (), start.written, ("Revenue (kEUR)",)))


def test_agreeing_to_a_scale_does_not_answer_what_the_decimal_mark_is() -> None:
    found = known('Customer,Revenue (kEUR)\nAsh,"1,234"\n')
    assert {kind for _, kind in kinds(found)} == {"mark", "scale"}
    start = found.start
    confirmed = Agreed(start.goes_to, (), start.written, ("Revenue (kEUR)",))
    assert kinds(found, confirmed) == [("Revenue (kEUR)", "mark")]


@pytest.mark.parametrize(
    "text",
    ["Customer,Revenue (USD)\nAsh,5\n", "Customer,Revenue\nAsh,USD 5\n",
     "Customer,Revenue,Currency\nAsh,5,USD\n"],
)  # fmt: skip
def test_amounts_in_another_currency_are_asked_about(text: str) -> None:
    found = known(text)
    assert [kind for _, kind in kinds(found)] == ["currency"]
    header = found.table.headers[1]
    start = found.start
    rated = {**start.written, header: Written(rates={"USD": 0.9})}
    assert not kinds(found, Agreed(start.goes_to, (), rated))


# --- what was agreed the last time ----------------------------------------------------------------


def test_a_remembered_matching_goes_before_the_names() -> None:
    colour = remembering(("Customer", "Colour"), {"Colour": "name"})
    found = known("Customer,Colour\nAsh,red\n", made(colour))
    assert found.agreed == {"Colour": "name"}
    assert found.perfect


def test_a_matching_is_remembered_for_the_same_headers_in_any_order() -> None:
    workshop = made(remembering(("Name", "X"), {"Name": "name", "X": "needs"}))
    assert known("X,Name\n1,Ash\n", workshop).agreed == {"Name": "name", "X": "needs"}
    assert known("X,Name,Y\n1,Ash,2\n", workshop).remembered is None


def test_each_door_remembers_for_itself() -> None:
    headers, scores = ("Customer", "Revenue", "Level"), {"Customer": "name", "Level": "criterion:a"}
    workshop = made(criterion_edit(), remembering(headers, scores, "scores"))
    file = "Customer,Revenue,Level\nAsh,5,7\n"
    assert known(file, workshop).remembered is None
    assert known(file, workshop).agreed["Revenue"] == "revenue"
    both = after(workshop, remembering(headers, {"Customer": "name", "Revenue": "revenue"}))
    assert [one.door for one in both.matchings] == ["scores", "customers"]
    assert known(file, both, "scores").agreed == scores


def test_a_matching_of_which_no_door_is_known_is_not_used() -> None:
    workshop = made(remembering(("Name", "X"), {"Name": "name"}, ""))
    assert known("Name,X\nAsh,1\n", workshop).remembered is None


def criterion_edit() -> PutCriterion:
    return PutCriterion(criterion=criterion("a", A))


def test_the_last_matching_counts_and_one_whose_field_is_gone_does_not() -> None:
    headers = ("Name", "X")
    first = remembering(headers, {"Name": "name", "X": "needs"})
    second = remembering(headers[::-1], {"Name": "name", "X": "criterion:a"})
    with_criterion = made(criterion_edit(), first, second)
    assert known("Name,X\nAsh,1\n", with_criterion).agreed["X"] == "criterion:a"
    assert known("Name,X\nAsh,1\n", made(first, second)).remembered is None


def test_our_columns_of_a_workbook_to_repair_are_no_part_of_the_headers() -> None:
    found = columns_of(
        "customers",
        Table("c.csv", ("Name", "X", *REPAIR_COLUMNS), (("Ash", "1", *REPAIR_COLUMNS),), (2,)),
        targets(made()),
        made(remembering(("Name", "X"), {"Name": "name", "X": "needs"})),
    )
    assert found.agreed == {"Name": "name", "X": "needs"}
    assert found.to_remember("customers", found.start).headers == ("Name", "X")


GUESSED = "Customer,Revenue 2025,Owner\nAsh,5,Ines\n"


def test_a_question_that_nobody_answered_is_asked_again() -> None:
    first = known(GUESSED)
    assert kinds(first) == [("Revenue 2025", "field")]
    second = again(GUESSED, first.start)
    assert kinds(second) == [("Revenue 2025", "field")]
    assert not second.perfect


def test_a_column_that_a_person_left_out_stays_out_without_a_question() -> None:
    first = known(GUESSED)
    second = again(GUESSED, Agreed(first.agreed, ("Revenue 2025",)))
    assert second.perfect
    assert second.start.left_out == ("Revenue 2025",)


def test_a_matching_stored_before_answers_were_kept_asks_again() -> None:
    old = remembering(("Customer", "Revenue (kEUR)"), {"Customer": "name"})
    assert kinds(known("Customer,Revenue (kEUR)\nAsh,5\n", made(old))) == [
        ("Revenue (kEUR)", "field")
    ]


PLAIN = "Customer,Revenue\nAsh,120\n"


def test_a_scale_that_only_a_person_knew_is_applied_again_and_told() -> None:
    second = again(PLAIN, said(known(PLAIN), Revenue=Written(factor=1000.0)))
    assert second.perfect
    assert second.start.written == {"Revenue": Written(factor=1000.0)}
    assert second.last_time(second.start) == ["As the last time: Revenue in thousands."]


def test_a_scale_that_was_denied_stays_denied() -> None:
    text = "Customer,Revenue (kEUR)\nAsh,5\n"
    denied = Agreed(known(text).agreed, (), {}, ("Revenue (kEUR)",))
    second = again(text, denied)
    assert second.perfect
    assert second.start.written == {}


def test_the_order_of_days_is_applied_again_where_the_new_days_do_not_tell() -> None:
    text = "Customer,Contract end\nAsh,03/04/2028\n"
    answered = said(known(text), Contract_end=Written(day_first=False))
    second = again(text, answered)
    assert second.start.written["Contract end"].day_first is False
    assert second.last_time(second.start) == [
        "As the last time: Contract end with the month first."
    ]
    other = again(text.replace("03/04", "31/04"), answered, first=text)
    assert not other.start.written


def test_a_decimal_mark_is_applied_again_only_where_the_cells_leave_it_open() -> None:
    text = "Customer,Revenue\nAsh,1.234\n"
    answered = said(known(text), Revenue=Written(","))
    assert again(text, answered).start.written["Revenue"].mark == ","
    told = again(f"{text}Bay,12.5\n", answered, first=text)
    assert told.start.written.get("Revenue", Written()).mark is None


def test_a_rate_is_proposed_and_asked_again() -> None:
    text = "Customer,Revenue (USD)\nAsh,5\n"
    start = known(text).start
    rated = {"Revenue (USD)": Written(rates={"USD": 0.9})}
    second = again(text, Agreed(start.goes_to, (), rated, ("Revenue (USD)",)))
    assert second.start.written["Revenue (USD)"].rates == {"USD": 0.9}
    assert kinds(second) == [("Revenue (USD)", "rate")]
    assert not second.last_time(second.start)
    ours = {"Revenue (USD)": Written(rates={"USD": 1.0})}
    assert again(text, Agreed(start.goes_to, (), ours, ("Revenue (USD)",))).perfect


def test_shares_of_the_last_time_are_not_multiplied_if_they_are_percentages_now() -> None:
    shares = "Customer,Margin in %\nAsh,0.25\nBay,0.5\n"
    start = known(shares).start
    written = {"Margin in %": Written(factor=100.0)}
    agreed = Agreed(start.goes_to, (), written, ("Margin in %",))
    assert again(shares, agreed).start.written["Margin in %"].factor == 100.0
    now = again("Customer,Margin in %\nAsh,25\nBay,31.5\n", agreed, first=shares)
    assert kinds(now) == [("Margin in %", "shares")]
    assert not now.start.written


def test_what_was_not_answered_this_time_stays_as_it_was_answered_before() -> None:
    second = again(PLAIN, said(known(PLAIN), Revenue=Written(factor=1000.0)))
    third = second.to_remember("customers", second.start)
    assert third.written == {"Revenue": Writing(factor=1000.0)}


def test_a_column_that_is_not_figures_remembers_no_scale() -> None:
    found = known("Customer,Contract end\nAsh,03/04/2028\n")
    kept = found.to_remember("customers", said(found, Contract_end=Written(day_first=True)))
    assert kept.written == {"Contract end": Writing(day_first=True)}


# --- beside the columns ---------------------------------------------------------------------------


def test_columns_of_numbers_without_a_place_are_offered() -> None:
    found = known("Customer,Rev.,Size,Colour\nAsh,5,3,red\nBay,6,4,red\nElm,7,7,blue\n")
    assert found.found["Customer"] == Match("name", certain=True, by="name")
    assert (found.numeric, found.found["Colour"].target) == (("Size",), None)
