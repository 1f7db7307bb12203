"""From named emergencies to papers: more of an item inside its fence, or what was released and no more."""

from collections.abc import Sequence

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.paper import Option, Paper
from onenumber.review.rank import RankRule, meeting_day
from onenumber.review.scene import Scene
from onenumber.supply.differences import DoNothing, FirmMove

CODE = "C-04"
"""What lies in the frozen zone (domain.md §8.1)."""


def emergencies(moves: Sequence[FirmMove], *, plan: Sheet, ground: Ground) -> tuple[Paper, ...]:
    """A paper for each emergency that was named: option A takes it, B leaves the firm period as it was released.

    Money at risk is that of the sales which the plan leaves short in that period for want of the item: of the item
    itself, or with its cell as the cause; None where none of it has a price. It is decided by the executive meeting;
    without a decision nothing moves.
    """
    short = Scene(plan, ground, None, pl.DataFrame()).short if moves else pl.DataFrame()
    return tuple(_paper(move, short, ground) for move in moves)


def _paper(move: FirmMove, short: pl.DataFrame, ground: Ground) -> Paper:
    cell = f"{move.item}{SEPARATOR}{move.site}"
    wanting = (pl.col("item") == move.item) | (pl.col("cause_at") == cell)
    rows = short.filter((pl.col("period") == move.period) & wanting)
    return Paper(
        paper=f"{ground.frame.calendar[ground.cycle].label}-emergency-{move.item}@{move.site}", conflict="", code=CODE,
        question="emergency", subject=cell, first_period=move.period, last_period=move.period,
        divisions=_divisions(move.item, rows, ground),
        money_at_risk=_at_risk(rows), penalty=int(rows["penalty"].fill_null(0).sum()),
        deadline=meeting_day(ground, rule=RankRule()), default="B",
        options=(Option(option="A", difference=move), Option(option="B", difference=DoNothing())),
        streams=tuple(rows["stream"].unique().sort().to_list()),
    )  # fmt: skip


def _at_risk(rows: pl.DataFrame) -> int | None:
    known = rows["at_risk"].drop_nulls()
    return int(known.sum()) if len(known) or not len(rows) else None


def _divisions(item: str, rows: pl.DataFrame, ground: Ground) -> tuple[str, ...]:
    """Whose sales are short of it; where nobody's are, the division of the item."""
    if len(rows):
        return tuple(rows["division"].unique().sort().to_list())
    families = ground.company["items"].filter(pl.col("item") == item).select("family")
    held = families.join(ground.company["families"], on="family", how="inner")["division"]
    return tuple(held.drop_nulls().unique().sort().to_list())
