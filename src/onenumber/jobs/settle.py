"""What settles what: the steps by which a thing that keeps a gate closed is done, and what each still asks a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.model.sheet_names import sheet_said
from onenumber.rights.ask import may_somewhere
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument
from onenumber.steps.registry import STEPS
from onenumber.steps.see.cycle import OpenPoint

SUBJECT = "{subject}"
"""Stands for what the open point is about."""
OTHERS_TOO = ("waive", "escalate")
"""Steps that settle what somebody else owes: whoever has the right is offered them, as who leads the meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A step that settles an open point: what is given already, and the arguments that a person is asked."""

    step: str
    given: Mapping[str, str]
    asked: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    step: str
    given: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


_WAIVE = _Recipe(step="waive", given={"subject": SUBJECT}, asked=("reason",))
_DECIDE = (
    _Recipe(step="decide", given={"paper": SUBJECT, "how": "decided"}, asked=("option", "rationale")),
    _Recipe(step="decide", given={"paper": SUBJECT, "how": "deferred"}, asked=("rationale", "owner", "until")),
    _Recipe(step="decide", given={"paper": SUBJECT, "how": "refused"}, asked=("rationale", "owner", "until")),
)
_BY_CODE: Mapping[str, tuple[_Recipe, ...]] = MappingProxyType(
    {
        "patch_unsubmitted": (_Recipe(step="submit", given={"patch": SUBJECT}, asked=("note",)),),
        "patch_submitted": (
            _Recipe(step="accept", given={"patch": SUBJECT}),
            _Recipe(step="return", given={"patch": SUBJECT}, asked=("note",)),
        ),
        "facts_not_loaded": (_WAIVE,),
        "price_coverage": (_WAIVE,),
        **dict.fromkeys(
            ("duty_unheld", "site_without_manager", "customers_unasked", "figure_without_owner"), (_WAIVE,)
        ),
        "account_unsaid": (
            _Recipe(step="brief", given={"customer": SUBJECT, "how": "none"}),
            _Recipe(step="brief", given={"customer": SUBJECT, "how": "news"}, asked=("text", "urgent")),
            _WAIVE,
        ),
        "shortage_open": (_Recipe(step="escalate", given={"subject": SUBJECT}, asked=("reason",)), _WAIVE),
        "plant_cannot": (_Recipe(step="escalate", given={"subject": SUBJECT}, asked=("reason",)), _WAIVE),
        "conflict_open": (_WAIVE,),
        "paper_undecided": _DECIDE,
        "paper_moved": _DECIDE,
        "over_budget": (
            _Recipe(step="decide", given={"paper": SUBJECT, "option": "accept"}, asked=("rationale",)), *_DECIDE[1:],
        ),
    }
)  # fmt: skip
_MAKES: Mapping[str, str] = MappingProxyType(
    {
        sheet_said("history"): "freeze",
        sheet_said("forecast"): "forecast",
        sheet_said("sales_input"): "collect",
        sheet_said("consensus"): "agree",
        sheet_said("supply_plan", "proposed"): "plan",
        sheet_said("review"): "review",
        sheet_said("decision", "papers"): "prepare",
        sheet_said("decision", "decided"): "replan",
        sheet_said("supply_plan", "final"): "replan",
        sheet_said("published_plan"): "publish",
    }
)
"""By what a sheet that is missing or stale is called, the step that makes it."""
_SIGNS: Mapping[str, str] = MappingProxyType({rule.meaning: rule.verb for rule in RULES})


def ways_of(
    context: Context, points: Sequence[OpenPoint], *, phase: Phase
) -> tuple[tuple[OpenPoint, tuple[Way, ...]], ...]:
    """Each open point with the steps by which the person who looks may settle it now; none where she may not.

    A sheet waits for those before it that are still to be made. The step itself asks her rights again, about the very
    thing.
    """
    missing = [point.subject for point in points if _is_sheet(point)]
    return tuple(
        (point, () if point.subject in missing[1:] and _is_sheet(point) else _may(context, point, phase))
        for point in points
    )


def _may(context: Context, point: OpenPoint, phase: Phase) -> tuple[Way, ...]:
    ways = [_way(recipe, point) for recipe in _recipes(point)]
    return tuple(
        way
        for way in ways
        if (point.mine or way.step in OTHERS_TOO)
        and (way.step == "sign" or may_somewhere(context.actor, STEPS[way.step].right(way.given), phase=phase))
    )


def _is_sheet(point: OpenPoint) -> bool:
    return point.said.endswith(("_missing", "_stale"))


def first_month(context: Context) -> tuple[Way, ...]:
    """That she may open the first month, once a company is loaded."""
    step = STEPS["open"]
    allowed = bool(context.company()) and may_somewhere(context.actor, step.verb, phase=Phase.MONITOR)
    return (Way(step=step.name, given={}, asked=step.arguments),) if allowed else ()


def first_way(point: OpenPoint) -> Way | None:
    """The step that settles a point where nothing speaks against it, whoever does it; None where none is known."""
    found = _recipes(point)
    return _way(found[0], point) if found else None


def ends_phase(context: Context, points: Sequence[OpenPoint], *, phase: Phase) -> tuple[Way, ...]:
    """That the phase can be ended, where nothing is open and the person may; while the month runs, the next opened."""
    step = "open" if phase in {Phase.MONITOR, Phase.CLOSED} else "advance"
    allowed = not points and may_somewhere(context.actor, STEPS[step].verb, phase=phase)
    return (Way(step=step, given={}),) if allowed else ()


def _recipes(point: OpenPoint) -> tuple[_Recipe, ...]:
    if point.code == "not_signed":
        return (_Recipe(step="sign", given={"verb": _SIGNS[point.subject]}),)
    if _is_sheet(point):
        return (_Recipe(step=_MAKES[point.subject]),)
    if point.code in {"news_undecided", "news_twice"}:
        return (_triage(point.subject),)
    return _BY_CODE.get(point.said, ())


def _triage(subject: str) -> _Recipe:
    """News is called by its number, that of an earlier cycle by ``number of cycle``."""
    number, _, cycle = subject.partition(" of ")
    given = {"news": number, **({"of": cycle} if cycle else {})}
    return _Recipe(step="triage", given=given, asked=("decision", "reason", "likely", "probability"))


def _way(recipe: _Recipe, point: OpenPoint) -> Way:
    given = {name: value.format(subject=point.subject) for name, value in recipe.given.items()}
    if recipe.step == "waive":
        given["code"] = point.code
    known = {argument.name: argument for argument in STEPS[recipe.step].arguments}
    return Way(step=recipe.step, given=given, asked=tuple(known[name] for name in recipe.asked))
