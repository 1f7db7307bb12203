"""Words that several pages use: roles, phases, sheets, and why a figure is not there."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.phases import Phase
from onenumber.cycle.words import TITLES
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind, SheetState
from onenumber.model.sheet_names import sheet_name
from onenumber.review.words import account_name
from onenumber.web.family.model import Figure
from onenumber.web.sheets.model import SheetRef

Words = Mapping[str, str | Promise]

ROLES: Words = {code: _(title) for code, title in TITLES.items()}


PHASES: Mapping[Phase, str | Promise] = {
    Phase.DATA: _("Data"),
    Phase.DEMAND: _("Demand"),
    Phase.SUPPLY: _("Supply"),
    Phase.RECONCILE: _("Reconcile"),
    Phase.EXEC: _("Executive"),
    Phase.PUBLISH: _("Published"),
    Phase.MONITOR: _("Month runs"),
    Phase.CLOSED: _("Closed"),
}

SPOKEN: Mapping[Phase, str | Promise] = {
    **PHASES,
    Phase.RECONCILE: _("the Reconcile phase"),
    Phase.EXEC: _("the Executive phase"),
    Phase.PUBLISH: _("the publication"),
    Phase.MONITOR: _("the running month"),
    Phase.CLOSED: _("the cycle"),
}
"""Phases as a sentence names them, where the word on the cycle bar would not read as a noun."""

SHEETS: Mapping[tuple[SheetKind, str], str | Promise] = {
    (kind, stage): _(sheet_name(kind, stage))
    for kind, stage in (
        (SheetKind.LOAD, ""),
        (SheetKind.COMPANY, ""),
        (SheetKind.HISTORY, ""),
        (SheetKind.FORECAST, ""),
        (SheetKind.SALES_INPUT, ""),
        (SheetKind.CONSENSUS, ""),
        (SheetKind.SUPPLY_PLAN, "proposed"),
        (SheetKind.REVIEW, ""),
        (SheetKind.DECISION, "papers"),
        (SheetKind.DECISION, "decided"),
        (SheetKind.SUPPLY_PLAN, "final"),
        (SheetKind.REVIEW, "final"),
        (SheetKind.PUBLISHED_PLAN, ""),
        (SheetKind.ADHERENCE, ""),
    )
}
"""Every sheet of a cycle in the order of the flow."""

STATES: Mapping[SheetState, str | Promise] = {
    SheetState.DRAFT: _("draft"),
    SheetState.FROZEN: _("frozen"),
    SheetState.SIGNED: _("signed"),
    SheetState.PUBLISHED: _("published"),
}

ABSENT: Mapping[State, str | Promise] = {
    State.NONE: _("there is none here"),
    State.MISSING: _("it should be here, and is missing"),
    State.WITHHELD: _("you may not see it"),
    State.NOT_COMPUTED: _("it has not been computed yet"),
}

REASONS: Words = {
    "no_budget": _("there is no budget line"),
    "no_safety_stock": _("no safety stock is in force"),
    "no_actual": _("the period is not over"),
    "beyond_horizon": _("the stock outlasts the demand planned ahead, or none is planned"),
    "not_promised": _("nothing is asked for, or not all of it comes within the plan"),
    "nothing_due": _("no order line was due"),
    "no_demand": _("there is no demand to divide by"),
    "no_prices": _("no prices were loaded (table prices)"),
    "no_costs": _("no costs were loaded (table costs)"),
    "no_data": _("the data was not loaded"),
    "not_made": _("the sheet has not been made yet"),
    "over": _("the period is over"),
    "no_plan_then": _("no cycle planned this period"),
    "beyond_last": _("the last cycle did not plan this far, or there was none"),
}
"""Why there is no figure, by the reason code that comes with it."""
UNVALUED = ("no_prices", "no_costs")
"""Why what is there has no value in money."""

WRONG: Words = {
    "not_mine": _("not this customer's"), "wrong_date": _("wrong date"), "missing": _("missing"),
}  # fmt: skip
"""What can be wrong with an order."""


def under_way(phase: Phase) -> str:
    """That a phase is under way, as part of a sentence.

    Example:
        >>> under_way(Phase.DEMAND), under_way(Phase.EXEC), under_way(Phase.MONITOR), under_way(Phase.CLOSED)
        ('Demand is under way', 'the Executive phase is under way', 'the month runs', 'the cycle is closed')
    """
    if phase in (Phase.MONITOR, Phase.CLOSED):
        return gettext("the month runs") if phase is Phase.MONITOR else gettext("the cycle is closed")
    return gettext("%(phase)s is under way") % {"phase": SPOKEN[phase]}


def roles_words(codes: Sequence[str]) -> str:
    """Roles in words.

    Example:
        >>> roles_words(["SS", "OP"])
        'supply planner, operations leader'
    """
    return ", ".join(str(ROLES.get(code, code)) for code in codes)


def sheet_words(ref: SheetRef) -> str:
    """A sheet in words, with its version.

    Example:
        >>> sheet_words(SheetRef(id="7", kind=SheetKind.SUPPLY_PLAN, stage="final", number=3, hash="ab"))
        'Supply plan, final 3'
    """
    return f"{sheet_kind_words(ref.kind, ref.stage)} {ref.number}"


def sheet_kind_words(kind: SheetKind, stage: str) -> str:
    """A sheet in words; of an emergency between meetings the stage is its number, of an amendment that.

    Example:
        >>> sheet_kind_words(SheetKind.PUBLISHED_PLAN, "R1")
        'Published plan, R1'
    """
    known = SHEETS.get((kind, stage))
    whole = "" if (kind, "") in SHEETS else next(of for one, of in SHEETS if one is kind)
    return str(known) if known is not None else f"{str(SHEETS[kind, whole]).partition(',')[0]}, {stage}"


def why_absent(figure: Figure) -> str:
    """Why there is no figure, in words.

    Example:
        >>> why_absent(Figure(value=None, state=State.NOT_COMPUTED, reason="no_budget"))
        'there is no budget line'
        >>> why_absent(Figure(value=None, state=State.MISSING, reason="over"))
        'it should be here, and is missing'
        >>> why_absent(Figure(value=None, state=State.MISSING, reason="no_costs"))
        'no costs were loaded (table costs)'
    """
    if figure.reason in REASONS and (figure.state is not State.MISSING or figure.reason in UNVALUED):
        return str(REASONS[figure.reason])
    return str(ABSENT.get(figure.state, _("it is not known")))


def account_words(account: str) -> str:
    """What an account of a budget is called."""
    return gettext(account_name(account))


def accepted_words(accepted: int, outside: int) -> str:
    """How many of the budget lines out of tolerance the executive accepted; empty where none.

    Example:
        >>> accepted_words(1, 4), accepted_words(4, 4), accepted_words(0, 4)
        ('The executive accepted 1 of them.', 'The executive accepted all of them.', '')
    """
    said = ngettext("The executive accepted %(n)d of them.", "The executive accepted %(n)d of them.", accepted)
    if accepted and accepted == outside:
        said = ngettext("The executive accepted it.", "The executive accepted all of them.", accepted)
    return said % {"n": accepted} if accepted else ""


def unheld_words(unknown: int, unbudgeted: int) -> str:
    """Of how many budget lines it is not known how they land, and how many have no budget; empty where all are held.

    Example:
        >>> unheld_words(6, 1), unheld_words(0, 2), unheld_words(0, 0)
        ('of 6 it is not known, 1 has no budget', '2 have no budget', '')
    """
    missing = ngettext("of %(n)d it is not known", "of %(n)d it is not known", unknown) % {"n": unknown}
    none = ngettext("%(n)d has no budget", "%(n)d have no budget", unbudgeted) % {"n": unbudgeted}
    return ", ".join(said for said, count in ((missing, unknown), (none, unbudgeted)) if count)


def named(names: Sequence[str], otherwise: str) -> str:
    """Names in words, or what stands for nobody.

    Example:
        >>> named(["Ana Ruiz", "Bo Li", "Cy Day"], "nobody"), named([], "nobody")
        ('Ana Ruiz, Bo Li and Cy Day', 'nobody')
    """
    if not names:
        return otherwise
    if len(names) == 1:
        return names[0]
    return gettext("%(all)s and %(last)s") % {"all": ", ".join(names[:-1]), "last": names[-1]}
