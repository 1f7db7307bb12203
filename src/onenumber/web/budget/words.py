"""The sentences and tables of the budget."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.budget import BudgetLine, BudgetShown
from onenumber.web.act.model import Ask, Way
from onenumber.web.numbers import NOTHING, bias_words, number, period_head, short, signed
from onenumber.web.tables.model import Block, Cell, Row, table, words
from onenumber.web.words import account_words, unheld_words

STATES: Mapping[str, str | Promise] = {
    "within": _("within tolerance"), "outside": _("out of tolerance, to be decided"), "better": _("better than budget"),
    "no_budget": _("no budget"), "unknown": _("not known"),
}  # fmt: skip
ACCEPTED = _("out of tolerance, accepted")
UNRECORDED = ("overtime_cost", "expedite_cost")
"""Accounts of which no table of facts says what they cost so far."""
WHY: Mapping[str, str | Promise] = {
    "year_not_planned": _("the plan does not reach the end of the year"),
    "actual_unknown": _("what happened so far is not all loaded, or not all valued"),
    "plan_unknown": _("the plan is not all valued"),
    "budget_incomplete": _("some periods of the year have no budget"),
    "no_budget": _("load a line of it in budget_lines"),
    "no_tolerance": _("no tolerance is set, so every bad gap is outside"),
}  # fmt: skip


def lead(shown: BudgetShown) -> str:
    """How many lines of the year land out of tolerance, and the farthest, in a sentence."""
    if not shown.of:
        return gettext("– No review is made yet: the plan has no value, and nothing is held against the budget.")
    mine = [one for one in shown.lines if one.year == shown.year]
    outside = [one for one in mine if one.status == "outside"]
    none = sum(one.status == "no_budget" for one in mine)
    tail = ngettext(
        " %(none)d line has no budget: it comes with the file of budget lines.",
        " %(none)d lines have no budget: it comes with the file of budget lines.", none,
    ) % {"none": none}  # fmt: skip
    if none == len(mine):
        return gettext("– No line of %(year)d has a budget: it comes with the file of budget lines.") % {
            "year": shown.year
        }
    if not outside:
        said = gettext("All %(all)d budget lines of %(year)d that are known land within tolerance, or better.")
        known = sum(one.status in {"within", "better"} for one in mine)
        return said % {"all": known, "year": shown.year} + (tail if none else "")
    most = max(outside, key=_far)  # as the executive page names the farthest
    said = ngettext("%(n)d of %(all)d lines of %(year)d lands out of tolerance: %(name)s, %(gap)s its budget.",
                    "%(n)d of %(all)d lines of %(year)d land out of tolerance; %(name)s farthest, %(gap)s its "
                    "budget.", len(outside))  # fmt: skip
    values = {
        "n": len(outside), "all": len(mine), "year": shown.year, "name": _called(most),
        "gap": _gap_words(most, shown.currency),
    }  # fmt: skip
    return said % values + (tail if none else "")


def unbudgeted(shown: BudgetShown) -> bool:
    """Whether a line of the year, or all of them, has no budget: whoever loads data is shown where it is loaded."""
    mine = [one for one in shown.lines if one.year == shown.year]
    return bool(shown.of) and (not mine or any(one.status == "no_budget" for one in mine))


def _far(one: BudgetLine) -> tuple[float, float]:
    """How far a line lands from its budget, by per cent; behind all those one with a budget of 0, which has none."""
    return (-1.0 if one.gap_percent is None else abs(one.gap_percent), abs(one.gap or 0.0))


def _gap_words(one: BudgetLine, currency: str) -> str:
    """The gap of a line out of tolerance, so of a known budget; where that is 0, without per cent."""
    gap = one.gap or 0.0
    if one.gap_percent is None:
        said = gettext("%(gap)s %(currency)s over") if gap > 0 else gettext("%(gap)s %(currency)s under")
        return said % {"gap": short(abs(gap)), "currency": currency}
    return gettext("%(gap)s %(currency)s or %(percent)s") % {
        "gap": short(abs(gap)), "currency": currency, "percent": bias_words(one.gap_percent / 100),
    }  # fmt: skip


def blocks(shown: BudgetShown, plan: str, *, every: bool) -> tuple[Block, ...]:
    """The lines by division and by plant: this year's, or of ``every`` year that the plan touches."""
    mine = [one for one in shown.lines if every or one.year == shown.year]
    kinds = ((True, "divisions", gettext("By division")), (False, "plants", gettext("By plant")))
    return tuple(
        _block(kind, title, [one for one in mine if one.by_division is divisions], shown, plan)
        for divisions, kind, title in kinds
        if any(one.by_division is divisions for one in mine)
    )


def _block(kind: str, title: str, lines: Sequence[BudgetLine], shown: BudgetShown, plan: str) -> Block:
    heads = (
        gettext("Account and place"), gettext("Year"), _to_date(shown), _planned(shown), gettext("Landing"),
        gettext("Budget"), gettext("Gap"), gettext("Gap, %"), gettext("Tolerance, %"), gettext("State"),
    )  # fmt: skip
    said = [_out_of_tolerance(lines) or _known(lines), *_notes(lines)]
    said.append(gettext("Amounts in %(currency)s.") % {"currency": shown.currency})
    return Block(kind=kind, title=title, sentence=" ".join(said),
                 table=table(title, heads, tuple(_rows(lines, shown, plan))))  # fmt: skip


