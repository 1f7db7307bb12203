"""Rule R1 in words: whose figure is missing and what stands in for it."""

from collections.abc import Iterable

from onenumber.consensus.collect import PatchState, Standing
from onenumber.measure.error import FEWEST_PERIODS
from onenumber.model.finding import Finding, Severity, Value
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle
from onenumber.store.plans import person_name


def stand_ins(
    context: Context, cycle: Cycle, standings: Iterable[Standing], *, has_last: bool, tolerance: float
) -> tuple[Finding, ...]:
    """A finding for each defaulted patch: its salesperson, and what stands in for her figure and why."""
    defaulted = [one for one in standings if one.state is PatchState.DEFAULTED]
    names = _salespeople(context, cycle) if defaulted else {}
    found = []
    for one in defaulted:
        values: dict[str, Value] = {
            "patch": one.patch, "person": " and ".join(names.get(one.patch, ())) or "no salesperson",
            "bias": _bias(one.bias), "tolerance": f"{tolerance:.0%}".replace("%", " %"), "fewest": FEWEST_PERIODS,
        }  # fmt: skip
        found.append(Finding(code=_code(one, has_last=has_last), severity=Severity.ATTENTION, values=values))
    return tuple(found)


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
