"""`kam.ui.split_questions`: the list of what to ask, its answers, and the way to take it along."""

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from kam.edits import (
    ChangeProfile,
    ConfirmClass,
    PutCriterion,
    PutQuestions,
    RemoveCustomers,
    ScoreCustomer,
)
from kam.method.questions import FAVOUR, NEEDS
from kam.model import Class, Favours, Profile, Question
from kam.ui import rooms, split, split_questions
from tests.apps import example, go, labels, page, present, room, scored, shown, stored
from tests.workshops import S, criterion, made

ROWS = [("Ash", (9.0, 9.0)), ("Bay", (2.0, 2.0))]  # only of Ash something is asked


def view(workshop: str) -> AppTest:
    """The split page with what to ask before deciding."""
    tab = page("split", workshop)
    return tab.segmented_control(key=split.VIEW).set_value(split.QUESTIONS).run()


def listed(*questions: Question) -> str:
    return stored(*scored(ROWS), PutQuestions(questions=questions))


def one(key: str = "Q-1", **more: object) -> Question:
    return Question.model_validate({"id": key, "customer": "c0", "text": FAVOUR, **more})


def present_one(workshop: str, key: str = "Q-1") -> Question:
    return present(workshop).questions[key]


# --- making the list ------------------------------------------------------------------------------


def test_the_list_is_made_by_one_tap_and_one_undo_takes_it_back() -> None:
    workshop = stored(*scored(ROWS))
    tab = view(workshop)
    assert "3 questions could settle 1 borderline case. Nobody is asked yet." in shown(tab)
    assert tab.button(key="add_questions").proto.type == "primary"
    tab.button(key="add_questions").click().run()
    assert "0 of 3 questions answered" in shown(tab)
    assert {q.owner for q in present(workshop).questions.values()} == {"Ines"}
    tab.button(key="undo").click().run()
    assert present(workshop).questions == {}


def test_what_would_be_added_is_shown_before_it_is() -> None:
    workshop = stored(*scored(ROWS))
    tab = view(workshop)
    for told in ("This would be added", f"Ash · {FAVOUR}", f"Ash · {NEEDS}"):
        assert told in shown(tab)
    assert present(workshop).questions == {}
    assert not [box for box in tab.text_input if str(box.key).startswith("answer_")]
    tab.button(key="add_questions").click().run()
    assert "This would be added" not in shown(tab)


def test_only_so_many_of_a_long_proposal_are_shown_and_the_rest_counted() -> None:
    rows = [(f"Customer {n}", (9.0, 9.0 - n / 100)) for n in range(12)]
    assert "and 6 more" in shown(view(stored(*scored(rows))))


def test_questions_are_due_in_thirty_days() -> None:
    workshop = stored(*scored(ROWS))
    view(workshop).button(key="add_questions").click().run()
    today = date.today()  # noqa: DTZ011 - as the page counts it
    assert {q.due for q in present(workshop).questions.values()} == {today + timedelta(days=30)}


def test_without_borderline_cases_nobody_needs_to_be_asked() -> None:
    tab = view(stored(*scored([("Bay", (2.0, 2.0))])))
    assert "Nobody needs to be asked: no case is borderline." in shown(tab)
    assert "add_questions" not in [button.key for button in tab.button]


def test_that_nobody_is_borderline_is_said_only_where_nobody_is() -> None:
    agreed = ConfirmClass(customer="c0", klass=Class.KEY_CORE, by="Ines", reason="They grow")
    text = shown(view(stored(*scored(ROWS), agreed)))
    assert "Nobody needs to be asked: every borderline case is decided." in text
    rival = PutCriterion(criterion=criterion("S03", S))
    level = ScoreCustomer(customer="c0", criterion="S03", value=5.1)
    known = Profile(needs="Stock", favours_us=Favours.YES)
    near = stored(*scored([("Ash", (5.1, 9.0))]), rival, level)
    rooms.store().write(near, ChangeProfile(customer="c0", profile=known))
    text = shown(view(near))
    assert "Nobody needs to be asked: we know what we would ask of the borderline cases." in text


