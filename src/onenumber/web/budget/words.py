"""The sentences and tables of the budget."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.budget import BudgetLine, BudgetShown
from onenumber.web.act.model import Ask, Way
from onenumber.web.numbers import NOTHING, bias_words, number, short, signed
from onenumber.web.tables.model import Block, Cell, Row, table, words
from onenumber.web.words import ACCOUNTS

STATES: Mapping[str, str | Promise] = {
    "within": _("within tolerance"), "outside": _("outside, to be decided"), "better": _("better than budget"),
    "no_budget": _("no budget"), "unknown": _("not known"),
}  # fmt: skip
WHY: Mapping[str, str | Promise] = {
    "year_not_planned": _("the plan does not reach the end of the year"),
    "actual_unknown": _("what happened so far is not all loaded, or not all valued"),
    "plan_unknown": _("the plan is not all valued"),
    "budget_incomplete": _("some periods of the year have no budget"),
    "no_budget": _("load a line of it in budget_lines"),
    "no_tolerance": _("no tolerance is set, so every bad gap is outside"),
}  # fmt: skip


def lead(shown: BudgetShown) -> str:
    """How many lines of the year land outside their tolerance, and the furthest, in a sentence."""
    if not shown.of:
        return gettext("– No review is made yet: the plan has no value, and nothing is held against the budget.")
    mine = [one for one in shown.lines if one.year == shown.year]
    outside = [one for one in mine if one.status == "outside"]
    none = sum(one.status == "no_budget" for one in mine)
    tail = ngettext(" %(none)d line has no budget.", " %(none)d lines have no budget.", none) % {"none": none}
    if not outside:
        said = gettext("All %(all)d budget lines of %(year)d that are known land within tolerance, or better.")
        known = sum(one.status in {"within", "better"} for one in mine)
        return said % {"all": known, "year": shown.year} + (tail if none else "")
    most = max(outside, key=_far)  # as the executive page names the farthest
    said = ngettext("%(n)d of %(all)d lines of %(year)d lands outside its tolerance: %(name)s, %(gap)s its budget.",
                    "%(n)d of %(all)d lines of %(year)d land outside their tolerance; %(name)s furthest, %(gap)s its "
                    "budget.", len(outside))  # fmt: skip
    values = {
        "n": len(outside), "all": len(mine), "year": shown.year, "name": _called(most),
        "gap": _gap_words(most, shown.currency),
    }  # fmt: skip
    return said % values + (tail if none else "")


def _far(one: BudgetLine) -> tuple[float, float]:
    """How far a line lands from its budget, by per cent; behind all those one with a budget of 0, which has none."""
    return (-1.0 if one.gap_percent is None else abs(one.gap_percent), abs(one.gap or 0.0))


def _gap_words(one: BudgetLine, currency: str) -> str:
    """The gap of a line outside its tolerance, so of a known budget; where that is 0, without per cent."""
    gap = one.gap or 0.0
    if one.gap_percent is None:
        said = gettext("%(gap)s %(currency)s over") if gap > 0 else gettext("%(gap)s %(currency)s under")
        return said % {"gap": short(abs(gap)), "currency": currency}
    return gettext("%(gap)s %(currency)s or %(percent)s") % {
        "gap": short(abs(gap)), "currency": currency, "percent": bias_words(one.gap_percent / 100),
    }  # fmt: skip


def blocks(shown: BudgetShown, *, every: bool) -> tuple[Block, ...]:
    """The lines by division and by plant: this year's, or of ``every`` year that the plan touches."""
    mine = [one for one in shown.lines if every or one.year == shown.year]
    kinds = ((True, "divisions", gettext("By division")), (False, "plants", gettext("By plant")))
    return tuple(
        _block(kind, title, [one for one in mine if one.by_division is divisions], shown)
        for divisions, kind, title in kinds
        if any(one.by_division is divisions for one in mine)
    )


def _block(kind: str, title: str, lines: Sequence[BudgetLine], shown: BudgetShown) -> Block:
    heads = (
        gettext("Account and place"), gettext("Year"), gettext("To date"), gettext("Planned"), gettext("Landing"),
        gettext("Budget"), gettext("Gap"), gettext("Gap, %"), gettext("Tolerance, %"), gettext("State"),
    )  # fmt: skip
    out = [one for one in lines if one.status == "outside"]
    said = gettext("No line is outside its tolerance.")
    if out:
        said = ngettext("%(n)d line waits for an executive's decision: %(names)s.",
                        "%(n)d lines wait for an executive's decision: %(names)s.", len(out))  # fmt: skip
        said = said % {"n": len(out), "names": "; ".join(f"{_called(one)} {one.year}" for one in out)}
    money = gettext(" Amounts in %(currency)s.") % {"currency": shown.currency}
    return Block(kind=kind, title=title, sentence=said + money,
                 table=table(title, heads, tuple(_row(one, shown) for one in lines)))  # fmt: skip


def _row(one: BudgetLine, shown: BudgetShown) -> Row:
    why = str(WHY.get(one.reason, ""))
    amounts = (one.actual, one.plan, one.landing, one.budget)
    cells = (
        Cell(text=str(one.year)), *(_amount(value, why) for value in amounts),
        Cell(text=NOTHING, hint=why) if one.gap is None else Cell(text=signed(one.gap)),
        Cell(text=NOTHING, hint=why) if one.gap_percent is None else Cell(text=signed(one.gap_percent, 1)),
        _tolerance(one), words(str(STATES[one.status]), hint=why),
    )  # fmt: skip
    return Row(name=_called(one), cells=cells, attention=one.status in {"outside", "no_budget"},
               ways=_ways(one) if shown.may and one.year == shown.year else ())  # fmt: skip


def _tolerance(one: BudgetLine) -> Cell:
    text = NOTHING if one.tolerance is None else f"{one.tolerance:g}"
    if one.new_tolerance is None:
        return Cell(text=text, hint="" if one.tolerance is not None else str(WHY["no_tolerance"]))
    return Cell(text=gettext("%(was)s, next cycle %(now)s") % {"was": text, "now": f"{one.new_tolerance:g}"})


def _ways(one: BudgetLine) -> tuple[Way, ...]:
    now = one.new_tolerance if one.new_tolerance is not None else one.tolerance
    asked = (
        Ask(name="value", kind="number", needed=True, value="" if now is None else f"{now:g}"),
        Ask(name="reason", kind="text", needed=True),
    )
    return (Way(step="amend", given={"table": "budget_tolerances", "key": one.key}, asked=asked),)


def _amount(value: float | None, why: str) -> Cell:
    return Cell(text=NOTHING, hint=why) if value is None else Cell(text=number(value))


def _called(one: BudgetLine) -> str:
    return f"{ACCOUNTS.get(one.account, one.account.replace('_', ' '))}, {one.name}"
