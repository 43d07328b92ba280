"""Edits of what members say in private; their words never tell who said what."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from kam.edits.edit import Change, held, without
from kam.errors import Refused
from kam.model import Answers, GutLists, Id, Recall, Step, Text, Tie, TrapFigures, Workshop
from kam.validated import changed

T = TypeVar("T")


class VoteScores(Change):
    """A member's steps, 1 to 5, for customers on one criterion; `None` takes a vote back."""

    kind: Literal["vote_scores"] = "vote_scores"
    member: Id
    criterion: Id
    steps: dict[Id, Step | None]

    @property
    def subject(self) -> str:
        return f"votes {self.member} {self.criterion}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.members, self.member, "member")
        held(workshop.criteria, self.criterion, "criterion")
        of = dict(workshop.votes.get(self.criterion, {}))
        for customer, step in self.steps.items():
            held(workshop.customers, customer, "customer")
            cast = without(of.get(customer, {}), self.member)
            of[customer] = cast if step is None else {**cast, self.member: step}
        kept = {customer: cast for customer, cast in of.items() if cast}
        votes = without(workshop.votes, self.criterion)
        return changed(workshop, votes={**votes, self.criterion: kept} if kept else votes)

    def words(self, before: Workshop) -> str:
        known = before.criteria.get(self.criterion)
        return f"votes on “{known.name if known else self.criterion}”"


class SealGutList(Change):
    """Keep whom a member would pick by feeling, until all lists are opened."""

    kind: Literal["seal_gut_list"] = "seal_gut_list"
    member: Id
    customers: tuple[Id, ...]

    @property
    def subject(self) -> str:
        return f"gut list {self.member}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.members, self.member, "member")
        for key in self.customers:
            held(workshop.customers, key, "customer")
        gut = workshop.answers.gut
        if gut.opened:
            raise Refused(
                "The gut-feeling lists are open, so they cannot be changed any more. What you "
                "think now belongs to the scores, or to a decision with a reason."
            )
        others = without(gut.of, self.member)
        of = {**others, self.member: self.customers} if self.customers else others
        return _answered(workshop, gut=changed(gut, of=of))

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - a list is private
        return "sealed a gut-feeling list"


class OpenGutLists(Change):
    """Open the gut-feeling lists, to compare them with the matrix."""

    kind: Literal["open_gut_lists"] = "open_gut_lists"

    @property
    def subject(self) -> str:
        return "gut lists"

    def apply(self, workshop: Workshop) -> Workshop:
        if not workshop.answers.gut.of:
            raise Refused("There is no gut-feeling list to open: nobody has sealed one.")
        return _answered(workshop, gut=GutLists(opened=True, of=workshop.answers.gut.of))

    def words(self, before: Workshop) -> str:
        return f"opened {len(before.answers.gut.of)} gut-feeling lists"


class RecallCustomers(Change):
    """Keep which customers came to a member's mind before the list was shown."""

    kind: Literal["recall_customers"] = "recall_customers"
    member: Id
    recall: Recall

    @property
    def subject(self) -> str:
        return f"recall {self.member}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.members, self.member, "member")
        for key in self.recall.customers:
            held(workshop.customers, key, "customer")
        recalled = {**workshop.answers.recalled, self.member: self.recall}
        return _answered(workshop, recalled=recalled)

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - what was recalled is private
        return "wrote down the customers that come to mind"


class AskForTies(Change):
    """Ask executives in private how close they are to customers, or stop asking and forget."""

    kind: Literal["ask_for_ties"] = "ask_for_ties"
    asked: bool

    @property
    def subject(self) -> str:
        return "ties"

    def apply(self, workshop: Workshop) -> Workshop:
        ties = workshop.answers.ties
        kept = {"answers": ties.answers, "strongest": ties.strongest} if self.asked else {}
        return _answered(workshop, ties={"asked": self.asked, **kept})

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return "ask for ties to customers" if self.asked else "forget the ties to customers"


