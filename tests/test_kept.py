"""Of `kam.ui.kept`: a finding is computed once for a result, and anew for the next."""

from kam.edits import SetPoints
from kam.history import History
from kam.method.assessment import Assessment, assess
from kam.ui.frame import Room
from kam.ui.kept import MOST_KEPT, Kept
from tests.apps import room
from tests.workshops import TODAY, after, by_hand


class Count:
    """A finding that counts how often it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, result: Assessment) -> int:
        self.asked.append(result.workshop.id)
        return result.key_count


def test_the_same_result_is_asked_once() -> None:
    count = Count()
    kept, here = Kept(count), room(by_hand())
    assert [kept(here), kept(here)] == [1, 1]
    assert len(count.asked) == 1


def test_another_result_of_the_same_workshop_is_asked_anew() -> None:
    count = Count()
    kept = Kept(count)
    before = room(by_hand())
    now = room(after(by_hand(), SetPoints(points={"a": 0, "b": 10})))
    assert [kept(before), kept(now), kept(before)] == [1, 0, 1]
    assert len(count.asked) == 3


def test_only_the_latest_workshops_stay_in_memory() -> None:
    count = Count()
    kept = Kept(count)
    rooms = []
    for number in range(MOST_KEPT + 1):
        workshop = by_hand().model_copy(update={"id": f"w{number}"})
        rooms.append(Room(History(workshop), assess(workshop), TODAY))
        kept(rooms[-1])
    kept(rooms[-1])
    assert len(count.asked) == MOST_KEPT + 1
    kept(rooms[0])
    assert count.asked[-1] == "w0"
