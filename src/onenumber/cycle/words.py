"""What keeps a gate closed, in words: the one catalogue that page, command and error read."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

FIRM_PERIOD = "firm period"
"""What shortages that only time could cure, where nothing new may come, are named after."""
NO_ROUTE = "no_route"
"""What shortages of what nothing can be shipped to are named after."""

TITLES: Mapping[str, str] = {
    "EX": "executive",
    "SM": "sales leader",
    "SP": "salesperson",
    "DP": "demand planner",
    "OP": "operations leader",
    "DH": "division head",
    "PM": "plant manager",
    "SS": "supply planner",
    "OWN": "process owner",
    "FIN": "finance",
    "ADM": "administrator",
}
"""Every role as a person calls it."""

CLAUSES: Mapping[str, str] = {
    "missing": "the {subject} has not been made",
    "sales_input_missing": "the {subject} has not been closed",
    "stale": "the {subject} is stale and must be made again",
    "price_coverage": "prices are known for only {subject}",
    "facts_not_loaded": "no {subject} were loaded",
    "duty_unheld": "nobody is {subject}",
    "site_without_manager": "nobody manages {subject}",
    "customers_unasked": "customers lie in no patch: {subject}",
    "figure_without_owner": "nobody answers for {subject}",
    "patch_open": "patch {subject} is neither accepted nor defaulted",
    "patch_unsubmitted": "patch {subject} has not been handed in",
    "patch_submitted": "patch {subject} is handed in and waits to be accepted",
    "news_undecided": "news {subject} is neither in the plan nor out of it",
    "news_twice": "news {subject} is in the sales figure and in L3 and would count twice until `triage` takes it out",
    "account_unsaid": "key account {subject} moved or is at risk, and nobody said whether there is news",
    "not_signed": "the signature “{subject}” has not been given",
    "shortage_open": "the shortage at {subject} has neither an option nor an escalation",
    "plant_cannot": "a plant cannot make what the plan asks of it: {subject}",
    "conflict_open": "the shortage at {subject} was escalated and has no paper with two costed options",
    "paper_undecided": "paper {subject} has not been decided",
    "paper_moved": "paper {subject} must be decided again",
    "plan_untaken": "{subject} has not answered the plan that it was handed",
    "breach_unanswered": "what missed the plan in {subject} has no answer",
    "over_budget": "budget line {subject} is out of tolerance and undecided",
}
"""A clause per code; ``history_missing`` and its like are looked up by their last word."""

NOWHERE: Mapping[str, str] = {
    FIRM_PERIOD: "shortages that only an earlier start could have prevented (the {subject})",
    NO_ROUTE: "shortages of what no site may serve ({subject})",
}
"""Causes of shortages that lie at no place, as what begins their clause."""
OF_MANY: Mapping[str, str] = {
    "shortage_open": "{many} have neither an option nor an escalation",
    "conflict_open": "{many} were escalated and have no paper with two costed options",
}
"""How that clause goes on."""

MOVED: Mapping[str, str] = {
    "money_at_risk": "money at risk",
    "net_cost": "net cost",
    "extra_cost": "extra cost",
    "own_worth": "worth of the sales gained",
    "lost_units": "units lost",
    "late_units": "units late",
    "gap": "gap to budget",
}
"""What can move on a paper by more than a decision bears, beside what its option means."""


def the_roles(roles: Iterable[str]) -> str:
    """Roles in a sentence.

    Example:
        >>> the_roles(["OWN", "FIN"])
        'the process owner or finance'
    """
    return " or ".join(TITLES[role] if role == "FIN" else f"the {TITLES[role]}" for role in roles)


def clause(code: str, subject: str) -> str:
    """What keeps the gate closed, so that it can follow a colon; a code that has no words is said as it is.

    Example:
        >>> clause("supply_plan_missing", "proposed supply plan")
        'the proposed supply plan has not been made'
        >>> clause("shortage_open", "firm period")[:71]
        'shortages that only an earlier start could have prevented (the firm per'
        >>> clause("coverage_low", "History")
        'History: coverage low'
    """
    if code in OF_MANY and subject in NOWHERE:
        return OF_MANY[code].format(many=NOWHERE[subject].format(subject=subject))
    known = CLAUSES.get(code) or CLAUSES.get(code.rsplit("_", maxsplit=1)[-1])
    return known.format(subject=subject) if known else f"{subject}: {code.replace('_', ' ')}"


def what_is_short(code: str, subject: str, name: str = "") -> str:
    """What a shortage is called that is no clause: by where it lies (``name`` as people call that) or by its cause.

    Example:
        >>> what_is_short("shortage_open", "L22", "Brazing (L22)"), what_is_short("plant_cannot", "P1 A1 2026-06")
        ('the shortage at Brazing (L22)', 'what a plant cannot make (P1 A1 2026-06)')
        >>> what_is_short("shortage_open", "no_route")
        'shortages of what no site may serve (no_route)'
    """
    if code == "plant_cannot":
        return f"what a plant cannot make ({name or subject})"
    known = NOWHERE.get(subject)
    return known.format(subject=subject) if known is not None else f"the shortage at {name or subject}"


def sentence(code: str, subject: str) -> str:
    """The clause where a line begins with it.

    Example:
        >>> sentence("patch_unsubmitted", "Nord")
        'Patch Nord has not been handed in'
    """
    said = clause(code, subject)
    return said[:1].upper() + said[1:]


def due(paper: str, *, deadline: dt.date, default: str, today: dt.date) -> str:
    """A paper with the day until which it is decided, and what happens otherwise.

    Example:
        >>> due("2026-05-L1", deadline=dt.date(2026, 5, 21), default="D", today=dt.date(2026, 5, 21))
        '2026-05-L1 (by 2026-05-21, else D takes effect)'
        >>> due("2026-05-L1", deadline=dt.date(2026, 5, 21), default="D", today=dt.date(2026, 5, 22))
        '2026-05-L1 (was due 2026-05-21: D takes effect)'
    """
    when = f"was due {deadline}:" if deadline < today else f"by {deadline}, else"
    return f"{paper} ({when} {default} takes effect)"


def decided_then(paper: str, *, person: str, taken: str, what: Sequence[str]) -> str:
    """A paper whose figures moved, with who decided it as what, and what moved since. It says no amount.

    Example:
        >>> decided_then("2026-05-L1", person="Eva Okafor", taken="A", what=["net_cost", "money_at_risk"])
        '2026-05-L1 (Eva Okafor: A; moved since: net cost, money at risk)'
        >>> decided_then("2026-05-L1", person="Eva Okafor", taken="A", what=["difference"])
        '2026-05-L1 (Eva Okafor: A; that is another option now)'
    """
    figures = [MOVED[one] for one in what if one in MOVED]
    since = f"moved since: {', '.join(figures)}" if figures else "that is another option now"
    return f"{paper} ({person}: {taken}; {since})"
