"""The sentences and tables of the page of parameters."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from onenumber.inventory.scorecard import OVER_PLAN
from onenumber.steps.see.parameters import LEADS, RATES, STOCKS, TABLE_OF, Amended, Parameter, ParametersShown
from onenumber.steps.see.vendors import VendorLine
from onenumber.web.act.model import Ask, Way
from onenumber.web.numbers import NOTHING, deviation, number, share, short, signed
from onenumber.web.said import say
from onenumber.web.tables.model import Block, Cell, Row, table, without, words

Words = Mapping[str, str | Promise]
TITLES: Words = {RATES: _("Rates"), LEADS: _("Lead times"), STOCKS: _("Safety stocks")}
SAYS: Words = {
    RATES: ngettext_lazy(
        "%(n)d of %(all)d rates is not what lines show: %(name)s at %(where)s is planned with %(planned)s h a unit, "
        "the last %(count)d runs took %(shown)s: %(words)s the standard rate.",
        "%(n)d of %(all)d rates are not what lines show; most of all %(name)s at %(where)s: planned with %(planned)s h "
        "a unit, the last %(count)d runs took %(shown)s: %(words)s the standard rate.", "n",
    ),
    LEADS: ngettext_lazy(
        "%(n)d of %(all)d lead times is not kept: %(name)s of %(where)s, planned %(planned)s days, %(lately)s "
        "%(shown)s over %(count)d receipts, %(words)s.",
        "%(n)d of %(all)d lead times are not kept; most of all %(name)s of %(where)s: planned %(planned)s days, "
        "%(lately)s %(shown)s over %(count)d receipts, %(words)s.", "n",
    ),
    STOCKS: ngettext_lazy(
        "%(n)d of %(all)d safety stocks is not what the forecast's error asks for: %(name)s at %(where)s, %(planned)s "
        "in force, %(shown)s by the error of %(count)d plans, %(words)s.",
        "%(n)d of %(all)d safety stocks are not what the forecast's error asks for; most of all %(name)s at "
        "%(where)s: %(planned)s in force, %(shown)s by the error of %(count)d plans, %(words)s.", "n",
    ),
}  # fmt: skip
ALIKE: Words = {
    RATES: _(
        "%(n)d of %(all)d rates are not what lines show, all about as far; %(name)s at %(where)s for one: planned with "
        "%(planned)s h a unit, the last %(count)d runs took %(shown)s: %(words)s the standard rate."
    ),
    LEADS: _(
        "%(n)d of %(all)d lead times are not kept, all about as far; %(name)s of %(where)s for one: planned "
        "%(planned)s days, %(lately)s %(shown)s over %(count)d receipts, %(words)s."
    ),
}  # fmt: skip
"""What is said where none lies further beside than another; of stocks each has an error of its own."""
NEARLY = 0.02
"""Shares that lie no further apart are alike."""
COUNTED: Words = {
    RATES: ngettext_lazy("%(n)d rate", "%(n)d rates", "n"),
    LEADS: ngettext_lazy("%(n)d lead time", "%(n)d lead times", "n"),
    STOCKS: ngettext_lazy("%(n)d safety stock", "%(n)d safety stocks", "n"),
}
TRUE: Words = {
    RATES: _("The last runs took what is planned with, in all %(all)d rates that can be judged."),
    LEADS: _("All %(all)d lead times that can be judged are kept."),
    STOCKS: _("All %(all)d safety stocks that can be judged are near what the forecast's error asks for."),
}  # fmt: skip
FEW: Words = {
    RATES: _("too few runs (%(n)d)"),
    LEADS: _("too few receipts (%(n)d)"),
    STOCKS: _("too few plans (%(n)d)"),
}
SAMPLE: Words = {RATES: _("Runs"), LEADS: _("Receipts"), STOCKS: _("Plans")}
PLANNED: Words = {
    RATES: _("Planned with, h a unit"), LEADS: _("Planned with, days"), STOCKS: _("Planned with"),
}  # fmt: skip
SHOWN: Words = {RATES: _("Shown, h a unit"), LEADS: _("Shown, days"), STOCKS: _("Shown")}
BESIDE: Words = {
    RATES: _("Rate beside the standard"), LEADS: _("Shown beside planned"), STOCKS: _("Shown beside planned"),
}  # fmt: skip
MEANS: Words = {
    RATES: _("Hours a year, %(currency)s"), LEADS: _("On its way earlier, %(currency)s"),
    STOCKS: _("This cycle's step, %(currency)s"),
}  # fmt: skip
FROM: Words = {"recent": _("the vendor's last quarter"), "median": _("median of the year"), "": ""}
LATELY: Words = {"recent": _("lately"), "median": _("in the median of the year"), "": _("lately")}
CHANGED: Words = {
    "rates": _("Rate of %(key)s, hours a unit"), "vendor_items": _("Lead time of %(key)s, days"),
    "item_sites": _("Safety stock of %(key)s"), "budget_tolerances": _("Tolerance of %(key)s, %%"),
}  # fmt: skip
MATTER, FINEST = 3, 4
"""Digits of a rate that matter, from the first that is not 0; and the most that stand behind the point."""
MOST = 10
"""Rows of a kind that are looked at first."""
MONEY = 5
"""The column of money behind the name."""
LATELY_AT = 3
"""The column of a vendor's days of late behind its name."""
TOO_LITTLE = ("vendor_too_few_lines", "vendor_nothing_received")
"""Reasons why it is not known how many days a vendor took lately that are one: too little came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A parameter that was changed, in words."""

    text: str
    who: str
    reason: str