def _to_date(shown: BudgetShown) -> str:
    """The head of what happened: to which month, as the review is of one that may be over by now."""
    return gettext("To %(month)s") % {"month": period_head(shown.until)} if shown.until else gettext("To date")


def _planned(shown: BudgetShown) -> str:
    return gettext("Planned from %(month)s") % {"month": period_head(shown.of)} if shown.of else gettext("Planned")


def _out_of_tolerance(lines: Sequence[BudgetLine]) -> str:
    """Which lines wait for the executive, else which she accepted; empty where none is out of tolerance."""
    out = [one for one in lines if one.status == "outside"]
    waiting = [one for one in out if not one.decided]
    if waiting:
        said = ngettext("%(n)d line waits for an executive's decision: %(names)s.",
                        "%(n)d lines wait for an executive's decision: %(names)s.", len(waiting))  # fmt: skip
        return said % {"n": len(waiting), "names": "; ".join(f"{_called(one)} {one.year}" for one in waiting)}
    said = ngettext("%(n)d line lands out of tolerance; the executive accepted it.",
                    "%(n)d lines land out of tolerance; the executive accepted them.", len(out))  # fmt: skip
    return said % {"n": len(out)} if out else ""


def _known(lines: Sequence[BudgetLine]) -> str:
    """That no line is out of tolerance, of how many it is not known, and how many have no budget."""
    missing, none = (sum(one.status == status for one in lines) for status in ("unknown", "no_budget"))
    if missing + none == len(lines):
        return gettext("– Of no line is it known how it lands against a budget.")
    if not missing + none:
        return gettext("No line lands out of tolerance.")
    return gettext("None that is known lands out of tolerance; %(rest)s.") % {"rest": unheld_words(missing, none)}


def _notes(lines: Sequence[BudgetLine]) -> Iterator[str]:
    """What the accounts of plants hold, and why some of them stay unknown."""
    if any(one.account == "inventory_value" for one in lines):
        yield gettext("Inventory is all that lies at a plant at the year's end, materials included, at standard cost.")
    if any(one.account in UNRECORDED and one.reason == "actual_unknown" for one in lines):
        yield gettext("What overtime and expediting cost so far is in no file that OneNumber takes.")


def _rows(lines: Sequence[BudgetLine], shown: BudgetShown, plan: str) -> Iterator[Row]:
    """The lines, and under those of an account in a year what they add up to, where the whole company is shown."""
    for _key, group in groupby(lines, key=lambda one: (one.year, one.account)):
        part = list(group)
        yield from (_row(one, shown, plan) for one in part)
        if len(part) > 1 and not shown.part:
            yield _whole(part)


def _whole(part: Sequence[BudgetLine]) -> Row:
    """The lines of an account in all; no total of what is not known everywhere."""
    why = gettext("not known of every line")
    columns = [[getattr(one, name) for one in part] for name in ("actual", "plan", "landing", "budget", "gap")]
    sums = [None if None in column else sum(column) for column in columns]
    gap, budget = sums[4], sums[3]
    percent = None if gap is None or not budget else gap / abs(budget) * 100
    cells = (
        Cell(text=str(part[0].year)), *(_amount(value, why) for value in sums[:4]),
        Cell(text=NOTHING, hint=why) if gap is None else Cell(text=signed(gap)),
        Cell(text=NOTHING, hint=why) if percent is None else Cell(text=signed(percent, 1)), Cell(text=""), words(""),
    )  # fmt: skip
    return Row(name=gettext("%(account)s, in all") % {"account": _account(part[0])}, cells=cells, whole=True)


def _row(one: BudgetLine, shown: BudgetShown, plan: str) -> Row:
    why = str(WHY.get(one.reason, ""))
    amounts = (one.actual, one.plan, one.landing, one.budget)
    state = ACCEPTED if one.status == "outside" and one.decided else STATES[one.status]
    cells = (
        Cell(text=str(one.year)), *(_amount(value, why) for value in amounts),
        Cell(text=NOTHING, hint=why) if one.gap is None else Cell(text=signed(one.gap)),
        Cell(text=NOTHING, hint=why) if one.gap_percent is None else Cell(text=signed(one.gap_percent, 1)),
        _tolerance(one), words(str(state), hint=why),
    )  # fmt: skip
    open_ = one.status == "no_budget" or (one.status == "outside" and not one.decided)
    place = quote(f"division:{one.place}")
    href = f"{reverse('family', args=[plan, shown.cycle])}?place={place}&in=money" if one.by_division else ""
    return Row(name=_called(one), cells=cells, attention=open_, href=href,
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


def _account(one: BudgetLine) -> str:
    return account_words(one.account)


def _called(one: BudgetLine) -> str:
    return f"{_account(one)}, {one.name}"
