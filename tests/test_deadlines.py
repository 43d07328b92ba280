"""Plans on one line of time."""

from datetime import date, timedelta

import pandas as pd

from kam.charts.deadlines import deadlines
from kam.charts.theme import FILL
from kam.model import Class
from tests.sheets import inside, tips, word, words

TODAY = date(2026, 11, 22)


def plans(*rows: tuple[str, Class, date]) -> pd.DataFrame:
    found = [(n, n, k.value, day, day < TODAY) for n, k, day in rows]
    return pd.DataFrame(found, columns=["customer", "name", "klass", "deadline", "overdue"])


TWO = plans(
    ("Alder", Class.STRATEGIC, date(2027, 6, 30)), ("Birch", Class.LOW_PRIORITY, date(2026, 9, 30))
)


def test_an_overdue_plan_stands_left_of_today_and_is_counted_in_words() -> None:
    picture = deadlines(TWO, today=TODAY)
    late = next(d for d in picture.datasets["dots"] if d["tip"].startswith("Birch"))
    assert late["x"] < word(picture, "today")["x"]
    assert word(picture, "1 overdue")


def test_nothing_overdue_says_nothing_of_it() -> None:
    picture = deadlines(plans(("A", Class.STRATEGIC, date(2027, 1, 1))), today=TODAY)
    assert not any("overdue" in text for text in words(picture))


def test_lanes_have_the_colours_of_their_class() -> None:
    fills = {
        d["tip"].split(",")[0]: d["fill"] for d in deadlines(TWO, today=TODAY).datasets["dots"]
    }
    assert fills == {"Alder": FILL[Class.STRATEGIC], "Birch": FILL[Class.LOW_PRIORITY]}


def test_plans_of_one_day_stand_on_each_other() -> None:
    same = plans(*[(f"C{i}", Class.STRATEGIC, date(2027, 6, 30)) for i in range(3)])
    dots = deadlines(same, today=TODAY).datasets["dots"]
    assert len({dot["y"] for dot in dots}) == 3
    assert len({dot["x"] for dot in dots}) == 1


def test_a_crowd_on_one_day_becomes_a_number_that_lists_its_names() -> None:
    crowd = plans(*[(f"C{i}", Class.LOW_PRIORITY, date(2027, 6, 30)) for i in range(300)])
    picture = deadlines(crowd, today=TODAY)
    assert "300" in words(picture)
    assert len(picture.datasets["dots"]) == 1
    assert "C0" in tips(picture)[0]


def test_a_deadline_far_away_stays_on_the_sheet() -> None:
    far = plans(("A", Class.STRATEGIC, TODAY + timedelta(days=20_000)))
    picture = deadlines(far, today=TODAY)
    assert all(0 <= dot["x"] <= 1_180 for dot in picture.datasets["dots"])
    assert inside(picture)


def test_without_plans_it_says_so() -> None:
    assert words(deadlines(plans(), today=TODAY)) == ["No plan has a deadline yet."]
