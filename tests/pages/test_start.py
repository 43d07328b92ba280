"""The start page: open the example, start a workshop, continue one, and the shelf of all."""

import pytest
from streamlit.testing.v1 import AppTest

from kam.edits import ArchiveWorkshop, BringIn
from kam.model import MAX_CRITERIA
from kam.store import export_workshop
from kam.ui import rooms
from tests.apps import EXAMPLE, example, present, restart, shown, start, stored
from tests.workshops import A, after, criterion, customer, full, made


def listed() -> list[str]:
    """Names of all workshops, archived ones as well."""
    return sorted(row.name for row in rooms.store().workshops(archived=True))


def opened(tab: AppTest) -> str:
    """The workshop that the address of the tab names."""
    return "".join(tab.query_params["w"])


def test_the_first_visit_offers_three_ways_and_no_workshop() -> None:
    text = shown(start())
    for way in ("Look around first", "Start with your customers", "Continue a workshop"):
        assert way in text
    assert "No workshop of yours is on this machine." in text


def test_one_click_opens_the_example_at_its_matrix() -> None:
    tab = start().button(key="open_example").click().run()
    assert "of 40 customers are key" in shown(tab)
    assert present(opened(tab)).example


def test_the_example_is_brought_in_once() -> None:
    first = opened(start().button(key="open_example").click().run())
    second = opened(start().button(key="open_example").click().run())
    assert first == second
    assert len(listed()) == 1


def new_workshop(name: str) -> AppTest:
    tab = start()
    tab.text_input[0].set_value(name)
    [submit] = [button for button in tab.button if button.label == "Start a workshop"]
    return submit.click().run()


def test_a_name_is_enough_to_start_and_customers_come_next() -> None:
    tab = new_workshop("  Key accounts 2027 ")
    assert present(opened(tab)).name == "Key accounts 2027"
    assert "Which customers do we look at?" in shown(tab)


def test_a_workshop_without_a_name_gets_one() -> None:
    assert present(opened(new_workshop(" "))).name == "Key accounts"


def test_a_name_that_is_too_long_is_told_and_nothing_is_started() -> None:
    tab = new_workshop("x" * 201)
    assert "at most 200 characters" in shown(tab)
    assert listed() == []


def test_a_workshop_is_continued_where_its_work_stands() -> None:
    empty = stored()
    tab = start().button(key="continue").click().run()
    assert "Which customers do we look at?" in shown(tab)
    assert opened(tab) == empty
    rooms.store().write(empty, BringIn(origin="x.csv", customers={"ash": customer("ash")}))
    assert "Who stands out?" in shown(start().button(key="continue").click().run())


def test_the_shelf_is_there_after_a_restart() -> None:
    example()
    stored()
    restart()
    text = shown(start())
    assert "A test · 0 customers" in text
    assert " · example" in text


def test_a_workshop_is_renamed_from_the_shelf() -> None:
    workshop = stored()
    tab = start()
    tab.text_input(key=f"name_{workshop}").set_value("Another name").run()
    tab.button(key=f"rename_{workshop}").click().run()
    assert present(workshop).name == "Another name"
    assert "Another name · 0 customers" in shown(tab)


@pytest.mark.parametrize(
    ("typed", "name"), [("", "A test"), ("  ", "A test"), ("x" * 300, "x" * 200)]
)
def test_a_name_that_cannot_be_one_breaks_nothing(typed: str, name: str) -> None:
    workshop = stored()
    tab = start()
    tab.text_input(key=f"name_{workshop}").set_value(typed).run()
    shown(tab.button(key=f"rename_{workshop}").click().run())
    assert present(workshop).name == name


def test_a_copy_has_everything_and_a_life_of_its_own() -> None:
    workshop = example()
    shown(start().button(key=f"copy_{workshop}").click().run())
    [copy] = [row.id for row in rooms.store().workshops() if row.id != workshop]
    assert present(copy).scores == present(workshop).scores
    assert present(copy).name == f"{present(workshop).name} (copy)"


def test_archiving_puts_away_and_bringing_back_brings_back() -> None:
    workshop = stored()
    tab = start().button(key=f"archive_{workshop}").click().run()
    assert present(workshop).archived
    assert "A test" not in shown(tab)
    tab.toggle(key="archived").set_value(True).run()
    tab.button(key=f"archive_{workshop}").click().run()
    assert not present(workshop).archived


def test_an_archived_workshop_is_not_offered_to_be_continued() -> None:
    rooms.store().write(stored(), ArchiveWorkshop())
    assert "No workshop of yours is on this machine." in shown(start())


def taken_in(data: bytes) -> AppTest:
    tab = start()
    tab.file_uploader(key="file").upload("workshop.json", data, "application/json").run()
    return tab.button(key="open_file").click().run()


def test_an_exported_workshop_opens_again_with_its_history() -> None:
    workshop = example()
    exported = export_workshop(rooms.store().history(workshop)).encode()
    tab = taken_in(exported)
    shown(tab)
    again = opened(tab)
    assert again != workshop
    assert rooms.store().history(again).revision == rooms.store().history(workshop).revision
    assert present(again).scores == present(workshop).scores


def nine_criteria() -> bytes:
    """A workshop file with one criterion too many, as somebody's editor may make it."""
    many = {f"c{n}": criterion(f"c{n}", A) for n in range(MAX_CRITERIA + 1)}
    state = made().model_copy(update={"criteria": many}).model_dump_json()
    return f'{{"format":"keyroom-workshop","schema":1,"workshop":{state}}}'.encode()


BAD = {
    "empty": (b"", "We could not read this file as a workshop file"),
    "text": (b"Customer;Revenue\nAsh;1", "bring in customers on the Customers page"),
    "other JSON": (b'{"a": 1}', "This is not a workshop file"),
    "Excel": (b"PK\x03\x04xx", "This is a ZIP or Excel file"),
    "pickle": (b"\x80\x04.", "This is a Python pickle"),
    "newer": (b'{"format":"keyroom-workshop","schema":99}', "Update Keyroom"),
    "a ninth criterion": (nine_criteria(), "A workshop has at most 8 criteria"),
    "cut off": (EXAMPLE.read_bytes()[:5_000], "We could not read this file"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_file_that_is_no_workshop_is_told_in_words_and_nothing_is_stored(bad: str) -> None:
    data, words = BAD[bad]
    tab = taken_in(data)
    assert words in shown(tab)
    assert len(tab.error) == 1
    assert listed() == []


def test_a_file_whose_history_disagrees_with_its_state_is_refused() -> None:
    text = EXAMPLE.read_text("utf-8").replace('"strategic": 7.0', '"strategic": 7.5', 1)
    assert text != EXAMPLE.read_text("utf-8")
    assert "cannot be taken in" in shown(taken_in(text.encode()))
    assert listed() == []


def test_a_name_with_markup_stays_text_on_the_shelf() -> None:
    rooms.store().create("![i](https://evil.example/p.png) :red[x]")
    tab = start()
    shown(tab)
    assert "](" not in "\n".join(line.value for line in tab.markdown)


def test_everything_a_workshop_can_hold_survives_the_way_out_and_in() -> None:
    state = after(full()).model_dump_json()
    file = f'{{"format":"keyroom-workshop","schema":1,"workshop":{state}}}'
    tab = taken_in(file.encode())
    shown(tab)
    again = present(opened(tab))
    assert again.model_copy(update={"id": "w"}) == full()
