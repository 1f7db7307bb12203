"""The sentences and tables of the supply meeting's pages; live ones and sent ones are said by the same words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.sheet import SheetKind
from onenumber.review.naming import Names, name_of, place_name
from onenumber.review.pack import CHANGED, LOAD, MATERIALS, PARAMETERS, SHORT, PackPage, Plain
from onenumber.steps.see.pack import PackShown
from onenumber.steps.see.packing import OF
from onenumber.web.month.outcomes import cause_words
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, number, period_head, period_words, share, signed
from onenumber.web.parameters.words import TITLES as PARAMETER_TITLES
from onenumber.web.parameters.words import figure
from onenumber.web.sheets.model import SheetRef
from onenumber.web.tables.model import Cell, Row, Table, table, words

TITLES: Mapping[str, str | Promise] = {
    CHANGED: _("What changed"), LOAD: _("Load"), SHORT: _("Shortages"), MATERIALS: _("Materials"),
    PARAMETERS: _("Parameters that are no longer true"),
}  # fmt: skip
PAGE_OF = {PARAMETERS: "parameters"}
"""The page behind one of the pack; the others come from the supply plan itself."""


WHOLE: Mapping[str, str] = {SHORT: "causes", MATERIALS: "below"}
"""Under which value of a page the number of all its rows stands."""
LEFT_OUT = (*WHOLE, PARAMETERS)
"""Pages that show the first rows only."""
FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBlock:
    """A page of the pack: its title, sentence, table, the page or sheet behind it, and how many rows stand there."""

    kind: str
    title: str
    sentence: str
    table: Table
    href: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """A pack that was sent, and where it is."""

    text: str
    note: str
    href: str


def lead(shown: PackShown) -> str:
    """Whether these pages are live or sent, and by whom."""
    if shown.sent is not None:
        said = gettext("Pack %(n)d, as %(name)s sent it on %(day)s. Nothing of it has changed since.")
        return said % {"n": shown.sent.number, "name": shown.sent.who, "day": date_format(shown.sent.at, "j F H:i")}
    if not shown.pages:
        said = gettext("There is no supply plan yet, and the pages are made from it. The meeting is by %(meets)s.")
        return said % {"meets": day_words(shown.meets)}
    values: dict[str, object] = {"meets": day_words(shown.meets), "month": period_words(shown.cycle)}
    if shown.others:
        values |= {"n": shown.others[0].number, "day": date_format(shown.others[0].at, "j F H:i")}
    if shown.over:
        sent = (
            gettext("The meeting was on %(meets)s; pack %(n)d was sent for it on %(day)s.")
            if shown.others
            else gettext("The meeting was on %(meets)s; no pack was sent for it.")
        )
        of = (
            gettext("These pages are of the final plan of %(month)s, which was made after it.")
            if shown.stage == FINAL
            else gettext("These pages are of the proposed plan of %(month)s.")
        )
        return f"{sent} {of}" % values
    if shown.others:
        return gettext("The pages as the sheets make them now. Pack %(n)d was sent on %(day)s.") % values
    if not shown.may:
        said = gettext("The pages as the sheets make them now. Who sends them keeps them as they are for %(meets)s.")
        return said % values
    return gettext("The pages as the sheets make them now. Sending keeps them as they are for %(meets)s.") % values


def refs(shown: PackShown) -> tuple[SheetRef, ...]:
    """The versions that the pages were read from."""
    return tuple(
        SheetRef(id=str(one.pk), kind=SheetKind(one.kind), stage=one.stage, number=one.sequence, hash=one.content)
        for one in shown.read
        if shown.pages
    )


def blocks(shown: PackShown, plan: str) -> tuple[PackBlock, ...]:
    """The pages in their order."""
    return tuple(_block(one, shown, plan) for one in shown.pages)


def _block(page: PackPage, shown: PackShown, plan: str) -> PackBlock:
    say, tabled = _PAGES[page.code]
    name = PAGE_OF.get(page.code)
    href = reverse(name, args=[plan, shown.cycle]) if name else ""
    if not href and shown.plan:
        href = reverse("sheet", args=[plan, shown.cycle, shown.plan])
    return PackBlock(
        kind=page.code,
        title=str(TITLES[page.code]),
        sentence=say(page.values, shown.named),
        table=tabled(page, shown.months, shown.named),
        href=href,
        more=_more(page),
    )


def _more(page: PackPage) -> str:
    """How many rows a page leaves out; empty where it has all."""
    counts = page.values.values() if page.code == PARAMETERS else [page.values.get(WHOLE.get(page.code, ""))]
    rest = sum(int(_n(count)) for count in counts) - len(page.rows)
    return ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest} if page.code in LEFT_OUT and rest > 0 else ""


def _say_changed(values: Mapping[str, Plain], named: Names) -> str:
    if not values or values.get("before") is None:
        return gettext("No plan of an earlier month is in force to hold it against.")
    said = gettext("%(site)s makes %(now)s %(unit)s in the next six months where %(plan)s has %(before)s: "
                   "%(difference)s.")  # fmt: skip
    return said % {
        "plan": _plan_before(values), "site": name_of("site", str(values["site"]), named),
        "unit": values["unit"], "now": number(_n(values["now"])),
        "before": number(_n(values["before"])), "difference": signed(_n(values["difference"])),
    }  # fmt: skip


def _plan_before(values: Mapping[str, Plain]) -> str:
    """The plan that another is held against: of which month, where the page knows it."""
    of = values.get(OF)
    return gettext("the plan of %(month)s") % {"month": period_words(str(of))} if of else gettext("the plan in force")


def _say_load(values: Mapping[str, Plain], named: Names) -> str:
    if "line" not in values:
        return gettext("– The plan has no lines.")
    said = ngettext(
        "%(full)d of %(all)d lines is full in one of the months; %(line)s is planned to %(share)s of its normal "
        "hours in %(month)s. What more is asked of a line stands on the page Load.",
        "%(full)d of %(all)d lines are full in one of the months; %(line)s is planned to %(share)s of its normal "
        "hours in %(month)s. What more is asked of a line stands on the page Load.",
        int(_n(values["full"])),
    )  # fmt: skip
    return said % {
        "full": int(_n(values["full"])), "all": int(_n(values["lines"])),
        "line": name_of("resource", str(values["line"]), named),
        "share": share(_n(values["share"])), "month": period_words(str(values["month"])),
    }  # fmt: skip


def _say_short(values: Mapping[str, Plain], _named: Names) -> str:
    streams = int(_n(values["streams"]))
    if not streams:
        return gettext("Nothing is short in the next six months.")
    causes = int(_n(values["causes"]))
    said = ngettext("%(n)d customer's item is short or late", "%(n)d customers' items are short or late", streams)
    by = ngettext(", by %(causes)d cause.", ", by %(causes)d causes.", causes)
    twice = gettext(" One may stand under several causes.") if causes > 1 else ""
    return said % {"n": streams} + by % {"causes": causes} + twice


def _say_materials(values: Mapping[str, Plain], _named: Names) -> str:
    below = int(_n(values["below"]))
    if not below:
        return gettext("No material ends a month below its safety stock.")
    said = ngettext("%(n)d material ends a month below its safety stock, %(gone)d of them with nothing left.",
                    "%(n)d materials end a month below their safety stock, %(gone)d of them with nothing left.",
                    below)  # fmt: skip
    return said % {"n": below, "gone": int(_n(values["gone"]))}


def _say_parameters(values: Mapping[str, Plain], _named: Names) -> str:
    counts = [(str(PARAMETER_TITLES[kind]).lower(), int(_n(n))) for kind, n in values.items()]
    parts = ", ".join(f"{n} {title}" for title, n in counts if n)
    return gettext("No longer true: %(parts)s.") % {"parts": parts} if parts else gettext("All are as the facts show.")


def _changed(page: PackPage, _months: tuple[str, ...], named: Names) -> Table:
    before = _plan_before(page.values)
    heads = (gettext("Site"), gettext("Unit"), before[:1].upper() + before[1:], gettext("This plan"),
             gettext("Difference"))  # fmt: skip
    rows = tuple(
        Row(
            name=name_of("site", str(site), named),
            cells=(words(str(unit)), _cell(then), _cell(now), _cell(gap, signed)),
        )
        for site, unit, then, now, gap in page.rows
    )
    return table(str(TITLES[CHANGED]), heads, rows)


def _load(page: PackPage, months: tuple[str, ...], named: Names) -> Table:
    heads = (gettext("Line"), *map(period_head, months))
    rows = tuple(
        Row(name=name_of("resource", str(row[0]), named), cells=tuple(Cell(text=share(_n(one))) for one in row[1:]))
        for row in page.rows
    )
    return table(str(TITLES[LOAD]), heads, rows)


def _short(page: PackPage, _months: tuple[str, ...], named: Names) -> Table:
    heads = (gettext("Cause"), gettext("Customers' items"), gettext("First"), gettext("Last"))
    rows = tuple(
        Row(
            name=cause_words(str(cause), place_name(str(at), named)),
            cells=(_cell(streams), words(period_words(str(first))), words(period_words(str(last)))),
        )
        for cause, at, streams, first, last in page.rows
    )  # fmt: skip
    return table(str(TITLES[SHORT]), heads, rows)


def _materials(page: PackPage, _months: tuple[str, ...], named: Names) -> Table:
    heads = (gettext("Material"), gettext("Site"), gettext("First below"), gettext("Lowest"), gettext("Safety stock"),
             gettext("In"))  # fmt: skip
    rows = tuple(
        Row(
            name=name_of("item", str(item), named),
            cells=(
                words(name_of("site", str(site), named)), words(period_words(str(first))),
                Cell(text=f"{number(_n(low))} {unit}"),
                Cell(text=f"{number(_n(safe))} {unit}"), words(period_words(str(month))),
            ),
        )
        for item, site, unit, first, low, safe, month in page.rows
    )  # fmt: skip
    return table(str(TITLES[MATERIALS]), heads, rows)


def _parameters(page: PackPage, _months: tuple[str, ...], _named: Names) -> Table:
    heads = (gettext("Parameter"), gettext("Of"), gettext("Where"), gettext("Planned with"), gettext("Shown"),
             gettext("Sample"))  # fmt: skip
    rows = tuple(
        Row(
            name=str(PARAMETER_TITLES[str(kind)]),
            cells=(
                words(str(name)),
                words(str(where)),
                *(_cell(one, _in(str(kind), unit)) for one in (planned, shown)),
                _cell(count),
            ),
        )
        for kind, name, where, planned, shown, count, *unit in page.rows
    )
    return table(str(TITLES[PARAMETERS]), heads, rows)


_PAGES: Mapping[
    str, tuple[Callable[[Mapping[str, Plain], Names], str], Callable[[PackPage, tuple[str, ...], Names], Table]]
] = {
    CHANGED: (_say_changed, _changed), LOAD: (_say_load, _load), SHORT: (_say_short, _short),
    MATERIALS: (_say_materials, _materials), PARAMETERS: (_say_parameters, _parameters),
}  # fmt: skip


def sent_lines(shown: PackShown, plan: str) -> tuple[SentLine, ...]:
    """The packs that were sent, the newest first."""
    said = gettext("Pack %(n)d, %(name)s, %(day)s")
    return tuple(
        SentLine(
            text=said % {"n": one.number, "name": one.who, "day": date_format(one.at, "j F H:i")}, note=one.note,
            href=reverse("pack_sent", args=[plan, shown.cycle, one.number]),
        )
        for one in shown.others
    )  # fmt: skip


def _n(value: Plain) -> float:
    return float(value) if value is not None else 0.0


def _in(kind: str, unit: Sequence[Plain]) -> Callable[[float], str]:
    """A figure with its unit; a pack that was sent before units were kept has none."""
    return lambda value: " ".join([figure(value, kind), *map(str, unit)])


def _cell(value: Plain, say: Callable[[float], str] = number) -> Cell:
    return Cell(text=NOTHING if value is None else say(_n(value)))
