"""Which conflict first, whose it is, and by when: severity, owner and deadline (domain.md §8.2)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.model.period import WorkDays
from onenumber.model.validity import valid_on
from onenumber.review.detect.conflict import CONFLICTS
from onenumber.review.ground import Ground

OWNER_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "C-01": ("PM", "OP"),
        "C-03": ("SS", "OP"),
        "C-05": ("PM", "OP"),
        "C-07": ("SS", "OP"),
        "C-08": ("SS", "OP"),
        "C-11": ("OP",),
        "C-13": ("FIN", "OWN"),
        "C-27": ("SM", "SS"),
    }
)
"""Roles that answer for a conflict, in order: the first that somebody holds for its place, or for the company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRule:
    """Settings: working day of the executive meeting in the cycle's month, and days of the working week."""

    meeting_working_day: int = 17
    workdays: str = "12345"


def rank(found: pl.DataFrame, ground: Ground, *, rule: RankRule | None = None) -> pl.DataFrame:
    """Conflicts with severity, owner and deadline, most severe common cause first.

    ``severity = (money at risk + penalty) x (1 + urgency)`` in minor units, at probability 1; ``urgency = clamp(1 -
    days to the last responsible moment / days of the horizon, 0, 1)``; null where no money is known. The last
    responsible moment is the first day of trouble less the longest lead time of what is concerned; the deadline is
    that, but never before the executive meeting of this cycle, which is the next chance to decide.
    """
    rule = rule or RankRule()
    timed = _timed(found, ground, rule)
    money = pl.col("money_at_risk") + pl.col("penalty")
    ranked = timed.with_columns((money * (1 + pl.col("_urgency"))).alias("severity"))
    ranked = ranked.join(_owners(ranked, ground), on="conflict", how="left", maintain_order="left")
    group = pl.col("severity").max().over("cause")
    order = [group, pl.col("cause"), pl.col("severity"), pl.col("conflict")]
    ranked = ranked.sort(order, descending=[True, False, True, False], nulls_last=True)
    return ranked.select(CONFLICTS.names()).cast(CONFLICTS)


def meeting_day(ground: Ground, *, rule: RankRule) -> dt.date:
    """The day of the executive meeting: a working day of the cycle's first period."""
    return WorkDays(workdays=rule.workdays).add(ground.as_of - dt.timedelta(days=1), rule.meeting_working_day)


def _timed(found: pl.DataFrame, ground: Ground, rule: RankRule) -> pl.DataFrame:
    starts = {p.index: p.start for p in ground.periods}
    horizon = (ground.periods[-1].end - ground.as_of).days
    first = pl.col("first_period").replace_strict(starts, return_dtype=pl.Date)
    moment = first - pl.duration(days=pl.col("lead_days").fill_null(0))
    left = (pl.col("_moment") - pl.lit(ground.as_of)).dt.total_days()
    return found.with_columns(moment.alias("_moment")).with_columns(
        (1 - left / horizon).clip(0, 1).alias("_urgency"),
        pl.max_horizontal(pl.col("_moment"), pl.lit(meeting_day(ground, rule=rule))).alias("deadline"),
    )


def _owners(found: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """conflict, owner: the person of its budget line, else of the first role held where it lies."""
    roles = [(code, role, place) for code, held in OWNER_ROLES.items() for place, role in enumerate(held)]
    wanted = pl.DataFrame(roles, schema={"code": pl.String, "role": pl.String, "_place": pl.Int64}, orient="row")
    held = valid_on(ground.master("roles"), ground.as_of).select("person", "role", "scope_kind", "scope")
    answers = found.select("conflict", "code", "site", "divisions").join(wanted, on="code").join(held, on="role")
    inside = (
        (pl.col("scope") == "*")
        | (pl.col("scope_kind").eq("site") & pl.col("scope").eq(pl.col("site")).fill_null(value=False))
        | (pl.col("scope_kind").eq("division") & pl.col("scope").eq(pl.col("divisions")))
    )
    answers = answers.filter(inside).with_columns(pl.lit(1, dtype=pl.Int64).alias("_line"))
    named = pl.concat([_of_lines(found, ground), answers.select("conflict", "_line", "_place", "person")])
    first = named.sort("conflict", "_line", "_place", "person").unique("conflict", keep="first", maintain_order=True)
    return first.select("conflict", pl.col("person").alias("owner"))


def _of_lines(found: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    lines = found.filter(pl.col("code") == "C-13").select(
        "conflict", pl.col("subject").str.split(SEPARATOR).list.get(1, null_on_oob=True).alias("scope")
    )
    owners = ground.master("owners").filter(pl.col("figure") == "budget").select("scope", "person")
    zero = pl.lit(0, dtype=pl.Int64)
    return lines.join(owners, on="scope").select("conflict", zero.alias("_line"), zero.alias("_place"), "person")
