"""The boundary: what pages ask, and the one place that says who answers.

Every page is drawn from frozen view models. The answers come from the steps (`onenumber.web.answers`); tests of pages
put a source of their own in its place with the setting ``ONENUMBER_SOURCE``.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from onenumber.steps.see.bench import Bench
from onenumber.steps.see.budget import BudgetShown
from onenumber.steps.see.cannot import CannotTried
from onenumber.steps.see.conflicts import ConflictsShown
from onenumber.steps.see.duties import DutiesShown
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.flow import Flow
from onenumber.steps.see.logins import LoginShown
from onenumber.steps.see.maintenance import MovePrice
from onenumber.steps.see.orders import OrdersShown
from onenumber.steps.see.pack import PackShown
from onenumber.steps.see.parameters import ParametersShown
from onenumber.steps.see.plan_cell import CellStory
from onenumber.steps.see.plan_grid import GridSeen
from onenumber.steps.see.running import RunningShown
from onenumber.steps.see.what_if import WhatIf
from onenumber.web.accounts.model import AccountsPage
from onenumber.web.act.model import Done, JobShown
from onenumber.web.adherence.model import AdherencePage
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
from onenumber.web.plants.model import PlantsPage
from onenumber.web.sheets.model import SheetDetail, SheetList
from onenumber.web.sign_in.model import DemoPerson
from onenumber.web.team.model import SkillPage, TeamPage
from onenumber.web.what_if.model import Tried


class Source(Protocol):
    """What pages ask. Each asks the rights of the person who looks, and raises an error of ``onenumber.errors``."""

    def demo_people(self) -> tuple[DemoPerson, ...]:
        """Whom the sign-in page offers in demo mode."""
        ...

    def home(self, person: str, plan: str) -> At:
        """Where a person lands: her plan (empty: the only live one), and its newest cycle (empty before the first)."""
        ...

    def frame(self, at: At) -> Frame:
        """The cycle bar."""
        ...

    def begin(self, at: At) -> BeginPage:
        """A plan before its first month."""
        ...

    def month(self, at: At) -> MonthPage:
        """What waits for the person who looks, what changed since she last did, and her figures."""
        ...

    def messages(self, at: At, day: dt.date | None) -> MessagesPage:
        """Her messages: the digest of a day, or the newest."""
        ...

    def search(self, at: At, text: str) -> tuple[Hit, ...]:
        """At most a dozen places, items and customers whose key or name holds the text, the best first."""
        ...

    def do(self, at: At, step: str, texts: Mapping[str, str]) -> Done:
        """Do a step in the cycle with what a form says, or make it a job."""
        ...

    def job(self, at: At, number: int) -> JobShown:
        """A job that the person asked for."""
        ...

    def cancel_job(self, at: At, number: int) -> None:
        """Wish that a job stops; nothing of it is kept."""
        ...

    def start_job_again(self, at: At, number: int) -> int:
        """A job that stopped, once more; its number."""
        ...

    def decisions(self, at: At) -> Decisions:
        """The decision papers of the cycle."""
        ...

    def adherence(self, at: At) -> AdherencePage:
        """Who kept the plan, what was answered, and what came of it."""
        ...

    def team(self, at: At) -> TeamPage:
        """The sales team."""
        ...

    def skill(self, at: At, person: str) -> SkillPage:
        """What a salesperson's figures were worth."""
        ...

    def deviations(self, at: At, by: str) -> DeviationsPage:
        """Why last month's sales left the consensus, by one kind of group."""
        ...

    def executive(self, at: At) -> ExecutivePage:
        """The executive's one page."""
        ...

    def accounts(self, at: At) -> AccountsPage:
        """The key accounts, and what is new with each."""

    def running(self, at: At) -> Seen[RunningShown]:
        """The month of the cycle so far, against the plan in force."""
        ...

    def budget(self, at: At) -> Seen[BudgetShown]:
        """The budget lines of the year, with where each lands."""
        ...

    def calendar(self, at: At) -> CalendarPage:
        """The milestones of the cycle, and what its gate waits for."""
        ...

    def conflicts(self, at: At) -> Seen[ConflictsShown]:
        """The conflicts of the cycle's review."""
        ...

    def conflict(self, at: At, key: str) -> ConflictPage:
        """One conflict with its options side by side."""
        ...

    def cannot(self, at: At, of: tuple[str, str, str]) -> CannotPage:
        """What a plant cannot make, by its site, item and month."""
        ...

    def cannot_tried(self, at: At, of: tuple[str, str, str]) -> CannotTried:
        """The plan solved again with what the plant can make."""
        ...

    def orders(self, at: At) -> Seen[OrdersShown]:
        """The open orders of customers and vendors today."""
        ...

    def pack(self, at: At, number: int) -> Seen[PackShown]:
        """The pages of the supply meeting, or those that were sent under a number."""
        ...

    def parameters(self, at: At) -> Seen[ParametersShown]:
        """What is planned with, beside what the facts of the cycle show."""
        ...

    def sheets(self, at: At) -> SheetList:
        """Every version of every sheet of the cycle, and of the two inputs, the newest first."""
        ...

    def sheet(self, at: At, sheet_id: str) -> SheetDetail:
        """One sheet."""
        ...

    def logins(self, at: At) -> Seen[tuple[LoginShown, ...]]:
        """Everybody of the plan, and who can sign in."""
        ...

    def let_in(self, at: At, who: str) -> NewLink:
        """A sign-in for a person, and the link by which she chooses a password."""
        ...

    def close_login(self, at: At, who: str) -> None:
        """Close a person's sign-in."""
        ...

    def loads(self, at: At) -> tuple[LoadLine, ...]:
        """The last loads of the plan, the newest first."""
        ...

    def load(self, at: At, load_id: str, asked: FindingsAsked) -> LoadDetail:
        """One load with a page of its findings."""
        ...

    def empty_file(self, at: At, table: str) -> bytes:
        """A table of the contract as a CSV of its heads."""
        ...

    def start_load(self, at: At, files: Sequence[Upload], *, dry_run: bool) -> str:
        """Put the files in the queue; the id of the load."""
        ...

    def cancel_load(self, at: At, load_id: str) -> None:
        """Wish that a load under way stops; nothing of it is kept."""
        ...

    def family(self, at: At, asked: FamilyAsked) -> FamilyPage:
        """The family page of a place, with the figure asked for."""
        ...

    def opened(self, at: At, asked: FamilyAsked) -> Opened:
        """The figure asked for, opened to its parts, without its page."""
        ...

    def duties(self, at: At) -> DutiesShown:
        """Who does what, with its due days in the cycle."""
        ...

    def line_load(self, at: At, asked: CellOf) -> LoadPage:
        """Every line by month, with the one asked for opened."""
        ...

    def plants(self, at: At) -> PlantsPage:
        """What each plant is asked to make, and its answer."""
        ...

    def materials(self, at: At) -> MaterialsPage:
        """The materials that hold something back or run low."""
        ...

    def maintenance(self, at: At) -> WindowsPage:
        """The maintenance windows."""
        ...

    def window_price(self, at: At, window: str, month: str) -> MovePrice:
        """What moving a window to a month brings."""
        ...

    def meetings(self, at: At) -> MeetingsPage:
        """The meetings of the cycle."""
        ...

    def meeting(self, at: At, which: str) -> MeetingPage:
        """One of them."""

    def bench(self, at: At, place: str) -> Bench:
        """The workbench of the demand planner at a place; without one, at what is worth most."""
        ...

    def flow(self, at: At, place: str) -> Flow:
        """A family or item from forecast to schedule."""
        ...

    def plan_layer(self, at: At) -> str:
        """The layer that she types in first."""
        ...

    def plan_grid(self, at: At, layer: str) -> GridSeen:
        """A layer of the cycle, by place and month."""
        ...

    def type_in(self, at: At, layer: str, typed: GridTyped) -> tuple[int, ...]:
        """Type a batch, or take edits back, whole or not at all; the sequences of the edits that were made."""
        ...

    def place_called(self, at: At, asked: Tried) -> str:
        """What a place of the grid is called."""
        ...

    def what_if(self, at: At, asked: Tried) -> WhatIf:
        """What an edit would do to the supply plan, before it is typed."""
        ...

    def typed_since(self, at: At, layer: str, seen: int) -> tuple[EditShown, ...]:
        """What was typed in a layer after a sequence and still stands."""
        ...

    def plan_cell(self, at: At, asked: CellAsked) -> CellStory:
        """Where a figure of the grid comes from."""
        ...

    def entry(self, at: At) -> EntryPage:
        """The lines of who sells, those that need her first."""
        ...

    def enter(self, at: At, typed: EntryTyped) -> Entered:
        """Type some lines and hand their patch in, or take edits back: whole or not at all."""
        ...

    def customer(self, at: At, key: str) -> CustomerPage:
        """A planning customer before a visit."""
        ...

    def orders_to_confirm(self, at: At) -> OrdersPage:
        """The open orders that the person sees, by customer."""
        ...

    def news_form(self, at: At) -> NewsPage:
        """What a form of news offers."""
        ...


@cache
def _source_of(path: str) -> Source:
    return cast(Source, import_string(path)())


def source() -> Source:
    """Who answers, by the setting ``ONENUMBER_SOURCE``."""
    return _source_of(settings.ONENUMBER_SOURCE)
