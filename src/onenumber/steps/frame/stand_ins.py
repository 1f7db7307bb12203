"""Rule R1 in words: whose figure is missing and what stands in for it."""

from collections.abc import Iterable

import numpy as np

from onenumber.consensus.collect import PatchState, Standing
from onenumber.measure.error import FEWEST_PERIODS
from onenumber.model.axis import Axis
from onenumber.model.finding import Finding, Severity, Value
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle
from onenumber.store.plans import person_name


def stand_ins(
    context: Context, cycle: Cycle, standings: Iterable[Standing], *, has_last: bool, tolerance: float
) -> tuple[Finding, ...]:
    """A finding for each defaulted patch: its salesperson, and what stands in for her figure and why.

    Her bias is said to who reads it only: it is a skill of hers.
    """
    defaulted = [one for one in standings if one.state is PatchState.DEFAULTED]
    names = _salespeople(context, cycle) if defaulted else {}
    found, told = [], _skill_of(context, [one.patch for one in defaulted])
    for one in defaulted:
        values: dict[str, Value] = {
            "patch": one.patch, "person": " and ".join(names.get(one.patch, ())) or "no salesperson",
            "bias": _bias(one.bias) if one.patch in told else "not yours to see",
            "tolerance": f"{tolerance:.0%}".replace("%", " %"), "fewest": FEWEST_PERIODS,
        }  # fmt: skip
        found.append(Finding(code=_code(one, has_last=has_last), severity=Severity.ATTENTION, values=values))
    return tuple(found)


def _skill_of(context: Context, patches: list[str]) -> set[str]:
    """Those of some patches whose salesperson's skill the person may read."""
    keys = np.array(sorted(patches), dtype=np.str_)
    seen = mask(context.actor, Figure.SKILL, axis=Axis("patch", keys, {"patch": keys}))
    return set(keys[seen].tolist())


def _code(one: Standing, *, has_last: bool) -> str:
    if not has_last:
        return "defaulted_nothing_before"
    if one.bias is None:
        return "defaulted_bias_unknown"
    return "defaulted_carried" if one.carried else "defaulted_bias_too_large"


def _bias(bias: float | None) -> str:
    if bias is None:
        return "–"
    return f"{abs(bias):.1%} {'over' if bias > 0 else 'under'}".replace("%", " %") if bias else "0 %"


def _salespeople(context: Context, cycle: Cycle) -> dict[str, list[str]]:
    held, names = context.held(cycle), dict[str, list[str]]()
    for person, grants in held.grants.items() if held is not None else ():
        for patch in (grant.scope for grant in grants if grant.role == "SP"):
            names.setdefault(patch, []).append(person_name(context.plan, person) or person)
    return names
