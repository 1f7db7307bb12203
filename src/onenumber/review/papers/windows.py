"""From a maintenance window to a paper of its own: it moves to a month that it may go to, or stays where it is."""

import datetime as dt

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.period import Period
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.paper import Option, Paper
from onenumber.review.rank import RankRule, meeting_day
from onenumber.review.scene import Scene
from onenumber.supply.differences import DoNothing, MoveWindow

CODE = "C-05"
"""Maintenance that clashes with what is to be made (domain.md §8.1)."""
QUESTION = "move_maintenance"
MARK = "-window-"


def start_in(period: Period, *, earliest: dt.date | None, latest: dt.date | None) -> dt.date | None:
    """The first day of a period on which a window may start; None where it may on none.

    Example:
        >>> may = Period(index=0, label="2026-05", start=dt.date(2026, 5, 1), end=dt.date(2026, 6, 1), fiscal_year=2026,
        ...              season=4)
        >>> str(start_in(may, earliest=dt.date(2026, 5, 4), latest=None)), start_in(may, earliest=may.end, latest=None)
        ('2026-05-04', None)
    """
    start = max(period.start, earliest or period.start)
    return start if start < period.end and start <= (latest or start) else None


def window_key(window: str, month: str, *, label: str) -> str:
    """The key of the paper that would move a window to a month, in the cycle of a label.

    Example:
        >>> window_key("W1", "2026-10", label="2026-05"), window_in("2026-05-window-W1@2026-10", label="2026-05")
        ('2026-05-window-W1@2026-10', ('W1', '2026-10'))
    """
    return f"{label}{MARK}{window}@{month}"


def window_in(key: str, *, label: str) -> tuple[str, str] | None:
    """The window and the month that a key names; None where it is that of another paper.

    Example:
        >>> window_in("2026-05-L1", label="2026-05")
    """
    head, mark, rest = key.partition(MARK)
    window, at, month = rest.rpartition("@")
    return (window, month) if head == label and mark and at else None


def window_paper(move: MoveWindow, *, key: str, plan: Sheet, ground: Ground) -> Paper:
    """The paper of a move: option A moves it, B leaves it where it is, and so it stays without a decision.

    Money at risk is that of the sales that the plan leaves short for want of its line; None where none has a price.
    """
    row = ground.master("maintenance").filter(pl.col("window") == move.window).row(0, named=True)
    short = Scene(plan, ground, None, pl.DataFrame()).short.filter(pl.col("cause_at") == row["resource"])
    known, calendar = short["at_risk"].drop_nulls(), ground.frame.calendar
    first = min(index for index in ground.horizon if calendar[index].end > min(row["start"], move.start))
    last = max(index for index in ground.horizon if calendar[index].start <= max(row["start"], move.start))
    return Paper(
        paper=key, conflict="", code=CODE, question=QUESTION, subject=f"{move.window}{SEPARATOR}{row['resource']}",
        first_period=first, last_period=last, divisions=tuple(short["division"].unique().sort().to_list()),
        money_at_risk=int(known.sum()) if len(known) or not len(short) else None,
        penalty=int(short["penalty"].fill_null(0).sum()), deadline=meeting_day(ground, rule=RankRule()), default="B",
        options=(Option(option="A", difference=move), Option(option="B", difference=DoNothing())),
        streams=tuple(short["stream"].unique().sort().to_list()),
    )  # fmt: skip
