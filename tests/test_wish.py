"""What was typed is used, or refused with the option that says it."""

import os
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from kam.errors import Refused, Unreadable
from kam.intake.lists.doubts import Doubt, Kind
from kam.intake.tables.files import Reading, Table, read_table
from kam.intake.wish import (
    Wish,
    factor_of,
    placed,
    question,
    refuse_for_ledgers,
    refuse_for_lists,
    refuse_missing,
    refuse_unknown,
    refuse_unused,
    shown,
)
from kam.model import LedgerChoices
from tests.test_sheets import TABLE, workbook
from tests.workshops import by_hand

TEXT = read_table("f.csv", b"id,name\n7,A\n")
KINDS = [kind for part in get_args(Kind) for kind in get_args(part)]
BOOK = read_table("f.xlsx", workbook(TABLE))


@pytest.mark.parametrize(
    ("table", "reading", "words"),
    [
        (TEXT, Reading(sheet="One"), r"f\.csv is a text file; --sheet"),
        (BOOK, Reading(encoding="cp1252"), r"f\.xlsx is a workbook; --encoding"),
        (BOOK, Reading(delimiter=";"), "--delimiter"),
        (Table("f.parquet", ("id",), (), ()), Reading(header=2), "is a Parquet file; --header"),
    ],
)
def test_a_way_to_read_that_has_no_use_is_refused(
    table: Table, reading: Reading, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        refuse_unused(Wish(reading=reading), table)


@pytest.mark.parametrize(
    ("table", "reading"),
    [(TEXT, Reading("utf-8", ",", None, 1)), (BOOK, Reading(sheet="One", header=4))],
)
def test_a_way_to_read_that_has_a_use_is_not(table: Table, reading: Reading) -> None:
    refuse_unused(Wish(reading=reading), table)


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ({"only": {"Status": ("Won",)}}, "--only"),
        ({"left_out": ("zero",)}, "--leave-out"),
        ({"year_first": True}, "--year-first"),
        ({"end": date(2025, 1, 1)}, "--end"),
    ],
)
def test_what_says_how_order_lines_count_is_refused_for_a_list(
    said: dict[str, Any], option: str
) -> None:
    with pytest.raises(Refused, match=f"{option} says how order lines count"):
        refuse_for_lists(Wish(choices=LedgerChoices(**said)))


def test_rates_hold_for_lists() -> None:
    refuse_for_lists(Wish(choices=LedgerChoices(rates={"USD": 2.0}, one_currency=True)))


def test_in_what_figures_are_is_refused_for_order_lines() -> None:
    refuse_for_ledgers(Wish())
    with pytest.raises(Refused, match="--figures says in what the columns of a list are"):
        refuse_for_ledgers(Wish(figures={"Revenue": "thousands"}))


@pytest.mark.parametrize(
    ("header", "how", "factor"),
    [("Revenue", "thousands", 1e3), ("Margin", "shares", 100.0), ("Revenue", "0.5", 0.5),
     ("Revenue (kUSD)", "0.5", 500.0), ("Revenue (kUSD)", "units", 1.0)],
)  # fmt: skip
def test_a_rate_comes_on_top_of_the_scale_of_the_header(
    header: str, how: str, factor: float
) -> None:
    assert factor_of(header, how) == factor


@pytest.mark.parametrize("how", ["", "dozens", "0", "-1", "nan", "inf", "1e99"])
def test_what_is_neither_a_scale_nor_a_rate_is_refused(how: str) -> None:
    with pytest.raises(Refused, match="does not say in what Revenue is"):
        factor_of("Revenue", how)


def test_every_kind_of_question_names_an_option() -> None:
    for kind in KINDS:
        asked = question(Doubt("Revenue", kind, "Is it?", "Column Revenue: is it?", "revenue"))
        assert asked["question"].startswith("Column Revenue: is it? ")
        assert "--" in asked["question"]


def test_marks_and_orders_of_dates_hold_for_lists() -> None:
    refuse_for_lists(Wish(choices=LedgerChoices(decimal_mark=",", day_first=True)))


def test_columns_and_fields_are_refused_with_those_that_are_there() -> None:
    refuse_unknown({"A": "x", "B": ""}, ["A", "B"], {"x"})
    with pytest.raises(Refused, match=r'no column "C"\. There are: A, B\.'):
        refuse_unknown({"C": "x"}, ["A", "B"], {"x"})
    with pytest.raises(Refused, match=r'no field "y"\. There are: x, z\.'):
        refuse_unknown({"A": "y"}, ["A", "B"], {"z", "x"})


def test_a_folder_and_a_name_that_is_too_long_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="is a folder"):
        refuse_missing([tmp_path])
    with pytest.raises(Unreadable, match="There is no file"):
        refuse_missing([tmp_path / "gone.csv"])
    with pytest.raises(Unreadable, match="There is no file"):
        refuse_missing([tmp_path / ("x" * 300)])


def test_a_name_that_is_no_text_is_shown_as_far_as_it_goes() -> None:
    assert shown(Path(os.fsdecode(b"a\xff.csv"))) == "a?.csv"


def test_a_customer_is_meant_by_id_or_name() -> None:
    workshop = by_hand()
    (first, *_) = workshop.customers.values()
    assert placed(workshop, {"x": first.id, "y": first.name, "z": ""}) == {
        "x": first.id,
        "y": first.id,
        "z": "",
    }
    with pytest.raises(Refused, match='No customer is called "Nobody"'):
        placed(workshop, {"x": "Nobody"})
