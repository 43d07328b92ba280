"""The page of private answers without a browser, and a team that answers."""

from streamlit.testing.v1 import AppTest

from kam.edits import BringIn, CastBallot, Edit, PutCriterion, PutMember, RecallCustomers
from kam.method.ballots import Asked, askable, swing_ballot
from kam.model import Customer, Member, Profile, Recall, Workshop
from kam.ui.answers.booth import Booth
from tests.apps import ROOT, present, shown, stored
from tests.workshops import S, criterion, made

INES, BO, KIT = (Member(id=name.casefold(), name=name) for name in ("Ines", "Bo", "Kit"))
NAMES = {"ash": "Ash Works Ltd", "bay": "Bay Foods", "cob": "Cob & Sons"}
FACTS = criterion("a", name="Growth", unit="% a year", column="growth")
JUDGED = criterion("s", S, name="Trust", unit="points of trust")


def team(*more: Edit) -> tuple[Edit, ...]:
    """Three members, three customers of whom Ines looks after one, two criteria."""
    people = {key: Customer(id=key, name=name) for key, name in NAMES.items()}
    people["bay"] = Customer(id="bay", name=NAMES["bay"], profile=Profile(owner="Ines"))
    return (
        PutCriterion(criterion=FACTS),
        PutCriterion(criterion=JUDGED),
        BringIn(origin="a test", customers=people),
        *(PutMember(member=one) for one in (INES, BO, KIT)),
        *more,
    )


def recalled(member: str = "ines") -> RecallCustomers:
    """A member from whose mind nothing came, so that the other questions follow."""
    return RecallCustomers(member=member, recall=Recall())


def points(workshop: Workshop, member: str, of: dict[str, float], number: int = 1) -> CastBallot:
    """A member's ballot of a round."""
    return CastBallot(ballot=swing_ballot(Asked(member, number, askable(workshop)), of))


def seat(*more: Edit, member: Member = INES, number: int = 1) -> Booth:
    """Ines before the screen, without a store."""
    return Booth(made(*team(*more)), member, number)


def door(workshop: str) -> AppTest:
    """The page in a fresh tab."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if workshop:
        tab.query_params["w"] = workshop
    return tab.run().switch_page("pages/views/ballot.py").run()  # the address is not the file


def sat(workshop: str, member: str = "ines", question: str = "") -> AppTest:
    """The page after a member has said who it is, at a question if one is named."""
    tab = door(workshop).button(key=f"sit_{member}").click().run()
    if question:
        tab.session_state[f"tab:answer:{workshop}:{member}:opened"] = question
        tab.run()
    return tab


def at(question: str, *more: Edit) -> tuple[str, AppTest]:
    """A stored workshop, and Ines at a question of it."""
    workshop = stored(*team(recalled(), *more))
    return workshop, sat(workshop, "ines", question)


def send(tab: AppTest) -> AppTest:
    """The page after “Send and go on”."""
    return tab.button(key="send").click().run()


def title(tab: AppTest) -> str:
    """The question on the screen."""
    shown(tab)
    return str(tab.title[0].value).replace("\\", "")


__all__ = ["at", "door", "points", "present", "recalled", "sat", "seat", "send", "team", "title"]
