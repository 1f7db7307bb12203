"""What thread tests ask of the lived company: its sheets, its truth, and its open cycle played on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from onenumber.jobs.cast import Act
from onenumber.jobs.month import moment, perform
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube
from onenumber.model.period import Period
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.actors import held_on
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.demand import baseline_of, carried_patches, patches_of
from onenumber.steps.see.supply import open_shortages
from onenumber.store.models import Plan
from onenumber.store.plans import find_cycle

NOW = 48
"""Calendar index of the open cycle, June 2026."""
OPEN, LAST, DECIDED = "2026-06", "2026-05", "2026-04"
CLOSED = tuple(f"{2025 + k // 12}-{k % 12 + 1:02d}" for k in range(5, 17))
"""The twelve closed cycles, June 2025 to May 2026."""
ON_THE_LIVED_COMPANY = [
    pytest.mark.slow,
    pytest.mark.sqlite,
    pytest.mark.django_db,
    pytest.mark.xdist_group("threads"),  # one worker makes the company, once
]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The plan of the model company, and the true numbers of its threads."""

    plan: Plan
    truth: Mapping[str, Any]

    @property
    def period(self) -> Period:
        """The period of the open cycle."""
        return self.looking("williams").frame().calendar[NOW]

    def looking(self, person: str, day: int = 4) -> Context:
        """A person on a working day of June."""
        period = Period(
            index=NOW, label=OPEN, start=dt.date(2026, 6, 1), end=dt.date(2026, 7, 1), fiscal_year=2026, season=5
        )
        return make_context(self.plan, person=person, now=moment(period, day))

    def sheet(self, kind: SheetKind, label: str = OPEN, stage: str = "") -> Sheet:
        """A sheet of a cycle."""
        found = self.looking("solberg").sheet(kind, find_cycle(self.plan, label), stage)
        assert found is not None, (kind, label, stage)
        return found

    def company(self, label: str = OPEN) -> Mapping[str, pl.DataFrame]:
        """The company as frozen for a cycle."""
        return self.sheet(SheetKind.COMPANY, label).tables

    def facts(self, label: str = OPEN) -> Mapping[str, pl.DataFrame]:
        """The facts as frozen for a cycle."""
        return self.sheet(SheetKind.LOAD, label).tables

    @property
    def demand(self) -> Cube:
        """Demand as it came, all months before June."""
        return self.sheet(SheetKind.HISTORY).cube("demand_raw")


def rows(axis: Axis, **labels: str | tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """The rows of an axis whose attributes are these."""
    found = np.ones(len(axis.keys), dtype=bool)
    for name, wanted in labels.items():
        found &= np.isin(axis.attributes[name], [wanted] if isinstance(wanted, str) else list(wanted))
    return found


def at(cube: Cube, period: int, mask: npt.NDArray[np.bool_]) -> float:
    """The sum of some rows of a cube in a period (calendar index)."""
    return float(cube.values[mask, period - cube.first].sum())


def to_the_papers(company: Lived) -> None:
    """June played on with the real steps: sales accept the baseline, then agree, plan, review, prepare."""
    tables, period = company.looking("williams").company(), company.period
    held = held_on(period.start, company=tables)

    def do(step: str, role: str, day: int, **arguments: object) -> None:
        person = role if role.islower() else held.holders[role][0]
        perform(company.plan, Act(step=step, person=person, day=day, arguments=arguments), period)

    owned = tables["patch_owners"].filter(pl.col("valid_to").is_null())
    owner = dict(owned.select("patch", "person").iter_rows())
    carried = carried_patches(company.looking("chen"))
    for patch in patches_of(company.looking("chen")):
        if patch in carried:  # last month's figures, which are not the baseline
            months = {"first": OPEN, "periods": baseline_of(company.looking("chen")).periods}
            do("edit", owner[patch], 5, layer="L2", place={"patch": patch}, mode="percent", value=0.0, **months)
        do("submit", owner[patch], 5, patch=patch)
        do("accept", "SM", 5, patch=patch)
    do("triage", "DP", 5, news=1, decision="out", reason="the sales leader calls them this week")
    do("collect", "SM", 6)
    do("agree", "DP", 6)
    do("sign", "SM", 7, verb="sign_demand")
    do("advance", "OWN", 7)
    do("plan", "SS", 9)
    for cause in open_shortages(company.looking("pohl", 10)):
        do("escalate", "SS", 10, subject=cause, reason="to the pre-S&OP")
    do("sign", "OP", 11, verb="sign_supply")
    do("advance", "OWN", 11)
    do("review", "FIN", 12)
    do("prepare", "OWN", 13)
