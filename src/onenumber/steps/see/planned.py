"""The supply plan that a page about plants, lines and materials shows: that of its cycle, or the one in force."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.errors.store import NoSheetError
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.review.ground import Ground
from onenumber.review.naming import Names
from onenumber.rights.ask import mask, refused_reading
from onenumber.rights.roles import reads_lines
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Tables
from onenumber.steps.frame.glance import Glance, cycle_earlier
from onenumber.steps.frame.plants import handed
from onenumber.steps.frame.unit_values import Master
from onenumber.store.models import Cycle, SheetVersion

SHOWS = "see what the plants are asked to make"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A supply plan with the cycle that it was made in, its master data and names.

    ``own``: it is of the cycle asked for; else its months before that one, ``since``, are over.
    """

    look: Glance
    cycle: Cycle
    version: SheetVersion
    sheet: Sheet
    own: bool
    since: int

    @property
    def indices(self) -> range:
        """The calendar indices of its months that are not over."""
        return range(self.since, self.sheet.cube("hours_used").indices[-1] + 1)

    @property
    def frame(self) -> PlanFrame:
        """The plan's calendar and currency."""
        return self.look.frame(self.cycle)

    @property
    def company(self) -> Tables:
        """Master data, as frozen for the cycle."""
        return self.look.company(self.cycle)

    @property
    def master(self) -> Master:
        """The same, known by its content."""
        return Master(self.look.company_content(self.cycle) or "", self.company)

    @property
    def names(self) -> Names:
        """Names of lines, vendors, items and customers, by ``kind:key``."""
        return names_at(self.look, self.cycle)

    @property
    def ground(self) -> Ground:
        """What its figures stand on."""
        return Ground(company=self.company, load={}, frame=self.frame, cycle=self.cycle.index)

    def label(self, period: int) -> str:
        """The label of a period."""
        return self.frame.calendar[period].label

    def table(self, name: str) -> pl.DataFrame:
        """A table of master data; without rows where the company brings none."""
        return table_or_empty(self.company, name)

    def hers(self, axis: Axis) -> npt.NDArray[np.bool_]:
        """Which rows of an axis the person reads volumes of."""
        return mask(self.look.actor, Figure.VOLUME, axis=axis)


def planned_in(look: Glance, cycle: Cycle) -> Planned:
    """The final or proposed plan of a cycle; before there is one, the final plan of the cycle before it.

    Raises:
        NotAllowedError: if the person reads what no line does: neither those of the company nor of a plant.
        NoSheetError: if there is neither.
    """
    if not reads_lines(look.actor.roles):
        reason = "only who reads the volumes of the whole company or of a plant may"
        raise refused_reading(look.actor, SHOWS, figure=Figure.VOLUME, whole=True, reason=reason)
    for of, own in ((cycle, True), (cycle_earlier(look, cycle), False)):
        version = handed(look, of) if of is not None else None
        if of is not None and version is not None:
            sheet = look.versions.get(version.content)
            return Planned(look=look, cycle=of, version=version, sheet=sheet, own=own, since=cycle.index)
    said = sheet_said(SheetKind.SUPPLY_PLAN.value, "proposed")
    raise NoSheetError(kind=said, cycle=cycle.label, step="plan")


def planned_if_any(look: Glance, cycle: Cycle) -> Planned | None:
    """The same; None before anything was planned.

    Raises:
        NotAllowedError: as :func:`planned_in`.
    """
    try:
        return planned_in(look, cycle)
    except NoSheetError:
        return None
