"""Gut-feeling lists: sealed, opened with the picture, compared with the result."""

from streamlit.testing.v1 import AppTest

from kam.edits import Edit, OpenGutLists, PutMember, SealGutList
from kam.model import Member
from kam.ui import gut
from kam.ui.frame import VIEWS
from tests.apps import ROOT, present, room_after, scored, shown, stored

MEMBERS = ("ines", "joris", "kim", "lucia")
# By these scores Ash, Bay and Cob are key; Dew, Elm and Fir are not.
SCORES = {"Ash": 9.0, "Bay": 8.0, "Cob": 7.0, "Dew": 3.0, "Elm": 2.0, "Fir": 1.0}
LISTS = {"ines": ("c0", "c3"), "joris": ("c0", "c3"), "kim": ("c0", "c1")}


def sealed(lists: dict[str, tuple[str, ...]] | None = None, *, places: bool = True) -> list[Edit]:
    """Six customers, four members, and lists."""
    rows = [(name, (one, one) if places else (None, None)) for name, one in SCORES.items()]
    return [
        *scored(rows),
        *(PutMember(member=Member(id=key, name=key)) for key in MEMBERS),
        *(SealGutList(member=k, customers=v) for k, v in (lists or LISTS).items()),
    ]


def opened(workshop: str) -> AppTest:
    """The gut lists of a workshop, in a fresh tab."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    tab.query_params["w"] = workshop
    tab = tab.switch_page(VIEWS["traps"][0]).run()
    return tab.segmented_control(key="traps_view").set_value("Gut lists").run()


def test_sealed_lists_are_counted_and_not_told() -> None:
    tab = opened(stored(*sealed()))
    text = shown(tab)
    assert tab.title[0].value == "3 of 4 gut-feeling lists sealed"
    assert not [name for name in SCORES if name in text]


def test_opening_the_lists_tells_who_is_not_key_and_cannot_be_done_twice() -> None:
    workshop = stored(*sealed())
    tab = opened(workshop).button(key="open_gut").click().run()
    text = shown(tab)
    assert present(workshop).answers.gut.opened
    assert tab.title[0].value == "1 of your 2 favourites is key"
    assert "1 is not: Dew. What do we know that the scores do not?" in text
    assert "**Dew** · on 2 lists · Low priority" in text
    assert "1 key account was on nobody’s list: Cob." in text
    assert "open_gut" not in [button.key for button in tab.button]


def test_a_favourite_leads_to_its_case_on_the_split_page() -> None:
    tab = opened(stored(*sealed(), OpenGutLists()))
    tab = tab.button(key="favourite_c3").click().run()
    assert "key accounts" in tab.title[0].value
    assert tab.selectbox(key="customer_choice").value == "c3"


def test_fewer_than_three_lists_stay_sealed() -> None:
    edits = sealed({"ines": ("c0",), "joris": ("c1",)})
    assert "once 3 members have written one" in gut.waiting(room_after(*edits))
    assert opened(stored(*edits)).button(key="open_gut").disabled


def test_lists_stay_sealed_until_the_picture_is_there() -> None:
    edits = sealed(places=False)
    assert "once enough customers are scored" in gut.waiting(room_after(*edits))
    assert opened(stored(*edits)).button(key="open_gut").disabled


def test_with_three_lists_and_a_picture_they_may_be_opened() -> None:
    assert gut.waiting(room_after(*sealed())) == ""


def test_the_title_follows_the_lists() -> None:
    assert gut.title(room_after()) == "0 of 0 gut-feeling lists sealed"
    assert gut.title(room_after(*sealed(), OpenGutLists())) == "1 of your 2 favourites is key"
