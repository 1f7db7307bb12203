"""What thread tests ask of the lived company: its sheets, its truth, and its open cycle played on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from onenumber.jobs import go_on
from onenumber.jobs.month import moment
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube
from onenumber.model.period import Period
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.month import Wait, waits_of
from onenumber.store.models import Plan
from onenumber.store.plans import find_cycle
from onenumber.web.answers.frame import frame

NOW = 48
"""Calendar index of the open cycle, June 2026."""
OPEN, LAST, DECIDED = "2026-06", "2026-05", "2026-04"
CLOSED = tuple(f"{2025 + k // 12}-{k % 12 + 1:02d}" for k in range(5, 17))
"""The twelve closed cycles, June 2025 to May 2026."""
AT_THE_START = (
    "demir", "mensah", "lindqvist", "vargas", "novak", "haddad", "amann", "mikkelsen", "dvorak", "weidmann", "okafor",
    "ferretti",
)  # fmt: skip
"""Who has something to do on working day 4 of June, when the company is opened: sales, plants and divisions."""
STOPS = ("chen", "moreau", "pohl", "brandt", "williams", "solberg")
"""Who lets the month go on, one after the other, each to her own stop."""
TOGETHER = {"chen": ("raman",), "moreau": ("tanaka",)}
"""Whose own stop is the same day as another's."""
ON_THE_LIVED_COMPANY = [
    pytest.mark.slow,
    pytest.mark.sqlite,
    pytest.mark.django_db,
    pytest.mark.xdist_group("threads"),  # one worker makes the company, once
]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The plan of the model company, the true numbers of its threads, and what waited for whom at her own stop.

    ``bars`` is how much of it the bar of every page said.
    """

    plan: Plan
    truth: Mapping[str, Any]
    waits: dict[str, tuple[Wait, ...]] = field(default_factory=dict)
    bars: dict[str, int] = field(default_factory=dict)

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


def to_the_executive(company: Lived) -> None:
    """June played on by its clock to the papers on the executive's table; what waits for each at her own stop."""
    for person in AT_THE_START:
        look_at(company, person, company.looking(person))
    for person in STOPS:
        walk(company, person)
        for one in (person, *TOGETHER.get(person, ())):
            look_at(company, one, make_context(company.plan, person=one))


def look_at(company: Lived, person: str, context: Context) -> None:
    """Note what waits for a person, and how much of it the bar says."""
    company.waits[person] = waits_of(context)
    company.bars[person] = frame(context, "").mine_count


def walk(company: Lived, person: str) -> None:
    """Let the month go on until something waits for a person; what waited for the one before her is played."""
    outcome = go_on.run(make_context(company.plan, person=person), to=company.period.end - dt.timedelta(days=1))
    assert outcome.findings == (), (person, outcome.findings)
    assert outcome.figures["stopped"], person
