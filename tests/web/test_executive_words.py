"""What changed since last month is said with amounts and a page behind it, and all of it adds up to the last digit."""

import datetime as dt
import html
import re
from dataclasses import replace

import pytest

from onenumber.model.finding import Finding, Place, Severity
from onenumber.review.papers.words import Change
from onenumber.steps.see.executive import ExecutiveSeen
from onenumber.steps.see.executive_moved import Changed, Moved, biggest
from onenumber.steps.see.final_plan import InFinal
from onenumber.steps.see.line_load import LineLoad, LineMonth, LoadSeen
from onenumber.steps.see.papers import OptionShown, PaperShown, Taken
from onenumber.steps.see.served import GivenUp, Served
from onenumber.steps.see.worked import Worked
from onenumber.web.executive.served import decided_lines, served_lines
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
        bridge=MOVED, owners=(), urgent=(), approved=None, served=None, given_up=None, load=None,
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


MAY_WAS = Served(shares=(("2026-03", 0.872), ("2026-04", 0.849), ("2026-05", 0.805)), late=571_203.0)

MAY_SAID = (
    "May 2026 shipped 80 % of its order lines on time in full; the months before it 87 % and 85 %; "
    "at its end 571 k EUR were late."
)
FULLEST = (
    "By the proposed plan of June 2026 the fullest line is Brazing (L22): 160 % of its hours are asked in June 2026."
)
GIVEN_UP = (
    "By the final plan of June 2026 347 k EUR of what is due is given up, neither shipped nor waited for; most in June "
    "2026: 222 k EUR."
)
DECIDED = "Eva Okafor decided A on 23 June. Nothing changes: the proposed plan stands."


def line(share: float) -> LineLoad:
    june = LineMonth(
        period="2026-06", available=834.0, planned=913.0, asked=834.0 * share, overtime=79.0, maintenance=0.0,
        share=share, why="", zone="overload",
    )  # fmt: skip
    return LineLoad(line="L22", name="Brazing", site="ODE", best=None, months=(june,))


def test_service_and_the_fullest_line_are_said_with_the_pages_behind_them() -> None:
    load = LoadSeen(of="2026-06", stage="proposed", own=True, lines=(line(1.6),))
    said = served_lines(replace(seen(), served=MAY_WAS, load=load), "hydra")
    assert [(plain(text), href) for text, href in said] == [
        (
            MAY_SAID,
            "/p/hydra/2026-06/family/?in=money",
        ),
        (
            FULLEST,
            "/p/hydra/2026-06/load/",
        ),
    ]
    assert served_lines(seen(), "hydra") == ()
    (first,) = served_lines(replace(seen(), served=Served(shares=(("2026-05", 1.0),), late=None)), "hydra")
    assert plain(first[0]) == "May 2026 shipped 100 % of its order lines on time in full."


def test_what_the_plan_gives_up_stands_between_service_and_the_fullest_line() -> None:
    lost = GivenUp(of="2026-06", stage="final", month="2026-06", most=222_100.0, whole=347_300.0)
    load = LoadSeen(of="2026-06", stage="proposed", own=True, lines=(line(1.6),))
    said = served_lines(replace(seen(), served=MAY_WAS, given_up=lost, load=load), "hydra")
    assert (plain(said[0][0]), plain(said[2][0])) == (MAY_SAID, FULLEST)
    assert plain(said[1][0]) == GIVEN_UP
    assert said[1][1] == "/p/hydra/2026-06/family/?in=money"


def option(letter: str, net: float | None) -> OptionShown:
    return OptionShown(
        option=letter, change=Change(kind="do_nothing", values={}), worth=0.0, waiting_cost=0.0, extra_cost=net,
        net_cost=net, lost_units=None, late_units=None, gains=(), waits=(),
    )  # fmt: skip


def test_what_was_decided_says_who_took_it_and_what_it_brings() -> None:
    question = Finding(code="more_hours", severity=Severity.ATTENTION, place=Place(), values={
        "subject": "Brazing (L22)", "when": "in 2026-06", "divisions": "", "customers": "", "first": "2026-06",
    })  # fmt: skip
    paper = PaperShown(
        paper="2026-06-L22", question=question, money_at_risk=None, deadline=dt.date(2026, 6, 23), level="D4",
        recommended="A", default="B", state="A by Eva", options=(option("A", -47_465.0), option("B", 0.0)),
        taken=Taken(how="decided", option="A", who="Eva Okafor", day=dt.date(2026, 6, 23)),
    )  # fmt: skip
    far = InFinal(paper="2026-06-L22", promised=47_465.0, brings=30_000.0, far=True)
    ((key, _question, said),) = decided_lines([paper], [far], "EUR")
    assert (key, plain(said)) == (
        "2026-06-L22",
        f"{DECIDED} It promised +47 465 EUR net. The final plan brings 30 k EUR.",
    )
    near = replace(far, brings=47_000.0, far=False)
    assert decided_lines([paper], [near], "EUR")[0][2].endswith("EUR net.")
    none = replace(paper, taken=Taken(how="refused", option="", who="Eva Okafor", day=dt.date(2026, 6, 23)))
    assert decided_lines([none], None, "EUR")[0][2] == "Eva Okafor said no on 23 June."
