"""The pages of the supply meeting as the sheets make them now: what its page shows, and what sending it keeps."""

import datetime as dt
from dataclasses import replace

from onenumber.cycle.meetings import MEETINGS
from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.review.ground import Ground
from onenumber.review.pack import MOST, PARAMETERS, PackPage, Plain, months_of, pages_of
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.in_force import in_force_up_to
from onenumber.steps.frame.planning import SETTINGS
from onenumber.steps.see.parameters import parameters_shown
from onenumber.store.models import Cycle, SheetVersion

OF = "of"
"""Under which value the month stands whose plan another is held against."""
SHEETS = (SheetKind.SUPPLY_PLAN, SheetKind.LOAD, SheetKind.COMPANY, SheetKind.HISTORY, SheetKind.CONSENSUS)


def live_pages(look: Glance, cycle: Cycle) -> tuple[tuple[str, ...], tuple[PackPage, ...], SheetVersion | None]:
    """The months and pages that the newest supply plan of a cycle makes, and that plan; no page without one."""
    plan = look.version(SheetKind.SUPPLY_PLAN, cycle, "final") or look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    if plan is None:
        return months_of(ground), (), None
    record = in_force_up_to(look.plan, cycle.index - 1)  # of an earlier month, also once this one has published
    before = None if record is None else look.versions.get(record.content)
    sheet, firm = look.versions.get(plan.content), SETTINGS.firm_periods
    changed, *rest = pages_of(sheet, published=before, ground=ground, firm=firm)
    if record is not None and record.cycle is not None:
        changed = replace(changed, values={**changed.values, OF: record.cycle.label})
    return months_of(ground), (changed, *rest, _parameters(look, cycle)), plan


def supply_meeting(look: Glance, cycle: Cycle) -> tuple[dt.date, bool]:
    """The day of the supply meeting, and whether it is over: its day has come, and its phase has ended."""
    meeting = MEETINGS["supply"]
    day = due_day(look, cycle, meeting.milestone)
    return day, Phase(cycle.phase).place > meeting.phase.place and look.today >= day


def sheets_read(look: Glance, cycle: Cycle) -> dict[str, str]:
    """The content of every sheet that a pack is read from, by kind."""
    found = {}
    for kind in SHEETS:
        version = next((v for s in ("final", "proposed", "") if (v := look.version(kind, cycle, s)) is not None), None)
        if version is not None:
            found[kind.value] = version.content
    return found


def _parameters(look: Glance, cycle: Cycle) -> PackPage:
    """The parameters that are no longer true, the first of each kind."""
    shown = parameters_shown(look, cycle.label)
    rows: list[tuple[Plain, ...]] = []
    for kind, found in shown.kinds.items():
        untrue = [one for one in found if one.untrue][: MOST // len(shown.kinds)]
        rows += [(kind, one.name, one.where, one.planned, one.shown, float(one.count), one.unit) for one in untrue]
    counts: dict[str, Plain] = {kind: float(sum(one.untrue for one in some)) for kind, some in shown.kinds.items()}
    return PackPage(code=PARAMETERS, values=counts, rows=tuple(rows))
