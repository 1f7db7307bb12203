"""The sentences and tables of conflicts and their options."""

from collections.abc import Sequence
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.steps.see.broken import BrokenLine
from onenumber.steps.see.conflicts import ConflictLine, ConflictShown, ConflictsShown
from onenumber.steps.see.options import Weighed
from onenumber.web.decisions.figures import money_cells, money_heads, settled_short, settled_words
from onenumber.web.month.words import day_words
from onenumber.web.numbers import NOTHING, number, period_words, signed
from onenumber.web.orders.emergency import emergency_href
from onenumber.web.said import say_change, say_remedy, say_what
from onenumber.web.tables.model import Block, Cell, Row, Table, table, words

MOST = 20
"""Conflicts that are looked at first."""


def lead(shown: ConflictsShown) -> str:
    """How many conflicts there are, how many of them have options, and the worst, in a sentence."""
    if not shown.sheet:
        said = gettext("The review of the plan is not made yet; its conflicts come by %(day)s.")
        return said % {"day": day_words(shown.due)}
    if not shown.lines:
        return gettext("The review finds no conflict.")
    causes = len({one.cause for one in shown.lines if one.may_have_options})
    papers = len({one.paper for one in shown.lines if one.paper})
    parts = (
        ngettext("%(n)d conflict", "%(n)d conflicts", len(shown.lines)) % {"n": len(shown.lines)},
        ngettext("%(n)d cause leaves a choice", "%(n)d causes leave a choice", causes) % {"n": causes},
        _papers(papers, decided=shown.decided) if papers else gettext("no paper is on the table"),
    )
    first = shown.lines[0]
    values = {"parts": "; ".join(parts), "worst": say_what(first.says)}
    if shown.decided and shown.made is not None:
        values |= {"day": date_format(shown.made, "j F"), "taken": settled_words(first.taken) if first.taken else ""}
        said = gettext("As the review of %(day)s found them, before what was decided: %(parts)s. First: %(worst)s")
        return (said + " %(taken)s" if first.taken else said) % values
    return gettext("%(parts)s. First: %(worst)s") % values


def _papers(count: int, *, decided: bool) -> str:
    if decided:
        return ngettext("%(n)d paper, decided", "%(n)d papers, decided", count) % {"n": count}
    return ngettext("%(n)d paper is on the table", "%(n)d papers are on the table", count) % {"n": count}


def list_block(shown: ConflictsShown, plan: str, *, every: bool) -> Block:
    """The conflicts: those that are looked at first, or every one."""
    lines = shown.lines
    some = lines if every else lines[:MOST]
    rest = len(lines) - len(some)
    said = gettext("The most severe first; each leads to its options.")
    more = ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest} if rest else ""
    return Block(kind="list", title="", sentence=said, table=_list(some, shown, plan), more=more,
                 opened=every and len(lines) > MOST)  # fmt: skip


def _list(lines: Sequence[ConflictLine], shown: ConflictsShown, plan: str) -> Table:
    heads = (
        gettext("Conflict"), gettext("At risk, %(currency)s") % {"currency": shown.currency}, gettext("Owner"),
        gettext("Until"), gettext("Options"),
    )  # fmt: skip
    return table(gettext("Conflicts"), heads, tuple(_row(one, shown, plan) for one in lines))


def _row(one: ConflictLine, shown: ConflictsShown, plan: str) -> Row:
    return Row(
        name=say_what(one.says), href=reverse("conflict", args=[plan, shown.cycle, one.conflict]),
        cells=(
            _amount(NOTHING if one.money is None else number(one.money)), words(one.owner or NOTHING),
            words(date_format(one.deadline, "j F") if one.deadline else NOTHING), _choice(one, shown, plan),
        ),
    )  # fmt: skip


def _choice(one: ConflictLine, shown: ConflictsShown, plan: str) -> Cell:
    """What there is to choose about a conflict, or what became of it."""
    href = f"{reverse('decisions', args=[plan, shown.cycle])}#{one.paper}" if one.paper else ""
    if one.taken is not None:
        return words(settled_short(one.taken), href=href, hint=settled_words(one.taken))
    if one.paper:
        return words(gettext("paper %(paper)s") % {"paper": one.paper}, href=href)
    if one.may_have_options and not shown.decided:
        return words(gettext("to be weighed"))
    return words(gettext("no paper asked") if shown.decided else gettext("nothing to choose"))


def broken_block(shown: ConflictsShown, plan: str, *, names_emergency: bool) -> Block:
    """The months that orders since the freeze break, each with its orders and its way out.

    To who names emergencies the way out leads to the form of one, filled in.
    """
    head = ngettext(
        "%(n)d month of an item is broken by orders since the freeze; no frozen sheet holds them.",
        "%(n)d months of items are broken by orders since the freeze; no frozen sheet holds them.", len(shown.broken),
    ) % {"n": len(shown.broken)}  # fmt: skip
    heads = (
        gettext("What breaks"), gettext("Missing"), gettext("Booked up to then"), gettext("Planned for"),
        gettext("Who ordered"), gettext("Orders"), gettext("What can be done"),
    )  # fmt: skip
    flow = reverse("flow", args=[plan, shown.cycle])
    ways = [
        emergency_href(plan, shown.cycle, item=one.item, period=one.month, quantity=str(one.finding.values["quantity"]))
        if names_emergency else "" for one in shown.broken
    ]  # fmt: skip
    rows = tuple(_broken(one, flow, way) for one, way in zip(shown.broken, ways, strict=True))
    return Block(kind="broken", title=gettext("Orders since the freeze"), sentence=head,
                 table=table(gettext("Orders since the freeze"), heads, rows))  # fmt: skip