def lead(shown: ParametersShown) -> str:
    """How many parameters are no longer true, in a sentence."""
    counts = {kind: sum(one.untrue for one in found) for kind, found in shown.kinds.items()}
    total = sum(counts.values())
    if not total:
        return gettext("No parameter is beside what the facts show.")
    parts = ", ".join(COUNTED[kind] % {"n": n} for kind, n in counts.items() if n)
    said = ngettext(
        "%(n)d parameter is no longer true: %(parts)s.", "%(n)d parameters are no longer true: %(parts)s.", total
    )
    return said % {"n": total, "parts": parts}


def frozen_note(shown: ParametersShown) -> str:
    """From when a change counts."""
    said = gettext(
        "Supply planners accept them row by row. This cycle keeps what it froze; the next one is of %(day)s."
    )
    if shown.may:
        said = gettext(
            "What you accept is a dated row of master data with your reason. This cycle keeps what it froze; the next "
            "one, from %(day)s, plans with it."
        )
    return said % {"day": date_format(shown.since, "j F Y")}


def blocks(shown: ParametersShown, whole: str) -> tuple[Block, ...]:
    """The kinds in their order; ``whole`` names the one that is shown to its last row."""
    return tuple(_block(shown, kind, found, whole=kind == whole) for kind, found in shown.kinds.items())


def _block(shown: ParametersShown, kind: str, found: Sequence[Parameter], *, whole: bool) -> Block:
    untrue = [one for one in found if one.untrue]
    rows = found if whole else untrue[:MOST]
    heads: tuple[str, ...] = (
        gettext("Item"), gettext("Where"), str(PLANNED[kind]), str(SHOWN[kind]), str(BESIDE[kind]),
        str(SAMPLE[kind]), str(MEANS[kind]) % {"currency": shown.currency},
    )  # fmt: skip
    rest, others = len(found) - len(rows), len(found) - len(untrue)
    more = gettext("%(n)d more, also those true or with too few facts")
    if not others or rest <= others:
        more = gettext("%(n)d more, true or with too few facts") if others else gettext("%(n)d more")
    drawn = tuple(_row(one, shown) for one in rows)
    if rows and all(one.money is None for one in found):
        heads, drawn = without(heads, drawn, MONEY)
    return Block(
        kind=kind, title=str(TITLES[kind]), sentence=_sentence(kind, found, untrue),
        table=table(str(TITLES[kind]), heads, drawn),
        more=more % {"n": rest} if rest else "", opened=whole and len(found) > len(untrue[:MOST]),
    )  # fmt: skip


