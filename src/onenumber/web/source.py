"""The boundary: what pages ask, and the one place that says who answers.

Every page is drawn from frozen view models. The answers come from the steps (`onenumber.web.answers`); tests of pages
put a source of their own in its place with the setting ``ONENUMBER_SOURCE``.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from onenumber.steps.see.duties import DutiesShown
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.plan_cell import CellStory
from onenumber.steps.see.plan_grid import GridSeen
from onenumber.web.act.model import Done, JobShown
from onenumber.web.decisions.model import Decisions
from onenumber.web.family.model import FamilyAsked, FamilyPage, Opened
from onenumber.web.frame.model import At, Frame, Hit
from onenumber.web.loads.model import FindingsAsked, LoadDetail, LoadLine, Upload
from onenumber.web.month.model import BeginPage, MonthPage
from onenumber.web.plan_grid.model import CellAsked, GridTyped
from onenumber.web.sheets.model import SheetDetail, SheetList
from onenumber.web.sign_in.model import DemoPerson


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

    def sheets(self, at: At) -> SheetList:
        """Every version of every sheet of the cycle, and of the two inputs, the newest first."""
        ...

    def sheet(self, at: At, sheet_id: str) -> SheetDetail:
        """One sheet."""
        ...

    def loads(self, at: At) -> tuple[LoadLine, ...]:
        """The last loads of the plan, the newest first."""
        ...

    def load(self, at: At, load_id: str, asked: FindingsAsked) -> LoadDetail:
        """One load with a page of its findings."""
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

    def plan_layer(self, at: At) -> str:
        """The layer that she types in first."""
        ...

    def plan_grid(self, at: At, layer: str) -> GridSeen:
        """A layer of the cycle, by place and month."""
        ...

    def type_in(self, at: At, layer: str, typed: GridTyped) -> tuple[int, ...]:
        """Type a batch, or take edits back, whole or not at all; the sequences of the edits that were made."""
        ...

    def typed_since(self, at: At, layer: str, seen: int) -> tuple[EditShown, ...]:
        """What was typed in a layer after a sequence and still stands."""
        ...

    def plan_cell(self, at: At, asked: CellAsked) -> CellStory:
        """Where a figure of the grid comes from."""
        ...


@cache
def _source_of(path: str) -> Source:
    return cast(Source, import_string(path)())


def source() -> Source:
    """Who answers, by the setting ``ONENUMBER_SOURCE``."""
    return _source_of(settings.ONENUMBER_SOURCE)
