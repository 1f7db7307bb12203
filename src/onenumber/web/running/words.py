"""The sentences and tables of the running month."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.measure.pace import due_by_now, furthest
from onenumber.review.running import MEASURES, ORDERS, PRODUCTION, RECEIPTS, SHIPMENTS
from onenumber.steps.see.running import ActionDue, Going, RunningShown
from onenumber.web.act.model import Way
from onenumber.web.act.ways import done_way
from onenumber.web.month.words import MEETING
from onenumber.web.numbers import NOTHING, deviation, number, period_words, share
from onenumber.web.said import say
from onenumber.web.tables.model import Block, Cell, Row, Table, table, words

TITLES: Mapping[str, str | Promise] = {
    ORDERS: _("Orders for the month"), SHIPMENTS: _("Shipments"), PRODUCTION: _("Production"), RECEIPTS: _("Receipts"),
}  # fmt: skip
PLANNED: Mapping[str, str | Promise] = {
    ORDERS: _("Asked in the plan"), SHIPMENTS: _("Planned"), PRODUCTION: _("Planned"),
    RECEIPTS: _("Confirmed by vendors"),
}  # fmt: skip
CAME: Mapping[str, str | Promise] = {
    ORDERS: _("%(name)s has orders of %(n)s %(unit)s, %(share)s of the %(plan)s asked."),
    SHIPMENTS: _("%(name)s shipped %(n)s %(unit)s, %(share)s of the %(plan)s planned."),
    PRODUCTION: _("%(name)s made %(n)s %(unit)s, %(share)s of the %(plan)s planned."),
    RECEIPTS: _("%(name)s received %(n)s %(unit)s, %(share)s of the %(plan)s confirmed."),
}  # fmt: skip
LANDS: Mapping[str, str | Promise] = {
    SHIPMENTS: _("At this pace %(name)s ships %(to)s of the %(plan)s %(unit)s planned: %(words)s."),
    PRODUCTION: _("At this pace %(name)s makes %(to)s of the %(plan)s %(unit)s planned: %(words)s."),
}  # fmt: skip
TOO_FAR = 0.05
"""Share of its plan by which what lands beside it asks for attention."""
MOST = 6
"""Actions that are shown before the figures; the others stand with their meetings."""


def lead(shown: RunningShown) -> str:
    """Who lands furthest from the plan at this pace, with the figure; else why it cannot be said."""
    month = period_words(shown.cycle)
    if not shown.plan_of:
        return gettext("– No plan was published before %(month)s, so nothing is in force to hold it against.") % {
            "month": month
        }
    if shown.until is None:
        said = gettext(
            "Nothing of %(month)s is loaded yet; what is booked for it stands below, beside the plan of %(of)s."
        )
        return said % {"month": month, "of": period_words(shown.plan_of)}
    rows = [row for row in shown.rows if row.landing is not None]
    at = furthest([(row.landing, row.planned) for row in rows])
    until = gettext("To %(day)s, working day %(gone)d of %(days)d of %(month)s.") % {
        "day": date_format(shown.until, "j F"), "gone": shown.gone, "days": shown.days, "month": month,
    }  # fmt: skip
    return until if at is None else f"{until} {_lands(rows[at])}"


def _lands(row: Going) -> str:
    to, plan = row.landing or 0.0, row.planned or 0.0
    values = {
        "name": row.name, "to": number(to), "plan": number(plan), "unit": row.unit, "words": deviation(to - plan, plan),
    }  # fmt: skip
    return str(LANDS[row.measure]) % values


def told(shown: RunningShown) -> tuple[str, ...]:
    """What of the month was not loaded, and whose part is shown."""
    missing = [str(TITLES[one]) for one in MEASURES[1:] if one not in shown.last] if shown.until is not None else []
    said = [gettext("Not loaded for this month yet: %(what)s.") % {"what": ", ".join(missing)}] if missing else []
    return (*said, *filter(None, [_part(shown)]))


def _part(shown: RunningShown) -> str:
    """Whose part is shown; empty where it is all of the company."""
    if shown.plants:
        said = gettext("Production and receipts are of %(plants)s; orders and shipments are of the whole company.")
        return said % {"plants": ", ".join(shown.plants)}
    return gettext("This is your part of the company.") if shown.part else ""


def blocks(shown: RunningShown) -> tuple[Block, ...]:
    """A block for each measure that has a row."""
    return tuple(_block(shown, one) for one in MEASURES if any(row.measure == one for row in shown.rows))


def _block(shown: RunningShown, measure: str) -> Block:
    rows = [row for row in shown.rows if row.measure == measure]
    place = gettext("Division") if measure in (ORDERS, SHIPMENTS) else gettext("Site")
    last = shown.last.get(measure)
    loaded = any(row.to_date is not None for row in rows)  # else there is nothing to say but what is planned
    paced = measure in LANDS and loaded
    heads = [place, gettext("Unit"), str(PLANNED[measure])]
    heads += [gettext("Due by now")] if paced else []
    heads += [gettext("To date"), gettext("Of the plan")] if loaded else []
    heads += [gettext("At this pace"), gettext("Lands")] if paced else []
    through = [gettext("to %(day)s") % {"day": date_format(last, "j F")}] if last else []
    return Block(
        kind=measure, title=", ".join([str(TITLES[measure]), *through]), sentence=_sentence(rows, measure),
        table=table(
            str(TITLES[measure]), tuple(heads), tuple(_row(one, shown, paced=paced, loaded=loaded) for one in rows)
        ),
    )  # fmt: skip


def _sentence(rows: list[Going], measure: str) -> str:
    shares = [(one.to_date, one.planned) for one in rows]
    at = furthest(shares)
    if at is None:
        return gettext("– Nothing of it is loaded for this month yet.") if all(to is None for to, _ in shares) else ""
    row = rows[at]
    plan, came = row.planned or 0.0, row.to_date or 0.0
    values = {
        "name": row.name, "n": number(came), "unit": row.unit, "share": share(came / plan), "plan": number(plan),
    }  # fmt: skip
    return str(CAME[measure]) % values


def _row(one: Going, shown: RunningShown, *, paced: bool, loaded: bool) -> Row:
    plan, came, lands = one.planned, one.to_date, one.landing
    due = due_by_now(planned=plan, gone=shown.gone, days=shown.days) if plan is not None and shown.gone else None
    cells = [words(one.unit), _figure(plan, gettext("no plan is in force"))]
    cells += [_figure(due, gettext("no working day has passed, or no plan is in force"))] if paced else []
    if not loaded:
        return Row(name=one.name, cells=tuple(cells))
    cells.append(_to_date(one))
    known = plan and came is not None
    cells.append(Cell(text=share(came / plan) if known and plan and came is not None else NOTHING))
    far = False
    if paced:
        cells.append(_figure(lands, gettext("nothing of the month is loaded")))
        said = deviation(lands - plan, plan) if lands is not None and plan else NOTHING
        cells.append(words(said))
        far = lands is not None and bool(plan) and abs(lands / (plan or 1.0) - 1) > TOO_FAR
    return Row(name=one.name, cells=tuple(cells), attention=far)


def _to_date(one: Going) -> Cell:
    if one.to_date is None:
        return Cell(text=NOTHING, hint=gettext("nothing of the month is loaded"))
    return Cell(text=number(one.to_date), href=f"?of={key_of(one)}#days" if one.days else "")


def _figure(value: float | None, why: str) -> Cell:
    return Cell(text=NOTHING, hint=why) if value is None else Cell(text=number(value))


def key_of(one: Going) -> str:
    """How a row is named in an address.

    Example:
        >>> key_of(Going(measure="orders", place="DA", name="A", unit="pcs", planned=None, to_date=1.0, landing=None,
        ...              days=()))
        'orders:DA:pcs'
    """
    return f"{one.measure}:{one.place}:{one.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What came on each day of a row of a measure, in a sentence and a table."""

    kind: str
    title: str
    sentence: str
    table: Table


