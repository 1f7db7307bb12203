"""Writing for a step: files first, then one short transaction that checks the pins again."""

import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass, field

from onenumber.model.finding import Finding, Value
from onenumber.model.sheet import Sheet, SheetState
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import Reader
from onenumber.store.manifest import Making, Pins, record
from onenumber.store.models import Cycle, SheetVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a step did: the versions it made, its key figures, and what somebody should know."""

    step: str
    versions: tuple[SheetVersion, ...] = ()
    figures: Mapping[str, Value] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a sheet is to be entered: by which step, in which state and stage, under whose grant.

    ``content`` is the hash of files that are written already.
    """

    step: str
    state: SheetState = SheetState.FROZEN
    stage: str = ""
    deputy_for: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    repeatable: bool = True
    content: str = ""


def write(context: Context, cycle: Cycle | None, sheet: Sheet, *, pins: Pins | Reader, how: Written) -> SheetVersion:
    """Write a sheet's files, then enter it in the manifest."""
    content = how.content or context.versions.put(sheet)
    making = Making(
        step=how.step, person=context.actor.person, at=context.now, state=how.state, stage=how.stage,
        deputy_for=how.deputy_for, seed=context.seed, code_version=code_version(), settings=how.settings,
        repeatable=how.repeatable,
    )  # fmt: skip
    held = pins.pins if isinstance(pins, Reader) else pins
    return record(plan=context.plan, cycle=cycle, sheet=sheet, content=content, pins=held, making=making)


def code_version() -> str:
    """Version of the software, as installed."""
    return importlib.metadata.version("onenumber")
