"""`kam.ui.wizard.choose`: a file or pasted cells, and how they are read, each point changeable."""

from io import BytesIO

import pytest
from xlsxwriter import Workbook

from kam.intake.tables.files import from_text
from kam.ui.wizard import choose
from tests.apps import labels, present, shown, stored
from tests.wizard.opened import boxes, checked, given, opened, stored_by, to, told

LIST = "Customer,Revenue\nAsh,5\nBay,6\n"


def workbook(**sheets: list[list[str | float]]) -> bytes:
    """An XLSX workbook with these sheets."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def test_the_limits_are_said_before_a_file_is_chosen() -> None:
    tab = opened(stored())
    assert told(tab, "At most 20,000 rows")
    assert told(tab, "The file stays on the machine that runs Keyroom")
    assert told(tab, "nothing is stored before the last button")
    assert [one.label for one in tab.download_button] == ["An empty file with our columns"]


def test_a_chosen_file_is_shown_as_it_is_read() -> None:
    tab = given(opened(stored()), LIST)
    assert told(tab, "Is it read as it should be?")
    assert told(tab, "list.csv: 2 rows, 2 columns")
    assert list(tab.dataframe[0].value.columns) == ["Customer", "Revenue"]
    assert tab.dataframe[0].value.values.tolist() == [["Ash", "5"], ["Bay", "6"]]
    box = {one.label: one.options[0] for one in tab.selectbox}
    assert box["Encoding"] == "Unicode, as detected"
    assert box["Columns are separated by"] == "comma, as detected"
    assert boxes(tab)["Column names"] == 1


def test_another_encoding_changes_what_is_read() -> None:
    tab = given(opened(stored()), "Customer,Revenue\nČapek,5\n".encode("cp1250"))
    tab.selectbox(key="wizard_customers_encoding").set_value("cp1252").run()
    assert tab.dataframe[0].value.iloc[0, 0] == "Èapek"
    tab.selectbox(key="wizard_customers_encoding").set_value("cp1250").run()
    assert tab.dataframe[0].value.iloc[0, 0] == "Čapek"
    tab.selectbox(key="wizard_customers_encoding").set_value(choose.AS_DETECTED).run()
    assert boxes(tab)["Encoding"] == choose.AS_DETECTED


def test_another_delimiter_changes_the_columns() -> None:
    tab = given(opened(stored()), "Customer,Town;Revenue\nAsh,Oslo;5\n")
    tab.selectbox(key="wizard_customers_delimiter").set_value(";").run()
    assert list(tab.dataframe[0].value.columns) == ["Customer,Town", "Revenue"]
    tab.selectbox(key="wizard_customers_delimiter").set_value(",").run()
    assert list(tab.dataframe[0].value.columns) == ["Customer", "Town;Revenue"]


def test_another_line_of_column_names_leaves_out_what_is_above() -> None:
    tab = given(opened(stored()), "Customer,Revenue\nCompany,Turnover\nAsh,5\n")
    tab.selectbox(key="wizard_customers_header").set_value(2).run()
    assert list(tab.dataframe[0].value.columns) == ["Company", "Turnover"]
    assert told(tab, "list.csv: 1 row, 2 columns")


def test_a_file_without_column_names_is_repaired_by_saying_so() -> None:
    workshop = stored()
    tab = given(opened(workshop), "Ash,5\nBay,6\n")
    assert told(tab, "We expected column names in the first row of list.csv")
    assert labels(tab)[-1] == "Choose another file"
    assert boxes(tab)["Column names"] == choose.AS_DETECTED
    header = tab.selectbox(key="wizard_customers_header")
    assert header.options[:3] == ["not found; please choose", "There are none", "Line 1: Ash, 5"]
    header.set_value(choose.NO_HEADER).run()
    assert told(tab, "The file has no column names; its columns are numbered.")
    to(tab, 2).selectbox(key="wizard_customers_goes_0").set_value("name").run()
    stored_by(to(tab, 3))
    assert [one.name for one in present(workshop).customers.values()] == ["Ash", "Bay"]


def test_column_names_in_doubt_are_looked_for_with_the_delimiter_that_was_said() -> None:
    tab = given(opened(stored()), "1,Ash;5\n2,Bay;6\n")
    tab.selectbox(key="wizard_customers_delimiter").set_value(";").run()
    assert tab.selectbox(key="wizard_customers_header").options[2] == "Line 1: 1,Ash, 5"


def test_a_sheet_can_be_chosen_and_has_column_names_of_its_own() -> None:
    data = workbook(
        Customers=[["Customer", "Revenue"], ["Ash", 5], ["Bay", 6]],
        Old=[["A title"], ["Company", "Sales"], ["Elm", 7]],
    )
    tab = given(opened(stored()), data, "list.xlsx")
    assert (boxes(tab)["Sheet"], list(boxes(tab))) == ("Customers", ["Sheet", "Column names"])
    tab.selectbox(key="wizard_customers_header").set_value(2).run()
    tab.selectbox(key="wizard_customers_sheet").set_value("Old").run()
    assert told(tab, 'list.xlsx, sheet "Old": 1 row, 2 columns')
    assert tab.dataframe[0].value.values.tolist() == [["Elm", "7"]]


def test_a_sheet_whose_column_names_are_in_doubt_can_still_be_left_for_another() -> None:
    data = workbook(Names=[["Customer", "Revenue"], ["Ash", 5]], Data=[["Ash", 5], ["Bay", 6]])
    tab = given(opened(stored()), data, "list.xlsx")
    tab.selectbox(key="wizard_customers_sheet").set_value("Data").run()
    assert told(tab, "We expected column names")
    assert boxes(tab)["Column names"] == choose.AS_DETECTED
    tab.selectbox(key="wizard_customers_sheet").set_value("Names").run()
    assert tab.dataframe[0].value.values.tolist() == [["Ash", "5"]]


def test_pasted_cells_come_in_like_a_file() -> None:
    workshop = stored()
    tab = opened(workshop)
    tab.text_area(key="wizard_customers_pasted_0").set_value("Customer\tRevenue\nAsh\t5\n").run()
    assert told(tab, "the pasted cells: 1 row, 2 columns")
    assert list(boxes(tab)) == ["Columns are separated by", "Column names"]
    stored_by(to(tab, 3))
    assert present(workshop).customers["Ash"].profile.revenue == 5.0


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64))],
)
def test_what_is_no_table_gets_one_sentence_and_the_way_to_another_file(
    name: str, content: bytes
) -> None:
    tab = given(opened(stored()), content, name)
    [complaint] = [error.value.replace("\\", "") for error in tab.error]
    assert complaint.startswith(f"We could not read {name}")
    tab.button(key="wizard_customers_anew").click().run()
    assert told(tab, "Choose a file")
    assert [one.label for one in tab.error] == []


def test_rows_with_too_many_cells_are_told_and_counted_as_left_out() -> None:
    tab = given(opened(stored()), "Customer,Revenue\nAsh,5\nBay,6,7\n")
    sentence = "Left out 1 of 2 rows that have more cells than the header: line 3."
    assert told(tab, sentence)
    assert told(to(tab, 3), "1 new · 0 to update · 1 left out")
    assert told(tab, "Left out: 1 row with more cells than columns.")
    assert sentence not in shown(tab)


def test_without_column_names_the_first_rows_stand_with_their_lines() -> None:
    tab = given(opened(stored()), "\nAsh,5\nBay,6\n")
    assert told(tab, "We expected column names")
    assert tab.dataframe[0].value.values.tolist() == [[2, "Ash", "5"], [3, "Bay", "6"]]


def test_a_sheet_without_a_table_names_the_other_sheets() -> None:
    data = workbook(Names=[["Customer", "Revenue"], ["Ash", 5]], Data=[["Ash", 5], ["Bay", 6]])
    tab = given(opened(stored()), data, "list.xlsx")
    tab.selectbox(key="wizard_customers_sheet").set_value("Data").run()
    assert told(tab, "This is the sheet “Data”. The file holds “Names”, too: choose above.")


def test_an_encoding_is_called_by_where_it_is_used() -> None:
    table = from_text("a.csv", "Customer\nAsh\n")
    assert "Western Europe, the Americas" in choose._encodings(table).values()
    assert not [name for name in choose._encodings(table).values() if "cp1252" in name]


def test_sentences_beyond_the_first_few_are_behind_a_click() -> None:
    headers = "Customer;Revenue;Margin in %;Cost to serve;Capital employed;Receivables"
    tab = checked(opened(stored()), f"{headers}\nAsh;1,5;2,5;3,5;4,5;5,5\n")
    notes = [one.value for one in tab.caption if "has decimal commas" in one.value]
    assert len(notes) == 5
    assert "2 more notes" in [one.proto.popover.label for one in tab.get("popover")]


def test_nothing_is_stored_before_the_last_button() -> None:
    workshop = stored()
    tab = checked(opened(workshop), LIST)
    assert present(workshop).customers == {}
    stored_by(tab)
    assert set(present(workshop).customers) == {"Ash", "Bay"}


def test_a_hostile_file_name_and_cells_are_shown_as_they_stand() -> None:
    tab = given(opened(stored()), "Customer,*Rev*\nAsh :red[x],5\n", "[a](http://x).csv")
    assert "\\[a\\]" in next(one.value for one in tab.caption if "step 1" in one.value)
    assert "\\*Rev\\*" in [one.value for one in to(tab, 2).markdown]
    shown(tab)


def test_the_first_lines_stand_to_be_chosen_as_column_names() -> None:
    table = from_text("a.csv", "Customer,Revenue\nAsh,5\n,6\n")
    assert choose._header_lines(table, named=True) == {
        0: "There are none",
        1: "Line 1: Customer, Revenue",
        2: "Line 2: Ash, 5",
        3: "Line 3: 6",
    }


@pytest.mark.parametrize("data", [b"\x80\x04K\x01.", b"PK\x03\x04 cut off", b"%PDF-1.7"])
def test_a_file_that_is_no_text_is_not_asked_for_its_encoding(data: bytes) -> None:
    tab = given(opened(stored()), data, "list.csv")
    assert "Encoding" not in boxes(tab)
    assert told(tab, "could not read")


def test_a_text_that_cannot_be_decoded_is_asked_for_its_encoding() -> None:
    tab = given(opened(stored()), b"\xef\xbb\xbfCustomer\n\xff\xfe\xfa\n")
    assert "Encoding" in boxes(tab)
