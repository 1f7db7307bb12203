"""The one object that answers every page, from the steps."""

from collections.abc import Mapping, Sequence

from onenumber.errors import NoSuchSheetError
from onenumber.jobs import queue
from onenumber.steps.see.around import enterable, newest_label
from onenumber.steps.see.duties import DutiesShown, duties_shown
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.places import find_places
from onenumber.steps.see.plan_cell import CellStory, plan_cell, typed_since
from onenumber.steps.see.plan_grid import GridSeen, layer_to_type, plan_grid
from onenumber.web.act.model import Done, JobShown
from onenumber.web.answers import act, decisions, family, frame, loads, month, sheets
from onenumber.web.answers.plan_grid import type_in
from onenumber.web.answers.who import context_of
from onenumber.web.decisions.model import Decisions
from onenumber.web.family.model import FamilyAsked, FamilyPage, Opened
from onenumber.web.frame.model import At, Frame, Hit
from onenumber.web.loads.model import FindingsAsked, LoadDetail, LoadLine, Upload
from onenumber.web.month.model import BeginPage, MonthPage
from onenumber.web.plan_grid.model import CellAsked, GridTyped
from onenumber.web.sheets.model import SheetDetail, SheetList
from onenumber.web.sign_in.model import DemoPerson


class Answers:
    """Every answer asks the rights of who looks, in the step that it calls."""

    def demo_people(self) -> tuple[DemoPerson, ...]:
        """Everyone with an account."""
        return tuple(DemoPerson(person=one.person, name=one.name, roles=one.roles) for one in enterable())

    def home(self, person: str, plan: str) -> At:
        """Her plan and its newest cycle."""
        context = context_of(At(person=person, plan=plan))
        return At(person=person, plan=context.plan.key, cycle=newest_label(context))

    def frame(self, at: At) -> Frame:
        """The cycle bar."""
        return frame.frame(context_of(at), at.cycle)

    def begin(self, at: At) -> BeginPage:
        """Before the first month."""
        return month.begin(context_of(at))

    def month(self, at: At) -> MonthPage:
        """Her month."""
        return month.month(context_of(at), at.cycle)

    def search(self, at: At, text: str) -> tuple[Hit, ...]:
        """Places, items and customers."""
        found = find_places(context_of(at), at.cycle, text)
        return tuple(Hit(kind=one.kind, key=one.key, name=one.name, place=one.place) for one in found)

    def do(self, at: At, step: str, texts: Mapping[str, str]) -> Done:
        """A step."""
        return act.do(context_of(at), at.cycle, step, texts)

    def job(self, at: At, number: int) -> JobShown:
        """A job."""
        return act.job(context_of(at), number)

    def cancel_job(self, at: At, number: int) -> None:
        """Wish that it stops."""
        queue.cancel(context_of(at), number)

    def start_job_again(self, at: At, number: int) -> int:
        """Once more."""
        return queue.start_again(context_of(at), number)

    def decisions(self, at: At) -> Decisions:
        """Decision papers."""
        return decisions.decisions(context_of(at), at.cycle)

    def sheets(self, at: At) -> SheetList:
        """Every version of a cycle."""
        return sheets.all_sheets(context_of(at), at.cycle)

    def sheet(self, at: At, sheet_id: str) -> SheetDetail:
        """One version."""
        if not sheet_id.isdecimal():
            raise NoSuchSheetError(sheet=sheet_id)
        return sheets.one_sheet(context_of(at), at.cycle, int(sheet_id))

    def loads(self, at: At) -> tuple[LoadLine, ...]:
        """Loads, newest first."""
        return loads.all_loads(context_of(at))

    def load(self, at: At, load_id: str, asked: FindingsAsked) -> LoadDetail:
        """One load."""
        return loads.one_load(context_of(at), load_id, asked)

    def start_load(self, at: At, files: Sequence[Upload], *, dry_run: bool) -> str:
        """Queue a load."""
        return loads.start(context_of(at), files, dry_run=dry_run)

    def cancel_load(self, at: At, load_id: str) -> None:
        """Wish that it stops."""
        loads.cancel(context_of(at), load_id)

    def family(self, at: At, asked: FamilyAsked) -> FamilyPage:
        """The family page."""
        return family.family_page(context_of(at), at.cycle, asked)

    def opened(self, at: At, asked: FamilyAsked) -> Opened:
        """An opened figure."""
        return family.opened(context_of(at), at.cycle, asked)

    def duties(self, at: At) -> DutiesShown:
        """Who does what."""
        return duties_shown(context_of(at), at.cycle)

    def plan_layer(self, at: At) -> str:
        """Her layer."""
        return layer_to_type(context_of(at), at.cycle)

    def plan_grid(self, at: At, layer: str) -> GridSeen:
        """A layer by place and month."""
        return plan_grid(context_of(at), layer, at.cycle)

    def type_in(self, at: At, layer: str, typed: GridTyped) -> tuple[int, ...]:
        """A batch, by the steps."""
        return type_in(context_of(at), at.cycle, layer, typed)

    def typed_since(self, at: At, layer: str, seen: int) -> tuple[EditShown, ...]:
        """What others typed meanwhile."""
        return typed_since(context_of(at), layer, seen, at.cycle)

    def plan_cell(self, at: At, asked: CellAsked) -> CellStory:
        """The story of a cell."""
        return plan_cell(context_of(at), asked.layer, place=asked.place, period=asked.period, label=at.cycle)
