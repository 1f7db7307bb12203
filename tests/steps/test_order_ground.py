"""The materials that open order lines wait for, and of how many lines each is said."""

import datetime as dt

import polars as pl

from onenumber.model.period import WorkDays
from onenumber.review.order_book import MATERIAL, RELEASED, STOCK, Ready
from onenumber.steps.see.order_ground import Asked, Book, _on_working_days, materials_asked

TODAY = dt.date(2026, 6, 4)


def day(number: int) -> dt.date:
    return dt.date(2026, 6, number)


def asked(*ready: Ready) -> list[tuple[str, int, dt.date, bool]]:
    lines = {(f"S{number}", 1): one for number, one in enumerate(ready)}
    book = Book(lines=pl.DataFrame(), ready=lines, bought=pl.DataFrame(), as_of=None, counted=TODAY)
    found: tuple[Asked, ...] = materials_asked(book, {})
    return [(one.item, one.lines, one.first, one.ordered) for one in found]


def test_what_leaves_after_its_day_leaves_on_a_working_day() -> None:
    lines = pl.DataFrame({"order": ["late", "kept", "there"], "line": [1] * 3, "due": [day(5), day(7), day(5)]})
    sunday = {("late", 1): Ready(day=day(7), by=RELEASED), ("kept", 1): Ready(day=day(7), by=RELEASED),
              ("there", 1): Ready(day=day(7), by=STOCK)}  # fmt: skip
    found = _on_working_days(sunday, lines, WorkDays(workdays="12345", closed=frozenset({day(8)})))
    assert [found[order, 1].day for order in ("late", "kept", "there")] == [day(9), day(7), day(7)]


def test_a_line_whose_materials_are_all_there_waits_for_none() -> None:
    assert asked(Ready(day=day(7), by=MATERIAL), Ready(day=day(9), by=RELEASED)) == []


def test_of_a_material_that_is_on_its_way_every_line_that_waits_counts() -> None:
    waits = [Ready(day=day(number), by=MATERIAL, waits_for="M") for number in (20, 12)]
    assert asked(*waits) == [("M", 2, day(12), True)]


def test_of_a_material_that_is_to_be_ordered_only_the_lines_count_for_which_it_is() -> None:
    ordered = Ready(day=day(12), by=MATERIAL, waits_for="M")
    missing = Ready(day=day(30), by=MATERIAL, waits_for="M", unordered=("M",))
    assert asked(ordered, missing) == [("M", 1, day(30), False)]