def _sentence(kind: str, found: Sequence[Parameter], untrue: Sequence[Parameter]) -> str:
    judged = [one for one in found if one.count >= one.needed]
    few = len(found) - len(judged)
    said = ngettext(" %(few)d has too few facts to say.", " %(few)d have too few facts to say.", few)
    tail = said % {"few": few} if few else ""
    if not found:
        return gettext("– The company has none of them yet: load them under Data.")
    if not untrue:
        return str(TRUE[kind]) % {"all": len(judged)} + tail
    most = untrue[0]
    values = {
        "n": len(untrue), "all": len(judged), "name": most.name, "where": most.where, "count": most.count,
        "planned": figure(most.planned, kind), "shown": figure(most.shown or 0.0, kind), "words": _beside(most),
        "lately": str(LATELY[most.evidence]),
    }  # fmt: skip
    sites = {one.site for one in untrue}
    alone = kind == RATES and len(sites) == 1 and {one.site for one in found} != sites
    where = gettext(" All are at %(site)s.") % {"site": min(sites)} if alone else ""
    says = ALIKE[kind] if kind in ALIKE and _alike(untrue) else SAYS[kind]
    return says % values + where + _kept(untrue) + _step(kind, found) + tail


def _step(kind: str, found: Sequence[Parameter]) -> str:
    """How far a cycle moves what is accepted, and of what its money is, to who sees any."""
    if kind != STOCKS:
        return ""
    if all(one.money is None for one in found):
        return gettext(" One cycle moves a stock by at most 30 %.")
    return gettext(" One cycle moves a stock by at most 30 %; its money is that of the step.")


def _alike(untrue: Sequence[Parameter]) -> bool:
    """Whether several lie about as far beside what is planned with, so that none does most of all."""
    shares = [one.shown / one.planned for one in untrue if one.shown is not None and one.planned]
    return len(shares) == len(untrue) > 1 and max(shares) - min(shares) <= NEARLY


def _kept(untrue: Sequence[Parameter]) -> str:
    """What the stocks in force and those worked out would have met of the demand; empty where that is not known."""
    known = [one for one in untrue if one.kept_now is not None and one.kept_shown is not None and one.target]
    if not known:
        return ""
    means = (sum(one.kept_now or 0.0 for one in known), sum(one.kept_shown or 0.0 for one in known),
             sum(one.target or 0.0 for one in known))  # fmt: skip
    now, then, target = (share(total / len(known), 1) for total in means)
    said = gettext(
        " In the months looked back on those in force would have met %(now)s of what was asked, these would have met "
        "%(then)s; the targets ask for %(target)s."
    )
    return said % {"now": now, "then": then, "target": target}


def _would(one: Parameter) -> str:
    """What a stock would have met beside the one in force, for who points at it."""
    if one.kept_now is None or one.kept_shown is None or one.target is None:
        return str(FROM[one.evidence])
    said = gettext("would have met %(then)s of what was asked, the stock in force %(now)s; the target is %(target)s")
    return said % {"then": share(one.kept_shown), "now": share(one.kept_now), "target": share(one.target)}


def _row(one: Parameter, shown: ParametersShown) -> Row:
    enough = one.count >= one.needed
    few = str(FEW[one.kind]) % {"n": one.count}
    known = one.shown is not None
    cells = (
        words(one.where),
        Cell(text=_with_unit(one.planned, one)),
        Cell(text=_with_unit(one.shown, one) if one.shown is not None else NOTHING, hint=_would(one)),
        words(_judged(one) if enough and known else few),
        Cell(text=str(one.count)),
        Cell(text=NOTHING, hint=gettext("not in the plan, without a price, or not yours to see"))
        if one.money is None else Cell(text=signed(one.money)),
    )  # fmt: skip
    return Row(name=one.name, cells=cells, attention=one.untrue, ways=_ways(one, shown), key=one.key.replace("|", "-"))


