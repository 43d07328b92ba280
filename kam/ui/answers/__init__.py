"""One member's private answers: one question at a time, in a tab that shows nobody else's.

The parts: `booth` is who answers and what is not sent yet; `door` chooses who; `flow` asks one
question after the other; the questions are `recall`, `gut`, `weighing` (with `rows`, `pairs` and
`first_last`), `steps`, `interests` and `ties`. Nothing here reads a result, so nothing on the
screen can follow from what others said.
"""
