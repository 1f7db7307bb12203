"""Who goes short on the page of loads: whole pieces, and no emergency beside a paper that asks for the same."""

from dataclasses import replace

import pytest

from onenumber.steps.see.line_load import LoadSeen
from onenumber.steps.see.line_opened import GoesShort
from onenumber.web.line_load.words import heat, short_lines, short_of
from tests.web.company_plants import LINES, OPENED, month_of_line

SEEN = LoadSeen(of="2026-06", stage="proposed", own=True, lines=LINES)


def short(quantity: float, *, whole: bool) -> GoesShort:
    return GoesShort(
        key="H1", item="Heat exchanger (H1)", customer="Alpha", asked_in="2026-06", quantity=quantity, unit="pcs",
        comes="2026-07", whole=whole,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("quantity", "whole", "some"),
    [(0.9, True, "less than 1"), (0.9, False, "0.9"), (0.04, False, "less than 0.1"), (5.3, True, "5")],
)
def test_of_what_is_planned_whole_no_part_is_said(quantity: float, whole: bool, some: str) -> None:
    said = short_of(short(quantity, whole=whole))
    assert said == f"waits for {some} pcs of Heat exchanger (H1), asked in June 2026, until July 2026."


def test_an_emergency_asks_for_a_whole_piece_and_for_none_once_its_cause_went_up() -> None:
    opened = replace(OPENED, short=(short(0.9, whole=True),))
    (line,), _ = short_lines(opened, SEEN, whole=False)
    assert (line.asked is not None, line.missing) == (True, 1.0)
    (line,), _ = short_lines(opened, SEEN, whole=False, went_up=True)
    assert line.asked is None


def test_a_cell_reads_as_its_mark_does() -> None:
    months = tuple(replace(month_of_line("2026-06", 300.0, zone), share=share)
                   for share, zone in ((1.003, "overload"), (0.9467, "watch"), (1.0, "tight")))  # fmt: skip
    _, (row,) = heat(replace(SEEN, lines=(replace(LINES[0], months=months),)), "/load/", None)
    assert [(one.text, one.mark) for one in row.cells] == [("100.3", "▲"), ("94.7", ""), ("100", "△")]
