"""The figures of a role, each a sentence with the figure in it, and a few lines where the sentence does not say all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.words import sentence as open_words
from onenumber.model.finding import Value
from onenumber.steps.see.month_block import Block, Line
from onenumber.steps.see.month_page import Where
from onenumber.web.month.outcomes import cause_words
from onenumber.web.month.words import href_of
from onenumber.web.numbers import NARROW_SPACE, NOTHING, bias_words, number, period_head, period_words, share, short
from onenumber.web.said import say
from onenumber.web.sheets.notes import LAYERS
from onenumber.web.words import accepted_words, account_words, named, roles_words, unheld_words

Shown = Callable[[float | str | None], str]

WHY: Mapping[str, str | Promise] = {
    "input_open": _("the sales input of this cycle is not closed yet"),
    "not_measured": _("no month has been measured against a forecast yet"),
    "not_planned": _("no supply plan has been made yet"),
    "no_lines": _("there is no line that you see"),
    "not_frozen": _("the data is not frozen, or no vendor is loaded"),
    "no_papers": _("the papers have not been prepared yet"),
    "not_called": _("fewer than six of your months can be held against what came"),
    "not_reviewed": _("no plan has been valued against the budget yet"),
}
"""Why a figure is not known."""
TITLES: Mapping[str, str | Promise] = {
    "patches": _("Patches"),
    "moves": _("Biggest differences to the baseline"),
    "accuracy": _("Forecast a month ahead"),
    "lines": _("Fullest lines"),
    "shortages": _("Shortages"),
    "vendors": _("Vendors"),
    "papers": _("Decisions"),
    "landing": _("Landing against budget"),
    "breaches": _("Plan not kept, no answer"),
    "gate": _("What the phase waits for"),
    "accounts": _("Sign-ins"),
    "skill": _("Your figures beside the baseline"),
}
PATCH: Mapping[str, str | Promise] = {
    "open": _("not handed in"),
    "submitted": _("handed in, to be accepted"),
    "returned": _("returned"),
    "accepted": _("accepted"),
    "defaulted": _("filled by its default"),
}
STATUS: Mapping[str, str | Promise] = {
    "outside": _("▲ out of tolerance, to be decided"),
    "accepted": _("out of tolerance, accepted"),
    "within": _("within tolerance"),
    "better": _("better than budget"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """One line: its name, its cells as shown, each with whether it holds words and not a number, and its own page."""

    name: str
    cells: tuple[tuple[str, bool], ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBlock:
    """A figure: title, its sentence, the heads of its columns and its lines, and the page behind it."""

    title: str
    sentence: str
    href: str
    name_head: str
    heads: tuple[tuple[str, bool], ...]
    lines: tuple[BlockLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """How the lines of a figure are shown: heads, whether a column is words, and how each cell is.

    ``unit``: whether each line has a unit of its own, which stands beside its name.
    """

    name: str | Promise
    heads: tuple[tuple[str | Promise, bool, Shown], ...]
    called: Callable[[str], str] = str
    unit: bool = False


def figure_blocks(blocks: Sequence[Block], plan: str, cycle: str) -> tuple[FigureBlock, ...]:
    """The figures in words."""
    return tuple(_block(one, plan, cycle) for one in blocks)


def _block(one: Block, plan: str, cycle: str) -> FigureBlock:
    table = TABLES.get(one.code)
    lines = tuple(_line(line, table, plan, cycle) for line in one.lines) if table is not None and not one.why else ()
    return FigureBlock(
        title=str(TITLES[one.code]),
        sentence=_sentence(one, cycle),
        href=href_of(one.where, plan, (one.of if one.where.page == "sheet" else "") or cycle),
        name_head=str(table.name) if table is not None else "",
        heads=_heads(table, one.values) if table is not None and lines else (),
        lines=lines,
    )


def _heads(table: _Table, values: Mapping[str, Value]) -> tuple[tuple[str, bool], ...]:
    return tuple((str(head) % values, words) for head, words, _shown in table.heads)


def _line(line: Line, table: _Table, plan: str, cycle: str) -> BlockLine:
    columns = zip(table.heads, line.values, strict=True)
    cells = tuple((shown(value), words) for (_head, words, shown), value in columns)
    name = table.called(line.name)
    name = f"{name} ({line.unit})" if line.unit and table.unit else name
    return BlockLine(name=name, cells=cells, href=_opened(line.where, plan, cycle) if line.where is not None else "")


def _opened(where: Where, plan: str, cycle: str) -> str:
    """The page of a line in its month."""
    line, month = where.key.split("|")
    return f"{reverse(where.page, args=[plan, cycle])}?{urlencode({'line': line, 'month': month})}"


def _sentence(one: Block, cycle: str) -> str:
    if one.why:
        return f"{NOTHING} {str(WHY[one.why])[:1].upper()}{str(WHY[one.why])[1:]}."
    said = say(one.says) if one.says is not None else SENTENCES[one.code](one)
    of = gettext("By the cycle of %(month)s: ") % {"month": period_words(one.of)} if one.of and one.of != cycle else ""
    return of + said


def _patches(one: Block) -> str:
    return gettext("%(done)s of %(all)s patches are in.") % one.values


def _moves(one: Block) -> str:
    if not one.lines:
        return gettext("Sales hand in the baseline everywhere.")
    first = one.lines[0]
    values = {"place": first.name, "by": _signed(first.values[2]), "unit": first.unit}
    return gettext("The biggest difference is %(place)s: %(by)s %(unit)s over the horizon.") % values


def _accuracy(one: Block) -> str:
    said = gettext(
        "Item by item and customer by customer %(month)s was forecast %(error)s wrong, the naive forecast %(naive)s; "
        "the bias is %(bias)s."
    )
    values = one.values
    return said % {
        "month": period_words(str(values["period"])), "error": _share(_float(values["wape"])),
        "naive": _share(_float(values["naive_wape"])), "bias": _bias(_float(values["bias"])),
    }  # fmt: skip


def _lines(one: Block) -> str:
    said = ngettext(
        "%(full)s of %(all)s lines is full in one of the next six months; %(line)s is planned to %(share)s of its "
        "normal hours in %(month)s, with overtime. What more is asked of it stands on its page.",
        "%(full)s of %(all)s lines are full in one of the next six months; %(line)s is planned to %(share)s of its "
        "normal hours in %(month)s, with overtime. What more is asked of it stands on its page.",
        int(str(one.values["full"])),
    )
    month = period_words(str(one.values["period"]))
    return said % {**one.values, "share": _percent(_float(one.values["share"])), "month": month}


def _shortages(one: Block) -> str:
    if not one.values["streams"]:
        return gettext("Nothing is short in the next six months.")
    said = ngettext(
        "%(streams)s customer's item does not come in time in the next six months.",
        "%(streams)s customers' items do not come in time in the next six months.",
        int(str(one.values["streams"])),
    )
    if one.values.get("own"):
        said += gettext(" Counted is what stands in the way at your plant.")
    if sum(float(str(line.values[0])) for line in one.lines) > int(str(one.values["streams"])):
        said += gettext(" One may be held up by several causes.")
    causes, shown = int(str(one.values.get("causes", 0))), len(one.lines)
    more = gettext(" Of %(all)d causes the %(n)d that hold up most stand here.") % {"all": causes, "n": shown}
    return said % one.values + (more if causes > shown else "")


def _papers(one: Block) -> str:
    papers, lines = (int(str(one.values[name])) for name in ("papers", "lines"))
    if not papers and not lines:
        return gettext("No paper and no budget line waits for you.")
    parts = [
        ngettext("%(n)d paper", "%(n)d papers", papers) % {"n": papers} if papers else "",
        ngettext("%(n)d budget line", "%(n)d budget lines", lines) % {"n": lines} if lines else "",
    ]
    said = ngettext("%(what)s waits for a decision.", "%(what)s wait for a decision.", papers + lines)
    return said % {"what": named([part for part in parts if part], "")}


def _landing(one: Block) -> str:
    outside = int(str(one.values["outside"]))
    said = ngettext(
        "%(outside)s of %(all)s lines of %(year)s lands out of tolerance.",
        "%(outside)s of %(all)s lines of %(year)s land out of tolerance.",
        outside,
    )
    said = (said if outside else gettext("No line of %(year)s is known to land out of tolerance.")) % one.values
    if taken := accepted_words(int(str(one.values["accepted"])), outside):
        said = f"{said} {taken}"
    rest = unheld_words(int(str(one.values["unknown"])), int(str(one.values["no_budget"])))
    return f"{said} {rest[:1].upper()}{rest[1:]}." if rest else said


def _breaches(one: Block) -> str:
    if not one.values["count"]:
        return gettext("Every figure that missed the plan has its answer.")
    said = ngettext(
        "%(count)s figure that missed the plan has no answer.",
        "%(count)s figures that missed the plan have no answer.",
        int(str(one.values["count"])),
    )
    return said % one.values


def _gate(one: Block) -> str:
    count = int(str(one.values["count"]))
    if not count and one.values.get("last"):
        return gettext("The month runs until the next cycle is opened; nothing else waits.")
    if not count:
        return gettext("Nothing blocks the end of the phase: you can end it.")
    said = ngettext(
        "%(count)s thing must be settled before the phase can end.",
        "%(count)s things must be settled before the phase can end, by %(people)s people.",
        count,
    )
    return said % one.values


def _skill(one: Block) -> str:
    added, bias = float(str(one.values["added"])), float(str(one.values["bias"]))
    nearer = gettext("Over %(n)s months your figures were %(by)s points nearer to what came than the baseline")
    farther = gettext("Over %(n)s months your figures were %(by)s points farther off what came than the baseline")
    equal = gettext("Over %(n)s months your figures came as near to what came as the baseline")
    said = equal if not round(abs(added) * 100, 1) else nearer if added > 0 else farther
    said += gettext("; all together they are %(bias)s.")
    values = {"n": one.values["months"], "by": number(abs(added) * 100, 1), "bias": bias_words(bias)}
    return said % values


def _accounts(one: Block) -> str:
    said = ngettext(
        "%(count)s person has a sign-in.", "%(count)s people have a sign-in.", int(str(one.values["count"]))
    )
    return said % one.values


SENTENCES: Mapping[str, Callable[[Block], str]] = {
    "patches": _patches, "moves": _moves, "accuracy": _accuracy, "lines": _lines, "shortages": _shortages,
    "papers": _papers, "landing": _landing, "breaches": _breaches, "gate": _gate, "accounts": _accounts,
    "skill": _skill,
}  # fmt: skip


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _if_known(shown: Callable[[float], str]) -> Shown:
    return lambda value: NOTHING if not isinstance(value, int | float) else shown(float(value))


def _gap(value: float) -> str:
    word = gettext("over") if value > 0 else gettext("under")
    return f"{number(abs(value), 1)}{NARROW_SPACE}% {word}" if round(value, 1) else gettext("equal to")


def _words(value: float | str | None) -> str:
    return str(value or NOTHING)


def _period(value: float | str | None) -> str:
    return period_head(str(value))


def _cause(name: str) -> str:
    cause, at = name.split("|", maxsplit=1)
    said = cause_words(cause, at)
    return said[:1].upper() + said[1:]


def _open(name: str) -> str:
    code, subject = name.split("|", maxsplit=1)
    return open_words(code, subject)


def _account(name: str) -> str:
    account, place = name.split("|", maxsplit=1)
    said = f"{account_words(account)}, {place}"
    return said[:1].upper() + said[1:]


_count, _share, _bias = _if_known(number), _if_known(lambda v: share(v, 1)), _if_known(bias_words)
_percent, _money, _deviation = _if_known(share), _if_known(short), _if_known(_gap)
_gained = _if_known(lambda v: f"+{short(v)}" if v > 0 else short(v))
_signed = _if_known(lambda v: f"+{number(v)}" if v > 0 else number(v))
TABLES: Mapping[str, _Table] = {
    "patches": _Table(
        name=_("patch"), heads=((_("state"), True, lambda v: str(PATCH[str(v)])),)
    ),
    "moves": _Table(
        name=_("patch, family"),
        unit=True,
        heads=((_("baseline"), False, _count), (_("sales"), False, _count), (_("difference"), False, _signed)),
    ),
    "accuracy": _Table(
        name=_("forecast"),
        heads=(
            (_("error"), False, _share), (_("error, naive"), False, _share), (_("bias"), False, _bias),
            (_("bias, naive"), False, _bias),
        ),
        called=lambda name: str(LAYERS[name]),
    ),
    "lines": _Table(
        name=_("line"),
        heads=(
            (_("month"), True, _period), (_("planned, h"), False, _count), (_("normal, h"), False, _count),
            (_("planned of normal"), False, _percent),
        ),
    ),
    "shortages": _Table(
        name=_("because"),
        heads=((_("customers' items"), False, _count), (_("from"), True, _period), (_("to"), True, _period)),
        called=_cause,
    ),
    "landing": _Table(
        name=_("line"),
        heads=(
            (_("landing, %(currency)s"), False, _money), (_("budget"), False, _money), (_("gap"), False, _gained),
            (_("against budget"), False, _deviation), (_("state"), True, lambda v: str(STATUS.get(str(v), v))),
        ),
        called=_account,
    ),
    "breaches": _Table(name=_("owner"), heads=((_("figures"), False, _count),)),
    "gate": _Table(
        name=_("open"),
        heads=(
            (_("from"), True, lambda v: str(v) or gettext("nobody")),
            (_("role"), True, lambda v: roles_words([str(v)])),
        ),
        called=_open,
    ),
}  # fmt: skip
"""How the lines of each figure are shown; a figure without lines is its sentence."""
