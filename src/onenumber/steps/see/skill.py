"""A salesperson's skill with its evidence: value added over the baseline, hit rate, and which way she errs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.consensus.collect import given_in
from onenumber.consensus.skill import Call, Skill, skill
from onenumber.errors.rights import NotYoursError
from onenumber.model.axis import Axis
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import SheetKind
from onenumber.model.validity import latest_on
from onenumber.review.naming import name_of
from onenumber.rights.ask import mask, reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.unit_values import Master, prices
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.versions import Versions

LOOKED_BACK = 12
"""Cycles whose calls are looked at."""
KEPT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillShown:
    """A person with her patches today and her skill; months by their labels, amounts in currency."""

    person: str
    name: str
    patches: tuple[str, ...]
    labels: tuple[str, ...]
    currency: str
    skill: Skill


def skill_shown(context: Context, person: str, label: str = "") -> SkillShown:
    """The skill of a salesperson by the cycles before one: to her, her sales leader, the planner, the process owner.

    Raises:
        NotAllowedError: if who asks reads nobody's skill.
        NotYoursError: if there is no such salesperson whose skill she reads.
    """
    if not reads(context.actor, Figure.SKILL):
        reason = "only the salesperson, her sales leader, the demand planner and the process owner may"
        says = "read the skill of a person"
        raise refused_reading(context.actor, says, figure=Figure.SKILL, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    patches = patches_of_person(look, cycle, person)
    if not patches or not _reads_all(look, patches):
        raise NotYoursError(place="such salesperson")
    calendar = look.frame(cycle).calendar
    found, places = _skill(look, cycle, person), names_at(look, cycle)
    return SkillShown(
        person=person, name=look.names().get(person, person),
        patches=tuple(name_of("patch", one, places) for one in patches),
        labels=tuple(calendar[one.period].label for one in found.months), currency=look.frame(cycle).currency,
        skill=found,
    )  # fmt: skip


def patches_of_person(look: Glance, cycle: Cycle, person: str) -> tuple[str, ...]:
    """The patches that a salesperson owns today."""
    company = look.company(cycle)
    if "patch_owners" not in company:
        return ()
    owners = latest_on(company["patch_owners"], look.today, ["patch"])
    return tuple(owners.filter(pl.col("person") == person)["patch"].sort().to_list())


def _reads_all(look: Glance, patches: tuple[str, ...]) -> bool:
    keys = np.array(patches, dtype=np.str_)
    return bool(mask(look.actor, Figure.SKILL, axis=Axis("patch", keys, {"patch": keys})).all())


def _skill(look: Glance, cycle: Cycle, person: str) -> Skill:
    history = look.version(SheetKind.HISTORY, cycle)
    if history is None:
        return Skill(months=(), added=None)
    return _made(look.versions, history.content, tuple(_calls(look, cycle)), person)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    """The contents that a cycle's call stands in."""

    cycle: int
    sales: str
    forecast: str
    company: str


def _calls(look: Glance, cycle: Cycle) -> Iterator[_Sheets]:
    wanted = (SheetKind.SALES_INPUT.value, SheetKind.FORECAST.value, SheetKind.COMPANY.value)
    last = cycle.index - 2
    rows = SheetVersion.objects.filter(
        plan=look.plan, kind__in=wanted, cycle__index__lte=last, cycle__index__gt=last - LOOKED_BACK
    ).order_by("cycle__index", "pk")
    newest: dict[int, dict[str, str]] = {}
    for index, kind, content in rows.values_list("cycle__index", "kind", "content"):
        newest.setdefault(index, {})[kind] = content
    for index, made in newest.items():
        if all(kind in made for kind in wanted):
            yield _Sheets(cycle=index, sales=made[wanted[0]], forecast=made[wanted[1]], company=made[wanted[2]])


@lru_cache(maxsize=KEPT)
def _made(versions: Versions, history: str, sheets: tuple[_Sheets, ...], person: str) -> Skill:
    """A person's skill: the sheets that it stands in never change."""
    calls = (_call(versions, one, person) for one in sheets)
    actual = versions.get(history).cube("demand")
    return skill([call for call in calls if call.patches], actual=actual)


def _call(versions: Versions, one: _Sheets, person: str) -> Call:
    made, company = versions.get(one.sales), versions.get(one.company)
    frame = plan_frame(company.tables["plan"])
    period = frame.calendar[one.cycle]
    owners = latest_on(company.tables["patch_owners"], period.start, ["patch"])
    owned = owners.filter(pl.col("person") == person)["patch"].to_list()
    sales = made.cube("S")
    worth = prices(Master(one.company, company.tables), sales.axis, (period,), frame.currency)[:, 0]
    return Call(
        cycle=one.cycle, sales=sales, baseline=versions.get(one.forecast).cube("L1"), worth=worth,
        patches=sorted(set(owned) & set(given_in(made))),
    )  # fmt: skip
