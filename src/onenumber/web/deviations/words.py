"""The sentences and tables of the page of deviations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.reasons import REASONS
from onenumber.review.deviations import CUSTOMERS, PARTS, SUPPLY
from onenumber.steps.see.answers import Said
from onenumber.steps.see.deviations import NO_CONSENSUS, NO_HISTORY, NOT_LOADED, Bars, Cause, Claim, DeviationsShown
from onenumber.web.charts.waterfall import Fall, waterfall
from onenumber.web.numbers import NOTHING, Scale, deviation, number, period_words, plus, scale_of, short, signed
from onenumber.web.sheets.adherence import CALLED
from onenumber.web.words import named

WHY: Mapping[str, str | Promise] = {
    NO_CONSENSUS: _("– It is not known: no cycle of OneNumber forecast this month a month ahead."),
    NOT_LOADED: _("– It is not known: what was sold in the month has not been loaded."),
    NO_HISTORY: _("– It is not known before the data of the cycle are frozen."),
}
BARS: Mapping[str, str | Promise] = {
    "volume": _("volume"), "mix": _("mix"), "new": _("new"), "lost": _("lost"),
    "undelivered": _("asked, not delivered"), "caught_up": _("of older orders"), "price": _("price"),
    "returns": _("returns"),
}  # fmt: skip
"""What each bar is called at the head of a column."""
BY: Mapping[str, str | Promise] = {
    "division": _("division"), "family": _("family"), "patch": _("patch"), "customer": _("customer"),
}  # fmt: skip
TRUE: Mapping[str, str | Promise] = {
    "true": _("it came true"), "false": _("it did not come true"), "kept": _("the figure was kept since"),
    "again": _("the figure was missed again"), "unknown": _("the next month will tell"),
}  # fmt: skip
NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A bar of the waterfall: its name, its amount, why, and where it lies."""

    name: str
    amount: str
    why: str
    unexplained: bool
    fall: Fall


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group's bars as shown, and the place of its family page or its customer; both empty where it has neither."""

    name: str
    place: str
    customer: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """An explanation of the month before, and what came of it."""

    what: str
    said: str
    by: str
    came: str
    is_false: bool


def lead(shown: DeviationsShown) -> tuple[str, ...]:
    """How far the month was from the consensus and the budget, and how much of it supply did."""
    if shown.all is None:
        return (str(WHY[shown.why]),)
    one, month = shown.all, period_words(shown.period)
    gap = one.actual - one.consensus
    said = gettext(
        "%(month)s delivered %(actual)s %(currency)s, %(by)s the consensus of %(base)s, a month ahead: %(gap)s "
        "%(currency)s."
    ) % {
        "month": month, "actual": short(one.actual), "currency": shown.currency, "by": deviation(gap, one.consensus),
        "gap": plus(gap), "base": period_words(shown.base),
    }  # fmt: skip
    rest = (_asked(one, shown.currency), _supply(one, shown.currency), _against_budget(one))
    return tuple(part for part in (said, *rest) if part)


def _asked(one: Bars, currency: str) -> str:
    """What customers asked for: the other figure of the month that other pages hold against a plan."""
    gap = sum(one.parts[part] for part in CUSTOMERS)
    values = {"asked": short(one.consensus + gap), "currency": currency, "by": deviation(gap, one.consensus)}
    return gettext("Customers asked for %(asked)s %(currency)s, %(by)s it.") % values


def _supply(one: Bars, currency: str) -> str:
    undelivered, caught_up = (one.parts[name] for name in SUPPLY)
    if not round(undelivered) and not round(caught_up):
        return gettext("All that was asked was delivered in the month.")
    said = gettext(
        "Supply did %(supply)s %(currency)s of it: orders of %(missing)s %(currency)s were not delivered, older ones "
        "of %(older)s %(currency)s were."
    )
    return said % {
        "supply": plus(undelivered + caught_up), "missing": short(-undelivered), "older": short(caught_up),
        "currency": currency,
    }  # fmt: skip


def gone(shown: DeviationsShown) -> str:
    """How many customers asked for nothing, and what the consensus had of them; their names stand behind it."""
    if not shown.gone:
        return ""
    said = ngettext(
        "The consensus had %(money)s %(currency)s of %(n)d customer who asked for nothing:",
        "The consensus had %(money)s %(currency)s of %(n)d customers who asked for nothing:",
        len(shown.gone),
    )
    money = short(sum(one.money for one in shown.gone))
    return said % {"n": len(shown.gone), "money": money, "currency": shown.currency}


def _against_budget(one: Bars) -> str:
    if one.budget is None:
        return ""
    gap = one.actual - one.budget
    return gettext("What was delivered is %(by)s the budget.") % {"by": deviation(gap, one.budget)}


def steps(shown: DeviationsShown) -> tuple[Step, ...]:
    """The waterfall: from consensus by what supply did, and what of the customers' doing was explained, to actual."""
    if shown.all is None:
        return ()
    rows = [row for row in _steps(shown, shown.all) if row[3] or round(row[1])]
    falls = waterfall(shown.all.consensus, [amount for _name, amount, _why, _open in rows])
    first_name = gettext("Consensus of %(base)s") % {"base": period_words(shown.base)}
    ends = ((first_name, shown.all.consensus), (gettext("Actual, delivered"), shown.all.actual))
    scale = _scale(shown.all)
    first, last = (
        Step(name=name, amount=scale.shown(amount), why="", unexplained=False, fall=fall)
        for (name, amount), fall in zip(ends, (falls[0], falls[-1]), strict=True)
    )
    made = (
        Step(name=name, amount=_signed(amount, scale), why=why, unexplained=is_open and bool(round(amount)), fall=fall)
        for (name, amount, why, is_open), fall in zip(rows, falls[1:-1], strict=True)
    )
    return (first, *made, last)