def _ways(one: Parameter, shown: ParametersShown) -> tuple[Way, ...]:
    if one.offered is None or not one.untrue or not shown.may:
        return ()
    given = {"table": TABLE_OF[one.kind], "key": one.key, "value": str(one.offered)}
    asked = (
        Ask(name="since", kind="date", needed=True, value=shown.since.isoformat()),
        Ask(name="reason", kind="text", needed=True, value=_why(one)),
    )
    return (Way(step="amend", given=given, asked=asked),)


def _why(one: Parameter) -> str:
    """What the reason of a change begins with: its evidence."""
    values = {"shown": figure(one.shown or 0.0, one.kind), "n": one.count, "sample": str(SAMPLE[one.kind]).lower()}
    return gettext("%(shown)s shown by %(n)d %(sample)s") % values


def figure(value: float, kind: str) -> str:
    """A figure of a kind, with as many digits as matter: of rates three, of the rest one behind the point under 100.

    Example:
        >>> figure(5.9094, RATES), figure(0.31416, RATES), figure(34.0, LEADS), figure(87.8, STOCKS)
        ('5.91', '0.314', '34', '87.8')
        >>> figure(0.39, STOCKS), figure(0.0, STOCKS), figure(19.6, LEADS), figure(451.4, STOCKS)
        ('0.4', '0', '19.6', '451')
    """
    text = number(value, _digits(value, kind))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(value: float, kind: str) -> int:
    """How many digits of a figure stand behind the point."""
    before = math.floor(math.log10(abs(value))) + 1 if value else 0
    if kind == RATES:
        return min(max(MATTER - before, 0), FINEST)
    return 1 if before < MATTER else 0


def _with_unit(value: float, one: Parameter) -> str:
    """A figure; a stock with the unit of its item, where those of rates and lead times stand in the head."""
    return f"{figure(value, one.kind)} {one.unit}" if one.kind == STOCKS else figure(value, one.kind)


def _judged(one: Parameter) -> str:
    said = _beside(one)
    if said == gettext("equal to"):  # nothing stands behind it in a cell
        said = gettext("the same") if one.shown == one.planned else gettext("off by less than is shown")
    return said if one.borne_out else gettext("%(beside)s, not borne out") % {"beside": said}


def _beside(one: Parameter) -> str:
    """How far the evidence lies beside what is planned with, by the two figures as they are read.

    Of a rate in units an hour, as the trade says it.

    Example:
        >>> stock = {"kind": STOCKS, "key": "", "name": "", "where": "", "site": "", "unit": "pcs", "count": 11}
        >>> one = Parameter(**stock, needed=6, planned=27.0, shown=56.56, money=None, offered=None)
        >>> _with_unit(one.shown, one), _beside(one).replace(chr(8239), " ")
        ('56.6 pcs', '110 % over')
    """
    shown, planned = (round(value, _digits(value, one.kind)) for value in (one.shown or 0.0, one.planned))
    if one.kind == RATES and shown and planned:
        shown, planned = 1 / shown, 1 / planned
    return deviation(shown - planned, planned)


