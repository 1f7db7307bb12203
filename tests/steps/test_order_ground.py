"""The materials that open order lines wait for, and of how many lines each is said."""

import datetime as dt

import polars as pl

from onenumber.review.order_book import MATERIAL, RELEASED, Ready
from onenumber.steps.see.order_ground import Asked, Book, materials_asked

TODAY = dt.date(2026, 6, 4)


def day(number: int) -> dt.date:
    return dt.date(2026, 6, number)


def asked(*ready: Ready) -> list[tuple[str, int, dt.date, bool]]:
    lines = {(f"S{number}", 1): one for number, one in enumerate(ready)}
    book = Book(lines=pl.DataFrame(), ready=lines, bought=pl.DataFrame(), as_of=None, counted=TODAY)
    found: tuple[Asked, ...] = materials_asked(book, {})
    return [(one.item, one.lines, one.first, one.ordered) for one in found]


def test_a_line_whose_materials_are_all_there_waits_for_none() -> None:
    assert asked(Ready(day=day(7), by=MATERIAL), Ready(day=day(9), by=RELEASED)) == []


def test_of_a_material_that_is_on_its_way_every_line_that_waits_counts() -> None:
    waits = [Ready(day=day(number), by=MATERIAL, waits_for="M") for number in (20, 12)]
    assert asked(*waits) == [("M", 2, day(12), True)]


def test_of_a_material_that_is_to_be_ordered_only_the_lines_count_for_which_it_is() -> None:
    ordered = Ready(day=day(12), by=MATERIAL, waits_for="M")
    missing = Ready(day=day(30), by=MATERIAL, waits_for="M", unordered=("M",))
    assert asked(ordered, missing) == [("M", 1, day(30), False)]
