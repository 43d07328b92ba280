"""Edits of what is asked before deciding, and of what was answered."""

from typing import Literal

from kam.edits.edit import Change, held, without
from kam.model import Id, Question, Text, Workshop
from kam.validated import changed


class PutQuestions(Change):
    """Add questions to ask before deciding, or replace those with the same ids."""

    kind: Literal["put_questions"] = "put_questions"
    questions: tuple[Question, ...]

    @property
    def subject(self) -> str:
        return "questions " + " ".join(sorted(question.id for question in self.questions))

    def apply(self, workshop: Workshop) -> Workshop:
        for question in self.questions:
            held(workshop.customers, question.customer, "customer")
        new = {question.id: question for question in self.questions}
        return changed(workshop, questions={**workshop.questions, **new})

    def words(self, before: Workshop) -> str:  # noqa: ARG002
        count = len(self.questions)
        return f"{count} question{'s' * (count != 1)} to ask before deciding"


class AnswerQuestion(Change):
    """Write down what a customer said; an empty answer is open again."""

    kind: Literal["answer_question"] = "answer_question"
    question: Id
    answer: Text

    @property
    def subject(self) -> str:
        return f"question {self.question}"

    def apply(self, workshop: Workshop) -> Workshop:
        asked = held(workshop.questions, self.question, "question")
        answered = changed(asked, answer=self.answer)
        return changed(workshop, questions={**workshop.questions, self.question: answered})

    def words(self, before: Workshop) -> str:
        asked = before.questions.get(self.question)
        known = before.customers.get(asked.customer) if asked else None
        return f"answer of {known.name if known else self.question}"


class RemoveQuestion(Change):
    """Take back a question."""

    kind: Literal["remove_question"] = "remove_question"
    question: Id

    @property
    def subject(self) -> str:
        return f"question {self.question}"

    def apply(self, workshop: Workshop) -> Workshop:
        held(workshop.questions, self.question, "question")
        return changed(workshop, questions=without(workshop.questions, self.question))

    def words(self, before: Workshop) -> str:
        asked = before.questions.get(self.question)
        return f"removed the question “{asked.text if asked else self.question}”"
