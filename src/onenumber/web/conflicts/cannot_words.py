"""What plants cannot make, in words: the rows of the list, one of them, and the plan tried with it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from onenumber.steps.see.cannot import CannotLine, CannotShown, CannotTried
from onenumber.steps.see.conflicts import ConflictsShown
from onenumber.web.conflicts.words import options_table
from onenumber.web.decisions.figures import money_cells
from onenumber.web.numbers import NOTHING, number, period_words
from onenumber.web.said import say_change
from onenumber.web.tables.model import Block, Cell, Row, Table, table, words
from onenumber.web.what_if.words import Part, shorts_by_customer


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView:
    """The plan with what the plant can make: in a sentence, its options side by side, and who goes short."""

    sentence: str
    options: Table
    shorts: Part


def cannot_block(shown: ConflictsShown, plan: str) -> Block:
    """What plants cannot make: a row each, what puts most at risk first."""
    count = len(shown.cannot)
    said = ngettext(
        "A plant says that it cannot make %(n)d item and month as the plan asks; try the plan with it.",
        "Plants say that they cannot make %(n)d items and months as the plan asks; try the plan with each.",
        count,
    )  # fmt: skip
    heads = (
        gettext("What"), gettext("Can make"), gettext("At risk, %(currency)s")
        % {"currency": shown.currency}, gettext("Who says so, and why"), gettext("Owner"), gettext("Way out"),
    )  # fmt: skip
    rows = tuple(_row(one, shown.cycle, plan) for one in shown.cannot)
    return Block(kind="cannot", title=gettext("What plants cannot make"), sentence=said % {"n": count},
                 table=table(gettext("What plants cannot make"), heads, rows))  # fmt: skip


def address_of(one: CannotLine, cycle: str, plan: str) -> str:
    """The page of what a plant cannot make."""
    return reverse("cannot", args=[plan, cycle, one.site, one.month, one.item])


def _row(one: CannotLine, cycle: str, plan: str) -> Row:
    name = gettext("%(item)s at %(site)s in %(month)s") % {
        "item": one.item_name, "site": one.site_name, "month": period_words(one.month)
    }  # fmt: skip
    why = gettext("%(by)s: “%(note)s”") % {"by": one.by, "note": one.note}
    can = gettext("%(can)s of %(asks)s %(unit)s") % {
        "can": number(one.can), "asks": number(one.asks), "unit": one.unit
    }  # fmt: skip
    owner = gettext("%(owner)s, by %(day)s") % {"owner": one.owner or NOTHING, "day": date_format(one.until, "j F")}
    return Row(
        name=name, href=address_of(one, cycle, plan), attention=not one.paper, key=one.subject.replace(" ", "-"),
        cells=(
            Cell(text=can), _money(one.money), words(why), words(one.owner if one.amends else owner), words(_way(one)),
        ),
    )  # fmt: skip


def _money(value: float | None) -> Cell:
    hint = gettext("nothing that needs it has a price")
    return Cell(text=NOTHING, hint=hint) if value is None else Cell(text=number(value))


def _way(one: CannotLine) -> str:
    """How far it has gone: an amendment, a paper, on its way to one, or open."""
    if one.amends:
        return gettext("an amendment beside the published plan")
    if one.paper:
        return gettext("paper %(paper)s") % {"paper": one.paper}
    return gettext("goes up: a paper") if one.passed else gettext("try the plan with it")


def title(one: CannotLine) -> str:
    """What a plant cannot make, in a sentence."""
    values = {
        "site": one.site_name, "item": one.item_name, "month": period_words(one.month), "asks": number(one.asks),
        "can": number(one.can), "unit": one.unit,
    }  # fmt: skip
    return (
        gettext("%(site)s can make %(can)s of the %(asks)s %(unit)s %(item)s that the plan asks in %(month)s") % values
    )


def one_line(found: CannotShown) -> str:
    """Who says so and why, what is at risk if nothing else is done, and who owns it until when."""
    one = found.line
    values = {
        "by": one.by, "day": date_format(one.at, "j F"), "note": one.note, "currency": found.currency,
        "money": number(one.money) if one.money is not None else "", "owner": one.owner or gettext("Nobody"),
        "until": date_format(one.until, "j F"), "passed": one.passed,
    }  # fmt: skip
    said = gettext("%(by)s said so on %(day)s: “%(note)s”.") % values
    risk = (
        gettext("What is missing is worth %(money)s %(currency)s, if nothing else is done.") % values
        if one.money is not None
        else gettext("What it puts at risk is not known: nothing that needs it has a price.")
    )
    if one.amends:
        return f"{said} {risk} " + gettext("It is an amendment: the plan itself stays as it is.")
    owned = gettext("%(owner)s owns it, to be settled by %(until)s.") % values
    went = " " + gettext("It went up: “%(passed)s”.") % values if one.passed else ""
    return f"{said} {risk} {owned}{went}"


def tried_view(tried: CannotTried) -> TriedView:
    """The plan tried with what the plant can make."""
    best = next((one for one in tried.options if one.option == tried.recommended), tried.options[0])
    first = tried.options[0]
    values = {
        "net": NOTHING if first.net_cost is None else number(first.net_cost), "currency": tried.currency,
        "best": best.option, "change": say_change(best.change).rstrip("."),
        "least": money_cells(best)[-1], "n": len(tried.options),
    }  # fmt: skip
    said = gettext("With what the plant can make, the plan costs %(net)s %(currency)s net.") % values
    if first.net_cost is not None and first.net_cost < 0:
        values["net"] = number(-first.net_cost)
        said = gettext("With what the plant can make, the plan costs %(net)s %(currency)s less net.") % values
    if best is not first:
        said += " " + gettext("Of %(n)d options %(best)s costs least: %(change)s, net %(least)s %(currency)s.") % values
    if not tried.shorts:
        said += " " + gettext("Nobody goes short of anything: the plan finds another way.")
    return TriedView(
        sentence=said, options=options_table(tried.options, tried.recommended, tried.currency),
        shorts=shorts_by_customer(gettext("Who goes short with the plant's figure"), tried.shorts),
    )  # fmt: skip
