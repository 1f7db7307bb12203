"""What changed since last month is said with amounts and a page behind it, and all of it adds up to the last digit."""

import html
import re
from dataclasses import replace

import pytest

from onenumber.review.papers.words import Change
from onenumber.steps.see.executive import ExecutiveSeen
from onenumber.steps.see.executive_moved import Changed, Moved, biggest
from onenumber.steps.see.worked import Worked
from onenumber.web.executive.words import bridge_table, changed_lines, worked_sentence
from onenumber.web.numbers import MINUS, NARROW_SPACE

GARDEN = Changed(kind="revenue", of="Garden", place="GAR", was=9_792_896.4, now=9_640_006.4)
PROCESS = Changed(kind="revenue", of="Process", place="IND", was=14_465_921.3, now=15_268_224.3)
CALM = Changed(kind="revenue", of="Controls", place="CTL", was=10_440_598.4, now=10_440_600.4)
ASKED = Changed(kind="demand", of="Garden", place="GAR", was=9_970_725.0, now=9_909_102.0)
MOVED = (Moved(kind="revenue", parts=(CALM, GARDEN, PROCESS)), Moved(kind="demand", parts=(ASKED,)))


def seen() -> ExecutiveSeen:
    return ExecutiveSeen(
        cycle="2026-06", measured="2026-05", currency="EUR", worked=(), landing=None, changed=biggest(MOVED, ()),
        bridge=MOVED, owners=(), urgent=(), approved=None,
    )  # fmt: skip


def plain(text: str) -> str:
    return html.unescape(text).replace(NARROW_SPACE, " ")


def worked(brought: float) -> Worked:
    return Worked(
        paper="2026-05-L1", option="A", change=Change(kind="overtime", values={}), decided_by="Eva", promised=100.0,
        brought=brought,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("brought", "says"),
    [
        ((95.0,), "The decision that was to bring something in May 2026 worked."),
        ((10.0,), "The decision that was to bring something in May 2026 did not work."),
        ((95.0, 10.0), "2 decisions were to bring something in May 2026: 1 worked."),
        ((10.0, 10.0), "2 decisions were to bring something in May 2026: none worked."),
    ],
)
def test_the_page_opens_on_what_last_months_decisions_brought(brought: tuple[float, ...], says: str) -> None:
    assert worked_sentence(replace(seen(), worked=tuple(map(worked, brought)))) == says


def test_what_changed_says_how_much_and_leads_to_its_page() -> None:
    assert [(plain(said), href.partition("/p/hydra/2026-06/")[2]) for said, href in changed_lines(seen(), "hydra")] == [
        ("Revenue of Process lands 802 k EUR over what was said a month ago.", "budget/"),
        ("Revenue of Garden lands 153 k EUR under what was said a month ago.", "budget/"),
        (
            "The demand of Garden for the year ahead is 61.6 k EUR under last month's.",
            "family/?place=division:GAR&in=money",
        ),
    ]


def test_every_place_stands_in_the_bridge_and_each_account_adds_up_to_the_last_digit() -> None:
    rows = bridge_table(seen()).rows
    assert [(row.name, row.whole) for row in rows] == [
        ("revenue, Controls", False), ("revenue, Garden", False), ("revenue, Process", False),
        ("revenue, in all", True), ("demand, the year ahead, Garden", False), ("demand, the year ahead, in all", True),
    ]  # fmt: skip
    figures = [[int(re.sub(rf"[{NARROW_SPACE}+]", "", cell.text).replace(MINUS, "-")) for cell in row.cells]
               for row in rows]  # fmt: skip
    assert [sum(column) for column in zip(*figures[:3], strict=True)] == figures[3]
    assert all(now - was == far for was, now, far in figures)
    was, now = (round(sum(getattr(one, name) for one in MOVED[0].parts)) for name in ("was", "now"))
    assert figures[3][:2] == [was, now]
