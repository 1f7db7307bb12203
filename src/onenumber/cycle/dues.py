"""Until which milestone of the month each open thing is settled, and what comes next for a role."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.cycle.calendar import MILESTONES, due
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.model.period import Period, WorkDays
from onenumber.model.sheet_names import sheet_said

_IN_ONE_MEETING = {"confirm_final": "decide", "approve_final": "decide"}
SIGNED_BY: Mapping[str, str] = MappingProxyType(
    {rule.verb: _IN_ONE_MEETING.get(rule.verb, rule.verb) for rule in RULES}
)
"""Until which milestone each signature is given, by its verb."""
_MEANT: Mapping[str, str] = {rule.meaning: SIGNED_BY[rule.verb] for rule in RULES}
_MADE_BY: Mapping[str, str] = {
    sheet_said(kind, stage): milestone
    for kind, stage, milestone in (
        ("history", "", "freeze"),
        ("forecast", "", "forecast"),
        ("sales_input", "", "collect"),
        ("consensus", "", "sign_demand"),
        ("supply_plan", "proposed", "plan"),
        ("review", "", "prepare"),
        ("decision", "papers", "prepare"),
        ("decision", "decided", "decide"),
        ("supply_plan", "final", "decide"),
        ("published_plan", "", "publish"),
    )
}
_OF_CODE: Mapping[str, str] = {
    "price_coverage": "freeze",
    "facts_not_loaded": "freeze",
    **dict.fromkeys(("duty_unheld", "site_without_manager", "customers_unasked", "figure_without_owner"), "freeze"),
    "patch_unsubmitted": "submit",
    "patch_submitted": "collect",
    "news_undecided": "collect",
    "news_twice": "collect",
    "account_unsaid": "sign_demand",
    "shortage_open": "plan",
    "plant_cannot": "plan",
    "plan_untaken": "sign_supply",
    "conflict_open": "prepare",
    "paper_undecided": "decide",
    "paper_moved": "decide",
    "over_budget": "decide",
    "breach_unanswered": "answer",
}
_PHASES: Mapping[str, Phase] = {
    **dict.fromkeys(("open", "freeze"), Phase.DATA),
    **dict.fromkeys(("forecast", "submit", "collect", "sign_demand"), Phase.DEMAND),
    **dict.fromkeys(("plan", "sign_supply"), Phase.SUPPLY),
    **dict.fromkeys(("prepare", "sign_review"), Phase.RECONCILE),
    **dict.fromkeys(("send", "decide"), Phase.EXEC),
    "publish": Phase.PUBLISH,
    "answer": Phase.MONITOR,
}
STOPS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "EX": (("decide", "approve_final"),),
        "SM": (("collect", ""), ("sign_demand", "sign_demand")),
        "DP": (("forecast", ""), ("collect", "")),
        "OP": (("sign_supply", "sign_supply"), ("sign_review", "sign_review"), ("decide", "confirm_final")),
        "SS": (("plan", ""), ("prepare", "")),
        "FIN": (("prepare", ""),),
        "OWN": (("freeze", ""), ("prepare", ""), ("publish", "")),
        "SP": (("submit", ""),),
        "DH": (("answer", ""),),
        "PM": (("sign_supply", ""), ("answer", "")),
    }
)
"""Where each role acts in the month: the milestone, and the signature it gives there (empty: none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where somebody acts next: the milestone, its last day, and the period whose cycle it belongs to."""

    milestone: str
    day: dt.date
    period: str


def milestone_of(code: str, subject: str) -> str:
    """The milestone until which what a gate waits for is settled, by the code of its sentence and its subject.

    Example:
        >>> milestone_of("supply_plan_missing", "proposed supply plan"), milestone_of("not_signed", "approved")
        ('plan', 'decide')
        >>> milestone_of("patch_unsubmitted", "Nord")
        'submit'
    """
    return _MEANT[subject] if code == "not_signed" else _OF_CODE.get(code) or _MADE_BY[subject]


def next_stop(
    roles: Collection[str], *, phase: Phase, signed: Collection[str], periods: tuple[Period, ...], week: WorkDays
) -> Stop | None:
    """Where roles act next that have nothing open: in the cycle of the first period, or in that of the one after.

    ``signed`` are the verbs of the signatures that stand. None where the roles have no stop, or the calendar ends.

    Example:
        >>> may, june = (Period(index=k, label=f"2026-0{5 + k}", start=dt.date(2026, 5 + k, 1),
        ...                     end=dt.date(2026, 6 + k, 1), fiscal_year=2026, season=4) for k in (0, 1))
        >>> week = WorkDays(workdays="12345")
        >>> next_stop({"OP"}, phase=Phase.DEMAND, signed=(), periods=(may, june), week=week).milestone
        'sign_supply'
        >>> next_stop({"SP"}, phase=Phase.SUPPLY, signed=(), periods=(may, june), week=week).period
        '2026-06'
    """
    now = _ahead(roles, phase, signed)
    for period, keys in zip(periods, (tuple(now), tuple(_every(roles))), strict=False):
        if keys:
            day, key = min((due(key, period=period, week=week), key) for key in keys)
            return Stop(milestone=key, day=day, period=period.label)
    return None


def _every(roles: Collection[str]) -> Iterator[str]:
    return (key for role in sorted(roles) for key, _ in STOPS.get(role, ()))


def _ahead(roles: Collection[str], phase: Phase, signed: Collection[str]) -> Iterator[str]:
    """Stops of a cycle still to come: those of later phases, and a signature of this one that waits for its sheet."""
    for role in sorted(roles):
        for key, verb in STOPS.get(role, ()):
            place = _PHASES[key].place
            if place > phase.place or (place == phase.place and verb and verb not in signed):
                yield key


def says(milestone: str) -> str:
    """What is done by a milestone.

    Example:
        >>> says("submit")
        'every patch is handed in: the sales cut-off'
    """
    return MILESTONES[milestone].says
