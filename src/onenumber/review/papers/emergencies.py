"""From named emergencies to papers: more of an item inside its fence, or what was released and no more."""

from collections.abc import Sequence

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.money import to_minor
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.compare import sides
from onenumber.review.papers.paper import Option, Paper
from onenumber.review.rank import RankRule, meeting_day
from onenumber.review.scene import Scene
from onenumber.supply.differences import DoNothing, FirmMove

CODE = "C-04"
"""What lies in the frozen zone (domain.md §8.1)."""


def emergencies(moves: Sequence[FirmMove], *, plan: Sheet, ground: Ground) -> tuple[Paper, ...]:
    """A paper for each emergency that was named: option A takes it, B leaves the firm period as it was released.

    Money at risk is that of the sales which the plan leaves short in that period for want of the item: of the item
    itself, or with its cell as the cause, and of what is asked beyond the plan; None where none of it has a price. It
    is decided by the executive meeting; without a decision nothing moves.
    """
    scene = Scene(plan, ground, None, pl.DataFrame())
    return tuple(_paper(move, scene, ground) for move in moves)


def _paper(move: FirmMove, scene: Scene, ground: Ground) -> Paper:
    short, beyond = scene.short, [move.stream] if move.stream else []
    cell = f"{move.item}{SEPARATOR}{move.site}"
    wanting = (pl.col("item") == move.item) | (pl.col("cause_at") == cell)
    rows = short.filter((pl.col("period") == move.period) & wanting)
    return Paper(
        paper=f"{ground.frame.calendar[ground.cycle].label}-emergency-{move.item}@{move.site}", conflict="", code=CODE,
        question="emergency", subject=cell, first_period=move.period, last_period=move.period,
        divisions=_divisions(move.item, rows, ground),
        money_at_risk=_at_risk(rows, _beyond(move, scene)), penalty=int(rows["penalty"].fill_null(0).sum()),
        deadline=meeting_day(ground, rule=RankRule()), default="B",
        options=(Option(option="A", difference=move), Option(option="B", difference=DoNothing())),
        streams=tuple(sorted({*rows["stream"].to_list(), *beyond})),
    )  # fmt: skip


def _beyond(move: FirmMove, scene: Scene) -> list[int | None]:
    """What is asked beyond the plan is worth, in minor units; None without a price."""
    demand = scene.plan.cube("demand")
    if not move.stream:
        return []
    row = demand.axis.rows([move.stream])
    worth = to_minor(scene.worth[row, move.period - demand.first] * move.quantity, decimals=scene.ground.decimals)
    return [int(worth.minor[0]) if worth.known[0] else None]


def _at_risk(rows: pl.DataFrame, beyond: Sequence[int | None]) -> int | None:
    every = [*rows["at_risk"].to_list(), *beyond]
    known = [one for one in every if one is not None]
    return sum(known) if known or not every else None


def _divisions(item: str, rows: pl.DataFrame, ground: Ground) -> tuple[str, ...]:
    """Whose sales are short of it; where nobody's are, the division of the item."""
    if len(rows):
        return tuple(rows["division"].unique().sort().to_list())
    families = ground.company["items"].filter(pl.col("item") == item).select("family")
    held = families.join(ground.company["families"], on="family", how="inner")["division"]
    return tuple(held.drop_nulls().unique().sort().to_list())


def displaced(sheet: Sheet, *, paper: str, option: str, stream: str, decimals: int) -> bool:
    """Whether an option makes any customer wait, or loses her, but who asks for the emergency herself."""
    customers = sheet.table("customers").filter((pl.col("paper") == paper) & (pl.col("option") == option))
    _, waits = sides(customers, least=10**decimals)
    return any(not stream.endswith(f"{SEPARATOR}{customer}") for customer in waits["customer"].to_list())