def _steps(shown: DeviationsShown, one: Bars) -> Iterator[tuple[str, float, str, bool]]:
    said = " · ".join(map(_quoted, shown.supply))
    named_by = _answering(shown, "service")
    supply = gettext("supply; %(who)s") % {"who": named_by} if named_by else gettext("supply")
    yield gettext("Asked and not delivered"), one.parts["undelivered"], said or supply, False
    yield gettext("Delivered of older orders"), one.parts["caught_up"], gettext("supply"), False
    yield gettext("Price"), one.parts["price"], gettext("invoiced against the plan's prices"), False
    yield gettext("Returns"), one.parts["returns"], gettext("credited in the month"), False
    for cause in shown.causes:
        if cause.said is not None:
            yield gettext("Customers of %(name)s") % {"name": cause.name}, cause.amount, _said(cause), False
    open_ = [cause for cause in shown.causes if cause.said is None]
    names, amount = ", ".join(cause.name for cause in open_), sum(cause.amount for cause in open_)
    if not shown.whole:  # what was said of a figure is read by who plans or answers for it: here it is not known
        whose = _answering(shown, "sales") or gettext("who answers for sales can say why")
        told = gettext("they asked for something else; %(who)s") % {"who": whose}
        yield gettext("Customers of %(name)s") % {"name": names}, amount, told, False
        return
    why = gettext("nobody said why the customers of %(names)s asked for something else") % {"names": names}
    none = gettext("of every division somebody said why")
    yield gettext("Unexplained"), amount, why if open_ else none, True


def _answering(shown: DeviationsShown, figure: str) -> str:
    """Who answers for a figure of the part that is shown, by name; empty where it is not known to who looks."""
    who = list(dict.fromkeys(one.owner for one in shown.answerers if one.figure == figure))
    said = ngettext("%(who)s answers for it", "%(who)s answer for it", len(who))
    return said % {"who": named(who, "")} if who else ""


def _said(cause: Cause) -> str:
    return _quoted(cause.said) if cause.said is not None else ""


def _quoted(said: Said) -> str:
    return f"{said.person}: “{said.text}”{_kind(said)}"


def _kind(said: Said) -> str:
    """The kind of a cause in words: its code is for files."""
    return f" ({REASONS[said.code]})" if said.code in REASONS else ""


def heads(shown: DeviationsShown) -> tuple[str, ...]:
    """The heads of the columns of the table by group."""
    budget = (gettext("against budget"),) if _has_budget(shown) else ()
    return (gettext("consensus"), *(str(BARS[part]) for part in PARTS), gettext("actual"), *budget)


def group_rows(shown: DeviationsShown) -> tuple[GroupRow, ...]:
    """The groups, the farthest under first, then their sum."""
    if shown.all is None:
        return ()
    rows = [_group(one, one.name, shown) for one in shown.groups]
    return (*rows, _group(shown.all, gettext("All together"), shown))


def _group(one: Bars, name: str, shown: DeviationsShown) -> GroupRow:
    scale = _scale(shown.all or one)
    budget = NOTHING if one.budget is None else deviation(one.actual - one.budget, one.budget)
    parts = (_signed(one.parts[part], scale) for part in PARTS)
    ends = scale.shown(one.consensus), scale.shown(one.actual)
    place = f"{shown.by}:{one.label}" if one.label and shown.by in ("division", "family") else ""
    customer = one.label if shown.by == "customer" else ""
    cells = (ends[0], *parts, ends[1], *((budget,) if _has_budget(shown) else ()))
    return GroupRow(name=name, place=place, customer=customer, cells=cells)


def _has_budget(shown: DeviationsShown) -> bool:
    """Whether a division is shown that has a budget, and is seen as a whole."""
    return shown.by == "division" and any(one.budget is not None for one in shown.groups)


def _scale(one: Bars) -> Scale:
    """One scale for all amounts of the tables: what stands in a column can be compared by eye."""
    return scale_of(max(abs(one.consensus), abs(one.actual)))


def unit(shown: DeviationsShown) -> str:
    """In what the tables count: the currency, in thousands or millions where it has many digits."""
    word = _scale(shown.all).word if shown.all is not None else ""
    return f"{word} {shown.currency}".strip()


def _signed(value: float, scale: Scale) -> str:
    return signed(value / scale.divisor, scale.decimals)


def claim_rows(shown: DeviationsShown) -> tuple[ClaimRow, ...]:
    """What was said of the month before."""
    return tuple(_claim(one) for one in shown.claims)


def _claim(one: Claim) -> ClaimRow:
    figure = f"{CALLED[one.miss.key[0]]}, {one.miss.scope}"
    return ClaimRow(
        what=f"{period_words(one.miss.period)}: {figure}", said=f"{one.said.text}{_kind(one.said)}", by=one.said.person,
        came=_came(one), is_false=one.came_true in ("false", "again"),
    )  # fmt: skip


def _came(one: Claim) -> str:
    said = str(TRUE[one.came_true])
    if one.came is None or one.plan is None or one.came_true not in ("true", "false"):
        return said
    more = gettext("%(said)s: a month later sales are %(by)s their plan, by %(n)s %(unit)s")
    values = {"said": said, "by": deviation(one.came, one.plan), "n": number(abs(one.came)), "unit": one.unit}
    return more % values