def days_of(shown: RunningShown, key: str) -> Days | None:
    """The days of the row that an address names; None where it names none."""
    one = next((row for row in shown.rows if key_of(row) == key), None)
    if one is None or not one.days:
        return None
    total, rows = 0.0, []
    for day, quantity in one.days:
        total += quantity
        rows.append(Row(name=date_format(day, "j M Y"), cells=(Cell(text=number(quantity)), Cell(text=number(total)))))
    title = f"{TITLES[one.measure]}, {one.name}"
    best = max(one.days, key=lambda pair: pair[1])
    said = ngettext("All of it came on %(day)s: %(most)s %(unit)s.",
                    "%(n)d days; the most came on %(day)s: %(most)s %(unit)s.", len(one.days))  # fmt: skip
    values = {"n": len(one.days), "day": date_format(best[0], "j F"), "most": number(best[1]), "unit": one.unit}
    heads = (gettext("Day"), gettext("On the day, %(unit)s") % {"unit": one.unit}, gettext("To date"))
    return Days(kind=one.measure, title=title, sentence=said % values, table=table(title, heads, tuple(rows)))


def since_words(shown: RunningShown) -> str:
    """What the orders say since the data was frozen; that it is not known where nothing was loaded since."""
    if shown.since is not None:
        return say(shown.since)
    if not shown.loaded:
        return gettext("– Not known: no order was loaded since the data of this cycle were frozen.")
    return gettext("No order came, changed or went since the data of this cycle were frozen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An action that is due: what, whose, by when and where it was promised; ``meeting`` leads to its meeting.

    ``ways`` close it, for who may.
    """

    text: str
    about: str
    meeting: str
    ways: tuple[Way, ...]


def actions_due(shown: RunningShown) -> tuple[tuple[Due, ...], int]:
    """The first actions that are due, and how many more there are."""
    found = tuple(
        Due(
            text=one.action, about=f"{one.owner}, {_by(one)}, {_promised(one)}", meeting=one.meeting,
            ways=() if one.number is None else (done_way(one.number),),
        )
        for one in shown.actions[:MOST]
    )  # fmt: skip
    return found, len(shown.actions) - len(found)


def _by(one: ActionDue) -> str:
    day = date_format(one.due, "j F")
    return gettext("was due %(day)s") % {"day": day} if one.late else day


def _promised(one: ActionDue) -> str:
    return str(MEETING[one.meeting]) if one.meeting else gettext("with an answer")


def none_due(shown: RunningShown) -> str:
    """What is said where no action is due: of everybody to who plans all, else of her own."""
    if shown.of_all:
        return gettext("No promised action is due in this month.")
    return gettext("No action of yours is due in this month.")
