"""One line of the list of workshops."""

from kam.edits import ArchiveWorkshop, PutCustomer, StartWorkshop
from kam.history import read
from kam.store.listing import Listed, listed
from tests.workshops import customer, entries


def test_a_line_tells_what_the_start_page_shows() -> None:
    log = entries(
        StartWorkshop(name="Spring", company="Acme", example=True),
        PutCustomer(customer=customer("ash")),
        PutCustomer(customer=customer("bay")),
        ArchiveWorkshop(),
    )
    assert listed(read("w", log)) == Listed(
        id="w",
        name="Spring",
        company="Acme",
        example=True,
        archived=True,
        revision=4,
        changed=log[-1].when,
        customers=2,
    )