def vendor_block(shown: ParametersShown, *, whole: bool) -> Block:
    """How vendors keep their dates: the evidence behind lead times; nothing of it is accepted here."""
    lines = sorted(shown.vendors, key=lambda line: (not line.over_plan, line.figures["on_time"] is None,
                                                    line.figures["on_time"] or 0.0, line.vendor))  # fmt: skip
    heads: tuple[str, ...] = (
        gettext("Vendor"), gettext("On time"), gettext("Lines"), gettext("Days, mean"), gettext("Lately, days"),
        gettext("Planned, days"), gettext("Rejected"),
    )  # fmt: skip
    rows = tuple(_vendor(line) for line in (lines if whole else lines[:MOST]))
    rest, said = len(lines) - len(rows), _vendors_said(lines)
    if lines and all(line.figures["lead_recent"] is None for line in lines):
        heads, rows = without(heads, rows, LATELY_AT)
        said = f"{said} {_no_lately(lines)}"
    return Block(kind="vendors", title=gettext("Vendors"), sentence=said,
                 table=table(gettext("Vendors"), heads, rows), opened=whole and len(lines) > MOST,
                 more=ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest} if rest else "")  # fmt: skip


def _no_lately(lines: Sequence[VendorLine]) -> str:
    """Why no vendor has days of late: what came was too little, or the reason that stands instead of the figure."""
    why = [line.why["lead_recent"] for line in lines if "lead_recent" in line.why]
    if all(one.code in TOO_LITTLE for one in why):
        return gettext("How many days each took lately is not known: too little came in the last quarter.")
    return gettext("How many days each took lately is not known.") + " " + say(why[0])


def _vendors_said(lines: Sequence[VendorLine]) -> str:
    """How many vendors take longer than planned by more than is borne, and the slowest beside its plan."""
    over = [line for line in lines if line.over_plan]
    borne = share(OVER_PLAN - 1)
    if not over:
        return gettext("No vendor takes more than %(borne)s longer than planned.") % {"borne": borne}
    said = ngettext(
        "%(n)d of %(all)d vendors takes more than %(borne)s longer than planned: %(name)s.",
        "%(n)d of %(all)d vendors take more than %(borne)s longer than planned, %(name)s most of all.", len(over),
    )  # fmt: skip
    worst = max(over, key=_over)
    return said % {"n": len(over), "all": len(lines), "borne": borne, "name": f"{worst.name} ({worst.vendor})"}


def _over(line: VendorLine) -> float:
    days, planned = line.figures["lead_recent"] or line.figures["lead_mean"], line.figures["planned"]
    return (days or 0.0) / planned if planned else 0.0


def _vendor(line: VendorLine) -> Row:
    got, bad = line.figures["received"], line.figures["rejected"]
    cells = (
        _known(line, "on_time", share(line.figures["on_time"] or 0.0)),
        Cell(text=str(int(line.figures["lines"] or 0))),
        _known(line, "lead_mean", number(line.figures["lead_mean"] or 0.0)),
        _known(line, "lead_recent", number(line.figures["lead_recent"] or 0.0)),
        _known(line, "planned", number(line.figures["planned"] or 0.0)),
        _known(line, "rejected", share((bad or 0.0) / got, 1) if got else NOTHING),
    )
    return Row(name=f"{line.name} ({line.vendor})", cells=cells, attention=line.over_plan)


def _known(line: VendorLine, name: str, text: str) -> Cell:
    if line.figures[name] is not None:
        return Cell(text=text)
    return Cell(text=NOTHING, hint=say(line.why[name]) if name in line.why else "")


def amended_lines(found: Sequence[Amended]) -> tuple[Change, ...]:
    """What was changed last, in words."""
    return tuple(
        Change(
            text=gettext("%(what)s: %(before)s to %(after)s, from %(day)s") % {
                "what": str(CHANGED[one.table]) % {"key": one.key}, "after": _plain(one.after),
                "before": NOTHING if one.before is None else _plain(one.before),
                "day": date_format(one.since or one.at, "j F Y"),
            },
            who=gettext("%(name)s, %(day)s") % {"name": one.person, "day": date_format(one.at, "j F")},
            reason=one.reason,
        )
        for one in found
    )  # fmt: skip


def _plain(value: float) -> str:
    return short(value) if value == round(value) else f"{value:g}"
