"""Your own answers: what one member says in private, one question at a time."""

from kam.ui.answers import booth, door, flow

workshop = door.opened()
seat = booth.seated(workshop)
if seat is None:
    door.choose(workshop)
else:
    flow.answer(seat)