def test_more_cases_than_are_asked_at_a_time_are_counted_and_the_next_offered() -> None:
    rows = [(f"Customer {n}", (9.0, 9.0 - n / 100)) for n in range(45)]
    workshop = stored(*scored(rows))
    tab = view(workshop)
    assert "120 questions could settle 40 of 45 borderline cases." in shown(tab)
    tab.button(key="add_questions").click().run()
    assert "for 5 of 45 borderline cases" in shown(tab)
    assert "Add 15 questions" in labels(tab)
    tab.button(key="add_questions").click().run()
    assert len(present(workshop).questions) == 135
    assert "add_questions" not in [button.key for button in tab.button]


def test_what_is_on_the_list_is_not_offered_again_but_the_rest_is() -> None:
    tab = view(listed(one()))
    assert "Add 2 questions" in labels(tab)
    tab.button(key="add_questions").click().run()
    assert "add_questions" not in [button.key for button in tab.button]


def test_the_progress_counts_answers_and_late_ones() -> None:
    late = date(2020, 1, 1)
    workshop = listed(one("a", answer="Yes"), one("b", due=late), one("c", due=late))
    assert "1 of 3 questions answered; 2 past their day" in shown(view(workshop))
    assert split_questions.progress(room(made()), ()).startswith("Nobody needs to be asked")


# --- answers --------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_seen_again_after_a_refresh() -> None:
    workshop = listed(one(text=NEEDS))
    view(workshop).text_input(key="answer_Q-1").set_value("Shorter delivery").run()
    assert present_one(workshop).answer == "Shorter delivery"
    assert view(workshop).text_input(key="answer_Q-1").value == "Shorter delivery"


def test_a_cleared_answer_is_open_again() -> None:
    workshop = listed(one(answer="Yes"))
    tab = view(workshop)
    tab.text_input(key="answer_Q-1").set_value("").run()
    assert "0 of 1 question answered" in shown(tab)


def test_an_answer_on_its_view_of_us_settles_the_profile_in_the_same_step() -> None:
    workshop = listed(one())
    tab = view(workshop)
    tab.button(key="yes_Q-1").click().run()
    profile = present(workshop).customers["c0"].profile
    assert (profile.favours_us, profile.favours_known_by) == (Favours.YES, "asked")
    assert present_one(workshop).answer == "Yes"
    assert "Written down: it would" in shown(tab)
    assert go(tab, "split").title[0].value == "1 key account, strategic"
    tab.button(key="undo").click().run()
    assert present(workshop).customers["c0"].profile.favours_us is Favours.UNKNOWN
    assert present_one(workshop).answer == ""


def test_words_that_were_written_first_stay_when_the_profile_is_settled() -> None:
    workshop = listed(one(answer="Only with a second plant"))
    tab = view(workshop)
    tab.button(key="no_Q-1").click().run()
    assert present_one(workshop).answer == "Only with a second plant"
    assert present(workshop).customers["c0"].profile.favours_us is Favours.NO
    assert "Written down: it would not" in shown(tab)


def test_words_alone_change_no_class() -> None:
    workshop = listed(one())
    tab = view(workshop)
    title = tab.title[0].value
    tab.text_input(key="answer_Q-1").set_value("Yes").run()
    assert tab.title[0].value == title
    assert {"It would", "It would not"} <= set(labels(tab))


def test_other_questions_offer_nothing_for_the_profile() -> None:
    assert "It would" not in labels(view(listed(one(text=NEEDS))))


# --- who, when, and taking back -------------------------------------------------------------------


def test_questions_are_grouped_by_who_asks() -> None:
    text = shown(view(listed(one("a", owner="Zoe"), one("b", owner="Ines", answer="Yes"))))
    assert "**Ines** · 0 of 1 open" in text
    assert "**Zoe** · 1 of 1 open" in text
    assert text.index("**Ines**") < text.index("**Zoe**")


def test_what_nobody_asks_stands_first_and_can_be_given_to_somebody() -> None:
    workshop = listed(one("a", owner="Ines"), one())
    tab = view(workshop)
    text = shown(tab)
    assert text.index("No owner yet") < text.index("**Ines**")
    tab.text_input(key="owner_Q-1").set_value("Zoe").run()
    assert present_one(workshop).owner == "Zoe"
    assert "No owner yet" not in shown(tab)


