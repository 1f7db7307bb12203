"""What moved on a paper since somebody decided it: the papers on the table against those that she saw."""

import polars as pl

from onenumber.model.sheet import Sheet
from onenumber.review.papers.decision import is_far

Value = int | float | str | None

DIFFERENCE = "difference"
"""The code that says that the letter stands for another option now."""
FIGURES = ("net_cost", "extra_cost", "own_worth")
UNITS = ("lost_units", "late_units")
"""What an option is held by where its net cost is not known."""
AT_RISK = "money_at_risk"
GAP = "gap"


def moved(*, shown: Sheet, now: Sheet, paper: str, option: str) -> tuple[str, ...]:
    """Codes of what the papers on the table say otherwise than those that were decided on; empty if nothing does.

    ``difference`` if the option means something else now; otherwise each figure (money at risk, and of the option
    taken net cost, extra cost and own worth; lost and late units where the net cost is not known) that differs by more
    than 10 % of what was shown, and in money by more than 0.1 % of what was at risk. A no has no option: only what is
    at risk can move.
    """
    before, after = (_figures(sheet, paper, option) for sheet in (shown, now))
    if before.get(DIFFERENCE) != after.get(DIFFERENCE):
        return (DIFFERENCE,)
    at_risk = before.get(AT_RISK)
    return tuple(
        name
        for name, was in before.items()
        if name != DIFFERENCE and _is_far(after[name], was=was, at_risk=0 if name in UNITS else at_risk)
    )


def _is_far(now: Value, *, was: Value, at_risk: Value) -> bool:
    """Whether a figure moved; one that was not known and now is did, and the other way round."""
    if was is None or now is None:
        return was is not now
    return is_far(round(float(now)), was=round(float(was)), at_risk=None if at_risk is None else round(float(at_risk)))


def moved_line(*, shown: Sheet, now: Sheet, account: str, place: str) -> tuple[str, ...]:
    """``gap`` if a budget line that was accepted on one Review lands elsewhere on another; empty if it does not.

    It does where the gap of a fiscal year that is out of tolerance differs by more than 10 % from what was shown, and
    where the year was not out of tolerance then.
    """
    before, after = (_outside(sheet, account, place) for sheet in (shown, now))
    far = any(year not in before or is_far(gap, was=before[year]) for year, gap in after.items())
    return (GAP,) if far else ()


def _outside(review: Sheet, account: str, place: str) -> dict[int, int]:
    mine = (pl.col("account") == account) & (pl.col("place") == place) & (pl.col("status") == "outside")
    return dict(review.table("landing").filter(mine).select("fiscal_year", "gap").iter_rows())


def _figures(sheet: Sheet, paper: str, option: str) -> dict[str, Value]:
    mine = pl.col("paper") == paper
    found = sheet.table("papers").filter(mine).select(AT_RISK)
    taken = (
        sheet.table("options")
        .filter(mine & (pl.col("option") == option))
        .with_columns(pl.when(pl.col("net_cost").is_null()).then(pl.col(name)).alias(name) for name in UNITS)
    )
    rows = [*found.iter_rows(named=True), *taken.select(*FIGURES, *UNITS, DIFFERENCE).iter_rows(named=True)]
    return {name: value for row in rows for name, value in row.items()}
