"""Change requests as people see them: what may still be asked for, and what waits for an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.review.naming import name_of, place_words
from onenumber.rights.ask import Thing, may
from onenumber.rights.roles import patches_sold
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.layers import inside
from onenumber.steps.frame.submissions import states
from onenumber.store.models import ChangeRow, Cycle, SignatureRow, SubmissionRow

ASKABLE = (PatchState.DEFAULTED,)
LEVELS = {"family": "family", "customer": "planning_customer"}
"""What a request may name beside its months, and the level at which it stands in a forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A change request that nobody answered: its number, who asks for what where from when on, and why."""

    number: int
    who: str
    place: str
    mode: str
    value: float
    first: str
    periods: int
    reason: str


def late_patches(look: Glance, cycle: Cycle) -> tuple[str, ...]:
    """The patches of who looks that were filled by their default, with no request yet, before the demand is signed."""
    hers = patches_sold(look.actor)
    given = rows_in(look, SignatureRow, cycle) if hers else ()
    if not hers or any(one.verb == "sign_demand" and one.struck_at is None for one in given):
        return ()
    stands = states(cycle, rows_in(look, SubmissionRow, cycle))
    asked = {row.patch for row in change_rows(look, cycle)}
    return tuple(p for p in sorted(hers) if stands.get(p) in ASKABLE and p not in asked and _asks(look, cycle, p))


def askable_patches(look: Glance, cycle: Cycle) -> tuple[str, ...]:
    """The patches of who looks that are closed to typing, and of which she may ask for a change now (rule R1)."""
    hers = patches_sold(look.actor)
    stands = states(cycle, rows_in(look, SubmissionRow, cycle)) if hers else {}
    return tuple(p for p in sorted(hers) if stands.get(p, PatchState.OPEN) not in WITH_HER and _asks(look, cycle, p))


def changes_waiting(look: Glance, cycle: Cycle) -> Iterator[Asked]:
    """The change requests that who looks may answer."""
    rows = [one for one in change_rows(look, cycle) if getattr(one, "answer", None) is None]
    names, places, calendar = look.names(), names_at(look, cycle) if rows else {}, look.frame(cycle).calendar
    for row in rows:
        if may(look.actor, "resolve", phase=Phase(cycle.phase), thing=Thing(patch=row.patch)):
            yield Asked(
                number=row.pk, who=names.get(row.person, row.person), place=place_words(row.place, places),
                mode=row.mode, value=row.value, first=calendar[row.first].label, periods=row.periods, reason=row.reason,
            )  # fmt: skip


def change_rows(look: Glance, cycle: Cycle) -> list[ChangeRow]:
    """Every change request of a cycle with its answer, in the order in which they were made."""
    if not look.has(ChangeRow, cycle):
        return []
    rows = ChangeRow.objects.filter(cycle=cycle).select_related("answer").order_by("pk")
    return look.gathered(ChangeRow.__name__, cycle, lambda: rows)


def change_choices(look: Glance, cycle: Cycle, patch: str) -> Mapping[str, Mapping[str, str]]:
    """What a request for a patch may name, by its names: families, customers and months; nothing to who may not ask."""
    forecast = look.sheet(SheetKind.FORECAST, cycle)
    if forecast is None or not _asks(look, cycle, patch):
        return {}
    cube, calendar = forecast.cube("L1"), look.frame(cycle).calendar
    rows, places = inside(cube.axis, {"patch": patch}), names_at(look, cycle)
    keys = {kind: sorted(set(cube.axis.labels(level)[rows].tolist())) for kind, level in LEVELS.items()}
    named = {kind: {key: name_of(kind, key, places) for key in found} for kind, found in keys.items()}
    return MappingProxyType({**named, "first": {label: label for label in (calendar[k].label for k in cube.indices)}})


def _asks(look: Glance, cycle: Cycle, patch: str) -> bool:
    return may(look.actor, "change", phase=Phase(cycle.phase), thing=Thing(patch=patch))