def test_a_long_group_counts_all_its_questions_and_not_those_on_the_page() -> None:
    many = [one(f"Q-{n}", text=f"Question {n}?", answer="Yes" * (n < 3)) for n in range(40)]
    assert "**No owner yet** · 37 of 40 open" in shown(view(listed(*many)))


def test_all_that_nobody_asks_is_given_to_one_person_by_one_box_and_one_undo() -> None:
    many = [one(f"Q-{n}", text=f"Question {n}?") for n in range(40)]
    workshop = listed(*many, one("own", text=NEEDS, owner="Ines"))
    tab = view(workshop)
    tab.text_input(key="owner_of_all").set_value(" Zoe ").run()
    owners = [question.owner for question in present(workshop).questions.values()]
    assert sorted(owners) == ["Ines", *["Zoe"] * 40]
    assert "No owner yet" not in shown(tab)
    assert "**Zoe** · 40 of 40 open" in shown(tab)
    tab.button(key="undo").click().run()
    assert present(workshop).questions["Q-0"].owner == ""
    assert present(workshop).questions["own"].owner == "Ines"


def test_an_empty_name_gives_nothing_to_anybody() -> None:
    workshop = listed(one("a"), one("b", text=NEEDS))
    view(workshop).text_input(key="owner_of_all").set_value("  ").run()
    assert {question.owner for question in present(workshop).questions.values()} == {""}


def test_one_question_or_an_owner_needs_no_box_for_all() -> None:
    tab = view(listed(one(), one("b", text=NEEDS, owner="Ines"), one("c", owner="Ines")))
    assert "owner_of_all" not in [box.key for box in tab.text_input]


def test_the_day_can_be_moved_and_taken_away() -> None:
    workshop = listed(one(due=date(2020, 1, 1)))
    tab = view(workshop)
    assert "past its day" in shown(tab)
    tab.date_input(key="due_Q-1").set_value(date(2099, 1, 1)).run()
    assert present_one(workshop).due == date(2099, 1, 1)
    assert "past its day" not in shown(tab)


def test_a_day_and_an_answer_that_two_people_give_both_stay() -> None:
    workshop = listed(one(text=NEEDS))
    tab = view(workshop)
    rooms.store().write(workshop, PutQuestions(questions=(one(text=NEEDS, due=date(2030, 1, 1)),)))
    tab.text_input(key="answer_Q-1").set_value("Stock").run()
    asked = present_one(workshop)
    assert (asked.due, asked.answer) == (date(2030, 1, 1), "Stock")


def test_a_question_can_be_taken_back() -> None:
    workshop = listed(one("a"), one("b"))
    view(workshop).button(key="remove_a").click().run()
    assert list(present(workshop).questions) == ["b"]


def test_questions_go_with_their_customer() -> None:
    workshop = listed(one())
    rooms.store().write(workshop, RemoveCustomers(customers=("c0",)))
    shown(view(workshop))
    assert present(workshop).questions == {}


# --- taking it along ------------------------------------------------------------------------------


def test_the_list_can_be_taken_along_as_a_workbook_and_as_text() -> None:
    tab = view(listed(one()))
    keys = {element.key for element in tab.get("download_button")}
    assert {"questions_xlsx", "questions_csv"} <= keys


def test_an_empty_list_offers_no_file() -> None:
    keys = {element.key for element in view(example()).get("download_button")}
    assert "questions_csv" not in keys


def test_a_long_list_is_cut_on_the_page_and_counted() -> None:
    many = [one(f"Q-{n}", text=f"Question {n}?", owner=f"P{n % 4}") for n in range(40)]
    tab = view(listed(*many))
    assert len([box for box in tab.text_input if str(box.key).startswith("answer_")]) == 30
    assert "and 10 more; the exported list has them all" in shown(tab)


def test_hostile_words_stay_text() -> None:
    workshop = listed(one("a", text="[x](javascript:1)", owner="<b>Ines</b> $x$"))
    tab = view(workshop)
    shown(tab)
    raw = "\n".join(line.value for line in tab.markdown)
    assert "](" not in raw
    assert "<b>" not in raw
    assert "$x$" not in raw
