"""What the pages about sheets show."""

import datetime as dt
from dataclasses import dataclass

from onenumber.model.finding import Finding
from onenumber.model.sheet import SheetKind, SheetState
from onenumber.steps.see.accuracy import Accuracy
from onenumber.steps.see.adherence import Adherence
from onenumber.steps.see.detail import CubeHeld, TableHeld
from onenumber.steps.see.plants import Said
from onenumber.steps.see.risks import RisksShown
from onenumber.steps.see.urgent import AmendmentShown
from onenumber.steps.see.vendors import Vendors
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRef:
    """A sheet named on another page: an opaque id for the link, kind, stage and number for the words, its hash."""

    id: str
    kind: SheetKind
    stage: str  # "proposed" or "final" for a supply plan, else empty
    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureMark:
    """A signature on a sheet: what it means, who gave it (for whom, if a deputy), when, and whether struck through.

    ``played``: a demo did it while its clock went on.
    """

    meaning: str
    name: str
    deputy_for: str
    at: dt.datetime
    struck: bool
    played: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One version of a sheet, as a list shows it. ``stale_because`` is empty while nothing under it has moved."""

    ref: SheetRef
    state: SheetState
    stale_because: str
    newest: bool
    made_at: dt.datetime
    made_by: tuple[str, ...]
    made_from: tuple[SheetRef, ...]
    signatures: tuple[SignatureMark, ...]
    played: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDetail:
    """One sheet with all it holds, what it was made from and what was made from it.

    ``vendors`` is how they kept their dates by the facts it was made from, ``accuracy`` how far a month was forecast
    wrong, ``adherence`` what of the plan was kept in it; None beside sheets that don't show them. ``ways`` are the
    signatures that the person who looks may give on it now.
    ``amendments`` are what plants said of a published plan that they cannot make, ``amended`` what was changed in it
    between meetings.
    """

    line: SheetLine
    made_for: tuple[SheetRef, ...]
    code_version: str
    seed: int | None
    settings: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    tables: tuple[TableHeld, ...]
    cubes: tuple[CubeHeld, ...]
    findings: tuple[Finding, ...]
    since: Finding | None
    vendors: Vendors | None
    accuracy: Accuracy | None
    adherence: Adherence | None
    amendments: tuple[Said, ...] = ()
    amended: tuple[AmendmentShown, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetList:
    """Every version of a cycle, and what came in orders since its data was frozen (None: nothing).

    ``sent_back`` are papers of earlier cycles that somebody owes the executive. ``risks`` is the news that is not in
    the number; None for who sees no plan. ``to_settle`` is what keeps the phase from ending, with what the person who
    looks may do about it, and ``ending`` that she may end it, where nothing does.
    """

    frame: Frame
    lines: tuple[SheetLine, ...]
    to_settle: tuple[ToSettle, ...]
    ending: tuple[Way, ...]
    since: Finding | None
    sent_back: tuple[Finding, ...]
    risks: RisksShown | None
