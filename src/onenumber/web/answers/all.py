"""The one object that answers every page, from the steps."""

import datetime as dt
from collections.abc import Mapping, Sequence

from onenumber.errors import NoSuchSheetError
from onenumber.jobs import queue
from onenumber.steps.see.around import enterable, newest_label
from onenumber.steps.see.bench import Bench, bench_seen
from onenumber.steps.see.budget import BudgetShown
from onenumber.steps.see.cannot import CannotTried, cannot_tried
from onenumber.steps.see.conflicts import ConflictsShown
from onenumber.steps.see.duties import DutiesShown, duties_shown
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.flow import Flow, flow_seen
from onenumber.steps.see.logins import LoginShown
from onenumber.steps.see.maintenance import MovePrice, window_price
from onenumber.steps.see.orders import OrdersShown
from onenumber.steps.see.pack import PackShown
from onenumber.steps.see.parameters import ParametersShown
from onenumber.steps.see.places import find_places
from onenumber.steps.see.plan_cell import CellStory, plan_cell, typed_since
from onenumber.steps.see.plan_grid import GridSeen, layer_to_type, plan_grid
from onenumber.steps.see.running import RunningShown
from onenumber.steps.see.what_if import WhatIf, place_called
from onenumber.web.accounts.model import AccountsPage
from onenumber.web.act.model import Done, JobShown
from onenumber.web.adherence.model import AdherencePage
from onenumber.web.answers import (
    accounts,
    act,
    adherence,
    customers,
    decisions,
    desk,
    deviations,
    entry,
    executive,
    family,
    frame,
    line_load,
    loads,
    logins,
    materials,
    meetings,
    messages,
    month,
    plants,
    sheets,
    team,
)
from onenumber.web.answers.plan_grid import tried, type_in
from onenumber.web.answers.who import context_of
from onenumber.web.calendar.model import CalendarPage
from onenumber.web.conflicts.model import CannotPage, ConflictPage
from onenumber.web.customers.model import CustomerPage, NewsPage, OrdersPage
from onenumber.web.decisions.model import Decisions
from onenumber.web.deviations.model import DeviationsPage
from onenumber.web.entry.model import Entered, EntryPage, EntryTyped
from onenumber.web.executive.model import ExecutivePage
from onenumber.web.family.model import FamilyAsked, FamilyPage, Opened
from onenumber.web.frame.model import At, Frame, Hit, Seen
from onenumber.web.line_load.model import CellOf, LoadPage
from onenumber.web.loads.model import FindingsAsked, LoadDetail, LoadLine, Upload
from onenumber.web.logins.model import NewLink
from onenumber.web.maintenance.model import WindowsPage
from onenumber.web.materials.model import MaterialsPage
from onenumber.web.meetings.model import MeetingPage, MeetingsPage
from onenumber.web.messages.model import MessagesPage
from onenumber.web.month.model import BeginPage, MonthPage
from onenumber.web.plan_grid.model import CellAsked, GridTyped
from onenumber.web.plan_grid.read import place_of
from onenumber.web.plants.model import PlantsPage
from onenumber.web.sheets.model import SheetDetail, SheetList
from onenumber.web.sign_in.model import DemoPerson
from onenumber.web.team.model import SkillPage, TeamPage
from onenumber.web.what_if.model import Tried


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

    def messages(self, at: At, day: dt.date | None) -> MessagesPage:
        """Her messages."""
        return messages.messages(context_of(at), at.cycle, day)

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

    def adherence(self, at: At) -> AdherencePage:
        """Who kept the plan."""
        return adherence.adherence(context_of(at), at.cycle)

    def team(self, at: At) -> TeamPage:
        """The sales team."""
        return team.team(context_of(at), at.cycle)

    def skill(self, at: At, person: str) -> SkillPage:
        """A person's skill."""
        return team.skill(context_of(at), at.cycle, person)

    def deviations(self, at: At, by: str) -> DeviationsPage:
        """Why sales left the consensus."""
        return deviations.deviations(context_of(at), at.cycle, by)

    def executive(self, at: At) -> ExecutivePage:
        """The executive page."""
        return executive.executive(context_of(at), at.cycle)

    def accounts(self, at: At) -> AccountsPage:
        """Key accounts."""
        return accounts.accounts(context_of(at), at.cycle)

    def running(self, at: At) -> Seen[RunningShown]:
        """The running month."""
        return desk.running(context_of(at), at.cycle)

    def budget(self, at: At) -> Seen[BudgetShown]:
        """The budget lines."""
        return desk.budget(context_of(at), at.cycle)

    def calendar(self, at: At) -> CalendarPage:
        """The calendar of a cycle."""
        return desk.calendar(context_of(at), at.cycle)

    def conflicts(self, at: At) -> Seen[ConflictsShown]:
        """Conflicts of the review."""
        return desk.conflicts(context_of(at), at.cycle)

    def conflict(self, at: At, key: str) -> ConflictPage:
        """One conflict."""
        return desk.conflict(context_of(at), at.cycle, key)

    def cannot(self, at: At, of: tuple[str, str, str]) -> CannotPage:
        """What a plant cannot make."""
        return desk.cannot(context_of(at), at.cycle, of)

    def cannot_tried(self, at: At, of: tuple[str, str, str]) -> CannotTried:
        """The plan solved again with what a plant can make."""
        return cannot_tried(context_of(at), *of, at.cycle)

    def orders(self, at: At) -> Seen[OrdersShown]:
        """The order book of today."""
        return desk.orders(context_of(at), at.cycle)

    def pack(self, at: At, number: int) -> Seen[PackShown]:
        """The pack of the supply meeting."""
        return desk.pack(context_of(at), at.cycle, number)

    def parameters(self, at: At) -> Seen[ParametersShown]:
        """Parameters beside what the facts show."""
        return desk.parameters(context_of(at), at.cycle)

    def sheets(self, at: At) -> SheetList:
        """Every version of a cycle."""
        return sheets.all_sheets(context_of(at), at.cycle)

    def sheet(self, at: At, sheet_id: str) -> SheetDetail:
        """One version."""
        if not sheet_id.isdecimal():
            raise NoSuchSheetError(sheet=sheet_id)
        return sheets.one_sheet(context_of(at), at.cycle, int(sheet_id))

    def logins(self, at: At) -> Seen[tuple[LoginShown, ...]]:
        """Who can sign in."""
        return logins.logins(context_of(at))

    def let_in(self, at: At, who: str) -> NewLink:
        """A link, by the step."""
        return logins.let_in(context_of(at), who)

    def close_login(self, at: At, who: str) -> None:
        """Close a sign-in, by the step."""
        logins.close(context_of(at), who)

    def loads(self, at: At) -> tuple[LoadLine, ...]:
        """Loads, newest first."""
        return loads.all_loads(context_of(at))

    def load(self, at: At, load_id: str, asked: FindingsAsked) -> LoadDetail:
        """One load."""
        return loads.one_load(context_of(at), load_id, asked)

    def empty_file(self, at: At, table: str) -> bytes:
        """The heads of a table."""
        return loads.empty_file(context_of(at), table)

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

    def line_load(self, at: At, asked: CellOf) -> LoadPage:
        """Lines by month."""
        return line_load.line_load(context_of(at), at.cycle, asked)

    def plants(self, at: At) -> PlantsPage:
        """Plants and their answers."""
        return plants.plants(context_of(at), at.cycle)

    def materials(self, at: At) -> MaterialsPage:
        """Materials."""
        return materials.materials(context_of(at), at.cycle)

    def maintenance(self, at: At) -> WindowsPage:
        """Windows."""
        return materials.maintenance(context_of(at), at.cycle)

    def window_price(self, at: At, window: str, month: str) -> MovePrice:
        """A move, solved."""
        return window_price(context_of(at), window, month, at.cycle)

    def meetings(self, at: At) -> MeetingsPage:
        """The meetings."""
        return meetings.meetings(context_of(at), at.cycle)

    def meeting(self, at: At, which: str) -> MeetingPage:
        """A meeting."""
        return meetings.meeting(context_of(at), at.cycle, which)

    def bench(self, at: At, place: str) -> Bench:
        """The workbench."""
        return bench_seen(context_of(at), place, at.cycle)

    def flow(self, at: At, place: str) -> Flow:
        """From forecast to schedule."""
        return flow_seen(context_of(at), place, at.cycle)

    def plan_layer(self, at: At) -> str:
        """Her layer."""
        return layer_to_type(context_of(at), at.cycle)

    def plan_grid(self, at: At, layer: str) -> GridSeen:
        """A layer by place and month."""
        return plan_grid(context_of(at), layer, at.cycle)

    def type_in(self, at: At, layer: str, typed: GridTyped) -> tuple[int, ...]:
        """A batch, by the steps."""
        return type_in(context_of(at), at.cycle, layer, typed)

    def place_called(self, at: At, asked: Tried) -> str:
        """The name of a place."""
        return place_called(context_of(at), asked.layer, place_of(asked.level, asked.key), at.cycle)

    def what_if(self, at: At, asked: Tried) -> WhatIf:
        """What an edit would do."""
        return tried(context_of(at), at.cycle, asked)

    def typed_since(self, at: At, layer: str, seen: int) -> tuple[EditShown, ...]:
        """What others typed meanwhile."""
        return typed_since(context_of(at), layer, seen, at.cycle)

    def plan_cell(self, at: At, asked: CellAsked) -> CellStory:
        """The story of a cell."""
        return plan_cell(context_of(at), asked.layer, place=asked.place, period=asked.period, label=at.cycle)

    def entry(self, at: At) -> EntryPage:
        """Her lines."""
        return entry.entry(context_of(at), at.cycle)

    def enter(self, at: At, typed: EntryTyped) -> Entered:
        """What she typed in them, by the steps."""
        return entry.enter(context_of(at), at.cycle, typed)

    def customer(self, at: At, key: str) -> CustomerPage:
        """A customer."""
        return customers.customer(context_of(at), at.cycle, key)

    def orders_to_confirm(self, at: At) -> OrdersPage:
        """The orders of a patch."""
        return customers.orders(context_of(at), at.cycle)

    def news_form(self, at: At) -> NewsPage:
        """The form of news."""
        return customers.news(context_of(at), at.cycle)
