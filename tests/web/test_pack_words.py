"""The supply meeting's pages say which plan they are of and what they leave out, also after their meeting."""

import datetime as dt
from dataclasses import replace

import pytest

from onenumber.review.pack import CHANGED, MATERIALS, PARAMETERS, SHORT, PackPage
from onenumber.steps.see.pack import PackShown, SentPack
from onenumber.steps.see.parameters import LEADS
from onenumber.steps.see.sheets import SheetName
from onenumber.web.pack.words import blocks, lead, refs
from onenumber.web.words import sheet_words

SENT = SentPack(number=2, who="Sven Berg", at=dt.datetime(2026, 6, 11, 9, tzinfo=dt.UTC), note="")
MOVED = PackPage(
    code=CHANGED, rows=(("P1", "pcs", 90.0, 100.0, 10.0),),
    values={"site": "P1", "unit": "pcs", "before": 90.0, "now": 100.0, "difference": 10.0, "of": "2026-05"},
)  # fmt: skip
SHORTAGES = PackPage(
    code=SHORT, values={"streams": 9.0, "causes": 3.0}, rows=(("firm period", "", 6.0, "2026-06", "2026-06"),)
)
LOW = PackPage(code=MATERIALS, values={"below": 0.0, "gone": 0.0}, rows=())
UNTRUE = PackPage(code=PARAMETERS, values={LEADS: 2.0}, rows=((LEADS, "Casting", "P1", 21.0, 34.0, 6.0, "days"),))
LIVE = PackShown(
    cycle="2026-06", months=("2026-06",), pages=(MOVED, SHORTAGES, LOW, UNTRUE), plan="7", stage="proposed", sent=None,
    read=(SheetName(pk=7, kind="supply_plan", stage="proposed", sequence=25, content="ab"),), others=(), may=True,
    named={"site:P1": "Plant 1"}, meets=dt.date(2026, 6, 15), over=False,
)  # fmt: skip
NOW = "The pages as the sheets make them now."
NONE = "There is no supply plan yet, and the pages are made from it."
MET = "The meeting was on Monday 15 June"
MADE_AFTER = "These pages are of the final plan of June 2026, which was made after it."


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pages": ()}, f"{NONE} The meeting is by Monday 15 June."),
        ({}, f"{NOW} Sending keeps them as they are for Monday 15 June."),
        ({"may": False}, f"{NOW} Who sends them keeps them as they are for Monday 15 June."),
        ({"others": (SENT,)}, f"{NOW} Pack 2 was sent on 11 June 09:00."),
        (
            {"over": True},
            f"{MET}; no pack was sent for it. These pages are of the proposed plan of June 2026.",
        ),
        (
            {"over": True, "others": (SENT,), "stage": "final"},
            f"{MET}; pack 2 was sent for it on 11 June 09:00. {MADE_AFTER}",
        ),
    ],
)
def test_the_lead_says_for_which_meeting_the_pages_are_and_of_which_plan(changes: dict[str, object], says: str) -> None:
    assert lead(replace(LIVE, **changes)) == says


def test_each_page_names_the_plan_beside_it_its_units_and_what_it_leaves_out() -> None:
    moved, short, low, untrue = blocks(LIVE, "hydra")
    assert moved.sentence == "Plant 1 makes 100 pcs in the next six months where the plan of May 2026 has 90: +10."
    assert moved.table.heads[2] == "The plan of May 2026"
    assert (short.table.rows[0].name, short.more) == (
        "only an earlier start could have prevented it (the firm period)", "2 more",
    )  # fmt: skip
    assert (low.more, untrue.more, moved.more) == ("", "1 more", "")
    assert [cell.text for cell in untrue.table.rows[0].cells][2:] == ["21 days", "34 days", "6"]


def test_a_pack_of_before_units_and_months_were_kept_is_still_read() -> None:
    old = replace(
        LIVE, sent=SENT,
        pages=(
            replace(MOVED, values={key: one for key, one in MOVED.values.items() if key != "of"}),
            replace(UNTRUE, rows=(UNTRUE.rows[0][:-1],)),
        ),
    )  # fmt: skip
    moved, untrue = blocks(old, "hydra")
    assert "where the plan in force has 90" in moved.sentence
    assert [cell.text for cell in untrue.table.rows[0].cells][2:4] == ["21", "34"]


def test_what_the_pages_are_read_from_is_called_by_its_name() -> None:
    assert [sheet_words(one) for one in refs(LIVE)] == ["Supply plan, proposed 25"]
