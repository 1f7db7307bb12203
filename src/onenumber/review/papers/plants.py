"""From what plants cannot make to papers: the plan is made with it, with it and a way out, or stands as it is."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.money import to_minor
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet
from onenumber.model.validity import valid_on
from onenumber.review.ground import Ground
from onenumber.review.papers.candidates import MOST_WAYS, beside, overtime_of, sources_of
from onenumber.review.papers.paper import Option, Paper
from onenumber.review.rank import RankRule, meeting_day
from onenumber.review.scene import Scene
from onenumber.supply.differences import Difference, DoNothing, PlantLimit, Single, Together

CODE = "C-03"
"""What is missing of an item (domain.md §8.1)."""
QUESTION = "plant_cannot_make"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What hangs on an item: the streams and divisions that need it, and what one unit is worth in plan currency.

    ``worth`` is None where nothing that needs it has a price, or nobody asks for anything that does.
    """

    streams: tuple[str, ...]
    divisions: tuple[str, ...]
    worth: float | None

    def of(self, quantity: float, *, decimals: int) -> int | None:
        """What so many units are worth in minor units; None where no price is known.

        Example:
            >>> Stake(streams=(), divisions=(), worth=2.5).of(10.0, decimals=2)
            2500
        """
        if self.worth is None:
            return None
        return int(to_minor(np.array([quantity * self.worth]), decimals=decimals).minor[0])


def paper_of(limit: PlantLimit, *, calendar: Calendar, cycle: int) -> str:
    """The key of the paper about what a plant cannot make."""
    return f"{calendar[cycle].label}-plant-{limit.item}@{limit.site}-{calendar[limit.period].label}"


def plant_papers(
    limits: Sequence[PlantLimit], *, plan: Sheet, ground: Ground, in_force: Sequence[Difference] = ()
) -> tuple[Paper, ...]:
    """A paper for each item and month that a plant cannot make as the plan asks.

    Option A makes the plan with what the plant can; the next ones do so with one way out each (a second source of the
    item, overtime that needs a decision on its lines); the last leaves the plan as it is, and that is the default: what
    one person says enters the plan of everybody only if it is decided. Money at risk is what the missing units are
    worth where nothing else is done: see :func:`stake_of`.
    """
    scene = Scene(plan, ground, None, pl.DataFrame()) if limits else None
    return tuple(_paper(one, scene, in_force) for one in limits if scene is not None)


def _paper(limit: PlantLimit, scene: Scene, in_force: Sequence[Difference]) -> Paper:
    ground, short = scene.ground, missing(limit, scene.plan)
    stake, ways = stake_of(limit.item, scene), list(beside(in_force, _ways(limit, ground)))[:MOST_WAYS]
    real: list[Difference] = [limit, *(Together(parts=(limit, way)) for way in ways), DoNothing()]
    options = tuple(
        Option(option=letter, difference=difference)
        for letter, difference in zip(string.ascii_uppercase, real, strict=False)
    )
    return Paper(
        paper=paper_of(limit, calendar=ground.frame.calendar, cycle=ground.cycle),
        conflict="", code=CODE, question=QUESTION,
        subject=f"{limit.item}{SEPARATOR}{limit.site}", first_period=limit.period, last_period=limit.period,
        divisions=stake.divisions, money_at_risk=stake.of(short, decimals=ground.decimals), penalty=0,
        deadline=meeting_day(ground, rule=RankRule()), default=options[-1].option, options=options,
        streams=stake.streams,
    )  # fmt: skip


def _ways(limit: PlantLimit, ground: Ground) -> Iterator[Single]:
    """Ways to have more of the item without its plant making more of it in that month."""
    yield from sources_of((pl.col("item") == limit.item) & (pl.col("site") == limit.site), ground)
    span = range(ground.cycle + 1, min(limit.period + 2, ground.horizon.stop))
    rates = valid_on(ground.master("rates"), ground.as_of)
    made = rates.filter((pl.col("item") == limit.item) & (pl.col("site") == limit.site))
    for resource in made["resource"].unique().sort().to_list() if span else ():
        yield from overtime_of(resource, span, ground)


def missing(limit: PlantLimit, plan: Sheet) -> float:
    """How many units more the plan asks of the plant than it can make."""
    made = plan.cube("production")
    names, at = made.axis.attributes, limit.period - made.first
    rows = np.flatnonzero((names["item"] == limit.item) & (names["site"] == limit.site))
    asks = float(made.values[rows, at].sum()) if 0 <= at < made.periods else 0.0
    return max(asks - limit.quantity, 0.0)


def stake_of(item: str, scene: Scene) -> Stake:
    """What hangs on an item: who needs it, itself or in what it is built into, and what one unit of it is worth.

    The worth is a mean over what is asked for in the plan's months: of a part that goes into several products, per unit
    of the part.
    """
    demand, held = scene.plan.cube("demand"), scene.components
    needs = held.filter(pl.col("needs") == item)
    per = dict(needs.select("item", "per_unit").iter_rows())
    items = demand.axis.labels("item")
    rows = np.flatnonzero(np.isin(items, list(per)) & (demand.values.sum(axis=1) > 0))
    units = np.array([per[str(one)] for one in items[rows]])
    worth, asked = scene.worth[rows], demand.values[rows]
    known = np.isfinite(worth) & (asked > 0)
    used = float((asked * units[:, None])[known].sum())
    value = float((np.where(known, worth, 0.0) * asked).sum())
    return Stake(
        streams=tuple(sorted(demand.axis.keys[rows].tolist())),
        divisions=tuple(sorted(set(demand.axis.labels("division")[rows].tolist()) - {""})),
        worth=value / used if used > 0 else None,
    )
