"""Columns of numbers without a field are offered to be kept; keys, codes and years are not."""

import pytest

from kam.intake.headers.matching import CUSTOMER_TARGETS, REPAIR_COLUMNS, match
from kam.intake.headers.numeric import numeric_headers
from kam.intake.tables.files import Table


def numeric(header: str, *cells: str) -> bool:
    """Whether a column is offered as a number to keep."""
    table = Table("c.csv", (header,), tuple((cell,) for cell in cells), tuple(range(len(cells))))
    return numeric_headers(table, match([header], CUSTOMER_TARGETS)) == (header,)


@pytest.mark.parametrize("header", ["Employees", "NumberEmployees", "NUMBEROFEMPLOYEES", "Stores"])
def test_measures_are_offered_to_be_kept(header: str) -> None:
    assert numeric(header, "12", "", "3", "400", "7")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Doc number", ["12", "7", "9"]),
        ("Cost centre code", ["12", "7", "9"]),
        ("Phone", ["12", "7", "9"]),
        ("Billing Zip/Postal Code", ["12", "7", "9"]),
        ("YearOpened", ["12", "7", "9"]),
        ("Opened", ["1974", "1976", "1990"]),
        ("Plant", ["00420", "7", "9"]),
        ("Material", ["IMP-1", "IMP-2", "IMP-3"]),
        ("Flag", ["0", "1", "1", "0"]),
        ("Running", ["1", "2", "3", "4"]),
        ("Mostly words", ["12", "x", "y", "z"]),
        ("Empty", ["", ""]),
        ("Annual Revenue", ["12", "7", "9"]),
        (REPAIR_COLUMNS[0], ["12", "7", "9"]),
    ],
)
def test_keys_codes_places_years_and_matched_columns_are_not_offered(
    header: str, cells: list[str]
) -> None:
    assert not numeric(header, *cells)