class AnswerTies(Change):
    """One person's ties to customers; only the strongest by customer is kept, and no name."""

    kind: Literal["answer_ties"] = "answer_ties"
    ties: dict[Id, Tie]

    @property
    def subject(self) -> str:
        return "ties answered"

    def apply(self, workshop: Workshop) -> Workshop:
        known = workshop.answers.ties
        if not known.asked:
            raise Refused("Ties to customers are not asked for in this workshop.")
        strongest = dict(known.strongest)
        for key, tie in self.ties.items():
            held(workshop.customers, key, "customer")
            strongest[key] = max(tie, strongest.get(key, 0))
        ties = changed(known, answers=known.answers + 1, strongest=strongest)
        return _answered(workshop, ties=ties)

    def words(self, before: Workshop) -> str:  # noqa: ARG002 - an answer is private
        return "an answer on ties to customers"


class DeclareInterests(Change):
    """Say where a member is not impartial, and why; it replaces what was declared before."""

    kind: Literal["declare_interests"] = "declare_interests"
    member: Id
    interests: dict[Id, Text]

    @property
    def subject(self) -> str:
        return f"interests {self.member}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.members, self.member, "member")
        for key in self.interests:
            held(workshop.customers, key, "customer")
        others = without(workshop.answers.interests, self.member)
        declared = {**others, self.member: self.interests} if self.interests else others
        return _answered(workshop, interests=declared)

    def words(self, before: Workshop) -> str:
        known = before.members.get(self.member)
        count = len(self.interests)
        where = f"{count} customer{'s' * (count > 1)}" if count else "no customer"
        return f"{known.name if known else self.member} declares an interest in {where}"


class MarkBest(Change):
    """Say which customers are the best relationships we have now."""

    kind: Literal["mark_best"] = "mark_best"
    customers: tuple[Id, ...]

    @property
    def subject(self) -> str:
        return "best relationships"

    def apply(self, workshop: Workshop) -> Workshop:
        for key in self.customers:
            held(workshop.customers, key, "customer")
        return changed(workshop, best_relationships=tuple(dict.fromkeys(self.customers)))

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        count = len(set(self.customers))
        return f"{count} best relationship{'s' * (count != 1)} marked"


class ChooseTrapFigures(Change):
    """Say which figures show how well known a customer is, and how much it demands."""

    kind: Literal["choose_trap_figures"] = "choose_trap_figures"
    figures: TrapFigures

    @property
    def subject(self) -> str:
        return "trap figures"

    def apply(self, workshop: Workshop) -> Workshop:
        awareness = (self.figures.awareness,) if self.figures.awareness else ()
        for key in (*awareness, *self.figures.demands):
            held(workshop.fact_kinds, key, "figure")
        return changed(workshop, trap_figures=self.figures)

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        return "chose the figures of the trap report"


def _answered(workshop: Workshop, **answers: object) -> Workshop:
    return changed(workshop, answers=changed(workshop.answers, **answers))


def answers_without_customers(answers: Answers, gone: tuple[Id, ...]) -> Answers:
    """What members said, less all of some customers."""
    recalled = {
        member: changed(one, customers=_less(one.customers, gone))
        for member, one in answers.recalled.items()
    }
    gut = {member: _less(one, gone) for member, one in answers.gut.of.items()}
    interests = {member: without(one, *gone) for member, one in answers.interests.items()}
    return changed(
        answers,
        gut=changed(answers.gut, of=_told(gut)),
        recalled=recalled,
        ties=changed(answers.ties, strongest=without(answers.ties.strongest, *gone)),
        interests=_told(interests),
    )


def _less(customers: tuple[Id, ...], gone: tuple[Id, ...]) -> tuple[Id, ...]:
    return tuple(key for key in customers if key not in gone)


def _told(answers: Mapping[str, T]) -> dict[str, T]:
    """The answers that still say something."""
    return {member: answer for member, answer in answers.items() if answer}
