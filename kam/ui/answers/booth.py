"""Who answers in this tab, about which customers, and what is not sent yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kam.edits import Edit
from kam.method.ballots import Asked, askable, latest_round
from kam.method.groups import joined
from kam.model import Member, Workshop
from kam.ui import inputs, state
from kam.ui.inputs import Field

PRIVATE = (
    "Nobody sees your answer alone: answers are shown without names, once three people have given "
    "theirs."
)
ALL = "answer:"  # everything that a tab remembers of answers begins so
ON_SCREEN = 20  # rows of a long question at a time: two columns of ten fill 1280x720
MOST_PARTS = 10  # of a long list that can be chosen side by side; more are a list to choose from


@dataclass(frozen=True)
class Booth:
    """One member before the screen.

    Attributes:
        workshop: as it is stored; of what members said, only this member's may be drawn.
        round: of the weights, from 1.
    """

    workshop: Workshop
    member: Member
    round: int

    @cached_property
    def customers(self) -> dict[str, str]:
        """Names of the customers that the team judges, by id, in alphabetical order.

        Not in the order of the result, which would tell what others voted.
        """
        whole = joined(self.workshop)
        listed = set(whole.long_list.customers if whole.long_list else whole.customers)
        names = {key: one.name for key, one in whole.customers.items() if key in listed}
        return dict(sorted(names.items(), key=lambda item: item[1].casefold()))

    @cached_property
    def asked(self) -> Asked:
        """Who is asked for weights, and of which criteria."""
        return Asked(self.member.id, self.round, askable(self.workshop))


@dataclass(frozen=True)
class Question:
    """One question of the page.

    Attributes:
        key: unique among the questions of a member.
        name: what it is called where answers are listed.
        title: the question itself.
        ask: draws it.
        edit: what sending it changes; `None` where there is nothing to store.
        open: what is still missing, as a sentence; empty when it can be sent.
        answered: the store holds an answer.
        final: once sent it cannot be changed.
        may_wait: it can be skipped and answered later.
        said: who will see the answer.
    """

    key: str
    name: str
    title: str
    ask: Callable[[Booth], None]
    edit: Callable[[Booth], Edit | None]
    open: Callable[[Booth], str] = lambda _booth: ""
    answered: bool = False
    final: bool = False
    may_wait: bool = True
    said: str = PRIVATE


def seated(workshop: Workshop) -> Booth | None:
    """The member who answers in this tab; `None` before somebody has said who it is."""
    member = workshop.members.get(state.recall(_place(workshop, "member"), ""))
    if member is None:
        return None
    again = int(state.recall(_place(workshop, "round"), 1))
    return Booth(workshop, member, max(latest_round(workshop), again))


def sit_down(workshop: Workshop, member: str) -> None:
    """Let a member answer in this tab."""
    stand_up()
    state.remember(_place(workshop, "member"), member)


def stand_up() -> None:
    """Leave nothing behind for whoever comes next."""
    state.forget_all(ALL)


def vote_again(booth: Booth) -> None:
    """Begin the next round of weights, from one's own last answer."""
    state.remember(_place(booth.workshop, "round"), booth.round + 1)
    forget_draft(booth, "weights")


def recalled(booth: Booth, name: str, default: Any) -> Any:  # noqa: ANN401 - a tab may keep anything
    """What the tab keeps for this member under a name."""
    return state.recall(_own(booth, name), default)


def remember(booth: Booth, name: str, value: object) -> None:
    """Keep something in this tab for this member."""
    state.remember(_own(booth, name), value)


def draft(booth: Booth, question: str) -> dict[str, Any]:
    """What was entered for a question and not sent yet, by the name of the field."""
    return dict(recalled(booth, f"draft.{question}", {}))


def put(booth: Booth, question: str, entered: Mapping[str, Any]) -> None:
    """Keep what was entered for a question, beside what was entered before."""
    remember(booth, f"draft.{question}", {**draft(booth, question), **entered})


def forget_draft(booth: Booth, question: str) -> None:
    """Drop what was entered for a question: it is sent, or begun anew."""
    remember(booth, f"draft.{question}", {})


def entry(booth: Booth, question: str, name: str, value: object) -> Field:
    """A widget of a question: it shows `value` and keeps what is entered; nothing is stored."""

    def entered(new: object) -> None:
        put(booth, question, {name: new})

    return Field(booth.workshop.id, f"answer.{name}", value, entered)


def settle(booth: Booth, question: str) -> None:
    """Note that a question was answered for good, also for when the member sits down again."""
    state.remember(_settled(booth, question), value=True)


def is_settled(booth: Booth, question: str) -> bool:
    """Whether this member has answered a question for good in this tab."""
    return bool(state.recall(_settled(booth, question), default=False))


def on_screen(
    booth: Booth, question: str, items: Sequence[Any], size: int = ON_SCREEN
) -> Sequence[Any]:
    """The part of a long list that is on the screen; a control chooses which."""
    if len(items) <= size:
        return items
    starts = range(0, len(items), size)
    parts = [f"{start + 1}–{min(start + size, len(items))}" for start in starts]
    chosen = draft(booth, question).get("part", parts[0])
    field = entry(booth, question, "part", chosen if chosen in parts else parts[0])
    show = inputs.segments if len(parts) <= MOST_PARTS else inputs.choice
    show("Part of the list", parts, field, label_visibility="collapsed")
    start = size * parts.index(field.value)
    return items[start : start + size]


def _place(workshop: Workshop, name: str) -> str:
    return f"{ALL}{workshop.id}:{name}"


def _settled(booth: Booth, question: str) -> str:
    return f"settled:{booth.workshop.id}:{booth.member.id}:{question}"


def _own(booth: Booth, name: str) -> str:
    return f"{ALL}{booth.workshop.id}:{booth.member.id}:{name}"
