"""The Review sheet: what goes wrong in the plan, what it means in money, and where the year will land."""

import polars as pl

from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.actuals import sales_basis, without_sales
from onenumber.review.detect import DETECTORS
from onenumber.review.ground import Ground
from onenumber.review.money import plan_landing, plan_money
from onenumber.review.rank import RankRule, rank
from onenumber.review.scene import Scene
from onenumber.review.words import line_name

COVERED = 0.98
"""Below this share of valued cells a plan cannot be approved without a waiver."""


def make_review(
    *, plan: Sheet, ground: Ground, last_published: Sheet | None, rule: RankRule | None = None
) -> tuple[Sheet, tuple[Finding, ...]]:
    """Review of a supply plan: tables ``conflicts``, ``money`` and ``landing``, and what somebody should look at.

    ``last_published`` is the plan of record still in force, None for the first cycle. Amounts are in minor units of the
    plan currency; the notes name it and its decimals.
    """
    money = plan_money(plan, ground)
    landed = plan_landing(money, ground)
    scene = Scene(plan, ground, last_published, landed)
    found = pl.concat([detect(scene) for detect in DETECTORS.values()])
    conflicts = rank(found, ground, rule=rule)
    sheet = Sheet(
        kind=SheetKind.REVIEW,
        tables={"conflicts": conflicts, "money": money, "landing": landed},
        notes={
            "currency": ground.frame.currency,
            "currency_decimals": ground.decimals,
            "conflicts": len(conflicts),
            "money_at_risk": _at_risk(scene),
            "lines_outside": _outside(landed),
            "coverage": float(money["coverage"].min() or 0.0) if len(money) else None,  # type: ignore[arg-type]
        },
    )
    return sheet, _findings(sheet, ground)


def _at_risk(scene: Scene) -> int | None:
    """Each unit short counted once, whatever the number of conflicts it stands in; None where none has a price."""
    money = scene.short["at_risk"]
    return None if len(money) and money.null_count() == len(money) else int(money.fill_null(0).sum())


def _outside(landed: pl.DataFrame) -> int | None:
    """Lines that land outside their tolerance; None where no line has both a landing and a budget."""
    judged = landed.filter(~pl.col("status").is_in(("no_budget", "unknown")))
    return int((judged["status"] == "outside").sum()) if len(judged) else None


def _findings(sheet: Sheet, ground: Ground) -> tuple[Finding, ...]:
    conflicts, money = sheet.table("conflicts"), sheet.table("money")
    ownerless = conflicts["owner"].null_count()
    worst = money.filter(pl.col("coverage") < COVERED).group_by("account", "place").agg(pl.col("coverage").min())
    budget = ground.master("budget_lines")
    twice = budget.filter(pl.struct("account", "place", "period").is_duplicated())
    versions = twice["version"].unique().sort().to_list()
    found = [_finding("sales_not_loaded", facts=facts, months=months) for facts, months in _not_loaded(ground)]
    found += [
        _finding("not_valued", line=line_name(account, place, ground.names), covered=round(100 * coverage, 1))
        for account, place, coverage in worst.sort("account", "place").iter_rows()
    ]
    if ownerless:
        found.append(_finding("conflicts_without_owner", conflicts=ownerless))
    if len(versions) > 1:
        found.append(_finding("several_budget_versions", versions=len(versions), used=versions[-1]))
    return tuple(found)


def _not_loaded(ground: Ground) -> list[tuple[str, str]]:
    """The months of the year to date whose sales are unknown, by what was not loaded for them."""
    months = without_sales(ground, first=ground.frame.calendar.fiscal_year_of(ground.cycle).start)
    labels = ", ".join(ground.frame.calendar[k].label for k in months)
    return [(sales_basis(ground), labels)] if months else []


def _finding(code: str, **values: str | float) -> Finding:
    return Finding(code=code, severity=Severity.ATTENTION, place=Place(), values=values)
