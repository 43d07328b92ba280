"""Everything that can go wrong in words fit to show to a workshop member.

    KeyroomError
    ├── Refused            an edit that the workshop does not allow
    │   └── Stale          somebody changed the same thing first
    ├── Unreadable         a file that cannot be taken in as it is
    └── StoreError         the workshops cannot be opened, or a change not be saved
        └── StoreInUse     another program has the file open

A message says what could not be done, what was found, and what to do next. The domain raises;
the page frame shows. Unexpected errors are not caught: the person sees a short id, the log has
the rest.
"""

from typing import Literal

# What a sentence asks a person to say, so that each door can show where to say it.
Asks = Literal[
    "", "header", "encoding", "sheet", "delimiter", "decimal_mark", "date_order", "one_currency"
]


class KeyroomError(Exception):
    """Base of all errors whose message may be shown unchanged.

    Attributes:
        asks: what is to be said for the same thing to be possible; "" where nothing would help.
    """

    def __init__(self, message: str = "", *, asks: Asks = "") -> None:
        super().__init__(message)
        self.asks = asks


class Refused(KeyroomError):
    """An edit that the workshop does not allow; nothing was changed."""


class Stale(Refused):
    """An edit made against an older revision of a thing that has changed since.

    Attributes:
        theirs: what stands there now, in words.
        ours: what the refused edit wanted, in words.
    """

    def __init__(self, message: str, *, theirs: str = "", ours: str = "") -> None:
        super().__init__(message)
        self.theirs = theirs
        self.ours = ours


class Unreadable(KeyroomError):
    """A file that cannot be taken in as it is; nothing was stored."""


class StoreError(KeyroomError):
    """The workshops cannot be opened, or a change could not be saved."""


class StoreInUse(StoreError):
    """Another program has the workshop file open."""