def _broken(one: BrokenLine, flow: str, way: str) -> Row:
    said = one.finding.values
    amounts = (f"{number(float(str(said[name])))} {said['unit']}" for name in ("quantity", "booked", "planned"))
    name = gettext("%(item)s in %(month)s") % {"item": said["item"], "month": period_words(one.month)}
    told = (str(said["customers"]), ", ".join(one.orders))
    return Row(
        name=name, href=f"{flow}?place=item:{quote(one.item)}", attention=True, key=one.name.replace(" ", "-"),
        cells=(*(Cell(text=amount) for amount in amounts), *map(words, told), words(say_remedy(one.finding), way)),
    )  # fmt: skip


def one_line(found: ConflictShown) -> str:
    """What a conflict puts at risk, who owns it and until when."""
    line, currency = found.line, found.shown.currency
    money = gettext("not known, for want of a price") if line.money is None else f"{number(line.money)} {currency}"
    owner = line.owner or gettext("Nobody")
    if found.shown.decided and found.shown.made is not None:
        said = gettext(
            "As the review of %(day)s found it, before what was decided. At risk was %(money)s; %(owner)s owns it."
        )
        return said % {"day": date_format(found.shown.made, "j F"), "money": money, "owner": owner}
    said = gettext("At risk %(money)s. %(owner)s owns it%(until)s.")
    until = gettext(", to be settled by %(day)s") % {"day": date_format(line.deadline, "j F")} if line.deadline else ""
    return said % {"money": money, "owner": owner, "until": until}


def options_sentence(found: ConflictShown) -> str:
    """Which option is recommended, and by whom and when they were weighed; else why there are none."""
    if not found.options and found.line.taken is not None:
        return settled_words(found.line.taken)
    if not found.options:
        if not found.line.may_have_options:
            return gettext("– There is nothing to choose about it in this plan: its way out lies with its owner.")
        return gettext(
            "– Its options were not weighed yet. Each is a whole plan, solved again, which takes a minute at most."
        )
    taken = found.line.taken
    meant = option_taken(found) or found.recommended
    best = next((one for one in found.options if one.option == meant), found.options[-1])
    values = {
        "n": len(found.options), "best": best.option, "change": say_change(best.change).rstrip("."),
        "net": money_cells(best)[-1], "currency": found.shown.currency,
    }  # fmt: skip
    if taken is not None and taken.option:
        return settled_words(taken) + gettext(" %(best)s is: %(change)s, net %(net)s %(currency)s.") % values
    said = gettext("Of %(n)d options %(best)s is recommended: %(change)s, net %(net)s %(currency)s.") % values
    if not found.by:
        return said
    by = gettext(" Weighed by %(name)s.") % {"name": found.by}
    old = gettext(" The supply plan was made again since: weigh them again.") if found.old else ""
    return said + by + old


def option_taken(found: ConflictShown) -> str:
    """The option of its paper that was decided; empty where none was."""
    return found.line.taken.option if found.line.taken is not None else ""


def options_table(options: Sequence[Weighed], recommended: str, currency: str, *, taken: str = "") -> Table:
    """The options side by side: a row each; the one that was ``taken`` is marked, before that the recommended one."""
    heads = (
        gettext("Option"), gettext("What it changes"), gettext("Units lost"), gettext("Units late"),
        gettext("Revenue, %(currency)s") % {"currency": currency}, *money_heads(currency),
        gettext("Inventory, %(currency)s") % {"currency": currency}, gettext("Overtime, h"),
    )  # fmt: skip
    return table(gettext("Options"), heads, tuple(_option(one, recommended, taken) for one in options))


def _option(one: Weighed, recommended: str, taken: str) -> Row:
    word = gettext(", taken") if taken else gettext(", recommended")
    mark = word if one.option == (taken or recommended) else ""
    units, rest = (one.lost_units, one.late_units, one.revenue), (one.inventory, one.overtime_hours)
    cells = (
        words(say_change(one.change)), *map(_money, units), *map(_amount, money_cells(one)), *map(_money, rest),
    )  # fmt: skip
    return Row(name=f"{one.option}{mark}", cells=cells, key=f"option-{one.option}")


def alike_table(found: ConflictShown, plan: str) -> Table:
    """The other conflicts of its cause."""
    return _list(found.alike[:MOST], found.shown, plan)


def _money(value: float | None) -> Cell:
    return _amount(NOTHING if value is None else signed(value))


def _amount(text: str) -> Cell:
    return Cell(text=text, hint=gettext("without a price, or in several units") if text == NOTHING else "")
